"""`plan`: published cases through the real command line, words that are refused, and what is printed."""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.services.selfcheck import CASES
from tests.cli.conftest import Run

PUBLISHED = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
TWO = [
    {"name": "small", "balance": "2000", "apr": "6", "minimum": "50"},
    {"name": "big", "balance": 8000, "apr": 22, "minimum": "200.00"},
]
PROMOTED = [
    {"name": "promo", "balance": "3000", "apr": "24.99", "minimum": "100", "promo_apr": "0", "promo_months": 12},
    {"name": "card", "balance": "6000", "apr": "22", "minimum": "150"},
    {"name": "car", "balance": "4000", "apr": "6", "minimum": "200"},
]  # fmt: skip
NEVER = [{"name": "loan", "balance": "10000", "apr": "30", "minimum": "100"}]


@pytest.fixture
def debts_file(tmp_path: Path) -> Any:
    def write(debts: Any) -> Path:
        path = tmp_path / "debts.json"
        path.write_text(debts if isinstance(debts, str) else json.dumps(debts), encoding="utf-8")
        return path

    return write


def total(rows: list[dict[str, Any]], key: str) -> Decimal:
    return sum((Decimal(row[key]) for row in rows), Decimal(0))


@pytest.mark.parametrize("case", PUBLISHED, ids=[case["id"] for case in PUBLISHED])
def test_a_published_case(run: Run, debts_file: Any, case: dict[str, Any]) -> None:
    money = ("--budget", case["budget"]) if "budget" in case else ("--extra", case["extra"])
    answer = run(
        "--json", "plan", "--debts", debts_file(case["debts"]), "--strategy", case["strategy"], *money,
        "--rounding", case["rounding"], "--start", "2026-01", "--schedule",
    )  # fmt: skip
    (plan,) = answer.document
    expected = case["expected"]
    assert plan["strategy"] == case["strategy"]
    assert plan["months"] == expected["months"]
    assert answer.status == (1 if expected["months"] is None else 0)
    if expected["months"] is None:
        return
    rows = plan["schedule"]
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        of[row["debt"]].append(row)
    for key in ("total_interest", "total_paid"):
        assert plan[key] == expected.get(key, plan[key])
    if "total_interest_within" in expected:
        published, allowed = map(Decimal, expected["total_interest_within"])
        assert abs(Decimal(plan["total_interest"]) - published) <= allowed
    if "total_interest_whole" in expected:
        assert round(Decimal(plan["total_interest"])) == expected["total_interest_whole"]
    assert rows[0]["payment"] == expected.get("first_payment", rows[0]["payment"])
    assert rows[-1]["payment"] == expected.get("last_payment", rows[-1]["payment"])
    for key, column in (("balances", "closing"), ("interest", "interest")):
        for name, figures in expected.get(key, {}).items():
            assert [row[column] for row in of[name][: len(figures)]] == figures
    payoffs = {payoff["debt"]: payoff["month"] for payoff in plan["payoffs"]}
    assert expected.get("payoffs", payoffs) == payoffs
    assert set(payoffs) == {debt["name"] for debt in case["debts"]}


def test_the_shape_of_the_answer(run: Run, debts_file: Any) -> None:
    file = debts_file(TWO)
    (plan,) = run("--json", "plan", "--debts", file, "--budget", "600", "--start", "2026-01").document
    assert list(plan) == [
        "strategy", "currency", "months", "debt_free", "total_interest", "total_paid", "payoffs", "assumptions",
    ]  # fmt: skip
    assert plan["strategy"] == "avalanche"
    assert plan["debt_free"] == "2027-08"
    assert [payoff["debt"] for payoff in plan["payoffs"]][-1] == "small"
    assert plan["payoffs"][-1] == {"debt": "small", "month": 20, "date": "2027-08"}
    assert plan["assumptions"]["each month"] == "600.00"
    assert all(isinstance(value, str) for value in plan["assumptions"].values())


