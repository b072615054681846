"""What every ``DeskStore`` and ``CodeStore`` promises: the same suite over memory and over a real Redis."""

import asyncio
import time

import pytest

from webchat.adapters.clocks import SystemClock
from webchat.desk import DeskRoom
from webchat.handover.duty_moves import arrive
from webchat.handover.people import OnDuty, Status
from webchat.ports import CodeStore, DeskStore

pytestmark = pytest.mark.asyncio

NOW = 1_800_000_000.0

Two = tuple[DeskStore, DeskStore]


async def test_an_empty_desk_has_version_nought(desk_stores: Two):
    one, _ = desk_stores
    assert await one.load(-1) == (0, b"")
    assert await one.load(0) is None


async def test_only_the_first_of_two_moves_from_the_same_version_counts(desk_stores: Two):
    one, other = desk_stores
    assert await one.swap(0, b"first", loud=True)
    assert not await other.swap(0, b"second", loud=True)
    assert await other.load(0) == (1, b"first")
    assert await other.swap(1, b"\x00\xff", loud=False)
    assert await one.load(1) == (2, b"\x00\xff")


async def test_a_loud_move_wakes_the_other_gateway_and_a_quiet_one_does_not(desk_stores: Two):
    one, other = desk_stores
    await other.changed(0, 0.3)  # the first to wait may be woken once more when listening begins
    waiting = asyncio.create_task(other.changed(0, 10))
    await asyncio.sleep(0.2)
    assert await one.swap(0, b"quiet", loud=False)
    await asyncio.sleep(0.2)
    assert not waiting.done()
    began = time.monotonic()
    assert await one.swap(1, b"loud", loud=True)
    await waiting
    assert time.monotonic() - began < 2
    await asyncio.wait_for(other.changed(0, 10), 2)


async def test_fifty_moves_of_two_gateways_at_once_all_count(desk_stores: Two):
    one, other = desk_stores
    clock = SystemClock()
    rooms = [DeskRoom(store, clock, b"s" * 32) for store in (one, other)]

    async def come(number: int) -> None:
        duty = OnDuty(f"staff{number}", "session", "00", "name", Status.AVAILABLE, clock.steady(), clock.steady())
        await rooms[number % 2].move(lambda desk, _now: arrive(desk, duty))

    await asyncio.gather(*(come(number) for number in range(50)))
    for room in rooms:
        assert len((await room.look()).duty) == 50


async def test_what_rests_at_the_desk_is_not_readable(desk_stores: Two):
    one, _ = desk_stores
    room = DeskRoom(one, SystemClock(), b"s" * 32)
    duty = OnDuty("staff", "session", "00", "marker", Status.AVAILABLE, NOW, NOW, regions=("marker",))
    await room.move(lambda desk, _now: arrive(desk, duty))
    _, sealed = await one.load(0) or (0, b"")
    assert len(sealed) > 1000
    assert b"marker" not in sealed
    assert b"available" not in sealed


async def test_a_desk_under_another_secret_begins_empty(desk_stores: Two):
    one, other = desk_stores
    clock = SystemClock()
    duty = OnDuty("staff", "session", "00", "name", Status.AVAILABLE, clock.steady(), clock.steady())
    await DeskRoom(one, clock, b"s" * 32).move(lambda desk, _now: arrive(desk, duty))
    assert not (await DeskRoom(other, clock, b"t" * 32).look()).duty


async def test_a_code_opens_once_and_not_after_its_time(codes: CodeStore):
    await codes.put("one", b"\x00closed", 60, NOW)
    await codes.put("late", b"closed", 60, NOW)
    assert await codes.take("one", NOW + 59) == b"\x00closed"
    assert await codes.take("one", NOW + 59) is None
    assert await codes.take("late", NOW + 60) is None
    assert await codes.take("unknown", NOW) is None
