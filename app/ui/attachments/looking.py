"""A larger look at a file, without another program: its first page, and the file before and after it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.attachments import Attachment
from app.ui import formats
from app.ui.attachments.acts import FileActs
from app.ui.attachments.paper import paint_paper
from app.ui.attachments.previews import Previews, previews_of
from app.ui.attachments.words import kind_name, pages_and_size, spoken, state_sentence
from app.ui.i18n import tr
from app.ui.records.pane import rule
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.button import default, icon_button, primary
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label

_SIZE = QSize(680, 760)
_STEP = 200
_SIGN = QSize(160, 200)
_MARGIN = 16


class LookDialog(QDialog):
    """Shows the files of a record one after another. Left and Right go through them, Space or Esc closes."""

    def __init__(
        self, session: Session, acts: FileActs, files: Sequence[Attachment], shown: Attachment
    ) -> None:
        super().__init__(session.window)
        self._acts = acts
        self._files = list(files)
        self._at = next((at for at, file in enumerate(files) if file.id == shown.id), 0)
        self.page = _Page(previews_of(session))
        self._name = ElidedLabel("", "subtitle", mode=Qt.TextElideMode.ElideMiddle)
        self._facts = Label("", "body", "secondary", tabular=True)
        self._problem = Label("", "body", "danger", wrap=True)
        self._counted = Label("", "body", "secondary", tabular=True)
        self.previous = icon_button("chevron-left", tr("The file before (Left)"))
        self.next = icon_button("chevron-right", tr("The next file (Right)"))
        self.save = default(tr("Save as…"), "download")
        self.open_button = primary(tr("Open"), "external-link")
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.save.clicked.connect(lambda: acts.save_as(self.file))
        self.open_button.clicked.connect(lambda: acts.open(self.file))
        previews_of(session).arrived.connect(self._arrived)
        self._lay_out()
        self._show()
        self.page.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def file(self) -> Attachment:
        """The file that is shown."""
        return self._files[self._at]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the files, or close."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self._step(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self._step(1)
        elif key == Qt.Key.Key_Space:
            self.reject()
        else:
            super().keyPressEvent(event)

    def text(self) -> str:
        """Return what is said about the file."""
        lines = (self._name.text(), self._facts.text(), self._problem.text(), self._counted.text())
        return "\n".join(line for line in lines if line)

    def _step(self, by: int) -> None:
        to = self._at + by
        if 0 <= to < len(self._files):
            self._at = to
            self._show()

    def _show(self) -> None:
        file = self.file
        self.setWindowTitle(file.name)
        self._name.setText(file.name)
        self._tell()
        self._problem.setText(state_sentence(file.state))
        self._problem.setVisible(not file.available)
        several = len(self._files) > 1
        for part in (self.previous, self.next, self._counted):
            part.setVisible(several)
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._files) - 1)
        self._counted.setText(
            tr("{at} of {all}").format(at=formats.count(self._at + 1), all=formats.count(len(self._files)))
        )
        self.save.setEnabled(file.available)
        self.open_button.setEnabled(file.available)
        self.page.show_file(file)

    def _tell(self) -> None:
        pages = self.page.pages_of(self.file)
        self._facts.setText(f"{kind_name(self.file.kind)} · {pages_and_size(self.file, pages)}")

    def _arrived(self, sha256: str) -> None:
        if sha256 == self.file.sha256:
            self.page.update()
            self._tell()

    def _lay_out(self) -> None:
        look = theme.current()
        space = look.space("l")
        words = QVBoxLayout()
        words.setSpacing(2)
        for line in (self._name, self._facts, self._problem):
            words.addWidget(line)
        head = QHBoxLayout()
        head.setContentsMargins(space, space, space, look.space("m"))
        head.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(space, look.space("m"), space, look.space("m"))
        foot.setSpacing(look.space("s"))
        for part in (self.previous, self.next, self._counted):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.open_button)
        for made in (self.previous, self.next, self.save, self.open_button):
            made.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.page, 1)
        column.addWidget(rule())
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        wanted = QSize(look.px(_SIZE.width()), look.px(_SIZE.height()))
        self.resize(wanted.boundedTo(QSize(room.width() - 40, room.height() - 60)))


class _Page(QWidget):
    """The first page, as large as there is room for."""

    def __init__(self, previews: Previews) -> None:
        super().__init__()
        self._previews = previews
        self._file: Attachment | None = None
        self.setProperty("ground", "surfaceAlt")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_file(self, file: Attachment) -> None:
        """Show a file."""
        self._file = file
        self.setAccessibleName(tr("Preview of {file}").format(file=spoken(file)))
        self.update()

    def pages_of(self, file: Attachment) -> int:
        """Return how many pages a file has, 0 while nobody knows."""
        picture = self._previews.find(file, self._asked(), self.devicePixelRatioF())
        return 0 if picture is None else picture.pages

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page into the middle."""
        super().paintEvent(event)
        file = self._file
        if file is None:
            return
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        picture = self._previews.find(file, self._asked(), self.devicePixelRatioF())
        with QPainter(self) as painter:
            if picture is None:
                painter.setPen(theme.current().color("textSecondary"))
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), tr("Making the preview…"))
                return
            size = _SIGN
            if picture.pixmap is not None:
                size = picture.pixmap.size() / picture.pixmap.devicePixelRatio()
            if size.width() > room.width() or size.height() > room.height():
                size = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            corner = QPoint((room.width() - size.width()) // 2, (room.height() - size.height()) // 2)
            paint_paper(painter, QRect(room.topLeft() + corner, size), file, picture, torn=False)

    def _asked(self) -> QSize:
        """Return the size to ask for: in steps, so that resizing does not make a picture of every size."""
        return QSize(_stepped(self.width() - 2 * _MARGIN), _stepped(self.height() - 2 * _MARGIN))


def _stepped(length: int) -> int:
    return max(_STEP, -(-length // _STEP) * _STEP)
