"""The detail pane: one debt with its history, or what several come to, with what can be done with them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.domain.attachments import Owner, OwnerKind
from app.domain.debts import BalanceEntry, Debt, Payment
from app.domain.money import Money
from app.domain.months import Month
from app.ui import formats
from app.ui.attachments.dragging import DropZone, Offer
from app.ui.debts.commands import DebtCommands
from app.ui.debts.detail.facts import Detail, facts_of, payoff_text
from app.ui.debts.detail.history import HistoryList, Line, lines_of
from app.ui.debts.footer import Owed, used_text
from app.ui.debts.words import amount, counted, kind_icon, kind_name, pills
from app.ui.i18n import tr, tr_n
from app.ui.records.amount import AmountRow
from app.ui.records.pane import RecordPane, rule
from app.ui.records.text import flowing
from app.ui.session import Session
from app.ui.widgets.button import default
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from app.ui.attachments.block import AttachmentsBlock
    from app.ui.debts.detail.chart import HistoryChart

_GAP = 14


class DebtPane(RecordPane):
    """Shows the debts that are selected."""

    def __init__(self, session: Session, commands: DebtCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._commands = commands
        self._detail: Detail | None = None
        self._payoff = ""
        self._history: HistoryList | None = None
        self._chart: HistoryChart | None = None
        self._can_chart = False
        self._files: AttachmentsBlock | None = None
        self._drops = DropZone(session, self, self._offer)

    @property
    def debt(self) -> Debt | None:
        """The debt that is shown, None for several or none."""
        return self._detail.debt if self._detail else None

    def show_debt(self, detail: Detail, payoffs: Mapping[int, Month | None] | None) -> None:
        """Show one debt; `payoffs` are the months in which the plan in use has debts paid off."""
        stays = self._detail is not None and self._detail.debt.id == detail.debt.id
        place = self.place() if stays else 0
        focused, row = self._focused() if stays else ("", -1)
        debt = detail.debt
        self._detail, self._payoff = detail, payoff_text(debt, payoffs)
        self._keep_parts()
        self.start_over(kind_name(debt.kind), kind_icon(debt.kind))
        self._add_head(detail)
        self.add_perforation(_GAP)
        self._add_next_payment(detail)
        self._add_parting(rule())
        self._body.addWidget(facts_of(detail, self._payoff, self._show_bought))
        self._add_parting(rule())
        self._add_chart(detail)
        self._add_history(detail)
        self._add_files(detail)
        self._body.addStretch()
        self.name_buttons()
        self._focus(focused, row)
        self.scroll_back(place)

    def allow_charts(self, payoffs: Mapping[int, Month | None] | None) -> None:
        """Show histories as charts from now on: what draws them is loaded, which takes half a second."""
        self._can_chart = True
        if self._detail is not None:
            self.show_debt(self._detail, payoffs)

    def show_payoff(self, payoffs: Mapping[int, Month | None]) -> None:
        """Learn anew when debts are paid off."""
        detail = self._detail
        if detail is not None and payoff_text(detail.debt, payoffs) != self._payoff:
            self.show_debt(detail, payoffs)

    def show_several(self, count: int, totals: Sequence[Owed] | None) -> None:
        """Show what so many selected debts come to; None while that is being added up."""
        self._detail = None
        self._keep_parts()
        self.start_over(tr("Selection"), "list-checks", count)
        words = tr_n("{n} debt selected", "{n} debts selected", count)
        self._body.addWidget(flowing(words, "subtitle"))
        for total in totals or ():
            self._body.addSpacing(10)
            owed = formats.money(Money(total.balance, total.currency))
            self._body.addWidget(Label(owed, "metric", tabular=True))
            asked = formats.money(Money(total.minimums, total.currency))
            text = tr("owed on {debts}, minimums {amount} a month")
            self._body.addWidget(
                flowing(text.format(debts=counted(total.count), amount=asked), tone="secondary", tabular=True)
            )
            used = used_text(total)
            if used:
                text = tr("{share} of limits used").format(share=used)
                self._body.addWidget(flowing(text, tone="secondary", tabular=True))
        self._body.addStretch()
        self.name_buttons()

    def name_buttons(self) -> None:
        """Debts are edited one by one."""
        super().name_buttons()
        self._edit.setVisible(not self._several)

    # -- one debt

    def _add_head(self, detail: Detail) -> None:
        debt = detail.debt
        self._body.addWidget(flowing(debt.name, "subtitle"))
        if debt.creditor:
            self._body.addWidget(flowing(debt.creditor, tone="secondary"))
        self._body.addSpacing(6)
        self._body.addWidget(AmountRow(amount(debt.balance, debt), pills(debt, detail.today, detail.minimum)))
        self._body.addSpacing(6)
        share = formats.share(debt.progress)
        if debt.paid >= 0:
            text = tr("{share} of {original} paid off").format(
                share=share, original=amount(debt.opening_balance, debt)
            )
        else:
            text = tr("{amount} more than the {original} at first").format(
                amount=amount(-debt.paid, debt), original=amount(debt.opening_balance, debt)
            )
        self._body.addWidget(ProgressBar(debt.progress, text))
        self._body.addSpacing(4)
        self._body.addWidget(flowing(text, "small", "secondary", tabular=True))

    def _show_bought(self) -> None:
        if self._detail is not None:
            self._session.show_page("purchases", debt=self._detail.debt.id)

    def _add_next_payment(self, detail: Detail) -> None:
        if detail.debt.paid_off_on is None:
            head = QHBoxLayout()
            head.addWidget(Label(tr("Next payment"), "heading"), 1)
            head.addWidget(Label(amount(detail.minimum, detail.debt), "bodyStrong", tabular=True))
            self._body.addLayout(head)
            self._body.addWidget(flowing(_due_text(detail), tone="secondary", tabular=True))
            self._body.addSpacing(8)
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        buttons = FlowLayout(holder, gap=8, line_gap=8)
        pay = self._button("payment", tr("Payment…"), "banknote", tr("Record a payment towards this debt"))
        pay.clicked.connect(self._commands.record_payment)
        words = tr("Record what a statement says that you owe")
        state = self._button("balance", tr("Statement…"), "scale", words)
        state.clicked.connect(self._commands.record_balance)
        buttons.addWidget(pay)
        buttons.addWidget(state)
        self._body.addWidget(holder)

    def _keep_parts(self) -> None:
        """Take chart and files out before the pane is emptied: making them anew takes longer than the rest."""
        for part in (self._chart, self._files):
            if part is not None:
                self._body.removeWidget(part)
                part.hide()

    def _add_chart(self, detail: Detail) -> None:
        if not self._can_chart:
            return
        from app.ui.debts.detail.chart import HistoryChart, has_course

        if not has_course(detail):
            return
        if self._chart is None or self._chart.currency != detail.debt.currency:
            if self._chart is not None:
                self._chart.deleteLater()
            self._chart = HistoryChart(detail.debt.currency)
            self._chart.told.connect(self._session.notify)
        self._chart.show_detail(detail)
        self._body.addWidget(self._chart)
        self._chart.raise_()
        self._chart.show()
        self._body.addSpacing(_GAP)

    def _add_history(self, detail: Detail) -> None:
        can_change = not self._session.ledger.read_only
        self._history = HistoryList(lines_of(detail), can_change=can_change)
        self._history.change_requested.connect(self._change_line)
        self._history.delete_requested.connect(self._delete_line)
        self._history.list.stepped.connect(self._show_line)
        self._body.addWidget(self._history)

    def _add_files(self, detail: Detail) -> None:
        """Add statements and contracts."""
        from app.ui.attachments.block import AttachmentsBlock

        if self._files is None:
            self._files = AttachmentsBlock(self._session)
            self._files.stepped.connect(self._show_file)
        self._files.set_owner(Owner(OwnerKind.DEBT, detail.debt.id))
        self._add_parting(rule())
        self._body.addWidget(self._files)
        self._files.show()

    def _show_file(self, place: QRect) -> None:
        if self._files is not None:
            self.scroll_to(self._files, place)

    def _offer(self, _point: QPoint, _paths: Sequence[Path]) -> Offer | None:
        """Say what dropping files on the pane does."""
        detail, files = self._detail, self._files
        if detail is None or files is None:
            return None
        words = tr("Attach to “{name}”").format(name=detail.debt.name)
        return Offer(words, self.rect().adjusted(8, 8, -8, -8), files.add)

    def _button(self, name: str, text: str, icon: str, words: str) -> QPushButton:
        made = default(text, icon, compact=True)
        made.setObjectName(name)
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.setEnabled(not self._session.ledger.read_only)
        return made

    def _add_parting(self, line: QWidget) -> None:
        self._body.addSpacing(_GAP)
        self._body.addWidget(line)
        self._body.addSpacing(_GAP)

    def _change_line(self, line: Line) -> None:
        entry: BalanceEntry = line.entry
        payment: Payment | None = line.payment
        if self._detail is not None:
            self._commands.change_entry(self._detail.debt, entry, payment)

    def _show_line(self, place: QRect) -> None:
        """Scroll the pane so that the current line of the history is in sight."""
        if self._history is not None:
            self.scroll_to(self._history.list.viewport(), place)

    def _delete_line(self, line: Line) -> None:
        self._commands.delete_entry(line.entry)

    # -- the focus stays where it was when a debt is shown anew

    def _focused(self) -> tuple[str, int]:
        """Return the name of what has the focus in the body, and the current line of the history."""
        # Not the program's focus: a dialog that is just closing may still have that.
        focused = self.window().focusWidget()
        row = self._history.list.currentRow() if self._history is not None else 0
        return (focused.objectName() if self._scroll.isAncestorOf(focused) else "", row)

    def _focus(self, name: str, row: int) -> None:
        if self._history is not None and row >= 0:
            self._history.list.setCurrentRow(min(row, self._history.list.count() - 1))
        if not name:
            return
        for widget in self._scroll.findChildren(QWidget, name):
            if not widget.isHidden():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _due_text(detail: Detail) -> str:
    if detail.next_due is None:
        return tr("Minimum this month; no due day is set")
    when = formats.relative_day(detail.next_due, detail.today)
    day = formats.date(detail.next_due)
    return tr("Minimum, due on {date}").format(date=day) + ("" if when == day else f", {when}")
