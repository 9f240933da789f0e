"""The dialog in which a claim is closed, and the warranty begins that came of it."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.domain.claims import Claim, ClaimOutcome
from app.domain.problems import Problem
from app.domain.text import clean_note
from app.domain.warranties import LIFETIME, Cover, Duration, add_duration, check_cover
from app.services import claims
from app.services.changes import Command
from app.services.warranties import CoverRow
from app.ui import formats
from app.ui.i18n import tr
from app.ui.purchases.form.cover_fields import End, read_end, too_long
from app.ui.purchases.words import cover_kind_name, duration_text
from app.ui.records.dialog import RecordDialog
from app.ui.records.entries import ChoiceEntry, DateEntry, NotesEntry, TypedField
from app.ui.session import Session
from app.ui.warranties.claim_dialogs import FewFields
from app.ui.warranties.words import claim_days, claim_title, outcome_name

_SIZE = (480, 0)
_AFTER_REPAIR = Duration(months=12)
"""What is offered after a repair: in the European Union a repair prolongs the seller's liability by 12 months."""


class CloseFields(FewFields):
    """The outcome, the day, and the new warranty where one begins."""

    def __init__(self, row: CoverRow, claim: Claim, today: Callable[[], dt.date]) -> None:
        super().__init__(row.product)
        self._cover, self._claim = row.cover, claim
        self.line.setText(" · ".join(part for part in (claim_title(claim), claim_days(claim)) if part))
        outcomes = [(outcome.value, outcome_name(outcome)) for outcome in ClaimOutcome]
        self.outcome = ChoiceEntry(tr("Outcome"), outcomes)
        self.closed_on = DateEntry(tr("Closed on"), today, required=tr("Enter the day it was closed."))
        self.notes = NotesEntry(tr("Notes"), optional=True)
        self.starts_new = QCheckBox(tr("Start a new &warranty"))
        self.starts_new.setToolTip(tr("For what was repaired or replaced; it stands beside the present one"))
        self.starts = DateEntry(tr("Starts on"), today, required=tr("Enter the day the warranty starts."))
        self.lasts = TypedField(
            tr("Lasts"),
            QLineEdit(),
            lambda text: read_end(text, today()),
            required=tr("Enter when the warranty ends, or how long it lasts."),
            help_text=tr("A length such as 24 months, or the last day"),
        )
        self.named = {
            "outcome": self.outcome,
            "closed_on": self.closed_on,
            "starts_on": self.starts,
            "ends_on": self.lasts,
            "notes": self.notes,
        }
        self.lay_out(
            [(self.outcome, self.closed_on), (self.starts_new,), (self.starts, self.lasts), (self.notes,)]
        )
        self.closed_on.set_value(max(today(), claim.opened_on))
        self.notes.set_text(claim.notes)
        self._offer()
        self.outcome.combo.currentIndexChanged.connect(self._offer)
        self.starts_new.toggled.connect(self._show_new)
        self.closed_on.line.editingFinished.connect(self._follow_day)
        self.closed_on.day.date_picked.connect(self._follow_day)
        for line in (self.starts.line, self.lasts.line):
            line.editingFinished.connect(self._tell_end)

    @property
    def chosen(self) -> ClaimOutcome:
        """The outcome that is chosen."""
        return ClaimOutcome(self.outcome.value())

    def closing(self) -> tuple[ClaimOutcome, dt.date, str, Cover | None] | None:
        """Return how the claim ended, or None with what is wrong shown at its field."""
        wanted = self._wants_new()
        checks = [self.closed_on.check(), not wanted or all([self.starts.check(), self.lasts.check()])]
        day = self.closed_on.readable()
        if not all(checks) or day is None:
            return None
        if day < self._claim.opened_on:
            reason = tr("The claim was closed before it was made; change one of the days.")
            self.show_problems([Problem("closed_on", reason)])
            return None
        cover = self._new_cover() if wanted else None
        if wanted and cover is None:
            return None
        return self.chosen, day, clean_note(self.notes.text()), cover

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        texts = (self.closed_on, self.starts, self.lasts, self.notes)
        return (
            self.outcome.value(),
            self.starts_new.isChecked(),
            *(field.text() for field in texts),
        )

    def _wants_new(self) -> bool:
        return self.chosen.may_start_cover and self.starts_new.isChecked()

    def _new_cover(self) -> Cover | None:
        start, end = self.starts.readable(), self.lasts.readable()
        if start is None or end is None:
            return None
        try:
            last = _last_day(start, end)
        except OverflowError:
            self.lasts.set_error(too_long())
            return None
        kind, old = self._cover.kind, self._cover
        if last is None:
            kind = LIFETIME
        elif kind == LIFETIME:
            kind = "LIMITED"
        cover = Cover(start, last, end.duration, kind, old.provider, old.policy_number)
        problems = check_cover(cover)
        self.show_problems(problems)
        return None if problems else cover

    def _offer(self) -> None:
        """Offer what usually comes of an outcome: 12 months after a repair, the whole length for a replacement."""
        self.starts_new.setVisible(self.chosen.may_start_cover)
        if not self.lasts.line.isModified():
            repaired = self.chosen is ClaimOutcome.REPAIRED
            self.lasts.set_text(duration_text(_AFTER_REPAIR) if repaired else length_text(self._cover))
        self._follow_day()
        self._show_new()

    def _follow_day(self) -> None:
        """Let the new warranty start on the day of closing, unless another day was typed."""
        if not self.starts.line.isModified():
            self.starts.set_value(self.closed_on.readable())
        self._tell_end()

    def _show_new(self) -> None:
        for field in (self.starts, self.lasts):
            field.setVisible(self._wants_new())
        self._tell_end()

    def _tell_end(self) -> None:
        """Say on which day a length of time ends."""
        start, end = self.starts.readable(), self.lasts.readable()
        if start is None or end is None or end.duration is None or self.lasts.state:
            return
        try:
            day = add_duration(start, end.duration)
        except OverflowError:
            self.lasts.set_error(too_long())
            return
        self.lasts.set_help(tr("Until {date}").format(date=formats.date(day)))


class CloseDialog(RecordDialog):
    """Closes a claim."""

    def __init__(self, session: Session, row: CoverRow, claim: Claim) -> None:
        super().__init__(session, tr("Close claim"), tr("Close claim"))
        self._claim = claim
        self.fields = CloseFields(row, claim, session.ledger.today)
        self.assemble(self.fields, self.fields, _SIZE, another=False)
        self.settle()

    def command(self) -> Command | None:
        """Return what closes the claim and starts the new warranty."""
        closing = self.fields.closing()
        return None if closing is None else claims.close(self._claim.id, *closing)


def length_text(cover: Cover) -> str:
    """Return how long a warranty lasts as it is typed: "2 years", "400 days" or "Lifetime"."""
    if cover.duration is not None:
        return duration_text(cover.duration)
    if cover.ends_on is None:
        return cover_kind_name(LIFETIME)
    start, end = cover.starts_on, cover.ends_on
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and add_duration(start, Duration(months=months)) == end:
        years, months = divmod(months, 12)
        return duration_text(Duration(years, months))
    return duration_text(Duration(days=max((end - start).days, 1)))


def _last_day(start: dt.date, end: End) -> dt.date | None:
    """Return the last day; None for a lifetime. Raises `OverflowError` where no calendar goes so far."""
    return end.day if end.duration is None else add_duration(start, end.duration)
