"""One evening between the console's routes and the visitor's real side: everything that the two promise each other."""

import pytest

from tests.desk.people import VisitorOnPage
from tests.staff_desk.house import House, screen
from tests.turns import doubles
from webchat.chats import ChatGone
from webchat.handover.tickets import Ending


@pytest.fixture
def gateway() -> doubles.House:
    return doubles.House()


@pytest.fixture
def house(gateway: doubles.House) -> House:
    return House(clock=gateway.clock, chat_store=gateway.store, room=gateway.desk, talks=gateway.talks)


async def waiting(gateway, **card):
    visitor = VisitorOnPage(gateway, await gateway.chat())
    before = set((await gateway.desk.look()).tickets)
    await visitor.asks(**card)
    (ticket,) = set((await gateway.desk.look()).tickets) - before
    visitor.id = ticket
    await visitor.hears()
    return visitor


async def talking(gateway, counsellor, **card):
    visitor = await waiting(gateway, **card)
    assert (await counsellor.post(f"/queue/{visitor.id}/claim")).status_code == 200
    await visitor.hears()
    await visitor.accepts()
    await visitor.hears()
    return visitor


async def question_of(visitor):
    consents = [event.data for event in await visitor.hears() if event.name == "consent"]
    assert len(consents) == 1
    return consents[0]["id"]


def said_by_people(events):
    return [
        (event.data["from"], event.data["text"])
        for event in events
        if event.name == "message" and event.data["from"] != "visitor"
    ]


async def test_from_the_first_request_to_the_last_code(gateway, house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await talking(gateway, ann)
    assert await visitor.state() == "with_counsellor"
    async with screen(ann) as shown:
        await visitor.says("Ik wil iets vragen")
        await shown.until(lambda s: "Ik wil iets vragen" in s.texts())
        await ann.say(visitor, "Vertel maar")
        assert said_by_people(await visitor.hears()) == [("counsellor", "Vertel maar")]
        await ann.post(f"/chats/{visitor.id}/transfer", {"staff": ben.id})
        await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
        await visitor.answers(await question_of(visitor))
        await shown.until(lambda s: s.desk["chats"] == [])
    await ben.say(visitor, "Ik ben Ben")
    assert said_by_people(await visitor.hears()) == [("counsellor", "Ik ben Ben")]
    await ben.post(f"/chats/{visitor.id}/shadow", {"staff": ann.id})
    await ann.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
    await visitor.answers(await question_of(visitor))
    async with screen(ann) as shown:
        await shown.until(lambda s: s.texts() == ["Ik wil iets vragen", "Vertel maar", "Ik ben Ben"])
    await ben.post(f"/chats/{visitor.id}/shadows/{ann.id}/speak")
    await ann.say(visitor, "Ik denk mee")
    assert said_by_people(await visitor.hears()) == [("colleague", "Ik denk mee")]
    await ben.post(f"/chats/{visitor.id}/to-bot")
    await visitor.answers(await question_of(visitor))
    await visitor.hears()
    assert await visitor.state() == "bot"
    assert (await ben.chat(visitor))["ending"] == "to_bot"
    assert (await ben.post(f"/chats/{visitor.id}/wrap-up", {"role": "victim"})).status_code == 204

    before = set((await gateway.desk.look()).tickets)
    await visitor.asks()
    (visitor.id,) = set((await gateway.desk.look()).tickets) - before
    assert (await ann.post(f"/queue/{visitor.id}/claim")).status_code == 200
    await visitor.hears()
    await visitor.accepts()
    await ann.say(visitor, "Daar ben ik weer")
    assert said_by_people(await visitor.hears()) == [("counsellor", "Daar ben ik weer")]
    assert (await ann.post(f"/chats/{visitor.id}/end")).status_code == 204
    assert [event.name for event in await visitor.hears()] == ["ended"]
    assert gateway.store._chats == {}
    with pytest.raises(ChatGone):
        await visitor.state()
    assert (await ann.post(f"/chats/{visitor.id}/wrap-up", {})).status_code == 204
    assert (await gateway.desk.look()).tickets == {}
    assert house.counts._chats == 2


@pytest.mark.parametrize("way", ["no", "withdrawn", "colleague says no"])
async def test_after_a_transfer_that_did_not_happen_nobody_but_the_holder_has_a_key(gateway, house, way):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await talking(gateway, ann)
    await ann.post(f"/chats/{visitor.id}/transfer", {"staff": ben.id})
    if way == "colleague says no":
        await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "no"})
    elif way == "withdrawn":
        await ann.call("DELETE", f"/chats/{visitor.id}/question")
    else:
        await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
        await visitor.answers(await question_of(visitor), yes=False)
    await visitor.hears()
    assert set((await house.ticket(visitor.id)).seals) == {ann.session.id}
    assert (await ann.say(visitor, "Ik blijf")).status_code == 200


async def test_the_card_is_all_that_is_seen_before_a_claim(gateway, house):
    ann = await house.on_duty("ann")
    visitor = VisitorOnPage(gateway, await gateway.chat())
    await visitor.says("kanarie van de bot")
    await visitor.asks(hope="listen")
    async with screen(ann) as shown:
        await shown.until(lambda s: s.desk["queue"] and s.desk["queue"][0]["card"])
        assert shown.desk["queue"][0]["card"]["hope"] == "listen"
        assert "kanarie" not in repr([event.data for event in shown.events])


async def test_a_counsellor_who_dies_is_missed_and_the_chat_goes_on_with_another(gateway, house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await talking(gateway, ann)
    await ann.say(visitor, "Ik ben er")
    await visitor.hears()
    for _ in range(4):
        gateway.clock.move(10)
        await ben.post("/presence/beat")
        await visitor.is_there()
    assert await visitor.state() == "waiting"
    assert (await ben.post(f"/queue/{visitor.id}/claim")).status_code == 200
    await visitor.hears()
    await visitor.accepts()
    async with screen(ben) as shown:
        await shown.until(lambda s: "Ik ben er" in s.texts())


async def test_a_warning_and_an_end_for_abuse_reach_the_visitor_and_leave_nothing(gateway, house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await talking(gateway, ann)
    await ann.post(f"/chats/{visitor.id}/warn")
    events = await visitor.hears()
    assert len(said_by_people(events)) == 1
    await ann.post(f"/chats/{visitor.id}/abuse", {"colleague": ben.id})
    async with screen(ben) as shown:
        await shown.until(lambda s: s.texts())
    assert (await ben.post(f"/chats/{visitor.id}/abuse/judge", {"answer": "yes"})).status_code == 204
    assert [event.name for event in await visitor.hears()][-1] == "ended"
    assert gateway.store._chats == {}
    assert (await ann.chat(visitor))["ending"] == "abuse"


@pytest.mark.parametrize("ending", [Ending.EXIT, Ending.GOODBYE, Ending.CLOSED])
async def test_how_a_visitor_left_is_shown_as_it_was(gateway, house, ending):
    ann = await house.on_duty("ann")
    visitor = await talking(gateway, ann)
    await gateway.visit.wipe(visitor.token, ending)
    assert (await ann.chat(visitor))["ending"] == ending
    assert gateway.store._chats == {}
