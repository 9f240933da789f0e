"""The theme on a running application: colours, fonts, sizes and icons change together."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QFontInfo, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.theme import fonts, icons, lucide, theme
from tests.ui.theme.contrast import contrast


def test_nothing_is_drawn_before_a_theme_is_chosen() -> None:
    with pytest.raises(theme.NoTheme, match="install"):
        theme.current()


def test_the_theme_reaches_the_whole_application(look: theme.Theme, qapp: QApplication) -> None:
    assert theme.current() is look
    assert qapp.style().name() == "fusion" or "#F5F4F1" in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#F5F4F1")
    assert qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor("#9C988F")
    assert QFontInfo(qapp.font()).family() == "Inter"


def test_dark_replaces_palette_and_style_sheet(look: theme.Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.set_appearance(theme.Appearance.DARK)
    assert look.dark
    assert look.color("surface") == QColor("#1C1F22")
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#1C1F22")
    assert "#17191C" in qapp.styleSheet()
    assert "#F5F4F1" not in qapp.styleSheet()
    assert look.chart.grid == "#32373C"


def test_following_the_system_ends_in_one_of_the_two(look: theme.Theme) -> None:
    look.set_appearance(theme.Appearance.SYSTEM)
    assert look.scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK)


def test_the_style_sheet_has_no_gaps_and_its_images_exist(look: theme.Theme, qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    assert "$" not in sheet
    images = {part.split(")")[0] for part in sheet.split("url(")[1:]}
    assert images
    assert all(Path(image).is_file() for image in images)


def test_text_size_is_kept_within_limits(look: theme.Theme, qapp: QApplication) -> None:
    look.set_text_percent(150)
    assert qapp.font().pointSizeF() == pytest.approx(look.tokens.styles["body"].points * 1.5)
    assert look.size("control") == 45
    assert look.row_height == 45
    look.set_text_percent(10)
    assert look.text_percent == theme.MIN_TEXT
    look.set_text_percent(1000)
    assert look.text_percent == theme.MAX_TEXT


def test_density_changes_the_height_of_rows(look: theme.Theme) -> None:
    assert look.row_height == 30
    look.set_density(theme.Density.COMFORTABLE)
    assert look.row_height == 38


def test_reduced_motion_stops_all_movement(look: theme.Theme) -> None:
    assert look.duration("toastMs") == 160
    look.set_reduce_motion(True)
    assert look.duration("toastMs") == 0


def test_more_contrast_outlines_what_was_soft(look: theme.Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        theme.Theme, "_system_asks", lambda _theme, wish, _value: wish == "contrastPreference"
    )
    look.apply()
    assert look.high_contrast
    assert look.color("border") == QColor(look.tokens.color(look.scheme, "borderControl"))
    assert look.color("warningSoft") == look.color("surface")


def test_the_shadow_is_mostly_transparent(look: theme.Theme) -> None:
    assert look.color("shadow").alpha() == 0x29
    assert look.color("shadow").rgb() & 0xFFFFFF == 0


@pytest.mark.parametrize("appearance", [theme.Appearance.LIGHT, theme.Appearance.DARK])
def test_the_quiet_text_of_the_undo_bar_is_readable(
    look: theme.Theme, qapp: QApplication, appearance: theme.Appearance
) -> None:
    look.set_appearance(appearance)
    rule = qapp.styleSheet().split('QLabel[tone="tooltipQuiet"] { color: ')[1]
    assert contrast(rule[:7], look.color("tooltip").name()) >= 4.5


@pytest.mark.parametrize("role", ["caption", "small", "body", "bodyStrong", "metric"])
def test_figures_have_equal_widths(look: theme.Theme, role: str) -> None:
    metrics = QFontMetricsF(look.num_font(role))
    widths = {round(metrics.horizontalAdvance(figure * 10), 1) for figure in "0123456789"}
    assert len(widths) == 1


def test_weights_are_those_of_the_bundled_font(look: theme.Theme) -> None:
    assert [QFontInfo(fonts.font(role)).weight() for role in ("body", "caption", "title")] == [400, 500, 600]
    assert {QFontInfo(fonts.num_font(role)).family() for role in look.tokens.styles} == {"Inter"}


def test_a_font_that_cannot_be_loaded_is_logged(
    look: theme.Theme,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    expected_log: Callable[..., None],
) -> None:
    assert look.scheme is theme.Scheme.LIGHT
    expected_log("could not be loaded", level=logging.WARNING)
    monkeypatch.setattr(fonts, "RESOURCES", tmp_path)
    monkeypatch.setattr(fonts, "is_known", lambda: False)
    fonts.load_bundled()


def test_an_icon_has_the_colour_of_each_state(look: theme.Theme) -> None:
    icon = icons.icon("square")
    for mode, name in ((QIcon.Mode.Normal, "textSecondary"), (QIcon.Mode.Disabled, "textDisabled")):
        drawn = icon.pixmap(QSize(16, 16), mode).toImage()
        inks = {
            drawn.pixelColor(x, y).name()
            for x in range(16)
            for y in range(16)
            if drawn.pixelColor(x, y).alpha() > 200
        }
        assert look.color(name).name() in inks


def test_an_icon_with_a_gap_leaves_it_clear(look: theme.Theme) -> None:
    assert look.text_percent == 100
    icon = icons.icon("square", gap=True)
    wide = icon.pixmap(QSize(20, 16)).toImage()
    assert wide.width() == 20
    assert all(wide.pixelColor(x, y).alpha() == 0 for x in range(16, 20) for y in range(16))
    assert icon.pixmap(QSize(16, 16)).width() == 16


def test_bound_icons_follow_the_theme_and_the_text_size(look: theme.Theme, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    action = QAction()
    icons.bind(button, "plus")
    icons.bind(action, "plus")
    before = (button.icon().cacheKey(), action.icon().cacheKey())
    look.set_appearance(theme.Appearance.DARK)
    after = (button.icon().cacheKey(), action.icon().cacheKey())
    assert before[0] != after[0]
    assert before[1] != after[1]
    look.set_text_percent(200)
    assert button.iconSize() == QSize(32, 32)


def test_a_pixmap_is_as_sharp_as_the_screen(look: theme.Theme) -> None:
    pixmap = look.icons.pixmap("check", "accent", 16, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)


def test_an_unknown_drawing_is_refused() -> None:
    with pytest.raises(lucide.UnknownIcon, match="no-such-drawing"):
        lucide.svg("no-such-drawing")


def test_a_name_that_ends_like_another_is_not_mistaken_for_it() -> None:
    assert lucide.svg("x") != lucide.svg("circle-x")
    assert lucide.svg("x").count("<path") == 2


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "icons.zip"
    broken.write_bytes(b"not a zip archive at all")
    with pytest.raises(ValueError, match="not a zip archive"):
        lucide.Archive(broken)
