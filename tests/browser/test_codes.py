"""Codes of four words: back in another browser, along to the phone, to an answer of the next shift."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from bot.advice import directory
from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.browser.with_person import NewCounsellor, NewVisitor, box_of, company, heard, last, talks

CODE = re.compile(r"^[a-z]+( [a-z]+){3}$")


def _code(box: Locator) -> str:
    items = box.get_by_role("list", name="Jouw code").get_by_role("listitem")
    expect(items).to_have_count(4)
    words = items.all_inner_texts()
    code = " ".join(word.split("\n")[-1] for word in words)
    assert CODE.match(code), code
    return code


def _types_code(page: Page, url: str, code: str) -> Locator:
    page.goto(url)
    page.get_by_role("button", name="Ik heb een code").click()
    field = page.get_by_label("Jouw vier woorden")
    expect(field).to_be_focused()
    field.fill(code)
    field.press("Enter")
    return field


def test_a_return_code_brings_the_visitor_back_in_another_browser(
    come: NewVisitor, house: House, on_duty: NewCounsellor, new_page: Callable[..., Page]
) -> None:
    noor = on_duty()
    visitor = come("pimpelmees vertelt iets")
    visitor.page.get_by_text("Codes van vier woorden").click()
    visitor.page.get_by_role("button", name="Code om terug te komen").click()
    box = box_of(visitor, "Code om terug te komen")
    expect(box.get_by_text("wie het papier vindt, kan alles meelezen")).to_be_visible()
    box.get_by_role("button", name="Maak een code").click()
    expect(box.get_by_text("Geldig tot")).to_be_visible()
    code = _code(box)
    box.get_by_role("button", name="Klaar").click()
    expect(visitor.page.get_by_text("Met je code kun je terugkomen")).to_be_visible()
    ticket = talks(visitor, house, noor)
    house.do(noor.says(ticket, "Tot zo."))
    expect(last(visitor)).to_contain_text("Tot zo.")
    visitor.page.goto("about:blank")

    other = Visitor(new_page(), house.url)
    _types_code(other.page, house.url, code)
    expect(other.log.get_by_text("Tot zo.")).to_be_visible()
    expect(other.log.get_by_text("pimpelmees vertelt iets")).to_be_visible()
    expect(company(other)).to_contain_text("Je praat met Noor, medewerker")
    other.say("daar ben ik weer", None)
    expect(last(other)).to_contain_text("daar ben ik weer")
    assert "daar ben ik weer" in [event.get("text") for event in heard(house, noor, ticket)]
    third = new_page()
    _types_code(third, house.url, code)
    expect(third.get_by_role("region", name="Ik heb een code").locator(".code-said")).to_contain_text("klopt niet")
    assert other.errors == []


def test_a_code_of_the_phone_carries_the_card_and_not_the_chat(come: NewVisitor, house: House) -> None:
    visitor = come("mijn man slaat mij")
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    box_of(visitor, "Nu is er niemand in de chat").get_by_role("button", name="Bel met een code").click()
    box = box_of(visitor, "Bellen met een code")
    expect(box.get_by_label("Wat er in deze chat is gezegd")).to_have_count(0)
    box.get_by_label("Wat hoop je?").select_option("Dat iemand luistert")
    box.get_by_role("button", name="Maak een code").click()
    code = _code(box)
    number = directory.load().get("veilig-thuis")
    expect(box.get_by_role("link", name=f"Bel {number.name} {number.phone}")).to_be_visible()
    card = house.open_call_code(code)
    assert (card["hope"], card["role"], card["with_conversation"]) == ("listen", "victim", False)


def test_a_question_left_at_night_is_answered_by_code_and_can_be_wiped(
    come: NewVisitor, house: House, new_page: Callable[..., Page]
) -> None:
    visitor = come()
    visitor.page.get_by_text("Codes van vier woorden").click()
    visitor.page.get_by_role("button", name="Laat een vraag achter").click()
    box = box_of(visitor, "Een vraag achterlaten")
    expect(box.get_by_text("wie de code vindt, kan het antwoord lezen")).to_be_visible()
    box.get_by_label("Je vraag").fill("Mag ik bellen zonder naam? Mijn nummer is 06 12345678")
    box.get_by_role("button", name="Laat achter").click()
    code = _code(box)
    box.get_by_text("Zo leest de medewerker je vraag").click()
    expect(box.get_by_text("Mag ik bellen zonder naam?")).to_be_visible()
    assert "12345678" not in box.inner_text()

    page = new_page()
    _types_code(page, house.url, code)
    expect(page.get_by_role("region", name="Er is nog geen antwoord")).to_be_visible()
    assert "Mag ik bellen" in house.answer_the_question("Ja, dat mag.\nJe hoeft niets te zeggen.")
    _types_code(page, house.url, code)
    answer = page.get_by_role("region", name="Antwoord van een medewerker")
    expect(answer).to_contain_text("Ja, dat mag.")
    answer.get_by_role("button", name="Wis vraag en antwoord").click()
    expect(page.get_by_text("Vraag en antwoord zijn gewist")).to_be_visible()
    _types_code(page, house.url, code)
    expect(page.locator(".code-said")).to_contain_text("klopt niet")
    expect(page.get_by_role("status")).to_contain_text("klopt niet")


def test_danger_in_a_question_gives_112_and_keeps_nothing(come: NewVisitor) -> None:
    visitor = come()
    visitor.page.get_by_text("Codes van vier woorden").click()
    visitor.page.get_by_role("button", name="Laat een vraag achter").click()
    box = box_of(visitor, "Een vraag achterlaten")
    box.get_by_label("Je vraag").fill("hij staat nu voor de deur met een mes en slaat de deur in")
    box.get_by_role("button", name="Laat achter").click()
    expect(visitor.log.locator("[data-kind=danger]")).to_be_visible()
    expect(visitor.page.locator("#status")).to_contain_text("niet bewaard")
    expect(box.get_by_role("list", name="Jouw code")).to_have_count(0)
