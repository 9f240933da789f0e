"""What becomes of single debts of which only the minimum is paid.

Under a fixed order a debt that is not yet the target pays just that, whatever the strategy, the extra and the other
debts are. Its course is therefore worked out once and shared by every plan of the same debts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.debts.plan import HORIZON, Conventions, PlanDebt, PlanInput
from app.domain.debts.terms import Terms, scale_for
from app.domain.months import Month
from app.domain.problems import Refused

Lumps = tuple[tuple[int, int], ...]
"""Money meant for one debt alone, as pairs of a month, counted from 0, and an amount, by month."""


@dataclass(slots=True)
class Course:
    """A debt month by month, in units; every list goes on with zeros up to the horizon once the debt is paid off.

    `ended` is how many months it took to pay it off, None for never. `instalments` are the level instalments before
    and after the rate changes. `surplus` is what, of money meant for this debt, it did not need, by month.
    """

    minimums: list[int] = field(default_factory=list)
    interests: list[int] = field(default_factory=list)
    closings: list[int] = field(default_factory=list)
    ended: int | None = None
    instalments: tuple[int, int] = (0, 0)
    surplus: dict[int, int] = field(default_factory=dict)


def minimum_course(terms: Terms, lumps: Mapping[int, int]) -> Course:
    """Return the course of a debt from the beginning of a plan on."""
    course = Course()
    carry_on(course, terms, lumps, terms.balance, 0)
    return course


def carry_on(course: Course, terms: Terms, lumps: Mapping[int, int], balance: int, instalment: int) -> None:
    """Let a course go on with bare minimums after the months that it holds, to the horizon."""
    at_first = course.instalments[0]
    plain = not lumps and terms.is_plain
    month = len(course.closings)
    while balance and month < HORIZON:
        instalment = terms.instalment(balance, month, instalment)
        if month == 0:
            at_first = instalment
        if plain:
            into = (course.minimums, course.interests, course.closings)
            paid = plain_months(terms, balance, range(month, terms.plain_until(month)), instalment, 0, into)
            if paid:
                month, balance = month + paid, course.closings[-1]
                continue
        least, left = terms.after_minimum(balance, month, instalment)
        interest = 0 if terms.payment_first else left + least - balance
        if month in lumps:
            part = min(lumps[month], left)
            left -= part
            if part < lumps[month]:
                course.surplus[month] = lumps[month] - part
        closing = terms.closing(left, month)
        course.minimums.append(least)
        course.interests.append(closing - left if terms.payment_first else interest)
        course.closings.append(closing)
        balance = closing
        month += 1
    course.ended = month if balance == 0 else None
    course.instalments = (at_first, instalment)
    for late, amount in lumps.items():
        if late >= month:
            course.surplus[late] = amount
    rest = [0] * (HORIZON - month)
    course.minimums += rest
    course.interests += rest
    course.closings += rest


def plain_months(
    terms: Terms, balance: int, months: range, instalment: int, extra: int, into: tuple[list[int], ...]
) -> int:
    """Pay the minimum and an extra by the usual conventions; return for how many of the months that was done.

    It ends before the month that would pay the debt off. Minimums, interest and closing balances are added to the
    three lists of `into`.
    """
    minimums, interests, closings = into
    before = len(closings)
    half, denominator, floor, nothing = terms.half, terms.denominator, terms.floor, terms.nothing
    share, share_of, share_half = terms.share, terms.share_of, 0 if terms.cuts else terms.share_of // 2
    plus_interest, by_share = terms.plus_interest, terms.by_share
    least = instalment if terms.term else terms.fixed
    for rate in terms.numerators[months.start : months.stop]:
        interest = (balance * rate + half) // denominator
        if by_share:
            least = (balance * share + share_half) // share_of
            if plus_interest:
                least += interest
            least = max(least, floor)
        closing = balance + interest - least - extra
        if closing <= nothing:
            break
        minimums.append(least)
        interests.append(interest)
        closings.append(closing)
        balance = closing
    return len(closings) - before


@dataclass(frozen=True, slots=True)
class Accounts:
    """The debts of a plan as they are reckoned with: their terms, and their courses on bare minimums.

    `lumps` is the money meant for each debt alone, in units, by month.
    """

    scale: int
    terms: tuple[Terms, ...]
    courses: tuple[Course, ...]
    lumps: tuple[Mapping[int, int], ...]

    def first_minimums(self) -> list[int]:
        """Return what is asked for in the first month, in units, by debt."""
        return [course.minimums[0] for course in self.courses]


def accounts_of(given: PlanInput) -> Accounts:
    """Return the accounts behind a plan. Raises `Refused` for one-off payments to a debt that is not in it."""
    debts, conventions = given.debts, given.conventions
    names = {debt.identity: number for number, debt in enumerate(debts)}
    if len(names) < len(debts):
        twice = next(d.name for n, d in enumerate(debts) if names[d.identity] != n)
        raise Refused(f"Two debts of the plan are called “{twice}”; give one of them another name.")
    scale = scale_for(debts, conventions.rounding)
    lumps: list[dict[int, int]] = [{} for _ in debts]
    for one_off in given.one_offs:
        month = given.start.until(one_off.month)
        if one_off.debt is None:
            continue
        if one_off.debt not in names:
            raise Refused(
                f"A one-off payment goes to “{one_off.debt}”, which is not in the plan; choose another debt."
            )
        if 0 <= month < HORIZON:
            meant = lumps[names[one_off.debt]]
            meant[month] = meant.get(month, 0) + one_off.amount * scale
    pairs = [
        _account(debt, given.start, conventions, scale, tuple(sorted(meant.items())))
        for debt, meant in zip(debts, lumps, strict=True)
    ]
    return Accounts(scale, tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs), tuple(lumps))


@lru_cache(maxsize=256)
def _shared_account(
    debt: PlanDebt, start: Month, conventions: Conventions, scale: int, lumps: Lumps
) -> tuple[Terms, Course]:
    if debt.balance < 0:
        raise Refused(f"“{debt.name}” has a negative balance; a plan takes only what is owed.")
    terms = Terms(debt, start, conventions, scale)
    return terms, minimum_course(terms, dict(lumps))


def _account(
    debt: PlanDebt, start: Month, conventions: Conventions, scale: int, lumps: Lumps
) -> tuple[Terms, Course]:
    # Rollover does not touch a single debt.
    alike = Conventions(conventions.compounding, conventions.rounding, conventions.timing)
    return _shared_account(debt, start, alike, scale, lumps)
