"""CON-18 and what is around the chats: logging in, enrolment, locking, pages by role, accessibility, weight."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.console.conftest import NewCounsellor
from tests.console.counsellor import MARKER, Counsellor
from tests.console.double_state import CODE, PASSWORD
from tests.console.staff_double import StaffDouble

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
    {"contrast": "more"},
]
MOST_BYTES = 120 * 1024
STORAGE = """async () => ({
  local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length, workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookies: document.cookie, history: history.length,
})"""
NOTHING = {"local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "cookies": ""}


def faults(page: Page) -> list[str]:
    """What axe says, one line each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found.response["violations"] for node in fault["nodes"]]


def _login(one: Counsellor) -> None:
    one.page.goto(f"{one.double.url}/staff")
    one.page.get_by_role("button", name="Log in").click()
    expect(one.page.get_by_role("alert").filter(has_text="Vul je naam")).to_be_visible()


def _empty(one: Counsellor) -> None:
    one.on_duty()
    expect(one.page.get_by_text("Je hebt nu geen gesprekken.")).to_be_visible()


def _four(one: Counsellor) -> None:
    for fields in ({}, {"danger": True, "urgency": "acute"}, {"flags": ["not_alone"], "warned": True}, {"help": True}):
        ticket = one.state.talking("s1", **fields)
        one.state.say(ticket, "bot", "Waar gaat het over?", history=True)
        one.state.say(ticket, "visitor", "hallo")
        one.state.say(ticket, "counsellor", "hoi", "Sanne")
        one.state.say(ticket, "colleague", "ik lees mee", "Joke")
        one.state.say(ticket, "visitor", "een adres", unredacted=True)
        one.state.event(ticket, "not_alone", {"kind": "not_alone"})
    one.state.waiting(95, urgency="unclear")
    one.state.waiting(40, urgency="acute", danger=True)
    one.on_duty()
    expect(one.page.locator(".msg")).to_have_count(20)
    one.page.get_by_role("button", name="Kaart").first.click()
    expect(one.page.get_by_text("Nummers en partners").first).to_be_visible()


def _wrap_up(one: Counsellor) -> None:
    ticket = one.state.talking("s1")
    one.on_duty()
    one.state.end(ticket, "exit")
    expect(one.page.get_by_role("heading", name="Nooduitgang gebruikt")).to_be_visible()


def _danger(one: Counsellor) -> None:
    one.state.talking("s1", danger=True)
    one.on_duty()
    expect(one.page.locator(".pane")).to_have_count(1)
    one.page.keyboard.press("Alt+g")
    expect(one.page.get_by_role("dialog")).to_be_visible()


def _accounts(one: Counsellor) -> None:
    one.log_in("beheer")
    expect(one.page.get_by_role("table", name="Accounts")).to_be_visible()


def _board(one: Counsellor) -> None:
    one.on_duty("joke")
    one.page.get_by_role("button", name="Bord").click()
    expect(one.page.get_by_text("Te weinig om te laten zien").first).to_be_visible()


STATES: dict[str, Callable[[Counsellor], None]] = {
    "login": _login,
    "empty": _empty,
    "four chats": _four,
    "wrap-up": _wrap_up,
    "plan for danger": _danger,
    "accounts": _accounts,
    "board": _board,
}


@pytest.mark.parametrize("state", STATES)
def test_a11y_01_axe_finds_nothing(new_counsellor: NewCounsellor, state: str) -> None:
    one = new_counsellor(reduced_motion="reduce")
    STATES[state](one)
    found = {}
    for look in LOOKS:
        one.page.emulate_media(**{"forced_colors": "none", "contrast": "no-preference", **look})
        found[str(look)] = faults(one.page)
    one.page.emulate_media(forced_colors="none", contrast="no-preference", color_scheme="light")
    one.page.set_viewport_size({"width": 320, "height": 640})
    found["320 px"] = faults(one.page)
    assert {look: lines for look, lines in found.items() if lines} == {}
    assert one.page.evaluate("document.documentElement.scrollWidth") == 320
    assert one.page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("state", ["login", "four chats", "wrap-up", "accounts"])
