"""What is due on purchases: the ends of their warranties and their return-by dates; and what was paid on debts."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, func, select

from app.domain.debts import BalanceSource
from app.domain.due import DueItem, Span
from app.domain.due_kinds import DueKind, DueRecord
from app.domain.purchases import PurchaseStatus
from app.storage.tables import balance_entries, covers, payments, purchases, retailers

_NET = purchases.c.price - purchases.c.refunded


def warranty_ends(connection: Connection, span: Span) -> Iterator[DueItem]:
    """Give the covers that end within a span, in no order; neither voided ones nor those for a lifetime.

    All covers are read: they are small, and quicker to go through than to be looked up one by one from the
    purchases that are still covered.
    """
    query = (
        select(
            covers.c.id,
            covers.c.uuid,
            covers.c.ends_on,
            covers.c.kind,
            covers.c.provider,
            covers.c.purchase_id,
            purchases.c.name,
            purchases.c.currency,
            _NET,
        )
        .join_from(covers, purchases, purchases.c.id == covers.c.purchase_id)
        .where(covers.c.ends_on.between(span.first, span.last), ~covers.c.voided)
    )
    for id, uuid, ends_on, kind, provider, purchase_id, name, currency, net in connection.execute(query):
        yield DueItem(
            kind=DueKind.WARRANTY_END,
            on=ends_on,
            title=name,
            record=DueRecord.WARRANTY,
            id=id,
            uuid=uuid,
            belongs_to=purchase_id,
            currency=currency,
            amount=net,
            party=provider,
            warranty_kind=kind,
        )


def return_dates(connection: Connection, span: Span) -> Iterator[DueItem]:
    """Give the purchases that can be sent back until a day within a span, in no order.

    What was sent back already is left out.
    """
    query = (
        select(
            purchases.c.id,
            purchases.c.uuid,
            purchases.c.return_by,
            purchases.c.name,
            purchases.c.currency,
            _NET,
            func.coalesce(retailers.c.name, ""),
        )
        .select_from(purchases)
        .outerjoin(retailers, retailers.c.id == purchases.c.retailer_id)
        .where(
            purchases.c.return_by.between(span.first, span.last),
            purchases.c.status != PurchaseStatus.RETURNED,
        )
    )
    for id, uuid, return_by, name, currency, net, retailer in connection.execute(query):
        yield DueItem(
            kind=DueKind.RETURN_BY,
            on=return_by,
            title=name,
            record=DueRecord.PURCHASE,
            id=id,
            uuid=uuid,
            belongs_to=id,
            currency=currency,
            amount=net,
            party=retailer,
        )


def paid_since(connection: Connection, debt_id: int, first: date) -> int | None:
    """Return what was paid on a debt from a day on, in minor units; None where nothing was."""
    query = select(func.sum(payments.c.amount)).where(
        payments.c.debt_id == debt_id, payments.c.paid_on >= first
    )
    total = connection.execute(query).scalar()
    return None if total is None else int(total)


def has_statement_since(connection: Connection, debt_id: int, first: date) -> bool:
    """Tell whether a balance was recorded that a statement gave from a day on, with what was paid until then."""
    query = select(balance_entries.c.id).where(
        balance_entries.c.debt_id == debt_id,
        balance_entries.c.recorded_on >= first,
        balance_entries.c.source != BalanceSource.PAYMENT,
    )
    return connection.execute(query.limit(1)).first() is not None
