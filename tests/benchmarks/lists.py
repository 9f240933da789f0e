"""Lists, search and mass edits, straight on the services."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from app.domain.purchases import PurchaseFilter, PurchaseStatus, SortBy
from app.services import purchases
from app.services.ledger import Ledger
from app.storage.purchases.filtering import phrases
from tests.benchmarks.harness import Benchmark, Result, medians
from tests.benchmarks.ledgers import HUGE, LARGE, MIDDLE, copy_of, folder_of, plain_connection
from tests.helpers.ledgers import opened

PAGE = 100
FRAME = 1 / 60
EDITED = 10_000
STATUSES = ("ORDERED", "RECEIVED", "RETURNED")
WORDS = {"mouse": "common", "zell": "rarer", "northwind office": "two words"}


def bulk_edit(rounds: int) -> Iterator[Result]:
    """Select 10,000 of 100,000, change their status and take it back; by hand it is one UPDATE."""
    with (
        copy_of(LARGE) as ours,
        copy_of(LARGE) as theirs,
        opened(ours) as ledger,
        plain_connection(theirs) as raw,
    ):
        everything = purchases.ids(ledger, PurchaseFilter(), SortBy())
        turns = count()

        def edit(**values: str) -> None:
            ledger.run(purchases.bulk_edit(everything[:EDITED], values))
            ledger.undo().result()

        def update(column: str, value: object) -> None:
            statement = f"UPDATE purchases SET {column} = ?, updated_at = ? WHERE id > ?"
            raw.execute(statement, (value, next(turns), LARGE - EDITED))

        mine, other = medians(
            rounds,
            [
                lambda: edit(status=STATUSES[next(turns) % 3]),
                lambda: update("status", STATUSES[next(turns) % 3]),
            ],
        )
        yield Result(
            "select all, bulk edit 10,000 of 100,000, undo",
            mine,
            baseline=other,
            against="one hand-written UPDATE through sqlite3",
            goal=6,
        )
        mine, other = medians(
            rounds,
            [
                lambda: edit(retailer=f"Shop {next(turns)}"),
                lambda: update("retailer_id", next(turns) % 9 + 1),
            ],
        )
        yield Result(
            "the same with a retailer",
            mine,
            baseline=other,
            against="one hand-written UPDATE, which leaves search behind",
            note="10,000 texts are taken out of the search index and put into it, twice.",
        )


def search(rounds: int) -> Iterator[Result]:
    """From the word to the first rows of a filtered and sorted list, with a million purchases."""
    folder = folder_of(HUGE)
    with opened(folder, read_only=True) as ledger, plain_connection(folder) as raw:

        def bare(word: str) -> Callable[[], None]:
            query = "SELECT rowid FROM purchase_search WHERE purchase_search MATCH ?"
            return lambda: drop(raw.execute(query, (phrases(word),)).fetchall())

        for word, kind in WORDS.items():
            mine, other = medians(
                rounds,
                [first_rows_of(ledger, word), bare(word)],
            )
            hits = purchases.count(ledger, PurchaseFilter(text=word))
            yield Result(
                f"search “{word}” ({kind}, {hits:,} hits) in 1,000,000, first {PAGE} rows",
                mine,
                baseline=other,
                against="a bare FTS5 trigram query",
                goal=3,
            )
        for word, kind in (("be-0004", "an order number, no hit"), ("ke", "too short for the index")):
            (mine,) = medians(rounds, [first_rows_of(ledger, word)])
            yield Result(
                f"search “{word}” ({kind}) in 1,000,000, first {PAGE} rows", mine, limit=FRAME, against=""
            )


def growth(rounds: int) -> Iterator[Result]:
    """The same look at 10,000, 100,000 and 1,000,000 purchases; what a page needs at once has to stay flat."""
    looks: dict[str, Callable[[Ledger], Callable[[], None]]] = {
        "first 100 rows": lambda ledger: first_rows_of(ledger, ""),
        "first 100 rows of a status": lambda ledger: first_rows(
            ledger, PurchaseFilter(statuses=frozenset({PurchaseStatus.RETURNED}))
        ),
        "100 rows in the middle": middle_rows,
        "all ids in order": lambda ledger: lambda: drop(purchases.ids(ledger, PurchaseFilter(), SortBy())),
        "totals": lambda ledger: lambda: drop(purchases.totals(ledger, PurchaseFilter())),
    }
    folders: list[Path] = [folder_of(rows) for rows in (MIDDLE, LARGE, HUGE)]
    with (
        opened(folders[0], read_only=True) as small,
        opened(folders[1], read_only=True) as middle,
        opened(folders[2], read_only=True) as large,
    ):
        for name, look in looks.items():
            few, more, most = medians(rounds * 2, [look(small), look(middle), look(large)])
            flat = "rows" in name
            yield Result(
                f"{name}, 100,000", more, baseline=few, against="the same of 10,000", goal=3 if flat else 10
            )
            yield Result(
                f"{name}, 1,000,000",
                most,
                baseline=few,
                against="the same of 10,000",
                goal=3 if flat else 100,
            )


def first_rows_of(ledger: Ledger, typed: str) -> Callable[[], None]:
    return first_rows(ledger, PurchaseFilter(text=typed))


def first_rows(ledger: Ledger, wanted: PurchaseFilter) -> Callable[[], None]:
    return lambda: drop(purchases.rows(ledger, purchases.first_ids(ledger, wanted, SortBy(), PAGE)))


def middle_rows(ledger: Ledger) -> Callable[[], None]:
    ids = purchases.ids(ledger, PurchaseFilter(), SortBy())
    middle = len(ids) // 2
    return lambda: drop(purchases.rows(ledger, ids[middle : middle + PAGE]))


def drop(_found: object) -> None:
    """Forget what was found; only the time counts."""


BENCHMARKS = [Benchmark("edit", bulk_edit), Benchmark("search", search), Benchmark("growth", growth)]
