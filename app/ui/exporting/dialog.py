"""The export dialog for records: what, which rows, which columns, how written, where to."""

from pathlib import Path

from PySide6.QtCore import Qt

from app.services import kinds
from app.services.exporting.choices import Offer
from app.ui.exporting.form import ExportForm
from app.ui.exporting.frame import WritingDialog
from app.ui.i18n import tr
from app.ui.session import Session

_WIDTH = 720


class ExportDialog(WritingDialog):
    """Writes records to a file."""

    def __init__(self, session: Session, offer: Offer, folder: Path | None = None) -> None:
        form = ExportForm(session, offer, folder)
        super().__init__(session, tr("Export"), form, _WIDTH)
        self._offer = offer
        self.form = form
        form.kind_chosen.connect(self._ask_about)

    def _ask_about(self, key: str) -> None:
        """Ask about another kind of record, of which the page showed nothing, or again about the page's own."""
        own = self._offer.kind.key == key
        self.form = ExportForm(self._session, self._offer if own else Offer(kinds.exporting(key)), None)
        self.form.kind_chosen.connect(self._ask_about)
        self.ask_instead(self.form)
        self.form.what.setFocus(Qt.FocusReason.OtherFocusReason)
