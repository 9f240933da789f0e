"""What the page asks of the ledger, in parts that are read apart and each anew when its areas change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.services.changes import Area
from app.services.ledger import Interrupt, Ledger
from app.ui.overview.choices import ONE_TOTAL, Choices

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.due import DueFilter, DueItem
    from app.domain.spending import Analysis
    from app.services.backup import LastBackup
    from app.services.overview import CategorySpending, Covered, Debts, Outlook, Recorded, Spent
    from app.services.purchases import PurchaseRow


def due_filter() -> "DueFilter":
    """Return what is listed of what is due: as far ahead as the page of it does, without what is snoozed."""
    from app.domain.due import DueFilter

    return DueFilter(snoozed=False)


@dataclass(slots=True)
class Answers:
    """What was read so far; None is not read yet."""

    recorded: "Recorded | None" = None
    month: "Sequence[Spent] | None" = None
    year: "Sequence[Spent] | None" = None
    debts: "Debts | None" = None
    covered: "Covered | None" = None
    analysis: "Analysis | None" = None
    categories: "Sequence[CategorySpending]" = ()
    due: "Sequence[DueItem] | None" = None
    recent: "Sequence[PurchaseRow] | None" = None
    files: tuple[int, int] | None = None
    backup: "tuple[LastBackup | None, datetime] | None" = None

    @property
    def complete(self) -> bool:
        """Whether everything was read at least once."""
        read = (self.recorded, self.month, self.debts, self.covered, self.analysis, self.due, self.files)
        return None not in read

    def currencies(self) -> list[str]:
        """Return the currencies that something was bought or is owed in."""
        bought = self.analysis.currencies if self.analysis else ()
        owed = [each.currency for each in self.debts.outlooks] if self.debts else ()
        return list(dict.fromkeys((*bought, *owed)))

    def currency(self, choices: Choices) -> str:
        """Return the currency that the charts have, or `ONE_TOTAL`."""
        if choices.currency == ONE_TOTAL and self.analysis is not None and self.analysis.own_currency:
            return ONE_TOTAL
        known = self.currencies()
        return choices.currency if choices.currency in known else next(iter(known), "")

    def outlook(self, choices: Choices) -> "Outlook | None":
        """Return where the plan in use leads in that currency, or else in the first in which something is owed."""
        found = self.debts.outlooks if self.debts else ()
        wanted = self.currency(choices)
        return next((each for each in found if each.currency == wanted), next(iter(found), None))


@dataclass(frozen=True, slots=True)
class Part:
    """One question: `areas` are the parts of the ledger it is about; `chosen` that it depends on the choices."""

    key: str
    areas: frozenset[Area]
    read: Callable[[Ledger, Choices, Interrupt], Any]
    take: Callable[[Answers, Any], None]
    chosen: bool = False


def _read_bought(ledger: Ledger, choices: Choices, interrupt: Interrupt) -> tuple[Any, ...]:
    from app.services import overview

    one_total = choices.currency == ONE_TOTAL
    return (
        overview.recorded(ledger),
        overview.spent_this_month(ledger, interrupt, one_total=one_total),
        overview.spent_this_year(ledger, interrupt, one_total=one_total),
        overview.recent_purchases(ledger, interrupt),
    )


def _take_bought(answers: Answers, found: tuple[Any, ...]) -> None:
    answers.recorded, answers.month, answers.year, answers.recent = found


def _read_debts(ledger: Ledger, _choices: Choices, _interrupt: Interrupt) -> "tuple[Recorded, Debts]":
    from app.services import overview

    return overview.recorded(ledger), overview.debts_and_plans(ledger)


def _take_debts(answers: Answers, found: "tuple[Recorded, Debts]") -> None:
    answers.recorded, answers.debts = found


def _read_covered(ledger: Ledger, _choices: Choices, interrupt: Interrupt) -> "Covered":
    from app.services import overview

    return overview.covered(ledger, interrupt)


def _take_covered(answers: Answers, found: "Covered") -> None:
    answers.covered = found


def _read_due(ledger: Ledger, _choices: Choices, interrupt: Interrupt) -> "list[DueItem]":
    from app.services import due

    return due.listing(ledger, due_filter(), interrupt=interrupt)


def _take_due(answers: Answers, found: "list[DueItem]") -> None:
    answers.due = found


def _read_spending(
    ledger: Ledger, choices: Choices, interrupt: Interrupt
) -> "tuple[Analysis, tuple[CategorySpending, ...]]":
    from app.services import overview, spending

    found = spending.analysis(ledger, choices.question(ledger.today()), interrupt)
    return found, overview.by_category(ledger, found, interrupt)


def _take_spending(answers: Answers, found: "tuple[Analysis, tuple[CategorySpending, ...]]") -> None:
    answers.analysis, answers.categories = found


def _read_files(ledger: Ledger, _choices: Choices, _interrupt: Interrupt) -> tuple[int, int]:
    from app.services import attachments

    return attachments.total(ledger)


def _take_files(answers: Answers, found: tuple[int, int]) -> None:
    answers.files = found


def _read_backup(
    ledger: Ledger, _choices: Choices, _interrupt: Interrupt
) -> "tuple[LastBackup | None, datetime]":
    from app.services.backup import latest

    return latest.of(ledger.path), ledger.now().astimezone(ledger.profile.zone)


def _take_backup(answers: Answers, found: "tuple[LastBackup | None, datetime]") -> None:
    answers.backup = found


_OWN = {Area.PROFILE}
PARTS = (
    Part(
        "bought",
        frozenset({Area.PURCHASES, Area.NAMES, Area.RATES, *_OWN}),
        _read_bought,
        _take_bought,
        chosen=True,
    ),
    Part("debts", frozenset({Area.DEBTS, Area.SCENARIOS, *_OWN}), _read_debts, _take_debts),
    Part(
        "covered",
        frozenset({Area.WARRANTIES, Area.PURCHASES, Area.NAMES, Area.SETTINGS, *_OWN}),
        _read_covered,
        _take_covered,
    ),
    Part(
        "due",
        frozenset({Area.WARRANTIES, Area.PURCHASES, Area.DEBTS, Area.REMINDERS, Area.SETTINGS, *_OWN}),
        _read_due,
        _take_due,
    ),
    Part(
        "spending",
        frozenset({Area.PURCHASES, Area.NAMES, Area.RATES, *_OWN}),
        _read_spending,
        _take_spending,
        chosen=True,
    ),
    Part("files", frozenset({Area.ATTACHMENTS}), _read_files, _take_files),
    Part("backup", frozenset({Area.JOBS, *_OWN}), _read_backup, _take_backup),
)
