"""The claims on a warranty in its pane: how each stands, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.claims import Claim
from app.ui.i18n import tr, tr_n
from app.ui.records.facts import clear
from app.ui.records.text import flowing
from app.ui.theme import theme
from app.ui.warranties.words import claim_days, claim_pill, claim_title
from app.ui.widgets.button import default, link, tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill

_AT_FIRST = 10


class ClaimsBlock(QWidget):
    """A heading and a block a claim, the newest first. The signals carry the id of the claim that is meant."""

    change_requested = Signal(int)
    close_requested = Signal(int)
    delete_requested = Signal(int)
    cover_requested = Signal(int)
    files_requested = Signal(int)

    def __init__(self, claims: Sequence[Claim], *, can_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claims = claims
        self._can_change = can_change
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().space("s"))
        self._show(_AT_FIRST)

    def _show(self, most: int) -> None:
        clear(self._column)
        self._column.addWidget(Label(tr("Claims"), "heading"))
        if not self._claims:
            text = tr("None so far. Record what is reported to the provider, and what comes of it.")
            self._column.addWidget(flowing(text, tone="secondary"))
        for claim in self._claims[:most]:
            self._column.addWidget(self._block(claim))
        if len(self._claims) > most:
            count = len(self._claims)
            everything = link(tr_n("Show all {n} claims", "Show all {n} claims", count), compact=True)
            everything.clicked.connect(lambda: self._show(count))
            self._column.addWidget(everything)

    def _block(self, claim: Claim) -> QWidget:
        look, title, pill = theme.current(), claim_title(claim), claim_pill(claim)
        holder = QWidget()
        days = claim_days(claim)
        holder.setAccessibleName(f"{title}: " + ", ".join(part for part in (pill.text, days) if part))
        head = QHBoxLayout()
        head.setSpacing(look.space("s"))
        head.addWidget(ElidedLabel(title, "bodyStrong"), 1)
        head.addWidget(Pill(pill.text, pill.kind, pill.icon))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        if days:
            column.addWidget(flowing(days, "small", "secondary", tabular=True))
        if claim.notes:
            column.addWidget(flowing(claim.notes, "small"))
        column.addLayout(self._buttons(claim, title))
        return holder

    def _buttons(self, claim: Claim, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().space("xs"))
        if claim.is_open:
            close = default(tr("Close claim…"), "check", compact=True)
            close.setObjectName(f"claim_close_{claim.id}")
            close.setAccessibleName(tr("Close “{claim}”").format(claim=title))
            close.setEnabled(self._can_change)
            close.clicked.connect(lambda: self.close_requested.emit(claim.id))
            row.addWidget(close)
        cover = claim.new_cover_id
        if cover is not None:
            new = link(tr("New warranty"), compact=True)
            new.setAccessibleName(tr("Show the warranty that “{claim}” started").format(claim=title))
            new.clicked.connect(lambda: self.cover_requested.emit(cover))
            row.addWidget(new)
        row.addStretch()
        attach = tool_button("paperclip", tr("Add files to “{claim}”…").format(claim=title), compact=True)
        attach.clicked.connect(lambda: self.files_requested.emit(claim.id))
        change = tool_button("pencil", tr("Change “{claim}”").format(claim=title), compact=True)
        change.setObjectName(f"claim_change_{claim.id}")
        change.clicked.connect(lambda: self.change_requested.emit(claim.id))
        delete = tool_button("trash-2", tr("Delete “{claim}”").format(claim=title), compact=True)
        delete.clicked.connect(lambda: self.delete_requested.emit(claim.id))
        for made in (attach, change, delete):
            made.setEnabled(self._can_change)
            row.addWidget(made)
        return row
