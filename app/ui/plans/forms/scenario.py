"""The dialog that gives a scenario its name: when it is saved first, and when it is renamed."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.services.changes import Command
from app.ui.i18n import tr
from app.ui.records.dialog import RecordDialog
from app.ui.records.entries import TextEntry
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets.paragraph import Paragraph

_WIDTH = 420


class _NameForm(QWidget):
    """One field, and perhaps a sentence above it."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__()
        self.name = TextEntry(tr("Name"), required=tr("Enter a name for the scenario."))
        self.name.set_text(name)
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("xl"), look.space("m"), look.space("xl"), look.space("m"))
        column.setSpacing(look.space("m"))
        if sentence:
            column.addWidget(Paragraph(sentence))
        column.addWidget(self.name)

    def snapshot(self) -> tuple[object, ...]:
        """Return what was entered."""
        return (self.name.text(),)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show a problem at the field."""
        for problem in problems:
            self.name.set_error(problem.reason)

    def focus_first_error(self) -> None:
        """Go to the field."""
        self.name.focus_and_announce()

    def focus_start(self) -> None:
        """Go to the field, with what it holds selected."""
        self.name.line.setFocus()
        self.name.line.selectAll()

    def resume(self) -> None:
        """Go on in the field."""
        self.name.line.setFocus()


class NameDialog(RecordDialog):
    """Asks for a name; `save_as` returns the command that saves something by it."""

    def __init__(
        self,
        session: Session,
        title: str,
        verb: str,
        name: str,
        save_as: Callable[[str], Command],
        sentence: str = "",
    ) -> None:
        super().__init__(session, title, verb)
        self.form = _NameForm(name, sentence)
        self._save_as = save_as
        self.assemble(self.form, self.form, (_WIDTH, 0), another=False)
        self.settle()

    def command(self) -> Command | None:
        """Return the command that saves by the name that was entered."""
        return self._save_as(self.form.name.text()) if self.form.name.check() else None

    def has_changes(self) -> bool:
        """A name alone is soon entered again."""
        return False
