"""Every colour pair that the service puts on each other reaches WCAG AA, in both schemes."""

import re

import pytest

from walkapp.config import ROOT

CSS = (ROOT / "static/css/tokens.css").read_text()

TONES = ("neutral", "info", "busy", "done", "verified", "wait", "warn", "stop")
THEMES = tuple(sorted(set(re.findall(r"--(theme-[a-z-]+):", CSS))))
GROUNDS = ("ground", "surface")

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent", "accent-strong", "danger") for ground in GROUNDS),
    ("ink", "sunken"),
    ("ink-soft", "sunken"),
    ("accent", "sunken"),
    ("ink", "accent-soft"),
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-danger", "danger"),
    ("surface", "done-ink"),
    *((f"{tone}-ink", f"{tone}-soft") for tone in TONES),
    *(("on-theme", theme) for theme in THEMES),
]
# Edges of fields and buttons, the ring of the focus, and shapes that carry a meaning.
SHAPES = [
    *((line, ground) for line in ("line-strong", "accent", *THEMES) for ground in GROUNDS),
    ("line-strong", "accent-soft"),
    ("accent", "accent-soft"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def block(selector: str) -> str:
    return CSS.split(selector + " {", 1)[1].split("}", 1)[0]


LIGHT = tokens(block(":root"))
DARK = tokens(block(':root[data-scheme="dark"]'))
SCHEMES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_dark_scheme_says_the_same_in_both_places() -> None:
    assert tokens(block(':root:not([data-scheme="light"])')) == DARK
    assert set(DARK) == set(LIGHT)
    assert len(THEMES) == 12


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read(scheme: str) -> None:
    colours = SCHEMES[scheme]
    weak = [(a, b, round(contrast(colours[a], colours[b]), 2)) for a, b in TEXT]
    assert [pair for pair in weak if pair[2] < 4.5] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_shapes_can_be_seen(scheme: str) -> None:
    colours = SCHEMES[scheme]
    weak = [(a, b, round(contrast(colours[a], colours[b]), 2)) for a, b in SHAPES]
    assert [pair for pair in weak if pair[2] < 3] == []
