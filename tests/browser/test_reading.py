"""A11Y: for everyone, however they read, point, type or hear."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.looks import FROM_THE_TOP, LOOKS, faults, focus_stops, small_targets, widths_at_320
from tests.browser.visitor import Visitor

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def _start(visitor: Visitor) -> None:
    visitor.arrive()


def _long(visitor: Visitor) -> None:
    visitor.arrive()
    for number in range(15):
        visitor.say(f"regel {number}", f"antwoord {number}.")


def _cards(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
    visitor.page.get_by_text("Klopt iets niet?").click()


def _danger(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hij staat nu voor de deur met een mes, hij slaat me dood", None)
    expect(visitor.log.locator("[data-kind=danger]")).to_be_visible()


def _child(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.page.get_by_role("button", name="Ik ben jonger dan 18").click()
    expect(visitor.page.get_by_role("button", name="Weet ik niet")).to_be_visible()


def _away(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    visitor.page.context.set_offline(True)
    visitor.say("nog iets", None)
    expect(visitor.page.get_by_role("status")).to_contain_text("Geen verbinding")


def _ended(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    visitor.page.get_by_role("button", name="Wis alles").click()
    visitor.page.get_by_role("button", name="Ja, wis alles").click()
    expect(visitor.page.get_by_role("group", name="Heeft dit gesprek je geholpen?")).to_be_visible()


def _nobody(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.page.get_by_role("button", name="Liever meteen een mens?").click()
    expect(visitor.log.locator(".msg").last).to_contain_text("geen medewerker")


def _asking(visitor: Visitor) -> None:
    there = {"available": True, "waiting": 0, "typical_wait_seconds": None}
    visitor.page.route("**/api/v1/availability*", lambda route: route.fulfill(json=there))
    visitor.arrive()
    visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    expect(visitor.page.get_by_role("region", name="Praten met een mens")).to_be_visible()


def _safety(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.url}visitor/veiligheid.html")


STATES: dict[str, Callable[[Visitor], None]] = {
    "start": _start,
    "thirty messages": _long,
    "cards and what was understood": _cards,
    "danger": _danger,
    "child": _child,
    "away": _away,
    "ended": _ended,
    "nobody there": _nobody,
    "asking for a person": _asking,
    "safety page": _safety,
}


@pytest.mark.parametrize("state", STATES)
def test_a11y_01_axe_finds_nothing(new_visitor: NewVisitor, state: str) -> None:
    visitor = new_visitor(reduced_motion="reduce")
    STATES[state](visitor)
    found = {}
    for look in LOOKS:
        visitor.page.emulate_media(**{"forced_colors": "none", "contrast": "no-preference", **look})
        found[str(look)] = faults(visitor.page)
    visitor.page.emulate_media(forced_colors="none", contrast="no-preference", color_scheme="light")
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    found["320 px"] = faults(visitor.page)
    assert {look: lines for look, lines in found.items() if lines} == {}


def test_a11y_03_the_tree_has_one_polite_log_and_one_status(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    session = visitor.page.context.new_cdp_session(visitor.page)
    nodes = [node for node in session.send("Accessibility.getFullAXTree")["nodes"] if not node.get("ignored")]
    roles = [node.get("role", {}).get("value") for node in nodes]
    assert roles.count("log") == 1
    assert roles.count("status") == 1
    log = next(node for node in nodes if node.get("role", {}).get("value") == "log")
    facts = {fact["name"]: fact["value"].get("value") for fact in log["properties"]}
    assert facts["live"] == "polite"
    assert not facts.get("atomic", False)
    expect(visitor.page.locator("header.top")).to_match_aria_snapshot(
        """
        - banner:
          - paragraph: Lichtpunt
          - navigation "Meteen bellen":
            - link /112/
            - link /Veilig Thuis/
          - link "Verlaat deze site"
        """
    )
    expect(visitor.page.locator("#talk")).to_match_aria_snapshot(
        """
        - region "Gesprek":
          - log "Berichten":
            - paragraph: Chatbot
            - paragraph: /Ik ben een chatbot/
            - paragraph: Chatbot
            - paragraph: /Waar gaat het over/
            - paragraph: Jij
            - paragraph: hallo
            - paragraph: Chatbot
            - paragraph: /Dank je/
        """
    )


def test_a11y_04_the_log_only_grows(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    visitor.page.evaluate(
        """() => { const log = document.getElementById('log'); window.first = log.firstChild; window.seen = [];
        new MutationObserver((list) => list.forEach((m) => window.seen.push(m.type + m.addedNodes.length + m.removedNodes.length)))
          .observe(log, { childList: true, subtree: true, characterData: true }); }"""
    )
    for number in range(5):
        visitor.say(f"regel {number}", f"antwoord {number}.")
    seen = visitor.page.evaluate("window.seen")
    assert len(seen) >= 10
    assert set(seen) == {"childList10"}
    assert visitor.page.evaluate("window.first === document.getElementById('log').firstChild")


def _tab_to(page: Page, name: str, most: int = 40) -> None:
    for _ in range(most):
        if page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never came to {name}")


def test_a11y_05_the_keyboard_alone_is_enough(visitor: Visitor) -> None:
    visitor.arrive()
    page = visitor.page
    order = []
    for _ in range(4):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert order[0] == "Naar het gesprek"
    assert order[3] == "Verlaat deze site"
    _tab_to(page, "Het gaat om mij")
    page.keyboard.press("Enter")
    expect(visitor.log.locator(".msg").last).to_contain_text("het gaat om jou")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("mijn man slaat mij")
    page.keyboard.press("Enter")
    expect(visitor.log.locator(".msg").last).to_contain_text("mensen die je kunnen helpen")
    assert page.evaluate("document.activeElement.id") == "text"
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Praat met een mens":
            break
    page.keyboard.press("Enter")
    expect(visitor.log.locator(".msg").last).to_contain_text("geen medewerker")
    page.evaluate("document.activeElement.blur()")
    _tab_to(page, "Wis alles", 60)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Alles is gewist")).to_be_focused()


def test_a11y_05_the_keyboard_follows_the_page_from_top_to_end_and_is_never_caught(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.page.get_by_role("button", name="Het gaat om mij").click()
    visitor.say("hij maakt mij bang", None)
    expect(visitor.page.get_by_role("button", name="Weet ik niet")).to_be_visible()
    page = visitor.page
    assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0
    page.evaluate(f"() => {{ {FROM_THE_TOP} }}")
    order: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => { const at = document.activeElement; return at === document.body ? null
            : at.textContent.trim() || at.id; }"""
        )
        if name is None:
            break
        order.append(name)
    assert name is None, "the keyboard does not come out of the page"
    wanted = [
        "Naar het gesprek", "Verlaat deze site", "Ja", "Nee", "Weet ik niet",
        "Praat met een mens", "Wis alles", "Andere nummers", "Veilig chatten", "Er is iemand", "text", "Stuur",
    ]  # fmt: skip
    places = [order.index(name) for name in wanted]
    assert places == sorted(places), order


