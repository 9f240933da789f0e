"""The ledgers that were open before."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.actions import literal
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import link
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label, plain_tip


class RecentLedgers(QWidget):
    """A line for each ledger; `choose` gets its folder."""

    def __init__(self, ledgers: Sequence[Path], choose: Callable[[Path], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("xs"))
        column.addWidget(Label(tr("Recent ledgers"), "heading"))
        for path in ledgers:
            column.addLayout(_line(path, choose))


def _line(path: Path, choose: Callable[[Path], object]) -> QHBoxLayout:
    name = link(literal(path.name), compact=True)
    name.setToolTip(plain_tip(str(path)))
    name.setAccessibleName(tr("Open {ledger}").format(ledger=str(path)))
    name.clicked.connect(partial(_chosen, choose, path))
    row = QHBoxLayout()
    row.setSpacing(theme.current().space("s"))
    row.addWidget(name)
    row.addWidget(ElidedLabel(str(path.parent), "small", "secondary"), 1)
    return row


def _chosen(choose: Callable[[Path], object], path: Path, _checked: bool = False) -> None:
    choose(path)
