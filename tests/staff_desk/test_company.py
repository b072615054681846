"""Colleagues at a chat: handing on, reading along, going back to the bot, and a second pair of eyes."""

import pytest

from webchat.handover.people import Status
from webchat.handover.tickets import Ending, Phase
from webchat.staff.audit import AuditAction, AuditResult


@pytest.fixture
async def two(house):
    return await house.on_duty("ann"), await house.on_duty("ben")


async def test_a_transfer_goes_by_colleague_and_visitor_and_the_key_goes_along(house, two):
    ann, ben = two
    visitor = await house.talking(ann, card={"role": "victim"})
    await ann.say(visitor, "Ik vraag een collega.")
    assert (await ann.post(f"/chats/{visitor.id}/transfer", {"staff": ben.id})).status_code == 204
    shown = await ben.chat(visitor)
    assert (shown["as"], shown["card"]) == ("invited", {"role": "victim"})
    assert (shown["question"]["kind"], shown["question"]["agreed"]) == ("transfer", False)
    assert (await house.ticket(visitor.id)).seals[ben.session.id].talk == ""
    assert (await ben.say(visitor, "Te vroeg")).status_code == 404
    assert (await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})).status_code == 204
    await visitor.answer(yes=True)
    assert (await ben.say(visitor, "Ik neem het over.")).status_code == 200
    assert (await ann.say(visitor, "Ik ook nog?")).status_code == 404
    assert await visitor.reads() == [("counsellor", "Ik vraag een collega."), ("counsellor", "Ik neem het over.")]
    assert (await ann.view())["chats"] == []
    assert AuditAction.CHAT_TRANSFERRED in house.record.of(ann.id)


async def test_a_colleague_who_says_no_loses_the_card_and_the_chat_stays(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/transfer", {"staff": ben.id})
    await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "no"})
    assert (await ben.view())["chats"] == []
    shown = await ann.chat(visitor)
    assert (shown["question"], shown["refused"], shown["as"]) == (None, "colleague", "holder")
    assert set((await house.ticket(visitor.id)).seals) == {ann.session.id}


