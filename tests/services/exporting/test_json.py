"""Purchases as JSON: one document that says what it is, pretty or a line a purchase."""

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest

from app import __version__
from app.domain.purchases import Purchase, Refund
from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.domain.warranties import Cover, Duration, cover_for
from app.services import purchases
from app.services.exporting import ExportFormat, ExportOptions, export_file
from app.services.exporting import purchases as exporting
from app.services.ledger import Ledger
from tests.helpers.ledgers import add_all, bought


def text_of(ledger: Ledger, **options: Any) -> str:
    target = BytesIO()
    export_file(ledger, target, ExportOptions(exporting.PURCHASES, ExportFormat.JSON, **options))
    return target.getvalue().decode()


def test_the_head_says_what_the_file_is(ledger: Ledger) -> None:
    document = json.loads(text_of(ledger))
    head = document["counterfoil"]
    assert datetime.fromisoformat(head.pop("exported_at")).tzinfo is not None
    assert head == {"format": 1, "app_version": __version__, "kind": "purchases", "ledger": ""}
    assert document["purchases"] == []
    assert json.loads(text_of(ledger, pretty=True))["purchases"] == []


def test_every_stored_field_is_a_key_with_its_own_type(ledger: Ledger) -> None:
    ledger.run(
        purchases.add(
            Purchase(
                "Lamp “=1”",
                4370,
                "EUR",
                date(2026, 3, 14),
                tags=("b", "a,b"),
                order_line=3,
                covers=(
                    cover_for(date(2026, 3, 14), Duration(2)),
                    Cover(date(2026, 1, 1), kind="LIFETIME", voided=True),
                ),
                refunds=(Refund(date(2026, 4, 1), 370, 1, "scratched"),),
            )
        )
    )
    (found,) = json.loads(text_of(ledger))["purchases"]
    assert list(found) == [field.attribute for field in EXCHANGE_FIELDS if not field.derived]
    assert found["name"] == "Lamp “=1”"
    assert (found["price"], found["unit_price"], found["quantity"], found["order_line"]) == (
        "43.70",
        None,
        1,
        3,
    )
    assert found["tags"] == ["a,b", "b"]
    assert (found["retailer"], found["return_by"], found["notes"]) == ("", None, "")
    lifetime, limited = found["covers"]
    assert (lifetime["kind"], lifetime["ends_on"], lifetime["voided"]) == ("LIFETIME", None, True)
    assert (limited["ends_on"], limited["duration"], limited["voided"]) == ("2028-03-14", "P24M", False)
    (refund,) = found["refunds"]
    assert (refund["on"], refund["amount"], refund["quantity"], refund["note"]) == (
        "2026-04-01",
        "3.70",
        1,
        "scratched",
    )


def test_pretty_and_compact_files_say_the_same(ledger: Ledger) -> None:
    ledger.run(
        add_all([[bought(f"Lamp {number}\u2028\x85", notes="a\nb", tags=("x",)) for number in range(1_203)]])
    )
    compact, pretty = text_of(ledger), text_of(ledger, pretty=True)
    assert json.loads(compact)["purchases"] == json.loads(pretty)["purchases"]
    assert compact.count("\n") == 1_203 + 2
    assert pretty == json.dumps(json.loads(pretty), ensure_ascii=False, indent=2) + "\n"


def test_derived_columns_come_only_by_name(ledger: Ledger) -> None:
    ledger.run(purchases.add(bought("Kettle")))
    (found,) = json.loads(text_of(ledger, columns=("name", "refunded", "covered_until")))["purchases"]
    assert found == {"name": "Kettle", "refunded": "0.00", "covered_until": None}


@pytest.mark.parametrize("pretty", [False, True])
def test_texts_are_written_as_they_are(ledger: Ledger, pretty: bool) -> None:
    ledger.run(purchases.add(bought("日本語 😀 עברית", notes='"\\/\tx')))
    text = text_of(ledger, pretty=pretty)
    assert "日本語 😀 עברית" in text
    assert json.loads(text)["purchases"][0]["notes"] == '"\\/\tx'
