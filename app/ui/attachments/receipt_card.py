"""The receipt of a purchase in its pane: the picture at the left, what it is and what to do with it at the right."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.attachments import Attachment
from app.ui.attachments.previews import Previews
from app.ui.attachments.thumbnail import Thumbnail
from app.ui.attachments.words import kind_name, pages_and_size, place_of, state_pill, state_sentence
from app.ui.i18n import tr
from app.ui.records.text import VALUE, flowing
from app.ui.theme import theme
from app.ui.widgets.button import default, tool_button
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.label import Label, plain_tip
from app.ui.widgets.pill import Pill, PillKind


class ReceiptCard(QWidget):
    """Shows one file; the signals carry it, `menu_requested` a place on the screen."""

    look_requested = Signal(object)
    open_requested = Signal(object)
    replace_requested = Signal(object)
    rename_requested = Signal(object)
    remove_requested = Signal(object)
    menu_requested = Signal(QPoint)

    def __init__(self, previews: Previews, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachment: Attachment | None = None
        self.thumbnail = Thumbnail(previews)
        self.thumbnail.setObjectName("receipt")
        self._kind = Label("", "heading")
        self._name = ElidedLabel("", mode=Qt.TextElideMode.ElideMiddle, tone="secondary")
        self._facts = Label("", tone="secondary", tabular=True)
        self._place = Label("", tone="secondary")
        self._pill = Pill("", PillKind.BAD)
        self._sentence = QWidget()
        self.open_button = default(tr("Open"), "external-link", compact=True)
        self.replace_button = default(tr("Replace…"), "refresh-cw", compact=True)
        self.more_button = tool_button("ellipsis", tr("What else can be done with this file"), compact=True)
        self._lay_out()
        self._connect()

    @property
    def attachment(self) -> Attachment | None:
        """The file that is shown."""
        return self._attachment

    def show_file(self, file: Attachment, *, can_change: bool) -> None:
        """Show a file."""
        self._attachment = file
        self.thumbnail.show_file(file)
        self._kind.setText(kind_name(file.kind))
        self._name.setText(file.name)
        self._name.setToolTip(plain_tip(file.name))
        picture = self.thumbnail.picture()
        self._tell_pages(picture.pages if picture is not None else 0)
        place = place_of(file)
        self._place.setText(place[:1].upper() + place[1:])
        self._place.setVisible(bool(place))
        self._show_state(file)
        self.open_button.setVisible(file.available)
        self.replace_button.setEnabled(can_change)
        for made, words in (
            (self.open_button, tr("Open {name}")),
            (self.replace_button, tr("Replace {name}…")),
            (self.more_button, tr("What else can be done with {name}")),
        ):
            made.setAccessibleName(words.format(name=file.name))

    def text(self) -> str:
        """Return what is said about the file, line by line."""
        lines = (self._kind.text(), self._name.text(), self._facts.text(), self._place.text())
        return "\n".join(line for line in lines if line)

    def _show_state(self, file: Attachment) -> None:
        pill = state_pill(file.state)
        self._pill.setVisible(pill is not None)
        if pill is not None:
            self._pill.set(pill.text, pill.kind, pill.icon)
        self._words.removeWidget(self._sentence)
        self._sentence.hide()
        self._sentence.deleteLater()
        self._sentence = flowing(state_sentence(file.state), "small", "secondary", room=VALUE)
        self._sentence.setVisible(pill is not None)
        self._words.insertWidget(self._words.indexOf(self._pill) + 1, self._sentence)

    def _tell_pages(self, pages: int) -> None:
        if self._attachment is not None:
            self._facts.setText(pages_and_size(self._attachment, pages))

    def _connect(self) -> None:
        for made, signal in (
            (self.thumbnail, self.look_requested),
            (self.open_button, self.open_requested),
            (self.replace_button, self.replace_requested),
        ):
            made.clicked.connect(lambda _on=False, signal=signal: signal.emit(self._attachment))
        self.thumbnail.remove_requested.connect(lambda: self.remove_requested.emit(self._attachment))
        self.thumbnail.rename_requested.connect(lambda: self.rename_requested.emit(self._attachment))
        self.thumbnail.menu_requested.connect(self.menu_requested)
        self.thumbnail.looked.connect(self._tell_pages)
        self.more_button.clicked.connect(
            lambda: self.menu_requested.emit(
                self.more_button.mapToGlobal(self.more_button.rect().bottomLeft())
            )
        )

    def _lay_out(self) -> None:
        look = theme.current()
        head = QHBoxLayout()
        head.setSpacing(look.space("xs"))
        head.addWidget(self._kind, 1)
        head.addWidget(self.more_button)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addLayout(head)
        for part in (self._name, self._facts, self._place):
            self._words.addWidget(part)
        self._words.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        self._words.addWidget(self._sentence)
        self._words.addSpacing(look.space("s"))
        self._words.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._words.addSpacing(look.space("s"))
        self._words.addWidget(self.replace_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("l"))
        row.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
