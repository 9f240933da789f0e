"""A ledger is made, opened, read, written and closed; whatever happens it is whole."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.problems import Refused
from app.domain.profile import Profile
from app.domain.purchases import PurchaseFilter
from app.services import names, purchases
from app.services.changes import Command, Write
from app.services.ledger import (
    Damaged,
    Interrupt,
    Interrupted,
    Ledger,
    LedgerExists,
    NoLedger,
    create_ledger,
    is_ledger,
    open_ledger,
)
from app.services.names import NameKind
from tests.helpers.ledgers import bought, contents, damage, differences, new_ledger, opened

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def temporary_tables(ledger: Ledger) -> list[str]:
    """Return the names of the temporary tables that the writer holds."""
    found: list[str] = []

    def run(write: Write) -> None:
        found.extend(write.connection.exec_driver_sql("SELECT name FROM sqlite_temp_master").scalars())

    ledger.run(Command("Look", run, undoable=False))
    return found


def test_a_new_ledger_has_its_owner_and_names_to_begin_with(tmp_path: Path) -> None:
    owner = Profile("Robin", "DE", "Europe/Berlin", "EUR", 20_000)
    with new_ledger(tmp_path / "deep" / "ledger", owner) as ledger:
        assert ledger.profile == owner
        assert purchases.count(ledger) == 0
        assert "Electronics" in [name for _, name in names.choices(ledger, NameKind.CATEGORY)]
        assert names.find(ledger, NameKind.RETAILER, "AMAZON")
        assert damage(ledger) == []
        assert (ledger.undo_label, ledger.redo_label, ledger.read_only) == (None, None, False)


def test_a_profile_that_cannot_be_makes_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="currency code"):
        create_ledger(tmp_path / "ledger", Profile(currency="Taler"))
    assert not (tmp_path / "ledger").exists()


def test_a_ledger_is_never_made_over_another(tmp_path: Path) -> None:
    create_ledger(tmp_path, Profile("First"))
    before = (tmp_path / "counterfoil.db").read_bytes()
    with pytest.raises(LedgerExists, match="There is a ledger in"):
        create_ledger(tmp_path, Profile("Second"))
    assert (tmp_path / "counterfoil.db").read_bytes() == before


def test_no_ledger_and_a_file_in_its_place_are_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "missing", tmp_path / "file"):
        assert not is_ledger(path)
        with pytest.raises(NoLedger, match="no ledger in"):
            open_ledger(path)


def test_a_damaged_database_is_said_in_words_and_left_alone(tmp_path: Path) -> None:
    create_ledger(tmp_path, Profile())
    (tmp_path / "counterfoil.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Damaged, match="not a Counterfoil ledger"):
        open_ledger(tmp_path)
    assert (tmp_path / "counterfoil.db").read_bytes() == b"no database" * 1000


def test_a_ledger_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        ledger.run(purchases.add(bought()))
    with opened(tmp_path, read_only=True) as ledger:
        assert purchases.count(ledger) == 1
        with pytest.raises(RuntimeError, match="for reading only"):
            ledger.run(purchases.add(bought()))
        assert purchases.count(ledger) == 1


def test_what_was_written_is_there_after_closing(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        futures = [ledger.submit(purchases.add(bought(f"Thing {number}"))) for number in range(50)]
        ledger.close()
        ledger.close()
        assert all(future.done() for future in futures)
    with opened(tmp_path) as ledger:
        assert purchases.count(ledger) == 50


def test_the_day_is_the_owners(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.services import profile

    monkeypatch.setattr(Ledger, "now", lambda _self: datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert ledger.today() == date(2026, 12, 31)
    ledger.run(profile.save(Profile(timezone="Pacific/Auckland")))
    assert ledger.today() == date(2027, 1, 1)


def test_readers_see_one_state_while_the_writer_commits(ledger: Ledger) -> None:
    """Money moves from one purchase to another all the time; whoever reads sees the same total."""
    for price in (5_000, 5_000):
        ledger.run(purchases.add(bought(price=price)))
    writing = threading.Event()

    def move(amount: int) -> Command:
        def run(write: Write) -> None:
            for id, price in ((1, 5_000 - amount), (2, 5_000 + amount)):
                write.connection.exec_driver_sql("UPDATE purchases SET price = ? WHERE id = ?", (price, id))

        return Command("Move", run, undoable=False)

    def look() -> set[int]:
        seen = set()
        while writing.is_set():

            def read(reader: Any) -> int:
                prices = [
                    reader.exec_driver_sql("SELECT price FROM purchases WHERE id = ?", (id,)).scalar_one()
                    for id in (1, 2)
                ]
                return sum(prices)

            seen.add(ledger.read(read))
        return seen

    writing.set()
    with ThreadPoolExecutor(4) as pool:
        looks = [pool.submit(look) for _ in range(4)]
        for amount in range(60):
            ledger.run(move(amount))
        writing.clear()
        assert set().union(*(look.result() for look in looks)) == {10_000}


def test_commands_from_many_threads_run_one_after_another(ledger: Ledger) -> None:
    with ThreadPoolExecutor(8) as pool:
        changes = list(pool.map(lambda number: ledger.run(purchases.add(bought(str(number)))), range(100)))
    assert sorted(change.result for change in changes) == list(range(1, 101))
    assert purchases.count(ledger) == 100


def fail_after_changes(error: BaseException) -> Command:
    """A command that changes all it can, and then raises."""
    from app.storage import names as stored
    from app.storage.purchases import writing

    def run(write: Write) -> None:
        writing.insert(write, [bought("Lost", retailer="Nowhere", tags=("lost",))])
        writing.delete(write, [1])
        stored.save(write, NameKind.CATEGORY, 1, "Renamed")
        write.put_setting("key", '"value"')
        raise error

    return Command("Fail", run)


@pytest.mark.parametrize("error", [Refused("No."), ZeroDivisionError(), Interrupted()])
def test_a_command_that_fails_changes_nothing(ledger: Ledger, error: BaseException) -> None:
    ledger.run(purchases.add(bought("Kept", retailer="Here")))
    heard: list[Any] = []
    ledger.hub.subscribe(heard.append)
    before, kept = contents(ledger), temporary_tables(ledger)
    heard.clear()
    with pytest.raises(type(error)):
        ledger.run(fail_after_changes(error))
    assert differences(before, contents(ledger)) == []
    assert (ledger.undo_label, heard) == ("Add “Kept”", [])
    assert temporary_tables(ledger) == kept
    ledger.undo().result()
    assert purchases.count(ledger) == 0


def test_temporary_tables_do_not_pile_up(ledger: Ledger) -> None:
    counts = set()
    for number in range(130):
        ledger.run(purchases.add(bought(f"Thing {number}", retailer=f"Shop {number}")))
        if number > 110:
            counts.add(len(temporary_tables(ledger)))
    assert len(counts) == 1


def interrupted_while(running: threading.Event) -> threading.Thread:
    """Press Ctrl+C as soon as the event is set."""

    def press() -> None:
        running.wait(10)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    thread = threading.Thread(target=press)
    thread.start()
    return thread


def in_sql(write: Write, running: threading.Event) -> None:
    running.set()
    write.connection.exec_driver_sql(ENDLESS)


def in_python(write: Write, running: threading.Event) -> None:
    from app.storage.purchases import writing

    running.set()
    for number in range(100_000):
        writing.insert(write, [bought(f"Thing {number}")])


@pytest.mark.parametrize("work", [in_sql, in_python])
def test_ctrl_c_rolls_back_what_runs(ledger: Ledger, work: Callable[[Write, threading.Event], None]) -> None:
    before = contents(ledger)
    running = threading.Event()
    thread = interrupted_while(running)
    with pytest.raises(KeyboardInterrupt):
        ledger.run(Command("Work", lambda write: work(write, running)))
    thread.join()
    assert differences(before, contents(ledger)) == []
    assert ledger.undo_label is None
    ledger.run(purchases.add(bought()))
    assert purchases.count(ledger) == 1


def test_a_command_cancelled_before_its_turn_never_runs(ledger: Ledger) -> None:
    interrupt = Interrupt()
    interrupt.cancel()
    with pytest.raises(Interrupted):
        ledger.run(purchases.add(bought()), interrupt)
    assert purchases.count(ledger) == 0


def test_a_read_that_nobody_waits_for_is_stopped(ledger: Ledger) -> None:
    interrupt = Interrupt()
    running = threading.Event()

    def stop() -> None:
        running.wait(10)
        interrupt.cancel()

    def read(reader: Any) -> None:
        running.set()
        reader.exec_driver_sql(ENDLESS).all()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Interrupted):
        ledger.read(read, interrupt)
    thread.join()
    assert purchases.count(ledger, PurchaseFilter(text="kettle")) == 0
