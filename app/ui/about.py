"""About Counterfoil: its version, what it is made of, and the details that a report of a problem needs."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.services.versions import versions
from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import default
from app.ui.widgets.label import Label

_WIDTH = 520
_ICON = 56

THIRD_PARTIES = (
    ("PySide6, Qt", "LGPL-3.0"),
    ("Inter", "OFL-1.1"),
    ("Lucide", "ISC"),
    ("SQLAlchemy", "MIT"),
    ("alembic", "MIT"),
    ("Mako", "MIT"),
    ("pyqtgraph", "MIT"),
    ("NumPy", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("defusedxml", "PSF-2.0"),
    ("reportlab", "BSD-3-Clause"),
    ("Pillow", "MIT-CMU"),
    ("platformdirs", "MIT"),
    ("Babel", "BSD-3-Clause"),
    ("charset-normalizer", "MIT"),
    ("RapidFuzz", "MIT"),
    ("filelock", "MIT"),
    ("icalendar", "BSD-2-Clause"),
    ("python-dateutil", "BSD-3-Clause"),
    ("tzdata", "Apache-2.0"),
)
"""What the program is delivered with, and its licences by their SPDX names."""


class AboutDialog(QDialog):
    """Shows the details, which Copy puts on the clipboard as text."""

    def __init__(self, ledger: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Counterfoil"))
        self._details = details(ledger)
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("xl"), look.space("xl"), look.space("l"))
        column.setSpacing(look.space("l"))
        column.addLayout(self._head())
        column.addLayout(self._facts())
        column.addWidget(Label(tr("Made with"), "heading"))
        column.addWidget(self._licences(), 1)
        close = default(tr("Close"))
        column.addWidget(self._buttons(close))
        close.setDefault(True)
        close.setFocus()
        self.resize(look.px(_WIDTH), min(look.px(_WIDTH), parent.height() - 48))

    def text(self) -> str:
        """Return the details as text."""
        return "\n".join(f"{name}: {value}" for name, value in self._details)

    def _head(self) -> QHBoxLayout:
        look = theme.current()
        picture = QLabel()
        picture.setPixmap(QGuiApplication.windowIcon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(look.space("xs"))
        words.addWidget(Label(tr("Counterfoil {version}").format(version=__version__), "title"))
        words.addWidget(
            Label(
                tr("A private ledger on your own disk. Free software under the MIT licence."),
                tone="secondary",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(look.space("l"))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _facts(self) -> QGridLayout:
        look = theme.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space("l"))
        grid.setVerticalSpacing(look.space("xs"))
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(self._details[1:]):
            grid.addWidget(Label(name, tone="secondary"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(value, wrap=True, selectable=True), line, 1)
        return grid

    def _licences(self) -> QPlainTextEdit:
        shown = QPlainTextEdit("\n".join(f"{name} · {licence}" for name, licence in THIRD_PARTIES))
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(tr("Licences of what Counterfoil is made with"))
        shown.setMinimumHeight(theme.current().px(120))
        return shown

    def _buttons(self, close: QPushButton) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        copy = default(tr("Copy details"), "copy")
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons


def details(ledger: Path | None) -> list[tuple[str, str]]:
    """Return the facts that are shown: versions, system, the ledger's folder."""
    facts = [*versions(), (tr("Window system"), f"Qt {qVersion()}, {QGuiApplication.platformName()}")]
    if ledger is not None:
        facts.append((tr("Ledger"), str(ledger)))
    return facts
