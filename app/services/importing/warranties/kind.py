"""Warranties as a kind of record that files can hold."""

from app.domain.warranties.exchange import WARRANTY_FIELDS
from app.services import warranties
from app.services.changes import Area
from app.services.importing.kind import ImportKind
from app.services.importing.presets.counterfoil import own_presets
from app.services.importing.warranties.keeping import WarrantyKeeper
from app.services.importing.warranties.making import maker
from app.services.importing.warranties.words import HEADERS, TARGETS

WARRANTIES = ImportKind(
    key="warranties",
    one="warranty",
    many="warranties",
    area=Area.WARRANTIES,
    targets=TARGETS,
    headers=HEADERS,
    presets=own_presets(
        WARRANTY_FIELDS,
        headers=("Product", "Kind", "Starts on", "Ends on"),
        attributes=("product", "kind", "starts_on", "ends_on", "uuid"),
    ),
    maker=maker,
    keeper=WarrantyKeeper,
    count=warranties.count,
    by_content=(("product", "words"), ("ends_on", "date")),
    repeated=frozenset({"purchased_on", "kind", "starts_on", "ends_on", "provider", "voided"}),
    asks_currency=False,
)
