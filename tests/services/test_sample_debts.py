"""The debts of the sample: the pictured figures, alive on any day, and consistent with themselves."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from app.domain.debts import BalanceSource, DebtFilter, check, check_balance, check_payment
from app.domain.debts.insights import AgainstPlan, PromotionEnds
from app.domain.months import Month
from app.services import debts, insights, plans, scenarios
from app.services.sample import make_sample
from app.services.sample.debts import sample_debts
from tests.helpers.ledgers import damage, opened

TODAY = date(2025, 11, 20)
DAYS = [TODAY, date(2025, 11, 1), date(2025, 12, 31), date(2028, 2, 29), date(2026, 3, 5), date(2031, 1, 15)]


def test_the_debts_are_those_of_the_picture(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample", today=TODAY)
    with opened(tmp_path / "sample") as ledger:
        found = {debt.name: (debt.balance, str(debt.apr)) for debt in debts.all_debts(ledger)}
        assert found == {
            "Visa card ··4471": (1124018, "24.9"),
            "Equipment loan": (386000, "9.75"),
            "Car loan": (641855, "6.4"),
            "Student loan": (976000, "4.53"),
        }
        given = plans.todays_input(ledger, "USD", start=Month(2025, 12))
        assert sum(debt.balance for debt in given.debts) == 3127873
        assert given.extra == 24000
        avalanche, own, snowball, minimums = plans.compute(
            given, ["avalanche", "custom", "snowball", "minimums"]
        )
        # The picture has no promotion; the one of the equipment loan makes interest a little less.
        assert [plan.months for plan in (avalanche, own, snowball, minimums)] == [34, 34, 36, 76]
        assert 525000 < avalanche.total_interest < 532537
        assert [str(avalanche.month(number or 0)) for number in avalanche.payoffs] == [
            str({"Visa card ··4471": Month(2028, 1), "Equipment loan": Month(2028, 1),
                 "Car loan": Month(2028, 3), "Student loan": Month(2028, 9)}[debt.name])
            for debt in given.debts
        ]  # fmt: skip
        assert damage(ledger) == []


def test_the_scenarios_are_kept_as_they_were_and_as_they_are(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample", today=TODAY)
    with opened(tmp_path / "sample") as ledger:
        newest = scenarios.all_scenarios(ledger)
        assert [scenario.name for scenario in newest] == ["Main plan", "With 2,000 from the savings"]
        main = scenarios.in_use(ledger, "USD")
        assert main is not None
        assert (main.in_use_since, main.start, main.version) == (date(2025, 8, 24), Month(2025, 12), 2)
        assert sum(debt.balance for debt in main.debts) == 3127873
        _, before = scenarios.versions(ledger, main.id)
        assert (before.version, before.start) == (1, Month(2025, 9))
        history = {str(debt.uuid): debts.history(ledger, debt.id) for debt in debts.all_debts(ledger)}
        for debt in before.debts:
            entries = [entry for entry in history[debt.key] if entry.recorded_on <= date(2025, 8, 24)]
            assert debt.balance == entries[-1].balance
        saved = [plans.plan_of(scenario).total_interest for scenario in newest]
        assert saved[1] < saved[0]


def test_what_can_be_said_about_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_sample(tmp_path / "sample", today=TODAY)
    with opened(tmp_path / "sample") as ledger:
        monkeypatch.setattr(type(ledger), "today", lambda _ledger: TODAY)
        said = insights.insights_of(ledger)
        assert [type(one).__name__ for one in said] == [
            "PromotionEnds",
            "CostsMost",
            "MoreEachMonth",
            "AgainstPlan",
        ]
        promotion, compared = said[0], said[3]
        assert isinstance(promotion, PromotionEnds)
        assert (promotion.name, promotion.ends) == ("Equipment loan", Month(2026, 1))
        assert promotion.interest_now < promotion.interest_then
        assert isinstance(compared, AgainstPlan)
        assert compared.basis.start == Month(2025, 9)
        assert 0 < compared.ahead < 10000
        assert compared.actual == 3127873


@pytest.mark.parametrize("today", DAYS)
def test_the_debts_are_alive_and_in_order_on_any_day(today: date) -> None:
    made = sample_debts(today)
    assert sum(sample.debt.balance for sample in made) == 3127873
    assert sum(sample.debt.promo_apr is not None for sample in made) == 1
    for sample in made:
        debt = sample.debt
        assert check(debt) == []
        assert [problem for one in sample.payments for problem in check_payment(one, "USD")] == []
        assert [problem for one in sample.statements for problem in check_balance(one, "USD")] == []
        assert len(sample.payments) == len(sample.statements) == 12
        days = [day for pair in zip(sample.statements, sample.payments, strict=True)
                for day in (pair[0].recorded_on, pair[1].paid_on)]  # fmt: skip
        assert debt.opened_on < days[0]
        assert days == sorted(days)
        assert days[-1] <= today
        assert (today - days[-1]).days < 62
        assert debt.promo_ends_on is None or debt.promo_ends_on > today


def test_statements_follow_from_payments_and_interest() -> None:
    for sample in sample_debts(TODAY):
        rate = (sample.debt.promo_apr or sample.debt.apr) / 1200
        pairs = list(zip(sample.statements, sample.payments, strict=True))
        for (before, paid), (after, _) in pairwise(pairs):
            owed = before.balance - paid.amount
            charged = after.balance - owed - round(owed * rate)
            assert -1 <= charged <= 60000
            assert sample.debt.credit_limit or charged <= 1


def test_the_ledger_tells_what_is_owed_from_the_history(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample", today=TODAY)
    with opened(tmp_path / "sample") as ledger:
        for debt in debts.all_debts(ledger, DebtFilter()):
            entries = debts.history(ledger, debt.id)
            assert entries[0].source is BalanceSource.OPENING
            assert entries[-1].source is BalanceSource.PAYMENT
            assert (debt.balance, debt.balance_on) == (entries[-1].balance, entries[-1].recorded_on)
            assert len(debts.payments(ledger, debt.id)) == 12
