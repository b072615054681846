"""The card for a person: in the words of whoever fills it in, and with a region from a list."""

import re

from playwright.sync_api import Route, expect

from bot.advice import directory, fixed_texts, regions
from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.browser.with_person import NewCounsellor, NewVisitor, asks, box_of, last


def _held_at_the_gateway(visitor: Visitor) -> list[Route]:
    """Messages that went off and got no answer yet."""
    held: list[Route] = []
    visitor.page.route("**/api/v1/chats/current/messages", lambda route: held.append(route))
    return held


def test_j_03_a_child_that_asks_for_a_person_at_once_gets_the_card_in_its_own_words(
    come: NewVisitor, on_duty: NewCounsellor
) -> None:
    on_duty()
    visitor = come(None)
    held = _held_at_the_gateway(visitor)
    visitor.page.get_by_role("button", name="Ik ben jonger dan 18").click()
    card = asks(visitor)
    expect(card.get_by_text("Je krijgt raad van een mens.")).to_be_visible()
    expect(card.get_by_label("Dat ik jonger ben dan 18")).to_be_checked()
    expect(card.get_by_label("Wie ben je?")).to_have_count(0)
    expect(card.get_by_role("button", name="Vraag een mens")).to_be_visible()
    assert "medewerker" not in card.inner_text()
    for route in held:
        route.continue_()
    expect(visitor.log.locator(".msg.bot").last).to_contain_text("Jij doet niets fout")
    expect(card.get_by_label("Dat ik jonger ben dan 18")).to_be_checked()
    visitor.page.unroute_all(behavior="ignoreErrors")


def test_j_03_with_nobody_there_such_a_child_is_answered_as_a_child(come: NewVisitor) -> None:
    visitor = come(None)
    held = _held_at_the_gateway(visitor)
    visitor.page.get_by_role("button", name="Ik ben jonger dan 18").click()
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    expect(box_of(visitor, "Nu is er niemand in de chat")).to_be_visible()
    line = directory.load().get("kindertelefoon")
    words = fixed_texts.load(lambda name: directory.load().get(name).phone, "je").card("niemand_er_kind").text
    assert line.phone
    expect(last(visitor)).to_contain_text(words.split(".")[0])
    for route in held:
        route.continue_()
    visitor.page.unroute_all(behavior="ignoreErrors")


def test_who_says_to_be_no_child_after_all_is_asked_as_an_adult(come: NewVisitor, on_duty: NewCounsellor) -> None:
    on_duty()
    visitor = come(None)
    visitor.page.get_by_role("button", name="Ik ben jonger dan 18").click()
    expect(visitor.log.locator(".msg.bot").last).to_contain_text("Jij doet niets fout")
    panel = box_of(visitor, "Dit heb ik begrepen")
    panel.get_by_text("Klopt iets niet?").click()
    panel.get_by_label("Wie ben je?").select_option("Weet ik niet of zeg ik liever niet")
    expect(visitor.page.locator("html[data-child]")).to_have_count(0)
    expect(asks(visitor).get_by_label("Wie ben je?")).to_be_visible()


def test_the_region_is_chosen_from_a_list_and_the_card_says_who_is_there(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty("Noor", regions=("groningen",))
    visitor = come("mijn man slaat mij")
    card = asks(visitor)
    region = card.get_by_label("Regio")
    expect(region).to_have_value("ijsselland")
    expect(card.get_by_text("Waar degene woont om wie het gaat.")).to_be_visible()
    options = [(node.get_attribute("value"), node.inner_text()) for node in region.locator("option").all()]
    known = {one.id: one.name for one in regions.load().all()}
    assert options[0] == ("", "Liever niet zeggen")
    assert {value: f"Veilig Thuis {text}" for value, text in options[1:]} == known
    letters = [re.sub(r"[^a-z]", "", text.lower()) for _, text in options[1:]]
    assert letters == sorted(letters)
    expect(card.get_by_text("Er is nu niemand uit jouw regio.")).to_be_visible()
    region.select_option("Groningen")
    expect(card.get_by_text("Er is nu niemand uit jouw regio.")).to_have_count(0)
    expect(card.get_by_text("Er is nu iemand.")).to_be_visible()
    expect(visitor.page.get_by_role("status")).to_contain_text("Er is nu iemand.")
    card.get_by_role("button", name="Vraag een medewerker").click()
    expect(box_of(visitor, "Je staat in de rij")).to_be_visible()
    assert house.do(noor.card(house.do(noor.claim_first())))["region"] == "groningen"


def test_without_a_known_region_one_can_be_chosen_and_left_open(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty()
    visitor = come()
    region = asks(visitor).get_by_label("Regio")
    expect(region).to_have_value("")
    waits_on = box_of(visitor, "Praten met een mens")
    waits_on.get_by_role("button", name="Vraag een medewerker").click()
    expect(box_of(visitor, "Je staat in de rij")).to_be_visible()
    assert house.do(noor.card(house.do(noor.claim_first())))["region"] is None


def test_a_child_reads_its_own_words(come: NewVisitor, on_duty: NewCounsellor) -> None:
    on_duty()
    visitor = come(None)
    with visitor.page.expect_response(lambda r: r.url.endswith("/messages")):
        visitor.page.get_by_role("button", name="Ik ben jonger dan 18").click()
    expect(visitor.log.locator(".msg.bot").nth(2)).to_be_visible()
    card = asks(visitor)
    expect(card.get_by_text("Je krijgt raad van een mens.")).to_be_visible()
    expect(card.get_by_label("Dat ik jonger ben dan 18")).to_be_checked()
    expect(card.get_by_label("Wie ben je?")).to_have_count(0)
    card.get_by_role("button", name="Vraag een mens").click()
    expect(box_of(visitor, "Je staat in de rij")).to_be_visible()
