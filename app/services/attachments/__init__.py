"""What a user can do with receipts, manuals and other files. Functions take the ledger; commands come from factories.

A file is first taken in, which puts its bytes into the store, and then hung on records by a command. What reads and
changes the records alone is loaded with this package; what looks into files, when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.services.attachments.records import (
    add,
    add_to_many,
    get,
    listing,
    of_debt,
    of_purchase,
    remove,
    rename,
    replace_file,
    set_kind,
    total,
)
from app.storage.attachments.writing import NewFile
from app.storage.errors import Unavailable

if TYPE_CHECKING:
    from app.services.attachments.attaching import AttachReport, attach, import_receipts
    from app.services.attachments.copies import copy_out, open_copy, path_of
    from app.services.attachments.integrity import verify_all
    from app.services.attachments.matching import ReceiptMatch, match_receipts
    from app.services.attachments.previews import Preview, preview, preview_of_path
    from app.services.attachments.taking import take_in

__all__ = [
    "AttachReport",
    "NewFile",
    "Preview",
    "ReceiptMatch",
    "Unavailable",
    "add",
    "add_to_many",
    "attach",
    "copy_out",
    "get",
    "import_receipts",
    "listing",
    "match_receipts",
    "of_debt",
    "of_purchase",
    "open_copy",
    "path_of",
    "preview",
    "preview_of_path",
    "remove",
    "rename",
    "replace_file",
    "set_kind",
    "take_in",
    "total",
    "verify_all",
]

_LOADED_LATER = {
    "AttachReport": "attaching",
    "Preview": "previews",
    "ReceiptMatch": "matching",
    "attach": "attaching",
    "copy_out": "copies",
    "import_receipts": "attaching",
    "match_receipts": "matching",
    "open_copy": "copies",
    "path_of": "copies",
    "preview": "previews",
    "preview_of_path": "previews",
    "take_in": "taking",
    "verify_all": "integrity",
}
"""The module that each of the other names comes from."""


def __getattr__(name: str) -> Any:
    """Load one of the names that are not there from the beginning. Raises `AttributeError`."""
    if name not in _LOADED_LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_LOADED_LATER[name]}"), name)
    globals()[name] = found
    return found
