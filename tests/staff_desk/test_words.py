"""What a counsellor says reaches the visitor once; a closed chat leaves nothing."""

import uuid

import pytest

from webchat.chats import ChatGone
from webchat.handover.tickets import Ending, Phase
from webchat.staff import warning
from webchat.staff.audit import AuditAction
from webchat.staff.counsellor_talk import TYPING_SECONDS, TYPING_UNTIL


async def test_a_message_carries_the_name_and_ends_the_waiting_of_the_visitor(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await visitor.say("Hallo?")
    assert (await ann.chat(visitor))["waits_since_seconds"] == 0
    message_id = str(uuid.uuid4())
    answer = await ann.say(visitor, "Ik ben Ann.", message_id)
    assert (answer.status_code, answer.json()) == (200, {"id": message_id})
    said = (await house.talks.read(visitor.talk, 0))[-1].data
    assert said == {
        "id": message_id,
        "from": "counsellor",
        "name": "Ann",
        "text": "Ik ben Ann.",
        "at": "2026-11-25T03:00:00+00:00",
        "history": False,
        "unredacted": False,
    }
    assert (await ann.chat(visitor))["waits_since_seconds"] is None


async def test_the_same_message_again_is_not_repeated(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    message_id = str(uuid.uuid4())
    answers = [await ann.say(visitor, "Een keer.", message_id) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert await visitor.reads() == [("counsellor", "Een keer.")]


async def test_a_counsellor_cannot_use_up_the_id_of_a_message_of_the_visitor(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await ann.say(visitor, "Van mij.", str(uuid.UUID(int=1)))
    added = await house.talks.add(visitor.talk, visitor._words("Van de bezoeker."), once=str(uuid.UUID(int=1)))
    assert added and await visitor.reads() == [("counsellor", "Van mij."), ("visitor", "Van de bezoeker.")]


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 2001])
async def test_a_message_without_words_or_with_too_many_is_refused(house, text):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    answer = await ann.say(visitor, text)
    assert answer.status_code in (413, 422)
    assert "xxx" not in answer.text and await visitor.reads() == []


async def test_nothing_is_said_before_the_visitor_began(house):
    ann = await house.on_duty("ann")
    visitor = await house.visitor()
    await ann.post(f"/queue/{visitor.id}/claim")
    refused = await ann.say(visitor, "Hallo")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:lichtpunt:problem:not-begun")
    assert await visitor.reads() == []


async def test_typing_is_a_state_without_words_and_not_too_often(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    for _ in range(3):
        assert (await ann.post(f"/chats/{visitor.id}/typing")).status_code == 204
    house.clock.move(TYPING_SECONDS)
    await ann.post(f"/chats/{visitor.id}/typing")
    typed = [event.data for event in await house.talks.read(visitor.talk, 0)]
    assert typed == [{"from": "counsellor"}] * 2


async def test_typing_leaves_a_long_talk_its_room(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await house.talks.add(visitor.talk, *(visitor._words("woord") for _ in range(TYPING_UNTIL + 1)))
    assert (await ann.post(f"/chats/{visitor.id}/typing")).status_code == 204
    assert len(await house.talks.read(visitor.talk, 0)) == TYPING_UNTIL + 1


async def test_the_end_leaves_nothing_of_the_talk_in_the_store(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann, history=("Wat ik eerder zei.",))
    await ann.say(visitor, "Sterkte.")
    assert house.chat_store._chats
    assert (await ann.post(f"/chats/{visitor.id}/end")).status_code == 204
    assert house.chat_store._chats == {}
    with pytest.raises(ChatGone):
        await house.talks.read(visitor.talk, 0)
    ticket = await house.ticket(visitor.id)
    assert (ticket.phase, ticket.ending, ticket.seals, ticket.card) == (Phase.ENDED, Ending.COUNSELLOR, {}, "")
    assert (await ann.say(visitor, "Nog iets")).status_code == 404
    assert (await ann.post(f"/chats/{visitor.id}/end")).status_code == 404
    assert house.record.of(ann.id)[-1] is AuditAction.CHAT_ENDED


async def test_a_pause_is_offered_after_a_severe_chat_and_taken_or_left(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    assert (await ann.post(f"/chats/{visitor.id}/severe", {"severe": True})).status_code == 204
    assert (await ann.view())["me"]["load"] == 2
    await ann.post(f"/chats/{visitor.id}/end")
    assert (await ann.view())["me"]["pause_offered"] is True
    await ann.arrive()
    assert (await ann.view())["me"]["pause_offered"] is False


async def test_a_warning_is_said_once_in_fixed_words_and_shown_as_a_state(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    for _ in range(2):
        assert (await ann.post(f"/chats/{visitor.id}/warn")).status_code == 204
    assert await visitor.reads() == [("counsellor", warning.load()), ("state", "warned")]
    assert (await ann.chat(visitor))["warned"] is True


async def test_a_warning_that_did_not_get_through_is_sent_when_asked_again(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await house.room.move(
        lambda desk, _now: desk.put(type(desk.ticket(visitor.id))(**{**vars(desk.ticket(visitor.id)), "warned": True}))
    )
    await ann.post(f"/chats/{visitor.id}/warn")
    assert await visitor.reads() == [("counsellor", warning.load()), ("state", "warned")]


async def test_a_talk_that_is_gone_looks_like_a_chat_that_is_gone(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await house.talks.wipe(visitor.talk)
    for path, body in (("typing", None), ("messages", {"id": str(uuid.uuid4()), "text": "Hallo"})):
        answer = await ann.post(f"/chats/{visitor.id}/{path}", body)
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:lichtpunt:problem:ticket-gone")


async def test_words_and_typing_are_never_in_the_record(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    await ann.say(visitor, "Hallo")
    await ann.post(f"/chats/{visitor.id}/typing")
    assert house.record.of(ann.id) == [AuditAction.ON_DUTY, AuditAction.CHAT_CLAIMED]
