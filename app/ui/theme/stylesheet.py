"""The one style sheet of the program: chrome only, with the values of the theme filled in.

Rows, cells, pills and charts are painted by their delegates and widgets; what is here is what only a style
sheet can reach: menus, bars, buttons, fields, boxes, headers, scroll bars.
"""

from collections.abc import Mapping
from pathlib import Path
from string import Template

from app.ui.theme import lucide

_BASE = """
QWidget[ground="window"] { background: $window; }
QWidget[ground="sidebar"] { background: $sidebar; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="surfaceAlt"] { background: $surfaceAlt; }
QWidget[ground="raised"] { background: $raised; }
QFrame#card { background: $raised; border: 1px solid $border; border-radius: ${radiusCard}px; }
QFrame[rule="horizontal"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[rule="vertical"] { background: $border; border: 0; max-width: 1px; min-width: 1px; }
QLabel[tone="secondary"] { color: $textSecondary; }
QLabel[tone="disabled"] { color: $textDisabled; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="success"] { color: $success; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="tooltip"] { color: $tooltipText; }
QLabel[tone="tooltipQuiet"] { color: $tooltipQuiet; }
QFrame#toast { background: $tooltip; border-radius: ${radiusCard}px; }
QFrame#sidebar { border: 0; border-right: 1px solid $border; }
QToolTip { background: $tooltip; color: $tooltipText; border: 0; padding: 4px 8px; font-size: ${smallPt}pt; }
"""

_BARS = """
QMenuBar { background: $window; color: $text; padding: 0 6px; border: 0; }
QMenuBar::item { background: transparent; padding: 6px 10px; border-radius: ${radiusControl}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selectionInactive; }
QMenu { background: $raised; color: $text; border: 1px solid $borderStrong; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $textDisabled; background: transparent; }
QMenu::icon { padding-left: 10px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QMenu::indicator { width: 16px; height: 16px; left: 8px; }
QMenu::indicator:checked { image: url($checkText); }
QMenu::right-arrow { image: url($chevronRight); width: 14px; height: 14px; right: 6px; }
QToolBar { background: $window; border: 0; border-bottom: 1px solid $border; padding: 8px; spacing: 2px; }
QToolBar::separator { background: $borderStrong; width: 1px; margin: 5px 10px; }
QToolBar::handle { image: none; width: 0; }
QStatusBar { min-height: ${statusInner}px; background: $window; border-top: 1px solid $border; color: $textSecondary;
    font-size: ${smallPt}pt; }
QStatusBar::item { border: 0; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
"""

_BUTTONS = """
QPushButton { background: $raised; color: $text; border: 1px solid $borderStrong;
    border-radius: ${radiusControl}px; padding: 0 11px; min-height: ${controlInner}px; font-weight: 500; }
QPushButton, QToolButton, QCheckBox, QRadioButton, QSlider { outline: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selectionInactive; }
QPushButton:disabled { background: $disabledBase; color: $textDisabled; border-color: $borderStrong; }
QPushButton[kind="primary"], QPushButton:default[kind="primary"] { background: $accentFill; color: $onAccent;
    border-color: $accentFill; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accentHover; border-color: $accentHover; }
QPushButton[kind="primary"]:pressed { background: $accentPressed; border-color: $accentPressed; }
QPushButton[kind="danger"] { background: $dangerFill; color: $onAccent; border-color: $dangerFill;
    font-weight: 600; }
QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed { border-color: $text; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled { background: $selectionInactive;
    color: $textDisabled; border-color: $selectionInactive; }
QPushButton[kind="flat"], QPushButton[kind="link"] { background: transparent; border-color: transparent; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:pressed { background: $selectionInactive; }
QPushButton[kind="link"] { color: $accent; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="flat"]:disabled, QPushButton[kind="link"]:disabled { color: $textDisabled;
    background: transparent; border-color: transparent; }
QPushButton[compact="true"] { min-height: ${controlSmallInner}px; }
QPushButton[flush="true"] { padding: 0; border: 0; text-align: left; min-height: 20px; font-weight: 400; }
QPushButton[dense="true"] { min-height: ${chipInner}px; }
QPushButton[large="true"] { min-height: ${controlLarge}px; padding: 0 15px; }
QPushButton[bar="true"] { min-height: 20px; padding: 0 5px; font-weight: 400; }
QPushButton[toast="true"], QPushButton[toast="true"]:hover { color: $tooltipText; background: transparent;
    border: 0; padding: 0 8px; min-height: 24px; font-weight: 600; text-decoration: underline; }
QToolButton[toast="true"], QToolButton[toast="true"]:hover { background: transparent; }
QPushButton[icononly="true"] { padding: 0; min-width: ${controlInner}px; max-width: ${controlInner}px; }
QPushButton[icononly="true"][compact="true"] { min-width: ${controlSmallInner}px;
    max-width: ${controlSmallInner}px; }
QPushButton::menu-indicator { image: url($chevronDown); width: ${icon}px; height: ${icon}px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 10px; }
QPushButton[menu="true"] { padding-right: ${menuRoom}px; }
QToolButton { background: transparent; border: 0; border-radius: ${radiusControl}px; padding: 0 10px;
    min-height: ${toolInner}px; color: $text; }
QToolButton:hover { background: $selectionInactive; }
QToolButton:pressed, QToolButton:open { background: $selection; }
QToolButton:checked { background: $selection; }
QToolButton:disabled { color: $textDisabled; background: transparent; }
QToolButton[icononly="true"] { padding: 0; min-width: ${toolInner}px; }
QToolButton[icononly="true"][compact="true"] { min-width: ${toolSmall}px; min-height: ${toolSmall}px; }
QToolButton[bar="true"] { min-height: 20px; padding: 0 6px; border-radius: 4px; }
QToolButton[popupMode="2"] { padding-right: 30px; }
QToolButton[popupMode="1"] { padding-right: 16px; font-weight: 500; }
QToolButton::menu-indicator { image: url($chevronDown); width: ${icon}px; height: ${icon}px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }
QToolButton::menu-button { border: 0; width: 28px; border-radius: ${radiusControl}px; }
QToolButton::menu-button:hover { background: $borderStrong; }
QToolButton::menu-arrow { image: url($chevronDown); width: ${icon}px; height: ${icon}px; }
"""

