"""Purchases as plain values: the record, what makes one valid, and which ones a list shows."""

from app.domain.purchases.filters import PurchaseFilter, SortBy
from app.domain.purchases.record import (
    MAX_QUANTITY,
    TEXT_FIELDS,
    DebtReference,
    Purchase,
    PurchaseStatus,
    Refund,
    check,
)

__all__ = [
    "MAX_QUANTITY",
    "TEXT_FIELDS",
    "DebtReference",
    "Purchase",
    "PurchaseFilter",
    "PurchaseStatus",
    "Refund",
    "SortBy",
    "check",
]
