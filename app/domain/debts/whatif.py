"""What if a rate were another one, debts became one loan, or a balance moved to a card with a promotion.

A what-if changes the debts that a plan begins with, and nothing else: where the plan has an extra on top of the
minimums, it is paid on top of the new minimums.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.debts.plan import PlanDebt, PlanInput
from app.domain.debts.scenario import Consolidation, NewRate, Transfer, WhatIf
from app.domain.problems import Refused


def apply(given: PlanInput, what_ifs: Sequence[WhatIf]) -> PlanInput:
    """Return what a plan is made from when all of this comes true, one after the other.

    A new debt is known by its name. Money that was meant for a debt that is no more goes by the order. Raises
    `Refused` for debts that are not in the plan, names that are taken, and amounts that cannot be.
    """
    for what_if in what_ifs:
        if isinstance(what_if, NewRate):
            given = _new_rate(given, what_if)
        elif isinstance(what_if, Consolidation):
            given = _consolidation(given, what_if)
        else:
            given = _transfer(given, what_if)
    return given


def _new_rate(given: PlanInput, what_if: NewRate) -> PlanInput:
    old = _find(given, what_if.debt)
    return _with_debts(given, [_replaced(debt, old, what_if) for debt in given.debts])


def _replaced(debt: PlanDebt, old: PlanDebt, what_if: NewRate) -> PlanDebt:
    return replace(debt, apr=what_if.apr) if debt is old else debt


def _consolidation(given: PlanInput, what_if: Consolidation) -> PlanInput:
    if not what_if.debts:
        raise Refused("Choose at least one debt that the new loan pays off.")
    gone = {_find(given, debt).identity for debt in what_if.debts}
    kept = [debt for debt in given.debts if debt.identity not in gone]
    balance = sum(debt.balance for debt in given.debts if debt.identity in gone)
    _check_new(kept, what_if.name, what_if.fee)
    loan = PlanDebt(what_if.name, balance + what_if.fee, what_if.apr, what_if.minimum)
    return _with_debts(given, [*kept, loan])


def _transfer(given: PlanInput, what_if: Transfer) -> PlanInput:
    source = _find(given, what_if.debt)
    amount = source.balance if what_if.amount is None else what_if.amount
    if not 0 < amount <= source.balance:
        raise Refused(f"Move more than 0 and at most the whole balance of “{source.name}”.")
    if what_if.promo_months < 0:
        raise Refused("The promotional rate lasts less than 0 months; enter how long it lasts.")
    left = replace(source, balance=source.balance - amount)
    kept = [left if debt is source else debt for debt in given.debts if debt is not source or left.balance]
    _check_new(kept, what_if.name, what_if.fee)
    card = PlanDebt(
        what_if.name,
        amount + what_if.fee,
        what_if.apr,
        what_if.minimum,
        promo_apr=what_if.promo_apr,
        promo_months=what_if.promo_months,
    )
    return _with_debts(given, [*kept, card])


def _find(given: PlanInput, identity: str) -> PlanDebt:
    for debt in given.debts:
        if debt.identity == identity:
            return debt
    raise Refused(f"“{identity}” is not in the plan; choose a debt that is.")


def _check_new(kept: Sequence[PlanDebt], name: str, fee: int) -> None:
    if not name.strip():
        raise Refused("Enter a name for what takes the debts over.")
    if any(name in (debt.identity, debt.name) for debt in kept):
        raise Refused(f"The plan has a debt called “{name}” already; choose another name.")
    if fee < 0:
        raise Refused("The fee is below zero; enter what it costs, or 0.")


def _with_debts(given: PlanInput, debts: Sequence[PlanDebt]) -> PlanInput:
    known = {debt.identity for debt in debts}
    before = {debt.identity for debt in given.debts}
    one_offs = tuple(
        replace(one_off, debt=None) if one_off.debt in before - known else one_off
        for one_off in given.one_offs
    )
    return replace(given, debts=tuple(debts), one_offs=one_offs)
