"""A store that somebody tampered with, and redaction that breaks: nothing wrong may come out."""

import asyncio
import uuid

import pytest

from bot.advice import redaction
from tests.turns.doubles import CANARY, House, ScriptedBot, away
from webchat.chats import ChatGone, ChatKeys, Notes, Sealed, new_token, seal
from webchat.ports import Commit
from webchat.turns import Said
from webchat.turns.scrubbing import FAILED_TEXT, MemoryScrubber

NOTES = Notes().as_dict()


async def stored(house: House, notes: bytes, events: tuple[bytes, ...] = ()) -> str:
    """The token of a chat whose notes are these bytes."""
    token = new_token()
    await house.store.create(ChatKeys.from_token(token), notes, events, house.clock.steady())
    return token


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", [Sealed.RESULT, Sealed.MESSAGE])
async def test_notes_that_are_something_else_are_no_chat(kind):
    house, token = House(), new_token()
    keys = ChatKeys.from_token(token)
    await house.store.create(keys, seal(keys, kind, NOTES), (), house.clock.steady())
    with pytest.raises(ChatGone):
        await house.visit.look(token)


@pytest.mark.asyncio
async def test_notes_of_another_chat_are_no_chat():
    house = House()
    token = await stored(house, seal(ChatKeys.from_token(new_token()), Sealed.NOTES, NOTES))
    with pytest.raises(ChatGone):
        await house.visit.look(token)


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", [Sealed.NOTES, None])
async def test_a_result_that_is_something_else_is_not_shown(kind):
    house = House()
    token, said = await house.chat(), Said(str(uuid.uuid4()), "hallo")
    keys = ChatKeys.from_token(token)
    wrong = b"nothing" if kind is None else seal(keys, kind, NOTES)
    notes = seal(keys, Sealed.NOTES, NOTES)
    commit = Commit(version=0, notes=notes, tag=keys.tag(said.message_id), result=wrong)
    await house.store.commit(keys, commit, house.clock.steady())
    with pytest.raises(ChatGone):
        await house.conversation.visitor_said(token, said)


@pytest.mark.asyncio
async def test_an_event_that_was_changed_is_left_out_and_the_rest_comes_through():
    house, token = House(), new_token()
    keys = ChatKeys.from_token(token)
    events = (seal(keys, Sealed.REPLY, {"n": 1}), b"nothing", seal(keys, Sealed.REPLY, {"n": 3}))
    await house.store.create(keys, seal(keys, Sealed.NOTES, NOTES), events, house.clock.steady())
    stream = house.streams.run(keys, 0, 0.0)
    assert [(event.event_id, event.data) async for event in stream if event] == [(1, {"n": 1}), (3, {"n": 3})]


@pytest.mark.asyncio
async def test_an_expired_chat_does_not_wait_for_the_engine_to_forget_it():
    class Slow(ScriptedBot):
        async def forget(self, engine_id: str) -> None:
            self.forgotten.append(engine_id)
            raise away()

    house = House(bot=Slow())
    token = await house.chat()
    house.clock.move(4 * 60 * 60)
    with pytest.raises(ChatGone):
        await house.visit.look(token)
    assert house.bot.forgotten == []
    await asyncio.sleep(0)
    assert house.bot.forgotten == [ChatKeys.from_token(token).engine_id]


def test_the_real_redactor_keeps_a_name_through_a_chat():
    scrubber = MemoryScrubber(redaction.load())
    first = scrubber.scrub("mijn man heet Joris", None)
    second = scrubber.scrub("joris slaat mij", first.names)
    assert "person" in first.kinds
    assert "joris" not in (first.text + second.text).lower()
    assert not first.failed


class Broken:
    """A redactor that fails in its own way."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def redact(self, text, memory):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize("answer", [ValueError(CANARY), None, redaction.load().redact("hoi", None).__class__])
def test_a_broken_redactor_lets_nothing_through(answer):
    scrubbed = MemoryScrubber(Broken(answer)).scrub(CANARY, {"numbers": {}, "given": []})
    assert scrubbed.failed
    assert scrubbed.text == FAILED_TEXT
    assert scrubbed.names == {"numbers": {}, "given": []}


def test_broken_memory_lets_nothing_through():
    scrubbed = MemoryScrubber(redaction.load()).scrub(CANARY, {"something": "else"})
    assert scrubbed.failed
    assert CANARY not in scrubbed.text
