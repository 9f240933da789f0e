"""The names that purchases refer to, kept at hand for filters, forms and editors."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from app.services import names
from app.services.changes import Area, Change
from app.services.ledger import Interrupt, Ledger
from app.services.names import NameKind
from app.ui.bridge import Bridge

Choices = Mapping[NameKind, list[tuple[int, str]]]


class NameBook(QObject):
    """All retailers, brands, categories and tags of a ledger, up to date; `changed` tells that they differ."""

    changed = Signal()

    def __init__(self, ledger: Ledger, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._bridge = bridge
        self._choices: Choices = {kind: [] for kind in NameKind}
        self._by_id: dict[tuple[NameKind, int], str] = {}
        self._loaded = False
        bridge.changed.connect(self._data_changed)
        self._load()

    @property
    def loaded(self) -> bool:
        """Whether the names were read once."""
        return self._loaded

    def names(self, kind: NameKind) -> list[str]:
        """Return the names of a kind in their order."""
        return [name for _, name in self._choices[kind]]

    def choices(self, kind: NameKind) -> list[tuple[int, str]]:
        """Return id and name of every name of a kind in their order."""
        return list(self._choices[kind])

    def name_of(self, kind: NameKind, id: int) -> str | None:
        """Return the name that has an id, or None when it is gone or not read yet."""
        return self._by_id.get((kind, id))

    def _data_changed(self, change: Change) -> None:
        if Area.NAMES in change.areas:
            self._load()

    def _load(self) -> None:
        def read(_interrupt: Interrupt) -> Choices:
            return {kind: names.choices(self._ledger, kind) for kind in NameKind}

        self._bridge.read(read, self._take, key=self)

    def _take(self, choices: Choices) -> None:
        self._choices = choices
        self._by_id = {(kind, id): name for kind, entries in choices.items() for id, name in entries}
        self._loaded = True
        self.changed.emit()
