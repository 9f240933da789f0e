"""The field of a form that holds a rate in per cent."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.ui import entry, formats
from app.ui.entry import Reading
from app.ui.i18n import tr
from app.ui.records.entries import TypedField
from app.ui.theme import theme


class RateEntry(TypedField[Decimal]):
    """A rate in per cent; `most` is the highest that makes sense, beyond which the field says so."""

    def __init__(
        self,
        label: str,
        *,
        most: int = 1000,
        required: str = "",
        optional: bool = False,
        help_text: str = "",
    ) -> None:
        self._most = most
        line = QLineEdit()
        line.setFont(theme.current().num_font("body"))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        super().__init__(
            label, line, self._read_here, required=required, optional=optional, help_text=help_text
        )

    def set_value(self, per_cent: Decimal | None) -> None:
        """Show a rate in per cent, or nothing."""
        self.set_text("" if per_cent is None else formats.rate(per_cent))

    def _read_here(self, text: str) -> Reading[Decimal]:
        reading = entry.read_rate(text)
        if not 0 <= reading.value <= self._most:
            words = tr("Enter a rate from 0 to {most} per cent.")
            raise ValueError(words.format(most=formats.count(self._most)))
        if reading.value != round(reading.value, 3):
            raise ValueError(tr("Enter a rate with at most 3 decimals."))
        return reading

    def _write_out(self, value: Decimal) -> None:
        modified = self.line.isModified()
        self.line.setText(formats.rate(value))
        self.line.setModified(modified)