def test_the_rows_of_the_schedule_add_up(run: Run, debts_file: Any) -> None:
    words = ("--debts", debts_file(PROMOTED), "--budget", "700", "--start", "2026-03", "--schedule")
    for plan in run("--json", "plan", *words, "--strategy", "avalanche", "snowball", "best").document:
        rows = plan["schedule"]
        assert list(rows[0]) == [
            "month", "date", "debt", "opening", "interest", "payment", "principal", "closing",
        ]  # fmt: skip
        assert (rows[0]["month"], rows[0]["date"]) == (1, "2026-03")
        assert str(total(rows, "interest")) == plan["total_interest"]
        assert str(total(rows, "payment")) == plan["total_paid"]
        assert total(rows, "principal") == 13000
        for row in rows:
            amounts = {
                key: Decimal(row[key]) for key in ("opening", "interest", "payment", "principal", "closing")
            }
            assert amounts["payment"] - amounts["interest"] == amounts["principal"]
            assert amounts["opening"] - amounts["principal"] == amounts["closing"]
        by_month = defaultdict(list)
        for row in rows:
            by_month[row["month"]].append(row)
        assert all(total(month, "payment") <= 700 for month in by_month.values())
        assert all(total(by_month[number], "payment") == 700 for number in range(1, plan["months"]))


def test_all_strategies_and_the_best_of_them(run: Run, debts_file: Any) -> None:
    words = ("--debts", debts_file(PROMOTED), "--extra", "250", "--all")
    plans = {plan["strategy"]: plan for plan in run("--json", "plan", *words).document}
    assert list(plans) == [
        "avalanche", "snowball", "hybrid", "cash-flow", "utilisation", "highest-payment", "shortest-term", "custom",
        "minimums", "best",
    ]  # fmt: skip
    interest = {key: Decimal(plan["total_interest"]) for key, plan in plans.items()}
    best = plans["best"]
    assert (best["exhaustive"], best["bound"]) == (True, None)
    assert best["tried"] >= 6
    assert interest["best"] == min(interest.values())
    assert Decimal(best["over_avalanche"]) == interest["avalanche"] - interest["best"]
    assert Decimal(best["over_snowball"]) == interest["snowball"] - interest["best"]
    assert interest["minimums"] == max(interest.values())


def test_strategies_may_be_named_in_one_go_or_one_by_one(run: Run, debts_file: Any) -> None:
    file = debts_file(TWO)
    for words in (
        ("--strategy", "snowball", "avalanche"),
        ("--strategy", "snowball", "--strategy", "avalanche"),
    ):
        answer = run("--json", "plan", "--debts", file, *words)
        assert [plan["strategy"] for plan in answer.document] == ["snowball", "avalanche"]
    twice = run("--json", "plan", "--debts", file, "--strategy", "best", "--strategy", "best").document
    assert len(twice) == 1


def test_a_plan_that_never_ends(run: Run, debts_file: Any) -> None:
    file = debts_file(NEVER)
    answer = run("--json", "plan", "--debts", file)
    assert answer.status == 1
    (plan,) = answer.document
    assert (plan["months"], plan["debt_free"]) == (None, None)
    assert (plan["total_interest"], plan["total_paid"]) == (None, None)
    assert plan["payoffs"] == [{"debt": "loan", "month": None, "date": None}]
    (never,) = plan["never"]
    assert never["debt"] == "loan"
    assert run("plan", "--debts", file, "--extra", never["short_by"]).status == 0
    less = Decimal(never["short_by"]) - Decimal("0.01")
    assert run("plan", "--debts", file, "--extra", str(less)).status == 1
    words = run("plan", "--debts", file)
    assert words.status == 1
    assert f"never ends: “loan” takes {never['short_by']} USD a month more." in words.out


def test_a_debt_that_is_paid_off_already(run: Run, debts_file: Any) -> None:
    file = debts_file([*TWO, {"name": "old", "balance": "0", "apr": "9", "minimum": "25"}])
    (plan,) = run("--json", "plan", "--debts", file, "--schedule").document
    assert plan["payoffs"][0] == {"debt": "old", "month": 0, "date": None}
    assert "old" not in {row["debt"] for row in plan["schedule"]}
    assert "before" in run("plan", "--debts", file).out


