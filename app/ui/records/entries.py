"""The fields of forms: each reads what was typed, says what is wrong, and writes it out tidily."""

import datetime as dt
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.domain.money import CURRENCIES, Money
from app.ui import entry, formats
from app.ui.entry import Reading
from app.ui.i18n import tr
from app.ui.widgets.fields import AmountField, DateField, NameCombo
from app.ui.widgets.form import FormField

T = TypeVar("T")

_USUAL_CURRENCIES = ("EUR", "USD", "GBP", "CHF")


class TypedField(FormField, Generic[T]):
    """A field of one line that is read by a function.

    It is checked when it is left and on Save, never while something is being typed. With `required` it may not be
    empty, and that is the sentence which says so.
    """

    def __init__(
        self,
        label: str,
        field: QLineEdit,
        read: Callable[[str], Reading[T]],
        *,
        required: str = "",
        optional: bool = False,
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, field, help_text=help_text, optional=optional, parent=parent)
        self.line = field
        self._read = read
        self._required = required
        self._usual_help = self.message
        self.warn: Callable[[T], str] | None = None
        """Returns what is doubtful about a value, or an empty text."""
        field.textEdited.connect(self._edited)
        field.editingFinished.connect(self.left)

    def text(self) -> str:
        """Return what is typed, without blanks around it."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text as if nothing had been typed yet."""
        self.line.setText(text)
        self.line.setModified(False)
        self._tell("")

    def value(self) -> T | None:
        """Return the value, None for an empty field. Raises `ValueError` with a sentence for the user."""
        text = self.text()
        if text:
            return self._read(text).value
        if self._required:
            raise ValueError(self._required)
        return None

    def readable(self) -> T | None:
        """Return the value, None also where it cannot be read."""
        try:
            return self.value()
        except ValueError:
            return None

    def check(self) -> bool:
        """Show what is wrong or doubtful; tell whether the field can be saved."""
        text = self.text()
        try:
            if not text:
                if self._required:
                    raise ValueError(self._required)
                self._tell("")
                return True
            reading = self._read(text)
        except ValueError as problem:
            self.set_error(str(problem))
            return False
        self._tell(reading.note or self._noted(), self.warn(reading.value) if self.warn else "")
        self._write_out(reading.value)
        return True

    def left(self) -> None:
        """Check the field if anything was typed into it."""
        if self.line.isModified() or self.text():
            self.check()

    def _edited(self) -> None:
        if self.state:
            self.clear_message()

    def _noted(self) -> str:
        return ""

    def _write_out(self, value: T) -> None:
        """Write a value that was read the way the program writes it; a text stays as it is."""

    def _tell(self, note: str, warning: str = "") -> None:
        self.clear_message()
        self.set_help(note or self._usual_help)
        if warning:
            self.set_warning(warning)


class AmountEntry(TypedField[int]):
    """An amount in minor units of the currency that `set_currency` names.

    `negative` is the sentence that refuses an amount below 0.
    """

    def __init__(
        self,
        label: str,
        *,
        required: str = "",
        optional: bool = False,
        help_text: str = "",
        negative: str = "",
    ) -> None:
        self.amount = AmountField()
        self.currency = ""
        self._negative = negative or tr("Enter an amount of 0 or more.")
        super().__init__(
            label, self.amount, self._read_here, required=required, optional=optional, help_text=help_text
        )

    def set_currency(self, currency: str) -> None:
        """Read amounts in another currency from now on; what is typed stays."""
        self.currency = currency
        self.amount.set_currency(currency)

    def set_value(self, minor: int | None) -> None:
        """Show an amount in minor units, or nothing."""
        self.set_text("" if minor is None else formats.amount(Money(minor, self.currency)))

    def _read_here(self, text: str) -> Reading[int]:
        reading = entry.read_amount(text, self.currency)
        if reading.value < 0:
            raise ValueError(self._negative)
        return reading

    def _write_out(self, value: int) -> None:
        modified = self.line.isModified()
        self.line.setText(formats.amount(Money(value, self.currency)))
        self.line.setModified(modified)


