"""`new`, `demo` and `check`."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Run


def test_new_makes_an_empty_ledger_that_only_its_owner_can_read(run: Run, ledger_path: Path) -> None:
    answer = run(
        "--json",
        "new",
        "--name",
        "Robin",
        "--currency",
        "eur",
        "--country",
        "DE",
        "--timezone",
        "Europe/Berlin",
    )
    assert answer.status == 0
    assert answer.document == {
        "ledger": str(ledger_path),
        "profile": {"name": "Robin", "country": "DE", "timezone": "Europe/Berlin", "currency": "EUR"},
    }
    assert stat.S_IMODE(ledger_path.stat().st_mode) == 0o700
    assert stat.S_IMODE((ledger_path / "counterfoil.db").stat().st_mode) == 0o600
    assert run("--json", "list", "purchases").document == {"total": 0, "items": []}


def test_new_takes_the_currency_of_the_country(run: Run) -> None:
    assert run("--json", "new", "--country", "JP").document["profile"]["currency"] == "JPY"


def test_new_does_not_touch_a_ledger_that_is_there(run: Run, ledger_path: Path) -> None:
    run("new")
    before = (ledger_path / "counterfoil.db").read_bytes()
    answer = run("new")
    assert answer.status == 1
    assert answer.err == (
        f"counterfoil: There is a ledger in {ledger_path} already. Open it, or choose another folder.\n"
    )
    assert (ledger_path / "counterfoil.db").read_bytes() == before


def test_new_refuses_what_cannot_be(run: Run, ledger_path: Path) -> None:
    for words, sentence in (
        (("--currency", "XYZ"), "Use a currency code such as EUR or USD."),
        (("--timezone", "Europe/Nowhere"), "Use a timezone such as Europe/Berlin."),
        (("--country", "Germany"), "Use a country code of two letters such as DE."),
    ):
        answer = run("new", "--currency", "EUR", *words)
        assert (answer.status, answer.err) == (1, f"counterfoil: {sentence}\n")
    assert not ledger_path.exists()


def test_demo_is_the_same_for_a_seed(run: Run, tmp_path: Path) -> None:
    first = run("--ledger", tmp_path / "one", "--json", "demo")
    assert first.document["purchases"] == 66
    run("--ledger", tmp_path / "two", "demo", "--seed", "1")
    run("--ledger", tmp_path / "three", "demo", "--seed", "2")
    one, two, three = (
        run("--ledger", tmp_path / name, "--json", "list", "purchases").document["items"]
        for name in ("one", "two", "three")
    )
    stamps = ("created_at", "updated_at")
    assert [{k: v for k, v in item.items() if k not in stamps} for item in one] == [
        {k: v for k, v in item.items() if k not in stamps} for item in two
    ]
    assert [item["uuid"] for item in one] != [item["uuid"] for item in three]


def test_check_finds_nothing_in_a_good_ledger(run: Run) -> None:
    run("demo")
    assert run("--json", "check").document == {"ok": True, "findings": []}


def unseal(ledger_path: Path) -> None:
    """Let what a test changed behind the program's back pass for its own."""
    (ledger_path / "counterfoil.seal").unlink()


def test_check_finds_and_repairs_what_does_not_match(run: Run, ledger_path: Path) -> None:
    run("demo")
    with sqlite3.connect(ledger_path / "counterfoil.db") as database:
        database.execute("UPDATE purchases SET refunded = 1 WHERE id = 3")
        database.execute("DELETE FROM purchase_search WHERE rowid = 5")
        database.execute("UPDATE purchases SET retailer_id = 999 WHERE id = 7")
    database.close()
    unseal(ledger_path)
    found = run("--json", "check")
    assert found.status == 1
    assert {finding["where"] for finding in found.document["findings"]} == {
        "purchases, row 7",
        "purchases",
        "purchase_search",
    }
    assert all(set(finding) == {"what", "where", "repair"} for finding in found.document["findings"])
    mended = run("--json", "check", "--repair")
    assert (mended.status, mended.document) == (0, {"ok": True, "findings": []})


def test_balances_that_do_not_follow_from_the_payments_are_worked_out_again(
    run: Run, ledger_path: Path
) -> None:
    run("demo")
    balances, debts = run("--json", "list", "balances").document, run("--json", "list", "debts").document
    with sqlite3.connect(ledger_path / "counterfoil.db") as database:
        entry, debt_id = database.execute(
            "SELECT id, debt_id FROM balance_entries WHERE source = 'PAYMENT' ORDER BY recorded_on DESC LIMIT 1"
        ).fetchone()
        database.execute("UPDATE balance_entries SET balance = 7 WHERE id = ?", (entry,))
        database.execute("UPDATE debts SET balance = 7 WHERE id = ?", (debt_id,))
    database.close()
    unseal(ledger_path)
    (finding,) = run("--json", "check").document["findings"]
    assert finding["where"] == "balance_entries"
    assert finding["what"] == "The balance after 1 payment is not the one before it less what was paid."
    assert run("--json", "check", "--repair").document == {"ok": True, "findings": []}
    assert run("--json", "list", "balances").document == balances
    assert run("--json", "list", "debts").document == debts


def test_a_repair_says_what_it_mended(run: Run, ledger_path: Path) -> None:
    run("demo")
    with closing(sqlite3.connect(ledger_path / "counterfoil.db")) as connection:
        connection.execute("DELETE FROM purchase_search WHERE rowid <= 2")
        connection.commit()
    unseal(ledger_path)
    answer = run("check", "--repair")
    assert answer.status == 0
    assert answer.out.splitlines() == [
        "Mended: purchase_search: The search index misses or wrongly has 2 purchases.",
        "Nothing is wrong with this ledger any more.",
    ]
    assert run("check", "--repair").out == "Nothing is wrong with this ledger.\n"


def test_check_finds_debts_and_scenarios_that_cannot_be_read(run: Run, ledger_path: Path) -> None:
    run("demo")
    with sqlite3.connect(ledger_path / "counterfoil.db") as database:
        database.execute("UPDATE debts SET minimum_rule = 'GUESS' WHERE id = 2")
        database.execute("UPDATE scenarios SET definition = '{' WHERE id = 1")
    database.close()
    unseal(ledger_path)
    for words in (("check",), ("check", "--repair")):
        found = run("--json", *words)
        assert found.status == 1
        assert [finding["where"] for finding in found.document["findings"]] == [
            "debts, row 2",
            "scenarios, row 1",
        ]


def test_a_damaged_database_is_told_in_a_sentence(run: Run, ledger_path: Path) -> None:
    run("new")
    path = ledger_path / "counterfoil.db"
    path.write_bytes(os.urandom(path.stat().st_size))
    answer = run("check")
    assert answer.status == 1
    assert answer.out.startswith(
        f"counterfoil.db: {path} is not a Counterfoil ledger, or it is damaged. Open another folder."
    )