@pytest.mark.parametrize("state", ["start", "cards and what was understood", "ended"])
def test_a11y_06_the_focus_is_always_to_be_seen(visitor: Visitor, state: str) -> None:
    STATES[state](visitor)
    stops, hidden = focus_stops(visitor.page)
    assert hidden == []
    assert stops >= 8


@pytest.mark.parametrize("state", ["start", "cards and what was understood", "danger", "child", "ended", "safety page"])
def test_a11y_07_everything_fits_320_pixels(new_visitor: NewVisitor, state: str) -> None:
    visitor = new_visitor(viewport={"width": 1024, "height": 640})
    STATES[state](visitor)
    assert widths_at_320(visitor.page) == [320, 320, 320]


@pytest.mark.parametrize("state", ["start", "cards and what was understood", "child", "ended", "nobody there"])
@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_a11y_08_everything_to_press_is_large_enough(
    new_visitor: NewVisitor, state: str, options: dict[str, Any]
) -> None:
    visitor = new_visitor()
    STATES[state](visitor)
    if options:
        visitor.page.set_viewport_size(options["viewport"])
    assert small_targets(visitor.page) == []


def test_a11y_09_nothing_moves_when_that_is_asked(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(reduced_motion="reduce")
    visitor.arrive()
    visitor.say("mijn man slaat mij", None)
    expect(visitor.log.locator(".msg").last).to_contain_text("mensen die je kunnen helpen")
    assert visitor.page.evaluate("document.getAnimations().length") == 0
    assert visitor.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a11y_10_the_end_is_announced_in_time_and_can_be_put_off(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.arrive()
    visitor.say("hallo")
    alert = visitor.page.get_by_role("alert")
    visitor.page.clock.fast_forward(41 * 60 * 1000)
    visitor.page.clock.run_for(6000)
    expect(alert).to_be_empty()
    visitor.page.clock.fast_forward(150 * 1000)
    visitor.page.clock.run_for(6000)
    expect(alert).to_contain_text("Ben je er nog?")
    with visitor.page.expect_request(
        lambda request: request.url.endswith("/signals") and '"still_here"' in (request.post_data or "")
    ):
        visitor.page.get_by_role("button", name="Ik ben er nog").click()
    expect(alert).to_be_empty()
    assert visitor.status_of_chat() == 200


def test_a11y_11_a_message_moves_neither_the_focus_nor_the_page(visitor: Visitor) -> None:
    visitor.arrive()
    for number in range(10):
        visitor.say(f"regel {number}", f"antwoord {number}.")
    page = visitor.page
    page.get_by_role("link", name="Verlaat deze site").focus()
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)
    visitor.say_from_elsewhere("regel 99")
    expect(visitor.log.locator(".msg").last).to_contain_text("antwoord 99.")
    assert page.evaluate("document.activeElement.id") == "exit"
    assert page.evaluate("document.documentElement.scrollTop") == 0
    expect(page.get_by_role("button", name="Meer hieronder")).to_be_visible()
