"""The design tokens: every colour, size, space and type style, read once from `tokens.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
"""The folder of pictures, fonts and values that the program is delivered with."""


class Scheme(StrEnum):
    """Which of the two sets of colours is shown."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class TypeStyle:
    """One role of text: its size in points (macOS has its own column), weight and spacing."""

    points: float
    points_mac: float
    pixels: int
    weight: int
    line_height: int
    letter_spacing: float
    """Per cent of the font's own spacing, 100 where the design leaves it alone."""


@dataclass(frozen=True)
class Series:
    """The look of one chart series; `dash` is in pixels, empty for a solid line."""

    name: str
    color: str
    dash: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """One step of the sequential scale, low to high, with the text colour that is readable on it."""

    color: str
    text: str


@dataclass(frozen=True)
class ChartTokens:
    """The colours of charts in one scheme, in the order in which they are to be used."""

    categorical: tuple[Series, ...]
    sequential: tuple[Step, ...]
    grid: str
    axis_text: str
    zero_line: str
    crosshair: str
    band_alpha: float


@dataclass(frozen=True)
class Tokens:
    """All values of the design. Lengths are pixels at 96 dpi and 100 % text size, times are milliseconds."""

    colors: Mapping[Scheme, Mapping[str, str]]
    palettes: Mapping[Scheme, Mapping[str, Mapping[str, str]]]
    charts: Mapping[Scheme, ChartTokens]
    contrast: Mapping[Scheme, Mapping[str, Mapping[str, float]]]
    family: str
    fallbacks: tuple[str, ...]
    styles: Mapping[str, TypeStyle]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    size: Mapping[str, int]
    min_window: tuple[int, int]
    motion: Mapping[str, int]

    def color(self, scheme: Scheme, name: str) -> str:
        """Return a colour as `#RRGGBB`, or `#RRGGBBAA` for the shadow. `KeyError` when unknown."""
        return self.colors[scheme][name]


def _dash(raw: Mapping[str, Any]) -> tuple[int, ...]:
    """The dash of a series: "solid", missing or a list of lengths in the file."""
    dash = raw.get("dash")
    return tuple(dash) if isinstance(dash, list) else ()


def _chart(raw: Mapping[str, Any]) -> ChartTokens:
    series = (Series(entry["name"], entry["hex"], _dash(entry)) for entry in raw["categorical"])
    return ChartTokens(
        categorical=tuple(series),
        sequential=tuple(Step(entry["hex"], entry["text"]) for entry in raw["sequential"]),
        grid=raw["grid"],
        axis_text=raw["axisText"],
        zero_line=raw["zeroLine"],
        crosshair=raw["crosshair"],
        band_alpha=raw["band"]["alpha"],
    )


def _style(raw: Mapping[str, Any]) -> TypeStyle:
    return TypeStyle(
        points=raw["pt"],
        points_mac=raw["ptMac"],
        pixels=raw["px"],
        weight=raw["weight"],
        line_height=raw["lineHeightPx"],
        letter_spacing=raw.get("letterSpacingPercent", 100),
    )


def _whole_numbers(raw: Mapping[str, Any]) -> dict[str, int]:
    return {name: value for name, value in raw.items() if isinstance(value, int)}


def parse(text: str) -> Tokens:
    """Return the tokens written in a `tokens.json` text."""
    raw = json.loads(text)
    wide, high = raw["size"]["minWindow"]
    return Tokens(
        colors={scheme: raw["color"][scheme] for scheme in Scheme},
        palettes={scheme: raw["qpalette"][scheme] for scheme in Scheme},
        charts={scheme: _chart(raw["chart"][scheme]) for scheme in Scheme},
        contrast={scheme: raw["contrast"][scheme] for scheme in Scheme},
        family=raw["type"]["family"],
        fallbacks=tuple(raw["type"]["fallback"]),
        styles={role: _style(entry) for role, entry in raw["type"]["scale"].items()},
        space=raw["space"],
        radius=raw["radius"],
        size=_whole_numbers(raw["size"]),
        min_window=(wide, high),
        motion=_whole_numbers(raw["motion"]),
    )


@cache
def load() -> Tokens:
    """Return the tokens that the program is delivered with; the file is read at the first call only."""
    return parse((RESOURCES / "tokens.json").read_text("utf-8"))
