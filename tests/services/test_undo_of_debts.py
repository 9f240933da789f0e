"""Random commands on debts and scenarios with undo and redo between them: every state is met again to the byte."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.domain.debts import (
    BalanceEntry,
    BalanceSource,
    Debt,
    DebtKind,
    FixedMinimum,
    Payment,
    PercentMinimum,
    TermEnd,
)
from app.domain.debts.plan import OneOff
from app.domain.debts.scenario import Scenario
from app.domain.months import Month
from app.domain.problems import Refused
from app.domain.purchases import PurchaseFilter, SortBy
from app.services import bought_on, debts, plans, purchases, scenarios
from tests.helpers.ledgers import bought
from tests.helpers.undo_machine import UndoMachine

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
AMOUNTS = st.sampled_from([0, 1, 5000, 5000, 99_99, 120_000])
NAMES = st.sampled_from(["Visa card", "Auto", "Ünïcode", "Loan"])
MINIMUMS = st.sampled_from(
    [FixedMinimum(2500), PercentMinimum(Decimal("2.5"), 1000, True), TermEnd(date(2029, 5, 1))]
)


@st.composite
def drawn_debts(draw: st.DrawFn) -> Debt:
    return Debt(
        name=draw(NAMES),
        currency=draw(st.sampled_from(["EUR", "USD", "JPY"])),
        opening_balance=draw(AMOUNTS),
        opened_on=draw(DAYS),
        apr=draw(st.sampled_from([Decimal(0), Decimal("19.99"), Decimal("4.125")])),
        minimum=draw(MINIMUMS),
        kind=draw(st.sampled_from(DebtKind)),
        due_day=draw(st.none() | st.integers(1, 31)),
    )


class UndoOfDebts(UndoMachine):
    """Debts, payments, balances, scenarios, and purchases that were bought on a debt."""

    def known(self) -> list[Debt]:
        return debts.all_debts(self.ledger)

    def one(self, data: st.DataObject) -> Debt:
        return data.draw(st.sampled_from(self.known()))

    def attempt(self, make: Any) -> None:
        """Run a command unless it is refused before it runs."""
        try:
            command = make()
        except Refused:
            return
        self.run(command)

    @rule(debt=drawn_debts(), balance=st.none() | AMOUNTS)
    def add(self, debt: Debt, balance: int | None) -> None:
        self.attempt(lambda: debts.add(debt, balance, date(2026, 6, 1)))

    @precondition(lambda self: self.known())
    @rule(data=st.data(), debt=drawn_debts())
    def replace_with(self, data: st.DataObject, debt: Debt) -> None:
        present = self.one(data)
        self.attempt(lambda: debts.replace_with(replace(debt, id=present.id, uuid=present.uuid)))

    @precondition(lambda self: self.known())
    @rule(data=st.data(), value=st.sampled_from([("name", "Renamed"), ("apr", Decimal("7.5")), ("rank", 2)]))
    def set_field(self, data: st.DataObject, value: tuple[str, Any]) -> None:
        self.run(debts.set_field(self.one(data).id, *value))

    @precondition(lambda self: self.known())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.run(debts.remove([self.one(data).id]))

    @precondition(lambda self: self.known())
    @rule(data=st.data())
    def duplicate(self, data: st.DataObject) -> None:
        self.run(debts.duplicate([self.one(data).id]))

    @precondition(lambda self: self.known())
    @rule(data=st.data(), day=DAYS, amount=AMOUNTS, after=st.none() | AMOUNTS)
    def pay(self, data: st.DataObject, day: date, amount: int, after: int | None) -> None:
        payment = Payment(self.one(data).id, day, amount)
        self.attempt(lambda: debts.record_payment(payment, after))

    @precondition(lambda self: self.known())
    @rule(data=st.data(), day=DAYS, amount=AMOUNTS)
    def change_or_remove_payment(self, data: st.DataObject, day: date, amount: int) -> None:
        for payment in debts.payments(self.ledger, self.one(data).id)[:1]:
            if data.draw(st.booleans()):
                self.run(debts.remove_payments([payment.id]))
            else:
                self.run(debts.change_payment(replace(payment, paid_on=day, amount=amount)))

    @precondition(lambda self: self.known())
    @rule(data=st.data(), day=DAYS, balance=AMOUNTS)
    def state_balance(self, data: st.DataObject, day: date, balance: int) -> None:
        entry = BalanceEntry(self.one(data).id, day, balance, BalanceSource.STATEMENT)
        self.attempt(lambda: debts.record_balance(entry))

    @precondition(lambda self: self.known())
    @rule(data=st.data(), day=DAYS, balance=AMOUNTS)
    def change_or_remove_balance(self, data: st.DataObject, day: date, balance: int) -> None:
        entry = data.draw(st.sampled_from(debts.history(self.ledger, self.one(data).id)))
        if data.draw(st.booleans()):
            self.attempt(lambda: debts.remove_balances([entry.id]))
        else:
            self.attempt(lambda: debts.change_balance(replace(entry, recorded_on=day, balance=balance)))

    @rule(name=NAMES, currency=st.sampled_from(["EUR", "USD"]), extra=AMOUNTS)
    def save_scenario(self, name: str, currency: str, extra: int) -> None:
        start = Month(2026, 7)
        snapshot = plans.todays_debts(self.ledger, currency, start)
        one_offs = (OneOff(Month(2026, 9), 5000, snapshot[0].identity),) if snapshot else ()
        self.run(
            scenarios.save(Scenario(name, currency, "avalanche", start, snapshot, extra, None, one_offs))
        )

    @precondition(lambda self: scenarios.count(self.ledger))
    @rule(data=st.data(), name=NAMES)
    def change_scenario(self, data: st.DataObject, name: str) -> None:
        chosen = data.draw(st.sampled_from(scenarios.all_scenarios(self.ledger)))
        today = plans.todays_debts(self.ledger, chosen.currency)
        self.run(
            data.draw(
                st.sampled_from(
                    [
                        scenarios.save(replace(chosen, extra=7)),
                        scenarios.save_version(chosen.id, today, Month(2026, 8)),
                        scenarios.duplicate(chosen.id),
                        scenarios.rename(chosen.id, name),
                        scenarios.remove([chosen.id]),
                        scenarios.put_in_use(chosen.id, date(2026, 6, 1)),
                        scenarios.put_out_of_use(chosen.id),
                    ]
                )
            )
        )

    @rule(data=st.data())
    def buy(self, data: st.DataObject) -> None:
        on = data.draw(st.sampled_from([None, *bought_on.choices(self.ledger)]))
        self.run(purchases.add(bought(debt=on)))

    @precondition(lambda self: purchases.count(self.ledger))
    @rule(data=st.data())
    def put_all_on_a_debt_or_none(self, data: st.DataObject) -> None:
        on = data.draw(st.sampled_from([None, *bought_on.choices(self.ledger)]))
        everything = purchases.ids(self.ledger, PurchaseFilter(), SortBy())
        self.run(purchases.bulk_edit(everything, {}, debt=on, no_debt=on is None))

    @invariant()
    def a_payment_takes_its_amount_off_what_was_owed(self) -> None:
        amounts = {payment.id: payment.amount for payment in debts.all_payments(self.ledger)}
        for entries in debts.histories(self.ledger).values():
            assert entries[0].source is BalanceSource.OPENING
            for before, entry in pairwise(entries):
                if entry.payment_id is not None:
                    assert entry.balance == max(before.balance - amounts[entry.payment_id], 0)

    @invariant()
    def one_scenario_a_currency_is_in_use(self) -> None:
        used = [one.currency for one in scenarios.every_version(self.ledger) if one.in_use_since]
        assert len(used) == len(set(used))


TestUndoOfDebts = UndoOfDebts.TestCase
TestUndoOfDebts.settings = settings(
    max_examples=min(500, settings.default.max_examples * 2 // 5), stateful_step_count=25
)
