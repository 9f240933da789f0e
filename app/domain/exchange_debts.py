"""The columns of exported debts, payments, balances and scenarios, in their order."""

from app.domain.debts import FixedMinimum, LedgerMinimum, PercentMinimum
from app.domain.exchange import ExchangeField

FIXED, PERCENT, INTEREST_PLUS_PERCENT, TERM = "FIXED", "PERCENT", "INTEREST_PLUS_PERCENT", "TERM"
MINIMUM_RULES = (FIXED, PERCENT, INTEREST_PLUS_PERCENT, TERM)
"""The words for the rules by which a minimum payment is set."""

DEBT_FIELDS = (
    ExchangeField("Name", "name"),
    ExchangeField("Creditor", "creditor"),
    ExchangeField("Kind", "kind", "word"),
    ExchangeField("Currency", "currency", "currency"),
    ExchangeField("Opening balance", "opening_balance", "money"),
    ExchangeField("Opened on", "opened_on", "date"),
    ExchangeField("Balance", "balance", "money"),
    ExchangeField("Balance on", "balance_on", "date"),
    ExchangeField("APR", "apr", "rate"),
    ExchangeField("Promotional APR", "promo_apr", "rate"),
    ExchangeField("Promotion ends on", "promo_ends_on", "date"),
    ExchangeField("Minimum rule", "minimum_rule", "word"),
    ExchangeField("Minimum amount", "minimum_amount", "money"),
    ExchangeField("Minimum per cent", "minimum_percent", "rate"),
    ExchangeField("Minimum floor", "minimum_floor", "money"),
    ExchangeField("Last instalment on", "last_instalment_on", "date"),
    ExchangeField("Due day", "due_day", "count"),
    ExchangeField("Credit limit", "credit_limit", "money"),
    ExchangeField("Rank", "rank", "count"),
    ExchangeField("Notes", "notes", "note"),
    ExchangeField("Paid off on", "paid_off_on", "date", derived=True),
    ExchangeField("UUID", "uuid", "uuid"),
    ExchangeField("Created at", "created_at", "instant"),
    ExchangeField("Updated at", "updated_at", "instant"),
)

PAYMENT_FIELDS = (
    ExchangeField("Debt", "debt"),
    ExchangeField("Paid on", "paid_on", "date"),
    ExchangeField("Amount", "amount", "money"),
    ExchangeField("Currency", "currency", "currency"),
    ExchangeField("Note", "note"),
    ExchangeField("Debt UUID", "debt_uuid", "uuid"),
    ExchangeField("UUID", "uuid", "uuid"),
)

BALANCE_FIELDS = (
    ExchangeField("Debt", "debt"),
    ExchangeField("Recorded on", "recorded_on", "date"),
    ExchangeField("Balance", "balance", "money"),
    ExchangeField("Currency", "currency", "currency"),
    ExchangeField("Source", "source", "word"),
    ExchangeField("Debt UUID", "debt_uuid", "uuid"),
    ExchangeField("UUID", "uuid", "uuid"),
)
"""A balance that follows from a debt's opening or from a payment has no UUID: it comes and goes with those."""

SCENARIO_FIELDS = (
    ExchangeField("Scenario", "name", derived=True),
    ExchangeField("Version", "version", "count", derived=True),
    ExchangeField("Currency", "currency", "currency", derived=True),
    ExchangeField("Strategy", "strategy", derived=True),
    ExchangeField("Start", "start", "month", derived=True),
    ExchangeField("Monthly extra", "extra", "money", derived=True),
    ExchangeField("Monthly budget", "budget", "money", derived=True),
    ExchangeField("Debts", "debt_count", "count", derived=True),
    ExchangeField("Balance", "balance", "money", derived=True),
    ExchangeField("Months", "months", "count", derived=True),
    ExchangeField("Debt-free", "debt_free", "month", derived=True),
    ExchangeField("Total interest", "total_interest", "money", derived=True),
    ExchangeField("Total paid", "total_paid", "money", derived=True),
    ExchangeField("In use since", "in_use_since", "date", derived=True),
    ExchangeField("Definition", "definition", "json"),
)
"""All of a scenario is in its definition, the JSON of `app.domain.debts.exchange`; the rest tells what it comes to."""


def minimum_rule(rule: LedgerMinimum) -> str:
    """Return the word for a rule."""
    if isinstance(rule, FixedMinimum):
        return FIXED
    if isinstance(rule, PercentMinimum):
        return INTEREST_PLUS_PERCENT if rule.plus_interest else PERCENT
    return TERM
