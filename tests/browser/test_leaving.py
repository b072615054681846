"""SAF: getting away unseen, and nothing left behind."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import NewVisitor
from tests.browser.neutral_site import NeutralSite
from tests.browser.visitor import MARKER, Visitor

PAGES = Path(__file__).parents[2] / "webchat" / "pages"
FORBIDDEN = re.compile(
    r"localStorage|sessionStorage|indexedDB|document\.cookie|innerHTML|pushState|EventSource\(|location\.href *="
)
EXIT = "Verlaat deze site"


def test_saf_01_back_after_the_exit_does_not_bring_the_chat_back(visitor: Visitor, neutral: NeutralSite) -> None:
    visitor.page.goto(neutral.before)
    visitor.start()
    visitor.page.get_by_role("link", name=EXIT).click()
    visitor.page.wait_for_url(neutral.url)
    visitor.page.go_back(wait_until="commit")
    assert visitor.page.url == neutral.before
    assert MARKER not in visitor.dom()


@pytest.mark.parametrize("way", ["script", "address", "link"])
def test_saf_02_back_after_leaving_otherwise_shows_a_fresh_page(
    visitor: Visitor, neutral: NeutralSite, way: str
) -> None:
    page = visitor.page
    visitor.start()
    if way == "address":
        page.goto(neutral.url)
    elif way == "script":
        page.evaluate("url => { location.assign(url) }", neutral.url)
    else:
        page.evaluate("url => Object.assign(document.createElement('a'), { href: url }).click()", neutral.url)
    page.wait_for_url(neutral.url)
    page.go_back(wait_until="commit")
    page.wait_for_url(visitor.url)
    expect(page.get_by_label("Je bericht")).to_be_visible()
    assert MARKER not in visitor.dom()
    assert page.get_by_label("Je bericht").input_value() == ""
    assert visitor.waits_until_gone(2)


def test_saf_02_a_page_out_of_the_back_forward_cache_was_wiped(visitor: Visitor, neutral: NeutralSite) -> None:
    restored: list[str] = []
    page = visitor.page
    page.expose_function("restored", lambda text: restored.append(text))
    page.add_init_script(
        """addEventListener('pageshow', (event) => event.persisted && window.restored(document.documentElement.textContent
          + [...document.querySelectorAll('textarea')].map((field) => field.value).join(' ')))"""
    )
    visitor.arrive()
    page.get_by_label("Je bericht").fill(f"{MARKER} concept")
    page.goto(neutral.url)
    page.go_back(wait_until="commit")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    assert len(restored) == 1, "the page did not come out of the back/forward cache, so nothing was tested"
    assert MARKER not in restored[0]
    assert page.get_by_label("Je bericht").input_value() == ""


def test_saf_03_the_screen_is_empty_at_once_while_the_neutral_site_is_slow(
    visitor: Visitor, neutral: NeutralSite
) -> None:
    visitor.start()
    seen: list[str] = []
    visitor.page.expose_function("seen", lambda look: seen.append(look))
    visitor.page.evaluate(
        """() => document.getElementById('exit').addEventListener('click', () => {
          const text = () => document.documentElement.textContent
            + [...document.querySelectorAll('textarea')].map((t) => t.value).join('');
          const began = performance.now();
          requestAnimationFrame(() => requestAnimationFrame(() => window.seen(JSON.stringify({
            ms: performance.now() - began, text: text(), title: document.title,
            height: document.body.childElementCount }))));
        })"""
    )
    neutral.slowness = 3.0
    try:
        visitor.page.get_by_role("link", name=EXIT).click(no_wait_after=True)
        visitor.page.wait_for_timeout(1000)
        assert seen, "the page was not painted again before it left"
        assert MARKER not in seen[0]
        assert '"height":0' in seen[0]
        assert '"title":"Chat"' in seen[0]
        assert float(re.findall(r'"ms":([\d.]+)', seen[0])[0]) < 100
        assert visitor.status_of_chat() == 410
        visitor.page.wait_for_url(neutral.url)
    finally:
        neutral.slowness = 0.0


@pytest.mark.parametrize("focus", ["body", "field"])
def test_saf_04_three_times_shift_leaves(visitor: Visitor, neutral: NeutralSite, focus: str) -> None:
    visitor.start()
    if focus == "body":
        visitor.page.evaluate("document.activeElement.blur()")
    visitor.page.keyboard.press("Shift")
    expect(visitor.page.get_by_role("status")).to_have_text("Druk nog 2 keer op Shift om weg te gaan.")
    visitor.page.keyboard.press("Shift")
    expect(visitor.page.get_by_role("status")).to_have_text("Druk nog één keer op Shift om weg te gaan.")
    visitor.page.keyboard.press("Shift")
    visitor.page.wait_for_url(neutral.url)
    assert visitor.waits_until_gone(2)


@pytest.mark.parametrize(
    "keys",
    [["Shift+A", "Shift+B", "Shift+C"], ["Shift", "Shift", "a", "Shift"], ["Shift", "Shift", "wait", "Shift"]],
    ids=["capitals", "another key in between", "too slow"],
)
def test_saf_04_other_keys_do_not_leave(visitor: Visitor, keys: list[str]) -> None:
    visitor.page.clock.install()
    visitor.start()
    for key in keys:
        if key == "wait":
            visitor.page.clock.fast_forward(5500)
        else:
            visitor.page.keyboard.press(key)
    visitor.page.wait_for_timeout(200)
    assert visitor.page.url == visitor.url
    assert MARKER in visitor.dom()


def test_saf_05_shift_of_a_screen_keyboard_stays(new_visitor: NewVisitor, playwright: Playwright) -> None:
    visitor = new_visitor(**playwright.devices["Pixel 5"])
    visitor.start()
    visitor.page.get_by_label("Je bericht").focus()
    for _ in range(4):
        visitor.page.keyboard.press("Shift")
    visitor.page.wait_for_timeout(200)
    assert visitor.page.url == visitor.url
    assert MARKER in visitor.dom()


def test_saf_06_without_javascript_the_exit_and_the_numbers_work(
    new_page: Callable[..., Page], gateway: str, neutral: NeutralSite
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(gateway)
    notice = page.locator(".notice")
    expect(notice).to_contain_text("JavaScript")
    numbers = [notice.locator("a").nth(i).get_attribute("href") for i in range(2)]
    in_header = [page.locator(".calls a").nth(i).get_attribute("href") for i in range(2)]
    assert numbers == in_header
    assert all(number and number.startswith("tel:") for number in numbers)
    expect(page.get_by_label("Je bericht")).to_be_hidden()
    page.get_by_role("link", name="Zo chat je veiliger").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Veilig chatten")
    page.get_by_role("link", name=EXIT).click()
    page.wait_for_url(neutral.url)


def _exit_is_there(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(
        """() => { const link = document.getElementById('exit'); const box = link.getBoundingClientRect();
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return { hit: hit === link ? 1 : 0, width: box.width, height: box.height, top: box.top, left: box.left,
          right: innerWidth - box.right, bottom: innerHeight - box.bottom }; }"""
    )
    return found


def test_saf_07_the_exit_is_always_within_reach(visitor: Visitor) -> None:
    visitor.arrive()
    for number in range(20):
        visitor.say(f"regel {number}", f"antwoord {number}.")
    assert visitor.log.locator(".msg").count() >= 40
    for width, height in ((320, 256), (360, 640), (1366, 768)):
        visitor.page.set_viewport_size({"width": width, "height": height})
        for part in (0, 0.5, 1):
            visitor.page.evaluate("part => scrollTo(0, document.documentElement.scrollHeight * part)", part)
            visitor.page.wait_for_timeout(50)
            box = _exit_is_there(visitor.page)
            assert box["hit"] == 1, f"something lies over the exit at {width}x{height}, {part}"
            assert min(box["width"], box["height"]) >= 44
            assert min(box["top"], box["left"], box["right"], box["bottom"]) >= 0


def test_saf_08_nothing_is_stored_in_the_browser(visitor: Visitor) -> None:
    visitor.start()
    stored = visitor.page.evaluate(
        """async () => ({ local: localStorage.length, session: sessionStorage.length,
          databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
          workers: (await navigator.serviceWorker.getRegistrations()).length })"""
    )
    assert set(stored.values()) == {0}, stored
    assert visitor.page.context.cookies() == []


def test_saf_10_headers_are_strict_and_nobody_else_is_contacted(visitor: Visitor, neutral: NeutralSite) -> None:
    responses = []
    requests = []
    visitor.page.on("response", lambda response: responses.append(response))
    visitor.page.on("request", lambda request: requests.append(request.url))
    visitor.start()
    assert len(responses) > 5
    for response in responses:
        headers = response.headers
        assert headers["cache-control"] == "no-store", response.url
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["permissions-policy"] == "camera=(), microphone=(), geolocation=()"
        assert headers["x-robots-tag"] == "noindex"
        assert "set-cookie" not in headers
    assert all(url.startswith((visitor.url, "data:")) for url in requests), requests
    neutral.visits.clear()
    visitor.page.get_by_role("link", name=EXIT).click()
    visitor.page.wait_for_url(neutral.url)
    assert neutral.visits
    assert not {"referer", "cookie"} & set(neutral.visits[0])


def test_saf_11_title_address_and_icon_never_change(visitor: Visitor) -> None:
    visitor.page.add_init_script(
        """window.looks = []; addEventListener('DOMContentLoaded', () => setInterval(() => window.looks.push(
          [document.title, location.href, document.querySelector('link[rel=icon]').href, history.length].join(' ')), 100))"""
    )
    visitor.start()
    visitor.page.get_by_role("button", name="Wis alles").click()
    visitor.page.get_by_role("button", name="Ja, wis alles").click()
    expect(visitor.page.get_by_role("heading", name="Alles is gewist")).to_be_visible()
    # The page forbids eval, so waiting for a function cannot be used here.
    for _ in range(50):
        looks = visitor.page.evaluate("window.looks")
        if len(looks) >= 5:
            break
        visitor.page.wait_for_timeout(100)
    assert len(looks) >= 5
    assert len(set(looks)) == 1
    assert looks[0].startswith(f"Chat {visitor.url} data:")


def test_saf_12_nothing_asks_whether_one_is_sure(visitor: Visitor, neutral: NeutralSite) -> None:
    asked: list[str] = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    visitor.start()
    visitor.page.get_by_role("link", name=EXIT).click()
    visitor.page.wait_for_url(neutral.url)
    visitor.start()
    visitor.page.close(run_before_unload=True)
    assert asked == []


def test_saf_13_closing_the_tab_ends_the_chat(visitor: Visitor) -> None:
    visitor.start()
    other = visitor.page.context.new_page()
    assert visitor.status_of_chat() == 200
    visitor.page.close(run_before_unload=True)
    for _ in range(20):
        if visitor.status_of_chat() == 410:
            break
        other.wait_for_timeout(100)
    assert visitor.status_of_chat() == 410


def test_somebody_comes_in_and_the_conversation_is_out_of_sight_until_the_visitor_is_back(visitor: Visitor) -> None:
    visitor.start()
    visitor.page.get_by_role("button", name="Er is iemand").click()
    expect(visitor.log).to_be_hidden()
    assert _exit_is_there(visitor.page)["hit"] == 1
    visitor.page.get_by_role("button", name="Verder gaan").click()
    expect(visitor.log).to_be_visible()
    assert visitor.status_of_chat() == 200


def test_saf_17_the_pages_use_no_storage_and_no_markup_from_text() -> None:
    found = [
        f"{path.name}:{number}"
        for path in sorted(PAGES.rglob("*"))
        if path.suffix in {".mjs", ".html"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert (PAGES / "visitor" / "main.mjs").is_file()
    assert found == []
