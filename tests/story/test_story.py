"""The whole story with real browsers on both sides: from the bot to a person and back, and what is left of it.

The counsellors use the keyboard only.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor
from tests.contract.redis_server import RedisServer
from tests.story.people import Colleague
from tests.story.product import Product

NewColleague = Callable[[str], Colleague]
MARKER = "bananenkoffer"
"""A word that occurs nowhere else, not even among the birds and plants of the codenames."""


def box(visitor: Visitor, title: str) -> Locator:
    return visitor.page.get_by_role("region", name=title)


def company(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("group", name="Je praat met")


def asks_for_a_person(visitor: Visitor, with_conversation: bool = False) -> None:
    visitor.arrive()
    visitor.say(f"mijn man slaat mij {MARKER}", None)
    button = visitor.page.get_by_role("button", name="Praat met een mens").first
    expect(button).to_be_visible()
    button.click()
    if with_conversation:
        visitor.page.get_by_label("Wat er in deze chat is gezegd").check()
    visitor.page.get_by_role("button", name="Vraag een medewerker").click()


def is_taken_by(visitor: Visitor, counsellor: Colleague, name: str) -> None:
    expect(counsellor.cards).to_have_count(1)
    counsellor.cards.first.get_by_role("button").first.press("Enter")
    visitor.page.get_by_role("button", name="Ja, begin").click()
    expect(company(visitor)).to_contain_text(f"{name}, medewerker")


@pytest.fixture
def noor(colleague: NewColleague) -> Colleague:
    return colleague("noor").begin()


def test_j_05_con_12_con_13_from_the_bot_to_a_person_handed_on_read_along_back_and_wiped(
    visitor: Visitor, noor: Colleague, colleague: NewColleague, redis: RedisServer
) -> None:
    sam = colleague("sam").begin()
    asks_for_a_person(visitor, with_conversation=True)
    expect(sam.cards).to_have_count(1)
    is_taken_by(visitor, noor, "Noor")
    expect(sam.cards).to_have_count(0)
    expect(noor.panes.first).to_contain_text(MARKER)
    noor.says("Dag, ik ben Noor.")
    expect(visitor.log).to_contain_text("Dag, ik ben Noor.")
    visitor.say("dank je", None)
    expect(noor.panes.first.get_by_role("log")).to_contain_text("dank je")
    # A colleague reads along, with consent of both, and both sides see it.
    noor.panes.first.get_by_role("button", name="Meelezen").press("Enter")
    noor.asks_in_dialog("Sam")
    sam.panes.first.get_by_role("button", name="Ja, dat doe ik").press("Enter")
    visitor.page.get_by_role("button", name="Ja, dat mag").click()
    expect(company(visitor)).to_contain_text("Sam, collega, leest mee")
    expect(sam.panes.first.get_by_role("log")).to_contain_text("dank je")
    expect(sam.panes.first.get_by_label("Bericht aan de bezoeker")).to_be_hidden()
    sam.panes.first.get_by_role("button", name="Stop meelezen").press("Enter")
    expect(company(visitor)).not_to_contain_text("Sam")
    # Handed on to that colleague.
    noor.panes.first.get_by_role("button", name="Overdragen").press("Enter")
    noor.asks_in_dialog("Sam")
    sam.panes.first.get_by_role("button", name="Ja, dat doe ik").press("Enter")
    visitor.page.get_by_role("button", name="Ja, dat mag").click()
    expect(company(visitor)).to_contain_text("Sam, medewerker")
    expect(noor.panes).to_have_count(0)
    assert MARKER not in noor.dom()
    sam.says("Ik neem het over.")
    expect(visitor.log).to_contain_text("Ik neem het over.")
    # Back to the bot, which says that it is one.
    sam.panes.first.get_by_role("button", name="Naar bot").press("Enter")
    visitor.page.get_by_role("button", name="Ja, naar de chatbot").click()
    expect(visitor.log.locator(".msg").last).to_contain_text("Ik ben een chatbot, geen mens")
    sam.wraps_up("Terug naar de bot")
    # And again to a person, who ends it: nothing is left on either side.
    visitor.page.get_by_role("button", name="Praat met een mens").first.click()
    visitor.page.get_by_role("button", name="Vraag een medewerker").click()
    is_taken_by(visitor, noor, "Noor")
    noor.says(f"{MARKER} tot ziens")
    expect(visitor.log).to_contain_text("tot ziens")
    noor.ends()
    expect(visitor.page.locator("body")).not_to_contain_text(MARKER)
    assert MARKER not in visitor.dom()
    assert MARKER not in noor.dom()
    noor.wraps_up("Door jou beëindigd")
    with redis.client() as client:
        kept = b"".join(client.dump(key) or b"" for key in client.scan_iter("*"))
        assert MARKER.encode() not in kept
        assert not [key for key in client.scan_iter("c:????????????????????????????????")]


def test_con10_the_three_endings_are_shown_as_they_are(visitor: Visitor, noor: Colleague) -> None:
    asks_for_a_person(visitor)
    is_taken_by(visitor, noor, "Noor")
    visitor.page.get_by_role("link", name="Verlaat deze site").click()
    noor.wraps_up("Nooduitgang gebruikt")


def test_con11_a_dead_console_puts_the_visitor_in_front_within_45_seconds(
    visitor: Visitor, noor: Colleague, colleague: NewColleague
) -> None:
    sam = colleague("sam").begin()
    asks_for_a_person(visitor)
    is_taken_by(visitor, noor, "Noor")
    noor.page.context.close()
    expect(box(visitor, "Je staat in de rij")).to_contain_text("vooraan", timeout=45_000)
    expect(sam.cards.first).to_contain_text("collega is weggevallen")
    is_taken_by(visitor, sam, "Sam")
    sam.ends()
    sam.wraps_up("Door jou beëindigd")


def test_con15_the_last_counsellor_leaves_and_who_waits_is_told_at_once(visitor: Visitor, noor: Colleague) -> None:
    asks_for_a_person(visitor)
    expect(box(visitor, "Je staat in de rij")).to_be_visible()
    noor.becomes("Einde dienst")
    expect(visitor.log).to_contain_text("Er is nu geen medewerker in de chat", timeout=20_000)
    expect(box(visitor, "Je staat in de rij")).to_have_count(0)


def test_both_sides_go_on_when_the_gateway_is_killed(visitor: Visitor, noor: Colleague, product: Product) -> None:
    asks_for_a_person(visitor)
    is_taken_by(visitor, noor, "Noor")
    noor.says("voor de storing")
    expect(visitor.log).to_contain_text("voor de storing")
    product.kill()
    product.start()
    noor.says("na de storing")
    expect(visitor.log).to_contain_text("na de storing", timeout=40_000)
    visitor.say("ik ben er nog", None)
    expect(noor.panes.first.get_by_role("log")).to_contain_text("ik ben er nog", timeout=40_000)
    assert visitor.log.get_by_text("voor de storing").count() == 1
    noor.ends()
    noor.wraps_up("Door jou beëindigd")
