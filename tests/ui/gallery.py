"""Shows every small component, to be looked at: `python -m tests.ui.gallery [light|dark] [text %]`."""

import datetime as dt
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import theme
from app.ui.widgets import button
from app.ui.widgets.chip import Chip
from app.ui.widgets.dialog import MessageDialog
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fields import AmountField, DateField, NameCombo, NumberField
from app.ui.widgets.filter_bar import FilterBar
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.focus_ring import FocusRings
from app.ui.widgets.form import FormField
from app.ui.widgets.label import Label
from app.ui.widgets.notice import Notice, NoticeKind
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.perforation import Perforation
from app.ui.widgets.pill import Pill, PillKind
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.search_box import SearchBox
from app.ui.widgets.sidebar import SidebarItem, SidebarView
from app.ui.widgets.status import JobProgress, StatusText
from app.ui.widgets.tag_editor import TagEditor
from app.ui.widgets.undo_bar import UndoBar

PAGES = (
    SidebarItem("overview", "Overview", "layout-dashboard"),
    SidebarItem("purchases", "Purchases", "receipt", "Ledger", count=66),
    SidebarItem("warranties", "Warranties", "shield-check", "Ledger", attention=2),
    SidebarItem("debts", "Debts", "landmark", "Ledger", count=4),
    SidebarItem("plans", "Payoff plans", "trending-down", "Ledger", count=2),
    SidebarItem("events", "Events", "activity", "Practice"),
    SidebarItem("people", "People", "users", "Practice"),
    SidebarItem("segments", "Segments", "chart-pie", "Practice", count=7),
    SidebarItem("reports", "Reports", "file-text", "Records"),
    SidebarItem("milestones", "Milestones", "award", "Records", new=1),
    SidebarItem("backups", "Exports & backups", "archive", "Records"),
)


def _no_date(_text: str) -> dt.date:
    raise ValueError("Enter a date such as 14 Mar 2025.")


def _column(width: int) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    holder.setFixedWidth(theme.current().px(width))
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return holder, column


def _section(column: QVBoxLayout, title: str) -> None:
    column.addWidget(Label(title, "groupLabel", "secondary"))


def _row(*widgets: QWidget, gap: int = 8) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, gap, gap)
    for widget in widgets:
        flow.addWidget(widget)
    return holder


