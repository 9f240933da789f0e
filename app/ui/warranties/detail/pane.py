"""The detail pane: one warranty with what else covers the product, its claims and files; or several in figures."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.attachments import Owner, OwnerKind
from app.domain.spending import CoverCounts
from app.services.warranties import CoverRow
from app.ui import formats
from app.ui.due.tick import ReminderTick
from app.ui.i18n import tr, tr_n
from app.ui.purchases.detail.warranty_bar import CoverCourse, title_of
from app.ui.purchases.words import category_icon, cover_kind_name, cover_pill, duration_text
from app.ui.records.amount import AmountRow
from app.ui.records.facts import Facts
from app.ui.records.link import RecordLink
from app.ui.records.pane import RecordPane, rule
from app.ui.records.text import flowing
from app.ui.session import Session
from app.ui.warranties.claiming import change_claim, close_claim, delete_claim
from app.ui.warranties.detail.claims_block import ClaimsBlock
from app.ui.warranties.detail.reading import CoverDetail
from app.ui.warranties.words import cover_name, states_text, until_text
from app.ui.widgets.button import default, icon_button
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from app.ui.attachments.block import AttachmentsBlock
    from app.ui.warranties.commands import CoverCommands

_GAP, _ROOM_FOR_WORDS = 14, 310
_PURCHASES = "purchases"


class CoverPane(RecordPane):
    """Shows the warranties that are selected."""

    def __init__(self, session: Session, commands: "CoverCommands", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._commands = commands
        self._detail: CoverDetail | None = None
        self._files: AttachmentsBlock | None = None
        can_change = not session.ledger.read_only
        self._claim = default(tr("Make a claim…"), "shield")
        self._claim.setAccessibleName(tr("Make a claim…"))
        self._claim.setToolTip(tr("Make a claim on this warranty"))
        self._claim.setEnabled(can_change)
        self._claim.clicked.connect(commands.claim)
        self._more = icon_button("ellipsis", tr("More that can be done with this warranty"))
        self._more.clicked.connect(self._show_more)
        self._actions.insertWidget(1, self._claim)
        self._actions.addWidget(self._more)

    @property
    def row(self) -> CoverRow | None:
        """The warranty that is shown, None for several or none."""
        return self._detail.row if self._detail else None

    def show_cover(self, detail: CoverDetail) -> None:
        """Show one warranty."""
        stays = self._detail is not None and self._detail.row.id == detail.row.id
        place, focused = (self.place(), self._focused()) if stays else (0, None)
        self._detail = detail
        self._keep_files()
        self.start_over(detail.row.category or tr("Warranty"), category_icon(detail.row.category))
        self._add_head(detail)
        self.add_perforation(_GAP)
        self._add_course(detail)
        self._add_rule()
        self._body.addWidget(self._facts(detail))
        self._add_rule()
        self._add_claims(detail)
        self._add_rule()
        self._add_files(detail)
        self._body.addStretch()
        self.name_buttons()
        self._focus(focused)
        self.scroll_back(place)

    def show_several(self, count: int, counts: CoverCounts | None) -> None:
        """Show in which states so many selected warranties are; None while that is being counted."""
        self._detail = None
        self._keep_files()
        self.start_over(tr("Selection"), "list-checks", count)
        words = tr_n("{n} warranty selected", "{n} warranties selected", count)
        self._body.addWidget(flowing(words, "subtitle"))
        if counts is not None:
            self._body.addWidget(flowing(states_text(counts), tone="secondary", tabular=True))
        self._body.addStretch()
        self.name_buttons()

    def edit_text(self, count: int) -> str:
        """Several warranties are edited in one go."""
        return tr_n("Edit {n} warranty…", "Edit {n} warranties…", count) if count else tr("Edit")

    def name_buttons(self) -> None:
        """A claim is made on one warranty; several are edited or deleted."""
        super().name_buttons()
        one = self._detail is not None
        self._duplicate.hide()
        self._claim.setVisible(one)
        self._more.setVisible(one)
        self._delete.setVisible(not one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in fewer words what a button does where the pane is narrow."""
        super().resizeEvent(event)
        wide = self.width() >= self._session.theme.px(_ROOM_FOR_WORDS)
        self._claim.setText(tr("Make a claim…") if wide else tr("Claim…"))

    # -- one warranty

    def _add_head(self, detail: CoverDetail) -> None:
        row = detail.row
        self._body.addWidget(flowing(row.product, "subtitle"))
        bought = formats.date(row.purchased_on)
        line = f"{row.retailer} · {bought}" if row.retailer else bought
        self._body.addWidget(flowing(line, tone="secondary", tabular=True))
        self._body.addSpacing(6)
        pill = cover_pill(row.cover, detail.today, detail.soon)
        self._body.addWidget(AmountRow(formats.money(row.net), [pill]))

    def _add_course(self, detail: CoverDetail) -> None:
        cover = detail.row.cover
        self._body.addWidget(CoverCourse(cover, detail.today, detail.soon, title_of(cover)))
        tick = ReminderTick(self._session)
        self._body.addSpacing(6)
        self._body.addWidget(tick)
        tick.show_cover(cover, detail.row.purchase_id, detail.row.product, detail.row.currency)
        self._body.addSpacing(8)
        if not detail.others:
            if not cover.in_force(detail.today):
                self._body.addWidget(flowing(tr("Nothing covers the product today."), tone="secondary"))
            return
        self._body.addWidget(Label(tr("Still covered today by"), tone="secondary"))
        for other in detail.others:
            name = tr("{cover}, {until}").format(cover=cover_name(other.cover), until=until_text(other.cover))
            link = RecordLink(name)
            link.setAccessibleName(tr("Still covered today by {cover}").format(cover=name))
            link.clicked.connect(lambda _on=False, id=other.id: self._commands.show_cover(id))
            self._body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _facts(self, detail: CoverDetail) -> Facts:
        row, cover, facts = detail.row, detail.row.cover, Facts()
        facts.add_link(
            tr("Purchase"),
            row.product,
            lambda: self._session.show_page(_PURCHASES, purchase=row.purchase_id),
        )
        facts.add(tr("Kind"), cover_kind_name(cover.kind))
        facts.add(tr("Provider"), cover.provider)
        facts.add(tr("Policy"), cover.policy_number)
        facts.add(tr("Lasts"), duration_text(cover.duration) if cover.duration else "", tabular=True)
        facts.add(tr("Brand"), row.brand)
        facts.add(tr("Notes"), cover.notes)
        return facts

    def _add_claims(self, detail: CoverDetail) -> None:
        session = self._session
        block = ClaimsBlock(detail.claims, can_change=not session.ledger.read_only)
        block.change_requested.connect(lambda id: change_claim(session, id))
        block.close_requested.connect(lambda id: close_claim(session, id))
        block.delete_requested.connect(lambda id: delete_claim(session, id))
        block.cover_requested.connect(self._commands.show_cover)
        block.files_requested.connect(self._add_claim_files)
        self._body.addWidget(block)

    def _add_files(self, detail: CoverDetail) -> None:
        from app.ui.attachments.block import AttachmentsBlock

        if self._files is None:
            self._files = AttachmentsBlock(self._session)
            self._files.stepped.connect(self._show_file)
        self._files.show_files(Owner(OwnerKind.WARRANTY, detail.row.id), detail.files)
        self._body.addWidget(self._files)
        self._files.show()

    def _add_claim_files(self, claim_id: int) -> None:
        """Ask for files to add to a claim: the report, the repairer's letter."""
        if self._files is not None:
            self._files.acts.choose_and_add(Owner(OwnerKind.CLAIM, claim_id))

    def _keep_files(self) -> None:
        """Take the files out before the pane is emptied, so that their pictures stay."""
        if self._files is not None:
            self._body.removeWidget(self._files)
            self._files.hide()

    def _show_file(self, place: QRect) -> None:
        if self._files is not None:
            self.scroll_to(self._files, place)

    def _add_rule(self) -> None:
        self._body.addSpacing(_GAP)
        self._body.addWidget(rule())
        self._body.addSpacing(_GAP)

    def _show_more(self) -> None:
        menu = self._session.actions.context_menu(self, self._commands.context_ids())
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # -- the focus stays where it was when a warranty is shown anew

    def _focused(self) -> str | None:
        """Return the name of what has the focus in the body, None where nothing has."""
        # Not the program's focus: a dialog that is just closing may still have that.
        focused = self.window().focusWidget()
        return focused.objectName() if self._scroll.isAncestorOf(focused) else None

    def _focus(self, name: str | None) -> None:
        """Put the focus back; what had it may be gone, such as the button of a claim that was just closed."""
        if name is None:
            return
        named = self._scroll.findChildren(QWidget, name) if name else []
        there = next((widget for widget in named if not widget.isHidden()), self._scroll)
        there.setFocus(Qt.FocusReason.OtherFocusReason)
