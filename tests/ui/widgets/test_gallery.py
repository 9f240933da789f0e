"""All components together: they follow the theme, and no text is cut at any text size."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import theme
from app.ui.widgets.elided_label import ElidedLabel
from tests.ui import gallery


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = gallery.controls()
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_gallery_changes_its_scheme(qtbot: QtBot, look: theme.Theme) -> None:
    window = gallery.page()
    qtbot.addWidget(window)
    window.resize(900, 900)
    window.show()
    qtbot.waitExposed(window)
    corner = (2, 890)
    assert window.grab().toImage().pixelColor(*corner) == look.color("surface")
    look.set_appearance(theme.Appearance.DARK)
    assert window.grab().toImage().pixelColor(*corner) == look.color("surface")


@pytest.mark.parametrize("percent", [90, 100, 150, 200])
def test_no_text_is_cut(qtbot: QtBot, look: theme.Theme, page: QWidget, percent: int) -> None:
    look.set_text_percent(percent)
    page.setMaximumWidth(look.px(335))
    page.setMinimumWidth(look.px(335))
    page.resize(look.px(335), page.heightForWidth(look.px(335)))
    QApplication.processEvents()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not isinstance(label, ElidedLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            if not label.wordWrap():
                assert label.width() >= label.minimumSizeHint().width(), label.text()
    for button in page.findChildren(QPushButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.height() >= button.fontMetrics().height(), button.text()
