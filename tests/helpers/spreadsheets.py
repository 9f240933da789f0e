"""Workbooks recomputed by LibreOffice, as somebody's spreadsheet program would."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is not installed, and nothing else here recomputes a workbook"
)


def recomputed(books: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return workbooks as they are after a spreadsheet program has opened them: with values in place of formulas."""
    assert SOFFICE is not None
    given, made = folder / "given", folder / "made"
    given.mkdir(parents=True)
    for name, book in books.items():
        book.save(given / f"{name}.xlsx")
    profile = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    files = [str(path) for path in sorted(given.iterdir())]
    done = subprocess.run([*command, str(made), *files], capture_output=True, timeout=600, check=False)
    assert len(list(made.glob("*.xlsx"))) == len(files), done.stderr.decode(errors="replace")
    return {name: openpyxl.load_workbook(made / f"{name}.xlsx", data_only=True) for name in books}
