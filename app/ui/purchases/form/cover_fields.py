"""The fields of one warranty, for the form of a purchase and for its own."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QWidget

from app.domain.text import clean, clean_note
from app.domain.warranties import COVER_KINDS, LIFETIME, Cover, Duration, add_duration, check_cover
from app.ui import entry, formats
from app.ui.entry import Reading
from app.ui.i18n import tr
from app.ui.purchases.words import cover_kind_name, cover_kind_of, duration_text
from app.ui.records.entries import DateEntry, NameEntry, NotesEntry, TextEntry, TypedField


@dataclass(frozen=True, slots=True)
class End:
    """When a warranty ends: on a day, after a length of time, or (neither) never."""

    day: dt.date | None = None
    duration: Duration | None = None


def read_end(text: str, today: dt.date) -> Reading[End]:
    """Return what "24 months", "14 Mar 2028" or "lifetime" says. Raises `ValueError` with a sentence."""
    if text.strip().casefold() in (cover_kind_name(LIFETIME).casefold(), LIFETIME.casefold()):
        return Reading(End())
    duration = entry.read_duration(text)
    if duration is not None:
        return Reading(End(duration=duration))
    try:
        reading = entry.read_date(text, today)
    except ValueError:
        raise ValueError(
            tr("Enter a length such as 24 months, or the last day, such as 14 Mar 2028.")
        ) from None
    return Reading(End(day=reading.value), reading.note)


def too_long() -> str:
    """Return what is said of a length that ends after the last year there is."""
    return tr("The warranty is too long; enter a shorter one, or a lifetime.")


def end_text(cover: Cover) -> str:
    """Return the end of a cover as it is typed."""
    if cover.duration is not None:
        return duration_text(cover.duration)
    if cover.ends_on is not None:
        return formats.date(cover.ends_on)
    return cover_kind_name(LIFETIME) if cover.kind == LIFETIME else ""


class CoverFields(QFrame):
    """The fields of one warranty; how they stand is the subclass's. `end_changed` tells of another end."""

    end_changed = Signal()

    def __init__(self, cover: Cover, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._original = cover
        self.kind = NameEntry(tr("Kind"), optional=False)
        self.kind.set_names([cover_kind_name(kind) for kind in COVER_KINDS])
        self.starts = DateEntry(tr("Starts on"), today, required=tr("Enter the day the warranty starts."))
        self._usual_help = tr("A length such as 24 months, or the last day")
        self.ends = TypedField(
            tr("Lasts"),
            QLineEdit(),
            lambda text: read_end(text, today()),
            required=tr("Enter when the warranty ends, or how long it lasts."),
            help_text=self._usual_help,
        )
        self.provider = TextEntry(tr("Provider"), optional=True)
        self.policy = TextEntry(tr("Policy number"), optional=True)
        self.notes = NotesEntry(tr("Notes"), optional=True)
        self.voided = QCheckBox(tr("Voided"))
        self.voided.setToolTip(tr("It does not count any more; its dates are kept"))
        self._lay_out()
        self._show(cover)
        self.kind.combo.currentTextChanged.connect(self._kind_changed)
        self.ends.line.textEdited.connect(self._end_edited)
        for field in (self.starts.line, self.ends.line):
            field.textEdited.connect(self._follow)
            field.editingFinished.connect(self._tell_end)
        self.starts.day.date_picked.connect(self._tell_end)
        self._tell_end()

    def cover(self) -> Cover | None:
        """Return the warranty as entered, or None, with what is wrong shown at its field."""
        lifetime = self._is_lifetime()
        checks = [self.starts.check(), lifetime or self.ends.check()]
        if not self.kind.text():
            self.kind.set_error(tr("Say what kind of warranty this is, for example Limited."))
            checks.append(False)
        start, end = self.starts.readable(), End() if lifetime else self.ends.readable()
        if not all(checks) or start is None or end is None:
            return None
        return self._checked(start, end)

    def set_start(self, day: dt.date) -> None:
        """Let the warranty start on another day."""
        self.starts.set_value(day)
        self._tell_end()

    def start(self) -> dt.date | None:
        """Return the first day, None where it cannot be read."""
        return self.starts.readable()

    def end_text(self) -> str:
        """Return what is entered as the end."""
        return cover_kind_name(LIFETIME) if self._is_lifetime() else self.ends.text()

    def set_end_text(self, text: str) -> None:
        """Enter another end; a lifetime is a kind."""
        lifetime = text.casefold() == cover_kind_name(LIFETIME).casefold()
        if lifetime:
            self.kind.set_text(cover_kind_name(LIFETIME))
        elif self._is_lifetime():
            self.kind.set_text(cover_kind_name("LIMITED"))
        self.ends.set_text("" if lifetime else text)
        self._kind_changed()

    def first_error(self) -> QWidget | None:
        """Return the first field that is marked as wrong."""
        for field in (self.kind, self.starts, self.ends, self.provider, self.policy, self.notes):
            if field.state == "error":
                return field
        return None

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        texts = (self.kind, self.starts, self.ends, self.provider, self.policy, self.notes)
        return (*(field.text() for field in texts), self.voided.isChecked())

    def _end_edited(self) -> None:
        self.end_changed.emit()

    def _checked(self, start: dt.date, end: End) -> Cover | None:
        try:
            ends_on = add_duration(start, end.duration) if end.duration is not None else end.day
        except OverflowError:
            self.ends.set_error(too_long())
            return None
        kind = cover_kind_of(self.kind.text())
        if ends_on is None:
            kind = LIFETIME
        cover = replace(
            self._original,
            starts_on=start,
            ends_on=ends_on,
            duration=end.duration,
            kind=kind,
            provider=clean(self.provider.text()),
            policy_number=clean(self.policy.text()),
            notes=clean_note(self.notes.text()),
            voided=self.voided.isChecked(),
        )
        fields = {"kind": self.kind, "starts_on": self.starts, "ends_on": self.ends}
        problems = check_cover(cover)
        for problem in problems:
            fields[problem.field].set_error(problem.reason)
        return None if problems else cover

    def _show(self, cover: Cover) -> None:
        self.kind.set_text(cover_kind_name(cover.kind))
        self.starts.set_value(cover.starts_on)
        self.ends.set_text(end_text(cover))
        self.provider.set_text(cover.provider)
        self.policy.set_text(cover.policy_number)
        self.notes.set_text(cover.notes)
        self.voided.setChecked(cover.voided)
        self._kind_changed()

    def _kind_changed(self) -> None:
        lifetime = self._is_lifetime()
        self.ends.field.setEnabled(not lifetime)
        self.ends.field.setProperty("placeholderText", tr("Never ends") if lifetime else "")
        if lifetime:
            self.ends.set_text("")
        self._tell_end()

    def _is_lifetime(self) -> bool:
        return cover_kind_of(self.kind.text()) == LIFETIME

    def _tell_end(self) -> None:
        """Say on which day a length of time ends, or that no calendar goes so far."""
        if self.ends.state:
            return
        try:
            day = self._worked_out()
        except OverflowError:
            self.ends.set_error(too_long())
            return
        if day is not None:
            self.ends.set_help(tr("Until {date}").format(date=formats.date(day)))

    def _follow(self) -> None:
        """Say while it is being typed on which day a length of time ends; nothing is wrong yet."""
        try:
            day = self._worked_out()
        except OverflowError:
            day = None
        until = tr("Until {date}").format(date=formats.date(day)) if day else self._usual_help
        self.ends.set_help(until)

    def _worked_out(self) -> dt.date | None:
        """Return when the length ends; None where none is entered. Raises `OverflowError`."""
        start, end = self.starts.readable(), None if self._is_lifetime() else self.ends.readable()
        if start is None or end is None or end.duration is None:
            return None
        return add_duration(start, end.duration)

    def _lay_out(self) -> None:
        """Place the fields."""

    def grid(self) -> QGridLayout:
        """Return the fields in three columns, without what stands above or below them."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for column, field in enumerate((self.kind, self.starts, self.ends)):
            grid.addWidget(field, 0, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.provider, 1, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.policy, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.notes, 2, 0, 1, 3)
        return grid
