"""The rules that keep the code base in shape: layers, start-up, what may be imported where, and leftovers."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
MAXIMUM_LINES = 450
# Folders of the working copy that are made by tools and not kept.
NOT_KEPT = {".git", ".venv", "__pycache__", "build", "dist"}
# Written in pieces, so that this file does not find itself.
LEFTOVERS = {
    "unfinished work": r"\b(TO" r"DO|FIX" r"ME|HA" r"CK)\b|#\s*XX" r"X\b|NotImplemented" r"Error",
    "a line hidden from coverage": r"pragma:\s*no " r"cover",
    "a path of one machine": r"(?<![\w.~])/(home|Users)"
    r"/\w+/|(?<![\w.~])/root"
    r"/\w|[A-Z]:\\+Users"
    r"\\",
}


def kept_files() -> Iterator[Path]:
    """Every file of the repository."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_KEPT]
        yield from (Path(folder) / name for name in names)


def python_files(*places: str) -> list[Path]:
    """The Python files below folders of the repository."""
    return [path for place in places for path in sorted((ROOT / place).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """The names of all modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def run_python(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a new interpreter, at the top of the repository."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_layer_knows_only_the_layers_below_it() -> None:
    arguments = ["--no-cache", "--no-logo"]
    result = run_python(f"from importlinter.cli import lint_imports_command as check; check({arguments})")
    assert result.returncode == 0, result.stdout + result.stderr


def test_everything_but_the_window_imports_without_qt() -> None:
    result = run_python(
        """
import importlib, pkgutil, sys
class WithoutQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ModuleNotFoundError(f"{name} is hidden", name=name)
sys.meta_path.insert(0, WithoutQt())
def modules(package):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        # alembic runs env.py itself, once there is something to migrate.
        if module.name not in ("app.ui", "app.storage.migrations.env"):
            imported = importlib.import_module(module.name)
            print(module.name)
            if module.ispkg:
                modules(imported)
modules(importlib.import_module("app"))
"""
    )
    assert result.returncode == 0, result.stderr
    assert {"app.bootstrap", "app.cli", "app.domain", "app.services", "app.storage"} <= set(
        result.stdout.split()
    )


@pytest.mark.parametrize("layer", ["domain", "storage", "services", "cli"])
def test_tests_below_the_window_do_not_need_qt(layer: str) -> None:
    qt = {"PySide6", "shiboken6", "pyqtgraph", "pytestqt"}
    users = [
        path.relative_to(ROOT)
        for path in python_files(f"tests/{layer}")
        if qt & {name.partition(".")[0] for name in imports(path)}
    ]
    assert not users


def test_the_program_imports_only_what_it_declares() -> None:
    """A package that another one happens to bring along would be gone with that one's next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    known = sys.stdlib_module_names | {"app"}
    packages = packages_distributions()
    undeclared = {}
    for path in [ROOT / "main.py", *python_files("app")]:
        for module in {name.partition(".")[0] for name in imports(path)} - known:
            if not declared & {canonicalize_name(name) for name in packages.get(module, [])}:
                undeclared[module] = path.relative_to(ROOT)
    assert not undeclared


def test_texts_of_the_window_are_literals() -> None:
    """Translators get the texts from the code, which works only for texts that stand there as they are."""
    hidden = []
    for path in python_files("app/ui"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = node.args[: {"tr": 1, "tr_n": 2}.get(node.func.id, 0)]
                if not all(is_text(text) for text in texts):
                    hidden.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    # The one place where every text passes through as a value.
    assert [place for place in hidden if not place.startswith("app/ui/i18n.py:")] == []


def is_text(node: ast.expr) -> bool:
    """Whether an expression is a text that can be extracted: a literal, or the title of a declared column."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    return isinstance(node, ast.Attribute) and node.attr == "title"


def test_files_can_be_read_in_one_sitting() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_bytes().splitlines())
        for path in python_files("app", "tests", "packaging")
    }
    assert not {name: length for name, length in lengths.items() if length > MAXIMUM_LINES}


def test_nothing_is_left_over() -> None:
    found = []
    for path in kept_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for name, pattern in LEFTOVERS.items():
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path.relative_to(ROOT)}:{line}: {name}: {match.group()}")
    assert not found, "\n".join(found)
