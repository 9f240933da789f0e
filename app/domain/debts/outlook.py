"""How little interest the rest of a plan can possibly cost, whatever its order.

Were every debt at the lowest rate that it still comes to, were interest never charged on interest, and could all of
the most that any month pays go to the dearest debt, it would cost no less than this.
"""

from itertools import accumulate

from app.domain.debts.courses import Accounts
from app.domain.debts.payoff import Money, Payoff


class Outlook:
    """Lower bounds on the interest of all plans of the same debts and money, in units."""

    def __init__(self, accounts: Accounts, money: Money) -> None:
        self._terms = accounts.terms
        self._interest_first = not any(terms.payment_first for terms in accounts.terms)
        minimums = max(
            map(sum, zip(*(course.minimums for course in accounts.courses), strict=True)), default=0
        )
        self._most = max(money.budget, minimums) if money.rollover else minimums + money.extra
        self._once = sum(money.loose.values()) + sum(sum(lumps.values()) for lumps in accounts.lumps)
        self._lowest = [
            (min(terms.numerators), min(terms.numerators[terms.rate_changes :])) for terms in accounts.terms
        ]
        self._so_far = [[0, *accumulate(course.interests)] for course in accounts.courses]

    def least(
        self, payoff: Payoff, month: int, left: int, counted: int, done: int, away: dict[int, int]
    ) -> int:
        """Return what a plan that has come to a month costs at least.

        `counted` is the interest of the debts in `done`, of the target, and of those in `away` until the month that
        is given for each; of all others nothing is counted yet.
        """
        total = counted
        owed: list[tuple[int, int, int]] = []
        for debt, terms in enumerate(self._terms):
            if done >> debt & 1:
                continue
            track = payoff.tracks[debt]
            if debt in away:
                total += sum(track.course.interests[away[debt] : month])
            elif track.since is None:
                total += self._so_far[debt][month]
            if payoff.is_owed(debt, month):
                rate = self._lowest[debt][month >= terms.rate_changes]
                owed.append((rate, terms.denominator, payoff.balance(debt, month)))
        return total + self._ahead(owed, left)

    def _ahead(self, owed: list[tuple[int, int, int]], left: int) -> int:
        most = self._most
        if most <= 0:
            return 0
        # Money paid once counts as if it were paid at once.
        before, interest = -left - self._once, 0
        for rate, denominator, balance in sorted(
            owed, key=lambda debt: debt[0] * _COMMON // debt[1], reverse=True
        ):
            balance_left = balance + min(before, 0)
            before = max(before, 0) if balance_left > 0 else balance_left
            if balance_left > 0:
                balances = _sum_of_balances(before, balance_left, most) + balance_left * self._interest_first
                interest += rate * balances // denominator
                before += balance_left
        # In every month, rounding may have taken something off the interest of every debt.
        return interest - len(owed) * (max(before, 0) // most + 2)


_COMMON = 10**24


def _sum_of_balances(before: int, balance: int, most: int) -> int:
    """Return the sum of a debt's balances after each month, when `before` has to be paid first at `most` a month."""
    full = before // most
    last = (before + balance) // most
    falling = last - full
    return full * balance + falling * (before + balance) - most * falling * (full + 1 + last) // 2
