"""Purchases that hypothesis makes: every field, and the nastiest texts that people and programs have put into them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from app.domain.money import exponent
from app.domain.purchases import Purchase, PurchaseStatus, Refund, check
from app.domain.text import name_key
from app.domain.warranties import Cover, Duration, add_duration
from app.services.purchases import prepared

NASTY = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+49 30 1234",
    "-5",
    "@home",
    "'quoted'",
    "'=1",
    "''@x",
    'He said "no"',
    "a,b;c\td|e",
    "two\nlines",
    " edges ",
    "00123",
    "1e5",
    "1,234.50",
    "2025-01-31",
    "TRUE",
    "NULL",
    "NaN",
    "#N/A",
    "😀 emoji 👩‍👩‍👧",
    "עברית ושלום",
    "العربية ١٢٣",
    "日本語 ｶﾅ",
    "e\u0301 é",
    "<b>&amp;</b>",
    "]]>",
    "_x000D_",
    "_x005F_x000D_",
    "\ufffe\uffff",
    "line\u2028separator",
    "back\\slash; semi",
    "{json: [1]}",
    "; ;",
    "\\",
    "%s %d {0}",
    "ﷺ",
    "/etc/passwd",
]

texts = (
    st.sampled_from(NASTY) | st.text(max_size=20) | st.text(st.sampled_from("='+-@\t\"\n;,\\ ab"), max_size=8)
)
names = texts.map(lambda text: text if name_key(text) else "Thing")
currencies = st.sampled_from(["EUR", "USD", "JPY", "KWD", "CLF"])
days = st.dates(date(1900, 1, 1), date(2199, 12, 31)) | st.dates(date(2024, 1, 1), date(2027, 12, 31))
amounts = st.integers(0, 10**15 - 1) | st.integers(0, 10_000)
instants = st.datetimes(datetime(1970, 1, 2), datetime(2199, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment - timedelta(microseconds=moment.microsecond % 1000)
)


@st.composite
def covers(draw: st.DrawFn) -> Cover:
    """A warranty by dates, by a duration, or for a lifetime."""
    starts_on = draw(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
    kind = draw(st.sampled_from(["LIMITED", "EXTENDED", "Shop's own"]))
    ends_on, duration = None, None
    match draw(st.integers(0, 2)):
        case 0:
            kind = "LIFETIME"
        case 1:
            ends_on = starts_on + timedelta(days=draw(st.integers(0, 4000)))
        case _:
            duration = Duration(draw(st.integers(0, 20)), draw(st.integers(0, 11)), draw(st.integers(1, 40)))
            ends_on = add_duration(starts_on, duration)
    return Cover(
        starts_on=starts_on,
        ends_on=ends_on,
        duration=duration,
        kind=kind,
        provider=draw(texts),
        policy_number=draw(texts),
        notes=draw(texts),
        voided=draw(st.booleans()),
    )


@st.composite
def purchases(draw: st.DrawFn) -> Purchase:
    """A valid purchase as it is stored: texts cleaned, parts that add up, refunds within the price."""
    purchase = Purchase(
        name=draw(names),
        price=draw(amounts),
        currency=draw(currencies),
        purchased_on=draw(days),
        quantity=draw(st.integers(1, 1000)),
        tax=draw(st.none() | st.integers(0, 99_999)),
        retailer=draw(texts),
        brand=draw(texts),
        category=draw(texts),
        tags=tuple(draw(st.lists(texts, max_size=4))),
        status=draw(st.sampled_from(PurchaseStatus)),
        return_by=draw(st.none() | days),
        order_number=draw(texts),
        order_line=draw(st.none() | st.integers(1, 500)),
        model_number=draw(texts),
        serial_number=draw(texts),
        paid_with=draw(texts),
        kept_at=draw(texts),
        notes=draw(texts),
        covers=tuple(draw(st.lists(covers(), max_size=3))),
        source=draw(texts),
        created_at=draw(instants),
        updated_at=draw(instants),
    )
    if draw(st.booleans()):
        unit, shipping, discount = draw(
            st.tuples(st.integers(0, 10_000), st.integers(0, 999), st.integers(0, 99))
        )
        shipping = max(shipping, discount)
        purchase = replace(purchase, unit_price=unit, shipping=shipping, discount=discount)
        purchase = replace(purchase, price=purchase.price_from_parts or 0)
    returned = draw(st.lists(st.integers(1, 5_000), max_size=2))
    refunds = tuple(
        Refund(draw(days), amount, draw(st.integers(0, 1)) if number == 0 else 0, draw(texts))
        for number, amount in enumerate(returned)
    )
    if sum(returned) <= purchase.price:
        purchase = replace(purchase, refunds=refunds)
    ready = prepared(purchase)
    if not name_key(ready.name):
        ready = replace(ready, name="Thing")
    assert check(ready) == [], check(ready)
    assert exponent(ready.currency) >= 0
    return ready
