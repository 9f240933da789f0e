"""The debt that a purchase was bought on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from app.domain.debts import Debt
from app.domain.problems import Refused
from app.domain.purchases import DebtReference, Purchase, PurchaseFilter, SortBy
from app.services import bought_on, debts, purchases
from app.services.changes import Area
from app.services.filtering import where_filter
from app.services.ledger import Ledger
from tests.helpers.ledgers import bought, contents, damage, differences

OPENED = date(2025, 1, 1)


def debt(ledger: Ledger, name: str = "Visa card", **fields: Any) -> DebtReference:
    """Add a debt, and return what a purchase says of it."""
    given: dict[str, Any] = {"currency": "EUR", "opening_balance": 100_000, "opened_on": OPENED, **fields}
    id = ledger.run(debts.add(Debt(name, **given))).result
    return next(found for found in bought_on.choices(ledger) if found.id == id)


def buy(ledger: Ledger, on: DebtReference | None, **fields: Any) -> int:
    return int(ledger.run(purchases.add(bought(debt=on, **fields))).result)


def read(ledger: Ledger, id: int) -> Purchase:
    found = purchases.get(ledger, id)
    assert found is not None
    return found


def names_where(ledger: Ledger, *conditions: tuple[str, str], sort: str = "name") -> list[str]:
    wanted = where_filter(ledger, conditions)
    ids = purchases.ids(ledger, wanted, SortBy(sort, descending=False))
    return [row.name for row in purchases.rows(ledger, ids)]


def test_a_purchase_names_the_debt_it_was_bought_on(ledger: Ledger) -> None:
    visa = debt(ledger)
    id = buy(ledger, visa)
    assert read(ledger, id).debt == visa
    assert [row.debt for row in purchases.rows(ledger, [id])] == ["Visa card"]
    ledger.run(debts.set_field(visa.id, "name", "Old card"))
    assert [row.debt for row in purchases.rows(ledger, [id])] == ["Old card"]
    ledger.run(purchases.set_field(id, "debt", None))
    assert read(ledger, id).debt is None
    assert [row.debt for row in purchases.rows(ledger, [id])] == [""]


@pytest.mark.parametrize(
    "said_as",
    [
        lambda visa: DebtReference("of another name", uuid4(), visa.id),
        lambda visa: DebtReference("of another name", visa.uuid),
        lambda visa: DebtReference("  VISA   card", uuid4()),
    ],
    ids=["id", "uuid", "name"],
)
def test_a_debt_is_known_by_its_id_then_its_uuid_then_its_name(ledger: Ledger, said_as: Any) -> None:
    debt(ledger, "Other")
    visa = debt(ledger)
    assert read(ledger, buy(ledger, said_as(visa))).debt == visa


def test_of_two_debts_with_a_name_the_first_counts(ledger: Ledger) -> None:
    first, _second = debt(ledger), debt(ledger)
    assert read(ledger, buy(ledger, DebtReference("Visa card"))).debt == first


def test_a_purchase_may_be_in_another_currency_than_its_debt(ledger: Ledger) -> None:
    dollars = debt(ledger, currency="USD")
    assert read(ledger, buy(ledger, dollars, currency="JPY")).debt == dollars


def test_a_debt_that_is_not_there_is_refused(ledger: Ledger) -> None:
    visa = debt(ledger)
    id = buy(ledger, visa)
    ledger.run(debts.remove([visa.id]))
    before = contents(ledger)
    stored = read(ledger, id)
    for command in (
        purchases.add(bought(debt=visa)),
        purchases.replace_with(replace(stored, debt=visa)),
        purchases.set_field(id, "debt", visa),
        purchases.bulk_edit([id], {}, debt=visa),
    ):
        with pytest.raises(
            Refused, match="“Visa card” is not in the ledger; choose another one, or none"
        ) as no:
            ledger.run(command)
        assert [problem.field for problem in no.value.problems] == ["debt"]
    assert differences(before, contents(ledger)) == []


def test_a_debt_that_is_deleted_lets_go_of_its_purchases_and_undo_brings_them_back(ledger: Ledger) -> None:
    visa = debt(ledger)
    ids = [buy(ledger, visa), buy(ledger, debt(ledger, "Other")), buy(ledger, None)]
    before = contents(ledger)
    change = ledger.run(debts.remove([visa.id]))
    assert Area.PURCHASES in change.areas
    assert [row.debt for row in purchases.rows(ledger, ids)] == ["", "Other", ""]
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    assert [row.debt for row in purchases.rows(ledger, ids)] == ["Visa card", "Other", ""]
    ledger.redo().result()
    assert [row.debt for row in purchases.rows(ledger, ids)] == ["", "Other", ""]
    assert damage(ledger) == []


def test_a_copy_was_bought_on_the_same_debt(ledger: Ledger) -> None:
    visa = debt(ledger)
    (copy,) = ledger.run(purchases.duplicate([buy(ledger, visa)])).result[0]
    assert read(ledger, copy).debt == visa


def test_many_are_put_on_a_debt_in_one_step_and_taken_off_it(ledger: Ledger) -> None:
    visa, other = debt(ledger), debt(ledger, "Other")
    ids = [buy(ledger, None), buy(ledger, other), buy(ledger, None)]
    before = contents(ledger)
    ledger.run(purchases.bulk_edit(ids[:2], {"status": "RETURNED"}, debt=visa))
    assert [row.debt for row in purchases.rows(ledger, ids)] == ["Visa card", "Visa card", ""]
    ledger.undo().result()
    assert differences(before, contents(ledger)) == []
    ledger.run(purchases.bulk_edit(ids, {"brand": "New"}))
    assert [row.debt for row in purchases.rows(ledger, ids)] == ["", "Other", ""]
    ledger.run(purchases.bulk_edit(ids, {}, no_debt=True))
    assert [row.debt for row in purchases.rows(ledger, ids)] == ["", "", ""]


def test_debts_to_choose_from_stand_in_order_those_still_owed_first(ledger: Ledger) -> None:
    debt(ledger, "Äpfel", opening_balance=0)
    for name in ("Visa", "auto", "Zebra"):
        debt(ledger, name)
    assert [choice.name for choice in bought_on.choices(ledger)] == ["auto", "Visa", "Zebra", "Äpfel"]


def test_purchases_are_counted_by_debt(ledger: Ledger) -> None:
    visa, _unused, other = debt(ledger), debt(ledger, "Unused"), debt(ledger, "Other")
    for on in (visa, visa, other, None):
        buy(ledger, on)
    assert bought_on.counts(ledger) == {visa.id: 2, other.id: 1}


def test_a_list_is_filtered_and_sorted_by_debt(ledger: Ledger) -> None:
    buy(ledger, debt(ledger), name="Kettle")
    buy(ledger, None, name="Lamp")
    buy(ledger, debt(ledger, "auto"), name="Tyres")
    buy(ledger, debt(ledger, "VISA CARD"), name="Desk")
    assert names_where(ledger, ("debt", "visa card")) == ["Desk", "Kettle"]
    assert names_where(ledger, ("debt", "")) == ["Lamp"]
    assert names_where(ledger, ("debt", "Auto"), ("debt", "")) == ["Lamp", "Tyres"]
    assert names_where(ledger, sort="debt") == ["Lamp", "Tyres", "Kettle", "Desk"]
    with pytest.raises(Refused, match="There is no debt “Amex”; use one of auto, "):
        where_filter(ledger, [("debt", "Amex")])


def test_a_filter_by_debt_can_be_saved(ledger: Ledger) -> None:
    wanted = PurchaseFilter(debts=frozenset({0, 3}))
    assert PurchaseFilter.from_json(wanted.to_json()) == wanted
