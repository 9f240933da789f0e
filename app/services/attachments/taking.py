"""Takes files into the ledger's store: their bytes, what they are, and what a PDF says."""

from pathlib import Path

from app.services.attachments.media import HEAD, media_type_of
from app.services.attachments.pdf import PDF, pdf_text
from app.services.attachments.records import name_of
from app.services.jobs import JobContext
from app.services.ledger import Ledger, NotWritable
from app.storage.attachments.writing import NewFile


def take_in(ledger: Ledger, path: Path, context: JobContext) -> NewFile:
    """Put the bytes of a file into the store, once for each content, and return it ready to be hung on records.

    Raises `Refused` for what is no readable file of 1 byte up to 100 MB, `EnvironmentProblem`, and `Cancelled`.
    What is taken in and never hung on a record is freed when the ledger is closed.
    """
    if ledger.read_only:
        raise NotWritable(
            f"The ledger in {ledger.path} is open for reading only. Open it for writing to attach files."
        )
    stored = ledger.store.put(path, lambda _bytes: context.check())
    context.check()
    with ledger.store.open(stored.sha256) as file:
        media_type = media_type_of(path.name, file.read(HEAD))
    text = pdf_text(ledger.store.place(stored.sha256)) if media_type == PDF else ""
    context.check()
    return NewFile(path, name_of(path), stored.sha256, stored.size, media_type, text)
