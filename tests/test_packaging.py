"""The lock file and the script that everything is set up with."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from defusedxml import ElementTree
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "packaging" / "dev"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_the_lock_file_holds_what_the_project_asks_for() -> None:
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, flags=re.MULTILINE):
        locked.setdefault(canonicalize_name(name), []).append(version)
    for line in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]:
        wanted = Requirement(line)
        versions = locked.get(canonicalize_name(wanted.name), [])
        assert versions, f"requirements.lock has no {wanted.name}: run packaging/dev lock"
        # Where Pythons differ, each line speaks of the versions for some of them only.
        fits = [wanted.specifier.contains(version) for version in versions]
        assert any(fits) if wanted.marker else all(fits), line


def test_every_locked_package_has_its_hashes() -> None:
    packages = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert packages
    assert not [package for package in packages if "--hash=sha256:" not in package]


def test_the_lock_file_names_no_server_and_no_machine() -> None:
    lines = [line for line in LOCK.splitlines() if not line.startswith("    --hash=")]
    assert not [line for line in lines if "://" in line or line.startswith("-") or "file:" in line]


def test_dev_explains_itself() -> None:
    answer = dev("--help")
    assert answer.returncode == 0
    assert "packaging/dev test" in answer.stdout


@pytest.mark.parametrize("arguments", [[], ["tset"]])
def test_dev_refuses_what_it_does_not_know(arguments: list[str]) -> None:
    answer = dev(*arguments)
    assert answer.returncode == 2
    assert "packaging/dev test" in answer.stderr


def test_the_timers_run_a_command_that_there_is() -> None:
    timers = ROOT / "packaging" / "timers"
    service = (timers / "counterfoil-due.service").read_text(encoding="utf-8")
    assert "\nExecStart=counterfoil run-due\n" in service
    task = ElementTree.parse(timers / "counterfoil-due.xml")
    words = {element.tag.rpartition("}")[2]: element.text for element in task.iter()}
    assert (words["Arguments"], words["Interval"]) == ("run-due", "PT1H")
    assert "run-due" in COMMANDS
