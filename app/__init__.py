"""Counterfoil: a private desktop ledger."""

__version__ = "0.1.0"
