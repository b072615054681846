"""A chat with a person in it: the fixtures and the steps that several tests share. Must use only what both sides may."""

import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.engine_double import EngineDouble
from tests.browser.house import House
from tests.browser.neutral_site import NeutralSite
from tests.browser.visitor import Visitor
from tests.desk.people import Counsellor

NewCounsellor = Callable[..., Counsellor]
NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="package")
def house(engine: EngineDouble, neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    database: pathlib.Path = tmp_path_factory.mktemp("house") / "staff.db"
    made = House(engine.url, neutral.url, database)
    yield made
    made.stop()


@pytest.fixture
def on_duty(house: House) -> Iterator[Callable[..., Counsellor]]:
    """Counsellors on duty until the end of the test."""
    made: list[Counsellor] = []

    def arrive(name: str = "Noor", **about: Any) -> Counsellor:
        made.append(house.counsellor(name, **about))
        return made[-1]

    yield arrive
    for one in made:
        house.do(one.vanishes())


@pytest.fixture
def come(new_page: Callable[..., Page], house: House) -> Iterator[Callable[..., Visitor]]:
    """A visitor in the chat, who told something."""
    made: list[Visitor] = []

    def arrive(say: str | None = "hallo", **options: Any) -> Visitor:
        visitor = Visitor(new_page(**options), house.url)
        made.append(visitor)
        visitor.arrive()
        if say:
            visitor.say(say, None)
            expect(visitor.log.locator(".msg.bot").nth(2)).to_be_visible()
        return visitor

    yield arrive
    for visitor in made:
        if visitor.token:
            visitor.call("DELETE", "/chats/current")
    assert [error for visitor in made for error in visitor.errors] == []


def box_of(visitor: Visitor, name: str) -> Locator:
    """A box by its heading."""
    return visitor.page.get_by_role("region", name=name)


def asks(visitor: Visitor) -> Locator:
    """Open the card."""
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    card = box_of(visitor, "Praten met een mens")
    expect(card).to_be_visible()
    return card


def waits(visitor: Visitor) -> Locator:
    """Send the card as it is; the waiting room."""
    asks(visitor).get_by_role("button", name="Vraag een").click()
    waiting = box_of(visitor, "Je staat in de rij")
    expect(waiting).to_be_visible()
    return waiting


def talks(visitor: Visitor, house: House, counsellor: Counsellor) -> str:
    """With a person; the ticket."""
    waits(visitor)
    ticket = house.do(counsellor.claim_first())
    visitor.page.get_by_role("button", name="Ja, begin").click()
    expect(company(visitor)).to_contain_text(f"Je praat met {counsellor.name}, medewerker")
    return ticket


def company(visitor: Visitor) -> Locator:
    """The line that says who has the chat."""
    return visitor.page.get_by_role("group", name="Je praat met")


def last(visitor: Visitor) -> Locator:
    """The newest message."""
    newest: Locator = visitor.log.locator(".msg").last
    return newest


def heard(house: House, counsellor: Counsellor, ticket: str) -> list[dict[str, Any]]:
    """All that the counsellor can read."""
    return [dict(event.data) for event in house.do(counsellor.reads(ticket))]


def open_codes(visitor: Visitor) -> None:
    """Unfold the buttons for codes, beside the chat or behind the dots."""
    more = visitor.page.get_by_role("button", name="Meer keuzes")
    if more.is_visible():
        more.click()
    visitor.page.get_by_text("Codes van vier woorden").click()
