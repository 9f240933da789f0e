"""A purchase filter in words: one chip for each of its conditions."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.domain.money import AmountError, Money, UnknownCurrency
from app.domain.purchases import PurchaseFilter, PurchaseStatus
from app.domain.warranties import CoverStatus
from app.services.names import NameKind
from app.ui import formats
from app.ui.i18n import tr, tr_n
from app.ui.purchases.lists import NameBook
from app.ui.purchases.words import status_name, warranty_name
from app.ui.records.ranges import DayWords, days_chip
from app.ui.widgets.chip import Chip

STATUS, RETAILER, BRAND, CATEGORY, TAG, DEBT = "status", "retailer", "brand", "category", "tag", "debt"
BOUGHT, PRICE, WARRANTY, RECEIPT = "bought", "price", "warranty", "receipt"
KEYS = (STATUS, CATEGORY, RETAILER, BRAND, TAG, DEBT, BOUGHT, PRICE, WARRANTY, RECEIPT)
"""The kinds of filters, in the order of the menu and of the chips."""

NAME_KINDS = {
    RETAILER: NameKind.RETAILER,
    BRAND: NameKind.BRAND,
    CATEGORY: NameKind.CATEGORY,
    TAG: NameKind.TAG,
}
ID_KEYS = (*NAME_KINDS, DEBT)
"""The kinds of filters that choose among names, given by their ids."""

_ID_SETS = {RETAILER: "retailers", BRAND: "brands", CATEGORY: "categories", TAG: "tags", DEBT: "debts"}


def without(wanted: PurchaseFilter, key: str) -> PurchaseFilter:
    """Return a filter without the condition of one chip."""
    plain = PurchaseFilter()
    fields = {
        STATUS: ("statuses",),
        BOUGHT: ("bought_from", "bought_to"),
        PRICE: ("price_from", "price_to", "currency"),
        WARRANTY: ("warranty", "expiring_days"),
        RECEIPT: ("receipt",),
        **{name: (field,) for name, field in _ID_SETS.items()},
    }[key]
    return replace(wanted, **{field: getattr(plain, field) for field in fields})


def name_ids(wanted: PurchaseFilter, key: str) -> frozenset[int]:
    """Return the retailers, brands, categories, tags or debts of a filter, by their ids."""
    return frozenset(getattr(wanted, _ID_SETS[key]))


def with_name_ids(wanted: PurchaseFilter, key: str, ids: frozenset[int]) -> PurchaseFilter:
    """Return a filter with other retailers, brands, categories, tags or debts."""
    field: dict[str, Any] = {_ID_SETS[key]: ids}
    return replace(wanted, **field)


def menu_text(key: str) -> str:
    """Return what the menu of filters calls a kind, with its mnemonic."""
    return {
        STATUS: tr("&Status"),
        CATEGORY: tr("&Category"),
        RETAILER: tr("&Retailer"),
        BRAND: tr("Br&and"),
        TAG: tr("&Tag"),
        DEBT: tr("&Debt"),
        BOUGHT: tr("&Bought on"),
        PRICE: tr("&Price"),
        WARRANTY: tr("&Warranty"),
        RECEIPT: tr("R&eceipt"),
    }[key]


def choices_of(book: NameBook, key: str) -> list[tuple[int, str]]:
    """Return what a condition on names can ask for: id and name, and 0 for purchases that have none."""
    none = (0, none_text(key))
    if key == DEBT:
        return [*((debt.id, debt.name) for debt in book.debts()), none]
    return [*book.choices(NAME_KINDS[key]), none]


def none_text(key: str) -> str:
    """Return what stands for purchases that have none of a kind of names."""
    return {
        RETAILER: tr("No retailer"),
        BRAND: tr("No brand"),
        CATEGORY: tr("No category"),
        TAG: tr("No tags"),
        DEBT: tr("No debt"),
    }[key]


def chips_of(wanted: PurchaseFilter, book: NameBook) -> list[Chip]:
    """Return the chips of a filter; what is typed in the filter field is not one."""
    makers: dict[str, Callable[[], Chip | None]] = {
        STATUS: lambda: _status_chip(wanted),
        BOUGHT: lambda: days_chip(BOUGHT, _bought_words(), wanted.bought_from, wanted.bought_to),
        PRICE: lambda: _price_chip(wanted),
        WARRANTY: lambda: _warranty_chip(wanted),
        RECEIPT: lambda: _receipt_chip(wanted),
    }
    chips = [makers[key]() if key in makers else _names_chip(wanted, key, book) for key in KEYS]
    return [chip for chip in chips if chip is not None]


def _status_chip(wanted: PurchaseFilter) -> Chip | None:
    if not wanted.statuses:
        return None
    names = [status_name(status) for status in PurchaseStatus if status in wanted.statuses]
    return Chip(STATUS, tr("Status is"), formats.any_of(names))


def _names_chip(wanted: PurchaseFilter, key: str, book: NameBook) -> Chip | None:
    ids = name_ids(wanted, key)
    if not ids:
        return None
    label = {
        RETAILER: tr("Retailer is"),
        BRAND: tr("Brand is"),
        CATEGORY: tr("Category is"),
        TAG: tr("Tag is"),
        DEBT: tr("Bought on"),
    }[key]
    return Chip(key, label, formats.any_of(list(_names(ids, key, book))))


def _names(ids: frozenset[int], key: str, book: NameBook) -> Iterator[str]:
    if 0 in ids:
        yield none_text(key)
    found = [_name_of(book, key, id) for id in ids if id]
    yield from sorted((name for name in found if name is not None), key=str.casefold)
    gone = found.count(None)
    if gone and book.loaded:
        yield tr_n("{n} deleted", "{n} deleted", gone)
    elif gone:
        yield "…"


def _name_of(book: NameBook, key: str, id: int) -> str | None:
    if key != DEBT:
        return book.name_of(NAME_KINDS[key], id)
    debt = book.debt(id)
    return None if debt is None else debt.name


def _bought_words() -> DayWords:
    return DayWords(tr("Bought until"), tr("Bought since"), tr("Bought in"), tr("Bought"))


def _price_chip(wanted: PurchaseFilter) -> Chip | None:
    low, high, currency = wanted.price_from, wanted.price_to, wanted.currency
    if low is not None and high is not None:
        span = f"{_amount(low, currency)}–{_amount(high, currency)}"
        return Chip(PRICE, tr("Price is"), span)
    if low is not None:
        return Chip(PRICE, tr("Price from"), _amount(low, currency))
    if high is not None:
        return Chip(PRICE, tr("Price up to"), _amount(high, currency))
    return Chip(PRICE, tr("Currency is"), currency) if currency else None


def _amount(value: Decimal, currency: str) -> str:
    if currency:
        try:
            return formats.money(Money.of(value, currency))
        except (AmountError, UnknownCurrency):
            return f"{value} {currency}"
    places = max(0, -int(value.as_tuple().exponent))
    return formats.locale().toString(float(value), "f", places)


def _warranty_chip(wanted: PurchaseFilter) -> Chip | None:
    states = [warranty_name(status) for status in CoverStatus if status in wanted.warranty]
    days = wanted.expiring_days
    if days is not None:
        within = tr_n("{n} day", "{n} days", days)
        return Chip(WARRANTY, tr("Warranty ends within"), within)
    return Chip(WARRANTY, tr("Warranty is"), formats.any_of(states)) if states else None


def receipt_choices() -> list[tuple[bool, str]]:
    """Return what a condition on receipts can ask for."""
    return [(True, tr("There")), (False, tr("Missing"))]


def _receipt_chip(wanted: PurchaseFilter) -> Chip | None:
    if wanted.receipt is None:
        return None
    return Chip(RECEIPT, tr("Receipt is"), tr("there") if wanted.receipt else tr("missing"))