def test_a11y_06_the_focus_is_always_to_be_seen(counsellor: Counsellor, state: str) -> None:
    STATES[state](counsellor)
    counsellor.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    stops = 0
    for _ in range(120):
        counsellor.page.keyboard.press("Tab")
        look = counsellor.page.evaluate(
            """() => { const at = document.activeElement; if (at === document.body) return null;
            const box = at.getBoundingClientRect(); const style = getComputedStyle(at);
            const seen = [.1, .5, .9].some((part) => at.contains(document.elementFromPoint(box.x + box.width * part, box.y + box.height / 2)));
            return { name: at.textContent.trim().slice(0, 40) || at.id, width: parseFloat(style.outlineWidth), style: style.outlineStyle,
              seen, small: Math.min(box.width, box.height) < 23.9 && at.type !== 'checkbox' }; }"""
        )
        if look is None:
            break
        stops += 1
        assert look["style"] != "none", look
        assert look["width"] >= 2, look
        assert look["seen"], look
        assert not look["small"], look
    assert stops >= 3


def test_con_18_nothing_is_stored_or_cached_and_the_address_never_changes(counsellor: Counsellor) -> None:
    page = counsellor.page
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    ticket = counsellor.state.talking("s1")
    counsellor.state.say(ticket, "visitor", MARKER)
    counsellor.on_duty()
    expect(counsellor.pane("bonte fluiter").get_by_text(MARKER)).to_be_visible()
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Vragen").click()
    expect(page.get_by_text("nog niet beschikbaar")).to_be_visible()
    page.get_by_role("button", name="Gesprekken").click()
    left = page.evaluate(STORAGE)
    assert left == {**NOTHING, "history": before}
    assert page.url == f"{counsellor.double.url}/staff"
    files = [answer for answer in answers if "/api/" not in answer.url]
    assert len(files) > 10
    for answer in files:
        headers = answer.headers
        assert headers["cache-control"] == "no-store", answer.url
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert {answer.url.split("/")[2] for answer in answers} == {counsellor.double.url.split("/")[2]}


def test_con_18_ten_minutes_without_a_sign_locks_the_screen(counsellor: Counsellor) -> None:
    page = counsellor.page
    page.clock.install()
    ticket = counsellor.state.talking("s1")
    counsellor.state.say(ticket, "visitor", MARKER)
    counsellor.on_duty()
    expect(counsellor.pane("bonte fluiter").get_by_text(MARKER)).to_be_visible()
    page.mouse.move(200, 200)
    page.clock.run_for(9 * 60_000 + 1000)
    expect(page.get_by_role("alert").filter(has_text="Ben je er nog?")).to_be_visible()
    page.keyboard.press("Shift")
    expect(page.get_by_text("Ben je er nog?")).to_have_count(0)
    page.clock.run_for(9 * 60_000 + 1000)
    expect(page.get_by_text("Ben je er nog?")).to_be_visible()
    with page.expect_request("**/logout"):
        page.clock.run_for(60_000)
    expect(page.get_by_role("heading", name="Scherm op slot")).to_be_visible()
    assert MARKER not in counsellor.dom()
    page.go_back()
    assert MARKER not in counsellor.dom()


def test_con_18_a_reload_brings_everything_back_from_the_gateway_and_nothing_from_the_browser(
    counsellor: Counsellor,
) -> None:
    ticket = counsellor.state.talking("s1")
    counsellor.state.say(ticket, "visitor", "hallo")
    counsellor.on_duty()
    expect(counsellor.composer("bonte fluiter")).to_be_editable()
    counsellor.composer("bonte fluiter").fill(MARKER)
    counsellor.page.reload()
    expect(counsellor.pane("bonte fluiter").get_by_text("hallo")).to_be_visible()
    expect(counsellor.pane("bonte fluiter").locator(".msg")).to_have_count(1)
    assert MARKER not in counsellor.dom()


