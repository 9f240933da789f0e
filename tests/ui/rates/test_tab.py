"""The tab of the settings with exchange rates, used by keys and buttons."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.exchange_rates import ExchangeRate
from app.services import exchange_rates
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.ui.importing.wizard import ImportWizard
from app.ui.rates.form import RateDialog
from app.ui.rates.importing import RateImport
from app.ui.rates.tab import RatesTab
from app.ui.rates.words import both_ways, rate_text
from app.ui.theme.theme import Theme
from app.ui.window.main_window import MainWindow

DATA = Path(__file__).parents[2] / "data" / "rates"
FRIDAY = date(2026, 11, 20)
MakeTab = Callable[[], RatesTab]


def dollar(rate: str = "1.0823", on: date = FRIDAY) -> ExchangeRate:
    return ExchangeRate(on, "EUR", "USD", Decimal(rate))


def texts(tab: RatesTab) -> list[list[str]]:
    grid = tab.table.grid
    return [[grid.cell(row, column).text for column in range(4)] for row in range(grid.rowCount())]


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_arguments: (str(path), ""))


def imported(ledger: Ledger, name: str = "eurofxref-hist.csv") -> None:
    exchange_rates.import_rates(ledger, DATA / name, JobContext())


def test_an_empty_tab_says_what_rates_are_for_and_offers_the_first_thing(make_tab: MakeTab) -> None:
    tab = make_tab()
    assert tab._stack.currentWidget() is tab._empty
    assert tab.focusProxy() is tab._first
    assert not tab.export_button.isEnabled()


def test_the_latest_imported_and_every_own_rate_is_listed(
    qtbot: QtBot, window: MainWindow, ledger: Ledger, make_tab: MakeTab
) -> None:
    with qtbot.waitSignals([window.bridge.changed] * 2):
        imported(ledger)
        ledger.run(exchange_rates.save(dollar(on=date(2026, 1, 5))))
    tab = make_tab()
    assert texts(tab) == [
        ["EUR", "0.86420 GBP", "20 Nov 2026", "European Central Bank"],
        ["EUR", "171.35 JPY", "20 Nov 2026", "European Central Bank"],
        ["EUR", "1,612.40 KRW", "20 Nov 2026", "European Central Bank"],
        ["EUR", "1.1125 USD", "20 Nov 2026", "European Central Bank"],
        ["EUR", "1.0823 USD", "5 Jan 2026", "Entered"],
    ]
    assert tab.told.text() == "1 rate of your own · 27 imported rates, up to 20 Nov 2026"
    tab.table.go_to(0, 0)
    assert not tab.delete_button.isEnabled()
    tab.table.go_to(4, 0)
    assert tab.delete_button.isEnabled()


def test_a_rate_is_entered_and_undone_by_the_keyboard(
    qtbot: QtBot, window: MainWindow, ledger: Ledger, make_tab: MakeTab
) -> None:
    tab = make_tab()
    tab.add()
    dialog = tab.window().findChild(RateDialog)
    assert isinstance(dialog, RateDialog)
    fields = dialog.fields
    assert (fields.base.value(), fields.currency.value()) == ("USD", "EUR")
    qtbot.keyClicks(fields.rate.line, "0.9")
    assert fields.told.text() == "1 USD is 0.90 EUR, and 1 EUR is 1.1111 USD."
    qtbot.keyClick(fields.rate.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(texts(tab)))
    assert texts(tab)[0][:2] == ["USD", "0.90 EUR"]
    assert tab.told.text().startswith("Added a rate of USD in EUR · ")
    tab.undo()
    qtbot.waitUntil(lambda: not texts(tab))
    assert tab._stack.currentWidget() is tab._empty
    tab.undo()
    assert ledger.redo_label == "Add a rate of USD in EUR"


def test_undo_in_the_tab_leaves_alone_what_was_done_before(
    qtbot: QtBot, window: MainWindow, ledger: Ledger, make_tab: MakeTab
) -> None:
    with qtbot.waitSignal(window.bridge.changed):
        ledger.run(exchange_rates.save(dollar("1.1", date(2026, 1, 5))))
    tab = make_tab()
    with qtbot.waitSignal(window.bridge.changed):
        ledger.run(exchange_rates.save(dollar("1.2")))
    for _ in range(3):
        tab.undo()
    qtbot.waitUntil(lambda: [row[1] for row in texts(tab)] == ["1.10 USD"])
    assert tab._undoable == 0
    assert ledger.undo_label == "Add a rate of EUR in USD"


@pytest.mark.parametrize("typed", ["", "0", "-1", "ten", "EUR 1.1"])
def test_what_is_no_rate_is_said_at_its_field(qtbot: QtBot, make_tab: MakeTab, typed: str) -> None:
    tab = make_tab()
    tab.add()
    dialog = tab.window().findChild(RateDialog)
    assert isinstance(dialog, RateDialog)
    dialog.fields.rate.line.setText(typed)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.fields.rate.state == "error"
    assert "greater than 0" in dialog.fields.rate.message
    dialog.fields.rate.line.clear()
    dialog.reject()


def test_two_different_currencies_and_another_day_are_asked_for(
    qtbot: QtBot, ledger: Ledger, make_tab: MakeTab
) -> None:
    tab = make_tab()
    dialog = RateDialog(tab._session, dollar(), tab.window())
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.fields.currency.set_value("EUR")
    dialog.save()
    assert dialog.fields.currency.message == "Choose two different currencies."
    dialog.fields.currency.set_value("USD")
    ledger.run(exchange_rates.save(dollar()))
    dialog.save()
    qtbot.waitUntil(lambda: dialog.fields.on.state == "error")
    assert "already" in dialog.fields.on.message
    dialog._discarded()


def test_enter_changes_an_own_rate(qtbot: QtBot, ledger: Ledger, make_tab: MakeTab) -> None:
    ledger.run(exchange_rates.save(dollar()))
    tab = make_tab()
    tab.table.go_to(0, 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    dialog = tab.window().findChild(RateDialog)
    assert isinstance(dialog, RateDialog)
    assert dialog.windowTitle() == "Change a rate"
    dialog.fields.rate.line.setText("1.1")
    dialog.save()
    qtbot.waitUntil(lambda: texts(tab)[0][1] == "1.10 USD")


def test_changing_an_imported_rate_begins_an_own_one(qtbot: QtBot, ledger: Ledger, make_tab: MakeTab) -> None:
    imported(ledger, "eurofxref.csv")
    tab = make_tab()
    tab.table.go_to([row[1] for row in texts(tab)].index("1.1125 USD"), 0)
    tab.change()
    dialog = tab.window().findChild(RateDialog)
    assert isinstance(dialog, RateDialog)
    assert dialog.windowTitle() == "Add a rate"
    dialog.fields.rate.line.setText("1.2")
    dialog.save()
    qtbot.waitUntil(lambda: ["EUR", "1.20 USD", "20 Nov 2026", "Entered"] in texts(tab))
    assert ["EUR", "1.1125 USD", "20 Nov 2026", "European Central Bank"] in texts(tab)
    current = tab.table.current
    assert current is not None
    assert current.rate == Decimal("1.20")


def test_delete_takes_own_rates_only(qtbot: QtBot, ledger: Ledger, make_tab: MakeTab) -> None:
    imported(ledger, "eurofxref.csv")
    ledger.run(exchange_rates.save(dollar("1.2")))
    tab = make_tab()
    rows = [row[3] for row in texts(tab)]
    tab.table.go_to(rows.index("European Central Bank"), 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    tab.table.go_to(rows.index("Entered"), 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Entered" not in [row[3] for row in texts(tab)])
    assert exchange_rates.count(ledger) == 7
    tab.clear_link.click()
    qtbot.waitUntil(lambda: not texts(tab))
    tab.undo()
    qtbot.waitUntil(lambda: len(texts(tab)) == 7)


def test_a_file_is_imported_with_a_report(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_tab: MakeTab
) -> None:
    tab = make_tab()
    choose_file(monkeypatch, DATA / "eurofxref-hist.csv")
    tab._first.click()
    dialog = tab.window().findChild(RateImport)
    assert isinstance(dialog, RateImport)
    qtbot.waitUntil(lambda: dialog.button.text() == "Close")
    assert dialog.heading.text() == "Imported 27 rates"
    assert dialog.facts.text().splitlines() == [
        "EUR, GBP, JPY, KRW and USD, 31 Dec 2004 – 20 Nov 2026",
        "3 rates skipped, in currencies that are not known or no longer used: CYP, SKK and TRL",
    ]
    assert dialog.notice.isHidden()
    dialog.reject()
    qtbot.waitUntil(lambda: len(texts(tab)) == 4)


def test_wrong_cells_are_listed(qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("Date,USD,JPY\n2026-11-20,one,160\nyesterday,1,1\n")
    dialog = RateImport(window.session, path)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.button.text() == "Close")
    assert dialog.heading.text() == "Imported 1 rate"
    assert dialog.notice.text() == "2 cells could not be read."
    grid = dialog.errors.grid
    assert [[grid.cell(row, column).text for column in range(3)] for row in range(2)] == [
        ["2", "USD", "one"],
        ["3", "Date", "yesterday"],
    ]
    dialog.reject()


def test_a_file_without_rates_is_refused_in_the_dialog(
    qtbot: QtBot, tmp_path: Path, window: MainWindow, ledger: Ledger
) -> None:
    path = tmp_path / "purchases.csv"
    path.write_text("Date,Product\n2026-11-20,<b>Kettle</b>\n")
    dialog = RateImport(window.session, path)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.button.text() == "Close")
    assert dialog.heading.text() == "Nothing was imported"
    assert dialog.notice.text().startswith("purchases.csv has no exchange rates")
    assert exchange_rates.count(ledger) == 0
    dialog.reject()


def test_rates_are_exported(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ledger: Ledger, make_tab: MakeTab
) -> None:
    ledger.run(exchange_rates.save(dollar()))
    tab = make_tab()
    path = tmp_path / "out.csv"
    choose_file(monkeypatch, path)
    tab.export_button.click()
    qtbot.waitUntil(lambda: tab.told.text() == "Wrote 1 rate to out.csv")
    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == "2026-11-20,EUR,USD,1.0823,"


def dropped(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_a_dropped_file_of_rates_is_imported_and_any_other_goes_to_the_wizard(
    qtbot: QtBot, tmp_path: Path, window: MainWindow, ledger: Ledger
) -> None:
    dropped(window, DATA / "eurofxref.csv")
    dialog = window.findChild(RateImport)
    assert isinstance(dialog, RateImport)
    qtbot.waitUntil(lambda: dialog.button.text() == "Close")
    assert exchange_rates.count(ledger) == 7
    dialog.reject()
    other = tmp_path / "other.csv"
    other.write_text("Date,Product,Price\n2026-11-20,Kettle,49.00\n")
    dropped(window, other)
    wizard = window.findChild(ImportWizard)
    assert isinstance(wizard, ImportWizard)
    wizard.reject()


@pytest.mark.parametrize(
    ("rate", "text"),
    [("1", "1.00"), ("1.5", "1.50"), ("0.000000000001", "0.000000000001"), ("16250", "16,250.00")],
)
def test_a_rate_is_written_with_all_of_its_decimals(qtbot: QtBot, look: object, rate: str, text: str) -> None:
    assert rate_text(Decimal(rate)) == text


def test_both_ways_a_rate_has_figures_that_tell_something(qtbot: QtBot, look: object) -> None:
    rupiah = ExchangeRate(FRIDAY, "EUR", "IDR", Decimal(18250))
    assert both_ways(rupiah) == "1 EUR is 18,250.00 IDR, and 1 IDR is 0.00005479 EUR."


def test_no_button_is_cut_in_large_text(
    qtbot: QtBot, look: Theme, window: MainWindow, ledger: Ledger, make_tab: MakeTab
) -> None:
    ledger.run(exchange_rates.save(dollar()))
    look.set_text_percent(150)
    tab = make_tab()
    qtbot.waitUntil(tab.export_button.isVisible)
    dialog = tab.window()
    for button in (tab.add_button, tab.import_button, tab.export_button):
        assert button.width() >= button.sizeHint().width()
        corner = button.mapTo(dialog, button.rect().bottomRight())
        assert tab.mapTo(dialog, tab.rect().topLeft()).x() + tab.width() >= corner.x()
        assert dialog.rect().contains(corner)
        assert button.visibleRegion().boundingRect() == button.rect()
