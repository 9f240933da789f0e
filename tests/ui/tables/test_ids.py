"""Rows are found again by their ids, however many there are and wherever they went."""

from array import array
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.ui.tables.ids import covers, joined, no_ids, position, spans_of, taken

ROW_IDS = st.lists(st.integers(1, 10**12), unique=True, max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10)).map(lambda p: (p[0], p[0] + p[1] + 1)))


@given(ROW_IDS, ROW_IDS)
def test_the_runs_found_hold_exactly_the_wanted_ids_that_are_there(ids: list[int], wanted: list[int]) -> None:
    vector = array("q", ids)

    from_list = spans_of(vector, wanted)
    from_vector = spans_of(vector, array("q", wanted))

    assert from_list == from_vector == joined(from_list)
    assert set(taken(vector, from_list)) == set(ids) & set(wanted)


def test_a_selection_of_everything_stays_one_run_whatever_the_order() -> None:
    ids = array("q", range(1, 100_001))

    assert spans_of(ids[::-1], ids) == [(0, 100_000)]


def test_nothing_is_found_among_no_ids() -> None:
    assert spans_of(no_ids(), [1]) == []
    assert spans_of(array("q", [1]), no_ids()) == []
    assert position(no_ids(), 1) == -1


@given(ROW_IDS, st.integers(0, 100))
def test_a_row_is_found_wherever_it_was_before(ids: list[int], near: int) -> None:
    vector = array("q", ids)

    assert [position(vector, row_id, near) for row_id in ids] == list(range(len(ids)))
    assert position(vector, -5, near) == -1


def test_a_row_is_found_far_from_where_it_was() -> None:
    ids = array("q", range(200_000))

    assert position(ids, 199_999, near=0) == 199_999


@given(SPANS)
def test_joined_runs_cover_the_same_rows_once(spans: list[tuple[int, int]]) -> None:
    rows = {row for start, stop in spans for row in range(start, stop)}
    result = joined(spans)

    assert [row for start, stop in result for row in range(start, stop)] == sorted(rows)
    assert {row for row in range(70) if covers(result, row)} == rows
    assert all(earlier[1] < later[0] for earlier, later in pairwise(result))
