"""Names, manifests and retention of backups."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.backups import (
    Kept,
    LeftOut,
    Manifest,
    Member,
    NotAManifest,
    Retention,
    backup_name,
    free_name,
    is_member_name,
    manifest_from_json,
    manifest_to_json,
    parse_json,
    superfluous,
    upload_name,
)

HASH = "ab" * 32
NOON = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)
MANIFEST = Manifest(
    NOON,
    "0.1.0",
    3,
    "Robin",
    {"purchases": 2},
    (Member("counterfoil.db", 4096, "0" * 64), Member(upload_name(HASH), 3, HASH)),
    (LeftOut("cd" * 32, "MISSING"),),
)


def test_a_backup_is_named_for_its_ledger_and_its_time() -> None:
    assert backup_name("Robin Alder", NOON) == "Robin-Alder-20261120-120005"
    assert backup_name("../..\\C:\x00", NOON) == "C-20261120-120005"
    assert backup_name("", NOON) == "ledger-20261120-120005"
    assert len(backup_name("x" * 300, NOON)) < 80


def test_two_backups_of_a_second_have_two_names() -> None:
    taken = {"Robin-20261120-120005", "Robin-20261120-120006"}
    assert free_name("Robin", NOON, taken.__contains__) == "Robin-20261120-120007"


def test_a_manifest_comes_back_as_it_was() -> None:
    assert manifest_from_json(parse_json(json.dumps(manifest_to_json(MANIFEST)).encode())) == MANIFEST
    assert MANIFEST.bytes == 4099
    assert [member.sha256 for member in MANIFEST.attachments] == [HASH]


@pytest.mark.parametrize(
    "name",
    [
        "../counterfoil.db",
        "/counterfoil.db",
        "C:\\counterfoil.db",
        "COUNTERFOIL.DB",
        "uploads",
        f"uploads/ab/ab/{HASH.upper()}",
        f"uploads/ab/cd/{HASH}",
        f"uploads/ab/ab/{HASH}/..",
        f"uploads/ab/ab/{HASH}\n",
        f"uploads\\ab\\ab\\{HASH}",
        "manifest.json",
    ],
)
def test_no_other_name_is_one_of_a_member(name: str) -> None:
    assert not is_member_name(name)
    values = manifest_to_json(MANIFEST)
    values["members"].append({"name": name, "size": 1, "sha256": HASH})
    with pytest.raises(NotAManifest):
        manifest_from_json(values)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("counterfoil_backup", True),
        ("counterfoil_backup", 2),
        ("counterfoil_backup", None),
        ("created_at", "2026-11-20"),
        ("created_at", 5),
        ("schema_version", -1),
        ("counts", {"purchases; DROP TABLE x": 1}),
        ("counts", {"purchases": 1.5}),
        ("counts", []),
        ("members", {}),
        ("members", []),
        ("members", [None]),
        ("members", [{"name": "counterfoil.db", "size": 1 << 62, "sha256": HASH}]),
        ("members", [{"name": "counterfoil.db", "size": 1, "sha256": "x"}]),
        ("members", [{"name": "counterfoil.db", "size": 1, "sha256": HASH}] * 2),
        ("left_out", [{"sha256": HASH}]),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(key: str, value: Any) -> None:
    with pytest.raises(NotAManifest):
        manifest_from_json({**manifest_to_json(MANIFEST), key: value})


@pytest.mark.parametrize("text", [b"", b"[]", b"[" * 100_000, b'{"a":1,"a":2}', b"\xff\xfe", b"NaN"])
def test_what_is_no_json_object_is_refused(text: bytes) -> None:
    with pytest.raises(NotAManifest):
        parse_json(text)


def daily(days: int, verified: int = 0) -> list[Kept]:
    return [Kept(f"b{day}", NOON - timedelta(days=day), day == verified) for day in range(days)]


def test_a_year_of_days_thins_out() -> None:
    backups = daily(365)
    gone = superfluous(backups, Retention())
    left = [one for one in backups if one.name not in gone]
    assert [one.name for one in left[:7]] == [f"b{day}" for day in range(7)]
    assert len({(one.made_at.year, one.made_at.month) for one in left}) == 12
    assert 17 <= len(left) <= 7 + 5 + 12
    assert gone[0] == "b364"


def test_the_newest_verified_one_stays_however_old() -> None:
    assert "b300" not in superfluous(daily(365, verified=300), Retention(1, 1, 0, 0))
    assert superfluous(daily(3, verified=2), Retention(1, 0, 0, 0)) == ["b1"]


def test_keeping_none_keeps_all() -> None:
    assert superfluous(daily(9), Retention(0, 0, 0, 0)) == []


@given(
    st.lists(st.tuples(st.integers(0, 2_000_000), st.booleans()), max_size=40),
    st.builds(Retention, *[st.integers(0, 6)] * 4),
)
def test_what_has_to_stay_stays(made: list[tuple[int, bool]], retention: Retention) -> None:
    backups = [
        Kept(str(number), NOON - timedelta(minutes=minutes), verified)
        for number, (minutes, verified) in enumerate(made)
    ]
    gone = set(superfluous(backups, retention))
    left = [one for one in backups if one.name not in gone]
    assert len(left) >= min(len(backups), max(retention.last, 1))
    verified = [one for one in backups if one.verified]
    if verified:
        assert max(one.made_at for one in verified) in {one.made_at for one in left if one.verified}
    assert not set(superfluous(left, retention)), "removing again removes nothing more"
