"""One stream shows a counsellor all that is theirs: nothing is lost, nothing comes twice, nothing of others."""

import asyncio

import pytest

from tests.staff_desk.house import House, frames, screen
from webchat.adapters.memory_store import MemoryStore
from webchat.adapters.redis_desk import RedisDeskStore
from webchat.adapters.redis_store import RedisStore
from webchat.chats import Sealed
from webchat.handover import duty_moves
from webchat.handover.tickets import Ending
from webchat.ports import StoreUnavailable
from webchat.staff.console_cursor import as_word, from_word
from webchat.staff.console_stream import MOST_PER_SESSION


async def test_a_new_visitor_and_every_line_appear_at_once(house):
    ann = await house.on_duty("ann")
    async with screen(ann) as shown:
        await shown.until(lambda s: s.desk["me"]["name"] == "Ann")
        visitor = await house.visitor(history=("Eerder gezegd.",))
        await shown.until(lambda s: s.desk["queue"] and s.desk["queue"][0]["may_claim"])
        assert shown.texts() == []
        await ann.post(f"/queue/{visitor.id}/claim")
        await visitor.accept()
        await visitor.say("Hallo")
        await ann.say(visitor, "Dag")
        await shown.until(lambda s: s.texts() == ["Eerder gezegd.", "Hallo", "Dag"])
        assert [event.data["n"] for event in shown.events if event.name == "talk"] == [1, 2, 3]
        assert {event.data["ticket"] for event in shown.events if event.name == "talk"} == {visitor.id}


async def test_who_comes_back_with_the_cursor_gets_exactly_the_rest(house):
    ann = await house.on_duty("ann")
    first, second = await house.talking(ann), await house.talking(ann)
    said = []
    cursor = ""
    for number in range(6):
        await first.say(f"een {number}")
        async with screen(ann, cursor) as shown:
            await shown.until(lambda s, n=number: f"een {n}" in s.texts())
            await second.say(f"twee {number}")
            await shown.until(lambda s, n=number: f"twee {n}" in s.texts())
            said += shown.texts()
            cursor = shown.cursor
    assert said == [f"{name} {number}" for number in range(6) for name in ("een", "twee")]


async def test_a_reader_that_broke_off_after_any_event_misses_and_repeats_nothing(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann, history=tuple(f"eerder {n}" for n in range(3)))
    await visitor.say("nu")
    async with screen(ann) as shown:
        await shown.until(lambda s: "nu" in s.texts())
    everything = shown.texts()
    for index, event in enumerate(shown.events):
        before = [one.data["text"] for one in shown.events[: index + 1] if one.name == "talk"]
        async with screen(ann, event.cursor) as again:
            await visitor.house.room.move(lambda desk, _now: desk)
            await again.until(lambda s, b=before: b + s.texts() == everything)


