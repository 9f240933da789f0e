"""The columns of a list of debts, declared once for the table, its column chooser and copying."""

from app.domain.columns import Column

DEBT_COLUMNS = (
    Column("name", "Debt", "name", 180, editable=True),
    Column("creditor", "Creditor", "text", 140, visible=False, editable=True),
    Column("kind", "Kind", "text", 116, visible=False, supporting=True),
    Column("balance", "Balance", "money", 104),
    Column("opening_balance", "Original", "money", 104),
    Column("progress", "Paid off", "progress", 96),
    Column("apr", "APR", "figure", 156, editable=True),
    Column("minimum", "Minimum", "money", 86),
    Column("due_day", "Due day", "count", 76, visible=False, editable=True),
    Column("next_due", "Next due", "day", 78),
    Column("payoff", "Debt-free", "status", 96),
    Column("credit_limit", "Credit limit", "money", 104, visible=False),
    Column("utilisation", "Limit used", "figure", 92, visible=False),
    Column("promo_ends_on", "Promotion ends", "date", 120, visible=False),
    Column("rank", "Own order", "count", 88, visible=False, editable=True),
    Column("opened_on", "Since", "date", 104, visible=False),
    Column("notes", "Notes", "text", 200, visible=False, sortable=False, supporting=True),
    Column("created_at", "Added", "instant", 150, visible=False),
    Column("updated_at", "Changed", "instant", 150, visible=False),
)
"""From left to right as they stand at first. `minimum` is this month's, `payoff` that of the plan in use."""
