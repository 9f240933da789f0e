"""Random commands with undo and redo between them: every state is met again to the byte."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.domain.money import to_minor
from app.domain.problems import Refused
from app.domain.profile import Profile
from app.domain.purchases import Purchase, PurchaseFilter, PurchaseStatus, Refund, SortBy
from app.domain.text import fold
from app.domain.warranties import LIFETIME, Cover, Duration, cover_for
from app.services import names, profile, purchases, saved
from app.services import settings as ledger_settings
from app.services.names import NameKind
from app.services.saved import Shelf
from app.storage.purchases import reading
from tests.helpers.ledgers import add_all
from tests.helpers.undo_machine import UndoMachine

NAMES = st.sampled_from(
    ["", "Halden", "HALDEN", "Amazon", "Ærø", "Łódź", "Kiosk  am Eck", "日本の店", "apple"]
)
TAGS = st.lists(st.sampled_from(["gift", "Gift", "tax", "Büro"]), max_size=2).map(tuple)
DAYS = st.dates(date(2024, 1, 31), date(2027, 2, 28))
CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD"])
KINDS = st.sampled_from(list(NameKind))
SEARCHED = ("name", "retailer", "brand", "notes", "serial_number", "order_number")


@st.composite
def covers(draw: st.DrawFn, bought_on: date) -> Cover:
    kind = draw(st.sampled_from(["LIMITED", LIFETIME, "Hinges"]))
    voided = draw(st.booleans())
    if kind == LIFETIME:
        return Cover(bought_on, None, kind=kind, voided=voided)
    duration = draw(st.sampled_from([Duration(months=6), Duration(2), Duration(days=10)]))
    return replace(cover_for(bought_on, duration, kind), voided=voided)


@st.composite
def drawn_purchases(draw: st.DrawFn) -> Purchase:
    currency = draw(CURRENCIES)
    bought_on = draw(DAYS)
    price = to_minor(Decimal(draw(st.integers(0, 500))), currency)
    refund = draw(st.integers(0, 3)) == 3 and price > 0
    return Purchase(
        name=draw(st.sampled_from(["Kettle", "ÉCRAN 4K", "お茶", "Größe M", "ab"])),
        price=price,
        currency=currency,
        purchased_on=bought_on,
        retailer=draw(NAMES),
        brand=draw(NAMES),
        category=draw(NAMES),
        tags=draw(TAGS),
        status=draw(st.sampled_from(PurchaseStatus)),
        notes=draw(st.sampled_from(["", 'in the "blue" folder\nbelow'])),
        covers=tuple(draw(st.lists(covers(bought_on), max_size=2))),
        refunds=(Refund(bought_on, price),) if refund else (),
    )


class UndoOfAnything(UndoMachine):
    """Purchases, names, saved filters and the profile."""

    def ids(self) -> list[int]:
        return list(purchases.ids(self.ledger, PurchaseFilter(), SortBy("name")))

    def some(self, data: st.DataObject) -> list[int]:
        return data.draw(st.lists(st.sampled_from(self.ids()), min_size=1, max_size=4, unique=True))

    def any_name(self, data: st.DataObject, kind: NameKind) -> list[int]:
        known = [id for id, _ in names.choices(self.ledger, kind)]
        return data.draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []

    @rule(purchase=drawn_purchases())
    def add(self, purchase: Purchase) -> None:
        self.run(purchases.add(purchase))

    @rule(batches=st.lists(st.lists(drawn_purchases(), max_size=3), max_size=3))
    def add_many(self, batches: list[list[Purchase]]) -> None:
        self.run(add_all(batches))

    @precondition(lambda self: self.ids())
    @rule(data=st.data(), purchase=drawn_purchases(), keep_parts=st.booleans())
    def replace_with(self, data: st.DataObject, purchase: Purchase, keep_parts: bool) -> None:
        id = data.draw(st.sampled_from(self.ids()))
        present = purchases.get(self.ledger, id)
        assert present is not None
        changed = replace(purchase, id=id, uuid=present.uuid)
        if keep_parts:
            changed = replace(changed, covers=(*present.covers[:1], *changed.covers), refunds=present.refunds)
        try:
            command = purchases.replace_with(changed)
        except Refused:
            return
        self.run(command)

    @precondition(lambda self: self.ids())
    @rule(
        data=st.data(),
        value=st.sampled_from(
            [("name", "Renamed"), ("price", 0), ("quantity", 3), ("retailer", "Neuer Laden"), ("brand", "")]
        )
        | st.tuples(st.just("purchased_on"), DAYS)
        | st.tuples(st.just("tags"), TAGS),
    )
    def set_field(self, data: st.DataObject, value: tuple[str, Any]) -> None:
        self.run(purchases.set_field(data.draw(st.sampled_from(self.ids())), *value))

    @precondition(lambda self: self.ids())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.run(purchases.remove(self.some(data)))

    @precondition(lambda self: self.ids())
    @rule(data=st.data())
    def duplicate(self, data: st.DataObject) -> None:
        self.run(purchases.duplicate(self.some(data)))

    @precondition(lambda self: self.ids())
    @rule(
        data=st.data(),
        values=st.fixed_dictionaries(
            {},
            optional={
                "status": st.sampled_from(["ORDERED", "RETURNED"]),
                "currency": CURRENCIES,
                "retailer": NAMES,
                "brand": NAMES,
                "category": NAMES,
            },
        ),
        tags=TAGS,
        untag=TAGS,
    )
    def bulk_edit(
        self, data: st.DataObject, values: dict[str, str], tags: tuple[str, ...], untag: tuple[str, ...]
    ) -> None:
        self.run(purchases.bulk_edit(self.some(data), values, tags, untag))

    @rule(kind=KINDS, name=NAMES.filter(bool))
    def add_name(self, kind: NameKind, name: str) -> None:
        self.run(names.add(kind, name, "https://example.invalid"))

    @rule(data=st.data(), kind=KINDS, name=NAMES.filter(bool))
    def rename(self, data: st.DataObject, kind: NameKind, name: str) -> None:
        for id in self.any_name(data, kind)[:1]:
            self.run(names.save(kind, id, name))

    @rule(data=st.data(), kind=KINDS)
    def merge(self, data: st.DataObject, kind: NameKind) -> None:
        chosen = self.any_name(data, kind)
        if len(chosen) > 1:
            self.run(names.merge(kind, chosen, chosen[0]))

    @rule(data=st.data(), kind=KINDS)
    def delete_names(self, data: st.DataObject, kind: NameKind) -> None:
        self.run(names.delete(kind, self.any_name(data, kind)))

    @rule(name=st.sampled_from(["Mine", "mine", "Other"]), text=st.text(max_size=3))
    def save_filter(self, name: str, text: str) -> None:
        self.run(saved.save(Shelf.FILTERS, "purchases", name, PurchaseFilter(text=text).to_json()))

    @rule()
    def delete_filter(self) -> None:
        for entry in saved.listing(self.ledger, Shelf.FILTERS, "purchases")[:1]:
            self.run(saved.delete(Shelf.FILTERS, entry))

    @rule(name=st.sampled_from(["Robin", "Sam"]))
    def change_profile(self, name: str) -> None:
        self.run(profile.save(Profile(name=name, currency="EUR")))

    @rule(value=st.integers())
    def change_setting(self, value: int) -> None:
        self.run(ledger_settings.put({"width": value}))

    @invariant()
    def the_search_index_has_every_text(self) -> None:
        assert self.ledger.read(_searched) == self.ledger.read(_searchable)


def _searched(reader: Any) -> list[tuple[Any, ...]]:
    return list(map(tuple, reader.exec_driver_sql("SELECT rowid, text FROM purchase_search ORDER BY rowid")))


def _searchable(reader: Any) -> list[tuple[Any, ...]]:
    ids = [id for (id,) in reader.exec_driver_sql("SELECT id FROM purchases ORDER BY id")]
    return [
        (one.id, fold("\n".join(getattr(one, field) for field in SEARCHED)))
        for one in reading.get_many(reader, ids)
    ]


TestUndoOfAnything = UndoOfAnything.TestCase
TestUndoOfAnything.settings = settings(
    max_examples=min(500, settings.default.max_examples * 3 // 5), stateful_step_count=25
)
