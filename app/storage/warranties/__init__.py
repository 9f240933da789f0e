"""Covers and the claims on them."""
