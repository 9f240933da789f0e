"""Debts, payments, balances and scenarios as kinds of records that files can hold."""

from collections.abc import Callable

from sqlalchemy import Table

from app.domain.exchange import ExchangeField
from app.domain.exchange_debts import BALANCE_FIELDS, DEBT_FIELDS, PAYMENT_FIELDS, SCENARIO_FIELDS
from app.services import debts
from app.services.changes import Area
from app.services.importing.debts import targets
from app.services.importing.debts.history import balance_maker, payment_maker
from app.services.importing.debts.keeping import BalanceKeeper, DebtKeeper, PaymentKeeper, ScenarioKeeper
from app.services.importing.debts.making import debt_maker
from app.services.importing.debts.scenario_rows import scenario_maker
from app.services.importing.debts.words import BALANCE_HEADERS, DEBT_HEADERS, PAYMENT_HEADERS
from app.services.importing.kind import ImportKind
from app.services.importing.presets.counterfoil import own_presets
from app.services.importing.samples import HeaderIndex
from app.services.ledger import Ledger
from app.storage.debts.bulk import count_of
from app.storage.tables import balance_entries, payments, scenarios


def _counter(table: Table) -> Callable[[Ledger], int]:
    return lambda ledger: ledger.read(lambda reader: count_of(reader, table))


DEBTS = ImportKind(
    key="debts",
    one="debt",
    many="debts",
    area=Area.DEBTS,
    targets=targets.DEBT_TARGETS,
    headers=DEBT_HEADERS,
    presets=own_presets(
        DEBT_FIELDS,
        headers=("Name", "Opening balance", "Currency", "Opened on"),
        attributes=("name", "opening_balance", "currency", "opened_on", "uuid"),
    ),
    maker=debt_maker,
    keeper=DebtKeeper,
    count=debts.count,
    by_content=(("name", "words"), ("balance", "amount")),
    repeated=frozenset({"currency", "kind", "creditor", "minimum_rule"}),
)

PAYMENTS = ImportKind(
    key="payments",
    one="payment",
    many="payments",
    area=Area.DEBTS,
    targets=targets.PAYMENT_TARGETS,
    headers=PAYMENT_HEADERS,
    presets=own_presets(
        PAYMENT_FIELDS,
        headers=("Debt", "Paid on", "Amount"),
        attributes=("debt", "paid_on", "amount", "uuid"),
    ),
    maker=payment_maker,
    keeper=PaymentKeeper,
    count=_counter(payments),
    by_content=(("paid_on", "date"), ("amount", "amount"), ("debt", "words")),
    repeated=frozenset({"debt", "debt_uuid", "currency", "paid_on"}),
    asks_currency=False,
)

BALANCES = ImportKind(
    key="balances",
    one="balance",
    many="balances",
    area=Area.DEBTS,
    targets=targets.BALANCE_TARGETS,
    headers=BALANCE_HEADERS,
    presets=own_presets(
        BALANCE_FIELDS,
        headers=("Debt", "Recorded on", "Balance"),
        attributes=("debt", "recorded_on", "balance", "source"),
    ),
    maker=balance_maker,
    keeper=BalanceKeeper,
    count=_counter(balance_entries),
    by_content=(("recorded_on", "date"), ("balance", "amount"), ("debt", "words")),
    repeated=frozenset({"debt", "debt_uuid", "currency", "recorded_on", "source"}),
    asks_currency=False,
    follows=True,
)

SCENARIOS = ImportKind(
    key="scenarios",
    one="scenario",
    many="scenarios",
    area=Area.SCENARIOS,
    targets=targets.SCENARIO_TARGETS,
    headers=HeaderIndex({"definition": ("definition",)}),
    presets=own_presets(
        SCENARIO_FIELDS,
        headers=("Scenario", "Definition"),
        attributes=("name", "strategy", "debts", "start"),
        keys=[ExchangeField(key, key, "json") for key in targets.SCENARIO_KEYS],
    ),
    maker=scenario_maker,
    keeper=ScenarioKeeper,
    count=_counter(scenarios),
    asks_currency=False,
)
