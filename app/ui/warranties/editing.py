"""Editing a warranty in its row: what the editor starts with, what is wrong with a text, and saving it."""

from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.columns import Column
from app.domain.problems import Refused
from app.domain.text import clean, clean_note
from app.domain.warranties import LIFETIME
from app.services import warranties
from app.services.ledger import Ledger
from app.services.warranties import CoverRow
from app.ui import entry, formats
from app.ui.i18n import tr
from app.ui.purchases.form.cover_fields import end_text, read_end
from app.ui.purchases.words import cover_kind_name, cover_kind_of
from app.ui.widgets.fields import NameCombo


class CoverEditing:
    """Lets kind, provider, start, end, policy number and notes be edited in the table."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def edit_text(self, row: CoverRow, key: str) -> str:
        """Return the text that the editor starts with; an end may be a length such as "24 months"."""
        cover = row.cover
        if key == "kind":
            return cover_kind_name(cover.kind)
        if key == "starts_on":
            return formats.date(cover.starts_on)
        return end_text(cover) if key == "ends_on" else str(getattr(cover, key))

    def problem(self, row: CoverRow, key: str, text: str) -> str:
        """Return one sentence saying what is wrong with a text, or an empty one."""
        try:
            self._change(key, text)
        except ValueError as problem:
            return str(problem)
        return ""

    def edit(self, row_id: int, key: str, text: str) -> "Future[Any]":
        """Save a text into a cell."""
        try:
            field, value = self._change(key, text)
        except ValueError as problem:
            refused: Future[Any] = Future()
            refused.set_exception(Refused(str(problem)))
            return refused
        return self._ledger.submit(warranties.set_field(row_id, field, value))

    def _change(self, key: str, text: str) -> tuple[str, object]:
        """Return the field that a text changes and its new value. Raises `ValueError` with a sentence."""
        if key == "starts_on":
            return key, entry.read_date(text, self._ledger.today()).value
        if key == "ends_on":
            return self._end(text)
        if key == "kind":
            kind = cover_kind_of(clean(text))
            if not kind:
                raise ValueError(tr("Say what kind of warranty this is, for example Limited."))
            return key, kind
        return key, clean_note(text) if key == "notes" else clean(text)

    def _end(self, text: str) -> tuple[str, object]:
        end = read_end(text, self._ledger.today()).value
        if end.duration is not None:
            return "duration", end.duration
        return ("ends_on", end.day) if end.day is not None else ("kind", LIFETIME)


def make_editor(names: dict[str, list[str]], column: Column, parent: QWidget) -> QWidget | None:
    """Return the editor of a column: a list of kinds or providers, or None for the usual text field."""
    if column.key not in names:
        return None
    combo = NameCombo(names[column.key], parent)
    combo.setFrame(False)
    return combo
