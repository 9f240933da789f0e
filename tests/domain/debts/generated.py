"""Debts and plans that hypothesis makes: every rule, convention and oddity, and amounts that make ties likely."""

from decimal import Decimal

from hypothesis import strategies as st

from app.domain.debts.minimum import FixedMinimum, Minimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import (
    Compounding,
    Conventions,
    OneOff,
    Order,
    Pause,
    PlanDebt,
    PlanInput,
    Rounding,
    Timing,
)
from app.domain.months import Month

START = Month(2027, 11)

amounts = st.integers(0, 300) | st.sampled_from([0, 1, 50, 100_00, 250_00]) | st.integers(0, 20_000_00)
rates = st.sampled_from(["0", "3", "6", "12", "24.99", "4.125"]) | st.integers(0, 45_000).map(
    lambda n: f"{n / 1000}"
)
aprs = rates.map(Decimal)
shares = st.sampled_from(["0", "1", "2.5", "10", "100"]).map(Decimal)
minimums: st.SearchStrategy[Minimum] = st.one_of(
    st.builds(FixedMinimum, st.integers(0, 300) | st.integers(0, 600_00)),
    st.builds(PercentMinimum, shares, st.integers(0, 50_00), st.booleans()),
    st.builds(TermMinimum, st.integers(1, 400)),
)


@st.composite
def debts(draw: st.DrawFn, name: str, *, with_promotion: bool = True) -> PlanDebt:
    promotion = with_promotion and draw(st.booleans())
    return PlanDebt(
        name=name,
        balance=draw(amounts),
        apr=draw(aprs),
        minimum=draw(minimums),
        promo_apr=draw(aprs) if promotion else None,
        promo_months=draw(st.integers(0, 30)) if promotion else 0,
        credit_limit=draw(st.none() | st.integers(0, 30_000_00)),
        rank=draw(st.none() | st.integers(0, 4)),
        key=draw(st.sampled_from(["", f"key of {name}"])),
    )


conventions = st.builds(
    Conventions,
    st.sampled_from(Compounding),
    st.sampled_from(Rounding),
    st.sampled_from(Timing),
    st.booleans(),
)
months = st.integers(0, 40).map(START.plus)


@st.composite
def inputs(draw: st.DrawFn, most: int = 4, rules: st.SearchStrategy[Conventions] = conventions) -> PlanInput:
    names = draw(st.permutations(["Card", "car", "Loan", "Öl", "tax"][:most]))
    given = tuple(draw(debts(name)) for name in names[: draw(st.integers(1, most))])
    identities = st.none() | st.sampled_from([debt.identity for debt in given])
    one_offs = st.lists(st.builds(OneOff, months, amounts, identities), max_size=3)
    pauses = st.lists(st.builds(Pause, months, st.integers(0, 6)), max_size=2)
    return PlanInput(
        debts=given,
        start=START,
        extra=draw(st.integers(0, 400_00)),
        one_offs=tuple(draw(one_offs)) if draw(st.booleans()) else (),
        pauses=tuple(draw(pauses)) if draw(st.booleans()) else (),
        conventions=draw(rules),
    )


def orders(count: int) -> st.SearchStrategy[Order]:
    return st.permutations(range(count)).map(tuple)
