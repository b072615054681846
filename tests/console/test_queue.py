"""CON: the queue, taking a chat, sound and alerts, with the console's own page against a double of its API."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import NewCounsellor
from tests.console.counsellor import Counsellor
from tests.console.double_state import CARD

COUNT_TONES = """
window.tones = 0;
window.AudioContext = class extends AudioContext {
  constructor() { super(); window.context = this; }
  createGain() { window.tones += 1; return super.createGain(); }
};
"""
"""One gain a tone; the console makes nothing else with sound."""


def test_con_01_the_loser_of_a_claim_sees_that_a_colleague_has_it(new_counsellor: NewCounsellor) -> None:
    first, second = new_counsellor().on_duty("sanne"), new_counsellor().on_duty("joke")
    ticket = first.state.waiting()
    codename = first.state.tickets[ticket].codename
    for one in (first, second):
        expect(one.card(codename).get_by_role("button")).to_be_enabled()
    # Both presses are under way before either answer is shown.
    second.page.route(
        "**/claim", lambda route: (first.state.change(ticket, holder="s1", phase="called"), route.continue_())
    )
    second.card(codename).get_by_role("button").click()
    expect(second.page.get_by_text("Al aangenomen door een collega.")).to_be_visible()
    expect(second.card(codename)).to_have_count(0)
    expect(first.pane(codename)).to_be_visible()
    expect(second.pane(codename)).to_have_count(0)


def test_con_02_the_order_is_that_of_the_gateway_and_news_comes_within_a_second(counsellor: Counsellor) -> None:
    counsellor.on_duty()
    counsellor.state.waiting(30, urgency="normal")
    counsellor.state.waiting(5, urgency="urgent")
    expect(counsellor.page.locator(".card h3")).to_have_text(["gouden linde", "bonte fluiter"])
    began = time.monotonic()
    counsellor.state.waiting(0, urgency="acute", danger=True)
    expect(counsellor.page.locator(".card h3")).to_have_text(["gestreepte berk", "gouden linde", "bonte fluiter"])
    assert time.monotonic() - began < 1
    expect(counsellor.card("gestreepte berk")).to_contain_text("Nu gevaar")


def test_con_02_the_waiting_time_ticks_and_long_waiting_is_said_in_words(counsellor: Counsellor) -> None:
    counsellor.page.clock.install()
    counsellor.on_duty()
    counsellor.state.waiting(28, urgency="normal")
    card = counsellor.card("bonte fluiter")
    expect(card).to_contain_text("wacht 0:28")
    counsellor.page.clock.run_for(3000)
    expect(card.locator(".wait")).to_have_text("wacht 0:31")
    expect(card).to_contain_text("Wacht al een halve minuut")
    assert card.get_attribute("data-flash") == ""
    counsellor.page.clock.run_for(4000)
    assert card.get_attribute("data-flash") is None, "it flashes for a moment only"
    counsellor.state.waiting(119, urgency="normal")
    expect(counsellor.card("gouden linde")).to_contain_text("Wacht al een minuut")
    counsellor.page.clock.run_for(2000)
    expect(counsellor.card("gouden linde")).to_contain_text("iedereen mag aannemen")


def test_con_02_a_card_shows_what_the_visitor_chose_and_why_it_is_back(counsellor: Counsellor) -> None:
    counsellor.on_duty()
    card = {**CARD, "role": "child", "topics": ["child_witness"], "hope": "plan", "hope_text": "dat het stopt"}
    counsellor.state.waiting(card=card, flags=["cannot_talk_freely"], returned="colleague_gone", elsewhere=True)
    for words in (
        "Gekozen door de bezoeker",
        "Jonger dan 18 · Utrecht",
        "Kind ziet geweld",
        "“dat het stopt”",
        "Niet vrij",
        "Kind",
        "collega is weggevallen",
        "andere regio",
    ):
        expect(counsellor.card("bonte fluiter")).to_contain_text(words)


def test_con_07_a_red_bar_until_the_sound_is_on_then_one_tone_for_each_card(counsellor: Counsellor) -> None:
    page = counsellor.page
    page.add_init_script(COUNT_TONES)
    page.clock.install()
    counsellor.on_duty()
    bar = page.get_by_text("Geluid staat uit.")
    expect(bar).to_be_visible()
    counsellor.state.waiting()
    expect(counsellor.card("bonte fluiter")).to_be_visible()
    assert page.evaluate("window.tones") == 0, "no sound before it was asked for"
    page.get_by_role("button", name="Geluid aan").click()
    expect(bar).to_be_hidden()
    assert page.evaluate("window.context.state") == "running"
    assert page.evaluate("window.tones") == 1, "one to hear that it works"
    counsellor.state.waiting()
    expect(counsellor.card("gouden linde")).to_be_visible()
    assert page.evaluate("window.tones") == 2
    expect(page).to_have_title("(2) Medewerkers · Lichtpunt")
    counsellor.state.waiting(57)
    expect(counsellor.card("gestreepte berk")).to_be_visible()
    assert page.evaluate("window.tones") == 3
    page.clock.run_for(4000)
    assert page.evaluate("window.tones") == 4, "a second tone for one that waits a minute"
    page.clock.run_for(10_000)
    assert page.evaluate("window.tones") == 4


def test_con_07_a_danger_in_an_own_chat_is_heard_too(counsellor: Counsellor) -> None:
    counsellor.page.add_init_script(COUNT_TONES)
    ticket = counsellor.state.talking("s1")
    counsellor.on_duty()
    counsellor.page.get_by_role("button", name="Geluid aan").click()
    counsellor.state.event(ticket, "flag", {"kinds": ["weapon"]})
    expect(counsellor.pane("bonte fluiter")).to_contain_text("Woorden die op gevaar wijzen")
    assert counsellor.page.evaluate("window.tones") == 2


@pytest.mark.parametrize(
    ("duty", "why"),
    [({"most": 1}, "Je zit aan je maximum (1 van 1)"), ({"status": "busy", "most": 4}, "Zet je status op Beschikbaar")],
)
def test_con_14_accepting_is_off_with_the_reason_in_words(counsellor: Counsellor, duty: dict, why: str) -> None:
    counsellor.state.talking("s1")
    counsellor.state.waiting()
    counsellor.on_duty(**duty)
    accept = counsellor.card("gouden linde").get_by_role("button")
    expect(accept).to_be_disabled()
    expect(accept).to_have_accessible_description(why)
    accept.focus()
    counsellor.page.keyboard.press("Enter")
    assert counsellor.double.called("POST", "/claim") == []


def test_con_17_only_danger_interrupts_and_only_the_focused_log_is_read(counsellor: Counsellor) -> None:
    counsellor.state.talking("s1")
    counsellor.state.talking("s1")
    counsellor.on_duty()
    page = counsellor.page
    expect(page.locator(".pane")).to_have_count(2)
    counsellor.composer("gouden linde").click()
    logs = page.get_by_role("log")
    assert [one.get_attribute("aria-live") for one in logs.all()] == ["off", "polite"]
    page.keyboard.press("Alt+1")
    expect(counsellor.composer("bonte fluiter")).to_be_focused()
    assert [one.get_attribute("aria-live") for one in logs.all()] == ["polite", "off"]
    alarm = page.locator("#alarm")
    counsellor.state.waiting(urgency="urgent")
    expect(counsellor.card("gestreepte berk")).to_be_visible()
    expect(alarm).to_be_empty()
    counsellor.state.waiting(urgency="acute", danger=True)
    expect(alarm).to_have_text("Nu gevaar: koperen wulp wacht.")
    assert alarm.get_attribute("role") == "alert"
    expect(counsellor.composer("bonte fluiter")).to_be_focused()


def test_the_heartbeat_arrives_again_when_the_desk_had_given_the_console_up(counsellor: Counsellor) -> None:
    counsellor.page.clock.install()
    counsellor.on_duty(status="busy")
    counsellor.page.clock.run_for(10_500)
    counsellor.double.refuses_beats = True
    with counsellor.page.expect_request(lambda one: one.method == "PUT" and one.url.endswith("/presence")) as asked:
        counsellor.page.clock.run_for(10_500)
    assert asked.value.post_data_json["status"] == "busy"
    assert counsellor.double.called("POST", "/presence/beat")


def test_a_shift_begins_with_one_press_and_ends_when_no_chat_is_open(counsellor: Counsellor) -> None:
    counsellor.log_in()
    page: Page = counsellor.page
    page.get_by_role("button", name="Begin mijn dienst").click()
    expect(page.get_by_role("button", name="Beschikbaar")).to_have_attribute("aria-pressed", "true")
    ticket = counsellor.state.talking("s1")
    expect(counsellor.pane("bonte fluiter")).to_be_visible()
    page.get_by_role("button", name="Einde dienst").click()
    expect(page.get_by_text("Rond eerst je gesprek af.")).to_be_visible()
    counsellor.state.end(ticket, "goodbye")
    page.get_by_role("button", name="Afronden").click()
    expect(page.get_by_role("button", name="Begin mijn dienst")).to_be_visible()
    assert counsellor.state.people["s1"].duty is None
