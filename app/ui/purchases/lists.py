"""The names and debts that purchases refer to, kept at hand for filters, forms and editors."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from app.domain.purchases import DebtReference
from app.services import bought_on, names
from app.services.changes import Area, Change
from app.services.ledger import Interrupt, Ledger
from app.services.names import NameKind
from app.ui.bridge import Bridge

Choices = Mapping[NameKind, list[tuple[int, str]]]


class NameBook(QObject):
    """All retailers, brands, categories, tags and debts of a ledger, up to date.

    `changed` tells that they may differ, `debts_changed` that there are other debts, or that one is called otherwise.
    """

    changed = Signal()
    debts_changed = Signal()

    def __init__(self, ledger: Ledger, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._bridge = bridge
        self._choices: Choices = {kind: [] for kind in NameKind}
        self._by_id: dict[tuple[NameKind, int], str] = {}
        self._debts: list[DebtReference] = []
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

    def debts(self) -> list[DebtReference]:
        """Return the debts in the order of their names, those that are still owed first."""
        return list(self._debts)

    def debt(self, id: int) -> DebtReference | None:
        """Return the debt that has an id, or None when it is gone or not read yet."""
        return next((debt for debt in self._debts if debt.id == id), None)

    def _data_changed(self, change: Change) -> None:
        if change.areas & {Area.NAMES, Area.DEBTS}:
            self._load()

    def _load(self) -> None:
        def read(_interrupt: Interrupt) -> tuple[Choices, list[DebtReference]]:
            choices = {kind: names.choices(self._ledger, kind) for kind in NameKind}
            return choices, bought_on.choices(self._ledger)

        self._bridge.read(read, self._take, key=self)

    def _take(self, found: tuple[Choices, list[DebtReference]]) -> None:
        before = set(self._debts)
        self._choices, self._debts = found
        self._by_id = {(kind, id): name for kind, entries in self._choices.items() for id, name in entries}
        first, self._loaded = not self._loaded, True
        self.changed.emit()
        if not first and set(self._debts) != before:
            self.debts_changed.emit()
