"""Identifiers: UUIDs, version 7."""

import time
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.identity import new_uuid, new_uuid_bytes, version_7


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_any_time_and_any_chance_give_a_proper_uuid(milliseconds: int, random: bytes) -> None:
    made = UUID(bytes=version_7(milliseconds, random))
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == milliseconds


def test_no_two_are_alike_and_later_ones_sort_later() -> None:
    before = time.time_ns() // 1_000_000
    made = [new_uuid_bytes() for _ in range(10_000)]
    after = time.time_ns() // 1_000_000
    assert len(set(made)) == len(made)
    times = [int.from_bytes(one[:6]) for one in made]
    assert times == sorted(times)
    assert before <= times[0] <= times[-1] <= after


def test_the_value_and_its_bytes_are_one_thing() -> None:
    assert new_uuid().version == UUID(bytes=new_uuid_bytes()).version == 7
