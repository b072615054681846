"""Who gets a chat: one person, the right one, and only with a key."""

import asyncio

import pytest

from tests.staff_desk.house import House
from webchat.adapters.redis_desk import RedisDeskStore
from webchat.adapters.redis_store import RedisStore
from webchat.handover.people import Status
from webchat.handover.tickets import Ending, Phase
from webchat.staff.audit import AuditAction
from webchat.staff.roles import StaffRole

ROUNDS = 50


@pytest.fixture(params=["memory", "redis"])
async def two_gateways(request):
    """Two gateways over the same stores."""
    if request.param == "memory":
        first = House()
        yield first, House(first.desk_store, first.chat_store, first.clock, first.sessions)
        return
    server = request.getfixturevalue("redis")
    with server.client() as client:
        client.flushall()
    desks, chats = (RedisDeskStore(server.url), RedisDeskStore(server.url)), RedisStore(server.url)
    first = House(desks[0], chats)
    yield first, House(desks[1], chats, first.clock, first.sessions)
    for store in (*desks, chats):
        await store.close()


async def test_two_claims_at_once_give_one_owner_in_every_round(two_gateways):
    first, second = two_gateways
    rivals = (await first.on_duty("ann"), await second.on_duty("ben"))
    owners = set()
    for _ in range(ROUNDS):
        visitor = await first.visitor()
        answers = await asyncio.gather(*(rival.post(f"/queue/{visitor.id}/claim") for rival in rivals))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        winner = rivals[[answer.status_code for answer in answers].index(200)]
        loser = next(answer for answer in answers if answer.status_code == 409)
        assert loser.json()["type"].endswith(":already-taken")
        ticket = await second.ticket(visitor.id)
        assert (ticket.phase, ticket.holder, set(ticket.seals)) == (Phase.CALLED, winner.id, {winner.session.id})
        owners.add(winner.id)
        await visitor.leave(Ending.GOODBYE)
        assert (await winner.post(f"/chats/{visitor.id}/wrap-up", {})).status_code == 204
    assert owners


async def test_the_claim_answers_with_the_chat_and_its_card(house):
    ann = await house.on_duty("ann")
    visitor = await house.visitor(card={"role": "child", "hope": "listen"})
    chat = (await ann.post(f"/queue/{visitor.id}/claim")).json()["chat"]
    assert (chat["ticket"], chat["as"], chat["phase"]) == (visitor.id, "holder", "called")
    assert chat["card"] == {"role": "child", "hope": "listen"}
    assert house.record.of(ann.id) == [AuditAction.ON_DUTY, AuditAction.CHAT_CLAIMED]


async def test_after_a_claim_nobody_else_can_open_the_card(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.visitor()
    assert (await ben.view())["queue"][0]["card"] is not None
    await ann.post(f"/queue/{visitor.id}/claim")
    assert (await ben.view())["queue"] == [] and (await ben.view())["chats"] == []
    assert set((await house.ticket(visitor.id)).seals) == {ann.session.id}


@pytest.mark.parametrize(
    ("status", "most", "reason"),
    [(Status.BUSY, 2, "not-available"), (Status.PAUSE, 2, "not-available"), (Status.AVAILABLE, 1, "hands-full")],
)
async def test_a_claim_is_refused_with_the_reason_that_the_screen_shows(house, status, most, reason):
    ann = await house.on_duty("ann")
    await house.talking(ann)
    waiting = await house.visitor()
    await ann.arrive(status, most=most)
    shown = (await ann.view())["queue"][0]
    assert (shown["may_claim"], shown["why_not"]) == (False, reason)
    refused = await ann.post(f"/queue/{waiting.id}/claim")
    assert (refused.status_code, refused.json()["type"]) == (409, f"urn:lichtpunt:problem:{reason}")


async def test_a_newcomer_waits_for_the_key_and_then_may_take_the_chat(house):
    ann = await house.on_duty("ann")
    await ann.arrive(Status.BUSY)
    visitor = await house.visitor()
    ben = await house.on_duty("ben")
    assert (await ben.view())["queue"][0]["why_not"] == "not-sealed-yet"
    assert (await ben.view())["queue"][0]["card"] is None
    assert (await ben.post(f"/queue/{visitor.id}/claim")).status_code == 409
    await visitor.seal()
    assert (await ben.post(f"/queue/{visitor.id}/claim")).status_code == 200


async def test_who_is_not_on_duty_takes_nothing_and_sees_nothing(house):
    ann, ben = await house.on_duty("ann"), house.person("ben")
    visitor = await house.visitor()
    refused = await ben.post(f"/queue/{visitor.id}/claim")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:lichtpunt:problem:not-on-duty")
    assert await ben.view() == {"me": None, "on_duty": [], "queue": [], "chats": [], "help": []}
    assert (await ann.view())["queue"] != []


async def test_an_overdue_chat_is_taken_over_once_and_not_passed_round(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann)
    await visitor.say("Ben je er nog?")
    for _ in range(6):
        house.clock.move(20)
        for one in (ann, ben):
            await one.post("/presence/beat")
        await visitor.seen()
    await visitor.seal()
    shown = (await ben.view())["queue"][0]
    assert (shown["ticket"], shown["overdue"], shown["may_claim"]) == (visitor.id, True, True)
    assert (await ben.post(f"/queue/{visitor.id}/claim")).status_code == 200
    ticket = await house.ticket(visitor.id)
    assert (ticket.phase, ticket.holder, set(ticket.seals)) == (Phase.TALKING, ben.id, {ben.session.id})
    assert (await ann.view())["queue"] == [] and (await ann.view())["chats"] == []
    assert (await ann.say(visitor, "Ik ben er weer")).status_code == 404
    assert (await ben.say(visitor, "Ik ben er wel")).status_code == 200


async def test_an_invited_colleague_with_the_key_of_the_card_alone_cannot_take_over(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
    for _ in range(6):
        house.clock.move(20)
        for one in (ann, ben):
            await one.post("/presence/beat")
        await visitor.seen()
    assert (await ben.view())["queue"][0]["why_not"] == "not-sealed-yet"
    refused = await ben.post(f"/queue/{visitor.id}/claim")
    assert refused.json()["type"] == "urn:lichtpunt:problem:not-sealed-yet"
    assert (await house.ticket(visitor.id)).holder == ann.id


async def test_a_chat_that_is_handed_back_waits_in_front(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    house.clock.move(5)
    await house.visitor()
    assert (await ann.post(f"/chats/{visitor.id}/back")).status_code == 204
    queue = (await ann.view())["queue"]
    assert (queue[0]["ticket"], queue[0]["returned"]) == (visitor.id, "handed_back")
    assert (await ann.say(visitor, "nog iets")).status_code == 404


async def test_a_coordinator_sees_the_whole_queue_at_once(house):
    near, far = await house.on_duty("ann", regions=("ijsselland",)), await house.on_duty("ben", regions=("zeeland",))
    lead = await house.on_duty("cor", StaffRole.COORDINATOR, regions=("limburg-noord",))
    visitor = await house.visitor(region="ijsselland")
    assert [one["ticket"] for one in (await near.view())["queue"]] == [visitor.id]
    assert (await far.view())["queue"] == []
    assert [(one["ticket"], one["elsewhere"]) for one in (await lead.view())["queue"]] == [(visitor.id, True)]
