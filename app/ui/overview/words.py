"""What the cards and periods of the page are called."""

from datetime import date

from PySide6.QtCore import QDate

from app.domain.months import Month
from app.domain.spending_periods import Span
from app.ui import formats
from app.ui.i18n import tr
from app.ui.overview.choices import Card, Figure, Period


def figure_name(figure: Figure) -> str:
    """Return what a figure is called where it is chosen."""
    return {
        Figure.SPENT_MONTH: tr("Spent this month"),
        Figure.OWED: tr("Owed in total"),
        Figure.DEBT_FREE: tr("Debt-free"),
        Figure.IN_WARRANTY: tr("Warranties in force"),
        Figure.SPENT_YEAR: tr("Spent this year"),
        Figure.FILES: tr("Receipts and files"),
        Figure.BACKUP: tr("Last backup"),
    }[figure]


def card_name(card: Card) -> str:
    """Return what a card is called where it is chosen."""
    return {
        Card.SPENDING: tr("Spending over time"),
        Card.DEBTS: tr("Debt balance by strategy"),
        Card.WARRANTIES: tr("Warranties ending soon"),
        Card.DUE: tr("What is due"),
        Card.RECENT: tr("Recent purchases"),
    }[card]


def period_name(period: Period) -> str:
    """Return what a period is called."""
    return {
        Period.LAST_12_MONTHS: tr("Last 12 months"),
        Period.THIS_YEAR: tr("This year"),
        Period.LAST_YEAR: tr("Last year"),
        Period.LAST_30_DAYS: tr("Last 30 days"),
    }[period]


def month_name(of: date | Month) -> str:
    """Return the name of a month without its year: "November"."""
    return formats.locale().toString(QDate(of.year, of.month, 1), "MMMM")


def span(of: Span) -> str:
    """Return the days of a span without their year: "1–20 Oct"."""
    return formats.day_range(of.first, of.last)
