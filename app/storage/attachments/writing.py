"""Links between records and files, added and removed. The rows of `files` themselves are outside of undo."""

from app.storage.tables import attachments
from app.storage.write import Write


def delete_of(write: Write, column: str, chosen: str) -> int:
    """Remove the links of some owners (a temporary table of ids) and return how many there were.

    `column` says what the owners are: "purchase_id", "cover_id", "claim_id" or "debt_id".
    """
    links = write.choose_where(f"SELECT id FROM attachments WHERE {column} IN (SELECT id FROM temp.{chosen})")
    return write.delete(attachments, links) if write.size(links) else 0