_FIELDS = """
QLineEdit, QAbstractSpinBox, QComboBox:editable, QPlainTextEdit, QTextEdit { background: $surface;
    color: $text;
    border: 1px solid $borderControl; border-radius: ${radiusControl}px;
    selection-background-color: $textSelection; selection-color: $textOnSelection;
    placeholder-text-color: $textPlaceholder; }
QLineEdit { padding: 0 7px; min-height: ${controlInner}px; }
QAbstractSpinBox { min-height: ${spinInner}px; }
QPlainTextEdit, QTextEdit { padding: 3px 5px; }
QLineEdit:focus { border: 2px solid $focus; padding: 0 6px; min-height: ${controlFocus}px; }
QAbstractSpinBox:focus { border: 2px solid $focus; min-height: ${spinFocus}px; }
QComboBox:editable:focus { border: 2px solid $focus; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 2px 4px; }
QWidget[state="error"] { border-color: $danger; }
QWidget[state="warning"] { border-color: $warning; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
    background: $disabledBase; color: $textDisabled; border-color: $borderStrong; }
QLineEdit:read-only { background: $surfaceAlt; }
QLineEdit QToolButton { min-height: 0; padding: 0; border: 0; background: transparent; }
QLineEdit#bare, QLineEdit#bare:focus { border: 0; padding: 0 2px; min-height: 0; background: transparent; }
QLineEdit[dense="true"] { min-height: ${chipInner}px; }
QLineEdit[dense="true"]:focus { min-height: ${chipFocus}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; background: transparent; width: 22px;
    }
QAbstractSpinBox::up-arrow { image: url($chevronUp); width: ${iconSmall}px; height: ${iconSmall}px; }
QAbstractSpinBox::down-arrow { image: url($chevronDown); width: ${iconSmall}px; height: ${iconSmall}px; }
QComboBox { background: $raised; color: $text; border: 1px solid $borderStrong;
    border-radius: ${radiusControl}px;
    padding: 0 7px 0 10px; min-height: ${controlInner}px; font-weight: 500; }
QComboBox:editable { padding: 0 0 0 7px; font-weight: 400; }
QComboBox:editable:focus { padding: 0 0 0 6px; min-height: ${controlFocus}px; }
QComboBox:hover:!editable, QComboBox:on { background: $hover; }
QComboBox:focus { border: 2px solid $focus; padding: 0 6px 0 9px; min-height: ${controlFocus}px; }
QComboBox:disabled { background: $disabledBase; color: $textDisabled; border-color: $border; }
QComboBox::drop-down { border: 0; width: ${dropDown}px; subcontrol-origin: padding; subcontrol-position: center right;
    }
QComboBox::down-arrow { image: url($chevronDown); width: ${icon}px; height: ${icon}px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; min-height: 0;
    background: transparent; }
QComboBox QAbstractItemView, QListView#completer { background: $raised; color: $text;
    border: 1px solid $borderStrong;
    padding: 4px; outline: 0; font-weight: 400;
    selection-background-color: $selection; selection-color: $text; }
/* QCompleter adds 6 px to the height of the rows: with more around them they would scroll. */
QListView#completer { padding: 2px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView::item, QListView#completer::item { min-height: ${chipInner}px; padding: 0 6px;
    border-radius: 4px; }
QComboBox QAbstractItemView::item:selected, QListView#completer::item:selected { background: $selection;
    color: $text; }
QAbstractItemView QLineEdit, QAbstractItemView QLineEdit:focus { border: 2px solid $focus; border-radius: 0;
    padding: 0 4px; min-height: 0; }
"""

