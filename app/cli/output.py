"""What commands print: one JSON document or human words on stdout, everything else on stderr."""

import json
import sys
from dataclasses import dataclass
from typing import Any


@dataclass
class Output:
    """Where a command's answer goes."""

    as_json: bool

    def answer(self, document: Any, words: str) -> None:
        """Print the answer, as a JSON document or in words."""
        sys.stdout.write(
            (json.dumps(document, ensure_ascii=False, indent=2) if self.as_json else words) + "\n"
        )

    def note(self, sentence: str) -> None:
        """Say something that is not the answer."""
        sys.stderr.write(sentence + "\n")


class ProgressLine:
    """Progress on one line of stderr, where that is a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = False

    def show(self, done: int, total: int | None) -> None:
        """Show how far a job is."""
        if sys.stderr.isatty():
            share = f"{done:,} of {total:,}" if total else f"{done:,}"
            sys.stderr.write(f"\r{self._name}: {share}\033[K")
            sys.stderr.flush()
            self._shown = True

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\033[K")


def table(rows: list[tuple[str, ...]]) -> str:
    """Return rows as text in columns, the first left and the others right-aligned."""
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        first, *others = row
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
