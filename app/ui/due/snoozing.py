"""Until when reminders wait: the usual choices, and the dialog that asks for a day."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.due import DueItem
from app.domain.problems import Problem
from app.services import reminders
from app.services.changes import Command
from app.ui.i18n import tr
from app.ui.records.dialog import RecordDialog
from app.ui.records.entries import DateEntry
from app.ui.session import Session
from app.ui.theme import theme

_SIZE = (400, 0)
_WEEK = 7


def snooze_for(session: Session, items: Sequence[DueItem], days: int) -> None:
    """Tell nothing of items for so many days."""
    _run(session, items, reminders.snooze(items, session.ledger.today() + timedelta(days=days)))


def silence(session: Session, items: Sequence[DueItem]) -> None:
    """Tell nothing of items ever again."""
    _run(session, items, reminders.snooze(items, None))


def wake(session: Session, items: Sequence[DueItem]) -> None:
    """Tell of items again."""
    _run(session, items, reminders.wake(items))


def ask_until(session: Session, items: Sequence[DueItem]) -> None:
    """Ask until which day nothing is to be told of items."""
    if items and not session.ledger.read_only:
        dialog = SnoozeDialog(session, items)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def choices(session: Session) -> list[tuple[str, Callable[[Sequence[DueItem]], None]]]:
    """Return the ways to snooze: the text with its mnemonic, and what does it."""
    return [
        (tr("Snooze until to&morrow"), lambda items: snooze_for(session, items, 1)),
        (tr("Snooze for a we&ek"), lambda items: snooze_for(session, items, _WEEK)),
        (tr("Snooze until a d&ate…"), partial(ask_until, session)),
        (tr("Not a&gain"), partial(silence, session)),
    ]


def snooze_menu(session: Session, item: DueItem, parent: QWidget) -> QMenu:
    """Return a menu with the ways to snooze one item; it deletes itself."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, act in choices(session):
        menu.addAction(text).triggered.connect(partial(_act, act, item))
    return menu


def _act(act: Callable[[Sequence[DueItem]], None], item: DueItem, _checked: bool = False) -> None:
    act([item])


def _run(session: Session, items: Sequence[DueItem], command: Command) -> None:
    if items and not session.ledger.read_only:
        session.bridge.run_command(command)


class SnoozeDialog(RecordDialog):
    """Asks for the day on which items are to be told of again."""

    def __init__(self, session: Session, items: Sequence[DueItem]) -> None:
        super().__init__(session, tr("Snooze"), tr("Snooze"))
        self._items = list(items)
        self.fields = _SnoozeFields(session.ledger.today)
        self.assemble(self.fields, self.fields, _SIZE, another=False)
        self.settle()

    def command(self) -> Command | None:
        """Return what snoozes until the entered day, None where that cannot be."""
        day = self.fields.wanted()
        return None if day is None else reminders.snooze(self._items, day)


class _SnoozeFields(QWidget):
    """The field with the day."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.until = DateEntry(
            tr("Remind me again on"),
            today,
            required=tr("Enter the day on which to remind you again."),
            help_text=tr("Until then nothing is told of it."),
        )
        self.until.set_value(today() + timedelta(days=_WEEK))
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.addWidget(self.until)
        column.addStretch()

    def wanted(self) -> date | None:
        """Return the day, or None with a sentence at the field."""
        if not self.until.check():
            return None
        day = self.until.value()
        if day is not None and day <= self._today():
            self.until.set_error(tr("Enter a day after today."))
            return None
        return day

    def snapshot(self) -> tuple[object, ...]:
        """Return what is entered."""
        return (self.until.text(),)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show why the day was refused."""
        for problem in problems:
            self.until.set_error(problem.reason)

    def focus_first_error(self) -> None:
        """Go back into the field."""
        self.until.focus_and_announce()

    def focus_start(self) -> None:
        """Go into the field, its text selected."""
        self.until.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.until.day.selectAll()

    def resume(self) -> None:
        """Go on in the field."""
        self.until.day.setFocus(Qt.FocusReason.OtherFocusReason)