def _card(*widgets: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(14, 14, 14, 14)
    for widget in widgets:
        column.addWidget(widget)
    return card


def controls() -> QWidget:
    """Buttons, pills and form fields in their states."""
    holder, column = _column(335)
    _section(column, "Buttons")
    off = button.default("Disabled")
    off.setEnabled(False)
    column.addWidget(
        _row(
            button.primary("Primary", "plus"),
            button.default("Default"),
            button.icon_button("rows-3", "Row height"),
            button.tool_button("bell", "Notifications"),
            off,
            button.flat("Flat"),
            button.link("Link"),
            button.danger("Delete", "trash-2"),
        )
    )
    _section(column, "Form fields and inline validation")
    column.addWidget(FormField("Item", QLineEdit("Cordless drill set")))
    amount = AmountField("USD")
    amount.setText("139,oo")
    wrong = FormField("Amount", amount)
    wrong.set_error("Enter an amount such as 139.00.")
    column.addWidget(wrong)
    day = DateField(_no_date)
    day.set_date(dt.date(2026, 12, 3))
    doubtful = FormField("Bought on", day)
    doubtful.set_warning("This date is in the future. You can still save.")
    column.addWidget(doubtful)
    serial = QLineEdit()
    serial.setPlaceholderText("On the label or receipt")
    column.addWidget(FormField("Serial number", serial, optional=True))
    shop = NameCombo(["Brightwell Electronics", "Northwind Office"])
    shop.set_name("Brightwell Electronics")
    column.addWidget(FormField("Shop", shop))
    tags = TagEditor(["office", "tax 2025"])
    tags.set_tags(["tax 2025", "office"])
    column.addWidget(FormField("Tags", tags, help_text="Press Enter after each tag."))
    column.addStretch()
    return holder


def states() -> QWidget:
    """Pills, chips, boxes, progress, notices."""
    holder, column = _column(335)
    _section(column, "Status pills")
    column.addWidget(
        _row(
            Pill("Active", PillKind.OK),
            Pill("13 days left", PillKind.WARN),
            Pill("Ended", PillKind.BAD),
            Pill("Running", PillKind.RUNNING),
            Pill("Refund", PillKind.NEUTRAL, "undo-2"),
            Pill("tax 2025", PillKind.NEUTRAL),
            gap=6,
        )
    )
    _section(column, "Boxes")
    ticked = QCheckBox("Remind me 30 days before it ends")
    ticked.setChecked(True)
    partly = QCheckBox("Partly")
    partly.setCheckState(Qt.CheckState.PartiallyChecked)
    light = QRadioButton("Light")
    light.setChecked(True)
    column.addWidget(_row(ticked, partly, QCheckBox("Off"), light, QRadioButton("Dark"), gap=16))
    combo = QComboBox()
    combo.addItems(["Received", "Ordered", "Returned"])
    column.addWidget(_row(combo, NumberField(0, 100, " days")))
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(32)
    bar = QProgressBar()
    bar.setValue(66)
    bar.setTextVisible(False)
    column.addWidget(slider)
    column.addWidget(bar)
    _section(column, "Notices")
    notice = Notice("This ledger loses what you recorded since then: 3 purchases.", NoticeKind.WARNING)
    notice.add_link("Show the list…")
    column.addWidget(notice)
    column.addWidget(Notice("Nothing has changed yet.", NoticeKind.INFO))
    column.addWidget(Notice("This backup is damaged.", NoticeKind.DANGER))
    _section(column, "Warranty")
    column.addWidget(Perforation())
    column.addWidget(ProgressLine(dt.date(2025, 3, 14), dt.date(2028, 3, 14), dt.date(2025, 11, 20)))
    column.addWidget(_card(ElidedLabel("A name that is much too long for the room that a card leaves to it")))
    _section(column, "Dialog")
    dialog = MessageDialog(
        holder,
        "Delete “Equipment loan”?",
        "Its 16 payments and its place in 2 payoff plans go too. This cannot be undone.",
        icon="triangle-alert",
        color="danger",
    )
    dialog.add_verb("Delete debt", button.ButtonKind.DANGER)
    dialog.add_cancel()
    QTimer.singleShot(0, dialog.show)
    column.addStretch()
    return holder


def page() -> QWidget:
    """A page's head, filters, both empty states, the undo bar and the status bar."""
    holder = QWidget()
    holder.setProperty("ground", "surface")
    holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    bar = QHBoxLayout()
    bar.setContentsMargins(12, 8, 12, 0)
    bar.addStretch()
    bar.addWidget(SearchBox("Search or run a command", "Ctrl+K"), 1)
    column.addLayout(bar)
    header = PageHeader("Purchases", "66 recorded")
    header.add_control(button.icon_button("rows-3", "Row height"))
    header.add_control(button.primary("New purchase", "plus"))
    column.addWidget(header)
    filters = FilterBar()
    filters.set_chips([Chip("category", "Category is", "Electronics"), Chip("year", "Bought in", "2025")])
    column.addWidget(filters)
    empty = EmptyState(
        "No purchases yet",
        "Record what you bought and keep its receipt here. Counterfoil reminds you before a warranty ends.",
    )
    empty.add_primary("New purchase", "plus")
    empty.add_secondary("Import a CSV file…", "import")
    empty.add_link(
        "Just looking around?",
        "Load sample data",
        "66 purchases, 4 debts and 28 days of events, in a separate ledger you can delete.",
    )
    column.addWidget(empty, 3)
    nothing = EmptyState("No purchases match these filters", "Take one away, or begin anew.", "list-filter")
    nothing.add_secondary("Clear filters")
    column.addWidget(_card(nothing))
    column.addSpacing(70)
    job = JobProgress()
    job.set_job("Reading receipts", 12, 18)
    job.show()
    status = QHBoxLayout()
    status.setContentsMargins(12, 4, 12, 4)
    status.addWidget(job)
    status.addStretch()
    status.addWidget(StatusText("Last backup 2 days ago · 45 files · 12 MB", "archive"))
    column.addLayout(status)
    undo = UndoBar(holder, bottom=44, visible_ms=600_000)
    undo.show_message("Changed “USB-C dock” to Practice")
    return holder


def build() -> QWidget:
    """Return the whole gallery."""
    window = QWidget()
    window.setWindowTitle("Gallery")
    window.setProperty("ground", "surface")
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    sidebar = SidebarView()
    sidebar.set_items(PAGES)
    sidebar.set_current("purchases")
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 20, 0)
    row.setSpacing(20)
    row.addWidget(sidebar)
    row.addWidget(controls())
    row.addWidget(states())
    row.addWidget(page(), 1)
    return window


def main() -> int:
    """Show the gallery."""
    app = QApplication(sys.argv)
    chosen = sys.argv[1] if len(sys.argv) > 1 else "light"
    percent = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    theme.install(app, theme.Appearance(chosen), text_percent=percent)
    FocusRings(app)
    window = build()
    window.resize(1440, 860)
    window.show()
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
