"""How the page looks to those who enlarge it, use the keyboard or a finger, or have it checked by axe. Must only look."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
    {"contrast": "more"},
]
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
"""WCAG 1.4.12."""

FROM_THE_TOP = """const top = document.createElement('a'); top.href = '#'; document.body.prepend(top); top.focus();
top.remove(); scrollTo(0, 0)"""
"""Tab goes on from where the focus was last, even when nothing has it any more."""


def faults(page: Page) -> list[str]:
    """What axe says, one line each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found.response["violations"] for node in fault["nodes"]]


def focus_stops(page: Page) -> tuple[int, list[dict[str, Any]]]:
    """How often Tab stops on the page, and the stops that nobody would see."""
    page.evaluate(f"() => {{ {FROM_THE_TOP} }}")
    stops = 0
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        look = page.evaluate(
            """() => { const at = document.activeElement; if (at === document.body) return null;
            const box = at.getBoundingClientRect(); const style = getComputedStyle(at);
            const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return { name: at.textContent.trim().slice(0, 40) || at.id, width: parseFloat(style.outlineWidth),
              style: style.outlineStyle, seen: at === hit || at.contains(hit) || Boolean(hit && hit.contains(at) && at.tagName === 'OPTION') }; }"""
        )
        if look is None:
            break
        stops += 1
        if look["style"] == "none" or look["width"] < 2 or not look["seen"]:
            hidden.append(look)
    return stops, hidden


def widths_at_320(page: Page) -> list[int]:
    """How wide the page is on 320 x 256: as it is, with the spacing of WCAG 1.4.12, with letters twice as large."""
    page.set_viewport_size({"width": 320, "height": 256})
    found = []
    for css in ("", SPACING, "html { font-size: 200% !important; }"):
        # A page of our own that has no other style of its own may be given one by the test, past its policy.
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", css
        )
        found.append(page.evaluate("document.documentElement.scrollWidth"))
    page.evaluate("document.adoptedStyleSheets = []")
    return found


def small_targets(page: Page) -> list[str]:
    """What there is to press and smaller than 44 pixels; links within a sentence may be."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, button, select, textarea, summary, label:has(input)')]
        .filter((node) => node.checkVisibility() && !node.matches('.skip, dd a, p:not(.act) > a:not(.button), label[for]'))
        .map((node) => [node, node.getBoundingClientRect()])
        .filter(([, box]) => Math.min(box.width, box.height) < 43.99)
        .map(([node, box]) => `${node.textContent.trim().slice(0, 30)} ${box.width}x${box.height}`)"""
    )
    return found
