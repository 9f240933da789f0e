"""What a user can do with receipts, manuals and other files. Functions take the ledger; commands come from factories.

A file is first taken in, which puts its bytes into the store, and then hung on records by a command.
"""

from app.services.attachments.attaching import AttachReport, attach, import_receipts
from app.services.attachments.copies import copy_out, open_copy, path_of
from app.services.attachments.integrity import verify_all
from app.services.attachments.matching import ReceiptMatch, match_receipts
from app.services.attachments.previews import Preview, preview, preview_of_path
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
from app.services.attachments.taking import take_in
from app.storage.attachments.writing import NewFile
from app.storage.errors import Unavailable

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
