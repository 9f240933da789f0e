"""The self-check: every published case agrees, and one that did not would be told."""

import json
from pathlib import Path

import pytest

from app.services.selfcheck import CASES, CaseResult, run_cases

RESULTS = run_cases()


@pytest.mark.parametrize("result", RESULTS, ids=[result.id for result in RESULTS])
def test_a_published_case_agrees(result: CaseResult) -> None:
    assert [figure for figure in result.figures if not figure.agrees] == []
    assert result.passed
    assert result.figures
    assert result.source
    assert result.title


def test_all_cases_are_there_with_all_their_figures() -> None:
    assert len(RESULTS) == 12
    assert sum(len(result.figures) for result in RESULTS) == 41


def test_a_figure_that_is_not_as_published_is_told(tmp_path: Path) -> None:
    told = json.loads(CASES.read_text(encoding="utf-8"))
    case = next(case for case in told["cases"] if case["id"] == "NODE-SNOW")
    case["expected"] |= {"months": 8, "total_interest": "90.84"}
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [case]}), encoding="utf-8")
    (result,) = run_cases(path)
    assert not result.passed
    wrong = {figure.what: (figure.expected, figure.found) for figure in result.figures if not figure.agrees}
    assert wrong == {"Months": ("8", "9"), "Interest in all": ("90.84", "90.83")}


def test_a_plan_that_ends_where_it_should_not_is_told(tmp_path: Path) -> None:
    told = json.loads(CASES.read_text(encoding="utf-8"))
    case = next(case for case in told["cases"] if case["id"] == "NEVER")
    case["extra"] = "5000"
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [case]}), encoding="utf-8")
    (result,) = run_cases(path)
    assert [(figure.expected, figure.found) for figure in result.figures] == [("never", "3")]