async def test_a_visitor_who_says_no_keeps_their_counsellor(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/transfer", {"staff": ben.id})
    await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
    await visitor.answer(yes=False)
    shown = await ann.chat(visitor)
    assert (shown["as"], shown["refused"]) == ("holder", "transfer")
    assert (await ben.say(visitor, "Hallo")).status_code == 404


async def test_a_question_is_withdrawn_and_the_colleague_sees_nothing_more(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
    assert (await ann.post(f"/chats/{visitor.id}/to-bot")).json()["type"].endswith(":question-open")
    assert (await ann.call("DELETE", f"/chats/{visitor.id}/question")).status_code == 204
    assert (await ben.view())["chats"] == []
    assert (await ann.post(f"/chats/{visitor.id}/to-bot")).status_code == 204


async def test_to_another_region_the_chat_waits_there_with_a_yes_of_the_visitor(house):
    ann = await house.on_duty("ann", regions=("ijsselland",))
    visitor = await house.talking(ann, region="ijsselland")
    refused = await ann.post(f"/chats/{visitor.id}/transfer", {"region": "zeeland"})
    assert refused.json()["type"].endswith(":nobody-in-region")
    zoe = await house.on_duty("zoe", regions=("zeeland",))
    assert (await ann.post(f"/chats/{visitor.id}/transfer", {"region": "zeeland"})).status_code == 204
    await visitor.answer(yes=True)
    await visitor.seal()
    shown = (await zoe.view())["queue"][0]
    assert (shown["ticket"], shown["returned"], shown["elsewhere"]) == (visitor.id, "transferred", False)
    assert (await ann.view())["queue"] == []


@pytest.mark.parametrize("body", [{}, {"staff": "id-ben", "region": "zeeland"}, {"staff": "id-ben", "why": "moe"}])
async def test_a_transfer_goes_to_one_place_and_takes_no_words(house, two, body):
    visitor = await house.talking(two[0])
    assert (await two[0].post(f"/chats/{visitor.id}/transfer", body)).status_code == 422


async def test_a_colleague_who_is_away_busy_or_oneself_cannot_be_asked(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    asked = {}
    await ben.arrive(Status.PAUSE)
    for name in ("id-nobody", ben.id, ann.id):
        answer = await ann.post(f"/chats/{visitor.id}/transfer", {"staff": name})
        asked[name] = answer.json()["type"].rsplit(":", 1)[1]
    assert asked == {"id-nobody": "colleague-gone", ben.id: "colleague-busy", ann.id: "not-this-colleague"}


async def test_a_colleague_reads_along_visibly_and_writes_only_when_let(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
    await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
    assert (await ben.chat(visitor))["as"] == "invited"
    await visitor.answer(yes=True)
    assert (await ann.chat(visitor))["shadows"] == [{"staff": ben.id, "name": "Ben", "speaks": False}]
    assert (await ben.chat(visitor))["as"] == "shadow"
    assert (await ben.say(visitor, "Mag dit?")).status_code == 404
    assert (await ann.post(f"/chats/{visitor.id}/shadows/{ben.id}/speak")).status_code == 204
    assert (await ben.say(visitor, "Nu wel.")).status_code == 200
    assert (await ben.call("DELETE", f"/chats/{visitor.id}/shadows/{ben.id}")).status_code == 204
    assert (await ben.say(visitor, "En nu?")).status_code == 404
    assert await visitor.reads() == [("state", "speaks"), ("colleague", "Nu wel."), ("state", "left")]
    assert set((await house.ticket(visitor.id)).seals) == {ann.session.id}


async def test_the_holder_sends_a_reader_away_and_a_reader_nobody_else(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
    await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
    await visitor.answer(yes=True)
    assert (await ben.post(f"/chats/{visitor.id}/shadows/{ben.id}/speak")).status_code == 404
    assert (await ben.call("DELETE", f"/chats/{visitor.id}/shadows/{ann.id}")).status_code == 404
    assert (await ann.call("DELETE", f"/chats/{visitor.id}/shadows/{ben.id}")).status_code == 204
    assert (await ben.view())["chats"] == []


async def test_a_reader_who_does_not_want_to_take_over_goes_on_reading(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
    await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
    await visitor.answer(yes=True)
    await ann.post(f"/chats/{visitor.id}/transfer", {"staff": ben.id})
    assert (await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "no"})).status_code == 204
    assert (await ben.chat(visitor))["as"] == "shadow"
    await ann.post(f"/chats/{visitor.id}/shadows/{ben.id}/speak")
    assert (await ben.say(visitor, "Ik lees nog mee.")).status_code == 200


async def test_the_visitor_decides_about_going_back_to_the_bot(house, two):
    ann, _ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/to-bot")
    await visitor.answer(yes=False)
    assert (await ann.chat(visitor))["refused"] == "to_bot"
    await ann.post(f"/chats/{visitor.id}/to-bot")
    await visitor.answer(yes=True)
    shown = await ann.chat(visitor)
    assert (shown["phase"], shown["ending"], shown["card"]) == ("ended", "to_bot", None)


async def test_a_call_for_help_is_seen_by_colleagues_and_by_nobody_twice(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/help", {"wanted": True})
    calls = (await ben.view())["help"]
    assert [(one["staff"], one["name"]) for one in calls] == [(ann.id, "Ann")]
    assert (await ann.view())["help"] == [] and (await ann.chat(visitor))["help"] is True
    await ann.post(f"/chats/{visitor.id}/help", {"wanted": False})
    assert (await ben.view())["help"] == []
    assert house.record.of(ann.id).count(AuditAction.HELP_CALLED) == 1


async def test_abuse_ends_a_chat_only_after_a_warning_and_with_a_second_person(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await visitor.say("scheldwoord")
    early = await ann.post(f"/chats/{visitor.id}/abuse", {"colleague": ben.id})
    assert early.json()["type"].endswith(":warn-first")
    await ann.post(f"/chats/{visitor.id}/warn")
    alone = await ann.post(f"/chats/{visitor.id}/abuse", {"colleague": ann.id})
    assert alone.json()["type"].endswith(":not-this-colleague")
    assert (await ann.post(f"/chats/{visitor.id}/abuse", {"colleague": ben.id})).status_code == 204
    assert (await ann.chat(visitor))["abuse_by_me"] is True
    assert ((await ben.chat(visitor))["judge"], (await ann.chat(visitor))["judge"]) == (True, False)
    assert (await ann.post(f"/chats/{visitor.id}/abuse/judge", {"answer": "yes"})).status_code == 409
    assert (await ben.post(f"/chats/{visitor.id}/abuse/judge", {"answer": "yes"})).status_code == 204
    ticket = await house.ticket(visitor.id)
    assert (ticket.phase, ticket.ending, house.chat_store._chats) == (Phase.ENDED, Ending.ABUSE, {})
    assert (ann.id, AuditAction.ABUSE_ENDED, AuditResult.ASKED) in house.record.rows
    assert (ben.id, AuditAction.ABUSE_ENDED, AuditResult.DONE) in house.record.rows


async def test_a_second_person_who_disagrees_leaves_and_the_chat_goes_on(house, two):
    ann, ben = two
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/warn")
    await ann.post(f"/chats/{visitor.id}/abuse", {"colleague": ben.id})
    assert (await ben.post(f"/chats/{visitor.id}/abuse/judge", {"answer": "no"})).status_code == 204
    assert (await ben.view())["chats"] == []
    assert set((await house.ticket(visitor.id)).seals) == {ann.session.id}
    assert (await ann.say(visitor, "We gaan verder.")).status_code == 200
    assert house.record.of(ben.id) == [AuditAction.ON_DUTY]