def test_con_18_who_only_reads_is_not_logged_out_under_their_hands(counsellor: Counsellor) -> None:
    counsellor.page.clock.install()
    counsellor.on_duty(status="busy")
    expect(counsellor.page.get_by_role("button", name="Bezet")).to_have_attribute("aria-pressed", "true")
    counsellor.page.clock.run_for(6 * 60_000)
    counsellor.page.mouse.move(300, 300)
    counsellor.page.mouse.move(310, 300)
    counsellor.page.clock.run_for(1000)
    assert counsellor.double.called("PUT", "/presence") == [{"status": "busy"}]


def test_a11y_12_the_accessibility_statement_is_linked_before_and_after_logging_in(counsellor: Counsellor) -> None:
    counsellor.page.goto(f"{counsellor.double.url}/staff")
    expect(counsellor.page.get_by_role("link", name="Toegankelijkheid")).to_be_visible()
    counsellor.log_in()
    counsellor.page.locator("summary", has_text="Sanne").click()
    expect(counsellor.page.get_by_role("link", name="Toegankelijkheid")).to_be_visible()


def test_con_18_a_session_that_ended_elsewhere_empties_the_screen(counsellor: Counsellor) -> None:
    ticket = counsellor.state.talking("s1")
    counsellor.state.say(ticket, "visitor", MARKER)
    counsellor.on_duty()
    expect(counsellor.pane("bonte fluiter").get_by_text(MARKER)).to_be_visible()
    counsellor.state.sessions.clear()
    expect(counsellor.page.get_by_text("De sessie is afgelopen.")).to_be_visible()
    assert MARKER not in counsellor.dom()


def test_con_18_logging_out_with_an_open_chat_asks_first(counsellor: Counsellor) -> None:
    counsellor.state.talking("s1")
    counsellor.on_duty()
    page = counsellor.page
    expect(counsellor.pane("bonte fluiter")).to_be_visible()
    page.locator("summary", has_text="Sanne").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="Zeker?").click()
    expect(page.get_by_role("heading", name="Je bent uitgelogd")).to_be_visible()
    assert counsellor.state.sessions == {}


def test_the_login_lets_password_managers_and_pasting_work(counsellor: Counsellor) -> None:
    page = counsellor.page
    page.goto(f"{counsellor.double.url}/staff")
    hints = {"Naam": "username", "Wachtwoord": "current-password", "Code uit je app": "one-time-code"}
    for label, hint in hints.items():
        assert page.get_by_label(label).get_attribute("autocomplete") == hint
        assert page.get_by_label(label).get_attribute("onpaste") is None
    page.get_by_label("Naam").fill("sanne")
    page.get_by_label("Wachtwoord").fill("verkeerd")
    page.get_by_label("Code uit je app").fill(CODE)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert").filter(has_text="klopt niet")).to_be_visible()
    expect(page.get_by_label("Wachtwoord")).to_be_focused()


