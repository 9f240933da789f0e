"""Adds backups to a window: the page, the menu entries, the tab of the settings, the status bar, and the drop."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services.changes import Area
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.pages import Group, Page, PageSpec
from app.ui.session import DropHandler, Session
from app.ui.settings.tab import SettingsTab, SettingsTabSpec

PAGE = "backups"
TAB = "backups"
_ENDING = ".counterfoil"


def register(session: Session) -> None:
    """Declare what backups bring to the window."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Backups"),
            mnemonic=tr("Back&ups"),
            icon="archive",
            group=Group.RECORDS,
            factory=_make_page,
            areas=frozenset({Area.JOBS, Area.SETTINGS, Area.PROFILE}),
            order=30,
        )
    )
    session.settings.append(SettingsTabSpec(TAB, tr("&Backups"), _make_tab, 50))
    session.footer.append(_make_status)
    session.drops.insert(
        0,
        DropHandler(
            lambda path: path.suffix.lower() == _ENDING, _words, lambda paths: session.restore(paths[0])
        ),
    )
    _declare(session)


def _declare(session: Session) -> None:
    session.actions.add(
        Action(
            "backups.now",
            tr("Back up no&w"),
            lambda: _back_up_now(session),
            Place("file", 40, 0),
            icon="archive",
            shortcuts=("Ctrl+B",),
            tip=tr("Back the ledger up to its folder of backups"),
            toolbar=12,
        ),
        Action(
            "backups.file",
            tr("Back up to a &file…"),
            lambda: _back_up_to_file(session),
            Place("file", 40, 10),
            icon="file-archive",
            tip=tr("One file with the whole ledger, locked with a passphrase if you like"),
        ),
        Action(
            "backups.undo_restore",
            tr("&Undo the last restore…"),
            lambda: _undo_restore(session),
            Place("file", 40, 30),
            icon="undo-2",
            tip=tr("Bring back what the ledger was before it was restored"),
            enabled=_RestorePoints(session.ledger.path),
        ),
    )


class _RestorePoints:
    """Tells whether there is a restore to undo. Only a restore makes one, and that makes a new window."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._found: bool | None = None

    def __call__(self) -> bool:
        if self._found is None:
            self._found = any((self._ledger / "restore-points").glob(f"*{_ENDING}"))
        return self._found


def _back_up_now(session: Session) -> None:
    from app.ui.backups.commands import back_up_now

    back_up_now(session)


def _back_up_to_file(session: Session) -> None:
    from app.ui.backups.commands import back_up_to_file

    back_up_to_file(session)


def _undo_restore(session: Session) -> None:
    from app.services import backup

    points = backup.restore_points(session.ledger.path)
    if points:
        session.restore(points[0])
    else:
        session.notify(tr("There is no restore to undo"))


def _words(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return tr("Restore from {file}").format(file=paths[0].name)
    return tr("Restore from {file}; one backup at a time").format(file=paths[0].name)


def _make_page(session: Session) -> Page:
    from app.ui.backups.page import BackupsPage

    return BackupsPage(session)


def _make_tab(session: Session) -> SettingsTab:
    from app.ui.backups.settings_tab import BackupsTab

    return BackupsTab(session)


def _make_status(session: Session) -> QWidget:
    from app.ui.backups.status import BackupStatus

    return BackupStatus(session)
