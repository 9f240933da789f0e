"""A program of its own that changes a ledger and says what is stored; `tests.faults.warm` runs it.

Tests kill it, or take its disk away. It prints one line for every change that the ledger has acknowledged, and one
that begins with "problem" where the machine was in the way; it then tries the same change again.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from app.domain.attachments import Owner, OwnerKind
from app.domain.problems import Refused
from app.services import attachments, names, purchases
from app.services.changes import Command
from app.services.jobs import JobContext
from app.services.ledger import EnvironmentProblem, Ledger, open_ledger
from app.services.names import NameKind
from app.services.sample import make_sample
from app.services.sample.many_purchases import many_purchases
from tests.helpers.files import pdf_bytes, written
from tests.helpers.ledgers import add_all
from tests.helpers.old_ledgers import make_first_schema

TODAY = date(2026, 11, 20)
STEPS = 12
IMPORTED = 2_000
TRIES = 3
SOURCE_FOLDER = "in"
"""Where the files to be attached are, in the ledger's own folder so that they are copied along with it."""
SOURCES = ("0.pdf", "1.txt", "2.txt", "3.pdf")


def edit_steps() -> Iterator[Callable[[Ledger], object]]:
    """Give what a person does in a few minutes: add, change, change many, delete, merge, undo and redo."""
    for number in range(STEPS):
        if number % 12 == 11:
            yield lambda ledger: ledger.redo().result()
        elif number % 6 == 4:
            yield lambda ledger: ledger.undo().result()
        elif number % 6 == 3:
            yield lambda ledger: ledger.run(purchases.remove([1]))
        elif number % 6 == 2:
            yield lambda ledger, number=number: ledger.run(change_all(number))  # type: ignore[misc]
        else:
            yield lambda ledger, number=number: ledger.run(add_one(number))  # type: ignore[misc]


def add_one(number: int) -> Command:
    made = next(many_purchases(1, number, TODAY))
    return purchases.add(made)


def change_all(number: int) -> Command:
    return purchases.bulk_edit(range(1, 100), {"retailer": f"Shop {number}", "status": "RETURNED"}, ("seen",))


def import_steps() -> Iterator[Callable[[Ledger], object]]:
    """Give one large change, made of many statements."""
    made = many_purchases(IMPORTED, 1, TODAY)
    batches = list(iter(lambda: list(islice(made, 500)), []))
    yield lambda ledger: ledger.run(add_all(batches))


def merge_steps() -> Iterator[Callable[[Ledger], object]]:
    """Give one change that rewrites the search index of many purchases."""
    yield lambda ledger: ledger.run(
        names.merge(NameKind.RETAILER, [id for id, _ in names.choices(ledger, NameKind.RETAILER)], 1)
    )


def attach_steps() -> Iterator[Callable[[Ledger], object]]:
    """Give files attached to purchases: a new one, the same one elsewhere, several at once, and those again."""
    for purchase, chosen in [(1, SOURCES[:1]), (2, SOURCES[:1]), (1, SOURCES[1:])]:
        yield partial(attach, Owner(OwnerKind.PURCHASE, purchase), chosen)
    yield lambda ledger: ledger.undo().result()
    yield partial(attach, Owner(OwnerKind.PURCHASE, 3), SOURCES[2:])


def attach(owner: Owner, names: Sequence[str], ledger: Ledger) -> None:
    """Take files in and hang them on a purchase, as one step that is repeated as a whole."""
    paths = [ledger.path / SOURCE_FOLDER / name for name in names]
    files = [attachments.take_in(ledger, path, JobContext()) for path in paths]
    ledger.run(attachments.add(owner, files))


def no_steps() -> Iterator[Callable[[Ledger], object]]:
    """Give nothing to do: opening an older ledger brings it up to date."""
    return iter(())


STEPS_OF = {
    "edit": edit_steps,
    "import": import_steps,
    "merge": merge_steps,
    "attach": attach_steps,
    "migrate": no_steps,
}


def change(folder: Path, work: str) -> None:
    ledger = open_ledger(folder)
    say("opened")
    for number, step in enumerate(STEPS_OF[work]()):
        attempt(lambda step=step: step(ledger))  # type: ignore[misc]
        say(f"stored {number}")
    ledger.close()
    say("closed")


def attempt(act: Callable[[], object]) -> None:
    """Do something, and again when the machine was in the way."""
    for left in reversed(range(TRIES)):
        try:
            act()
        except EnvironmentProblem as problem:
            say(f"problem {type(problem).__name__}: {problem}")
            if not left:
                raise SystemExit(1) from problem
        except Refused as refusal:
            say(f"refused: {refusal}")
            return
        else:
            return


def say(line: str) -> None:
    # Not by the call that files are written with: tests let that one fail.
    os.writev(1, [f"{line}\n".encode()])


def main(arguments: Sequence[str]) -> None:
    # What is logged as a warning would be printed with the errors that nobody caught.
    logging.getLogger().addHandler(logging.NullHandler())
    work, folder = arguments[0], Path(arguments[1])
    if work == "create":
        attempt(lambda: make_sample(folder, today=TODAY))
        say("stored 0")
    else:
        attempt(lambda: change(folder, work))


def warm_up(folder: Path) -> None:
    """Do everything once, so that no module is loaded any more while faults are put in the way."""
    main(["create", str(folder / "sample")])
    make_first_schema(folder / "old", 1)
    main(["migrate", str(folder / "old")])
    furnish_sources(folder / "sample")
    for work in STEPS_OF:
        main([work, str(folder / "sample")])


def furnish_sources(ledger: Path) -> None:
    """Put the files that are to be attached into a ledger's folder."""
    for number, name in enumerate(SOURCES):
        content = pdf_bytes([f"receipt {number}"]) if name.endswith(".pdf") else name.encode() * 300_000
        written(ledger / SOURCE_FOLDER / name, content)
