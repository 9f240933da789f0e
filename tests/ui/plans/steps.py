"""What the tests of the page do again and again."""

from pytestqt.qtbot import QtBot

from app.ui.plans.forms.scenario import NameDialog
from app.ui.plans.page import PlansPage


def settled(qtbot: QtBot, page: PlansPage) -> None:
    """Wait until what is shown is the plan in work."""
    qtbot.waitUntil(
        lambda: page.desk.view is not None and page.desk.view.wanted.scenario == page.desk.scenario
    )


def saved(qtbot: QtBot, page: PlansPage, name: str = "Main plan") -> None:
    """Save the plan in work as a scenario."""
    page.commands.save_as()
    dialog = page.session.window.findChild(NameDialog)
    assert dialog is not None
    dialog.form.name.set_text(name)
    dialog.save()
    qtbot.waitUntil(lambda: page.desk.saved is not None and page.desk.saved.name == name)
    settled(qtbot, page)


def row_texts(page: PlansPage, key: str) -> list[str]:
    table = page.strategies.table.strategies
    return [table.text(table.row_of(key), column) for column in range(table.columnCount())]
