"""Claims on warranties: made, changed, closed with a new warranty, and what speaks against them."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.claims import Claim, ClaimOutcome, ClaimState, ClaimWarning, claim_warning
from app.domain.problems import Refused
from app.domain.warranties import Cover, CoverFilter, Duration, cover_for
from app.services import claims, purchases, warranties
from app.services.changes import Command, Write
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought, contents, damage, differences

OPENED = date(2026, 5, 1)
CLOSED = date(2026, 5, 20)


@pytest.fixture
def cover_id(ledger: Ledger) -> int:
    purchase = ledger.run(purchases.add(bought("Kettle"))).result
    return int(ledger.run(warranties.add(purchase, cover_for(date(2026, 3, 14), Duration(2)))).result)


def made(ledger: Ledger, cover_id: int) -> int:
    return int(ledger.run(claims.open_claim(Claim(OPENED, "R-1", cover_id=cover_id))).result)


def one(ledger: Ledger, id: int) -> Claim:
    found = claims.get(ledger, id)
    assert found is not None
    return found


def test_a_claim_is_made_and_told_in_the_list(ledger: Ledger, cover_id: int) -> None:
    before = contents(ledger)
    claim = made(ledger, cover_id)
    assert ledger.undo_label == "Add a claim on “Kettle”"
    assert one(ledger, claim).state is ClaimState.OPEN
    row = warranties.rows(ledger, [cover_id])[0]
    assert (row.claims, row.open_claims) == (1, 1)
    assert claims.open_count(ledger) == 1
    assert warranties.count(ledger, CoverFilter(claim=True)) == 1
    assert warranties.count(ledger, CoverFilter(text="r-1")) == 1
    assert claims.of_purchase(ledger, row.purchase_id) == claims.of_cover(ledger, cover_id)
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []


def test_a_repair_starts_a_new_warranty_in_the_same_step(ledger: Ledger, cover_id: int) -> None:
    claim = made(ledger, cover_id)
    before = contents(ledger)
    new = cover_for(CLOSED, Duration(months=6), "PARTS")
    change = ledger.run(claims.close(claim, ClaimOutcome.REPAIRED, CLOSED, "new heating element", new))
    closed = one(ledger, claim)
    assert (closed.state, closed.outcome, closed.closed_on) == (
        ClaimState.CLOSED,
        ClaimOutcome.REPAIRED,
        CLOSED,
    )
    assert closed.notes == "new heating element"
    assert closed.new_cover_id == change.result
    started = warranties.get(ledger, change.result)
    assert started is not None
    assert started.cover.ends_on == date(2026, 11, 20)
    with pytest.raises(Refused, match="closed meanwhile"):
        ledger.run(claims.close(claim, ClaimOutcome.REFUSED, CLOSED))
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    ledger.redo().result()
    assert one(ledger, claim) == closed


def test_a_claim_that_cannot_be_is_refused_in_words(ledger: Ledger, cover_id: int) -> None:
    with pytest.raises(Refused, match="deleted meanwhile"):
        ledger.run(claims.open_claim(Claim(OPENED, cover_id=77)))
    with pytest.raises(Refused, match="Choose how the claim ended"):
        claims.open_claim(Claim(OPENED, state=ClaimState.CLOSED, closed_on=CLOSED, cover_id=cover_id))
    claim = made(ledger, cover_id)
    before = contents(ledger)
    with pytest.raises(Refused, match="before it was made"):
        ledger.run(
            claims.close(claim, ClaimOutcome.REPLACED, date(2026, 4, 1), new_cover=Cover(CLOSED, CLOSED))
        )
    with pytest.raises(Refused, match="starts a new warranty"):
        claims.close(claim, ClaimOutcome.REFUNDED, CLOSED, new_cover=Cover(CLOSED, CLOSED))
    assert differences(before, contents(ledger)) == []


def test_a_claim_is_changed_and_forgets_its_warranty_when_it_is_reopened(
    ledger: Ledger, cover_id: int
) -> None:
    claim = made(ledger, cover_id)
    started = ledger.run(
        claims.close(claim, ClaimOutcome.REPLACED, CLOSED, new_cover=cover_for(CLOSED, Duration(1)))
    ).result
    ledger.run(claims.change(replace(one(ledger, claim), number=" R-2 ", cover_id=0, new_cover_id=None)))
    assert (one(ledger, claim).number, one(ledger, claim).new_cover_id) == ("R-2", started)
    assert one(ledger, claim).cover_id == cover_id
    reopened = replace(one(ledger, claim), state=ClaimState.SENT_IN, outcome=None, closed_on=None)
    ledger.run(claims.change(reopened))
    assert one(ledger, claim).new_cover_id is None
    assert warranties.get(ledger, started) is not None


def test_deleting_a_cover_that_a_claim_started_leaves_the_claim(ledger: Ledger, cover_id: int) -> None:
    claim = made(ledger, cover_id)
    started = ledger.run(
        claims.close(claim, ClaimOutcome.REPLACED, CLOSED, new_cover=cover_for(CLOSED, Duration(1)))
    ).result
    before = contents(ledger)
    ledger.run(warranties.remove([started]))
    assert one(ledger, claim).new_cover_id is None
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    assert ledger.run(claims.remove([claim])).result == 1
    assert warranties.get(ledger, started) is not None


@pytest.mark.parametrize(
    ("cover", "warning"),
    [
        (Cover(date(2026, 3, 14), date(2028, 3, 14)), None),
        (Cover(date(2026, 3, 14), OPENED), None),
        (Cover(date(2026, 3, 14), date(2026, 4, 30)), ClaimWarning.AFTER_END),
        (Cover(date(2026, 5, 2), date(2028, 3, 14)), ClaimWarning.BEFORE_START),
        (Cover(date(2026, 3, 14), date(2028, 3, 14), voided=True), ClaimWarning.VOIDED),
        (Cover(date(2026, 3, 14), kind="LIFETIME"), None),
    ],
)
def test_a_claim_made_while_the_cover_was_in_force_is_fine(
    cover: Cover, warning: ClaimWarning | None
) -> None:
    assert claim_warning(cover, OPENED) is warning


def test_a_claim_on_a_voided_warranty_is_kept_all_the_same(ledger: Ledger, cover_id: int) -> None:
    ledger.run(warranties.void([cover_id]))
    assert one(ledger, made(ledger, cover_id)).is_open


def test_a_claim_that_cannot_be_read_is_found_by_the_check(ledger: Ledger, cover_id: int) -> None:
    made(ledger, cover_id)
    assert damage(ledger) == []

    def spoil(write: Write) -> None:
        write.connection.exec_driver_sql("UPDATE claims SET state = 'LOST'")

    ledger.run(Command("Spoil", spoil, undoable=False))
    (found,) = damage(ledger)
    assert "'LOST'" in found
    assert "claims, row 1" in found


def test_deleting_a_purchase_and_undoing_it_brings_covers_and_claims_back(
    ledger: Ledger, cover_id: int
) -> None:
    new = cover_for(CLOSED, Duration(months=6))
    ledger.run(claims.close(made(ledger, cover_id), ClaimOutcome.REPAIRED, CLOSED, new_cover=new))
    made(ledger, cover_id)
    before = contents(ledger)
    ledger.run(purchases.remove([1]))
    assert (warranties.count(ledger), claims.open_count(ledger)) == (0, 0)
    for _ in range(2):
        ledger.undo().result()
        assert differences(before, contents(ledger)) == []
        ledger.redo().result()
        assert warranties.count(ledger) == 0