def test_one_off_payments_shorten_the_plan(run: Run, debts_file: Any) -> None:
    words = ("--debts", debts_file(TWO), "--budget", "600", "--start", "2026-01", "--strategy", "snowball")
    (without,) = run("--json", "plan", *words).document
    (by_order,) = run("--json", "plan", *words, "--one-off", "2026-03=1000").document
    (to_big,) = run("--json", "plan", *words, "--one-off", "2026-03=1000:Big").document
    (both,) = run(
        "--json", "plan", *words, "--one-off", "2026-03=500:big", "--one-off", "2026-05=500"
    ).document
    (at_once,) = run("--json", "plan", *words, "--one-off", "2026-03=500:big", "2026-05=500").document
    assert at_once == both
    payoff = {payoff["debt"]: payoff["month"] for payoff in without["payoffs"]}
    sooner = {payoff["debt"]: payoff["month"] for payoff in by_order["payoffs"]}
    assert sooner["small"] < payoff["small"]
    interest = [Decimal(plan["total_interest"]) for plan in (without, by_order, to_big, both)]
    assert interest[0] > interest[1] > interest[2]
    assert both["months"] < without["months"]


def test_without_rollover_and_with_other_rounding(run: Run, debts_file: Any) -> None:
    words = ("--debts", debts_file(TWO), "--extra", "350", "--start", "2026-01")
    (usual,) = run("--json", "plan", *words).document
    (alone,) = run("--json", "plan", *words, "--no-rollover").document
    (exact,) = run("--json", "plan", *words, "--rounding", "none").document
    assert alone["months"] >= usual["months"]
    assert alone["assumptions"] != usual["assumptions"]
    assert abs(Decimal(exact["total_interest"]) - Decimal(usual["total_interest"])) < 1


def test_amounts_are_in_the_currency_that_is_named(run: Run, debts_file: Any) -> None:
    yen = debts_file([{"name": "card", "balance": "500000", "apr": "15", "minimum": "20000"}])
    (plan,) = run("--json", "plan", "--debts", yen, "--currency", "jpy").document
    assert plan["currency"] == "JPY"
    assert "." not in plan["total_interest"]
    answer = run("plan", "--debts", debts_file(TWO), "--currency", "JPY", "--extra", "1.50")
    assert (answer.status, answer.err.count("\n")) == (1, 1)


def test_no_ledger_is_needed_or_made_for_a_file(run: Run, ledger_path: Path, debts_file: Any) -> None:
    assert run("plan", "--debts", debts_file(TWO)).status == 0
    assert not ledger_path.exists()


