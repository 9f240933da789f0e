"""A ledger beside the list of states that it went through, for machines that run commands with undo between them."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.domain.problems import Refused
from app.services.changes import Command
from tests.helpers.ledgers import contents, damage, differences, new_ledger

_FILE_ID = 3
"""Where a row of attachments names its file; a row begins with its rowid and its id."""


class UndoMachine(RuleBasedStateMachine):
    """What every such machine has: `run` for a command, undo and redo as rules, and every state met again."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.ledger = self.stack.enter_context(new_ledger(folder / "ledger"))
        self.states = [self.state()]
        self.position = 0

    def teardown(self) -> None:
        self.stack.close()

    def state(self) -> Any:
        """Everything but what no undo takes back.

        That is the settings, and the rows of files that nothing refers to: those stay, with their bytes, until no undo
        and no redo can refer to them again.
        """
        tables = contents(self.ledger)
        del tables["settings"]
        attached = {row[_FILE_ID] for row in tables["attachments"]}
        tables["files"] = [row for row in tables["files"] if row[0] in attached]
        return tables

    def run(self, command: Command) -> None:
        """Run a command; one that is refused or does nothing leaves everything as it was."""
        before = self.state()
        try:
            change = self.ledger.run(command)
        except Refused:
            assert differences(before, self.state()) == []
            return
        if not change.undoable:
            assert differences(before, self.state()) == []
            return
        del self.states[self.position + 1 :]
        self.states.append(self.state())
        self.position += 1

    @rule()
    def undo(self) -> None:
        change = self.ledger.undo().result()
        assert (change is None) == (self.position == 0)
        self.position = max(0, self.position - 1)

    @rule()
    def redo(self) -> None:
        change = self.ledger.redo().result()
        assert (change is None) == (self.position == len(self.states) - 1)
        self.position = min(len(self.states) - 1, self.position + 1)

    @invariant()
    def every_state_is_met_again(self) -> None:
        assert differences(self.states[self.position], self.state()) == []

    @invariant()
    def everything_fits_together(self) -> None:
        assert damage(self.ledger) == []
