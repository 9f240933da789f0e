"""A QUndoStack that follows the core's undo stack, for what Qt shows of one. The core stays the truth."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.services.changes import Change
from app.services.ledger import Ledger
from app.services.undo import DEPTH


class _Mirrored(QUndoCommand):
    """A change that the core has made: doing and undoing it here changes nothing."""


class UndoMirror(QObject):
    """Feed it every change in order. `moved` tells that other things can be undone or redone now."""

    moved = Signal()

    def __init__(self, ledger: Ledger, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(DEPTH)
        self.stack.indexChanged.connect(self._moved)

    def take_change(self, change: Change) -> None:
        """Follow one change."""
        if change.kind == "undo":
            self.stack.undo()
        elif change.kind == "redo":
            self.stack.redo()
        elif change.undoable:
            self.stack.push(_Mirrored(change.label))
        else:
            return
        # With nothing on its way, both must agree; where they do not, a change was missed.
        if change.kind != "do" and not self.agrees():
            self._start_over()

    def agrees(self) -> bool:
        """Tell whether the stack shows what the core would undo and redo next."""
        return (
            self.stack.undoText() == (self._ledger.undo_label or "")
            and self.stack.redoText() == (self._ledger.redo_label or "")
        )  # fmt: skip

    def _start_over(self) -> None:
        labels = [label for label in (self._ledger.undo_label, self._ledger.redo_label) if label is not None]
        self.stack.clear()
        for label in labels:
            self.stack.push(_Mirrored(label))
        if self._ledger.redo_label is not None:
            self.stack.undo()

    def _moved(self) -> None:
        self.moved.emit()
