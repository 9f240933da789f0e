"""Making, changing and closing claims from anywhere in the window. The dialogs are loaded when one is opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app.services import claims, warranties
from app.services.ledger import Interrupt, Ledger
from app.ui.i18n import tr

if TYPE_CHECKING:
    from app.domain.claims import Claim
    from app.services.warranties import CoverRow
    from app.ui.records.dialog import RecordDialog
    from app.ui.session import Session

T = TypeVar("T")


def claim_on(session: "Session", cover_id: int) -> None:
    """Ask for a new claim on a cover, and record it."""

    def open_dialog(row: "CoverRow") -> None:
        from app.ui.warranties.claim_dialogs import ClaimDialog

        _open(ClaimDialog(session, row))

    _with(session, lambda ledger: warranties.get(ledger, cover_id), open_dialog)


def claim_on_purchase(session: "Session", purchase_id: int) -> None:
    """Ask for a new claim on a cover of a purchase, the one that reaches furthest unless another one is chosen."""

    def read(ledger: Ledger) -> "list[CoverRow] | None":
        held = warranties.still_covered(ledger, purchase_id)
        known = {row.id for row in held}
        others = [row for row in warranties.of_purchase(ledger, purchase_id) if row.id not in known]
        return [*held, *others] or None

    def open_dialog(rows: "list[CoverRow]") -> None:
        from app.ui.warranties.claim_dialogs import ClaimDialog

        _open(ClaimDialog(session, rows[0], choices=rows))

    _with(session, read, open_dialog)


def change_claim(session: "Session", claim_id: int) -> None:
    """Open a claim to be changed."""

    def open_dialog(found: "tuple[Claim, CoverRow]") -> None:
        from app.ui.warranties.claim_dialogs import ClaimDialog

        claim, row = found
        _open(ClaimDialog(session, row, claim))

    _with(session, lambda ledger: _claim(ledger, claim_id), open_dialog)


def close_claim(session: "Session", claim_id: int) -> None:
    """Ask how a claim ended, and whether a new warranty starts with that."""

    def open_dialog(found: "tuple[Claim, CoverRow]") -> None:
        from app.ui.warranties.close_dialog import CloseDialog

        claim, row = found
        _open(CloseDialog(session, row, claim))

    _with(session, lambda ledger: _claim(ledger, claim_id), open_dialog)


def delete_claim(session: "Session", claim_id: int) -> None:
    """Delete a claim; undo brings it back."""
    if not session.ledger.read_only:
        session.bridge.run_command(claims.remove([claim_id]))


def _claim(ledger: Ledger, claim_id: int) -> "tuple[Claim, CoverRow] | None":
    claim = claims.get(ledger, claim_id)
    row = warranties.get(ledger, claim.cover_id) if claim is not None else None
    return (claim, row) if claim is not None and row is not None else None


def _with(session: "Session", read: Callable[[Ledger], T | None], then: Callable[[T], None]) -> None:
    """Read what a dialog shows, then open it."""
    ledger = session.ledger
    if ledger.read_only:
        return

    def take(found: T | None) -> None:
        if found is None:
            session.notify(tr("It was deleted meanwhile."))
        else:
            then(found)

    def asked(_interrupt: Interrupt) -> T | None:
        return read(ledger)

    session.bridge.read(asked, take, key="claims.form")


def _open(dialog: "RecordDialog") -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
