"""Debts as plain values: the record, the payoff plan with its strategies, and what is kept of a plan."""

from app.domain.debts.filters import DebtFilter, SortBy
from app.domain.debts.minimum import FixedMinimum, Minimum, PercentMinimum, TermMinimum
from app.domain.debts.record import (
    BalanceEntry,
    BalanceSource,
    Debt,
    DebtKind,
    LedgerMinimum,
    Payment,
    TermEnd,
    check,
    check_balance,
    check_payment,
)

__all__ = [
    "BalanceEntry",
    "BalanceSource",
    "Debt",
    "DebtFilter",
    "DebtKind",
    "FixedMinimum",
    "LedgerMinimum",
    "Minimum",
    "Payment",
    "PercentMinimum",
    "SortBy",
    "TermEnd",
    "TermMinimum",
    "check",
    "check_balance",
    "check_payment",
]