@pytest.mark.parametrize(
    ("debts", "part"),
    [
        ("", "is empty"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "nested"),
        ("[]", "debt"),
        ("{}", ""),
        ("[1]", ""),
        ('[{"name": "a", "balance": "1", "balance": "2", "apr": "1", "minimum": "1"}]', "“balance” twice"),
        ('[{"name": "a", "balance": "NaN", "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": NaN, "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": 1e999, "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": "1e1000000", "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": -5, "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": "10.001", "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": "1_000", "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": "10", "apr": "1", "minimum": {"term_months": 0}}]', ""),
        ('[{"name": "a", "balance": "10", "apr": "1", "minimum": {"percent": "x"}}]', ""),
        ('[{"balance": "10", "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": true, "apr": "1", "minimum": "1"}]', ""),
        ('[{"name": "a", "balance": 9' + "9" * 5000 + ', "apr": "1", "minimum": "1"}]', ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_debts_is_refused_in_a_sentence(
    run: Run, debts_file: Any, debts: str, part: str
) -> None:
    answer = run("--json", "plan", "--debts", debts_file(debts))
    assert answer.status == 1
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert "inside the program" not in answer.err
    assert part in answer.err
    assert len(answer.err) < 400


def test_a_file_that_is_not_there_or_is_a_folder(run: Run, tmp_path: Path) -> None:
    assert run("plan", "--debts", tmp_path / "none.json").err == (
        "counterfoil: There is no file none.json in that place; check the name.\n"
    )
    assert "is a folder" in run("plan", "--debts", tmp_path).err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--extra", "-5"], "“-5” is not an amount of 0 or more"),
        (["--extra", "NaN"], "“NaN” is not an amount of 0 or more"),
        (["--extra", "1,234"], "“1,234” is not an amount of 0 or more"),
        (["--budget", "1e5"], "“1e5” is not an amount of 0 or more"),
        (["--extra", "1", "--budget", "2"], "not allowed with"),
        (["--all", "--strategy", "best"], "not allowed with"),
        (["--strategy", "fastest"], "invalid choice: 'fastest'"),
        (["--start", "2026-13"], "“2026-13” is not a month"),
        (["--start", "2026-1"], "“2026-1” is not a month"),
        (["--rounding", "up"], "choose from 'half-up', 'half-even', 'none'"),
        (["--start", "9999-12"], "“9999-12” lies too far away; use a month between 1900 and 2199"),
        (["--one-off", "2026-03"], "“2026-03” is not a one-off payment"),
        (["--one-off", "2026-03=many"], "“many” is not an amount"),
        (["--one-off", "2026-03=5:"], "names no debt"),
        (["--one-off", "March=5"], "“March” is not a month"),
        (["--months", "5"], "unrecognized arguments"),
    ],
)
def test_wrong_words_are_status_2(run: Run, debts_file: Any, words: list[str], sentence: str) -> None:
    answer = run("plan", "--debts", debts_file(TWO), *words)
    assert answer.status == 2
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--budget", "249.99"], "250.00"),
        (["--one-off", "2025-12=100"], "The one-off payment in 2025-12 lies before the plan, which starts in 2026-01."),
        (["--one-off", "2026-02=100:car"], "No debt is called “car”; the plan has “small”, “big”."),
        (["--currency", "XYZ"], "“XYZ” is not a currency code"),
        (["--extra", "1.005"], "USD has 2 decimals"),
        (["--extra", "999999999999999"], "too large"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_refused(
    run: Run, debts_file: Any, words: list[str], sentence: str
) -> None:
    answer = run("plan", "--debts", debts_file(TWO), "--start", "2026-01", *words)
    assert answer.status == 1
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_words_for_people(run: Run, debts_file: Any) -> None:
    words = ("--debts", debts_file(TWO), "--budget", "600", "--start", "2026-01", "--strategy")
    out = run("plan", *words, "avalanche", "snowball", "best").out
    assert out.startswith("10000.00 USD owed, 600.00 a month from 2026-01.\n")
    assert "Avalanche" in out
    assert "plans tried" in out
    assert "2027-08" in out
    assert "Opening" not in out
    assert "Opening" in run("plan", *words, "avalanche", "--schedule").out


def test_the_debts_of_the_ledger(run: Run) -> None:
    run("demo")
    plans = {plan["strategy"]: plan for plan in run("--json", "plan", "--all").document}
    assert len(plans) == 10
    assert {plan["currency"] for plan in plans.values()} == {"USD"}
    # As in the sample's pictures: with the profile's budget of 1,094 a month.
    assert plans["avalanche"]["months"] == 34
    assert plans["minimums"]["months"] == 76
    assert plans["avalanche"]["assumptions"]["each month"] == "1094.00"
    assert plans["minimums"]["assumptions"]["each month"] == "854.00"
    (with_extra,) = run("--json", "plan", "--extra", "240").document
    assert with_extra == plans["avalanche"]
    (with_one_off,) = run("--json", "plan", "--extra", "240", "--one-off", "2099-01=5:car loan").document
    assert with_one_off["months"] == 34
    assert run("plan", "--currency", "EUR").err == (
        "counterfoil: Nothing is owed in EUR; there are debts in USD.\n"
    )


def test_a_ledger_without_debts(run: Run) -> None:
    assert run("plan").status == 1
    run("new")
    assert run("--json", "plan").document == []
    assert run("plan").out == "Nothing is owed.\n"


def test_several_currencies_are_planned_apart(run: Run, ledger_path: Path) -> None:
    from datetime import date

    from app.domain.debts import Debt, FixedMinimum
    from app.services import debts
    from app.services.ledger import open_ledger

    run("new", "--currency", "EUR")
    ledger = open_ledger(ledger_path)
    for name, currency in (("Bank", "EUR"), ("Card", "USD"), ("Paid", "GBP")):
        owed = 0 if name == "Paid" else 100000
        ledger.run(debts.add(Debt(name, currency, owed, date(2026, 1, 1), minimum=FixedMinimum(10000))))
    ledger.close()
    both = run("--json", "plan").document
    assert [(plan["currency"], plan["payoffs"][0]["debt"], plan["months"]) for plan in both] == [
        ("EUR", "Bank", 10),
        ("USD", "Card", 10),
    ]
    assert run("plan").out.count(" owed, 100.00 a month from ") == 2
    unclear = run("plan", "--extra", "100")
    assert (unclear.status, unclear.err) == (
        2,
        "counterfoil: There are debts in EUR, USD; say with --currency which ones are meant.\n",
    )
    (card,) = run("--json", "plan", "--currency", "usd", "--extra", "100").document
    assert (card["currency"], card["months"]) == ("USD", 5)
