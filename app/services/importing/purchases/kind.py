"""Purchases as a kind of record that files can hold."""

from app.domain.purchases.exchange import EXCHANGE_FIELDS
from app.services import purchases
from app.services.changes import Area
from app.services.importing.kind import ImportKind
from app.services.importing.presets import amazon, budgets, homebox, paypal, warracker
from app.services.importing.presets.counterfoil import own_presets
from app.services.importing.purchases.keeping import PurchaseKeeper
from app.services.importing.purchases.making import maker
from app.services.importing.purchases.price_columns import HEADERS, settle_price
from app.services.importing.purchases.refunds import import_refunds
from app.services.importing.purchases.targets import TARGETS

PURCHASES = ImportKind(
    key="purchases",
    one="purchase",
    many="purchases",
    area=Area.PURCHASES,
    targets=TARGETS,
    headers=HEADERS,
    presets=(
        *own_presets(
            EXCHANGE_FIELDS,
            headers=("Product", "Price", "Currency", "Purchased on"),
            attributes=("name", "price", "currency", "purchased_on", "uuid"),
        ),
        amazon.ORDER_HISTORY,
        amazon.REFUNDS,
        homebox.HOMEBOX,
        warracker.WARRACKER,
        paypal.PAYPAL,
        budgets.YNAB,
        budgets.FIREFLY,
        budgets.HOMEBANK,
    ),
    maker=maker,
    keeper=PurchaseKeeper,
    count=purchases.count,
    by_content=(("purchased_on", "date"), ("price", "amount"), ("name", "words")),
    settle_columns=settle_price,
    repeated=frozenset(
        {
            "currency", "purchased_on", "retailer", "brand", "category", "tags", "status", "return_by", "paid_with",
            "kept_at", "source", "quantity", "debt", "debt_uuid",
        }
    ),
    others={amazon.REFUNDS.id: import_refunds},
)  # fmt: skip
