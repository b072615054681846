"""A11Y-02: planted faults turn the guards of reading red. Axe finds seven of them; three it cannot see."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.looks import faults

PLANTED = {
    "color-contrast": "document.querySelector('.lead').style.color = '#c8c4bd'",
    "label": "document.querySelector('label[for=text]').remove(); document.getElementById('text').removeAttribute('placeholder')",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "target-size": """const row = document.createElement('div'); document.querySelector('.lead').after(row);
      for (const text of ['a', 'b', 'c']) { const small = document.createElement('button'); small.textContent = text;
      row.append(small); Object.assign(small.style, { width: '11px', height: '11px', padding: '0' }); }""",
    "document-title": "document.title = ''",
    "button-name": "const send = document.querySelector('#form button'); send.removeAttribute('aria-label'); send.textContent = ''",
    "meta-viewport": "document.querySelector('meta[name=viewport]').content = 'width=device-width, user-scalable=no'",
}

UNSEEN = {
    "log": "document.getElementById('log').removeAttribute('role')",
    "status": "document.getElementById('status').removeAttribute('role')",
}


def _roles(page: Page) -> list[Any]:
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node.get("role", {}).get("value") for node in nodes if not node.get("ignored")]


@pytest.mark.parametrize("rule", PLANTED)
def test_a11y_02_axe_finds_a_planted_fault(new_visitor: NewVisitor, rule: str) -> None:
    page = new_visitor(reduced_motion="reduce").arrive().page
    assert faults(page) == []
    page.evaluate(f"() => {{ {PLANTED[rule]} }}")
    assert rule in {line.partition(":")[0] for line in faults(page)}


@pytest.mark.parametrize("role", UNSEEN)
def test_a11y_02_a_lost_role_is_seen_in_the_tree(new_visitor: NewVisitor, role: str) -> None:
    visitor = new_visitor()
    visitor.arrive()
    visitor.say("hallo")
    assert _roles(visitor.page).count(role) == 1
    visitor.page.evaluate(f"() => {{ {UNSEEN[role]} }}")
    assert _roles(visitor.page).count(role) == 0


def test_a11y_02_a_lost_focus_ring_is_seen_in_the_style(new_visitor: NewVisitor) -> None:
    page = new_visitor().arrive().page
    style = "[getComputedStyle(document.activeElement).outlineStyle, parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"
    page.keyboard.press("Tab")
    kind, width = page.evaluate(style)
    assert kind != "none"
    assert width >= 2
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { outline: 0 !important; }');
        document.adoptedStyleSheets = [sheet]; }"""
    )
    page.keyboard.press("Tab")
    assert page.evaluate(style)[0] == "none"


def test_the_region_of_an_organisation_is_offered_and_not_assumed(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    page = visitor.page
    visitor.arrive()
    page.evaluate("Object.assign(document.documentElement.dataset, { region: 'ijsselland', regionName: 'IJsselland' })")
    visitor.say("opvang", "In welke plaats woon je?")
    replies = page.get_by_role("group", name="Antwoorden om te kiezen").get_by_role("button")
    expect(replies).to_have_text(["Regio IJsselland", "Liever niet zeggen"])
    assert visitor.call("GET", "/chats/current").json()["assessment"]["region"] is None
    with page.expect_response(lambda answer: answer.url.endswith("/messages")) as sent:
        replies.first.click()
    assert sent.value.request.post_data_json["choice"] == "/region:ijsselland"
    assert sent.value.status == 200


def test_without_an_organisation_no_region_is_offered(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    visitor.arrive()
    visitor.say("opvang", "In welke plaats woon je?")
    replies = visitor.page.get_by_role("group", name="Antwoorden om te kiezen").get_by_role("button")
    expect(replies).to_have_text(["Liever niet zeggen"])
