"""The dialog in which a claim is made or changed."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.claims import Claim, ClaimOutcome, ClaimState, check_claim, claim_warning
from app.domain.problems import Problem
from app.domain.text import clean, clean_note
from app.services import claims
from app.services.changes import Command
from app.services.warranties import CoverRow
from app.ui.i18n import tr
from app.ui.records.dialog import RecordDialog
from app.ui.records.entries import ChoiceEntry, DateEntry, NotesEntry, TextEntry
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.warranties.words import cover_line, outcome_name, state_name, warning_text
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label

_SIZE = (480, 0)


class FewFields(QWidget):
    """A few fields below each other, under a line that says what they are of; `named` are those with problems."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self.named: dict[str, FormField] = {}
        self.head = Label(head, "bodyStrong", wrap=True)
        self.line = Label("", "small", "secondary", wrap=True, tabular=True)

    def lay_out(self, rows: Sequence[Sequence[QWidget]]) -> None:
        """Set the fields below each other, or beside each other in rows."""
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("l"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.head)
        head.addWidget(self.line)
        column.addLayout(head)
        for fields in rows:
            row = QHBoxLayout()
            row.setSpacing(look.space("m"))
            for field in fields:
                row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addStretch()

    # -- what the dialog asks

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the fields they belong to."""
        for problem in problems:
            if problem.field in self.named:
                self.named[problem.field].set_error(problem.reason)

    def focus_first_error(self) -> None:
        """Go to the first field that is marked as wrong."""
        wrong = next((field for field in self.named.values() if field.state == "error"), None)
        if wrong is not None:
            wrong.focus_and_announce()

    def focus_start(self) -> None:
        """Go to the first field."""
        first = next(field for field in self.named.values() if not field.isHidden())
        first.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """Go on in the first field."""
        self.focus_start()


class ClaimFields(FewFields):
    """When a claim was made, its number, how it stands and, where it is closed, how it ended."""

    def __init__(
        self, choices: Sequence[CoverRow], today: Callable[[], dt.date], claim: Claim | None
    ) -> None:
        super().__init__(choices[0].product)
        self._choices = {row.id: row for row in choices}
        self._original = claim
        lines = [(str(row.id), cover_line(row.cover, today())) for row in choices]
        self.line.setText(lines[0][1])
        self.which = ChoiceEntry(tr("Warranty"), lines)
        self.opened_on = DateEntry(tr("Made on"), today, required=tr("Enter the day of the claim."))
        self.number = TextEntry(
            tr("Number"), optional=True, help_text=tr("What the provider calls the claim")
        )
        states = [(state.value, state_name(state)) for state in ClaimState]
        self.state = ChoiceEntry(tr("State"), states)
        outcomes = [(outcome.value, outcome_name(outcome)) for outcome in ClaimOutcome]
        self.outcome = ChoiceEntry(tr("Outcome"), outcomes)
        self.closed_on = DateEntry(tr("Closed on"), today, required=tr("Enter the day it was closed."))
        self.notes = NotesEntry(tr("Notes"), optional=True)
        self.named = {
            "cover_id": self.which,
            "opened_on": self.opened_on,
            "number": self.number,
            "state": self.state,
            "outcome": self.outcome,
            "closed_on": self.closed_on,
            "notes": self.notes,
        }
        self.which.setVisible(len(choices) > 1)
        self.line.setVisible(len(choices) == 1)
        self.lay_out(
            [
                (self.which,),
                (self.opened_on, self.number),
                (self.state,),
                (self.outcome, self.closed_on),
                (self.notes,),
            ]
        )
        self.opened_on.warn = self._doubtful
        self.which.combo.currentIndexChanged.connect(self.opened_on.left)
        self.state.combo.currentIndexChanged.connect(self._state_changed)
        self._show(claim or Claim(today()))

    def claim(self) -> Claim | None:
        """Return the claim as entered, or None with what is wrong shown at its field."""
        state = ClaimState(self.state.value())
        closed = state is ClaimState.CLOSED
        checks = [self.opened_on.check(), not closed or self.closed_on.check()]
        day = self.opened_on.readable()
        if not all(checks) or day is None:
            return None
        base = self._original or Claim(day, cover_id=self._row().id)
        ready = replace(
            base,
            opened_on=day,
            number=clean(self.number.text()),
            state=state,
            outcome=ClaimOutcome(self.outcome.value()) if closed else None,
            closed_on=self.closed_on.readable() if closed else None,
            notes=clean_note(self.notes.text()),
        )
        problems = check_claim(replace(ready, new_cover_id=None))
        self.show_problems(problems)
        return None if problems else ready

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        choices = (self.which, self.state, self.outcome)
        texts = (self.opened_on, self.number, self.closed_on, self.notes)
        return (*(field.value() for field in choices), *(field.text() for field in texts))

    def _show(self, claim: Claim) -> None:
        self.opened_on.set_value(claim.opened_on)
        self.number.set_text(claim.number)
        self.state.set_value(claim.state.value)
        self.outcome.set_value((claim.outcome or ClaimOutcome.REPAIRED).value)
        self.closed_on.set_value(claim.closed_on)
        self.notes.set_text(claim.notes)
        self._state_changed()
        self.opened_on.check()

    def _state_changed(self) -> None:
        closed = self.state.value() == ClaimState.CLOSED
        for field in (self.outcome, self.closed_on):
            field.setVisible(closed)

    def _row(self) -> CoverRow:
        return self._choices[int(self.which.value())]

    def _doubtful(self, day: dt.date) -> str:
        cover = self._row().cover
        warning = claim_warning(cover, day)
        return warning_text(warning, cover) if warning else ""


class ClaimDialog(RecordDialog):
    """Makes a claim on one of some covers, or changes one that was made."""

    def __init__(
        self,
        session: Session,
        row: CoverRow,
        claim: Claim | None = None,
        choices: Sequence[CoverRow] | None = None,
    ) -> None:
        title = tr("Make a claim") if claim is None else tr("Change claim")
        super().__init__(session, title, tr("Make claim") if claim is None else "")
        self._new = claim is None
        self.fields = ClaimFields(choices or [row], session.ledger.today, claim)
        self.assemble(self.fields, self.fields, _SIZE, another=False)
        self.settle()

    def command(self) -> Command | None:
        """Return what makes or changes the claim."""
        claim = self.fields.claim()
        if claim is None:
            return None
        return claims.open_claim(claim) if self._new else claims.change(claim)
