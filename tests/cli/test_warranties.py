"""`list`, `export` and `import` of warranties, and their figures in the summary."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.claims import Claim
from app.domain.purchases import Purchase
from app.domain.reminder_settings import ReminderSettings
from app.domain.warranties import Cover, Duration, cover_for
from app.services import claims, purchases, reminders, warranties
from app.services.ledger import Ledger
from tests.cli.conftest import Run
from tests.helpers.ledgers import bought, new_ledger, opened

TODAY = date(2026, 11, 20)


def filled(ledger_path: Path) -> None:
    with new_ledger(ledger_path) as ledger:
        add(ledger, bought("Desk lamp"), cover_for(date(2024, 12, 14), Duration(2), "STATUTORY"))
        add(ledger, bought("Kettle"), Cover(date(2026, 3, 14), date(2028, 3, 14), provider="Philips"))
        add(ledger, bought("Knife"), Cover(date(2026, 3, 14), kind="LIFETIME"))
        add(ledger, bought("Chair"), Cover(date(2020, 3, 14), date(2022, 3, 14)))
        add(ledger, bought("Radio"), Cover(date(2026, 3, 14), date(2028, 3, 14), voided=True))
        ledger.run(claims.open_claim(Claim(date(2026, 5, 1), "R-1", cover_id=2)))


def add(ledger: Ledger, purchase: Purchase, cover: Cover) -> None:
    ledger.run(warranties.add(ledger.run(purchases.add(purchase)).result, cover))


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "today", lambda _self: TODAY)


@pytest.mark.parametrize(
    ("conditions", "products"),
    [
        ([], ["Desk lamp", "Kettle", "Knife", "Chair", "Radio"]),
        (["status=expiring"], ["Desk lamp"]),
        (["status=active", "status=voided"], ["Kettle", "Knife", "Radio"]),
        (["kind=lifetime"], ["Knife"]),
        (["provider=PHILIPS"], ["Kettle"]),
        (["provider=", "status=expired"], ["Chair"]),
        (["product=lamp"], ["Desk lamp"]),
        (["text=r-1"], ["Kettle"]),
        (["from=2028-03-14", "to=2028-03-14"], ["Kettle", "Radio"]),
        (["expiring-days=30"], ["Desk lamp"]),
        (["open-claim=yes"], ["Kettle"]),
        (["open-claim=no", "status=active"], ["Knife"]),
    ],
)
def test_list_takes_conditions(
    run: Run, ledger_path: Path, conditions: list[str], products: list[str]
) -> None:
    filled(ledger_path)
    words = [word for condition in conditions for word in ("--where", condition)]
    answer = run("--json", "list", "warranties", *words)
    assert answer.status == 0
    assert [item["product"] for item in answer.document["items"]] == products
    assert answer.document["total"] == len(products)


def test_list_tells_the_state_and_the_claims(run: Run, ledger_path: Path) -> None:
    filled(ledger_path)
    lamp, kettle = run("--json", "list", "warranties", "--limit", "2").document["items"]
    assert (lamp["status"], lamp["ends_on"], lamp["duration"]) == ("EXPIRING", "2026-12-14", "P24M")
    assert (kettle["voided"], kettle["claims"][0]["number"]) == (False, "R-1")
    assert kettle["purchased_on"] == "2026-03-14"
    words = run("list", "warranties", "--sort=-ends_on").out
    assert "5 of 5 warranties" in words
    assert words.index("Knife") < words.index("Kettle") < words.index("Chair")


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("provider=Acme", "There is no provider “Acme”; use one of Philips."),
        ("kind=Gold", "There is no kind of warranty “Gold”; use one of LIMITED, EXTENDED"),
        ("status=late", "use one of active, expiring, expired, voided."),
        ("expiring-days=-1", "is not a number of days"),
        ("colour=red", "“colour” is no condition; use one of text, product, status"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_in_words(
    run: Run, ledger_path: Path, condition: str, sentence: str
) -> None:
    filled(ledger_path)
    answer = run("list", "warranties", "--where", condition)
    assert answer.status == 1
    assert sentence in answer.err


def test_export_and_import_carry_a_ledger_over(run: Run, ledger_path: Path, tmp_path: Path) -> None:
    filled(ledger_path)
    written: list[Any] = []
    for number in range(2):
        files = {kind: tmp_path / f"{kind}-{number}.csv" for kind in ("purchases", "warranties")}
        for kind, file in files.items():
            assert run("export", kind, file).status == 0
        written.append({kind: file.read_bytes() for kind, file in files.items()})
        if number == 0:
            for kind, file in files.items():
                answer = run("--ledger", tmp_path / "other", "--json", "import", kind, file)
                assert (answer.status, answer.document["failed"]) == (0, 0)
            ledger_path.rename(tmp_path / "first")
            (tmp_path / "other").rename(ledger_path)
    assert written[0] == written[1]
    assert b"R-1" in written[0]["warranties"]


def test_export_takes_the_days_of_the_ends(run: Run, ledger_path: Path, tmp_path: Path) -> None:
    filled(ledger_path)
    file = tmp_path / "w.json"
    report = run("--json", "export", "warranties", file, "--from", "2026-12-01", "--to", "2028-12-31")
    assert report.document["rows"] == 3
    document = json.loads(file.read_text())
    assert document["counterfoil"]["kind"] == "warranties"
    assert "status" not in document["warranties"][0]


def test_an_import_that_finds_no_purchase_fails_in_words(run: Run, ledger_path: Path, tmp_path: Path) -> None:
    filled(ledger_path)
    file = tmp_path / "w.csv"
    file.write_text("Product,Warranty until\nToaster,2028-01-31\n")
    answer = run("--json", "import", "warranties", file)
    assert answer.status == 1
    (error,) = answer.document["errors"]
    assert (error["line"], error["column"], error["value"]) == (2, "Product", "Toaster")


def test_the_summary_counts_by_the_owners_reminder_window(run: Run, ledger_path: Path) -> None:
    filled(ledger_path)

    def figures() -> Any:
        return run("--json", "summary").document["warranties"]

    assert figures() == {"active": 2, "expiring": 1, "expired": 1, "voided": 1}
    with opened(ledger_path) as ledger:
        set_window(ledger, 7)
    assert figures() == {"active": 3, "expiring": 0, "expired": 1, "voided": 1}
    total = run("--json", "list", "purchases", "--where", "warranty=expiring").document["total"]
    assert total == 0


def set_window(ledger: Ledger, days: int) -> None:
    ledger.run(reminders.save(ReminderSettings(days=(days,))))
