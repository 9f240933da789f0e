"""Files to import, written as a test needs them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.purchases import Purchase, PurchaseFilter, SortBy
from app.services import purchases
from app.services.importing.plan import ImportOptions
from app.services.importing.purchases.kind import PURCHASES
from app.services.importing.running import ImportReport, import_file
from app.services.ledger import Ledger

Importing = Callable[..., ImportReport]


@pytest.fixture
def import_table(ledger: Ledger, tmp_path: Path) -> Importing:
    """Import a CSV of rows, the first being the header: `import_table([...], [...], duplicates="add")`."""

    def run(*rows: list[Any], name: str = "table.csv", **options: Any) -> ImportReport:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        path = tmp_path / name
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return import_file(ledger, path, ImportOptions(PURCHASES, **options))

    return run


@pytest.fixture
def import_json(ledger: Ledger, tmp_path: Path) -> Importing:
    """Import a JSON document."""

    def run(document: Any, **options: Any) -> ImportReport:
        path = tmp_path / "document.json"
        path.write_text(
            document if isinstance(document, str) else json.dumps(document, indent=1), encoding="utf-8"
        )
        return import_file(ledger, path, ImportOptions(PURCHASES, **options))

    return run


def stored(ledger: Ledger) -> list[Purchase]:
    """Return every purchase of a ledger as entered."""
    ids = sorted(purchases.ids(ledger, PurchaseFilter(), SortBy()))
    found = [purchases.get(ledger, id) for id in ids]
    return [purchase for purchase in found if purchase is not None]


@pytest.fixture
def bought(ledger: Ledger) -> Callable[[], list[Purchase]]:
    """Everything in the ledger."""
    return lambda: stored(ledger)
