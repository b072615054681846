"""The tender beside an open stream: it wakes by itself, looks at no desk for the bot's chats, and survives failures."""

import asyncio

import pytest

from tests.desk.builders import a_desk_with, a_talk, a_visitor, a_waiting_visitor
from tests.turns.doubles import AwayDesk, AwayStore, House
from webchat.chats import MOST_EVENTS, ChatGone, Sealed
from webchat.desk import DeskRoom
from webchat.handover.tickets import Ending
from webchat.turns import Replies, Tender
from webchat.turns.room import Step

pytestmark = pytest.mark.asyncio


async def until(stream, name: str) -> dict:
    """The next event of this name."""
    async with asyncio.timeout(5):
        async for event in stream:
            if event is not None and event.name == name:
                return event.data
    raise AssertionError(name)


async def opened(visitor):
    stream = visitor.house.streams.run(await visitor.house.streams.open(visitor.token), visitor.last, None)
    assert await anext(stream) is None
    return stream


async def test_an_open_stream_hears_everything_from_the_request_to_the_end():
    house, (noor,) = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    stream = await opened(visitor)
    await visitor.asks()
    assert (await until(stream, "queue"))["place"] == 1
    ticket = await noor.claim_first()
    assert (await until(stream, "offer"))["name"] == "Noor"
    await visitor.accepts()
    assert (await until(stream, "state"))["state"] == "with_counsellor"
    await noor.says(ticket, "dag")
    assert (await until(stream, "message"))["text"] == "dag"
    await noor.types(ticket)
    assert await until(stream, "typing") == {"typing": True}
    await noor.ends(ticket)
    assert (await until(stream, "ended"))["reason"] == "counsellor"
    await stream.aclose()


async def test_a_long_poll_brings_the_call_too():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    poll = house.streams.run(visitor.keys, visitor.last, 5.0)
    waiting = asyncio.create_task(until(poll, "offer"))
    await asyncio.sleep(0)
    await noor.claim(ticket)
    assert (await waiting)["name"] == "Noor"
    await poll.aclose()


async def test_two_windows_of_one_chat_hear_the_same_once():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    streams = [await opened(visitor) for _ in range(2)]
    await noor.claim(ticket)
    offers = [await until(stream, "offer") for stream in streams]
    assert offers[0] == offers[1]
    for stream in streams:
        await stream.aclose()
    assert await visitor.hears() and not await visitor.hears()


async def test_the_desk_is_not_looked_at_while_the_bot_has_the_chat():
    desk_store = AwayDesk()
    house = House(desk_store=desk_store)
    visitor = await a_visitor(house)
    stream = await opened(visitor)
    await visitor.says("hallo")
    await until(stream, "reply")
    await visitor.is_there()
    assert desk_store.looks == 0
    await stream.aclose()


@pytest.mark.parametrize("which", ["store", "desk"])
async def test_a_store_that_was_away_is_looked_at_again(which):
    store, desk_store = AwayStore(), AwayDesk()
    house, (noor,) = await a_desk_with("Noor", house=House(store=store, desk_store=desk_store))
    visitor, ticket = await a_waiting_visitor(house)
    await noor.claim(ticket)
    broken = {"store": store, "desk": desk_store}[which]
    broken.away = True
    replies = Replies(house.knowledge.directory, house.knowledge.texts)
    impatient = Tender(house.room, house.desk, house.talks, house.knowledge, replies, look_seconds=0.01)
    run = asyncio.create_task(impatient.run(visitor.keys, asyncio.Event()))
    async with asyncio.timeout(5):
        await broken.refused.wait()
        assert not run.done()
        broken.away = False
        await store.changed(visitor.keys, visitor.last, 5.0)
    run.cancel()
    assert (await house.room.load(visitor.keys)).notes.told["offer"]


async def test_tending_ends_with_the_chat():
    house, _people = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    run = asyncio.create_task(house.tender.run(visitor.keys, asyncio.Event()))
    await asyncio.sleep(0)
    await house.visit.wipe(visitor.token)
    async with asyncio.timeout(5):
        await run


async def test_a_chat_that_runs_out_of_time_under_its_person_is_over_at_the_desk_too():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    run = asyncio.create_task(house.tender.run(visitor.keys, asyncio.Event()))
    await asyncio.sleep(0)
    # The chat alone is removed, as its end does; nothing tells the desk.
    await house.store.wipe(visitor.keys, house.clock.steady())
    await noor.says(ticket, "ben je er nog")
    async with asyncio.timeout(5):
        await run
    assert (await noor.ticket(ticket)).ending is Ending.EXPIRED
    assert house.store._chats == {}


async def test_a_look_at_a_chat_that_is_gone_says_so():
    house, _people = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    await house.visit.wipe(visitor.token)
    with pytest.raises(ChatGone):
        await house.tender.attend(visitor.keys)


async def test_a_full_chat_still_comes_back_to_the_bot():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    chat = await house.room.load(visitor.keys)
    fill = ((Sealed.REPLY, {}),) * (MOST_EVENTS - chat.stored.last_event)
    await house.room.change(visitor.keys, lambda chat: Step(chat.notes, fill))
    await noor.says(ticket, "dag")
    await visitor.is_there()
    await house.handover.stop(visitor.token)
    assert await visitor.state() == "bot"
    assert len(house.store._chats) == 1


async def test_a_sign_of_life_wakes_nobody():
    house, _people = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    other = DeskRoom(house.desk_store, house.clock, house.outside.secret)
    await other.look()
    waiting = asyncio.create_task(other.changed(60.0))
    await asyncio.sleep(0)
    house.clock.move(12)
    await visitor.is_there()
    await asyncio.sleep(0)
    assert (await house.desk.look()).waiting()[0].seen == house.clock.steady()
    assert not waiting.done()
    waiting.cancel()
