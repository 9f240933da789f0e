"""What counts and lists files does not load what looks into them."""

import subprocess
import sys

from app.services import attachments

_LISTED = """
import sys
from app.services import attachments
attachments.total, attachments.of_purchase, attachments.listing
print(*(name for name in sys.modules if name.startswith("app.services.attachments.")))
"""


def test_counting_files_loads_nothing_that_reads_them() -> None:
    ran = subprocess.run([sys.executable, "-c", _LISTED], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["app.services.attachments.records"]


def test_every_name_is_there_when_it_is_asked_for() -> None:
    assert all(getattr(attachments, name) is not None for name in attachments.__all__)
    assert not hasattr(attachments, "nothing_of_that_name")