_BOXES = """
QCheckBox, QRadioButton { spacing: 8px; color: $text; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $textDisabled; }
QCheckBox::indicator, QAbstractItemView::indicator, QGroupBox::indicator { width: ${box}px; height: ${box}px;
    border: 1px solid $borderControl; border-radius: ${radiusIndicator}px; background: $surface; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {
    background: $accentFill; border-color: $accentFill; image: url($checkOnAccent); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: $accentFill;
    border-color: $accentFill; image: url($minusOnAccent); }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:disabled { background: $disabledBase; border-color: $borderStrong; }
QCheckBox::indicator:checked:disabled { background: $borderStrong; }
QRadioButton::indicator { width: ${box}px; height: ${box}px; border: 1px solid $borderControl;
    border-radius: ${boxRound}px;
    background: $surface; }
QRadioButton::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked { width: ${dot}px; height: ${dot}px; border: ${dotRing}px solid $accentFill;
    background: $onAccent; }
QRadioButton::indicator:disabled { border-color: $borderStrong; background: $disabledBase; }
"""

_VIEWS = """
QTableView, QListView, QTreeView { background: $surface; color: $text; border: 0; outline: 0;
    selection-background-color: $selection; selection-color: $text; gridline-color: $border; }
QHeaderView { background: $surfaceAlt; border: 0; font-size: ${smallPt}pt; font-weight: 500; }
QHeaderView::section { background: $surfaceAlt; color: $textSecondary; border: 0;
    border-bottom: 1px solid $border; padding: 0 8px; }
QHeaderView::section:first { padding-left: 24px; }
QHeaderView::section:last { padding-right: 24px; }
QTableCornerButton::section { background: $surfaceAlt; border: 0; border-bottom: 1px solid $border; }
QProgressBar { background: $borderStrong; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider:horizontal { min-height: 22px; }
QSlider::groove:horizontal { height: 4px; background: $borderStrong; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -7px 0; border-radius: 9px;
    border: 2px solid $accent; background: $surface; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $borderStrong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $borderControl; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $textSecondary; padding: 7px 12px; border: 0;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QGroupBox { border: 1px solid $border; border-radius: ${radiusCard}px; margin-top: 10px; padding: 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 12px; padding: 0 4px; color: $text; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surfaceAlt; }
QCalendarWidget QToolButton { min-height: 28px; padding: 0 8px; }
QCalendarWidget QToolButton::menu-indicator { image: none; width: 0; }
QCalendarWidget QSpinBox { min-height: 22px; }
QCalendarWidget QAbstractItemView { background: $raised; outline: 0;
    selection-background-color: $accentFill; selection-color: $onAccent; }
"""

_TEMPLATE = Template(_BASE + _BARS + _BUTTONS + _FIELDS + _BOXES + _VIEWS)

_IMAGES = {
    "checkOnAccent": ("check", "onAccent"),
    "minusOnAccent": ("minus", "onAccent"),
    "checkText": ("check", "text"),
    "chevronDown": ("chevron-down", "textSecondary"),
    "chevronUp": ("chevron-up", "textSecondary"),
    "chevronRight": ("chevron-right", "textSecondary"),
}


def write_images(folder: Path, colors: Mapping[str, str]) -> dict[str, str]:
    """Write the drawings that the style sheet shows into `folder`, coloured; return their paths by name."""
    paths = {}
    for name, (drawing, color) in _IMAGES.items():
        # The colour is part of the name: Qt keeps images by path and would show the old scheme's.
        path = folder / f"{drawing}-{colors[color].lstrip('#')}.svg"
        if not path.exists():
            path.write_text(lucide.svg(drawing).replace("currentColor", colors[color]), "utf-8")
        paths[name] = path.as_posix()
    return paths


def build(values: Mapping[str, str]) -> str:
    """Return the style sheet; `values` are colours, lengths and image paths by the names used in it."""
    return _TEMPLATE.substitute(values)
