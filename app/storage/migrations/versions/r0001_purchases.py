"""The profile, names, purchases with their refunds and covers, and the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    _make_profile_and_settings()
    for table in ("retailers", "brands", "categories", "tags"):
        _make_names(table, with_url=table in ("retailers", "brands"))
    _make_purchases()
    _make_parts_of_purchases()
    _make_saved("saved_filters", "page")
    _make_saved("import_mappings", "kind")
    # Texts are folded before they get here, so the tokenizer has no case to fold itself.
    op.execute("CREATE VIRTUAL TABLE purchase_search USING fts5(text, tokenize='trigram case_sensitive 1')")


def _make_profile_and_settings() -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("debt_budget", sa.Integer),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Integer, nullable=False),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _make_names(table: str, *, with_url: bool) -> None:
    url = [sa.Column("url", sa.Text, nullable=False, server_default="")] if with_url else []
    op.create_table(
        table,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        *url,
        sa.UniqueConstraint("uuid", name=f"uq_{table}_uuid"),
        sa.UniqueConstraint("name_key", name=f"uq_{table}_name_key"),
    )


def _reference(column: str, table: str, on_delete: str, *, nullable: bool) -> sa.Column[int]:
    key = sa.ForeignKey(f"{table}.id", ondelete=on_delete)
    return sa.Column(column, sa.Integer, key, nullable=nullable)


def _make_purchases() -> None:
    op.create_table(
        "purchases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_fold", sa.Text, nullable=False),
        sa.Column("price", sa.Integer, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("unit_price", sa.Integer),
        sa.Column("tax", sa.Integer),
        sa.Column("shipping", sa.Integer),
        sa.Column("discount", sa.Integer),
        _reference("retailer_id", "retailers", "SET NULL", nullable=True),
        _reference("brand_id", "brands", "SET NULL", nullable=True),
        _reference("category_id", "categories", "SET NULL", nullable=True),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("purchased_on", sa.String(10), nullable=False),
        sa.Column("return_by", sa.String(10)),
        sa.Column("order_number", sa.Text, nullable=False),
        sa.Column("order_line", sa.Integer),
        sa.Column("model_number", sa.Text, nullable=False),
        sa.Column("serial_number", sa.Text, nullable=False),
        sa.Column("paid_with", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Integer, nullable=False),
        sa.Column("refunded", sa.Integer, nullable=False, server_default="0"),
        sa.Column("covered_until", sa.String(10)),
    )
    op.create_index("uq_purchases_uuid", "purchases", ["uuid"], unique=True)
    for column in ("name_fold", "purchased_on", "retailer_id", "brand_id", "category_id", "covered_until"):
        op.create_index(f"ix_purchases_{column}", "purchases", [column])
    op.create_index("ix_purchases_totals", "purchases", ["currency", "price", "refunded"])


def _make_parts_of_purchases() -> None:
    op.create_table(
        "refunds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        _reference("purchase_id", "purchases", "CASCADE", nullable=False),
        sa.Column("refunded_on", sa.String(10), nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.UniqueConstraint("uuid", name="uq_refunds_uuid"),
    )
    op.create_index("ix_refunds_purchase_id", "refunds", ["purchase_id"])
    op.create_table(
        "covers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        _reference("purchase_id", "purchases", "CASCADE", nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("starts_on", sa.String(10), nullable=False),
        sa.Column("ends_on", sa.String(10)),
        sa.Column("duration_months", sa.Integer),
        sa.Column("duration_days", sa.Integer),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("policy_number", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("voided", sa.Boolean, nullable=False),
        sa.UniqueConstraint("uuid", name="uq_covers_uuid"),
    )
    op.create_index("ix_covers_purchase_id", "covers", ["purchase_id"])
    op.create_table(
        "purchase_tags",
        sa.Column("id", sa.Integer, primary_key=True),
        _reference("purchase_id", "purchases", "CASCADE", nullable=False),
        _reference("tag_id", "tags", "CASCADE", nullable=False),
        sa.UniqueConstraint("purchase_id", "tag_id", name="uq_purchase_tags_purchase_id_tag_id"),
    )
    op.create_index("ix_purchase_tags_tag_id", "purchase_tags", ["tag_id"])


def _make_saved(table: str, scope: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        sa.Column(scope, sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.UniqueConstraint("uuid", name=f"uq_{table}_uuid"),
        sa.UniqueConstraint(scope, "name_key", name=f"uq_{table}_{scope}_name_key"),
    )
