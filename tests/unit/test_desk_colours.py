"""Contrast of the desk's colours, from the tokens: text 4.5, borders of controls 3 (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "static" / "desk.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
    for block in re.findall(r":root \{(.*?)\}", SHEET, re.S)[:2]
)
TEXT = [
    ("ink", "ground"), ("ink", "paper"), ("ink", "sunk"), ("ink", "straw"), ("ink", "flax-wash"), ("ink", "clay-wash"),
    ("ink-soft", "ground"), ("ink-soft", "paper"), ("ink-soft", "sunk"), ("ink-soft", "straw"),
    ("ink-soft", "flax-wash"), ("flax", "ground"), ("flax", "paper"), ("flax", "flax-wash"), ("flax", "sunk"),
    ("flax", "clay-wash"), ("flax-deep", "ground"), ("flax-deep", "paper"), ("on-flax", "flax"),
    ("on-flax", "flax-deep"), ("straw-ink", "straw"), ("clay", "paper"), ("clay", "ground"), ("clay", "clay-wash"),
    ("clay", "flax-wash"), ("paper", "ink"),
]  # fmt: skip
LINES = [
    ("edge", "ground"),
    ("edge", "paper"),
    ("edge", "sunk"),
    ("ring", "ground"),
    ("ring", "paper"),
    ("flax", "paper"),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(tokens: dict[str, str]) -> None:
    assert not {pair for pair in TEXT if contrast(*(tokens[name] for name in pair)) < 4.5}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_and_focus_can_be_seen(tokens: dict[str, str]) -> None:
    assert not {pair for pair in LINES if contrast(*(tokens[name] for name in pair)) < 3}


def test_nothing_is_fetched_and_nothing_is_red() -> None:
    assert "url(" not in SHEET
    assert "@import" not in SHEET
    assert not re.search(r"\bred\b|#f00\b|#ff0000", SHEET)
