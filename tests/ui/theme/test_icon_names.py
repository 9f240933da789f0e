"""Every icon that the program names exists; a wrong name would fail only when it is drawn."""

import ast
from collections.abc import Iterator
from pathlib import Path

import app.ui
from app.ui.theme import lucide

# Functions that take the name of an icon, and the place of it among their arguments.
PLACES = {
    "icon": 0,
    "pixmap": 0,
    "icon_button": 0,
    "tool_button": 0,
    "bind": 1,
    "primary": 1,
    "default": 1,
    "flat": 1,
    "danger": 1,
    "add_primary": 1,
    "add_secondary": 1,
    "StatusText": 1,
}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = PLACES.get(called)
        arguments = [k.value for k in node.keywords if k.arg == "icon"]
        if place is not None and len(node.args) > place:
            arguments.append(node.args[place])
        for argument in arguments:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                yield argument.value


def test_every_icon_named_in_the_program_exists() -> None:
    folder = Path(app.ui.__path__[0])
    found = {
        name: path.name
        for path in sorted(folder.rglob("*.py"))
        for name in _names(ast.parse(path.read_text("utf-8")))
    }
    assert len(found) > 5
    missing = {}
    for name, place in found.items():
        try:
            lucide.svg(name)
        except lucide.UnknownIcon:
            missing[name] = place
    assert missing == {}
