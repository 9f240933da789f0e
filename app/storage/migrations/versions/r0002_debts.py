"""Debts with their payments and balances, scenarios, and the debt that a purchase was bought on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of debts, and the purchases' link to them."""
    _make_debts()
    _make_payments()
    _make_balance_entries()
    _make_scenarios()
    # Written out: alembic would make the whole table anew for a column with a reference, a million rows and all.
    op.execute("ALTER TABLE purchases ADD COLUMN debt_id INTEGER REFERENCES debts (id) ON DELETE SET NULL")
    op.create_index("ix_purchases_debt_id", "purchases", ["debt_id"])


def _make_debts() -> None:
    op.create_table(
        "debts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_fold", sa.Text, nullable=False),
        sa.Column("creditor", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("opening_balance", sa.Integer, nullable=False),
        sa.Column("opened_on", sa.String(10), nullable=False),
        sa.Column("apr", sa.Integer, nullable=False),
        sa.Column("promo_apr", sa.Integer),
        sa.Column("promo_ends_on", sa.String(10)),
        sa.Column("minimum_rule", sa.Text, nullable=False),
        sa.Column("minimum_amount", sa.Integer),
        sa.Column("minimum_percent", sa.Integer),
        sa.Column("minimum_plus_interest", sa.Boolean),
        sa.Column("last_instalment_on", sa.String(10)),
        sa.Column("due_day", sa.Integer),
        sa.Column("credit_limit", sa.Integer),
        sa.Column("rank", sa.Integer),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Integer, nullable=False),
        sa.Column("balance", sa.Integer, nullable=False, server_default="0"),
        sa.Column("balance_on", sa.String(10)),
        sa.Column("paid_off_on", sa.String(10)),
        sa.UniqueConstraint("uuid", name="uq_debts_uuid"),
    )


def _debt_key() -> sa.Column[int]:
    return sa.Column("debt_id", sa.Integer, sa.ForeignKey("debts.id", ondelete="CASCADE"), nullable=False)


def _make_payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        _debt_key(),
        sa.Column("paid_on", sa.String(10), nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.UniqueConstraint("uuid", name="uq_payments_uuid"),
    )
    op.create_index("ix_payments_debt_id_paid_on", "payments", ["debt_id", "paid_on"])


def _make_balance_entries() -> None:
    op.create_table(
        "balance_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        _debt_key(),
        sa.Column("recorded_on", sa.String(10), nullable=False),
        sa.Column("balance", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("payment_id", sa.Integer, sa.ForeignKey("payments.id", ondelete="CASCADE")),
        sa.UniqueConstraint("uuid", name="uq_balance_entries_uuid"),
    )
    op.create_index("ix_balance_entries_payment_id", "balance_entries", ["payment_id"])
    op.create_index("ix_balance_entries_debt_id_recorded_on", "balance_entries", ["debt_id", "recorded_on"])


def _make_scenarios() -> None:
    op.create_table(
        "scenarios",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        sa.Column("series", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("in_use_since", sa.String(10)),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uq_scenarios_uuid"),
        sa.UniqueConstraint("series", "version", name="uq_scenarios_series_version"),
        sa.UniqueConstraint("name_key", "version", name="uq_scenarios_name_key_version"),
    )