async def test_a_slow_reader_holds_up_nobody_and_gets_everything(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor, other = await house.talking(ann), await house.talking(ben)
    slow = house.cases.streams.run(ann.session, "")
    assert await anext(slow) is None
    assert (await anext(slow)).name == "desk"
    async with screen(ben) as shown:
        for number in range(100):
            await visitor.say(f"regel {number}")
        await other.say("snel")
        await shown.until(lambda s: "snel" in s.texts())
    got = []
    async with asyncio.timeout(5):
        while len(got) < 100:
            event = await anext(slow)
            if event is not None and event.name == "talk":
                got.append(event.data["text"])
    assert got == [f"regel {number}" for number in range(100)]
    await slow.aclose()


async def test_a_stream_shows_no_word_of_a_chat_that_is_not_mine(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann, card={"hope": "kanariewens"})
    async with screen(ben) as shown:
        await visitor.say("kanariewoord")
        await ann.say(visitor, "kanarieantwoord")
        await ann.post(f"/chats/{visitor.id}/help", {"wanted": True})
        await shown.until(lambda s: s.desk["help"])
        assert "kanarie" not in repr([event.data for event in shown.events])


async def test_who_starts_to_read_along_gets_the_whole_talk_and_who_stops_gets_no_more(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann)
    await visitor.say("voor")
    async with screen(ben) as shown:
        await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
        await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
        await visitor.answer(yes=True)
        await shown.until(lambda s: s.texts() == ["voor"])
        await ann.call("DELETE", f"/chats/{visitor.id}/shadows/{ben.id}")
        await visitor.say("na")
        await shown.until(lambda s: s.desk["chats"] == [])
        await ann.post(f"/chats/{visitor.id}/help", {"wanted": True})
        await shown.until(lambda s: s.desk["help"])
        assert shown.texts() == ["voor"]


async def test_a_chat_that_comes_back_is_read_from_its_beginning(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await visitor.say("een")
    async with screen(ann) as shown:
        await shown.until(lambda s: s.texts() == ["een"])
        await ann.post(f"/chats/{visitor.id}/back")
        await shown.until(lambda s: s.desk["chats"] == [])
        await visitor.seal()
        await ann.post(f"/queue/{visitor.id}/claim")
        await shown.until(lambda s: s.texts() == ["een", "een"])


async def test_typing_is_shown_while_it_is_fresh_and_never_what_is_typed(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await house.talks.add(visitor.talk, (Sealed.TYPING, {"from": "visitor"}))
    async with screen(ann) as shown:
        await visitor.say("eerste")
        await shown.until(lambda s: "eerste" in s.texts())
        assert "typing" not in shown.kinds()
        await house.talks.add(visitor.talk, (Sealed.TYPING, {"from": "visitor"}))
        await shown.until(lambda s: "typing" in s.kinds())
        typed = [event.data for event in shown.events if event.data.get("kind") == "typing"]
        assert [set(one) for one in typed] == [{"ticket", "id", "kind", "from", "n"}]
        await ann.post(f"/chats/{visitor.id}/typing")
        await visitor.say("tweede")
        await shown.until(lambda s: "tweede" in s.texts())
        assert shown.kinds().count("typing") == 1


async def test_danger_signals_and_company_come_as_events(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    async with screen(ann) as shown:
        await house.talks.add(
            visitor.talk,
            (Sealed.SIGNAL, {"kind": "not_alone"}),
            (Sealed.FLAG, {"kinds": ["violence_now"]}),
            (Sealed.STATE, {"what": "line_back", "name": None}),
        )
        await visitor.say("nu", danger=True)
        await shown.until(lambda s: len(s.kinds()) == 4 and s.desk["chats"][0]["danger"])
        assert shown.kinds() == ["signal", "flag", "state", "message"]
        assert next(one.data for one in shown.events if one.name == "talk")["signal"] == "not_alone"


async def test_the_stream_says_goodbye_when_the_session_is_over(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    async with screen(ann) as shown:
        await shown.until(lambda s: s.desk["me"])
        house.sessions.by_cookie.pop(ann.session.cookie)
        await house.cases.presence.session_ended(ann.id)
        await shown.until(lambda s: s.events[-1].name == "bye")
        assert shown.events[-1].data == {"reason": "session-ended"}
    assert [one["name"] for one in (await ben.view())["on_duty"]] == ["Ben"]


async def test_over_http_the_events_are_framed_and_a_closed_session_ends_the_answer(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await visitor.say("Over de lijn: é")
    answering = asyncio.create_task(ann.call("GET", "/events", headers={"Last-Event-ID": ""}))
    async with screen(ann) as shown:
        await shown.until(lambda s: s.texts())
        house.sessions.by_cookie.pop(ann.session.cookie)
        await house.cases.presence.session_ended(ann.id)
        answer = await asyncio.wait_for(answering, 5)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/event-stream")
    events = frames(answer.text)
    names = [name for _id, name, _data in events]
    assert (names[:3], names[-1]) == (["desk", "talk", "ready"], "bye")
    assert events[1][2]["text"] == "Over de lijn: é"
    assert from_word(events[1][0]) == {visitor.id: 1}
    assert all((len(block) + 2) % 256 == 0 for block in answer.text.encode().split(b"\n\n") if b"data" in block)


async def test_a_quiet_desk_gives_heartbeats_and_a_stopping_process_ends_the_stream(house):
    ann = await house.on_duty("ann")
    async with screen(ann) as shown:
        await shown.until(lambda s: s.heartbeats >= 3)
        assert [event.name for event in shown.events] == ["desk", "ready"]
    draining = house.cases.streams.run(ann.session, "")
    assert await anext(draining) is None
    assert [(await anext(draining)).name for _ in range(2)] == ["desk", "ready"]
    house.cases.streams.drain()
    assert [event async for event in draining] in ([], [None])


async def test_a_session_has_a_few_streams_and_no_more(house):
    ann = await house.on_duty("ann")
    streams = [house.cases.streams.run(ann.session, "") for _ in range(MOST_PER_SESSION)]
    for one in streams:
        await anext(one)
    refused = await ann.call("GET", "/events")
    assert (refused.status_code, refused.json()["type"]) == (429, "urn:lichtpunt:problem:too-many-streams")
    for one in streams:
        await one.aclose()
    house.cases.streams.check(ann.session)


async def test_a_store_that_is_away_ends_the_stream_so_that_the_console_knows(house):
    ann = await house.on_duty("ann")
    stream = house.cases.streams.run(ann.session, "")
    assert await anext(stream) is None
    assert [(await anext(stream)).name for _ in range(2)] == ["desk", "ready"]

    async def away(*_arguments):
        raise StoreUnavailable

    house.desk_store.load = away
    async with asyncio.timeout(5):
        assert [event async for event in stream if event is not None] == []


async def test_a_line_that_falls_away_is_shown_without_anybody_saying_so(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    assert ((await ann.chat(visitor))["line"], (await ann.chat(visitor))["away_seconds"]) == ("up", 0)
    house.clock.move(26)
    async with screen(ann) as shown:
        await shown.until(lambda s: s.desk["chats"][0]["line"] == "away")
        assert shown.desk["chats"][0]["away_seconds"] == 26
        await visitor.seen()
        await ann.post("/presence/beat")
        await visitor.say("terug")
        await shown.until(lambda s: s.desk["chats"][0]["line"] == "up")


async def test_what_a_visitor_who_vanished_left_is_wiped_by_the_console_that_had_it(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await visitor.say("kom zo terug")
    async with screen(ann) as shown:
        await shown.until(lambda s: s.texts())
        for _ in range(44):
            house.clock.move(20)
            await ann.post("/presence/beat")
        assert house.chat_store._chats != {}
        house.clock.move(21)
        await ann.post("/presence/beat")
        await house.room.sweep()
        await shown.until(lambda s: s.desk["chats"] and s.desk["chats"][0]["ending"] == Ending.LINE_LOST)
        assert house.chat_store._chats == {}


async def test_a_change_at_another_gateway_reaches_the_screen(redis):
    with redis.client() as client:
        client.flushall()
    desks = RedisDeskStore(redis.url), RedisDeskStore(redis.url)
    chats = RedisStore(redis.url), RedisStore(redis.url)
    first = House(desks[0], chats[0])
    second = House(desks[1], chats[1], first.clock, first.sessions)
    ann = await first.on_duty("ann")
    async with screen(ann) as shown:
        await shown.until(lambda s: s.desk["me"])
        visitor = await second.visitor()
        await shown.until(lambda s: s.desk["queue"] and s.desk["queue"][0]["may_claim"], seconds=1)
        await ann.post(f"/queue/{visitor.id}/claim")
        await visitor.accept()
        await visitor.say("van de andere kant")
        await shown.until(lambda s: "van de andere kant" in s.texts(), seconds=1)
    for store in (*desks, *chats):
        await store.close()


class MeanwhileStore(MemoryStore):
    """Something happens just when a console has looked at the desk and reads its conversations."""

    meanwhile = None

    async def events(self, keys, after, now):
        work, self.meanwhile = self.meanwhile, None
        if work is not None:
            await work()
        return await super().events(keys, after, now)


async def test_what_changes_while_a_console_looks_is_not_missed():
    house = House(chat_store=MeanwhileStore(), heartbeat=30)
    ann = await house.on_duty("ann")
    await house.talking(ann)
    async with screen(ann) as shown:
        await shown.until(lambda s: s.events[-1].name == "ready")

        async def another_visitor_comes() -> None:
            await house.visitor()
            await house.room.look()

        # A heartbeat said aloud shows nothing, but makes the console look; the visitor comes just after that look.
        house.chat_store.meanwhile = another_visitor_comes
        await house.room.move(lambda desk, now: duty_moves.beat(desk, ann.id, ann.session.id, now))
        await shown.until(lambda s: s.desk["queue"], seconds=1)


@pytest.mark.parametrize(
    "word", ["", "onzin", "e30", "W10", "eyJhIjotMX0", "eyJhIjp0cnVlfQ", "x" * 5000, "bnVsbA", "é"]
)
def test_a_cursor_that_nobody_gave_out_is_the_beginning(word):
    assert from_word(word) == {}


def test_a_cursor_comes_back_as_it_went_and_fits_in_a_header():
    places = {f"{number:016x}": number for number in range(12)}
    assert from_word(as_word(places)) == places
    assert as_word(places).replace("-", "").replace("_", "").isalnum()
