"""What the window calls the kinds of records that are imported and exported."""

from collections.abc import Callable
from dataclasses import dataclass

from app.ui.i18n import tr, tr_n


@dataclass(frozen=True)
class KindWords:
    """The words for one kind: its title, a number of records, and sentences that name it.

    `page` is the page that shows them.
    """

    title: str
    counted: Callable[[int], str]
    page: str
    which: str
    every: str
    already: str
    adds: str
    missing: str
    as_rows: str
    show: str


def words_for(key: str) -> KindWords:
    """Return the words for a kind of record by its key."""
    return _WORDS[key]()


def _purchases() -> KindWords:
    return KindWords(
        title=tr("Purchases"),
        counted=lambda n: tr_n("{n} purchase", "{n} purchases", n),
        page="purchases",
        which=tr("Which purchases"),
        every=tr("&All purchases"),
        already=tr("Purchases that are there &already"),
        adds=tr("Every row becomes a new purchase, even if there is the same one already."),
        missing=tr("Choose which column becomes {fields}; no purchase can be made without."),
        as_rows=tr("Rows as they would become purchases"),
        show=tr("&Show imported purchases"),
    )


def _warranties() -> KindWords:
    return KindWords(
        title=tr("Warranties"),
        counted=lambda n: tr_n("{n} warranty", "{n} warranties", n),
        page="warranties",
        which=tr("Which warranties"),
        every=tr("&All warranties"),
        already=tr("Warranties that are there &already"),
        adds=tr("Every row becomes a new warranty, even if there is the same one already."),
        missing=tr("Choose which column becomes {fields}; no warranty can be made without."),
        as_rows=tr("Rows as they would become warranties"),
        show=tr("&Show imported warranties"),
    )


def _debts() -> KindWords:
    return KindWords(
        title=tr("Debts"),
        counted=lambda n: tr_n("{n} debt", "{n} debts", n),
        page="debts",
        which=tr("Which debts"),
        every=tr("&All debts"),
        already=tr("Debts that are there &already"),
        adds=tr("Every row becomes a new debt, even if there is the same one already."),
        missing=tr("Choose which column becomes {fields}; no debt can be made without."),
        as_rows=tr("Rows as they would become debts"),
        show=tr("&Show imported debts"),
    )


def _payments() -> KindWords:
    return KindWords(
        title=tr("Payments"),
        counted=lambda n: tr_n("{n} payment", "{n} payments", n),
        page="debts",
        which=tr("Which payments"),
        every=tr("&All payments"),
        already=tr("Payments that are there &already"),
        adds=tr("Every row becomes a new payment, even if there is the same one already."),
        missing=tr("Choose which column becomes {fields}; no payment can be made without."),
        as_rows=tr("Rows as they would become payments"),
        show=tr("&Show the debts"),
    )


def _balances() -> KindWords:
    return KindWords(
        title=tr("Balances"),
        counted=lambda n: tr_n("{n} balance", "{n} balances", n),
        page="debts",
        which=tr("Which balances"),
        every=tr("&All balances"),
        already=tr("Balances that are there &already"),
        adds=tr("Every row becomes a new balance, even if there is the same one already."),
        missing=tr("Choose which column becomes {fields}; no balance can be made without."),
        as_rows=tr("Rows as they would become balances"),
        show=tr("&Show the debts"),
    )


def _scenarios() -> KindWords:
    return KindWords(
        title=tr("Scenarios"),
        counted=lambda n: tr_n("{n} scenario", "{n} scenarios", n),
        page="plans",
        which=tr("Which scenarios"),
        every=tr("&All scenarios"),
        already=tr("Scenarios that are there &already"),
        adds=tr("Every row becomes a new scenario, even if there is the same one already."),
        missing=tr("Choose which column becomes {fields}; no scenario can be made without."),
        as_rows=tr("Rows as they would become scenarios"),
        show=tr("&Show the payoff plans"),
    )


def _rates() -> KindWords:
    return KindWords(
        title=tr("Exchange rates"),
        counted=lambda n: tr_n("{n} exchange rate", "{n} exchange rates", n),
        page="spending",
        which=tr("Which exchange rates"),
        every=tr("&All exchange rates"),
        already=tr("Rates that are there &already"),
        adds=tr("There is one rate of a day and a pair, so that each row takes the place of the one before."),
        missing=tr("Choose which column becomes {fields}; no exchange rate can be made without."),
        as_rows=tr("Rows as they would become exchange rates"),
        show=tr("&Show the spending"),
    )


_WORDS: dict[str, Callable[[], KindWords]] = {
    "purchases": _purchases,
    "warranties": _warranties,
    "debts": _debts,
    "payments": _payments,
    "balances": _balances,
    "scenarios": _scenarios,
    "rates": _rates,
}
