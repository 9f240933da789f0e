"""The first step of adding receipts: which files."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.i18n import tr
from app.ui.theme import theme
from app.ui.widgets.button import ButtonKind, default, primary, set_kind
from app.ui.widgets.label import Label
from app.ui.widgets.paragraph import Paragraph

_ICON = 32


class ChooseStage(QWidget):
    """Asks for files or a folder; both can be dropped on the dialog too."""

    files_wanted = Signal()
    folder_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._problem = Label("", tone="danger", wrap=True)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._problem.hide()
        self.files = primary(tr("Choose files…"), "files")
        self.folder = default(tr("Choose a folder…"), "folder-open")
        self.files.clicked.connect(self.files_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self._lay_out()
        theme.current().changed.connect(self._restyle)
        self._restyle()

    def say(self, problem: str) -> None:
        """Say what was wrong with what was chosen."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def focus_first(self) -> None:
        """Begin with choosing files."""
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        look = theme.current()
        self._icon.setPixmap(
            look.icons.pixmap("receipt", "textSecondary", look.px(_ICON), self.devicePixelRatioF())
        )

    def _lay_out(self) -> None:
        look = theme.current()
        words = Paragraph(
            tr(
                "Choose receipts, or drop them here. Each is matched with the purchase whose order number, or whose "
                "shop, day and price it names. You see the result before anything is added."
            ),
            centred=True,
        )
        words.setMaximumWidth(look.px(460))
        middle = Qt.AlignmentFlag.AlignHCenter
        buttons = QHBoxLayout()
        buttons.setSpacing(look.space("s"))
        buttons.addStretch(1)
        buttons.addWidget(self.files)
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        box = QDialogButtonBox()
        cancel = box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_kind(cancel, ButtonKind.DEFAULT)
        for made in (self.files, self.folder, cancel):
            made.setAutoDefault(False)
        box.rejected.connect(self.cancelled)
        space = look.space("l")
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(look.space("m"))
        column.addStretch(2)
        column.addWidget(self._icon, 0, middle)
        column.addWidget(Label(tr("Add many receipts at once"), "subtitle"), 0, middle)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(words, 4)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        column.addStretch(3)
        column.addWidget(box)
