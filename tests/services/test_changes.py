"""The change hub tells everybody, whatever becomes of one of them."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.profile import Profile
from app.services import names, profile, purchases, settings
from app.services.changes import Area, Change
from app.services.ledger import Ledger
from app.services.names import NameKind
from app.storage.write import MANY
from tests.helpers.ledgers import add_all, bought


@pytest.fixture
def heard(ledger: Ledger) -> list[Change]:
    changes: list[Change] = []
    ledger.hub.subscribe(changes.append)
    return changes


def test_a_change_says_what_it_touched(ledger: Ledger, heard: list[Change]) -> None:
    change = ledger.run(purchases.add(bought("Kettle", retailer="Corner Shop")))
    assert heard == [change]
    assert (change.label, change.kind, change.undoable) == ("Add “Kettle”", "do", True)
    assert change.areas == {Area.PURCHASES, Area.NAMES}
    assert change.concerns(Area.PURCHASES, change.result)
    assert not change.concerns(Area.PURCHASES, change.result + 1)
    assert not change.concerns(Area.PROFILE, 1)


def test_undo_and_redo_are_changes_like_any_other(ledger: Ledger, heard: list[Change]) -> None:
    added = ledger.run(purchases.add(bought("Kettle"))).result
    ledger.undo().result()
    ledger.redo().result()
    assert [(change.kind, change.label) for change in heard] == [
        ("do", "Add “Kettle”"),
        ("undo", "Add “Kettle”"),
        ("redo", "Add “Kettle”"),
    ]
    for change in heard:
        assert Area.PURCHASES in change.areas
        assert change.concerns(Area.PURCHASES, added)


def test_very_many_records_are_any_of_them(ledger: Ledger, heard: list[Change]) -> None:
    batches = [[bought() for _ in range(1000)] for _ in range(MANY // 1000 + 1)]
    ledger.run(add_all(batches))
    assert heard[-1].ids[Area.PURCHASES] is None
    assert heard[-1].concerns(Area.PURCHASES, 10**9)


def test_a_change_is_told_when_it_can_be_read(ledger: Ledger) -> None:
    counts: list[int] = []
    ledger.hub.subscribe(lambda _change: counts.append(purchases.count(ledger)))
    ledger.run(purchases.add(bought()))
    ledger.run(purchases.add(bought()))
    ledger.undo().result()
    assert counts == [1, 2, 1]


def test_the_profile_is_new_when_its_change_is_told(ledger: Ledger) -> None:
    currencies: list[str] = []
    ledger.hub.subscribe(lambda _change: currencies.append(ledger.profile.currency))
    ledger.run(profile.save(Profile(currency="JPY")))
    ledger.undo().result()
    assert currencies == ["JPY", "EUR"]


def test_a_subscriber_that_fails_keeps_nobody_from_hearing(
    ledger: Ledger, expected_log: Callable[..., None]
) -> None:
    expected_log("a subscriber failed on a change of .*purchases")

    def fail(_change: Change) -> None:
        raise ZeroDivisionError

    ledger.hub.subscribe(fail)
    changes: list[Change] = []
    ledger.hub.subscribe(changes.append)
    change = ledger.run(purchases.add(bought()))
    assert changes == [change]
    assert purchases.count(ledger) == 1


def test_nobody_hears_after_unsubscribing(ledger: Ledger) -> None:
    changes: list[Any] = []
    unsubscribe = ledger.hub.subscribe(changes.append)
    unsubscribe()
    unsubscribe()
    ledger.run(names.add(NameKind.TAG, "gift"))
    assert changes == []


def test_a_subscriber_may_leave_while_it_hears(ledger: Ledger) -> None:
    once: list[Change] = []

    def hear(change: Change) -> None:
        once.append(change)
        leave()

    leave = ledger.hub.subscribe(hear)
    ledger.run(names.add(NameKind.TAG, "gift"))
    ledger.run(names.add(NameKind.TAG, "tax"))
    assert len(once) == 1


def test_settings_are_told_but_never_undone(ledger: Ledger, heard: list[Change]) -> None:
    ledger.run(settings.put({"width": 300}))
    assert [(change.areas, change.undoable) for change in heard] == [(frozenset({Area.SETTINGS}), False)]
    assert ledger.undo_label is None
