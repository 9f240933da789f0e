"""The actions of a window with an open ledger: undo, editing, moving between pages and panes."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.ui.actions import Action, ActionRegistry, Place, literal
from app.ui.i18n import tr
from app.ui.pages import PageSpec
from app.ui.session import Session
from app.ui.window import editing
from app.ui.window.host import PageHost

_PAGE_KEYS = 9


class Panes(Protocol):
    """Moves the focus between the parts of the window."""

    def next_pane(self, step: int) -> None:
        """Put the focus into the next part of the window, or with -1 into the one before."""


def declare(session: Session, host: PageHost, panes: Panes, open_palette: Callable[[], object]) -> None:
    """Declare what a window with a ledger can do, whatever its pages are."""
    actions = session.actions
    _declare_undo(actions, session)
    _declare_editing(actions)
    _declare_moving(actions, host, panes)
    actions.add(
        Action(
            "tools.palette",
            tr("Search or &run a command…"),
            open_palette,
            Place("tools", 0, 0),
            icon="search",
            shortcuts=("Ctrl+K",),
            in_palette=False,
        ),
        Action(
            "tools.check",
            tr("&Check ledger…"),
            lambda: _check_ledger(session),
            Place("tools", 10, 0),
            icon="shield-check",
            tip=tr("Look for damage in the ledger's database"),
        ),
        Action(
            "tools.settings",
            tr("&Settings…"),
            lambda: open_settings(session),
            Place("tools", 20, 0),
            icon="settings",
            shortcuts=("Ctrl+,",),
        ),
    )


def declare_pages(actions: ActionRegistry, pages: list[PageSpec], show: Callable[[str], object]) -> None:
    """Declare an action for each page; the first nine have Ctrl and their number."""
    for number, spec in enumerate(pages, start=1):
        actions.add(
            Action(
                f"view.page.{spec.id}",
                spec.mnemonic,
                partial(show, spec.id),
                Place("view", 0, number),
                icon=spec.icon,
                shortcuts=(f"Ctrl+{number}",) if number <= _PAGE_KEYS else (),
                title=spec.title,
                tip=tr("Go to {page}").format(page=spec.title),
                in_palette=False,
            )
        )


def open_settings(session: Session, tab: str = "profile") -> None:
    """Show the settings, on a tab by its id."""
    from app.ui.settings.dialog import SettingsDialog

    SettingsDialog(session, tab).open()


def _declare_undo(actions: ActionRegistry, session: Session) -> None:
    ledger, bridge = session.ledger, session.bridge

    def named(bare: str, full: str, label: str | None) -> str:
        return full.format(label=literal(label)) if label else bare

    actions.add(
        Action(
            "edit.undo",
            tr("&Undo"),
            bridge.undo,
            Place("edit", 0, 0),
            icon="undo-2",
            shortcuts=("Ctrl+Z",),
            enabled=lambda: ledger.undo_label is not None,
            live_text=lambda: named(tr("&Undo"), tr("&Undo {label}"), ledger.undo_label),
        ),
        Action(
            "edit.redo",
            tr("&Redo"),
            bridge.redo,
            Place("edit", 0, 10),
            icon="redo-2",
            shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
            enabled=lambda: ledger.redo_label is not None,
            live_text=lambda: named(tr("&Redo"), tr("&Redo {label}"), ledger.redo_label),
        ),
    )


def _declare_editing(actions: ActionRegistry) -> None:
    actions.add(
        Action(
            "edit.cut",
            tr("Cu&t"),
            editing.cut,
            Place("edit", 10, 0),
            icon="scissors",
            shortcuts=("Ctrl+X",),
            enabled=lambda: editing.can_change() and editing.has_selection(),
            in_palette=False,
        ),
        Action(
            "edit.copy",
            tr("&Copy"),
            editing.copy,
            Place("edit", 10, 10),
            icon="copy",
            shortcuts=("Ctrl+C",),
            enabled=editing.has_selection,
        ),
        Action(
            "edit.paste",
            tr("&Paste"),
            editing.paste,
            Place("edit", 10, 20),
            icon="clipboard-paste",
            shortcuts=("Ctrl+V",),
            enabled=editing.can_change,
            in_palette=False,
        ),
        Action(
            "edit.select_all",
            tr("Select &all"),
            editing.select_all,
            Place("edit", 10, 30),
            shortcuts=("Ctrl+A",),
            enabled=lambda: editing.focused_text() is not None,
        ),
        Action(
            "edit.find",
            tr("&Filter this table"),
            None,
            Place("edit", 20, 0),
            icon="list-filter",
            shortcuts=("Ctrl+F",),
        ),
    )


def _declare_moving(actions: ActionRegistry, host: PageHost, panes: Panes) -> None:
    actions.add(
        Action(
            "view.back",
            tr("Bac&k"),
            lambda: host.go(-1),
            Place("view", 10, 0),
            icon="arrow-left",
            shortcuts=("Alt+Left",),
            tip=tr("Back to the page before"),
            enabled=lambda: host.can_go(-1),
            toolbar=0,
        ),
        Action(
            "view.forward",
            tr("For&ward"),
            lambda: host.go(1),
            Place("view", 10, 10),
            icon="arrow-right",
            shortcuts=("Alt+Right",),
            tip=tr("Forward to the page after"),
            enabled=lambda: host.can_go(1),
            toolbar=1,
        ),
        Action(
            "view.next_pane",
            tr("Ne&xt pane"),
            lambda: panes.next_pane(1),
            Place("view", 20, 0),
            shortcuts=("F6",),
            in_palette=False,
        ),
        Action(
            "view.previous_pane",
            tr("Pre&vious pane"),
            lambda: panes.next_pane(-1),
            Place("view", 20, 10),
            shortcuts=("Shift+F6",),
            in_palette=False,
        ),
    )


def _check_ledger(session: Session) -> None:
    from app.ui.checking.register import open_check

    open_check(session)
