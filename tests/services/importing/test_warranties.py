"""Tables of warranties of any origin: whose purchase a row means, how long it lasts, and what is wrong with it."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.claims import ClaimState
from app.domain.warranties import Cover, CoverFilter, Duration, SortBy, add_duration
from app.services import claims, kinds, purchases, warranties
from app.services.importing.plan import ImportOptions
from app.services.importing.readers import ReadOptions
from app.services.importing.recognition import recognised_kind
from app.services.importing.report import ImportReport
from app.services.importing.running import import_file
from app.services.ledger import Ledger
from tests.helpers.ledgers import add_all, bought, contents, damage, differences


@pytest.fixture
def shelf(ledger: Ledger) -> Ledger:
    """A lamp, two kettles of different days, and two equal chairs."""
    ledger.run(
        add_all(
            [
                [
                    bought("Desk lamp", purchased_on=date(2026, 1, 31)),
                    bought("Kettle", purchased_on=date(2026, 3, 14)),
                    bought("Kettle", purchased_on=date(2026, 5, 1)),
                    bought("Chair", purchased_on=date(2026, 6, 1)),
                    bought("Chair", purchased_on=date(2026, 6, 1)),
                ]
            ]
        )
    )
    return ledger


def take_in(ledger: Ledger, text: str, folder: Path, duplicates: str = "skip") -> ImportReport:
    path = folder / "warranties.csv"
    path.write_text(text, encoding="utf-8")
    options = ImportOptions(kinds.importing("warranties"), duplicates=duplicates)
    return import_file(ledger, path, options)


def covers_of(ledger: Ledger) -> list[tuple[int, Cover]]:
    rows = warranties.rows(ledger, warranties.ids(ledger, CoverFilter(), SortBy("starts_on")))
    return [(row.purchase_id, row.cover) for row in rows]


def test_a_german_table_is_understood_by_its_headers(shelf: Ledger, tmp_path: Path) -> None:
    report = take_in(
        shelf,
        "Gerät;Kaufdatum;Garantieart;Garantie Jahre;Garantiegeber;Vertragsnummer\n"
        "desk LAMP;31.01.2026;Gewährleistung;2;IKEA;\n"
        "Kettle;14.03.2026;Anschlussgarantie;3;Allianz;A-17\n"
        "Kettle;01.05.2026;Werksgarantie;1;;\n",
        tmp_path,
    )
    assert (report.created, report.failed) == (3, 0), report.errors
    lamp, kettle, other = covers_of(shelf)
    assert lamp == (1, lamp[1])
    assert (lamp[1].kind, lamp[1].starts_on, lamp[1].ends_on) == (
        "STATUTORY",
        date(2026, 1, 31),
        date(2028, 1, 31),
    )
    assert lamp[1].duration == Duration(2)
    assert (kettle[0], kettle[1].kind, kettle[1].provider, kettle[1].policy_number) == (
        2,
        "EXTENDED",
        "Allianz",
        "A-17",
    )
    assert (other[0], other[1].kind) == (3, "Werksgarantie")
    stored = purchases.rows(shelf, [2])[0]
    assert stored.covered_until == date(2029, 3, 14)


@pytest.mark.parametrize(
    ("told", "duration"),
    [
        ("24 months", Duration(2)),
        ("1 year", Duration(1)),
        ("1 year and 6 months", Duration(1, 6)),
        ("2 Jahre", Duration(2)),
        ("18 mois", Duration(1, 6)),
        ("2 años y 3 meses", Duration(2, 3)),
        ("90 Tage", Duration(days=90)),
        ("3 yrs.", Duration(3)),
        ("P24M", Duration(2)),
    ],
)
def test_a_length_may_be_told_in_words(shelf: Ledger, tmp_path: Path, told: str, duration: Duration) -> None:
    report = take_in(shelf, f"Product,Duration\nDesk lamp,{told}\n", tmp_path)
    assert report.errors == []
    ((_, cover),) = covers_of(shelf)
    assert (cover.duration, cover.ends_on) == (duration, add_duration(date(2026, 1, 31), duration))
    before = contents(shelf)
    take_in(shelf, f"Product,Duration\nDesk lamp,{told}\n", tmp_path, "update")
    assert differences(before, contents(shelf)) == []


@pytest.mark.parametrize("told", ["24", "-5 days", "1.5 years", "1 year 1 year", "2 moons", "P3M-5D"])
def test_a_length_that_is_none_is_told_with_one_that_is(shelf: Ledger, tmp_path: Path, told: str) -> None:
    report = take_in(shelf, f"Product,Duration\nDesk lamp,{told}\n", tmp_path)
    assert (report.created, report.failed) == (0, 1)
    assert report.errors[0].reason == f"“{told}” is not a duration; write 24 months, or P24M."


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Toaster,,2027-01-01", "Product", "No purchase of the ledger is called “Toaster”; import"),
        ("Kettle,2026-03-15,2027-01-01", "Product", "called “Kettle” bought on 2026-03-15; import"),
        ("Kettle,,2027-01-01", "Product", "2 purchases are called “Kettle”; add a column with the day of"),
        (
            "Chair,2026-06-01,2027-01-01",
            "Product",
            "2 purchases are called “Chair” bought on 2026-06-01; add",
        ),
        (",2026-06-01,2027-01-01", "Product", "The product is missing"),
        ("Desk lamp,,", "Warranty until", "Enter when the warranty ends, or how long it lasts."),
        ("Desk lamp,,2025-01-01", "Warranty until", "ends before it starts"),
        ("Desk lamp,,30.02.2027", "Warranty until", "30.02.2027"),
    ],
)
def test_a_row_that_fits_no_purchase_or_is_no_warranty_is_told_at_its_cell(
    shelf: Ledger, tmp_path: Path, row: str, column: str, reason: str
) -> None:
    before = contents(shelf)
    report = take_in(shelf, f"Product,Purchase date,Warranty until\n{row}\n", tmp_path)
    (error,) = report.errors
    assert (error.line, error.column) == (2, column)
    assert reason in error.reason
    assert differences(before, contents(shelf)) == []


def test_bad_rows_keep_no_good_one_out(shelf: Ledger, tmp_path: Path) -> None:
    text = "Product,Warranty until\nDesk lamp,2028-01-31\nToaster,2028-01-31\n"
    report = take_in(shelf, text, tmp_path)
    assert (report.created, report.failed) == (1, 1)
    shelf.undo().result()
    assert warranties.count(shelf) == 0


def test_a_lifetime_is_told_by_its_kind_or_by_a_yes(shelf: Ledger, tmp_path: Path) -> None:
    text = "Product,Type,Lifetime warranty,Months\nDesk lamp,Lifetime,,\nDesk lamp,Parts,yes,\nDesk lamp,Labor,,18\n"
    report = take_in(shelf, text, tmp_path)
    assert (report.created, report.failed) == (3, 0), report.errors
    found = sorted((cover.kind, cover.ends_on) for _, cover in covers_of(shelf) if cover.ends_on)
    assert found == [("LABOUR", date(2027, 7, 31))]
    assert [cover.ends_on for _, cover in covers_of(shelf)].count(None) == 2


def test_what_is_there_already_is_skipped_updated_or_added(shelf: Ledger, tmp_path: Path) -> None:
    head = "Product,Type,Warranty from,Warranty until,Provider,Notes\n"
    take_in(shelf, head + "Desk lamp,Limited,2026-02-01,2028-01-31,Ikea,\n", tmp_path)
    again = head + "Desk lamp,Limited,2026-02-01,2028-01-31,IKEA,bulb excluded\n"
    assert take_in(shelf, again, tmp_path).skipped == 1
    assert covers_of(shelf)[0][1].notes == ""
    assert take_in(shelf, again, tmp_path, "update").updated == 1
    assert (covers_of(shelf)[0][1].provider, covers_of(shelf)[0][1].notes) == ("IKEA", "bulb excluded")
    assert take_in(shelf, again, tmp_path, "add").created == 1
    twice = again + "Desk lamp,Limited,2026-02-01,2028-01-31,IKEA,\n" * 2
    report = take_in(shelf, twice, tmp_path)
    assert (report.created, report.skipped) == (1, 2)


def test_an_update_says_nothing_of_what_the_table_does_not_tell(shelf: Ledger, tmp_path: Path) -> None:
    head = "Product,Type,Warranty from,Warranty until,Provider\n"
    row = "Desk lamp,Limited,2026-02-01,2028-01-31,Ikea\n"
    take_in(shelf, head + row, tmp_path)
    (id,) = warranties.ids(shelf, CoverFilter(), SortBy())
    shelf.run(warranties.void([id]))
    shelf.run(warranties.set_field(id, "notes", "kept"))
    assert take_in(shelf, head + row, tmp_path, "update").updated == 1
    cover = covers_of(shelf)[0][1]
    assert (cover.voided, cover.notes) == (True, "kept")


def test_claims_come_as_json_and_bad_ones_are_told(shelf: Ledger, tmp_path: Path) -> None:
    head = "Product,Warranty until,Claims\n"
    good = '[{""opened_on"":""2026-05-01"",""number"":""R-1"",""state"":""sent_in""}]'
    report = take_in(shelf, f'{head}Desk lamp,2028-01-31,"{good}"\n', tmp_path)
    assert (report.created, report.failed) == (1, 0), report.errors
    (claim,) = claims.of_purchase(shelf, 1)
    assert (claim.opened_on, claim.number, claim.state) == (date(2026, 5, 1), "R-1", ClaimState.SENT_IN)
    for bad, reason in (
        ("[1]", "not a list of objects"),
        ("{", "is not JSON"),
        ('[{""number"":""R""}]', "opened_on"),
        ('[{""opened_on"":""2026-05-01"",""state"":""LOST""}]', "OPEN, SENT_IN, CLOSED"),
        ('[{""opened_on"":""2026-05-01"",""state"":""CLOSED""}]', "Choose how the claim ended"),
        (
            '[{""opened_on"":""2026-05-01"",""new_warranty"":""01890a5d-ac96-774b-bcce-b302099a8057""}]',
            "Only a repair",
        ),
    ):
        report = take_in(shelf, f'{head}Desk lamp,2028-02-28,"{bad}"\n', tmp_path)
        (error,) = report.errors
        assert (error.column, reason in error.reason) == ("Claims", True), error
    assert damage(shelf) == []


def test_a_uuid_of_another_purchase_or_given_twice_is_refused(shelf: Ledger, tmp_path: Path) -> None:
    head = "Product,Warranty until,UUID\n"
    uuid = "01890a5d-ac96-774b-bcce-b302099a8057"
    report = take_in(shelf, f"{head}Desk lamp,2028-01-31,{uuid}\nDesk lamp,2029-01-31,{uuid}\n", tmp_path)
    assert (report.created, report.failed) == (1, 1)
    assert "earlier row" in report.errors[0].reason
    text = f"Product,Purchase date,Warranty until,UUID\nKettle,2026-03-14,2028-01-31,{uuid}\n"
    report = take_in(shelf, text, tmp_path)
    assert "on another purchase" in report.errors[0].reason
    added = take_in(shelf, text, tmp_path, "add")
    assert (added.created, added.failed) == (1, 0)


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("Gerät,Garantiebeginn,Garantie bis", "Lampe,2026-01-31,2028-01-31", "warranties"),
        ("Product,Provider,Policy number,Expires", "Lamp,Acme,P-1,2028-01-31", "warranties"),
        ("Product,Price,Date,Warranty until", "Lamp,39.90,2026-01-31,2028-01-31", "purchases"),
        ("Name,Type,Balance,End date", "Visa,Card,100,2028-01-31", "debts"),
    ],
)
def test_a_table_is_taken_for_what_its_columns_are_called(
    tmp_path: Path, header: str, row: str, kind: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert recognised_kind(kinds.imported(), path, ReadOptions()).key == kind
