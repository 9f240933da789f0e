"""The dialog around the form of a warranty: a new one, or one that is there."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.warranties import Cover
from app.services import warranties
from app.services.changes import Command
from app.services.purchases import PurchaseRow
from app.services.warranties import CoverRow
from app.ui import formats
from app.ui.i18n import tr
from app.ui.purchases.form.cover_fields import CoverFields
from app.ui.records.dialog import RecordDialog
from app.ui.records.tab import Tab, plain_tab
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.warranties.form.purchase_field import PurchaseEntry
from app.ui.widgets.fields import completer_list
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label

_SIZE = (640, 580)
_NOTES = 110
"""The height of the notes in pixels at 100 % text size."""


class _Fields(CoverFields):
    """The fields of a warranty, and below them whether it is voided."""

    def _lay_out(self) -> None:
        look = theme.current()
        self.notes.area.setFixedHeight(look.px(_NOTES))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addLayout(self.grid())
        column.addWidget(self.voided)


class CoverForm(QWidget):
    """What the warranty is on, and its fields."""

    def __init__(self, session: Session, row: CoverRow | None, purchase: PurchaseRow | None) -> None:
        super().__init__()
        self._new = row is None
        self._today: Callable[[], dt.date] = session.ledger.today
        self.purchase = PurchaseEntry(session)
        self.purchase.chosen.connect(self._purchase_chosen)
        self.fields = _Fields(row.cover if row else Cover(self._today()), self._today)
        self.named: dict[str, FormField] = {
            "kind": self.fields.kind,
            "starts_on": self.fields.starts,
            "ends_on": self.fields.ends,
            "duration": self.fields.ends,
            "provider": self.fields.provider,
            "policy_number": self.fields.policy,
            "notes": self.fields.notes,
        }
        first: QWidget = self.purchase
        if row is not None:
            bought = tr("Bought on {date}").format(date=formats.date(row.purchased_on))
            told = " · ".join(part for part in (row.product, row.retailer, bought) if part)
            first = Label(told, "bodyStrong", wrap=True, tabular=True)
        elif purchase is not None:
            self.purchase.show_purchase(purchase)
            self._purchase_chosen(purchase)
        self.tab: Tab = plain_tab([first, self.fields], [self.fields])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tab)

    def offer_providers(self, names: Sequence[str]) -> None:
        """Complete the provider from those that are known."""
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setPopup(completer_list())
        self.fields.provider.line.setCompleter(completer)

    def entered(self) -> tuple[int, Cover] | None:
        """Return the purchase's id (0 for a warranty that is there) and the warranty; None with what is wrong shown."""
        picked = not self._new or self.purchase.check()
        cover = self.fields.cover()
        if not picked or cover is None:
            return None
        return self.purchase.purchase_id() or 0, cover

    def begin_another(self) -> None:
        """Begin another warranty of the same provider on another purchase."""
        self.purchase.show_purchase(None)
        for field in (self.fields.ends, self.fields.policy, self.fields.notes):
            field.set_text("")
        self.fields.voided.setChecked(False)

    # -- what the dialog asks

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that was entered, to be compared."""
        return (self.purchase.text(), *self.fields.snapshot())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems at the fields they belong to."""
        for problem in problems:
            if problem.field in self.named:
                self.named[problem.field].set_error(problem.reason)

    def focus_first_error(self) -> None:
        """Go to the first field that is marked as wrong."""
        wrong = self.purchase if self.purchase.state == "error" else self.tab.first_error()
        if isinstance(wrong, FormField):
            wrong.focus_and_announce()

    def focus_start(self) -> None:
        """Go to the first field that is to be filled."""
        choosing = self._new and self.purchase.purchase_id() is None
        first = (
            self.purchase.line if choosing else self.fields.ends.line if self._new else self.fields.kind.combo
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """Go on in the first field."""
        self.focus_start()

    def _purchase_chosen(self, row: PurchaseRow) -> None:
        """Let the warranty start on the day of purchase, unless another day was typed."""
        if not self.fields.starts.line.isModified():
            self.fields.set_start(row.purchased_on)


class CoverDialog(RecordDialog):
    """Enters a warranty and saves it; `saved` carries its id."""

    def __init__(
        self,
        session: Session,
        row: CoverRow | None = None,
        purchase: PurchaseRow | None = None,
        providers: Sequence[str] = (),
    ) -> None:
        super().__init__(session, tr("New warranty") if row is None else tr("Edit warranty"))
        self._row = row
        self.form = CoverForm(session, row, purchase)
        self.form.offer_providers(providers)
        self.assemble(self.form, self.form, _SIZE, another=row is None)
        self.settle()

    def command(self) -> Command | None:
        """Return what adds or changes the warranty."""
        entered = self.form.entered()
        if entered is None:
            return None
        purchase_id, cover = entered
        if self._row is not None:
            return warranties.replace(cover)
        return warranties.add(purchase_id, replace(cover, id=0))

    def begin_another(self) -> str:
        """Begin another warranty."""
        product = self.form.purchase.text()
        self.form.begin_another()
        return tr("The warranty of “{name}” is saved.").format(name=product)
