"""Before sending: personal data is noticed in the page, offered to be left out, and never a reason not to send."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewVisitor
from tests.browser.looks import faults
from tests.browser.test_reading import PHONE
from tests.browser.visitor import MARKER, Visitor
from tests.browser.with_person import NewCounsellor, asks, box_of

WITH_ADDRESS = f"{MARKER} ik woon op kerkstraat 12"
ANSWER = "Dank je dat je dit vertelt"


@pytest.fixture
def ready(visitor: Visitor) -> Visitor:
    return _made_ready(visitor)


def _made_ready(visitor: Visitor) -> Visitor:
    """A visitor whose page has loaded the rules: that happens when the text field gets the focus."""
    visitor.arrive()
    with visitor.page.expect_response(lambda answer: answer.url.endswith("/shared/redaction.json")) as rules:
        _box(visitor).focus()
    assert rules.value.status == 200
    visitor.page.wait_for_load_state("networkidle")
    return visitor


def _box(visitor: Visitor) -> Any:
    return visitor.page.get_by_label("Je bericht")


def _hint(visitor: Visitor) -> Any:
    return visitor.page.get_by_role("group", name="Weglaten?")


def _sent(visitor: Visitor) -> list[str]:
    """The bodies of all messages from now on."""
    bodies: list[str] = []
    visitor.page.on(
        "request",
        lambda request: bodies.append(request.post_data_json["text"]) if request.url.endswith("/messages") else None,
    )
    return bodies


def test_nothing_that_is_typed_leaves_the_page_before_it_is_sent(ready: Visitor) -> None:
    asked: list[str] = []
    ready.page.on("request", lambda request: asked.append(request.url))
    _box(ready).press_sequentially(f"{WITH_ADDRESS} 06 12345678 fatima@voorbeeld.nl", delay=5)
    expect(_hint(ready)).to_be_visible()
    assert "adres" in _hint(ready).inner_text()
    assert asked == []
    kept = ready.page.evaluate(
        "[Object.keys(localStorage).length, Object.keys(sessionStorage).length, document.cookie]"
    )
    assert kept == [0, 0, ""]


def test_the_question_comes_when_somebody_stops_typing_and_takes_no_focus(ready: Visitor) -> None:
    _box(ready).press_sequentially(WITH_ADDRESS, delay=5)
    expect(_hint(ready)).to_be_visible()
    expect(_box(ready)).to_be_focused()
    expect(ready.page.get_by_role("status")).to_have_text("Je noemt een adres. Weglaten?")
    assert MARKER not in _hint(ready).inner_text()


def test_left_out_means_a_word_in_its_place_and_the_visitor_still_sends(ready: Visitor) -> None:
    bodies = _sent(ready)
    _box(ready).fill(f"{WITH_ADDRESS} met fatima")
    _hint(ready).get_by_role("button", name="Weglaten").click()
    expect(_box(ready)).to_have_value(f"{MARKER} ik woon op [adres] met [naam]")
    expect(_hint(ready)).to_have_count(0)
    assert bodies == []
    _box(ready).press("Enter")
    expect(ready.log.locator(".msg").last).to_contain_text(ANSWER)
    assert bodies == [f"{MARKER} ik woon op [adres] met [naam]"]


def test_a_second_press_of_send_sends_as_it_is_and_the_gateway_removes_it(ready: Visitor) -> None:
    bodies = _sent(ready)
    _box(ready).fill(WITH_ADDRESS)
    _box(ready).press("Enter")
    expect(ready.page.get_by_role("status")).to_contain_text("Nog niet verstuurd")
    expect(_hint(ready)).to_be_visible()
    assert bodies == []
    _box(ready).press("Enter")
    expect(ready.log.locator(".msg").last).to_contain_text(ANSWER)
    assert bodies == [WITH_ADDRESS]
    expect(ready.log).to_contain_text("weggelaten")
    expect(_hint(ready)).to_have_count(0)


def test_what_was_sent_as_it_is_once_is_not_asked_again(ready: Visitor) -> None:
    bodies = _sent(ready)
    _box(ready).fill(WITH_ADDRESS)
    _hint(ready).get_by_role("button", name="Zo versturen").click()
    expect(ready.log.locator(".msg").last).to_contain_text(ANSWER)
    _box(ready).fill("nu op dorpslaan 3")
    _box(ready).press("Enter")
    expect(_box(ready)).to_have_value("")
    expect(ready.log.locator(".msg.visitor")).to_have_count(2)
    assert bodies == [WITH_ADDRESS, "nu op dorpslaan 3"]


def test_a_message_without_such_data_goes_at_once(ready: Visitor) -> None:
    ready.say("mijn moeder sgreeuwt de hele dag en ik ben 12")
    expect(_hint(ready)).to_have_count(0)


def test_the_question_goes_away_with_the_words(ready: Visitor) -> None:
    _box(ready).fill(WITH_ADDRESS)
    expect(_hint(ready)).to_be_visible()
    _box(ready).fill(MARKER)
    expect(_hint(ready)).to_have_count(0)


def test_it_can_be_done_with_the_keyboard_alone(ready: Visitor) -> None:
    _box(ready).press_sequentially(WITH_ADDRESS, delay=5)
    expect(_hint(ready)).to_be_visible()
    ready.page.keyboard.press("Shift+Tab")
    ready.page.keyboard.press("Shift+Tab")
    expect(_hint(ready).get_by_role("button", name="Weglaten")).to_be_focused()
    ready.page.keyboard.press("Enter")
    expect(_box(ready)).to_have_value(f"{MARKER} ik woon op [adres]")
    expect(_box(ready)).to_be_focused()


def test_on_a_small_touch_screen_the_question_and_the_field_fit(new_visitor: NewVisitor) -> None:
    visitor = _made_ready(new_visitor(viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True))
    _box(visitor).fill(WITH_ADDRESS)
    expect(_hint(visitor)).to_be_in_viewport(ratio=1)
    expect(_box(visitor)).to_be_in_viewport(ratio=1)
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a11y_01_08_on_a_phone_the_question_is_readable_and_its_buttons_are_48_pixels(
    new_visitor: NewVisitor, look: str
) -> None:
    visitor = _made_ready(new_visitor(**PHONE, color_scheme=look, reduced_motion="reduce"))
    _box(visitor).fill(WITH_ADDRESS)
    hint = _hint(visitor)
    expect(hint).to_be_in_viewport(ratio=1)
    for name in ("Weglaten", "Zo versturen"):
        size = hint.get_by_role("button", name=name).bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 48
    edge = "parseFloat(getComputedStyle(node).borderTopWidth)"
    paper = "getComputedStyle(node).backgroundColor !== getComputedStyle(node.closest('.dock')).backgroundColor"
    assert hint.evaluate(f"node => [{edge}, {paper}]") == [2, True]
    assert faults(visitor.page) == []
    visitor.page.emulate_media(forced_colors="active")
    assert faults(visitor.page) == []


def test_without_the_rules_the_chat_works_as_before(visitor: Visitor) -> None:
    visitor.page.route("**/shared/redaction.json", lambda route: route.abort())
    visitor.arrive()
    visitor.say(WITH_ADDRESS)


def test_nothing_of_it_stays_when_the_chat_is_wiped(ready: Visitor) -> None:
    ready.say(f"{MARKER} een")
    _box(ready).fill(WITH_ADDRESS)
    expect(_hint(ready)).to_be_visible()
    ready.page.get_by_role("button", name="Wis alles").click()
    ready.page.get_by_role("button", name="Ja, wis alles").click()
    expect(_hint(ready)).to_have_count(0)
    assert MARKER not in ready.dom()


def test_in_easy_language_the_reason_is_in_easy_language_too(ready: Visitor) -> None:
    ready.say("hallo")
    ready.page.get_by_role("button", name="Makkelijke taal").click()
    expect(ready.log.locator(".msg").last).to_contain_text("makkelijke taal")
    _box(ready).fill(WITH_ADDRESS)
    expect(_hint(ready)).to_contain_text("Hij ziet niet alles.")


def _leaves_a_question(visitor: Visitor) -> Locator:
    visitor.page.get_by_text("Codes van vier woorden").click()
    visitor.page.get_by_role("button", name="Laat een vraag achter").click()
    box = box_of(visitor, "Een vraag achterlaten")
    expect(box).to_be_visible()
    return box


def _opens_the_rest_of_the_card(visitor: Visitor) -> Locator:
    card = asks(visitor)
    card.get_by_text("Nog iets erbij zetten").click()
    return card


def _urls(visitor: Visitor) -> list[str]:
    """Every address that the page asks for from now on, but for the stream of the chat."""
    asked: list[str] = []
    visitor.page.on("request", lambda request: None if "/events" in request.url else asked.append(request.url))
    return asked


def test_a_question_for_the_next_shift_is_watched_too_and_nothing_leaves_before_sending(come: NewVisitor) -> None:
    visitor = come()
    box = _leaves_a_question(visitor)
    asked = _urls(visitor)
    field = box.get_by_label("Je vraag")
    field.press_sequentially("mag fatima bellen? 06 12345678", delay=5)
    hint = box.get_by_role("group", name="Je noemt een naam en een telefoonnummer. Weglaten?")
    expect(hint).to_be_visible()
    expect(field).to_be_focused()
    expect(visitor.page.get_by_role("status")).to_contain_text("Weglaten?")
    hint.get_by_role("button", name="Weglaten").click()
    expect(field).to_have_value("mag [naam] bellen? [telefoonnummer]")
    expect(field).to_be_focused()
    expect(hint).to_have_count(0)
    assert asked == []
    with visitor.page.expect_request("**/questions") as sent:
        box.get_by_role("button", name="Laat achter").click()
    assert sent.value.post_data_json["text"] == "mag [naam] bellen? [telefoonnummer]"
    expect(box.get_by_text("Geldig tot")).to_be_visible()


@pytest.mark.parametrize("label", ["In je eigen woorden", "Een codewoord"])
def test_the_words_on_the_card_are_watched_too(come: NewVisitor, on_duty: NewCounsellor, label: str) -> None:
    on_duty()
    visitor = come()
    card = _opens_the_rest_of_the_card(visitor)
    asked = _urls(visitor)
    field = card.get_by_label(label)
    field.fill("fatima")
    hint = card.get_by_role("group", name="Weglaten?")
    expect(hint).to_contain_text("Je noemt een naam")
    hint.get_by_role("button", name="Zo laten").click()
    expect(field).to_have_value("fatima")
    expect(field).to_be_focused()
    expect(hint).to_have_count(0)
    field.fill("fatima op kerkstraat 12")
    expect(hint).to_contain_text("Je noemt een adres")
    hint.get_by_role("button", name="Weglaten").click()
    expect(field).to_have_value("fatima op [adres]")
    assert asked == []
    expect(card).to_be_visible()


def test_a_card_with_a_question_still_open_goes_at_the_first_press_and_the_question_with_it(
    come: NewVisitor, on_duty: NewCounsellor
) -> None:
    on_duty()
    visitor = come()
    card = _opens_the_rest_of_the_card(visitor)
    card.get_by_label("In je eigen woorden").fill("bel 06 12345678")
    expect(card.get_by_role("group", name="Weglaten?")).to_be_visible()
    card.get_by_role("button", name="Vraag een medewerker").click()
    waiting = box_of(visitor, "Je staat in de rij")
    expect(waiting).to_be_visible()
    expect(visitor.page.get_by_role("group", name="Weglaten?")).to_have_count(0)
    expect(visitor.page.get_by_role("status")).not_to_contain_text("Weglaten?")
    waiting.get_by_text("Dit ziet de medewerker").click()
    expect(waiting.get_by_text("Weggehaald: een telefoonnummer")).to_be_visible()
    assert "12345678" not in waiting.inner_text()
