"""A11Y-03 in every state: one log that is read out politely, one line for all other news, and nothing else that speaks."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.browser.with_person import NewCounsellor, NewVisitor, box_of, talks, waits
from tests.desk.people import Counsellor
from webchat.handover.tickets import Ask

SPEAKING = """[...document.querySelectorAll('[aria-live]:not([aria-live=off]), [role=status], [role=log], [role=alert], output')]
  .map((node) => node.id || node.className)"""


def speech_faults(page: Page) -> list[str]:
    """What is wrong with what a screen reader would say by itself; empty when nothing is."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [node for node in nodes if not node.get("ignored")]
    found = []
    for role in ("log", "status"):
        count = sum(node.get("role", {}).get("value") == role for node in seen)
        if count != 1:
            found.append(f"{count} nodes of role {role}")
    for node in seen:
        if node.get("role", {}).get("value") == "log":
            facts: dict[str, Any] = {fact["name"]: fact["value"].get("value") for fact in node.get("properties", [])}
            if facts.get("live") != "polite" or facts.get("atomic", False):
                found.append(f"the log is {facts.get('live')}, atomic {facts.get('atomic')}")
    others = set(page.evaluate(SPEAKING)) - {"log", "status", "alert"}
    return found + [f"{name} speaks too" for name in sorted(others)]


def _start(_visitor: Visitor, _house: House, _noor: Counsellor) -> None:
    """Nothing was said yet."""


def _code(visitor: Visitor, _house: House, _noor: Counsellor) -> None:
    visitor.page.get_by_role("button", name="Ik heb een code").click()
    box_of(visitor, "Ik heb een code").get_by_role("button", name="Verder").click()
    expect(visitor.page.get_by_role("status")).to_have_text("Vul de vier woorden in.")


def _chat(visitor: Visitor, _house: House, _noor: Counsellor) -> None:
    visitor.say("hallo")


def _noticed(visitor: Visitor, _house: House, _noor: Counsellor) -> None:
    visitor.say("hallo")
    visitor.page.get_by_label("Je bericht").fill("ik woon op kerkstraat 12")
    expect(visitor.page.get_by_role("group", name="Weglaten?")).to_be_visible()


def _waiting(visitor: Visitor, _house: House, _noor: Counsellor) -> None:
    visitor.say("hallo")
    waits(visitor)
    expect(visitor.page.get_by_role("status")).to_contain_text("Je bent nummer 1.")


def _called(visitor: Visitor, house: House, noor: Counsellor) -> None:
    _waiting(visitor, house, noor)
    house.do(noor.claim_first())
    expect(visitor.page.get_by_role("status")).to_have_text("Er is iemand voor je. Nu beginnen?")


def _with_person(visitor: Visitor, house: House, noor: Counsellor) -> None:
    visitor.say("hallo")
    talks(visitor, house, noor)


def _asked(visitor: Visitor, house: House, noor: Counsellor) -> None:
    visitor.say("hallo")
    house.do(noor.asks(talks(visitor, house, noor), Ask.TO_BOT))
    expect(visitor.page.get_by_role("status")).to_contain_text("Wil je verder met de chatbot?")


def _closed(visitor: Visitor, house: House, noor: Counsellor) -> None:
    visitor.say("hallo")
    house.do(noor.ends(talks(visitor, house, noor)))
    expect(visitor.page.get_by_role("heading", name="Het gesprek is afgesloten")).to_be_visible()


def _wiped(visitor: Visitor, _house: House, _noor: Counsellor) -> None:
    visitor.say("hallo")
    visitor.page.get_by_role("button", name="Wis alles").click()
    visitor.page.get_by_role("button", name="Ja, wis alles").click()
    expect(visitor.page.get_by_role("group", name="Heeft dit gesprek je geholpen?")).to_be_visible()


STATES: dict[str, Callable[[Visitor, House, Counsellor], None]] = {
    "start": _start,
    "start with a code": _code,
    "chat": _chat,
    "asked to leave out": _noticed,
    "waiting": _waiting,
    "called": _called,
    "with a person": _with_person,
    "asked for consent": _asked,
    "ended by the person": _closed,
    "ended by the visitor": _wiped,
}

PLANTED = {
    "a second status": "document.querySelector('.place').setAttribute('role', 'status')",
    "a second log": "document.querySelector('.panel.ask').setAttribute('role', 'log')",
    "no status": "document.getElementById('status').removeAttribute('role')",
    "a log that is silent": "document.getElementById('log').setAttribute('aria-live', 'off')",
    "a log that is read as a whole": "document.getElementById('log').setAttribute('aria-atomic', 'true')",
    "something else that speaks": "document.querySelector('.place').setAttribute('aria-live', 'polite')",
}


@pytest.mark.parametrize("state", STATES)
def test_a11y_03_one_log_and_one_status_speak_in_every_state(
    come: NewVisitor, house: House, on_duty: NewCounsellor, state: str
) -> None:
    visitor = come(None)
    STATES[state](visitor, house, on_duty())
    assert speech_faults(visitor.page) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a11y_03_a_planted_fault_in_the_waiting_room_is_found(
    come: NewVisitor, house: House, on_duty: NewCounsellor, fault: str
) -> None:
    visitor = come(None)
    _waiting(visitor, house, on_duty())
    visitor.page.evaluate(f"() => {{ {PLANTED[fault]} }}")
    assert len(speech_faults(visitor.page)) >= 1
