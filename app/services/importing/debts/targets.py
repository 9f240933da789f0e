"""The fields of debts, payments, balances and scenarios that a column can be mapped to."""

from app.services.importing.debts.words import read_debt_kind, read_rule, read_source
from app.services.importing.mapping import Target

_OWNER = (
    Target("debt", "Debt", required=True, instead=("debt_uuid",)),
    Target("debt_uuid", "UUID of the debt", "uuid"),
)

DEBT_TARGETS = (
    Target("name", "Debt", required=True),
    Target("creditor", "Creditor"),
    Target("kind", "Kind", "word", read=read_debt_kind),
    Target("currency", "Currency", "currency"),
    Target("opening_balance", "Opening balance", "money", required=True, instead=("balance",)),
    Target("opened_on", "Opened on", "date"),
    Target("balance", "Balance", "money"),
    Target("balance_on", "Balance on", "date"),
    Target("apr", "APR", "rate"),
    Target("promo_apr", "Promotional APR", "rate"),
    Target("promo_ends_on", "Promotion ends on", "date"),
    Target("promo_months", "Months of promotion left", "count"),
    Target("minimum_rule", "Minimum rule", "word", read=read_rule),
    Target("minimum", "Minimum payment", "minimum"),
    Target("minimum_amount", "Minimum amount", "money"),
    Target("minimum_percent", "Minimum per cent", "rate"),
    Target("minimum_floor", "Minimum floor", "money"),
    Target("last_instalment_on", "Last instalment on", "date"),
    Target("months_left", "Months left", "count"),
    Target("due_day", "Due day", "day"),
    Target("credit_limit", "Credit limit", "money"),
    Target("rank", "Rank", "count"),
    Target("notes", "Notes", "note"),
    Target("uuid", "UUID", "uuid"),
    Target("created_at", "Created at", "instant"),
    Target("updated_at", "Updated at", "instant"),
)

PAYMENT_TARGETS = (
    *_OWNER,
    Target("paid_on", "Paid on", "date", required=True),
    Target("amount", "Amount", "money", required=True),
    Target("currency", "Currency", "currency"),
    Target("note", "Note"),
    Target("uuid", "UUID", "uuid"),
)

BALANCE_TARGETS = (
    *_OWNER,
    Target("recorded_on", "Recorded on", "date", required=True),
    Target("balance", "Balance", "money", required=True),
    Target("currency", "Currency", "currency"),
    Target("source", "Source", "word", read=read_source),
    Target("uuid", "UUID", "uuid"),
)

SCENARIO_KEYS = (
    "name", "currency", "strategy", "start", "debts", "extra", "budget", "one_offs", "pauses", "what_ifs",
    "conventions", "custom", "in_use_since", "series", "version", "uuid", "created_at", "updated_at",
)  # fmt: skip
"""The keys of a scenario's JSON."""

SCENARIO_TARGETS = (
    Target("definition", "Definition", "json", required=True, instead=("debts",)),
    *(Target(key, key.replace("_", " ").capitalize(), "json") for key in SCENARIO_KEYS),
)
