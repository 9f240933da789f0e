"""The recovery sheet of a locked backup: a page to print, whose key opens the backup when the passphrase is lost."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.storage.backup.archive import read_recovery_key
from app.storage.errors import file_problems
from app.storage.files import replace_file

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_GROUP = 6
_GROUPS_A_LINE = 5
_MARGIN = 72
_FONTS = Path(__file__).resolve().parents[3] / "resources" / "fonts"
_WORDS = """\
Whoever has this page can open the backup named above. Keep it on paper, apart from the backup.
To restore: choose the backup in Counterfoil, and type this key where the passphrase is asked for. \
Blanks and lines do not matter, nor do small letters.
Without Counterfoil: unzip the file, save the key in a text file key.txt on one line without blanks, \
and run  age --decrypt -i key.txt -o backup.zip backup.age
"""


def write_recovery_sheet(backup: Path, passphrase: str, target: Path, on: date) -> None:
    """Write the sheet of a locked backup as a PDF; `on` is the day that it says it was made.

    A file that is there already is replaced by it, whole. Raises `WrongPassphrase`, `Unfit` and `EnvironmentProblem`.
    """
    key = read_recovery_key(backup, passphrase)
    sheet = _sheet(backup.name, key, on)
    with file_problems(target), replace_file(target) as file:
        # Only the owner may read it, from the first byte on.
        Path(file.name).chmod(0o600)
        file.write(sheet)


def grouped(key: str) -> list[str]:
    """Return a key in lines of groups that can be typed."""
    groups = [key[at : at + _GROUP] for at in range(0, len(key), _GROUP)]
    return [" ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]


def _sheet(name: str, key: str, on: date) -> bytes:
    from io import BytesIO

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for face in ("Inter-Regular", "Inter-SemiBold"):
        pdfmetrics.registerFont(TTFont(face, _FONTS / f"{face}.ttf"))
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setTitle(f"Recovery sheet: {name}")
    canvas.setAuthor("Counterfoil")
    width, height = A4
    y = height - _MARGIN
    y = _line(canvas, "Recovery sheet", "Inter-SemiBold", 20, y, 30)
    for line in simpleSplit(name, "Inter-SemiBold", 11, width - 2 * _MARGIN):
        y = _line(canvas, line, "Inter-SemiBold", 11, y, 16)
    y = _line(canvas, f"Counterfoil, {on.isoformat()}", "Inter-Regular", 10, y, 34)
    for line in grouped(key):
        y = _line(canvas, line, "Courier-Bold", 14, y, 22)
    y -= 16
    for paragraph in _WORDS.splitlines():
        for line in simpleSplit(paragraph, "Inter-Regular", 10, width - 2 * _MARGIN):
            y = _line(canvas, line, "Inter-Regular", 10, y, 15)
        y -= 8
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _line(canvas: "Canvas", text: str, face: str, size: float, y: float, step: float) -> float:
    canvas.setFont(face, size)
    canvas.drawString(_MARGIN, y, text)
    return y - step
