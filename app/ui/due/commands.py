"""What a user can do on the page of what is due: the actions, and what they run."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.domain.due import DueItem
from app.ui.actions import Action, Menu, Place
from app.ui.due.opening import can_be_paid, open_record, record_payment
from app.ui.due.snoozing import choices, wake
from app.ui.i18n import tr

if TYPE_CHECKING:
    from app.ui.due.page import DuePage

PAGE = "due"
_SNOOZES = ("due.tomorrow", "due.week", "due.date", "due.silence")
_SHORTCUTS = {"due.tomorrow": ("Ctrl+T",), "due.date": ("Ctrl+Shift+T",), "due.silence": ("Del",)}
_ICONS = {"due.tomorrow": "alarm-clock", "due.silence": "bell-off"}


class DueCommands:
    """The commands of one page, on what is selected in its table."""

    def __init__(self, page: "DuePage") -> None:
        self._page = page
        self._session = page.session

    def open(self) -> None:
        """Show the record of the one selected item."""
        chosen = self._page.selected()
        if len(chosen) == 1:
            open_record(self._session, chosen[0])

    def record_payment(self) -> None:
        """Ask what was paid for the one selected payment."""
        chosen = self._page.selected()
        if len(chosen) == 1:
            record_payment(self._session, chosen[0])

    def silence(self) -> None:
        """Tell nothing of the selected items ever again."""
        self._session.actions.run("due.silence")

    def context_ids(self) -> list[str]:
        """Return the actions of the table's context menu."""
        return [
            "due.open",
            "due.payment",
            "",
            *_SNOOZES,
            "due.wake",
            "",
            "edit.copy",
            "due.copy_headed",
        ]

    def declare(self) -> None:
        """Add the actions of the page to the window's."""
        actions = self._session.actions
        actions.add(*self._record_actions(), *self._snooze_actions(), *self._table_actions())
        page = self._page

        def fill(menu: QMenu) -> None:
            for action in page.table.columns_menu(menu).actions():
                menu.addAction(action)

        actions.add_menu(Menu("view/due_columns", tr("&Columns"), Place("view", 30, 0), page=PAGE, fill=fill))
        actions.handle("edit.copy", PAGE, page.table.copy, lambda: page.has_selection)
        actions.handle("edit.select_all", PAGE, page.table.selectAll)
        actions.handle("edit.find", PAGE, page.filters.bar.focus_field)

    def _one(self, fits: Callable[[DueItem], bool]) -> bool:
        chosen = self._page.selected() if self._page.table.selected_count() == 1 else []
        return len(chosen) == 1 and fits(chosen[0])

    def _some_to_change(self) -> bool:
        return self._page.has_selection and not self._session.ledger.read_only

    def _record_actions(self) -> list[Action]:
        return [
            Action(
                "due.open",
                tr("&Open"),
                self.open,
                Place("data", 10, 0),
                icon="external-link",
                shortcuts=("Ctrl+Return",),
                title=tr("Open the record of this date"),
                tip=tr("Show the purchase, warranty or debt of this date"),
                enabled=lambda: self._one(lambda _item: True),
                page=PAGE,
            ),
            Action(
                "due.payment",
                tr("Recor&d this payment…"),
                self.record_payment,
                Place("data", 10, 10),
                icon="banknote",
                shortcuts=("Ctrl+Shift+Return",),
                enabled=lambda: self._some_to_change() and self._one(can_be_paid),
                page=PAGE,
            ),
        ]

    def _snooze_actions(self) -> list[Action]:
        page, session = self._page, self._session

        def run(act: Callable[[Sequence[DueItem]], None]) -> None:
            act(page.selected())

        made = [
            Action(
                id,
                text,
                partial(run, act),
                Place("data", 20, 10 * at),
                icon=_ICONS.get(id, ""),
                shortcuts=_SHORTCUTS.get(id, ()),
                enabled=self._some_to_change,
                page=PAGE,
                within=page.table if id == "due.silence" else None,
            )
            for at, (id, (text, act)) in enumerate(zip(_SNOOZES, choices(session), strict=True))
        ]

        def is_snoozed() -> bool:
            return self._some_to_change() and any(item.snoozed_until for item in page.selected())

        made.append(
            Action(
                "due.wake",
                tr("Wa&ke"),
                lambda: wake(session, [item for item in page.selected() if item.snoozed_until]),
                Place("data", 20, 50),
                icon="bell-ring",
                tip=tr("Remind again of what is snoozed"),
                enabled=is_snoozed,
                page=PAGE,
            )
        )
        return made

    def _table_actions(self) -> list[Action]:
        page = self._page
        return [
            Action(
                "due.copy_headed",
                tr("Copy with &headings"),
                lambda: page.table.copy(heading=True),
                Place("edit", 10, 15),
                shortcuts=("Ctrl+Shift+C",),
                enabled=lambda: page.has_selection,
                page=PAGE,
            ),
            Action(
                "due.add_filter",
                tr("A&dd filter…"),
                page.filters.open_menu,
                Place("edit", 20, 10),
                icon="plus",
                page=PAGE,
            ),
            Action(
                "due.clear_filters",
                tr("C&lear filters"),
                page.filters.clear,
                Place("edit", 20, 20),
                icon="x",
                shortcuts=("Ctrl+Shift+F",),
                enabled=lambda: bool(page.filters.wanted),
                page=PAGE,
            ),
            Action(
                "due.snoozed",
                tr("Snoo&zed too"),
                page.toggle_snoozed,
                Place("view", 30, 5),
                title=tr("Show what is snoozed too"),
                checked=lambda: page.filters.wanted.snoozed,
                page=PAGE,
            ),
        ]
