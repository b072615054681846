"""A11Y with a person in the chat: by keyboard, by axe, and on a phone of 320 pixels."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.looks import LOOKS, faults, focus_stops, small_targets, widths_at_320
from tests.browser.visitor import Visitor
from tests.browser.with_person import NewCounsellor, NewVisitor, asks, box_of, company, last, open_codes, talks, waits
from tests.desk.people import Counsellor
from webchat.handover.tickets import Ask

NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


def _card(visitor: Visitor, house: House, noor: Counsellor) -> None:
    asks(visitor).get_by_text("Nog iets erbij zetten").click()


def _waiting(visitor: Visitor, house: House, noor: Counsellor) -> None:
    for fold in waits(visitor).locator("summary").all():
        fold.click()


def _called(visitor: Visitor, house: House, noor: Counsellor) -> None:
    waits(visitor)
    house.do(noor.claim_first())
    expect(visitor.page.get_by_role("button", name="Ja, begin")).to_be_visible()


def _with_person(visitor: Visitor, house: House, noor: Counsellor) -> None:
    ticket = talks(visitor, house, noor)
    house.do(noor.says(ticket, "Dag, ik ben er. Vertel maar."))
    house.do(noor.asks(ticket, Ask.TO_BOT))
    expect(visitor.page.get_by_role("group", name="Wil je verder met de chatbot?")).to_be_visible()


def _return_code(visitor: Visitor, house: House, noor: Counsellor) -> None:
    open_codes(visitor)
    visitor.page.get_by_role("button", name="Code om terug te komen").click()
    box = box_of(visitor, "Code om terug te komen")
    box.get_by_role("button", name="Maak een code").click()
    expect(box.get_by_text("Geldig tot")).to_be_visible()


def _question(visitor: Visitor, house: House, noor: Counsellor) -> None:
    open_codes(visitor)
    visitor.page.get_by_role("button", name="Laat een vraag achter").click()
    expect(box_of(visitor, "Een vraag achterlaten")).to_be_visible()


STATES: dict[str, Callable[[Visitor, House, Counsellor], None]] = {
    "card": _card,
    "waiting": _waiting,
    "called": _called,
    "with a person": _with_person,
    "return code": _return_code,
    "question": _question,
}


def test_a11y_05_everything_with_a_person_is_done_with_the_keyboard(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty()
    visitor = come()
    page = visitor.page

    def reach(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == name:
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"{name} cannot be reached")

    reach("Praat met een mens")
    expect(box_of(visitor, "Praten met een mens").get_by_role("heading")).to_be_focused()
    reach("Vraag een medewerker")
    expect(box_of(visitor, "Je staat in de rij")).to_be_visible()
    house.do(noor.claim_first())
    expect(page.get_by_role("button", name="Ja, begin")).to_be_visible()
    reach("Ja, begin")
    expect(company(visitor)).to_contain_text("Noor, medewerker")
    expect(page.get_by_label("Je bericht")).to_be_focused()
    reach("Terug naar de chatbot")
    expect(page.get_by_role("button", name="Ja, naar de chatbot")).to_be_focused()
    page.keyboard.press("Enter")
    expect(last(visitor)).to_contain_text("Ik ben een chatbot, geen mens")


@pytest.mark.parametrize("state", STATES)
def test_a11y_01_axe_finds_nothing_about_a_person(
    come: NewVisitor, house: House, on_duty: NewCounsellor, state: str
) -> None:
    visitor = come("mijn man slaat mij", reduced_motion="reduce")
    STATES[state](visitor, house, on_duty())
    found = {}
    for look in LOOKS:
        visitor.page.emulate_media(**{"forced_colors": "none", "contrast": "no-preference", **look})
        found[str(look)] = faults(visitor.page)
    visitor.page.emulate_media(forced_colors="none", contrast="no-preference", color_scheme="light")
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    found["320 px"] = faults(visitor.page)
    assert {look: lines for look, lines in found.items() if lines} == {}
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320


@pytest.mark.parametrize("state", STATES)
def test_a11y_06_07_08_with_a_person_the_focus_is_seen_everything_fits_and_is_large_enough(
    come: NewVisitor, house: House, on_duty: NewCounsellor, state: str
) -> None:
    visitor = come("mijn man slaat mij", reduced_motion="reduce")
    STATES[state](visitor, house, on_duty())
    stops, hidden = focus_stops(visitor.page)
    assert hidden == []
    assert stops >= 8
    assert small_targets(visitor.page) == []
    assert widths_at_320(visitor.page) == [320, 320, 320]


@pytest.mark.parametrize("state", STATES)
def test_saf_07_on_a_narrow_phone_the_way_out_and_the_text_field_stay_in_reach(
    come: NewVisitor, house: House, on_duty: NewCounsellor, state: str
) -> None:
    visitor = come("mijn man slaat mij", **NARROW)
    if state in ("card", "waiting", "called", "with a person"):
        visitor.page.get_by_role("button", name="Meer keuzes").click()
    STATES[state](visitor, house, on_duty())
    expect(visitor.page.get_by_role("link", name="Verlaat deze site")).to_be_in_viewport(ratio=1)
    expect(visitor.page.get_by_label("Je bericht")).to_be_in_viewport(ratio=1)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
