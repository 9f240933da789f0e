"""Small questions about all purchases, and tags that come and go in one bulk edit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.profile import Profile
from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.services import purchases
from app.services.ledger import Interrupt, Interrupted, Ledger, create_ledger, open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    create_ledger(tmp_path, Profile())
    opened = open_ledger(tmp_path)
    yield opened
    opened.close()


def _add(ledger: Ledger, day: date, tags: tuple[str, ...] = ()) -> int:
    return int(ledger.run(purchases.add(Purchase("Pen", 100, "EUR", day, tags=tags))).result)


def test_the_days_of_the_first_and_last_purchase(ledger: Ledger) -> None:
    assert purchases.days(ledger) is None
    for day in (date(2024, 5, 1), date(2021, 2, 3), date(2025, 12, 31)):
        _add(ledger, day)
    assert purchases.days(ledger) == (date(2021, 2, 3), date(2025, 12, 31))


def test_tags_are_added_and_taken_off_in_one_step(ledger: Ledger) -> None:
    ids = [_add(ledger, date(2025, 1, 1), ("office", "old")), _add(ledger, date(2025, 1, 2), ("old",))]
    ledger.run(purchases.bulk_edit(ids, {}, ["new"], untag=["old"]))
    assert [purchases.get(ledger, id).tags for id in ids] == [("new", "office"), ("new",)]  # type: ignore[union-attr]
    ledger.undo().result()
    assert [purchases.get(ledger, id).tags for id in ids] == [("office", "old"), ("old",)]  # type: ignore[union-attr]


def test_the_first_rows_can_be_interrupted(ledger: Ledger) -> None:
    _add(ledger, date(2025, 1, 1))
    stop = Interrupt()
    stop.cancel()
    with pytest.raises(Interrupted):
        purchases.first_ids(ledger, PurchaseFilter(), SortBy(), 10, interrupt=stop)
