"""Covers and claims removed with what hangs on them."""

from app.storage.attachments import writing as attachments
from app.storage.tables import claims, covers
from app.storage.write import Write


def delete_covers(write: Write, chosen: str) -> int:
    """Remove covers (a temporary table of ids) with their claims and attachments, and return how many there were.

    A claim on another cover that started one of them stays, and no longer names it.
    """
    attachments.delete_of(write, "cover_id", chosen)
    delete_claims(
        write, write.choose_where(f"SELECT id FROM claims WHERE cover_id IN (SELECT id FROM temp.{chosen})")
    )
    started = write.choose_where(
        f"SELECT id FROM claims WHERE new_cover_id IN (SELECT id FROM temp.{chosen})"
    )
    if write.size(started):
        write.update(claims, started, {"new_cover_id": None})
    return write.delete(covers, chosen)


def delete_claims(write: Write, chosen: str) -> int:
    """Remove claims (a temporary table of ids) with their attachments, and return how many there were."""
    if not write.size(chosen):
        return 0
    attachments.delete_of(write, "claim_id", chosen)
    return write.delete(claims, chosen)
