"""Adds the Payoff plans page to a window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.text import fold
from app.services.changes import Area
from app.services.ledger import Interrupt
from app.ui.i18n import tr
from app.ui.pages import Badge, Group, Page, PageSpec
from app.ui.session import FoundRecord, RecordProvider, Session

if TYPE_CHECKING:
    from app.domain.debts.scenario import Scenario

PAGE = "plans"
_ICON = "trending-down"


def register(session: Session) -> None:
    """Let the window show payoff plans."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Payoff plans"),
            mnemonic=tr("Pa&yoff plans"),
            icon=_ICON,
            group=Group.LEDGER,
            factory=_make_page,
            areas=frozenset({Area.DEBTS, Area.SCENARIOS, Area.PROFILE}),
            order=40,
            badge=_badge,
        )
    )
    session.records.append(RecordProvider(PAGE, tr("Payoff plans"), lambda *asked: _search(session, *asked)))


def _badge(session: Session) -> Badge | None:
    from app.services import scenarios

    saved = scenarios.count(session.ledger)
    return Badge(saved) if saved else None


def _search(session: Session, text: str, limit: int, _interrupt: Interrupt) -> Sequence[FoundRecord]:
    """Find scenarios by their name for the command palette."""
    from app.services import scenarios

    wanted = fold(text)

    def opened(scenario: "Scenario") -> FoundRecord:
        return FoundRecord(
            scenario.name, scenario.currency, _ICON, lambda: session.show_page(PAGE, scenario=scenario.id)
        )

    found = [one for one in scenarios.all_scenarios(session.ledger) if wanted in fold(one.name)]
    return [opened(scenario) for scenario in found[:limit]]


def _make_page(session: Session) -> Page:
    from app.ui.plans.page import PlansPage

    return PlansPage(session)
