"""The line below a table."""

from pytestqt.qtbot import QtBot

from app.ui.records.footer import Footer
from app.ui.theme.theme import Theme
from app.ui.widgets.elided_label import ElidedLabel


def test_words_without_amounts_end_where_the_table_ends(qtbot: QtBot, look: Theme) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    footer.resize(900, footer.height())
    footer.show()
    for amounts in ("$12.00", ""):
        footer.show_figures("3 active, 1 ended", amounts)
        assert footer.totals_text() == f"3 active, 1 ended {amounts}".strip()
    qtbot.waitUntil(lambda: _right_of_words(footer) == 900 - look.space("xl"))


def _right_of_words(footer: Footer) -> int:
    words = [label for label in footer.findChildren(ElidedLabel) if label.text() == "3 active, 1 ended"]
    footer.layout().activate()
    return words[0].geometry().right() + 1
