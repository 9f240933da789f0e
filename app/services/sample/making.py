"""Makes the sample ledger out of its subjects."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

from app.domain.dates import to_milliseconds
from app.domain.identity import version_7
from app.domain.profile import Profile
from app.services.changes import Write
from app.services.jobs import JobContext
from app.services.ledger import Reader, create_ledger
from app.services.sample.claims import plant_claims
from app.services.sample.debts import plant_debts
from app.services.sample.many_purchases import plant_many_purchases
from app.services.sample.purchases import plant_purchases
from app.services.sample.rates import plant_rates
from app.services.sample.receipts import plant_receipts
from app.storage.attachments.store import UPLOADS, AttachmentStore

Size = Literal["small", "large"]
LARGE_PURCHASES = 100_000

PROFILE = Profile(
    name="Robin Alder", country="US", timezone="America/New_York", currency="USD", debt_budget=109_400
)


def make_sample(
    path: Path,
    size: Size = "small",
    seed: int = 1,
    today: date | None = None,
    context: JobContext | None = None,
) -> None:
    """Make the sample ledger in a folder, whole or not at all.

    `small` is a year and a half of one person's purchases with receipts and claims, `large` has 100,000; both have
    four debts with a year of payments, and two scenarios. Dates lie before `today`, the present day of the sample's
    owner unless given. Raises `LedgerExists`, other `EnvironmentProblem`s, and `Cancelled` when the job was.
    """
    day = today or PROFILE.today()
    job = context or JobContext()

    def plant(write: Write) -> None:
        plant_debts(write, day)
        if size == "small":
            made, ids = plant_purchases(write, day)
            plant_claims(write, made, ids, day)
            plant_receipts(write, store, made, ids, job)
            plant_rates(write, day)
        else:
            plant_many_purchases(write, LARGE_PURCHASES, seed, day, job)

    store = AttachmentStore(path / UPLOADS)
    try:
        make_ledger(path, plant, seed, day)
    except BaseException:
        _take_back(store)
        raise


def make_ledger(path: Path, plant: Callable[[Write], None], seed: int, today: date) -> None:
    """Make a ledger of the sample's owner with what `plant` adds, the same to the byte for a seed and a day."""
    made_at = datetime.combine(today, time(8, 30), UTC)
    create_ledger(path, PROFILE, plant, lambda connection: _begin(connection, seed, made_at))


def _take_back(store: AttachmentStore) -> None:
    """Remove what was put into the store of a ledger that could not be made, and the folder if it is empty then."""
    for sha256 in store.new():
        store.delete(sha256)
    if store.folder.is_dir() and not any(store.folder.iterdir()):
        store.folder.rmdir()
        if not any(store.folder.parent.iterdir()):
            store.folder.parent.rmdir()


def _begin(connection: Reader, seed: int, made_at: datetime) -> Write:
    source = random.Random(seed)  # noqa: S311 - the same identifiers every time is what is wanted
    milliseconds = to_milliseconds(made_at)
    return Write(connection, made_at, lambda: version_7(milliseconds, source.randbytes(10)))
