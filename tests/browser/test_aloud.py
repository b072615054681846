"""Reading aloud: only when asked, only with a voice of this device, and silent at once when the conversation goes out of sight."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.neutral_site import NeutralSite
from tests.browser.test_checks_network import HIDE
from tests.browser.visitor import Visitor

REMOTE = {"name": "elders", "lang": "nl-NL", "localService": False, "default": True}
ENGLISH = {"name": "engels", "lang": "en-GB", "localService": True}
BELGIAN = {"name": "vlaams", "lang": "nl_BE", "localService": True}
LOCAL = {"name": "eigen", "lang": "nl-NL", "localService": True}
SURE = "Anderen kunnen dit horen."

FAKE = """voices => {
  const speech = Object.assign(new EventTarget(), { voices, getVoices: () => speech.voices,
    speak: (one) => { speech.last = one; window.heard('speak', one.text, one.voice?.name ?? 'geen'); },
    cancel: () => window.heard('cancel', '', '') });
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


class Listener:
    """A visitor whose browser tells what it says aloud, also while the page goes."""

    def __init__(self, visitor: Visitor, voices: list[dict[str, Any]]) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.acts: list[tuple[str, str, str]] = []
        self.page.expose_function("heard", lambda *act: self.acts.append(act))
        # As JSON: the page's own policy forbids to evaluate text in it, not to run a script before it.
        self.page.add_init_script(f"({FAKE})({str(voices).replace('True', 'true').replace('False', 'false')})")
        visitor.arrive()
        visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
        expect(self.page.get_by_role("button", name="Makkelijke taal")).to_be_visible()

    @property
    def spoken(self) -> list[str]:
        """What was said, in order."""
        return [text for act, text, _ in self.acts if act == "speak"]

    @property
    def button(self) -> Locator:
        """The one to press; the same after it changed its name."""
        return self.page.get_by_role("button", name="Lees voor")

    def reads(self) -> None:
        """Ask for it, and say yes to the warning."""
        self.button.click()
        expect(self.page.get_by_role("status")).to_contain_text(SURE)
        self.button.click()
        expect(self.page.get_by_role("button", name="Stop met voorlezen")).to_be_visible()

    def is_silent(self) -> None:
        """The last thing the browser was told is to stop."""
        for _ in range(40):
            if self.acts[-1][0] == "cancel":
                break
            self.page.wait_for_timeout(50)
        assert self.acts[-1][0] == "cancel"


@pytest.fixture
def listener(visitor: Visitor) -> Listener:
    return Listener(visitor, [REMOTE, ENGLISH, BELGIAN, LOCAL])


def test_nothing_is_read_aloud_without_being_asked_twice_the_first_time(listener: Listener) -> None:
    listener.visitor.say("regel 1", "antwoord 1.")
    listener.button.click()
    expect(listener.page.get_by_role("status")).to_contain_text(SURE)
    assert listener.acts == []
    listener.button.click()
    expect(listener.page.get_by_role("button", name="Stop met voorlezen")).to_be_visible()
    assert listener.spoken == ["antwoord 1."]
    expect(listener.page.get_by_role("status")).to_have_text("")


def test_a_dutch_voice_of_this_device_is_used_and_none_elsewhere(listener: Listener) -> None:
    listener.reads()
    assert {voice for act, _, voice in listener.acts if act == "speak"} == {"eigen"}


@pytest.mark.parametrize("voices", [[], [REMOTE], [REMOTE, ENGLISH]], ids=["none", "elsewhere", "no Dutch"])
def test_without_a_dutch_voice_of_this_device_it_is_not_offered(visitor: Visitor, voices: list[dict[str, Any]]) -> None:
    listener = Listener(visitor, voices)
    expect(listener.button).to_have_count(0)
    assert listener.acts == []


def test_a_voice_that_comes_later_brings_the_button(visitor: Visitor) -> None:
    listener = Listener(visitor, [])
    expect(listener.button).to_have_count(0)
    listener.page.evaluate(
        "voice => { speechSynthesis.voices.push(voice); speechSynthesis.dispatchEvent(new Event('voiceschanged')); }",
        BELGIAN,
    )
    listener.reads()
    assert {voice for act, _, voice in listener.acts if act == "speak"} == {"vlaams"}


def test_it_reads_what_was_said_last_with_numbers_digit_by_digit_and_the_choices(listener: Listener) -> None:
    listener.reads()
    said = listener.spoken
    assert said[0].startswith("Dat is niet oké.")
    assert any(text.startswith("Bel 0 8 0 0") for text in said)
    assert said[-2:] == ["Vertel meer", "Waar kan ik naartoe?"]
    assert not [text for text in said if text in ("Chatbot", "mijn man slaat mij")]


def test_what_comes_while_it_reads_or_afterwards_is_not_read_by_itself(listener: Listener) -> None:
    listener.reads()
    before = len(listener.acts)
    listener.visitor.say_from_elsewhere("regel 2")
    expect(listener.visitor.log.locator(".msg").last).to_contain_text("antwoord 2.")
    listener.page.evaluate("speechSynthesis.last.onend()")
    expect(listener.button).to_be_visible()
    listener.visitor.say("regel 3", "antwoord 3.")
    assert [act for act in listener.acts[before:] if act[0] == "speak"] == []


def test_a_second_press_stops_it_and_the_next_one_needs_no_warning(listener: Listener) -> None:
    listener.reads()
    listener.page.get_by_role("button", name="Stop met voorlezen").click()
    listener.is_silent()
    listener.button.click()
    expect(listener.page.get_by_role("button", name="Stop met voorlezen")).to_be_visible()
    assert listener.acts[-1][0] == "speak"


def _wipes(page: Page) -> None:
    page.get_by_role("button", name="Wis alles").click()
    page.get_by_role("button", name="Ja, wis alles").click()


def _shifts(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


WAYS: dict[str, Callable[[Page], object]] = {
    "exit": lambda page: page.get_by_role("link", name="Verlaat deze site").click(no_wait_after=True),
    "three times Shift": _shifts,
    "wiped": _wipes,
    "somebody came in": lambda page: page.get_by_role("button", name="Er is iemand").click(),
    "not free to talk": lambda page: page.get_by_role("button", name="Ik kan niet vrij praten").click(),
    "in the background": lambda page: page.evaluate(HIDE, True),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_silent_at_once_when_the_conversation_goes_out_of_sight(
    listener: Listener, neutral: NeutralSite, way: str
) -> None:
    listener.reads()
    neutral.slowness = 1.0
    try:
        WAYS[way](listener.page)
        listener.is_silent()
    finally:
        neutral.slowness = 0.0


def test_who_reads_with_difficulty_finds_it_beside_the_text_field(listener: Listener) -> None:
    chips = listener.page.locator("#chips")
    expect(chips.get_by_role("button", name="Lees voor")).to_have_count(0)
    listener.page.get_by_role("button", name="Makkelijke taal").click()
    expect(chips.get_by_role("button", name="Lees voor")).to_be_in_viewport()
    expect(listener.button).to_have_count(1)
