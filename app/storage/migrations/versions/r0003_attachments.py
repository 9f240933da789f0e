"""Claims on warranties, attachments and the files they refer to, exchange rates, and what reminders are snoozed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; nothing that is there already changes."""
    _make_claims()
    _make_files()
    _make_attachments()
    _make_exchange_rates()
    op.create_table(
        "snoozes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("identity", sa.LargeBinary(16), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.UniqueConstraint("identity", name="uq_snoozes_identity"),
    )


def _reference(column: str, table: str, ondelete: str | None, *, nullable: bool = True) -> sa.Column[int]:
    key = sa.ForeignKey(f"{table}.id", ondelete=ondelete)
    return sa.Column(column, sa.Integer, key, nullable=nullable)


def _make_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        _reference("cover_id", "covers", "CASCADE", nullable=False),
        sa.Column("opened_on", sa.String(10), nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("closed_on", sa.String(10)),
        sa.Column("notes", sa.Text, nullable=False),
        _reference("new_cover_id", "covers", "SET NULL"),
        sa.UniqueConstraint("uuid", name="uq_claims_uuid"),
    )
    for column in ("cover_id", "new_cover_id"):
        op.create_index(f"ix_claims_{column}", "claims", [column])


def _make_files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("checked_at", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("sha256", name="uq_files_sha256"),
    )


def _make_attachments() -> None:
    owners = {"purchase_id": "purchases", "cover_id": "covers", "claim_id": "claims", "debt_id": "debts"}
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        _reference("file_id", "files", None, nullable=False),
        *(_reference(column, table, "CASCADE") for column, table in owners.items()),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("added_at", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uq_attachments_uuid"),
    )
    for column in ("file_id", *owners):
        op.create_index(f"ix_attachments_{column}", "attachments", [column])


def _make_exchange_rates() -> None:
    op.create_table(
        "exchange_rates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("rate_on", sa.String(10), nullable=False),
        sa.Column("base", sa.String(3), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("rate", sa.Text, nullable=False),
        sa.UniqueConstraint(
            "base", "currency", "source", "rate_on", name="uq_exchange_rates_base_currency_source_rate_on"
        ),
    )