def test_the_enrolment_token_leaves_the_address_and_the_codes_are_shown_once(counsellor: Counsellor) -> None:
    page = counsellor.page
    page.goto(f"{counsellor.double.url}/staff#enrol=geheim-van-de-link-1234")
    expect(page.get_by_role("heading", name="Kies een wachtwoord")).to_be_focused()
    assert page.url == f"{counsellor.double.url}/staff"
    page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    page.get_by_label("Nog een keer hetzelfde wachtwoord").fill(PASSWORD + "x")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("niet gelijk")).to_be_visible()
    page.get_by_label("Nog een keer hetzelfde wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("img", name="QR-code")).to_be_visible()
    assert page.get_by_role("img").evaluate("img => img.naturalWidth") > 0, "the policy lets the picture through"
    expect(page.get_by_text("ABCD EFGH IJKL MNOP")).to_be_visible()
    assert counsellor.double.called("POST", "/enrol/begin") == [
        {"token": "geheim-van-de-link-1234", "password": PASSWORD}
    ]
    page.get_by_label("Code uit de app").fill("123 456")
    page.get_by_role("button", name="Controleer de code").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("button", name="Ik heb ze bewaard.").click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
    assert "aaaa-bbbb" not in counsellor.dom()


def test_a_belcode_opens_one_card_that_goes_away_by_itself(counsellor: Counsellor) -> None:
    page = counsellor.page
    page.clock.install()
    counsellor.log_in("piet")
    field = page.get_by_label("De vier woorden")
    field.fill("fout fout fout fout")
    page.get_by_role("button", name="Open de kaart").click()
    expect(page.get_by_text("Deze woorden kennen we niet")).to_be_visible()
    field.fill(" Appel  boom citroen dak ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kind ziet geweld")).to_be_visible()
    assert field.input_value() == ""
    page.clock.run_for(8 * 60_000)
    page.mouse.move(100, 100)
    page.clock.run_for(7 * 60_000 + 1000)
    expect(page.get_by_text("De kaart is van het scherm gehaald.")).to_be_visible()
    assert "Kind ziet geweld" not in counsellor.dom()


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("sanne", ["Gesprekken", "Vragen"]),
        ("joke", ["Gesprekken", "Vragen", "Bord", "Rooster", "Zinnen"]),
        ("piet", ["Belcode"]),
        ("beheer", ["Accounts", "Logboek"]),
    ],
)
def test_everybody_sees_only_the_pages_of_their_roles(counsellor: Counsellor, name: str, pages: list[str]) -> None:
    counsellor.log_in(name)
    nav = counsellor.page.get_by_role("navigation", name="Onderdelen")
    expect(nav.get_by_role("button")).to_have_text(pages)
    for page in pages[1:]:
        nav.get_by_role("button", name=page).click()
        expect(nav.get_by_role("button", name=page)).to_have_attribute("aria-current", "page")
        expect(counsellor.page.locator("main h2").first).to_be_visible()


@pytest.fixture
def demo() -> Iterator[StaffDouble]:
    started = StaffDouble(demo=True, oidc=True)
    yield started
    started.stop()


def test_a_demo_is_marked_on_every_screen_and_the_organisation_can_log_in(new_page: Any, demo: StaffDouble) -> None:
    one = Counsellor(new_page(), demo)
    one.page.goto(f"{demo.url}/staff")
    mark = one.page.get_by_text("DEMO: dit zijn geen echte gesprekken")
    expect(mark).to_be_visible()
    link = one.page.get_by_role("link", name="Log in via je organisatie")
    assert link.get_attribute("href") == "/api/v1/staff/oidc/start"
    one.on_duty()
    expect(mark).to_be_visible()
    assert one.page.evaluate("document.documentElement.scrollHeight") == 768
    one.page.locator("summary", has_text="Sanne").click()
    one.page.get_by_role("button", name="Scherm op slot").click()
    expect(mark).to_be_visible()


def test_the_page_is_not_marked_when_it_is_real(counsellor: Counsellor) -> None:
    counsellor.on_duty()
    expect(counsellor.page.get_by_text("DEMO")).to_be_hidden()


def test_perf_01_the_console_weighs_less_than_its_budget(counsellor: Counsellor) -> None:
    session = counsellor.page.context.new_cdp_session(counsellor.page)
    sizes: list[float] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    counsellor.state.talking("s1")
    counsellor.on_duty()
    expect(counsellor.pane("bonte fluiter")).to_be_visible()
    assert 0 < sum(sizes) <= MOST_BYTES


def test_a_path_outside_the_folder_is_not_served(double: StaffDouble) -> None:
    with httpx.Client(base_url=double.url, trust_env=False) as http:
        for path in (
            "/staff/../visitor/main.mjs",
            "/staff/%2e%2e/visitor/main.mjs",
            "/staff/nothing.mjs",
            "/staff/%00.mjs",
        ):
            assert http.get(path).status_code == 404, path
        answer = http.get("/staff/", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (308, "/staff")
        packed = http.get("/staff/texts.nl.mjs")
        assert packed.headers["content-encoding"] == "gzip"
