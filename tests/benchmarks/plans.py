"""Payoff plans against a plain engine, and the search for the best against trying everything."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from app.domain.debts import courses
from app.domain.debts.engine import run
from app.domain.debts.minimum import FixedMinimum, Minimum, PercentMinimum, TermMinimum
from app.domain.debts.plan import HORIZON, Plan, PlanDebt, PlanInput
from app.domain.debts.search import best
from app.domain.debts.strategies import STRATEGIES, compare
from app.domain.months import Month
from tests.benchmarks.harness import Benchmark, Result, medians
from tests.domain.debts.reference import Reference

START = Month(2026, 1)
FRAME = 1 / 60
MANY = 20
FEW = 4
DIGITS = 28
"""The precision that Decimal has by itself."""

WITH_PROMOTIONS = PlanInput(
    (
        PlanDebt("Teaser", 3_200_00, Decimal("24.99"), FixedMinimum(90_00), Decimal(0), 9),
        PlanDebt("Visa", 6_100_00, Decimal("19.9"), PercentMinimum(Decimal(1), 25_00, plus_interest=True)),
        PlanDebt("Store", 1_500_00, Decimal("29.9"), PercentMinimum(Decimal(2), 25_00)),
        PlanDebt("Car", 9_000_00, Decimal("6.5"), FixedMinimum(220_00)),
        PlanDebt("Balance transfer", 2_400_00, Decimal("27.9"), FixedMinimum(60_00), Decimal("3.9"), 15),
        PlanDebt("Loan", 4_800_00, Decimal("12.9"), TermMinimum(48)),
        PlanDebt("Family", 750_00, Decimal(0), FixedMinimum(25_00)),
    ),
    START,
    extra=250_00,
)


def household(debts: int) -> PlanInput:
    """Return debts of every rule, with and without promotions, that take some twenty-five years."""
    return PlanInput(tuple(_debt(number) for number in range(debts)), START, extra=40_00)


def _debt(number: int) -> PlanDebt:
    balance = (number * 7919 % 150 + 20) * 100_00
    rules: list[Minimum] = [
        FixedMinimum(balance // 60),
        PercentMinimum(Decimal(1), 25_00, plus_interest=True),
        TermMinimum(300),
        PercentMinimum(Decimal("2.5"), 20_00),
    ]
    return PlanDebt(
        name=f"Debt {number:02}",
        balance=balance,
        apr=Decimal(number * 37 % 250 + 20) / 10,
        minimum=rules[number % 4],
        promo_apr=Decimal(0) if number % 5 == 4 else None,
        promo_months=10 if number % 5 == 4 else 0,
        credit_limit=balance * 2,
        rank=number,
    )


def all_strategies(rounds: int) -> Iterator[Result]:
    """Every strategy over the whole horizon, with no course known beforehand."""
    keys = list(STRATEGIES)
    for debts in (MANY, FEW):
        given = household(debts)
        plans = compare(given, keys)

        def ours(given: PlanInput = given) -> None:
            courses._shared_account.cache_clear()
            compare(given, keys)

        def theirs(plans: list[Plan] = plans) -> None:
            for plan in plans:
                result = Reference(plan.input, plan.order, precision=DIGITS).run()
                if (result.months, result.total_interest) != (plan.months, plan.total_interest):
                    raise RuntimeError(f"the engines differ for {plan.strategy}")

        mine, other = medians(rounds, [ours, theirs])
        longest = max(plan.months or HORIZON for plan in plans)
        yield Result(
            f"{debts} debts, all {len(keys)} strategies, whole horizon",
            mine,
            baseline=other,
            against="the plain Decimal reference engine of the tests",
            goal=round(1 / 15, 3) if debts == MANY else None,
            limit=FRAME if debts == FEW else None,
            note=f"Plans take up to {longest} months, and no course is known beforehand.",
        )


def search(rounds: int) -> Iterator[Result]:
    """The best plan of seven debts with two promotions."""
    found: dict[str, int] = {}

    def ours() -> None:
        courses._shared_account.cache_clear()
        found["best"] = best(WITH_PROMOTIONS).plan.total_interest

    def theirs() -> None:
        orders = permutations(range(len(WITH_PROMOTIONS.debts)))
        found["all"] = min(run(WITH_PROMOTIONS, order).total_interest for order in orders)

    mine, other = medians(rounds, [ours, theirs])
    if found["best"] > found["all"]:
        raise RuntimeError(f"the search missed a better order: {found}")
    same = "The same answer" if found["best"] == found["all"] else "A better answer, with a switch"
    yield Result(
        "best of 7 debts with two promotions",
        mine,
        baseline=other,
        against="trying all 5,040 orders with our own engine",
        goal=0.1,
        note=f"{same}. Unlike the baseline, the search tries switches at the ends of promotions too.",
    )


BENCHMARKS = [Benchmark("plans", all_strategies), Benchmark("best", search)]
