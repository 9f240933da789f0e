"""Our own files: every field comes back exactly, columns that are there for the reader are passed over."""

from collections.abc import Sequence

from app.domain.exchange import ExchangeField
from app.services.importing.presets.preset import Preset


def own_presets(
    fields: Sequence[ExchangeField],
    headers: Sequence[str],
    attributes: Sequence[str],
    keys: Sequence[ExchangeField] | None = None,
) -> tuple[Preset, Preset]:
    """Return the presets of our tables and of our JSON documents of one kind of record.

    A table is recognised by having these `headers` and none that are not ours, a document by these `attributes`.
    `keys` are the fields of a document where they are not those of a table.
    """
    stored = [column for column in fields if not column.derived]
    table = Preset(
        id="counterfoil",
        label="Counterfoil",
        source="",
        recognised_by=(frozenset(headers),),
        exactly=frozenset(column.header for column in fields),
        columns={column.attribute: column.header for column in stored},
        own=True,
    )
    document = Preset(
        id="counterfoil-json",
        label="Counterfoil",
        source="",
        recognised_by=(frozenset(attributes),),
        columns={column.attribute: column.attribute for column in keys or stored},
        decimal_mark=".",
        date_order="ymd",
        own=True,
        document=True,
    )
    return table, document
