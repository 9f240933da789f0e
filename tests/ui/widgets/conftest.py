"""The theme in use while a widget is tested."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from app.ui.theme import theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """A light theme without movement, taken off the application again after the test."""
    made = theme.install(qapp, theme.Appearance.LIGHT, reduce_motion=True)
    yield made
    made.stop()
    qapp.setStyleSheet("")
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    # Widgets that wait for their end must not be drawn without a theme.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.use(None)
