"""Tools > Exchange rates…, the tab of the settings, and files of rates that are dropped on the window."""

from collections.abc import Sequence
from pathlib import Path

from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.session import DropHandler, Session
from app.ui.settings.tab import SettingsTab, SettingsTabSpec

ACTION = "rates.open"
TAB = "rates"


def register(session: Session) -> None:
    """Declare the action, the tab and the drop."""
    session.settings.append(SettingsTabSpec(TAB, tr("E&xchange rates"), _make_tab, 40))
    session.actions.add(
        Action(
            ACTION,
            tr("E&xchange rates…"),
            lambda: _open(session),
            Place("tools", 15, 0),
            icon="arrow-left-right",
            tip=tr("See, enter and import the rates that one total of several currencies is made by"),
        )
    )
    # Before the import of records, which takes any CSV file.
    session.drops.insert(
        0, DropHandler(lambda path: _takes(session, path), _words, lambda paths: _drop(session, paths))
    )


def _takes(session: Session, path: Path) -> bool:
    if session.ledger.read_only or path.suffix.lower() != ".csv":
        return False
    from app.services.rate_files import is_rates

    return is_rates(path)


def _words(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return tr("Import the exchange rates in {file}").format(file=paths[0].name)
    return tr("Import the exchange rates in {file}; one file at a time").format(file=paths[0].name)


def _drop(session: Session, paths: Sequence[Path]) -> None:
    from app.ui.rates.importing import open_import

    open_import(session, paths[0])


def _open(session: Session) -> None:
    from app.ui.settings.dialog import SettingsDialog

    SettingsDialog(session, TAB).open()


def _make_tab(session: Session) -> SettingsTab:
    from app.ui.rates.tab import RatesTab

    return RatesTab(session)
