"""Programs are recognised by their columns, and what is odd about their rows is known."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.problems import Refused
from app.domain.purchases import Purchase
from app.services.importing.plan import ImportOptions
from app.services.importing.presets import by_id, recognise
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.running import ImportReport, import_file
from app.services.ledger import Ledger

Importing = Callable[..., ImportReport]
Stored = Callable[[], list[Purchase]]


def test_every_preset_has_an_id_and_recognises_its_own_columns() -> None:
    assert len({preset.id for preset in PURCHASES.presets}) == len(PURCHASES.presets)
    for preset in PURCHASES.presets:
        assert by_id(PURCHASES.presets, preset.id) is preset
        for columns in preset.recognised_by:
            assert recognise(PURCHASES.presets, tuple(columns)) is preset


def test_other_columns_are_of_no_program() -> None:
    assert recognise(PURCHASES.presets, ("Datum", "Artikel", "Preis")) is None
    assert recognise(PURCHASES.presets, ("Product", "Price", "Currency", "Purchased on", "Colour")) is None


def test_an_unknown_or_unfitting_preset_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,Price\nLamp,1\n")
    with pytest.raises(Refused, match="There is no preset “ebay”; use counterfoil"):
        import_file(ledger, path, ImportOptions(PURCHASES, preset="ebay"))
    message = r"a\.csv is not a file of Homebox items: it has no column “HB\.name”; choose another preset, or none\."
    with pytest.raises(Refused, match=message):
        import_file(ledger, path, ImportOptions(PURCHASES, preset="homebox"))


YNAB = [
    "Account",
    "Flag",
    "Date",
    "Payee",
    "Category Group/Category",
    "Category Group",
    "Category",
    "Memo",
    "Outflow",
]


def test_ynab(import_table: Importing, bought: Stored) -> None:
    header = [*YNAB, "Inflow", "Cleared"]

    def line(day: str, payee: str, memo: str, out: str, back: str, flag: str = "") -> list[str]:
        return ["Checking", flag, day, payee, "Fun: Games", "Fun", "Games", memo, out, back, "Cleared"]

    report = import_table(
        header,
        line("03/31/2025", "Brightwell", "Chess set", "$1,012.50", "$0.00", "Red"),
        line("04/01/2025", "Brightwell", "", "$2.00", "$0.00"),
        line("04/01/2025", "Employer", "", "$0.00", "$2000.00"),
        line("04/01/2025", "Transfer : Savings", "", "$50.00", "$0.00"),
        line("04/01/2025", "Starting Balance", "", "$50.00", "$0.00"),
    )
    assert report.skipped_for == {"money received": 1, "transfer between accounts": 1, "balance": 1}
    chess, other = bought()
    assert (chess.name, chess.retailer, chess.category, chess.tags) == (
        "Chess set",
        "Brightwell",
        "Games",
        ("Red",),
    )
    assert (chess.price, chess.currency, chess.purchased_on) == (101250, "USD", date(2025, 3, 31))
    assert (chess.paid_with, chess.source) == ("Checking", "YNAB")
    assert other.name == "Brightwell"


def test_firefly(import_table: Importing, bought: Stored) -> None:
    header = [
        "journal_id",
        "type",
        "currency_code",
        "amount",
        "description",
        "date",
        "source_name",
        "destination_name",
    ]
    header += ["category", "tags", "notes"]
    rest = ["Toys", "a,b", "for the kids"]
    day = "2025-03-31T23:30:00+02:00"
    report = import_table(
        header,
        ["1", "Withdrawal", "EUR", "-12.50", "Chess set", day, "Giro", "Brightwell", *rest],
        ["2", "Deposit", "EUR", "100", "Salary", day, "Employer", "Giro", *rest],
        ["3", "Transfer", "EUR", "100", "Saving", day, "Giro", "Savings", *rest],
    )
    assert report.skipped_for == {"no withdrawal": 2}
    (chess,) = bought()
    assert (chess.name, chess.price, chess.retailer, chess.paid_with) == (
        "Chess set",
        1250,
        "Brightwell",
        "Giro",
    )
    assert (chess.purchased_on, chess.tags, chess.notes) == (date(2025, 3, 31), ("a", "b"), "for the kids")


def test_homebank_which_has_no_header(ledger: Ledger, tmp_path: Path, bought: Stored) -> None:
    path = tmp_path / "homebank.csv"
    path.write_text(
        "2025-03-31;6;card 1;Brightwell;Chess set;-12.50;Toys:Games;a b\n"
        "2025-04-01;0;;Employer;;2000.00;Salary;\n"
        "2025-04-02;5;;Savings;;-50.00;;\n"
        "2025-04-03;3;;Baker;;-3.00;Food;\n"
    )
    report = import_file(ledger, path, ImportOptions(PURCHASES))
    assert report.skipped_for == {"money received": 1, "transfer between accounts": 1}
    assert "The file was read as one of HomeBank transactions" in report.warnings[0]
    chess, bread = bought()
    assert (chess.name, chess.price, chess.retailer, chess.category) == (
        "Chess set",
        1250,
        "Brightwell",
        "Toys:Games",
    )
    assert (chess.paid_with, chess.tags, chess.notes) == ("Debit card", ("a", "b"), "card 1")
    assert (bread.name, bread.paid_with) == ("Baker", "Cash")


PAYPAL = [
    "Date",
    "Time",
    "TimeZone",
    "Name",
    "Type",
    "Status",
    "Currency",
    "Gross",
    "Fee",
    "Net",
    "Transaction ID",
]


def paypal(
    day: str, gross: str, kind: str = "Express Checkout Payment", status: str = "Completed"
) -> list[str]:
    return [day, "10:00:00", "PST", "Shop", kind, status, "USD", gross, "0.00", gross, f"T{day}{gross}"]


def test_paypal_follows_the_country_of_the_account(import_table: Importing, bought: Stored) -> None:
    report = import_table(
        PAYPAL,
        paypal("03/31/2025", "-12.50"),
        paypal("03/01/2025", "-1,000.00"),
        paypal("03/02/2025", "-5.00", "General Withdrawal"),
        paypal("03/02/2025", "5.00", "Payment Refund"),
        paypal("03/02/2025", "5.00"),
        paypal("03/02/2025", "-5.00", status="Denied"),
    )
    assert sorted(report.skipped_for.items()) == [
        ("denied", 1),
        ("money received", 1),
        ("movement inside the account", 2),
    ]
    assert [(item.price, item.purchased_on) for item in bought()] == [
        (1250, date(2025, 3, 31)),
        (100000, date(2025, 3, 1)),
    ]


def test_paypal_with_comma_decimals_is_day_first(import_table: Importing, bought: Stored) -> None:
    import_table(PAYPAL, paypal("03/04/2025", "-12,50"))
    assert bought()[0].purchased_on == date(2025, 4, 3)


AMAZON = ["Website", "Order ID", "Order Date", "Currency", "Unit Price", "Unit Price Tax", "Shipping Charge"]
AMAZON += ["Total Discounts", "Total Owed", "ASIN", "Quantity", "Order Status", "Product Name"]


def amazon(total: str, order: str = "1", name: str = "Lamp") -> list[str]:
    when = "2025-03-31T10:00:00Z"
    return [
        "Amazon.com",
        order,
        when,
        "USD",
        "10.00",
        "0.80",
        "4.99",
        "'-2.00'",
        total,
        "B1",
        "2",
        "Closed",
        name,
    ]


def test_amazon_parts_that_are_a_cent_off_are_left_out(import_table: Importing, bought: Stored) -> None:
    import_table(AMAZON, amazon("24.59"), amazon("24.60", name="Desk"))
    lamp, desk = bought()
    assert (lamp.price, lamp.unit_price, lamp.tax, lamp.shipping, lamp.discount) == (
        2459,
        1000,
        160,
        499,
        200,
    )
    assert (desk.price, desk.unit_price, desk.tax, desk.quantity) == (2460, None, None, 2)


REFUNDS = [
    "OrderID",
    "ReversalID",
    "RefundCompletionDate",
    "Currency",
    "AmountRefunded",
    "Status",
    "DisbursementType",
]


def refund(order: str, amount: str, id: str = "R1", day: str = "04/15/2025 10:00:00 UTC") -> list[str]:
    return [order, id, day, "USD", amount, "Completed", "Refund"]


def test_amazon_refunds_go_to_the_purchases_of_their_orders(import_table: Importing, bought: Stored) -> None:
    import_table(AMAZON, amazon("24.59"), amazon("50.00", name="Desk"), name="orders.csv")
    report = import_table(
        REFUNDS,
        refund("1", "50.00"),
        refund("1", "4.59", "R2"),
        refund("2", "1.00", "R3"),
        refund("1", "99.00", "R4"),
        refund("1", "1.00", "R5", "Not Applicable"),
        name="refunds.csv",
    )
    assert (report.created, report.updated, report.skipped, report.failed) == (0, 2, 1, 2)
    assert [error.reason for error in report.errors] == [
        "No purchase of this order is in the ledger; import the order history first.",
        "No purchase of this order has cost as much; enter the refund on it by hand.",
    ]
    lamp, desk = bought()
    assert [(item.amount, item.on) for item in desk.refunds] == [(5000, date(2025, 4, 15))]
    assert [item.amount for item in lamp.refunds] == [459]
    again = import_table(REFUNDS, refund("1", "50.00"), refund("1", "4.59", "R2"), name="refunds.csv")
    assert (again.updated, again.skipped) == (0, 2)


def test_homebox_without_an_end_keeps_the_words_of_the_warranty(
    import_table: Importing, bought: Stored
) -> None:
    header = [
        "HB.name",
        "HB.purchase_price",
        "HB.purchase_time",
        "HB.labels",
        "HB.warranty_details",
        "HB.notes",
    ]
    header += ["HB.warranty_expires", "HB.lifetime_warranty", "HB.description"]

    def line(**changed: Any) -> list[str]:
        row = {"name": "Lamp", "end": "0001-01-01", "life": "false", **changed}
        return [
            row["name"],
            "10",
            "2025-03-31",
            "a; b",
            "keep the box",
            "note",
            row["end"],
            row["life"],
            "big",
        ]

    import_table(header, line(), line(name="Desk", life="true"), line(name="Chair", end="2027-03-31"))
    lamp, desk, chair = bought()
    assert (lamp.covers, lamp.notes, lamp.tags) == ((), "big\nnote\nWarranty: keep the box", ("a", "b"))
    assert [(cover.kind, cover.ends_on, cover.notes) for cover in desk.covers] == [
        ("LIFETIME", None, "keep the box")
    ]
    assert [(cover.kind, cover.ends_on) for cover in chair.covers] == [("LIMITED", date(2027, 3, 31))]


def test_warracker_with_an_end_of_its_own(import_table: Importing, bought: Stored) -> None:
    header = [
        "ProductName",
        "PurchaseDate",
        "IsLifetime",
        "WarrantyDurationYears",
        "ExpirationDate",
        "PurchasePrice",
    ]
    import_table(
        header,
        ["Lamp", "2025-03-31", "false", "0", "2026-05-05", "10"],
        ["Desk", "2025-03-31", "true", "0", "", "10"],
        ["Chair", "2025-03-31", "false", "0", "", "10"],
    )
    lamp, desk, chair = bought()
    assert [cover.ends_on for cover in lamp.covers] == [date(2026, 5, 5)]
    assert [cover.kind for cover in desk.covers] == ["LIFETIME"]
    assert chair.covers == ()
