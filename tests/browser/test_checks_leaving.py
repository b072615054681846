"""SAF-09, -13, -15, -16, -18, NET-07 (its log is in test_checks_token) and the visitor's half of J-01: what stays on the disk, and what others get to know of leaving."""

import json
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright, expect

from tests.browser.conftest import NewVisitor
from tests.browser.neutral_site import NeutralSite
from tests.browser.proxy import FaultProxy
from tests.browser.test_checks_network import HIDE
from tests.browser.visitor import MARKER, Visitor
from tests.privacy.encodings import Search

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
ANSWER = "Dank je dat je dit vertelt"
TOPIC = "partner_violence"


def _opened(playwright: Playwright, profile: Path) -> BrowserContext:
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path="/usr/bin/chromium",
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
        locale="nl-NL",
    )
    context.set_default_timeout(8000)
    return context


def _found(profile: Path, words: list[str]) -> set[str]:
    search = Search(words)
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert len(files) > 20, "this is no profile"
    return {hit.needle for path in files for hit in search.find(path.read_bytes())}


def test_saf_09_the_profile_on_the_disk_holds_no_word_of_the_chat(
    playwright: Playwright, gateway: str, neutral: NeutralSite, tmp_path: Path
) -> None:
    context = _opened(playwright, tmp_path)
    visitor = Visitor(context.pages[0], gateway).start()
    visitor.say(f"mijn man slaat mij {MARKER}", "mensen die je kunnen helpen")
    visitor.page.get_by_label("Je bericht").fill(f"{MARKER} concept")
    assert visitor.call("GET", "/chats/current").json()["assessment"]["topics"] == [TOPIC]
    visitor.page.goto(neutral.url)
    context.close()
    assert _found(tmp_path, [MARKER, ANSWER, TOPIC, visitor.token]) == set()


def test_saf_09_the_same_search_finds_what_a_page_does_store(
    playwright: Playwright, gateway: str, tmp_path: Path
) -> None:
    context = _opened(playwright, tmp_path)
    Visitor(context.pages[0], gateway).arrive().page.evaluate(f"localStorage.setItem('proef', '{MARKER}')")
    context.close()
    assert _found(tmp_path, [MARKER]) == {MARKER}


def test_saf_13_a_line_that_drops_leaves_the_chat_alive(
    new_visitor: NewVisitor, proxy: FaultProxy, gateway: str
) -> None:
    page = new_visitor().page
    visitor = Visitor(page, f"{proxy.url}/", gateway).start()
    proxy.cut()
    expect(page.get_by_role("status")).to_contain_text("Geen verbinding")
    assert visitor.status_of_chat() == 200


def test_net_07_the_token_is_in_no_address_and_in_no_referer(visitor: Visitor, neutral: NeutralSite) -> None:
    told: list[str] = []
    carried: list[str] = []
    visitor.page.on("request", lambda request: told.extend([request.url, request.headers.get("referer", "")]))
    visitor.page.on("request", lambda request: carried.append(request.headers.get("authorization", "")))
    visitor.start()
    neutral.visits.clear()
    visitor.page.get_by_role("link", name="Verlaat deze site").click()
    visitor.page.wait_for_url(neutral.url)
    assert len(told) > 20
    assert visitor.token in " ".join(carried), "the token was not seen at all, so nothing was tested"
    assert visitor.token not in " ".join(told)
    assert visitor.token not in json.dumps(neutral.visits)


def test_saf_15_no_sound_no_vibration_no_notification(visitor: Visitor) -> None:
    visitor.page.add_init_script(
        """window.noise = 0; const count = () => { window.noise += 1; return Promise.resolve(); };
        Notification.requestPermission = count; Navigator.prototype.vibrate = count;
        HTMLMediaElement.prototype.play = count; window.AudioContext = count; SpeechSynthesis.prototype.speak = count;"""
    )
    visitor.start()
    visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
    assert visitor.page.evaluate("window.noise") == 0


def test_saf_16_the_conversation_is_covered_while_the_page_is_hidden(visitor: Visitor) -> None:
    visitor.start()
    visitor.page.evaluate(HIDE, True)
    expect(visitor.log).to_be_hidden()
    visitor.page.evaluate(HIDE, False)
    expect(visitor.log).to_be_visible()


def test_saf_18_markup_in_an_answer_is_shown_as_text(visitor: Visitor) -> None:
    complaints: list[str] = []
    visitor.page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    visitor.arrive()
    visitor.say("opmaak", "<img src=x onerror=")
    expect(visitor.page.get_by_role("button", name="<img src=x")).to_be_visible()
    assert visitor.log.locator("img").count() == 0
    assert visitor.page.title() == "Chat"
    assert complaints == []


def test_j_01_someone_who_is_watched_goes_on_in_short_words_and_is_gone_at_once(
    new_visitor: NewVisitor, proxy: FaultProxy, gateway: str, neutral: NeutralSite
) -> None:
    page = new_visitor().page
    visitor = Visitor(page, f"{proxy.url}/", gateway)
    page.goto(neutral.before)
    visitor.start()
    with page.expect_response(lambda answer: answer.url.endswith("/signals")) as told:
        page.get_by_role("button", name="Ik kan niet vrij praten").click()
    assert told.value.request.post_data_json == {"kind": "cannot_talk_freely"}
    expect(visitor.log.locator(".msg").last).to_contain_text("Kort kan ook")
    assert len(visitor.lines()[-1].split()) <= 12
    replies = page.get_by_role("group", name="Antwoorden om te kiezen").get_by_role("button")
    expect(replies).to_have_text(["Ja", "Nee", "Weet ik niet"])
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(neutral.url)
    assert visitor.waits_until_gone(2)
    assert proxy.farewells == ["exit"]
    page.go_back(wait_until="commit")
    assert page.url == neutral.before
    assert MARKER not in visitor.dom()
