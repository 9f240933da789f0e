"""Where an export goes: a file's path whose ending follows the format, and a word when a file is there already."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.exporting import ExportFormat, format_of
from app.services.exporting.choices import with_ending
from app.ui.dialogs.path_field import PathField
from app.ui.i18n import tr


class FilePlace(PathField):
    """A field for the path of a file in some format. `format_meant` carries a format whose ending was typed."""

    format_meant = Signal(object)

    def __init__(self, title: str, format: ExportFormat, parent: QWidget | None = None) -> None:
        super().__init__(tr("Save &to"), tr("&Browse…"), parent)
        self._title = title
        self._format = format
        self.browse_wanted.connect(self._browse)
        self.edited.connect(self._typed)

    def begin(self, folder: Path | None, before: str, name: str) -> None:
        """Suggest a file of this name: in `folder`, else in the folder `before`, else among the user's documents."""
        place = folder or (Path(before) if before else None)
        if place is None or not place.is_dir():
            documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            place = Path(documents) if documents and Path(documents).is_dir() else Path.home()
        self.set_path(place / name)
        self.look()

    def set_format(self, format: ExportFormat) -> None:
        """Give the file the ending of another format."""
        self._format = format
        path = self.path()
        if path is not None and path.name:
            self.set_path(with_ending(path, format))
        self.look()

    def target(self) -> Path | None:
        """Return where to write, or None with a sentence at the field where that cannot be."""
        path = self.path()
        if path is None:
            self.show_problem(tr("Enter a name for the file, or choose a place."))
        elif path.is_dir():
            self.show_problem(tr("This is a folder. Add a file name to it."))
        elif not path.is_absolute():
            self.show_problem(tr("Enter the whole path, beginning with a folder, or choose a place."))
        else:
            return with_ending(path, self._format)
        self.focus()
        return None

    def show_problem(self, sentence: str, state: str = "error") -> None:
        """Say what is wrong with the place, or with "" what is to be known of it."""
        if sentence:
            self.show_message(sentence, state)
        else:
            self.look()

    def focus(self) -> None:
        """Put the focus into the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Say that a file will be replaced, so that nobody has to be asked afterwards."""
        path = self.path()
        there = path is not None and path.name != "" and with_ending(path, self._format).is_file()
        words = tr("A file of this name is there already. It will be replaced.")
        self.show_message(words if there else "", "warning")

    def _typed(self) -> None:
        path = self.path()
        meant = format_of(path) if path is not None else None
        if meant is not None and meant is not self._format:
            self.format_meant.emit(meant)
        self.look()

    def _browse(self) -> None:
        path = self.path()
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            self._title,
            str(path or Path.home()),
            f"{self._format.value.upper()} (*.{self._format.value})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.set_path(with_ending(Path(chosen), format_of(chosen) or self._format))
            self._typed()
