"""Adds the Payoff plans page to a window."""

from app.services import scenarios
from app.services.changes import Area
from app.ui.i18n import tr
from app.ui.pages import Badge, Group, Page, PageSpec
from app.ui.session import Session

PAGE = "plans"


def register(session: Session) -> None:
    """Let the window show payoff plans."""
    session.pages.add(
        PageSpec(
            id=PAGE,
            title=tr("Payoff plans"),
            mnemonic=tr("Pa&yoff plans"),
            icon="trending-down",
            group=Group.LEDGER,
            factory=_make_page,
            areas=frozenset({Area.DEBTS, Area.SCENARIOS, Area.PROFILE}),
            order=40,
            badge=_badge,
        )
    )


def _badge(session: Session) -> Badge | None:
    saved = scenarios.count(session.ledger)
    return Badge(saved) if saved else None


def _make_page(session: Session) -> Page:
    from app.ui.plans.page import PlansPage

    return PlansPage(session)
