"""References to what is not there, as damage leaves them behind: found, and let go of without more than that lost."""

import sqlite3
from datetime import date
from pathlib import Path

from app.domain.attachments import Owner, OwnerKind
from app.domain.claims import Claim, ClaimOutcome
from app.domain.warranties import Cover, Duration, cover_for
from app.services import attachments, check, claims, purchases, warranties
from app.services.jobs import JobContext
from app.services.ledger import Ledger
from app.storage.database import DATABASE_NAME
from tests.helpers.files import written
from tests.helpers.ledgers import bought, damage, opened

BOUGHT = date(2026, 3, 14)


def two_years() -> Cover:
    return cover_for(BOUGHT, Duration(years=2))


def lose(folder: Path, statement: str) -> None:
    """Remove rows as damage does: what refers to them stays."""
    with sqlite3.connect(folder / DATABASE_NAME) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
    connection.close()


def mend(ledger: Ledger) -> None:
    found = check.find(ledger)
    assert found
    assert all(finding.mendable for finding in found)
    ledger.run(check.mend(ledger, found))
    assert damage(ledger) == []


def test_a_claim_outlives_the_warranty_that_it_started(tmp_path: Path, ledger: Ledger) -> None:
    purchase = ledger.run(purchases.add(bought())).result
    cover = ledger.run(warranties.add(purchase, two_years())).result
    claim = ledger.run(claims.open_claim(Claim(BOUGHT, "R-1", cover_id=cover))).result
    started = ledger.run(claims.close(claim, ClaimOutcome.REPLACED, BOUGHT, new_cover=two_years())).result
    ledger.close()
    lose(ledger.path, f"DELETE FROM covers WHERE id = {started}")
    with opened(ledger.path) as again:
        mend(again)
        (kept,) = claims.of_cover(again, cover)
        assert (kept.number, kept.outcome, kept.new_cover_id) == ("R-1", ClaimOutcome.REPLACED, None)


def test_a_file_of_a_lost_claim_stays_with_its_purchase(tmp_path: Path, ledger: Ledger) -> None:
    purchase = ledger.run(purchases.add(bought())).result
    cover = ledger.run(warranties.add(purchase, two_years())).result
    claim = ledger.run(claims.open_claim(Claim(BOUGHT, cover_id=cover))).result
    letter = written(tmp_path / "letter.txt", b"We shall repair it.")
    for owner in (Owner(OwnerKind.CLAIM, claim), Owner(OwnerKind.WARRANTY, cover)):
        attachments.attach(ledger, owner, [letter], JobContext())
    ledger.close()
    lose(ledger.path, "DELETE FROM claims")
    lose(ledger.path, "DELETE FROM covers")
    with opened(ledger.path) as again:
        mend(again)
        files = attachments.listing(again, Owner(OwnerKind.PURCHASE, purchase))
        assert [file.name for file in files] == ["letter.txt", "letter.txt"]
        assert attachments.path_of(again, files[0]).read_bytes() == b"We shall repair it."


def test_what_is_nothing_without_its_record_goes_with_it(tmp_path: Path, ledger: Ledger) -> None:
    purchase = ledger.run(purchases.add(bought(covers=(two_years(),), retailer="IKEA"))).result
    other = ledger.run(purchases.add(bought("Lamp", retailer="Habitat"))).result
    attachments.attach(
        ledger, Owner(OwnerKind.PURCHASE, purchase), [written(tmp_path / "r.txt", b"1")], JobContext()
    )
    ledger.close()
    lose(ledger.path, f"DELETE FROM purchases WHERE id = {purchase}")
    lose(ledger.path, "DELETE FROM retailers")
    with opened(ledger.path) as again:
        mend(again)
        assert warranties.count(again) == 0
        assert attachments.of_purchase(again, purchase) == []
        kept = purchases.get(again, other)
        assert kept is not None
        assert (kept.name, kept.retailer) == ("Lamp", "")
