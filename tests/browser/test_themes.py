"""Every theme can be read, in light and in dark: computed for all pairs of colours, and looked at by axe."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import NewVisitor
from tests.browser.looks import faults
from tests.browser.test_reading import STATES
from webchat.api.pages import PAGES, themes

BASE = PAGES / "visitor" / "chat.css"
NAMES = sorted(themes())
TEXT = [
    ("ink", "bg"),
    ("ink", "surface"),
    ("ink", "mine"),
    ("ink", "warm"),
    ("ink", "danger-soft"),
    ("muted", "bg"),
    ("muted", "surface"),
    ("muted", "mine"),
    ("muted", "danger-soft"),
    ("accent", "bg"),
    ("accent", "surface"),
    ("accent", "mine"),
    ("on-accent", "accent"),
    ("danger", "bg"),
    ("danger", "surface"),
    ("danger", "danger-soft"),
    ("surface", "danger"),
    ("bg", "ink"),
]
"""What is written on what. WCAG 1.4.3 asks 4.5."""

PARTS = [("edge", "bg"), ("edge", "surface"), ("focus", "bg"), ("focus", "surface"), ("danger", "danger-soft")]
"""Borders of fields and the ring of the focus. WCAG 1.4.11 asks 3."""

VALUE = re.compile(r"--chat-([a-z-]+): (?:var\(--[\w-]+, )?(#[0-9a-f]{3,6})\)?;")


def colours(name: str | None, look: str) -> dict[str, str]:
    """The colours as a browser without other tokens takes them: the base, its dark part, the theme, its dark part."""
    found: dict[str, str] = {}
    for path in (BASE, PAGES / "themes" / f"{name}.css") if name else (BASE,):
        text = path.read_text(encoding="utf-8")
        light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
        found |= dict(VALUE.findall(light.partition("@media")[0]))
        if look == "dark":
            found |= dict(VALUE.findall(dark.partition("@media")[0]))
    return found


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of a colour in hexadecimal."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_weak(found: dict[str, str]) -> list[str]:
    """The pairs that cannot be told apart well enough, with their ratio."""
    asked = [(pair, 4.5) for pair in TEXT] + [(pair, 3.0) for pair in PARTS]
    ratios = [(pair, contrast(found[pair[0]], found[pair[1]]), least) for pair, least in asked]
    return [f"{pair[0]} on {pair[1]}: {ratio:.2f}" for pair, ratio, least in ratios if ratio < least]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", [None, *NAMES])
def test_all_pairs_of_colours_have_enough_contrast(name: str | None, look: str) -> None:
    assert too_weak(colours(name, look)) == []


def test_a_weak_colour_is_found() -> None:
    assert too_weak({**colours(None, "light"), "muted": "#a0a0a0"}) != []
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_there_are_two_themes_and_they_set_only_what_the_base_knows() -> None:
    known = set(re.findall(r"(--chat-[a-z-]+):", BASE.read_text(encoding="utf-8")))
    assert 13 <= len(known) <= 17
    assert len(NAMES) >= 2
    for name in NAMES:
        text = (PAGES / "themes" / f"{name}.css").read_text(encoding="utf-8")
        assert set(re.findall(r"(--chat-[a-z-]+):", text)) <= known
        assert "NL Design System" in text
        assert all(word.startswith("--chat-") for word in re.findall(r"(?m)^\s+([a-z-]+):", text))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", ["start", "cards and what was understood", "danger", "ended"])
def test_axe_finds_nothing_in_a_theme(new_visitor: NewVisitor, name: str, state: str) -> None:
    visitor = new_visitor(reduced_motion="reduce")
    style: Path = PAGES / "themes" / f"{name}.css"

    def dressed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body() + style.read_bytes())

    visitor.page.route("**/visitor/chat.css", dressed)
    STATES[state](visitor)
    shown: Any = visitor.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--chat-accent')")
    assert colours(name, "light")["accent"] in shown
    found = {}
    for look in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
        found[look] = faults(visitor.page)
    assert {look: lines for look, lines in found.items() if lines} == {}
