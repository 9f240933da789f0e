"""Fixtures for commands: each runs in this process, on a ledger of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap

IMPORTS = Path(__file__).parent.parent / "data" / "imports"


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


@pytest.fixture
def run(ledger_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as the installed program would, on the test's ledger unless it names another."""
    monkeypatch.setenv("COUNTERFOIL_LEDGER", str(ledger_path))
    monkeypatch.setattr(bootstrap, "set_up_logging", lambda: None)

    def call(*words: str | Path) -> Answer:
        capfd.readouterr()
        status = bootstrap.main([str(word) for word in words])
        out, err = capfd.readouterr()
        return Answer(status, out, err)

    return call


@pytest.fixture
def imports() -> Path:
    return IMPORTS
