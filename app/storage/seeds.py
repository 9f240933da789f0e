"""The names that a new ledger starts with."""

from app.storage import names
from app.storage.names import NameKind
from app.storage.write import Write

CATEGORIES = (
    "Electronics",
    "Office supplies",
    "Furniture",
    "Software and subscriptions",
    "Books and courses",
    "Household",
    "Tools",
    "Clothing",
    "Health",
    "Travel",
    "Groceries",
    "Services",
)
RETAILERS = (
    "Amazon",
    "Apple",
    "Best Buy",
    "Decathlon",
    "eBay",
    "Etsy",
    "IKEA",
    "MediaMarkt",
    "Otto",
    "Walmart",
)
BRANDS = (
    "Apple",
    "Bosch",
    "Brother",
    "Canon",
    "Dell",
    "Epson",
    "HP",
    "IKEA",
    "Lenovo",
    "LG",
    "Logitech",
    "Philips",
    "Samsung",
    "Sony",
)


def plant(write: Write) -> None:
    """Add the starter set of categories, retailers and brands."""
    names.ensure(write, NameKind.CATEGORY, CATEGORIES)
    names.ensure(write, NameKind.RETAILER, RETAILERS)
    names.ensure(write, NameKind.BRAND, BRANDS)
