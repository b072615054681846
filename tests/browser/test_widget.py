"""The button for sites of others: a link and nothing more, whatever the page around it forbids or tries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.looks import faults
from tests.browser.neutral_site import NeutralSite
from webchat.api.pages import PAGES

SCRIPT = PAGES / "widget" / "knop.js"
MOST_BYTES = 2048
TAG = '<chat-knop {attributes}><a href="{chat}" rel="noreferrer noopener">Chat</a></chat-knop>'
PAGE = """<!doctype html><html lang="nl"><title>Gemeente</title><main><h1>Hulp</h1>{tag}
<script src="{chat}widget/knop.js" defer></script></main>"""


@pytest.fixture
def host(new_page: Callable[..., Page], gateway: str, neutral: NeutralSite) -> Callable[..., Page]:
    """A page of somebody else, with rules as strict as they come, that holds the button."""

    def open_page(attributes: str = "", **options: object) -> Page:
        html = PAGE.format(tag=TAG.format(attributes=attributes, chat=gateway), chat=gateway)
        headers = {
            "Content-Security-Policy": f"default-src 'none'; script-src {gateway}",
            "Cross-Origin-Embedder-Policy": "require-corp",
        }
        neutral.pages["/gemeente"] = (html, headers)
        page = new_page(**options)
        page.goto(f"{neutral.url}gemeente")
        return page

    return open_page


def test_the_button_is_styled_and_named_under_the_strictest_rules(host: Callable[..., Page]) -> None:
    complaints: list[str] = []
    page = host()
    page.on("console", lambda said: complaints.append(said.text))
    page.reload()
    link = page.get_by_role("link", name="Chat", exact=True)
    expect(link).to_have_css("background-color", "rgb(23, 88, 94)")
    box = link.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    assert page.locator("iframe").count() == 0
    assert [said for said in complaints if "Content Security" in said or "blocked" in said] == []
    assert faults(page) == []


def test_it_opens_the_chat_at_the_top_and_tells_it_nothing(host: Callable[..., Page], gateway: str) -> None:
    page = host('tekst="Praat met ons" organisatie="Gemeente Voorbeeld" regio="IJsselland" thema="rvo"')
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    link = page.get_by_role("link", name="Praat met ons, Gemeente Voorbeeld, IJsselland")
    expect(link).to_have_text("Praat met ons")
    expect(link).to_have_css("background-color", "rgb(22, 67, 117)")
    link.click()
    page.wait_for_url(gateway)
    expect(page.get_by_label("Je bericht")).to_be_visible()
    assert page.evaluate("[document.referrer, window.opener, window.top === window]") == ["", None, True]
    assert set(asked) == {""}


def test_the_page_around_it_asks_the_chat_for_the_script_only(host: Callable[..., Page], gateway: str) -> None:
    page = host()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.get_by_role("link", name="Chat")).to_be_visible()
    assert [address for address in asked if address.startswith(gateway)] == [f"{gateway}widget/knop.js"]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]") == [0, 0, 0]


def test_without_javascript_it_is_a_plain_link(host: Callable[..., Page], gateway: str) -> None:
    page = host(java_script_enabled=False)
    page.get_by_role("link", name="Chat").click()
    page.wait_for_url(gateway)


def test_the_script_is_small_and_the_only_thing_that_others_may_load(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    script = visitor.page.request.get(f"{visitor.url}widget/knop.js")
    assert script.body() == SCRIPT.read_bytes()
    assert len(script.body()) <= MOST_BYTES
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["access-control-allow-origin"] == "*"
    others = ["", "widget", "visitor/main.mjs", "visitor/chat.css", "widget/widget.mjs", "api/v1/availability"]
    for path in others:
        answer = visitor.page.request.get(visitor.url + path)
        assert answer.ok, path
        assert answer.headers["cross-origin-resource-policy"] == "same-origin", path
        assert "access-control-allow-origin" not in answer.headers, path


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"])
def test_the_page_about_the_button_shows_it_and_code_that_can_be_copied(
    new_visitor: NewVisitor, look: dict[str, str]
) -> None:
    visitor = new_visitor(permissions=["clipboard-read", "clipboard-write"], **look)
    page = visitor.page
    page.goto(f"{visitor.url}widget")
    page.get_by_label("Tekst op de knop").fill('Chat "veilig" <hier>')
    page.get_by_label("Kleuren").select_option("Rood")
    button = page.locator("chat-knop").get_by_role("link")
    expect(button).to_have_text('Chat "veilig" <hier>')
    expect(button).to_have_css("background-color", "rgb(179, 0, 27)")
    page.get_by_role("button", name="Kopieer de code").click()
    expect(page.get_by_role("status")).to_have_text("De code is gekopieerd.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert 'tekst="Chat &quot;veilig&quot; &lt;hier>" thema="utrecht"' in copied
    assert f'<script src="{visitor.url}widget/knop.js" defer></script>' in copied
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_page_about_the_button_is_no_page_in_a_frame(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    policy = visitor.page.request.get(f"{visitor.url}widget").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert Path(SCRIPT).read_text(encoding="utf-8").count("iframe") == 0
