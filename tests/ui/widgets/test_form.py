"""Fields of a form: their label, their message, and the fields with a meaning."""

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.money import Money
from app.ui.theme import theme
from app.ui.widgets.fields import AmountField, DateField, NameCombo, NumberField
from app.ui.widgets.form import FormField


def _parse(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%d %b %Y").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise ValueError("Enter a date such as 14 Mar 2025.") from None


def _message(field: FormField) -> QLabel:
    return next(label for label in field.findChildren(QLabel) if label.text() == field.message)


def test_a_label_belongs_to_its_field(qtbot: QtBot) -> None:
    field = FormField("&Item", QLineEdit(), help_text="As on the receipt.")
    qtbot.addWidget(field)
    assert field.label.buddy() is field.field
    assert field.field.accessibleName() == "Item"
    assert field.field.accessibleDescription() == "As on the receipt."


def test_optional_fields_say_so(qtbot: QtBot) -> None:
    for help_text, shown in (("", "Optional"), ("On the label.", "Optional. On the label.")):
        field = FormField("Serial number", QLineEdit(), help_text=help_text, optional=True)
        qtbot.addWidget(field)
        assert field.message == shown


def test_an_error_shows_below_and_in_the_border(qtbot: QtBot, look: theme.Theme) -> None:
    line = QLineEdit("139,oo")
    field = FormField("Amount", line, help_text="With cents.")
    qtbot.addWidget(field)
    field.show()
    field.set_error("Enter an amount such as 139.00.")
    assert field.state == "error"
    assert _message(field).isVisible()
    assert line.accessibleDescription() == "Enter an amount such as 139.00."
    assert line.grab().toImage().pixelColor(100, 0).name() == look.color("danger").name()
    field.set_warning("This is much. You can still save.")
    assert line.grab().toImage().pixelColor(100, 0).name() == look.color("warning").name()
    field.clear_message()
    assert (field.state, field.message) == ("", "With cents.")
    assert line.grab().toImage().pixelColor(100, 0).name() == look.color("borderControl").name()


def test_help_can_change_but_does_not_hide_an_error(qtbot: QtBot) -> None:
    field = FormField("Amount", QLineEdit())
    qtbot.addWidget(field)
    field.set_help("In euros.")
    assert field.message == "In euros."
    field.set_error("Enter an amount.")
    field.set_help("In dollars.")
    assert field.message == "Enter an amount."
    field.clear_message()
    assert field.message == "In dollars."


def test_the_first_error_gets_the_focus(qtbot: QtBot) -> None:
    field = FormField("Amount", QLineEdit())
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.set_error("Enter an amount.")
    field.focus_and_announce()
    qtbot.waitUntil(field.field.hasFocus)


def test_markup_in_a_message_is_shown_as_it_is(qtbot: QtBot) -> None:
    field = FormField("Item", QLineEdit())
    qtbot.addWidget(field)
    field.set_error("“<b>x</b>” is not a name.")
    assert _message(field).textFormat() == Qt.TextFormat.PlainText


def test_an_amount_stands_at_the_right_with_its_currency(qtbot: QtBot) -> None:
    field = AmountField()
    qtbot.addWidget(field)
    field.set_amount(Money(-123450, "USD"))
    assert field.text() == "−1,234.50"
    assert field.alignment() & Qt.AlignmentFlag.AlignRight
    with_symbol = field.textMargins().left()
    field.set_amount(None)
    assert field.text() == ""
    field.set_currency("")
    assert field.textMargins().left() < with_symbol
    assert not field.grab().isNull()


def test_a_typed_date_is_written_out(qtbot: QtBot) -> None:
    field = DateField(_parse)
    qtbot.addWidget(field)
    assert field.date() is None
    field.setText("3 Dec 2026")
    assert field.date() == dt.date(2026, 12, 3)
    field.setText("03 dec 2026")
    field.editingFinished.emit()
    assert field.text() == "3 Dec 2026"


def test_a_date_that_cannot_be_read_stays_as_it_was_typed(qtbot: QtBot) -> None:
    field = DateField(_parse)
    qtbot.addWidget(field)
    field.setText("soon")
    field.editingFinished.emit()
    assert field.text() == "soon"
    with pytest.raises(ValueError, match="such as 14 Mar 2025"):
        field.date()


@pytest.mark.qt_log_ignore("grabbing the keyboard$")
def test_the_calendar_opens_at_the_date_and_sets_it(qtbot: QtBot) -> None:
    field = DateField(_parse)
    qtbot.addWidget(field)
    field.set_date(dt.date(2025, 3, 14))
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2025, 3, 14)
    with qtbot.waitSignal(field.date_picked):
        calendar.clicked.emit(QDate(2025, 3, 20))
    assert field.date() == dt.date(2025, 3, 20)
    assert not calendar.isVisible()


def test_a_name_can_be_new(qtbot: QtBot) -> None:
    combo = NameCombo(["Brightwell Electronics", "Northwind Office"])
    qtbot.addWidget(combo)
    assert combo.name() == ""
    assert not combo.is_new()
    combo.set_name("northwind office")
    assert not combo.is_new()
    combo.set_name(" Tallymark ")
    assert combo.name() == "Tallymark"
    assert combo.is_new()
    combo.set_names(["Tallymark"])
    assert combo.name() == "Tallymark"
    assert not combo.is_new()


def test_a_name_is_completed_from_any_part_of_it(qtbot: QtBot) -> None:
    combo = NameCombo(["Brightwell Electronics", "Northwind Office"])
    qtbot.addWidget(combo)
    completer = combo.completer()
    completer.setCompletionPrefix("electro")
    assert completer.currentCompletion() == "Brightwell Electronics"


def test_a_combo_tells_its_label_where_the_cursor_is(qtbot: QtBot) -> None:
    combo = NameCombo()
    field = FormField("Shop", combo)
    qtbot.addWidget(field)
    line = combo.lineEdit()
    assert line is not None
    assert line.accessibleName() == "Shop"


def test_a_number_keeps_its_limits(qtbot: QtBot) -> None:
    field = NumberField(1, 90, " days")
    qtbot.addWidget(field)
    field.setValue(1000)
    assert field.text() == "90 days"
    field.show()
    assert field.height() == theme.current().size("control")
