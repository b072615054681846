"""Being on duty: what the account allows, heartbeats, and what happens when a console is gone."""

import pytest

from webchat.handover.people import LOST_SECONDS, Status
from webchat.handover.tickets import Phase, Returned
from webchat.staff.audit import AuditAction


async def test_arriving_takes_regions_and_number_of_chats_from_the_account(house):
    ann = house.person("ann", regions=("ijsselland",), most=3)
    answer = await ann.arrive()
    assert answer.json() == {
        "me": {
            "staff": "id-ann",
            "name": "Ann",
            "status": "available",
            "load": 0,
            "most": 3,
            "pause_offered": False,
        }
    }
    (duty,) = (await house.room.look()).duty.values()
    assert (duty.session, duty.regions, len(duty.public_key)) == (ann.session.id, ("ijsselland",), 64)
    assert ann.session.cookie not in (await house.room.look()).as_bytes().decode()


@pytest.mark.parametrize(("asked", "status"), [(0, 422), (5, 422), (4, 200), (1, 200)])
async def test_more_than_four_chats_cannot_be_asked_for(house, asked, status):
    ann = house.person("ann")
    answer = await ann.call("PUT", "/presence", {"status": "available", "most": asked})
    assert answer.status_code == status


async def test_another_status_keeps_the_number_that_was_asked_for_and_is_no_second_arrival(house):
    ann = await house.on_duty("ann", most=2)
    await ann.arrive(most=4)
    answer = await ann.arrive(Status.PAUSE)
    assert (answer.json()["me"]["status"], answer.json()["me"]["most"]) == ("pause", 4)
    assert house.record.of(ann.id) == [AuditAction.ON_DUTY]


async def test_a_heartbeat_of_a_console_that_was_given_up_is_told_so(house):
    ann = await house.on_duty("ann")
    assert (await ann.post("/presence/beat")).status_code == 204
    house.clock.move(LOST_SECONDS)
    refused = await ann.post("/presence/beat")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:lichtpunt:problem:not-on-duty")
    assert (await ann.arrive()).status_code == 200
    assert (await ann.post("/presence/beat")).status_code == 204


async def test_chats_of_a_dead_console_wait_in_front_within_45_seconds(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann)
    waiting = await house.visitor()
    for _ in range(4):
        house.clock.move(10)
        await ben.post("/presence/beat")
        await visitor.seen()
        await waiting.seen()
    ticket = await house.ticket(visitor.id)
    assert (ticket.phase, ticket.returned, ticket.seals) == (Phase.WAITING, Returned.COLLEAGUE_GONE, {})
    await visitor.seal()
    assert [one["ticket"] for one in (await ben.view())["queue"]] == [visitor.id, waiting.id]
    assert (await ben.post(f"/queue/{visitor.id}/claim")).status_code == 200
    assert [one["name"] for one in (await ben.view())["on_duty"]] == ["Ben"]


async def test_a_closed_session_puts_the_chats_back_at_once(house):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann)
    await house.cases.presence.session_ended(ann.id)
    await house.cases.presence.session_ended("id-nobody")
    assert (await house.ticket(visitor.id)).returned is Returned.COLLEAGUE_GONE
    assert [one["name"] for one in (await ben.view())["on_duty"]] == ["Ben"]


async def test_a_second_login_leaves_the_chats_to_the_queue_because_its_key_is_another(house):
    old = await house.on_duty("ann")
    visitor = await house.talking(old)
    new = await house.on_duty("ann")
    assert (await house.ticket(visitor.id)).phase is Phase.WAITING
    await visitor.seal()
    assert (await new.post(f"/queue/{visitor.id}/claim")).status_code == 200
    assert (await old.view())["me"] is None


async def test_nobody_goes_home_with_an_open_chat(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    refused = await ann.call("DELETE", "/presence")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:lichtpunt:problem:chats-open")
    await ann.post(f"/chats/{visitor.id}/end")
    for _ in range(2):
        assert (await ann.call("DELETE", "/presence")).status_code == 204
    assert (await house.room.look()).duty == {}
    assert house.record.of(ann.id)[-1] is AuditAction.OFF_DUTY
    assert house.record.of(ann.id).count(AuditAction.OFF_DUTY) == 1
