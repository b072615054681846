"""Builders of a desk with people at it. Must leave what a test is about to the test."""

from typing import Any

from tests.desk.people import Counsellor, VisitorOnPage
from tests.turns.doubles import House


def a_counsellor(house: House, name: str = "Noor", **parts: Any) -> Counsellor:
    """Somebody who is not on duty yet."""
    return Counsellor(house.desk, house.talks, name, **parts)


async def a_desk_with(*names: str, house: House | None = None) -> tuple[House, tuple[Counsellor, ...]]:
    """A gateway with these counsellors on duty, each available for two chats."""
    house = house or House()
    people = [await a_counsellor(house, name).arrive() for name in names]
    return house, tuple(people)


async def a_visitor(house: House) -> VisitorOnPage:
    """Somebody who talks with the bot."""
    return VisitorOnPage(house, await house.chat())


async def a_waiting_visitor(house: House, **card: Any) -> tuple[VisitorOnPage, str]:
    """Somebody who asked for a person and saw all events so far; with the id of the ticket."""
    visitor = await a_visitor(house)
    before = set((await house.desk.look()).tickets)
    await visitor.asks(**card)
    (ticket,) = set((await house.desk.look()).tickets) - before
    await visitor.hears()
    return visitor, ticket


async def a_talk(house: House, counsellor: Counsellor, **card: Any) -> tuple[VisitorOnPage, str]:
    """A visitor and a counsellor who have begun, and saw all events so far."""
    visitor, ticket = await a_waiting_visitor(house, **card)
    await counsellor.claim(ticket)
    await visitor.hears()
    await visitor.accepts()
    await visitor.hears()
    return visitor, ticket


async def pass_time(house: House, seconds: float, *people: Counsellor | VisitorOnPage) -> None:
    """Let time pass in which these people stay: consoles beat and pages look every ten seconds."""
    left = seconds
    while left > 0:
        house.clock.move(min(10.0, left))
        left -= 10.0
        for person in people:
            await (person.beat() if isinstance(person, Counsellor) else person.is_there())
