"""The action Tools > Self-check."""

from app.ui.actions import Action, Place
from app.ui.i18n import tr
from app.ui.session import Session


def register(session: Session) -> None:
    """Declare the action."""
    session.actions.add(
        Action(
            "tools.selfcheck",
            tr("Self-chec&k…"),
            lambda: _open(session),
            Place("tools", 10, 10),
            icon="list-checks",
            tip=tr("Work out payoff plans that others have published, and compare every figure"),
        )
    )


def _open(session: Session) -> None:
    from app.ui.selfcheck.dialog import SelfCheckDialog

    SelfCheckDialog(session).open()
