"""The wizard with other records than purchases: what is in the file is guessed, and can be said."""

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.debts import Debt
from app.services import debts, kinds
from app.services.importing.flow import Step
from app.services.ledger import Ledger
from app.ui.importing.wizard import ImportWizard
from app.ui.kinds import words_for
from tests.ui.importing.driving import Key, Open, cells, go_on, marked, press
from tests.ui.importing.standin import Told

OWED = (
    "Account,Lender,Balance,APR,Min payment,Due date\n"
    'Visa,Bank,"1,250.50",19.99%,35.00,15\n'
    "Car,Bank,9000.00,4.9%,abc,1\n"
    "Aunt,Family,200.00,0,20.00,1\n"
)


def choose_kind(wizard: ImportWizard, key: str) -> None:
    combo = wizard.file_page.kind
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def test_debts_are_recognised_previewed_and_imported(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path, told: Told
) -> None:
    path = tmp_path / "owed.csv"
    path.write_text(OWED)
    wizard = open_wizard(path)
    assert wizard.file_page.kind.currentText() == "Debts"
    go_on(qtbot, wizard, Step.PREVIEW)
    page = wizard.preview_page
    assert page.boxes.text() == "0 debts → 2 debts · 2 new · 1 not imported"
    assert marked(page.rows) == [("3", "Minimum payment", "abc")]
    titles = [column.title for column in page.rows.grid.columns]
    first = {title: cell.text for title, cell in zip(titles, cells(page.rows)[0], strict=True)}
    assert (first["Debt"], first["APR"], first["Due day"]) == ("Visa", "19.99%", "15")
    assert "1,250.50" in first["Balance"]
    assert wizard.next_button.text() == "&Import 2 debts"
    go_on(qtbot, wizard, Step.REPORT)
    assert wizard.report_page.title() == "Imported 2 debts"
    assert {debt.name: debt.balance for debt in debts.all_debts(ledger)} == {"Visa": 125_050, "Aunt": 20_000}
    wizard.report_page.show_imported.click()
    assert told.shown == [("debts", {})]


def test_payments_without_their_debt_are_marked_at_the_debt(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path
) -> None:
    ledger.run(debts.add(Debt("Visa", "EUR", 100_000, date(2026, 1, 1))))
    path = tmp_path / "paid.csv"
    path.write_text("Debt,Date,Amount\nVisa,2026-02-01,50.00\nNobody,2026-02-02,60.00\n")
    wizard = open_wizard(path)
    assert wizard.file_page.kind.currentText() == "Payments"
    assert not wizard.flow.asks_currency
    go_on(qtbot, wizard, Step.PREVIEW)
    assert marked(wizard.preview_page.rows) == [("3", "Debt", "Nobody")]
    go_on(qtbot, wizard, Step.REPORT)
    assert [payment.amount for payment in debts.all_payments(ledger)] == [5000]


def test_the_user_can_say_what_is_in_the_file(
    qtbot: QtBot, open_wizard: Open, ledger: Ledger, tmp_path: Path
) -> None:
    ledger.run(debts.add(Debt("Visa", "EUR", 100_000, date(2026, 1, 1))))
    path = tmp_path / "paid.csv"
    path.write_text("Name,Date,Amount\nVisa,2026-02-01,50.00\nVisa,2026-03-01,50.00\n")
    wizard = open_wizard(path)
    assert wizard.file_page.kind.currentText() == "Purchases"
    choose_kind(wizard, "payments")
    qtbot.waitUntil(lambda: wizard.flow.kind is not None and wizard.flow.kind.key == "payments")
    press(qtbot, wizard, Key.Key_Return)
    combo = wizard.columns_page.table.combo("Name")
    assert combo.currentText() == "Debt"
    assert combo.findData("retailer") < 0
    go_on(qtbot, wizard, Step.REPORT)
    assert wizard.report_page.title() == "Imported 2 payments"
    assert debts.all_debts(ledger)[0].balance == 90_000


def test_every_kind_that_is_imported_has_words() -> None:
    for kind in kinds.imported():
        words = words_for(kind.key)
        assert words.counted(2).startswith("2 ")
        assert "{fields}" in words.missing
