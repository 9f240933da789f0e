"""The tables as the program uses them now; how they came to be is in `migrations`.

Every table that a command may change has an integer `id`, by which changes are undone.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.storage.types import CalendarDate, Identifier, Instant, MinorUnits, Rate, Status

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

profile = Table(
    "profile",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", String(2), nullable=False),
    Column("timezone", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("debt_budget", MinorUnits),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


def _names(table: str, *more: Column[str]) -> Table:
    return Table(
        table,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("uuid", Identifier, nullable=False, unique=True),
        Column("name", Text, nullable=False),
        Column("name_key", Text, nullable=False, unique=True),
        *more,
    )


retailers = _names("retailers", Column("url", Text, nullable=False, server_default=""))
brands = _names("brands", Column("url", Text, nullable=False, server_default=""))
categories = _names("categories")
tags = _names("tags")

purchases = Table(
    "purchases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False),
    Column("price", MinorUnits, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", MinorUnits),
    Column("tax", MinorUnits),
    Column("shipping", MinorUnits),
    Column("discount", MinorUnits),
    Column("retailer_id", Integer, ForeignKey("retailers.id", ondelete="SET NULL")),
    Column("brand_id", Integer, ForeignKey("brands.id", ondelete="SET NULL")),
    Column("category_id", Integer, ForeignKey("categories.id", ondelete="SET NULL")),
    Column("status", Status, nullable=False),
    Column("purchased_on", CalendarDate, nullable=False),
    Column("return_by", CalendarDate),
    Column("order_number", Text, nullable=False),
    Column("order_line", Integer),
    Column("model_number", Text, nullable=False),
    Column("serial_number", Text, nullable=False),
    Column("paid_with", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    # Derived from refunds and covers by `derived.refresh`, so that a million rows sort and add up without a join.
    Column("refunded", MinorUnits, nullable=False, server_default="0"),
    Column("covered_until", CalendarDate),
    Column("debt_id", Integer, ForeignKey("debts.id", ondelete="SET NULL")),
)
Index("uq_purchases_uuid", purchases.c.uuid, unique=True)
Index("ix_purchases_name_fold", purchases.c.name_fold)
Index("ix_purchases_purchased_on", purchases.c.purchased_on)
Index("ix_purchases_retailer_id", purchases.c.retailer_id)
Index("ix_purchases_brand_id", purchases.c.brand_id)
Index("ix_purchases_category_id", purchases.c.category_id)
Index("ix_purchases_covered_until", purchases.c.covered_until)
Index("ix_purchases_debt_id", purchases.c.debt_id)
Index("ix_purchases_totals", purchases.c.currency, purchases.c.price, purchases.c.refunded)

refunds = Table(
    "refunds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column(
        "purchase_id", Integer, ForeignKey("purchases.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("refunded_on", CalendarDate, nullable=False),
    Column("amount", MinorUnits, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("note", Text, nullable=False),
)

covers = Table(
    "covers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column(
        "purchase_id", Integer, ForeignKey("purchases.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("kind", Text, nullable=False),
    Column("starts_on", CalendarDate, nullable=False),
    Column("ends_on", CalendarDate),
    Column("duration_months", Integer),
    Column("duration_days", Integer),
    Column("provider", Text, nullable=False),
    Column("policy_number", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("voided", Boolean, nullable=False),
)

purchase_tags = Table(
    "purchase_tags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("purchase_id", Integer, ForeignKey("purchases.id", ondelete="CASCADE"), nullable=False),
    Column("tag_id", Integer, ForeignKey("tags.id", ondelete="CASCADE"), nullable=False, index=True),
    UniqueConstraint("purchase_id", "tag_id"),
)

debts = Table(
    "debts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False),
    Column("creditor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("opening_balance", MinorUnits, nullable=False),
    Column("opened_on", CalendarDate, nullable=False),
    Column("apr", Rate, nullable=False),
    Column("promo_apr", Rate),
    Column("promo_ends_on", CalendarDate),
    Column("minimum_rule", Text, nullable=False),
    Column("minimum_amount", MinorUnits),
    Column("minimum_percent", Rate),
    Column("minimum_plus_interest", Boolean),
    Column("last_instalment_on", CalendarDate),
    Column("due_day", Integer),
    Column("credit_limit", MinorUnits),
    Column("rank", Integer),
    Column("notes", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    # Derived from the balance entries by `derived.refresh`.
    Column("balance", MinorUnits, nullable=False, server_default="0"),
    Column("balance_on", CalendarDate),
    Column("paid_off_on", CalendarDate),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("debt_id", Integer, ForeignKey("debts.id", ondelete="CASCADE"), nullable=False),
    Column("paid_on", CalendarDate, nullable=False),
    Column("amount", MinorUnits, nullable=False),
    Column("note", Text, nullable=False),
)
Index("ix_payments_debt_id_paid_on", payments.c.debt_id, payments.c.paid_on)

balance_entries = Table(
    "balance_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("debt_id", Integer, ForeignKey("debts.id", ondelete="CASCADE"), nullable=False),
    Column("recorded_on", CalendarDate, nullable=False),
    Column("balance", MinorUnits, nullable=False),
    Column("source", Text, nullable=False),
    Column("payment_id", Integer, ForeignKey("payments.id", ondelete="CASCADE"), index=True),
)
Index("ix_balance_entries_debt_id_recorded_on", balance_entries.c.debt_id, balance_entries.c.recorded_on)

scenarios = Table(
    "scenarios",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("series", Identifier, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("in_use_since", CalendarDate),
    Column("definition", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("series", "version"),
    UniqueConstraint("name_key", "version"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("cover_id", Integer, ForeignKey("covers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("opened_on", CalendarDate, nullable=False),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("closed_on", CalendarDate),
    Column("notes", Text, nullable=False),
    # The cover that a repair or a replacement started.
    Column("new_cover_id", Integer, ForeignKey("covers.id", ondelete="SET NULL"), index=True),
)

# What `uploads/` holds, a row for each content. Rows come and go outside of undo: one that nothing refers to any more
# stays, with its bytes, until no undo can bring a reference back.
files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("checked_at", Instant, nullable=False),
    # What a PDF says, for the search.
    Column("text", Text, nullable=False),
)

# `purchase_id` is that of the purchase which shows the file, also where it hangs on a cover or a claim of it.
attachments = Table(
    "attachments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("file_id", Integer, ForeignKey("files.id"), nullable=False, index=True),
    Column("purchase_id", Integer, ForeignKey("purchases.id", ondelete="CASCADE"), index=True),
    Column("cover_id", Integer, ForeignKey("covers.id", ondelete="CASCADE"), index=True),
    Column("claim_id", Integer, ForeignKey("claims.id", ondelete="CASCADE"), index=True),
    Column("debt_id", Integer, ForeignKey("debts.id", ondelete="CASCADE"), index=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
)

exchange_rates = Table(
    "exchange_rates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rate_on", CalendarDate, nullable=False),
    Column("base", String(3), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("source", Text, nullable=False),
    # A decimal in plain digits: a rate is exact, and has no fixed number of decimals.
    Column("rate", Text, nullable=False),
    UniqueConstraint("base", "currency", "source", "rate_on"),
)

# What the user does not want to be reminded of before a day; `identity` is that of a `DueItem`.
snoozes = Table(
    "snoozes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", Identifier, nullable=False, unique=True),
    Column("until", CalendarDate, nullable=False),
)

# What ran, outside of undo. A row without an end belongs to a job that runs, or was cut off.
jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("attempt", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("error", Text, nullable=False),
    Column("interrupted", Boolean, nullable=False),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("page", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("definition", Text, nullable=False),
    UniqueConstraint("page", "name_key"),
)

import_mappings = Table(
    "import_mappings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Identifier, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("definition", Text, nullable=False),
    UniqueConstraint("kind", "name_key"),
)
