"""The restore wizard without its window: what may come when, and what makes a result untrue."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.services.backup import Rehearsal, Restored, TableChange, Verified
from app.services.backup.flow import RestoreFlow, Step, WrongStep
from app.services.backup.sections import Section, lost, sections

BACKUP = Path("/disk/mine.counterfoil")
GOOD = Verified(BACKUP, (), 2, 100, 5, datetime(2026, 11, 18, tzinfo=UTC))


def rehearsed(*tables: TableChange) -> Rehearsal:
    return Rehearsal(BACKUP, datetime(2026, 11, 18, tzinfo=UTC), "Robin", tables, 1, 0, 100, False)


@pytest.fixture
def flow() -> RestoreFlow:
    made = RestoreFlow(Path("/ledger"))
    made.choose(BACKUP)
    return made


def to_preview(flow: RestoreFlow) -> None:
    flow.next()
    assert flow.take_verified(GOOD, flow.revision)
    flow.next()
    assert flow.take_rehearsal(rehearsed(), flow.revision)


def test_one_goes_on_only_with_what_a_step_needs() -> None:
    flow = RestoreFlow(Path("/ledger"))
    assert not flow.can_go_on
    with pytest.raises(WrongStep):
        flow.next()
    flow.choose(BACKUP)
    to_preview(flow)
    assert flow.next() is Step.RESTORE
    assert not flow.can_go_back
    flow.take_restored(Restored({}, None, GOOD.created_at or datetime.now(UTC), 0, ()))
    assert flow.step is Step.DONE


def test_a_locked_backup_needs_a_passphrase(flow: RestoreFlow) -> None:
    flow.next()
    flow.ask_passphrase()
    assert flow.step is Step.CHOOSE
    assert not flow.can_go_on
    flow.set_passphrase("sesame")
    assert flow.can_go_on
    flow.choose(Path("/disk/other.counterfoil"))
    assert not flow.locked
    assert flow.passphrase is None


def test_what_was_found_for_another_backup_is_not_taken(flow: RestoreFlow) -> None:
    flow.next()
    before = flow.revision
    flow.back()
    flow.choose(Path("/disk/other.counterfoil"))
    flow.next()
    assert not flow.take_verified(GOOD, before)
    assert flow.verified is None


def test_a_backup_with_a_problem_is_not_taken(flow: RestoreFlow) -> None:
    flow.next()
    assert not flow.take_verified(Verified(BACKUP, ("It is cut off.",)), flow.revision)
    assert not flow.can_go_on


def test_a_restore_that_has_begun_cannot_be_changed(flow: RestoreFlow) -> None:
    to_preview(flow)
    flow.next()
    with pytest.raises(WrongStep):
        flow.choose(BACKUP)
    flow.stop()
    assert flow.step is Step.PREVIEW
    assert flow.can_go_on


def test_a_new_place_needs_a_new_look(flow: RestoreFlow) -> None:
    to_preview(flow)
    flow.back()
    flow.set_target(Path("/elsewhere"))
    assert flow.rehearsal is None
    flow.set_passphrase("")
    assert flow.passphrase is None


def test_tables_are_told_by_sections() -> None:
    found = sections(
        rehearsed(
            TableChange("purchases", 5, 4, removed=1, removed_names=("Lamp",)),
            TableChange("retailers", 2, 2),
            TableChange("tags", 3, 4, comes_back=1, comes_back_names=("home",)),
            TableChange("settings", 4, 3, removed=1),
            TableChange("purchase_tags", 3, 3),
            TableChange("jobs", 9, 1, removed=8),
            TableChange("claims", 0, 0),
            TableChange("of_later", 1, 0, removed=1),
        )
    )
    assert [one.section for one in found] == [
        Section.PURCHASES,
        Section.NAMES,
        Section.SETTINGS,
        Section.OTHER,
    ]
    names = found[1]
    assert (names.now, names.after, names.comes_back, names.comes_back_names) == (5, 6, 1, ("home",))
    assert [(one.section, one.removed) for one in lost(found)] == [(Section.PURCHASES, 1), (Section.OTHER, 1)]
