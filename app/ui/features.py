"""The list of what the window can show: each feature adds its pages and actions to the session.

Registering must be cheap: a feature imports what its pages need only when one of them is made.
"""

from app.ui.session import Session


def register_all(session: Session) -> None:
    """Let every feature add itself, in the order of the menus."""
    from app.ui.attachments import register as attachments
    from app.ui.backups import register as backups
    from app.ui.checking import register as checking
    from app.ui.debts import register as debts
    from app.ui.due import register as due
    from app.ui.exporting import register as exporting
    from app.ui.importing import register as importing
    from app.ui.jobs import register as jobs
    from app.ui.names import register as names
    from app.ui.overview import register as overview
    from app.ui.plans import register as plans
    from app.ui.purchases import register as purchases
    from app.ui.rates import register as rates
    from app.ui.selfcheck import register as selfcheck
    from app.ui.spending import register as spending
    from app.ui.warranties import register as warranties

    overview.register(session)
    purchases.register(session)
    warranties.register(session)
    spending.register(session)
    debts.register(session)
    plans.register(session)
    due.register(session)
    attachments.register(session)
    importing.register(session)
    exporting.register(session)
    rates.register(session)
    names.register(session)
    backups.register(session)
    jobs.register(session)
    selfcheck.register(session)
    checking.register(session)
