"""What the user does with the mapping: columns, styles, layouts, and keeping it for other files."""

from collections.abc import Callable
from typing import cast

import shiboken6

from app.domain.parsing import DateOrder, DecimalMark
from app.services import saved
from app.services.importing.flow import ImportFlow
from app.services.saved import Shelf
from app.ui.i18n import tr
from app.ui.importing.columns_page import ColumnsPage
from app.ui.importing.layouts import Layout, offered, place_of, read_saved
from app.ui.importing.save_mapping import SaveMappingDialog
from app.ui.session import Session


class MappingDesk:
    """Stands between the page of the columns and the flow; `changed` is called after each change."""

    def __init__(
        self, session: Session, flow: ImportFlow, page: ColumnsPage, changed: Callable[[], None]
    ) -> None:
        self._session = session
        self._flow = flow
        self._page = page
        self._changed = changed
        self._own: list[Layout] = []
        self._layouts: list[Layout] = []
        self._chosen = ""
        page.mapped.connect(self._map)
        page.decimal_mark_chosen.connect(self._choose_mark)
        page.date_order_chosen.connect(self._choose_order)
        page.layout_chosen.connect(self._choose_layout)
        page.save_wanted.connect(self._ask_name)

    def take_file(self) -> None:
        """Offer the layouts that suit a new file."""
        self._chosen = ""
        self._own = []
        self._show()
        self._read()

    def _read(self) -> None:
        ledger, kind = self._session.ledger, self._flow.kind
        if kind is not None:
            self._session.bridge.read(lambda _interrupt: read_saved(ledger, kind), self._take_saved, key=self)

    def _take_saved(self, own: list[Layout]) -> None:
        if shiboken6.isValid(self._page):
            self._own = own
            self._show()

    def _show(self) -> None:
        self._layouts = offered(self._flow, self._own)
        names = [layout.name for layout in self._layouts]
        self._page.show_layouts(names, place_of(self._flow, self._layouts, self._chosen))

    def _map(self, header: str, key: str) -> None:
        self._flow.map_column(header, key)
        self._changed()

    def _choose_mark(self, mark: str) -> None:
        self._flow.set_decimal_mark(cast("DecimalMark", mark))
        self._changed()

    def _choose_order(self, order: str) -> None:
        self._flow.set_date_order(cast("DateOrder", order))
        self._changed()

    def _choose_layout(self, at: int) -> None:
        self._chosen = self._layouts[at].name
        self._layouts[at].use(self._flow)
        self._changed()

    def _ask_name(self) -> None:
        own = [layout.name for layout in self._own]
        suggestion = self._chosen if self._chosen in own else ""
        dialog = SaveMappingDialog(own, suggestion, self._page.window())
        dialog.named.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, name: str) -> None:
        kind = self._flow.kind
        if kind is None:
            return
        command = saved.save(Shelf.MAPPINGS, kind.key, name, self._flow.mapping_to_save().to_json())
        self._chosen = name
        self._session.bridge.run_command(command, lambda _change: self._saved(name))

    def _saved(self, name: str) -> None:
        self._session.notify(tr("Saved the mapping “{name}”").format(name=name))
        if shiboken6.isValid(self._page):
            self._read()
