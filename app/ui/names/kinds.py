"""What the four kinds of names are called on the screen."""

from app.domain.purchases import PurchaseFilter
from app.services.names import NameKind
from app.ui.i18n import tr, tr_n

ORDER = (NameKind.RETAILER, NameKind.BRAND, NameKind.CATEGORY, NameKind.TAG)
"""The kinds in the order of the tabs."""


def plural(kind: NameKind) -> str:
    """Return the heading of a kind: "Retailers"."""
    return {
        NameKind.RETAILER: tr("Retailers"),
        NameKind.BRAND: tr("Brands"),
        NameKind.CATEGORY: tr("Categories"),
        NameKind.TAG: tr("Tags"),
    }[kind]


def counted(kind: NameKind, count: int) -> str:
    """Return how many there are of a kind: "12 retailers"."""
    return {
        NameKind.RETAILER: tr_n("{n} retailer", "{n} retailers", count),
        NameKind.BRAND: tr_n("{n} brand", "{n} brands", count),
        NameKind.CATEGORY: tr_n("{n} category", "{n} categories", count),
        NameKind.TAG: tr_n("{n} tag", "{n} tags", count),
    }[kind]


def new_text(kind: NameKind) -> str:
    """Return what the button says that adds one."""
    return {
        NameKind.RETAILER: tr("New retailer"),
        NameKind.BRAND: tr("New brand"),
        NameKind.CATEGORY: tr("New category"),
        NameKind.TAG: tr("New tag"),
    }[kind]


def purpose(kind: NameKind) -> str:
    """Return one sentence saying what a kind is for."""
    return {
        NameKind.RETAILER: tr("Who you buy from. Merge two spellings into one; your purchases follow."),
        NameKind.BRAND: tr("Who makes it. Merge two spellings into one; your purchases follow."),
        NameKind.CATEGORY: tr("What kind of thing it is. Every purchase has one category at most."),
        NameKind.TAG: tr("Words of your own. A purchase can have any number of tags."),
    }[kind]


def purchases_with(kind: NameKind, id: int) -> PurchaseFilter:
    """Return the filter that lets through what uses a name."""
    chosen = frozenset({id})
    return {
        NameKind.RETAILER: PurchaseFilter(retailers=chosen),
        NameKind.BRAND: PurchaseFilter(brands=chosen),
        NameKind.CATEGORY: PurchaseFilter(categories=chosen),
        NameKind.TAG: PurchaseFilter(tags=chosen),
    }[kind]
