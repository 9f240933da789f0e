"""Tells the user of an error in the program: what happened, where the report is, how to go on."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.crash import CrashReporter
from app.ui.i18n import tr, tr_n
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label

_WIDTH, _REPORT_HEIGHT = 560, 240


class ReportDialog(QDialog):
    """A heading, what happened, and the report that can be looked at, copied and found in its folder."""

    def __init__(
        self, reporter: CrashReporter, report: Path | None, heading: str, text: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Error report"))
        self._report = report
        look = theme.current()
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap("circle-alert", "danger", 24, self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(look.space("s"))
        words.addWidget(Label(heading, "subtitle", wrap=True))
        words.addWidget(Label(text, tone="secondary", wrap=True))
        self._add_place(words)
        row = QHBoxLayout()
        row.setSpacing(look.space("m"))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setAccessibleName(tr("Report"))
        self.view.setFixedHeight(look.px(_REPORT_HEIGHT))
        self.view.hide()
        self.buttons = QDialogButtonBox()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("xl"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("l"))
        column.addLayout(row)
        column.addWidget(self.view)
        column.addWidget(self.buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._add_report_buttons()
        if report is not None:
            reporter.mark_seen(report)

    def add_way_out(
        self, text: str, act: Callable[[], object] | None = None, *, usual: bool = False
    ) -> QPushButton:
        """Add a button that closes the dialog and then does `act`."""
        made = default(text)
        made.setAutoDefault(usual)
        self.buttons.addButton(made, QDialogButtonBox.ButtonRole.RejectRole)
        made.setDefault(usual)
        made.clicked.connect(self.accept)
        if act is not None:
            made.clicked.connect(act)
        return made

    def _add_place(self, words: QVBoxLayout) -> None:
        if self._report is None:
            return
        place = Label(str(self._report), "small", wrap=True, selectable=True)
        place.setAccessibleName(tr("The report's file"))
        words.addWidget(place)

    def _add_report_buttons(self) -> None:
        if self._report is None:
            return
        report = self._report
        self._show = default(tr("Show report"))
        self._show.clicked.connect(self._show_report)
        folder = default(tr("Open folder"), "folder-open")
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.parent))))
        for made in (self._show, folder):
            made.setAutoDefault(False)
            self.buttons.addButton(made, QDialogButtonBox.ButtonRole.ActionRole)

    def _show_report(self) -> None:
        """Show the report's text; the button then copies it."""
        if self._report is None:
            return
        if self.view.isVisible():
            QGuiApplication.clipboard().setText(self.view.toPlainText())
            return
        try:
            self.view.setPlainText(self._report.read_text(encoding="utf-8"))
        except OSError as error:
            self.view.setPlainText(tr("The report cannot be read: {reason}.").format(reason=error.strerror))
        self.view.show()
        self._show.setText(tr("Copy report"))


class CrashDialog(ReportDialog):
    """Shown at once when an error happened while the program goes on."""

    def __init__(
        self,
        reporter: CrashReporter,
        report: Path | None,
        kind: str,
        leave: Callable[[], object],
        parent: QWidget | None,
    ) -> None:
        if report is None:
            more = tr("No report could be written to {folder}.").format(folder=reporter.folder)
        else:
            more = tr(
                "A report was written. It names places in the program and holds nothing from your ledger; "
                "attach it when you tell us of the error."
            )
        text = tr(
            "Counterfoil met an error that it did not expect ({kind}). What was saved before is safe. "
            "You can go on, but what you just did may not have happened."
        ).format(kind=kind)
        super().__init__(reporter, report, tr("Something went wrong"), f"{text} {more}", parent)
        self.add_way_out(tr("Quit"), leave)
        self.add_way_out(tr("Continue"), usual=True).setFocus()


class LastRunDialog(ReportDialog):
    """Shown at the next start, when the last run ended by an error that nobody was told of."""

    def __init__(self, reporter: CrashReporter, reports: Sequence[Path], parent: QWidget | None) -> None:
        text = tr(
            "It wrote a report, which names places in the program and holds nothing from your ledger. Your ledger "
            "keeps everything that was saved. Attach the report when you tell us of the error."
        )
        if len(reports) > 1:
            older = tr_n(
                "{n} older report is beside it.", "{n} older reports are beside it.", len(reports) - 1
            )
            text = f"{text} {older}"
        heading = tr("Counterfoil ended unexpectedly last time")
        super().__init__(reporter, reports[0], heading, text, parent)
        for report in reports[1:]:
            reporter.mark_seen(report)
        self.add_way_out(tr("Close"), usual=True).setFocus()
