"""The kinds of days on which something is due, apart from `due` so that a start of the program needs no debts."""

from enum import StrEnum


class DueKind(StrEnum):
    """What a day means, in the order in which things of one day are listed."""

    RETURN_BY = "RETURN_BY"
    """The last day on which a purchase can be sent back."""
    WARRANTY_END = "WARRANTY_END"
    """The last day that a warranty covers."""
    PAYMENT = "PAYMENT"
    """The day on which a debt's creditor asks for the month's minimum."""
    LAST_INSTALMENT = "LAST_INSTALMENT"
    """The day of the last instalment of a debt with a fixed term."""
    PROMOTION_END = "PROMOTION_END"
    """The last day of a debt's promotional rate."""


class DueRecord(StrEnum):
    """The kind of record that a day is a fact of."""

    PURCHASE = "PURCHASE"
    WARRANTY = "WARRANTY"
    DEBT = "DEBT"
