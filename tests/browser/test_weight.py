"""PERF: light enough for an old phone on a bad line, and nothing but what is in the repository."""

import re
from html.parser import HTMLParser
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

FOLDER = Path(__file__).parents[2] / "webchat" / "pages" / "visitor"
MOST_BYTES = 15_000
MOST_REQUESTS = 4


def test_perf_01_02_the_first_load_is_light_and_takes_four_requests(visitor: Visitor) -> None:
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    sizes: list[int] = []
    asked: list[str] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on(
        "Network.requestWillBeSent",
        lambda event: asked.append(event["request"]["url"]) if event["request"]["url"].startswith("http") else None,
    )
    visitor.page.add_init_script(
        """new MutationObserver((_, me) => { const form = document.getElementById('form');
        if (form && !form.hidden) { me.disconnect(); window.ready = performance.getEntriesByType('resource').length + 1; } })
        .observe(document, { subtree: true, childList: true, attributes: true })"""
    )
    visitor.page.goto(visitor.url)
    expect(visitor.page.get_by_label("Je bericht")).to_be_visible()
    visitor.page.wait_for_load_state("networkidle")
    assert 0 < visitor.page.evaluate("window.ready") <= MOST_REQUESTS, asked
    assert 0 < sum(sizes) <= MOST_BYTES, f"{sum(sizes)} bytes in {len(sizes)} answers"


def test_perf_04_no_other_origin_is_asked_for_anything(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.start()
    visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
    assert len(asked) > 8
    assert [url for url in asked if not url.startswith((visitor.url, "data:"))] == []


def test_perf_05_what_is_served_is_what_is_reviewed(visitor: Visitor) -> None:
    files = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".mjs", ".css", ".svg"})
    assert len(files) > 15
    for path in files:
        answer = visitor.page.request.get(f"{visitor.url}visitor/{path.relative_to(FOLDER)}")
        assert answer.body() == path.read_bytes(), path.name


class _Inline(HTMLParser):
    """Collects what a strict content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "script" and (not names.get("src") or names.get("type") != "module"):
            self.found.append("script")
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        if tag == "style":
            self.found.append("style")


def test_perf_06_there_are_only_modules_and_nothing_inline(visitor: Visitor) -> None:
    pages = sorted(FOLDER.glob("*.html"))
    assert len(pages) == 4
    for path in pages:
        reader = _Inline()
        reader.feed(path.read_text(encoding="utf-8"))
        assert reader.found == [], path.name
    policy = visitor.page.request.get(visitor.url).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_the_title_is_the_same_on_every_page() -> None:
    titles = {
        re.findall(r"<title>(.*?)</title>", path.read_text(encoding="utf-8"))[0] for path in FOLDER.glob("*.html")
    }
    assert titles == {"Chat"}
