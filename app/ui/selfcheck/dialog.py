"""The dialog of the self-check: every published case, and its figures beside those found here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout

from app.services.selfcheck import CaseResult, Figure, run_cases
from app.ui.dialogs.grid import GridCell, GridColumn
from app.ui.dialogs.grid_view import Card, GridView
from app.ui.i18n import tr, tr_n
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill, PillKind

_WIDTH, _HEIGHT = 880, 640


class SelfCheckDialog(QDialog):
    """Lists the cases; the figures of the current one stand below. Copy puts all of it on the clipboard as text."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Self-check"))
        self._results: Sequence[CaseResult] = ()
        self.verdict = Pill(tr("Working…"), PillKind.RUNNING)
        self.cases = GridView(_case_columns(), tr("Published cases"))
        self.figures = GridView(_figure_columns(), tr("Figures of the case"))
        self._of_case = Label("", "small", "secondary", wrap=True, selectable=True)
        self.copy_button = default(tr("Copy"), "copy")
        self._lay_out()
        self.cases.row_moved.connect(self._show_figures)
        self.copy_button.setEnabled(False)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(as_text(self._results)))
        session.bridge.read(lambda _interrupt: run_cases(), self._show, key="selfcheck")

    def _lay_out(self) -> None:
        look = theme.current()
        head = QHBoxLayout()
        head.addWidget(Label(tr("Payoff plans that others have published, worked out here"), "subtitle"), 1)
        head.addWidget(self.verdict)
        buttons = QDialogButtonBox()
        close = default(tr("Close"))
        self.copy_button.setAutoDefault(False)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("xl"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("m"))
        column.addLayout(head)
        column.addWidget(Card(self.cases), 3)
        column.addWidget(self._of_case)
        column.addWidget(Card(self.figures), 2)
        column.addWidget(buttons)
        close.setDefault(True)
        room = self.screen().availableGeometry()
        self.resize(min(look.px(_WIDTH), room.width() - 48), min(look.px(_HEIGHT), room.height() - 48))

    def _show(self, results: Sequence[CaseResult]) -> None:
        self._results = results
        self.cases.show_rows([_case_row(result) for result in results])
        wrong = sum(not result.passed for result in results)
        if wrong:
            text = tr_n("{n} case differs", "{n} cases differ", wrong)
            self.verdict.set(text, PillKind.BAD)
        else:
            self.verdict.set(tr_n("{n} case agrees", "All {n} cases agree", len(results)), PillKind.OK)
        self.copy_button.setEnabled(True)
        self.cases.go_to(next((at for at, result in enumerate(results) if not result.passed), 0), 0)
        self.cases.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_figures(self, row: int) -> None:
        result = self._results[row]
        self._of_case.setText("\n".join(part for part in (_sourced(result), result.note) if part))
        self.figures.show_rows([_figure_row(figure) for figure in result.figures])


def as_text(results: Sequence[CaseResult]) -> str:
    """Return all cases as lines of tab-separated text, a line for each figure under a heading."""
    lines = [
        "\t".join((tr("Case"), tr("Figure"), tr("Published"), tr("Found here"), tr("Result"), tr("Source")))
    ]
    for result in results:
        lines += [
            "\t".join(
                (
                    result.title,
                    figure.what,
                    figure.expected,
                    figure.found,
                    _word(agrees=figure.agrees),
                    result.source,
                )
            )
            for figure in result.figures
        ]
    return "\n".join(lines)


def _word(*, agrees: bool) -> str:
    return tr("Agrees") if agrees else tr("Differs")


def _verdict_cell(*, agrees: bool) -> GridCell:
    return GridCell(_word(agrees=agrees), pill=PillKind.OK if agrees else PillKind.BAD)


def _sourced(result: CaseResult) -> str:
    return tr("Source: {source}").format(source=result.source)


def _case_columns() -> tuple[GridColumn, ...]:
    return (
        GridColumn(tr("Result"), 140, fits=True),
        GridColumn(tr("Case"), 320, strong=True, fits=True),
        GridColumn(tr("Source"), 260, quiet=True, grows=1),
    )


def _figure_columns() -> tuple[GridColumn, ...]:
    return (
        GridColumn(tr("Result"), 140, fits=True),
        GridColumn(tr("Figure"), 260, fits=True),
        GridColumn(tr("Published"), 140, grows=1),
        GridColumn(tr("Found here"), 140, grows=1),
    )


def _case_row(result: CaseResult) -> tuple[GridCell, ...]:
    return (_verdict_cell(agrees=result.passed), GridCell(result.title), GridCell(result.source))


def _figure_row(figure: Figure) -> tuple[GridCell, ...]:
    return (
        _verdict_cell(agrees=figure.agrees),
        GridCell(figure.what),
        GridCell(figure.expected),
        GridCell(figure.found),
    )
