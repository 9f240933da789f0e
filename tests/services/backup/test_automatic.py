"""The automatic backup: when it is due, what it keeps, and that its failures are told and tried again."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.backups import Retention
from app.domain.problems import Refused
from app.domain.recurrence import Every
from app.services import backup, due_jobs, job_history, purchases
from app.services.backup import automatic, latest
from app.services.backup.automatic import BackupSettings
from app.services.jobs import JobContext, JobState
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought, new_ledger

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as made:
        job_history.follow(made)
        made.run(purchases.add(bought("Kettle")))
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "disk"
    made.mkdir()
    return made / "backups"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> Callable[[datetime], None]:
    """Sets the time of the ledger, and of the backups that are made."""

    def to(moment: datetime) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return moment

        monkeypatch.setattr("app.services.backup.creating.datetime", Clock)
        monkeypatch.setattr(ledger, "now", lambda: moment)

    to(NOW)
    return to


def switch_on(ledger: Ledger, folder: Path, every: Every = Every.DAILY, **kept: int) -> None:
    ledger.run(automatic.save(ledger, BackupSettings(every, str(folder), Retention(**kept))))


def test_it_is_off_until_it_is_switched_on(ledger: Ledger, folder: Path) -> None:
    assert automatic.read(ledger) == BackupSettings()
    assert due_jobs.due_now(ledger) == []
    assert due_jobs.run_due(ledger) == []


def test_it_runs_when_it_is_due_and_once_after_closed_days(
    ledger: Ledger, folder: Path, clock: Callable[[datetime], None]
) -> None:
    switch_on(ledger, folder)
    (job,) = due_jobs.run_due(ledger)
    assert (job.state, job.name) == (JobState.COMPLETED, "Automatic backup")
    assert due_jobs.run_due(ledger) == []
    clock(NOW + timedelta(days=9))
    assert len(due_jobs.run_due(ledger)) == 1
    assert due_jobs.run_due(ledger) == []
    assert [one.created_at for one in backup.listing(folder)] == [NOW + timedelta(days=9), NOW]
    last = latest.of(ledger.path)
    assert last is not None
    assert (last.at, last.path.parent, last.files) == (NOW + timedelta(days=9), folder, 1)
    assert job_history.last_completed(ledger, "backup") is not None


def test_only_so_many_are_kept(ledger: Ledger, folder: Path, clock: Callable[[datetime], None]) -> None:
    switch_on(ledger, folder, last=2, daily=0, weekly=0, monthly=0)
    for day in range(5):
        clock(NOW + timedelta(days=day))
        ledger.run(purchases.add(bought(f"Kettle {day}")))
        due_jobs.run_due(ledger)
    kept = backup.listing(folder)
    assert [one.created_at for one in kept] == [NOW + timedelta(days=4), NOW + timedelta(days=3)]
    assert all(backup.verify(one.path).ok for one in kept)


def test_a_folder_whose_backups_have_gone_is_told_and_not_filled_anew(
    ledger: Ledger, folder: Path, clock: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JobContext, "pause", lambda _context, _seconds: None)
    switch_on(ledger, folder)
    due_jobs.run_due(ledger)
    folder.rename(folder.with_name("unplugged"))
    clock(NOW + timedelta(days=1))
    (job,) = due_jobs.run_due(ledger)
    assert job.state is JobState.FAILED
    assert "Plug its disk in" in job.error
    assert not folder.exists()
    folder.with_name("unplugged").rename(folder)
    (job,) = due_jobs.run_due(ledger)
    assert job.state is JobState.COMPLETED


def test_a_paused_schedule_runs_nothing_and_catches_up(ledger: Ledger, folder: Path) -> None:
    switch_on(ledger, folder)
    ledger.run(due_jobs.pause(paused=True))
    assert due_jobs.is_paused(ledger)
    assert due_jobs.run_due(ledger) == []
    ledger.run(due_jobs.pause(paused=False))
    assert len(due_jobs.run_due(ledger)) == 1


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (BackupSettings(Every.DAILY, ""), "folder"),
        (BackupSettings(Every.DAILY, "backups"), "folder"),
        (BackupSettings(Every.OFF, "/mnt/x", Retention(0, 0, 0, 0)), "last"),
        (BackupSettings(Every.OFF, "/mnt/x", Retention(weekly=-1)), "weekly"),
    ],
)
def test_settings_that_cannot_be_are_refused(ledger: Ledger, wanted: BackupSettings, field: str) -> None:
    with pytest.raises(Refused) as refused:
        automatic.save(ledger, wanted)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_no_backup_goes_into_the_ledgers_own_folder(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="ledger's own"):
        automatic.save(ledger, BackupSettings(Every.DAILY, str(ledger.path / "backups")))


@pytest.mark.parametrize(
    "document",
    [None, 3, {}, {"every": "HOURLY", "folder": "/x", "keep": {}}, {"every": "DAILY", "folder": 1}],
)
def test_settings_that_cannot_be_read_are_those_of_a_new_ledger(document: object) -> None:
    assert BackupSettings.from_json(document) == BackupSettings()


def test_what_is_remembered_of_backups_may_be_damaged(ledger: Ledger, tmp_path: Path) -> None:
    backup.create(ledger, tmp_path / "a.counterfoil")
    assert latest.of(ledger.path) is not None
    latest.config_folder().joinpath("last-backups.json").write_text('{"backups": [{"at": "soon"}]}')
    assert latest.of(ledger.path) is None
