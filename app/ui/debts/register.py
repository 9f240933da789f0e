"""Adds the Debts page, what can be done from everywhere, and its records to a window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from app.services.changes import Area
from app.services.ledger import Interrupt
from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.pages import Badge, Group, Page, PageSpec
from app.ui.session import FoundRecord, RecordProvider, Session

if TYPE_CHECKING:
    from app.domain.debts import Debt
    from app.ui.debts.page import DebtsPage

PAGE = "debts"
_ICON = "landmark"


def register(session: Session) -> None:
    """Let the window show debts."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Debts"),
            mnemonic=tr("D&ebts"),
            icon=_ICON,
            group=Group.LEDGER,
            factory=_make_page,
            areas=frozenset({Area.DEBTS, Area.SCENARIOS, Area.PURCHASES, Area.PROFILE}),
            order=30,
            badge=_badge,
        )
    )
    _declare(session)
    session.records.append(RecordProvider(PAGE, tr("Debts"), lambda *asked: _search(session, *asked)))


def _declare(session: Session) -> None:
    def can_write() -> bool:
        return not session.ledger.read_only

    session.actions.add(
        Action(
            "debts.new",
            tr("New deb&t"),
            lambda: _new_debt(session),
            Place("data", 0, 10),
            icon="landmark",
            shortcuts=("Ctrl+Shift+D",),
            tip=tr("Record something that you owe"),
            enabled=can_write,
        ),
        Action(
            "debts.payment",
            tr("Record &payment…"),
            lambda: _record_payment(session),
            Place("data", 0, 20),
            icon="banknote",
            shortcuts=("Ctrl+Shift+P",),
            tip=tr("Record a payment towards a debt"),
            enabled=can_write,
        ),
        Action(
            "debts.balance",
            tr("Record statement &balance…"),
            lambda: _record_balance(session),
            Place("data", 0, 30),
            icon="scale",
            shortcuts=("Ctrl+Shift+B",),
            tip=tr("Record what a statement says that you owe"),
            enabled=can_write,
        ),
    )


def _badge(session: Session) -> Badge | None:
    from app.services import debts

    recorded = debts.count(session.ledger)
    return Badge(recorded) if recorded else None


def _make_page(session: Session) -> Page:
    from app.ui.debts.page import DebtsPage

    return DebtsPage(session)


def _page(session: Session) -> "DebtsPage":
    return cast("DebtsPage", session.show_page(PAGE))


def _new_debt(session: Session) -> None:
    _page(session).commands.new()


def _record_payment(session: Session) -> None:
    _page(session).commands.record_payment()


def _record_balance(session: Session) -> None:
    _page(session).commands.record_balance()


def _search(session: Session, text: str, limit: int, interrupt: Interrupt) -> Sequence[FoundRecord]:
    """Find debts for the command palette, the largest first."""
    from app.domain.debts import DebtFilter, SortBy
    from app.domain.money import Money
    from app.services import debts
    from app.ui import formats

    wanted, sort = DebtFilter(text=text), SortBy("balance", descending=True)
    ids = debts.ids(session.ledger, wanted, sort, interrupt)[:limit]

    def opened(debt: "Debt") -> FoundRecord:
        owed = formats.money(Money(debt.balance, debt.currency))
        return FoundRecord(debt.name, owed, _ICON, lambda: session.show_page(PAGE, debt=debt.id))

    return [opened(debt) for debt in debts.rows(session.ledger, ids)]
