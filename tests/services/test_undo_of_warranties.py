"""Random commands on covers and claims with undo and redo between them: every state is met again to the byte."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.domain.claims import Claim, ClaimOutcome, ClaimState
from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter
from app.domain.purchases import SortBy as PurchaseSort
from app.domain.warranties import Cover, CoverFilter, CoverStatus, Duration, SortBy, cover_for, furthest
from app.services import claims, purchases, warranties
from tests.helpers.generated import covers as drawn_covers
from tests.helpers.ledgers import bought
from tests.helpers.undo_machine import UndoMachine

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
TEXTS = st.sampled_from(["", "Acme", "Ünïcode", "<b>x</b>"])
FIELDS = st.sampled_from(
    [
        ("starts_on", date(2026, 2, 1)),
        ("ends_on", date(2029, 1, 1)),
        ("duration", Duration(months=7)),
        ("kind", "LIFETIME"),
        ("kind", "PARTS"),
        ("provider", "Other"),
        ("notes", "two\nlines"),
    ]
)
CHANGES = st.sampled_from(
    [
        {"provider": "Many"},
        {"kind": "EXTENDED"},
        {"kind": "LIFETIME"},
        {"voided": True, "extend": Duration(months=3)},
        {"extend": Duration(years=100)},
    ]
)


class UndoOfWarranties(UndoMachine):
    """Purchases with covers, claims on them, and covers that claims started."""

    def covers(self) -> list[int]:
        return list(warranties.ids(self.ledger, CoverFilter(), SortBy("name")))

    def bought(self) -> list[int]:
        return list(purchases.ids(self.ledger, PurchaseFilter(), PurchaseSort()))

    def claimed(self) -> list[Claim]:
        return [claim for id in self.covers() for claim in claims.of_cover(self.ledger, id)]

    def attempt(self, make: Any) -> None:
        """Run a command unless it is refused before it runs."""
        try:
            command = make()
        except Refused:
            return
        self.run(command)

    @rule(held=st.lists(drawn_covers(), max_size=2))
    def buy(self, held: list[Cover]) -> None:
        self.run(purchases.add(bought(covers=tuple(held))))

    @precondition(lambda self: self.bought())
    @rule(data=st.data(), cover=drawn_covers())
    def add(self, data: st.DataObject, cover: Cover) -> None:
        self.run(warranties.add(data.draw(st.sampled_from(self.bought())), cover))

    @precondition(lambda self: self.covers())
    @rule(data=st.data(), field=FIELDS)
    def set_field(self, data: st.DataObject, field: tuple[str, Any]) -> None:
        self.run(warranties.set_field(data.draw(st.sampled_from(self.covers())), *field))

    @precondition(lambda self: self.covers())
    @rule(data=st.data(), cover=drawn_covers())
    def replace_with(self, data: st.DataObject, cover: Cover) -> None:
        self.run(warranties.replace(replace(cover, id=data.draw(st.sampled_from(self.covers())))))

    @precondition(lambda self: self.covers())
    @rule(data=st.data(), changes=CHANGES)
    def change_many(self, data: st.DataObject, changes: dict[str, Any]) -> None:
        self.run(warranties.bulk_edit(self.some(data, self.covers()), changes))

    @precondition(lambda self: self.covers())
    @rule(data=st.data(), voided=st.booleans())
    def void(self, data: st.DataObject, voided: bool) -> None:
        self.run(warranties.void(self.some(data, self.covers()), voided))

    @precondition(lambda self: self.covers())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.run(warranties.remove(self.some(data, self.covers())))

    @precondition(lambda self: self.bought())
    @rule(data=st.data())
    def remove_or_duplicate_purchases(self, data: st.DataObject) -> None:
        chosen = self.some(data, self.bought())
        self.run(data.draw(st.sampled_from([purchases.remove(chosen), purchases.duplicate(chosen)])))

    @precondition(lambda self: self.bought())
    @rule(data=st.data())
    def save_the_form_of_a_purchase(self, data: st.DataObject) -> None:
        present = purchases.get(self.ledger, data.draw(st.sampled_from(self.bought())))
        assert present is not None
        kept = present.covers[data.draw(st.integers(0, 1)) :]
        self.run(purchases.replace_with(replace(present, covers=kept, name="Saved")))

    @precondition(lambda self: self.covers())
    @rule(data=st.data(), day=DAYS, number=TEXTS)
    def claim(self, data: st.DataObject, day: date, number: str) -> None:
        cover_id = data.draw(st.sampled_from(self.covers()))
        self.attempt(lambda: claims.open_claim(Claim(day, number, cover_id=cover_id)))

    @precondition(lambda self: self.claimed())
    @rule(data=st.data(), outcome=st.sampled_from(ClaimOutcome), new=st.booleans())
    def close(self, data: st.DataObject, outcome: ClaimOutcome, new: bool) -> None:
        chosen = data.draw(st.sampled_from(self.claimed()))
        on = chosen.opened_on + timedelta(days=3)
        cover = cover_for(on, Duration(months=6)) if new else None
        self.attempt(lambda: claims.close(chosen.id, outcome, on, "closed", cover))

    @precondition(lambda self: self.claimed())
    @rule(data=st.data(), number=TEXTS)
    def change_reopen_or_remove_a_claim(self, data: st.DataObject, number: str) -> None:
        chosen = data.draw(st.sampled_from(self.claimed()))
        reopened = replace(chosen, state=ClaimState.SENT_IN, outcome=None, closed_on=None, new_cover_id=None)
        self.run(
            data.draw(
                st.sampled_from(
                    [
                        claims.change(replace(chosen, number=number)),
                        claims.change(reopened),
                        claims.remove([chosen.id]),
                    ]
                )
            )
        )

    def some(self, data: st.DataObject, ids: list[int]) -> list[int]:
        return data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))

    @invariant()
    def the_furthest_cover_in_force_is_the_purchases(self) -> None:
        rows = {row.id: row for row in purchases.rows(self.ledger, self.bought())}
        for id, row in rows.items():
            held = [one.cover for one in warranties.of_purchase(self.ledger, id)]
            assert row.covered_until == (furthest(held) if held else None)

    @invariant()
    def a_claim_names_a_cover_of_its_own_purchase(self) -> None:
        owner = {row.id: row.purchase_id for row in warranties.rows(self.ledger, self.covers())}
        for claim in self.claimed():
            if claim.new_cover_id is not None:
                assert owner[claim.new_cover_id] == owner[claim.cover_id]

    @invariant()
    def every_cover_is_in_one_state(self) -> None:
        counts = warranties.counts(self.ledger)
        assert counts.active + counts.expiring + counts.expired + counts.voided == len(self.covers())
        voided = warranties.count(self.ledger, CoverFilter(statuses=frozenset({CoverStatus.VOIDED})))
        assert voided == counts.voided


TestUndoOfWarranties = UndoOfWarranties.TestCase
TestUndoOfWarranties.settings = settings(
    max_examples=min(500, settings.default.max_examples * 2 // 5), stateful_step_count=25
)
