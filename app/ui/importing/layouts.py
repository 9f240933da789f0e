"""The layouts that the wizard offers for a file: of known programs, guessed, and saved by the user."""

from dataclasses import dataclass

from app.domain.problems import Refused
from app.services import saved
from app.services.importing.flow import ImportFlow
from app.services.importing.kind import ImportKind
from app.services.importing.mapping import Mapping
from app.services.importing.presets import Preset
from app.services.ledger import Ledger
from app.services.saved import Saved, Shelf
from app.ui.i18n import tr


@dataclass(frozen=True)
class Layout:
    """One entry of the list: a program, a saved mapping, or with neither the guess."""

    name: str
    preset: Preset | None = None
    mapping: Mapping | None = None

    def use(self, flow: ImportFlow) -> None:
        """Map the columns of the flow's file in this way."""
        if self.preset is not None:
            flow.use_preset(self.preset)
        elif self.mapping is not None:
            flow.use_mapping(self.mapping)
        else:
            flow.use_guess()


def read_saved(ledger: Ledger, kind: ImportKind) -> list[Layout]:
    """Return the user's own mappings of a kind of record; one that cannot be read any more is left out."""
    found = (_saved(entry, kind) for entry in saved.listing(ledger, Shelf.MAPPINGS, kind.key))
    return [layout for layout in found if layout is not None]


def offered(flow: ImportFlow, own: list[Layout]) -> list[Layout]:
    """Return what can be chosen for the flow's file: programs, the guess, then the user's own."""
    programs = [Layout(preset.label, preset=preset) for preset in flow.fitting_presets()]
    return [*programs, Layout(tr("Guessed from the file")), *own]


def place_of(flow: ImportFlow, layouts: list[Layout], last: str) -> int:
    """Return which layout the flow uses; `last` is the name of the one that the user chose."""
    for at, layout in enumerate(layouts):
        if last and layout.name == last:
            return at
    for at, layout in enumerate(layouts):
        if layout.mapping is None and layout.preset is flow.preset:
            return at
    return -1


def _saved(entry: Saved, kind: ImportKind) -> Layout | None:
    try:
        return Layout(entry.name, mapping=Mapping.from_json(entry.definition, kind.target_of))
    except Refused:
        return None
