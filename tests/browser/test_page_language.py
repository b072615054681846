"""LANG-05 in a browser: a house that says "u" says it on every screen, one that says "je" does too, and a child hears "je"."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.engine_double import EngineDouble
from tests.browser.house import House
from tests.browser.in_one_form import (
    LISTEN,
    WORDS,
    asks_and_waits,
    either,
    heard,
    only,
    reads_a_page_over_the_chat,
    says,
    sees_the_codes,
    sees_the_errors,
    talks_to_the_end,
)
from tests.browser.neutral_site import NeutralSite
from tests.browser.test_weight import MOST_BYTES
from tests.browser.visitor import Visitor
from tests.browser.with_person import box_of
from tests.desk.people import Counsellor
from webchat.organisation import Organisation

PAGES = ("", "visitor/veiligheid.html", "visitor/privacy.html", "visitor/toegankelijkheid.html", "widget")

NewHouse = Callable[[str], House]
Listener = Callable[[House], Visitor]
Duty = Callable[[House], Counsellor]


@pytest.fixture(scope="module")
def houses(engine: EngineDouble, neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewHouse]:
    """A house in each form, made when it is first asked for."""
    made: dict[str, House] = {}

    def get(form: str) -> House:
        if form not in made:
            database: Path = tmp_path_factory.mktemp("house") / "staff.db"
            made[form] = House(engine.url, neutral.url, database, Organisation(address_form=form))
        return made[form]

    yield get
    for house in made.values():
        house.stop()


@pytest.fixture
def listener(new_page: Callable[..., Page]) -> Iterator[Listener]:
    """A visitor whose page is listened to; the chat is over after the test."""
    made: list[Visitor] = []

    def come(house: House) -> Visitor:
        page = new_page()
        page.add_init_script(LISTEN)
        made.append(Visitor(page, house.url))
        return made[-1]

    yield come
    for visitor in made:
        if visitor.token:
            visitor.call("DELETE", "/chats/current")
    assert [error for visitor in made for error in visitor.errors] == []


@pytest.fixture
def on_duty_at() -> Iterator[Duty]:
    """A counsellor of one of the houses, until the end of the test."""
    made: list[tuple[House, Counsellor]] = []

    def arrive(house: House) -> Counsellor:
        made.append((house, house.counsellor()))
        return made[-1][1]

    yield arrive
    for house, counsellor in made:
        house.do(counsellor.vanishes())


@pytest.mark.parametrize("form", ["je", "u"])
def test_lang_05_a_whole_chat_of_an_adult_is_in_the_form_of_the_house(
    houses: NewHouse, listener: Listener, on_duty_at: Duty, form: str
) -> None:
    house = houses(form)
    noor = on_duty_at(house)
    visitor = listener(house)
    page = visitor.page
    page.goto(house.url)
    says(visitor, form, "mijn man slaat mij")
    expect(visitor.log.locator(".msg").last).to_contain_text("mensen die je kunnen helpen")
    page.get_by_text("Klopt iets niet?").click()
    expect(page.get_by_label(either("Wie ben je?", "Wie bent u?", form))).to_be_visible()
    reads_a_page_over_the_chat(visitor, "Veilig chatten")
    reads_a_page_over_the_chat(visitor, "Privacy")
    only(form, heard(visitor))
    sees_the_codes(visitor, form)
    only(form, heard(visitor))
    asks_and_waits(visitor, form)
    expect(page.locator(".place")).to_contain_text(either("Je bent nummer 1", "U bent nummer 1", form))
    only(form, heard(visitor))
    talks_to_the_end(visitor, house, noor, form)
    only(form, heard(visitor))
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(page.get_by_label(either("Je bericht", "Uw bericht", form))).to_be_visible()
    only(form, heard(visitor))


@pytest.mark.parametrize("form", ["je", "u"])
def test_lang_05_errors_danger_and_nobody_there_are_in_the_form_of_the_house(
    houses: NewHouse, listener: Listener, form: str
) -> None:
    visitor = listener(houses(form))
    page = visitor.page
    page.goto(visitor.url)
    page.get_by_role("button", name="Ik heb een code").click()
    box = box_of(visitor, "Ik heb een code")
    box.get_by_label(either("Jouw vier woorden", "Uw vier woorden", form)).fill("een twee drie vier")
    box.get_by_role("button", name="Verder").click()
    expect(page.locator("#status")).to_contain_text("klopt niet")
    box.get_by_role("button", name="Sluiten").click()
    page.get_by_role("button", name="Het gaat om mij").click()
    expect(visitor.log.locator(".msg").last).to_contain_text("Vertel wat er speelt")
    sees_the_errors(visitor, form)
    says(visitor, form, "ik wil dood en heb pillen geslikt")
    expect(visitor.log.locator("[data-kind=danger]").first).to_be_visible()
    page.get_by_role("button", name="Praat met een mens").click()
    expect(box_of(visitor, "Nu is er niemand in de chat")).to_be_visible()
    page.get_by_role("button", name="Er is iemand", exact=True).click()
    page.get_by_role("button", name="Verder gaan").click()
    page.get_by_role("button", name="Wis alles").click()
    page.get_by_role("button", name="Ja, wis alles").click()
    expect(page.get_by_role("heading", name="Alles is gewist")).to_be_visible()
    only(form, heard(visitor))


def test_a_child_in_a_house_that_says_u_hears_je_from_its_first_tap(
    houses: NewHouse, listener: Listener, on_duty_at: Duty
) -> None:
    house = houses("u")
    noor = on_duty_at(house)
    visitor = listener(house)
    page = visitor.page
    page.goto(house.url)
    expect(page.get_by_label("Uw bericht")).to_be_visible()
    only("u", heard(visitor))
    page.get_by_role("button", name="Ik ben jonger dan 18").click()
    expect(visitor.log.locator(".msg").last).to_contain_text("Jij doet niets fout")
    expect(visitor.log.locator(".msg.visitor .who").first).to_have_text("Jij")
    expect(page.get_by_label("Je bericht")).to_be_visible()
    reads_a_page_over_the_chat(visitor, "Veilig chatten")
    sees_the_errors(visitor, "je")
    asks_and_waits(visitor, "je")
    expect(page.locator(".place")).to_contain_text("Je bent nummer 1")
    talks_to_the_end(visitor, house, noor, "je")
    said = heard(visitor)
    # The safety page comes with both forms and is put right before it is shown; it is never in the document with "u".
    only("je", said)
    assert WORDS["u"].search(page.evaluate("document.body.textContent")) is None


def test_who_is_understood_to_be_a_child_while_waiting_is_called_je_in_what_is_on_the_screen(
    houses: NewHouse, listener: Listener, on_duty_at: Duty
) -> None:
    house = houses("u")
    noor = on_duty_at(house)
    visitor = listener(house)
    page = visitor.page
    page.goto(house.url)
    says(visitor, "u", "mijn man slaat mij")
    expect(visitor.log.locator(".msg").last).to_contain_text("mensen die je kunnen helpen")
    waiting = asks_and_waits(visitor, "u")
    expect(page.locator(".place")).to_contain_text("U bent nummer 1")
    page.get_by_text("Klopt iets niet?").click()
    page.get_by_label("Wie bent u?").select_option("Jonger dan 18")
    expect(page.get_by_label("Wie ben je?")).to_be_visible()
    expect(box_of(visitor, "Je staat in de rij").locator(".place")).to_contain_text("Je bent nummer 1")
    assert WORDS["u"].search(box_of(visitor, "Je staat in de rij").inner_text()) is None
    house.do(noor.claim_first())
    expect(page.get_by_role("group", name="Er is iemand voor je. Nu beginnen?")).to_be_visible()
    page.get_by_role("button", name="Ja, begin").click()
    expect(page.get_by_role("group", name="Je praat met Noor")).to_be_visible()
    expect(waiting).to_have_count(0)


def test_somebody_who_turns_out_to_be_no_child_hears_u_again(houses: NewHouse, listener: Listener) -> None:
    visitor = listener(houses("u"))
    page = visitor.page
    page.goto(visitor.url)
    page.get_by_role("button", name="Ik ben jonger dan 18").click()
    expect(page.get_by_label("Je bericht")).to_be_visible()
    page.get_by_text("Klopt iets niet?").click()
    page.get_by_label("Wie ben je?").select_option("Iemand die het meemaakt")
    expect(page.get_by_label("Wie bent u?")).to_be_visible()
    expect(page.get_by_label("Uw bericht")).to_be_visible()


@pytest.mark.parametrize("form", ["je", "u"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_the_form_of_the_house_without_javascript(
    houses: NewHouse, new_page: Callable[..., Page], form: str, path: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(houses(form).url + path)
    only(form, [page.locator("body").inner_text(), page.locator("noscript").first.inner_text() if not path else ""])
    assert "{{" not in page.content()


def _first_load(page: Page, url: str, label: str) -> tuple[list[str], int]:
    """The paths that are asked for, in order, and the bytes of all answers."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    asked: list[str] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.goto(url)
    expect(page.get_by_label(label)).to_be_visible()
    page.wait_for_load_state("networkidle")
    return [asked_url.removeprefix(url) for asked_url in asked], sum(sizes)


def test_with_u_the_first_load_asks_nothing_more_and_stays_light(
    houses: NewHouse, new_page: Callable[..., Page]
) -> None:
    plain, _ = _first_load(new_page(), houses("je").url, "Je bericht")
    polite, size = _first_load(new_page(), houses("u").url, "Uw bericht")
    assert sorted(polite) == sorted(plain)
    assert 0 < size <= MOST_BYTES, size


def test_the_listener_hears_a_word_that_was_there_for_a_moment(houses: NewHouse, listener: Listener) -> None:
    visitor = listener(houses("u"))
    visitor.page.goto(visitor.url)
    heard(visitor)
    visitor.page.evaluate(
        "() => { const p = document.createElement('p'); p.textContent = 'Wat wil je?'; document.body.append(p); "
        "p.setAttribute('aria-label', 'Met jou'); }"
    )
    visitor.page.wait_for_function("window.said.length > 0")
    with pytest.raises(AssertionError, match="Wat wil je"):
        only("u", heard(visitor))