class DateEntry(TypedField[dt.date]):
    """A calendar day."""

    def __init__(
        self,
        label: str,
        today: Callable[[], dt.date],
        *,
        required: str = "",
        optional: bool = False,
        help_text: str = "",
    ) -> None:
        self._today = today
        self._note = ""
        self.day = DateField(lambda text: self._read_here(text).value)
        super().__init__(
            label, self.day, self._read_here, required=required, optional=optional, help_text=help_text
        )
        self.day.textEdited.connect(self._forget_note)
        self.day.date_picked.connect(self.check)

    def set_value(self, day: dt.date | None) -> None:
        """Show a day, or nothing."""
        self._note = ""
        self.set_text("" if day is None else formats.date(day))

    def _read_here(self, text: str) -> Reading[dt.date]:
        reading = entry.read_date(text, self._today())
        # The field writes the day out when it is left, and then there is no doubt any more.
        self._note = reading.note or self._note
        return reading

    def _noted(self) -> str:
        return self._note

    def _forget_note(self) -> None:
        self._note = ""


class CountEntry(TypedField[int]):
    """A whole number, where given from 1 to `most`; `beyond` is the sentence that refuses every other one."""

    def __init__(
        self,
        label: str,
        *,
        required: str = "",
        optional: bool = False,
        help_text: str = "",
        most: int | None = None,
        beyond: str = "",
    ) -> None:
        self._most = most
        self._beyond = beyond
        super().__init__(
            label,
            QLineEdit(),
            self._read_here,
            required=required,
            optional=optional,
            help_text=help_text,
        )

    def set_value(self, number: int | None) -> None:
        """Show a number, or nothing."""
        self.set_text("" if number is None else formats.count(number))

    def _read_here(self, text: str) -> Reading[int]:
        reading = entry.read_count(text)
        if self._most is not None and not 1 <= reading.value <= self._most:
            raise ValueError(self._beyond.format(most=formats.count(self._most)))
        return reading

    def _write_out(self, value: int) -> None:
        modified = self.line.isModified()
        self.line.setText(formats.count(value))
        self.line.setModified(modified)


class TextEntry(FormField):
    """A line of free text."""

    def __init__(
        self, label: str, *, required: str = "", optional: bool = False, help_text: str = "", hint: str = ""
    ) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        super().__init__(label, self.line, optional=optional, help_text=help_text)
        self._required = required
        self.line.textEdited.connect(self._edited)
        self.line.editingFinished.connect(self._left)

    def text(self) -> str:
        """Return what is typed, without blanks around it."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text as if nothing had been typed yet."""
        self.line.setText(text)
        self.line.setModified(False)
        self.clear_message()

    def check(self) -> bool:
        """Show that a required text is missing; tell whether the field can be saved."""
        if self._required and not self.text():
            self.set_error(self._required)
            return False
        return True

    def _edited(self) -> None:
        if self.state:
            self.clear_message()

    def _left(self) -> None:
        if self.line.isModified():
            self.check()


class NotesEntry(FormField):
    """Text of many lines; Tab goes on to the next field."""

    def __init__(self, label: str, *, optional: bool = False) -> None:
        self.area = QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        self.area.setMinimumHeight(84)
        super().__init__(label, self.area, optional=optional)

    def text(self) -> str:
        """Return what is typed."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text."""
        self.area.setPlainText(text)
        self.clear_message()


class NameEntry(FormField):
    """A name out of a list; one that is not in the list is added on Save, and the field says so."""

    def __init__(self, label: str, new: str = "", *, optional: bool = True) -> None:
        self.combo = NameCombo()
        super().__init__(label, self.combo, optional=optional)
        self._usual_help = self.message
        self._new = new
        line = self.combo.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._left)
            line.textEdited.connect(self._edited)

    def text(self) -> str:
        """Return the name."""
        return self.combo.name()

    def set_text(self, text: str) -> None:
        """Show a name."""
        self.combo.set_name(text)
        self.clear_message()
        self.set_help(self._usual_help)

    def set_names(self, names: list[str]) -> None:
        """Offer other names."""
        self.combo.set_names(names)

    def _left(self) -> None:
        self.set_help(self._new if self._new and self.combo.is_new() else self._usual_help)

    def _edited(self) -> None:
        if self.state:
            self.clear_message()


class ChoiceEntry(FormField):
    """One of a few values."""

    def __init__(self, label: str, choices: list[tuple[str, str]], *, help_text: str = "") -> None:
        self.combo = QComboBox()
        for value, text in choices:
            self.combo.addItem(text, value)
        super().__init__(label, self.combo, help_text=help_text)

    def value(self) -> str:
        """Return the chosen value."""
        return str(self.combo.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose a value; one that is not offered is added."""
        at = self.combo.findData(value)
        if at < 0:
            self.combo.addItem(value, value)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)
        self.clear_message()


def usual_currencies() -> list[str]:
    """Return all currency codes, those in front that most people choose from."""
    return sorted(CURRENCIES, key=lambda code: (code not in _USUAL_CURRENCIES, code))
