"""What the palette offers for a text: commands, pages and records, each in its group."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.ui.actions import Action, keys_text
from app.ui.i18n import tr
from app.ui.pages import PageSpec
from app.ui.palette.matching import Match, best, match
from app.ui.session import FoundRecord, RecordProvider, Session

COMMANDS_SHOWN = 7
PAGES_SHOWN = 5
RECORDS_SHOWN = 6
# What is done every day comes before what is done once.
_MENU_ORDER = ("data", "file", "edit", "tools", "help", "view")
RECENT_KEY = "palette.recent"
_RECENT_KEPT = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette. `keys` is a shortcut, `detail` a word or figure at its right."""

    title: str
    icon: str
    run: Callable[[], object]
    keys: str = ""
    detail: str = ""
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Lines under one heading."""

    title: str
    entries: tuple[Entry, ...]


def commands(session: Session, text: str) -> EntryGroup:
    """Return the commands that fit a text; without one, those that were used last, then the first ones."""
    offered = [action for action in session.actions.available() if action.in_palette]
    if text:
        found = best(text, offered, lambda action: action.plain_title, COMMANDS_SHOWN)
    else:
        known = _recent(session)
        offered.sort(key=lambda action: _rank(action, known))
        found = [(action, Match(0, ())) for action in offered[:COMMANDS_SHOWN]]
    return EntryGroup(tr("Commands"), tuple(_command(session, action, fit) for action, fit in found))


def pages(session: Session, text: str) -> EntryGroup:
    """Return the pages that fit a text, all of them without one."""
    specs = session.pages.all()
    found: Iterable[tuple[PageSpec, Match]]
    if text:
        found = best(text, specs, lambda spec: spec.title, PAGES_SHOWN)
    else:
        found = [(spec, Match(0, ())) for spec in specs[:PAGES_SHOWN]]
    return EntryGroup(tr("Pages"), tuple(_page(session, spec, fit) for spec, fit in found))


def records(provider: RecordProvider, text: str, found: Sequence[FoundRecord]) -> EntryGroup:
    """Return the records that a provider found, in its order."""
    return EntryGroup(provider.title, tuple(_record(text, record) for record in found[:RECORDS_SHOWN]))


def remember(session: Session, id: str) -> None:
    """Put a command at the top of those that the empty palette offers."""
    kept = [id, *(known for known in _recent(session) if known != id)]
    session.preferences.put_raw(RECENT_KEY, kept[:_RECENT_KEPT])


def _recent(session: Session) -> list[str]:
    stored = session.preferences.raw(RECENT_KEY)
    return [id for id in stored if isinstance(id, str)] if isinstance(stored, list) else []


def _rank(action: Action, known: Sequence[str]) -> tuple[int, int, tuple[int, int]]:
    """The order of the empty palette: used lately, then by menu, with choices of settings at the end."""
    if action.id in known:
        return (0, known.index(action.id), (0, 0))
    if action.place is None or action.place.menu not in _MENU_ORDER:
        return (2, 0, (0, 0))
    return (1, _MENU_ORDER.index(action.place.menu), (action.place.section, action.place.order))


def _command(session: Session, action: Action, fit: Match) -> Entry:
    def run() -> None:
        remember(session, action.id)
        session.actions.run(action.id)

    keys = keys_text(action.shortcuts[0]) if action.shortcuts else ""
    chosen = tr("on") if action.checked is not None and action.checked() else ""
    return Entry(action.plain_title, action.icon, run, keys=keys, detail=chosen, positions=fit.positions)


def _page(session: Session, spec: PageSpec, fit: Match) -> Entry:
    action = session.actions.get(f"view.page.{spec.id}")
    keys = keys_text(action.shortcuts[0]) if action.shortcuts else ""
    return Entry(
        spec.title, spec.icon, lambda: session.show_page(spec.id), keys=keys, positions=fit.positions
    )


def _record(text: str, record: FoundRecord) -> Entry:
    fit = match(text, record.title)
    positions = fit.positions if fit else ()
    return Entry(record.title, record.icon, record.run, detail=record.detail, positions=positions)
