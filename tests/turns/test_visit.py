"""What a visitor can do beside talking, and how a chat ends."""

import uuid

import pytest

from tests.turns.doubles import DANGER_WORDS, House, ScriptedBot, away
from webchat.chats import ChatGone, ChatKeys
from webchat.ports import NotAllowedNow
from webchat.turns import Said, Wish

pytestmark = pytest.mark.asyncio


async def said(house: House, token: str, text: str = "hallo") -> dict:
    return await house.conversation.visitor_said(token, Said(str(uuid.uuid4()), text))


async def events(house: House, token: str, after: int = 0) -> list:
    stream = house.streams.run(ChatKeys.from_token(token), after, 0.0)
    return [event async for event in stream if event is not None]


async def test_a_correction_changes_only_what_it_names():
    house = House()
    token = await house.chat()
    await house.visit.correct(token, {"topics": ["stalking"], "age_band": "adult"})
    summary = await house.visit.correct(token, {"age_band": None})
    assert summary["assessment"]["topics"] == ["stalking"]
    assert summary["assessment"]["age_band"] is None


async def test_a_correction_cannot_lower_acute():
    house = House()
    token = await house.chat()
    await said(house, token, DANGER_WORDS)
    assert (await house.visit.correct(token, {"urgency": "none"}))["assessment"]["urgency"] == "acute"


async def test_a_correction_to_an_unknown_region_is_refused():
    house = House()
    with pytest.raises(NotAllowedNow):
        await house.visit.correct(await house.chat(), {"region": "atlantis"})


async def test_only_messages_and_still_here_count_as_activity():
    house = House()
    token = await house.chat()
    house.clock.move(600)
    for kind in ("not_alone", "back", "cannot_talk_freely", "typing"):
        await house.visit.signal(token, kind)
    await house.visit.correct(token, {"role": "victim"})
    assert (await house.visit.look(token))["ends_at"] == "2026-11-24T12:45:00+00:00"
    await house.visit.signal(token, "still_here")
    assert (await house.visit.look(token))["ends_at"] == "2026-11-24T12:55:00+00:00"
    await said(house, token)


async def test_asking_for_a_person_is_answered_honestly_with_those_who_are_open():
    house = House()
    with pytest.raises(NotAllowedNow) as refused:
        await house.handover.ask(await house.chat(), Wish())
    assert refused.value.reason == "nobody-available"
    assert next(r["id"] for r in refused.value.replies[0]["referrals"]) == "veilig-thuis"


async def test_nobody_is_said_to_be_there():
    assert (await House().visit.availability())["available"] is False


async def test_wiping_leaves_nothing_here_or_with_the_engine():
    house = House()
    token = await house.chat()
    await house.visit.wipe(token)
    assert house.bot.forgotten == [ChatKeys.from_token(token).engine_id]
    for call in (house.visit.look, house.visit.wipe):
        with pytest.raises(ChatGone):
            await call(token)


async def test_an_engine_that_is_away_does_not_stop_a_wipe():
    class Deaf(ScriptedBot):
        async def forget(self, engine_id: str) -> None:
            raise away()

    house = House(bot=Deaf())
    token = await house.chat()
    await house.visit.wipe(token)
    with pytest.raises(ChatGone):
        await house.visit.look(token)


async def test_an_idle_chat_is_swept_and_forgotten_by_the_engine():
    house = House()
    token = await house.chat()
    house.clock.move(45 * 60 - 1)
    assert await house.room.sweep() == 0
    house.clock.move(1)
    assert await house.room.sweep() == 1
    assert house.bot.forgotten == [ChatKeys.from_token(token).engine_id]


async def test_a_busy_chat_ends_after_four_hours():
    house = House()
    token = await house.chat()
    for _ in range(8):
        house.clock.move(29 * 60)
        await said(house, token)
    assert (await house.visit.look(token))["ends_at"] == "2026-11-24T16:00:00+00:00"
    house.clock.move(8 * 60)
    with pytest.raises(ChatGone):
        await said(house, token)


async def test_a_chat_whose_page_went_away_ends_after_fifteen_minutes():
    house = House()
    token = await house.chat()
    await events(house, token)
    house.clock.move(15 * 60 + 1)
    with pytest.raises(ChatGone):
        await house.visit.look(token)


async def test_a_resumed_stream_brings_exactly_what_was_missed():
    house = House()
    token = await house.chat()
    await said(house, token)
    first = await events(house, token)
    await said(house, token)
    second = await events(house, token, first[-1].event_id)
    assert [event.event_id for event in first + second] == list(range(1, len(first + second) + 1))
    assert [event.name for event in second] == ["message", "reply"]


async def test_an_open_stream_hears_new_events_and_the_end_with_a_ticket_that_works_once():
    house = House()
    token = await house.chat()
    stream = house.streams.run(await house.streams.open(token), 1, None)
    assert await anext(stream) is None
    await said(house, token)
    heard = []
    async for event in stream:
        if event is not None:
            heard.append(event)
            if event.name == "reply":
                await house.visit.wipe(token)
    assert [event.name for event in heard] == ["message", "reply", "ended"]
    ended = heard[-1]
    assert ended.event_id == heard[-2].event_id + 1
    assert ended.data["reason"] == "wiped"
    await house.streams.feedback(ended.data["ticket"], "helped")
    with pytest.raises(NotAllowedNow):
        await house.streams.feedback(ended.data["ticket"], "helped")


async def test_an_open_stream_of_an_expired_chat_ends():
    house = House(heartbeat=0.01)
    token = await house.chat()
    stream = house.streams.run(await house.streams.open(token), 1, None)
    await anext(stream)
    house.clock.move(4 * 60 * 60)
    ended = [event async for event in stream if event is not None]
    assert [event.data["reason"] for event in ended] == ["expired"]


async def test_streams_end_when_the_process_stops():
    house = House()
    stream = house.streams.run(await house.streams.open(await house.chat()), 1, None)
    await anext(stream)
    house.streams.drain()
    assert [event async for event in stream if event is not None] == []


async def test_a_heartbeat_comes_while_nothing_happens():
    house = House(heartbeat=0.01)
    stream = house.streams.run(await house.streams.open(await house.chat()), 1, None)
    assert [await anext(stream) for _ in range(3)] == [None, None, None]
    await stream.aclose()
