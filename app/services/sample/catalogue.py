"""What the large sample is made of: things, and shops and brands that do not exist."""

import json
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from app.services.sample.files import SAMPLE_FILES


class Item(NamedTuple):
    """A thing to buy, with its price range in US cents. Branded things have a serial number and a warranty."""

    name: str
    category: str
    lowest: int
    highest: int
    branded: bool


@dataclass(frozen=True)
class Catalogue:
    """Everything that a purchase is put together from, what is most frequent first."""

    items: tuple[Item, ...]
    kinds: tuple[str, ...]
    retailers: tuple[str, ...]
    brands: tuple[str, ...]
    tags: tuple[str, ...]
    ways_to_pay: tuple[str, ...]
    places: tuple[str, ...]
    notes: tuple[str, ...]


@cache
def catalogue() -> Catalogue:
    """Return the catalogue, read from `resources/sample/catalogue.json`."""
    told = json.loads((SAMPLE_FILES / "catalogue.json").read_text(encoding="utf-8"))
    return Catalogue(
        items=tuple(Item(**item) for item in told["items"]),
        kinds=tuple(told["kinds"]),
        retailers=tuple(
            f"{name} {trade}" for trade, name in product(told["shop_trades"], told["shop_names"])
        ),
        brands=tuple(
            beginning + ending
            for ending, beginning in product(told["brand_endings"], told["brand_beginnings"])
        ),
        tags=tuple(told["tags"]),
        ways_to_pay=tuple(told["ways_to_pay"]),
        places=tuple(told["places"]),
        notes=tuple(told["notes"]),
    )
