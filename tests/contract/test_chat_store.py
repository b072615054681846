"""What every ``ChatStore`` promises: the same suite over memory and over a real Redis."""

import asyncio

import pytest

from webchat.chats import (
    HARD_SECONDS,
    IDLE_SECONDS,
    LEFT_SECONDS,
    MOST_EVENTS,
    ChatGone,
    ChatKeys,
    new_token,
)
from webchat.ports import ChatStore, Commit, Outcome

pytestmark = pytest.mark.asyncio

NOW = 1_800_000_000.0
TAG = bytes(range(16))


def some_keys() -> ChatKeys:
    return ChatKeys.from_token(new_token())


async def a_chat(store: ChatStore, events: tuple[bytes, ...] = (b"hello",)) -> ChatKeys:
    keys = some_keys()
    await store.create(keys, b"notes", events, NOW)
    return keys


def a_step(version: int = 0, **parts) -> Commit:
    return Commit(version=version, notes=b"new notes", **parts)


async def test_a_chat_comes_back_as_it_was_stored(store):
    keys = await a_chat(store, (b"one", b"two\x00\xff"))
    stored = await store.load(keys, NOW + 1)
    assert (stored.notes, stored.version, stored.last_event) == (b"notes", 0, 2)
    assert (stored.times.started, stored.times.active, stored.times.seen) == (NOW, NOW, None)
    assert await store.events(keys, 0, NOW) == ((1, b"one"), (2, b"two\x00\xff"))


async def test_a_step_appends_events_without_gaps_and_keeps_its_result(store):
    keys = await a_chat(store)
    step = a_step(events=(b"two", b"three"), tag=TAG, result=b"answer")
    committed = await store.commit(keys, step, NOW + 1)
    assert (committed.outcome, committed.result) == (Outcome.STORED, b"answer")
    assert await store.events(keys, 1, NOW) == ((2, b"two"), (3, b"three"))
    assert await store.events(keys, 3, NOW) == ()
    assert await store.result(keys, TAG, NOW) == b"answer"
    assert await store.result(keys, b"other".ljust(16), NOW) is None
    stored = await store.load(keys, NOW)
    assert (stored.notes, stored.version) == (b"new notes", 1)


async def test_a_repeated_message_changes_nothing_and_gives_the_first_result(store):
    keys = await a_chat(store)
    await store.commit(keys, a_step(events=(b"two",), tag=TAG, result=b"first"), NOW)
    again = await store.commit(keys, a_step(version=1, events=(b"x",), tag=TAG, result=b"second"), NOW)
    assert (again.outcome, again.result) == (Outcome.DUPLICATE, b"first")
    assert len(await store.events(keys, 0, NOW)) == 2


async def test_a_step_worked_out_from_old_notes_is_refused(store):
    keys = await a_chat(store)
    await store.commit(keys, a_step(), NOW)
    late = await store.commit(keys, a_step(events=(b"x",), tag=TAG, result=b"late"), NOW)
    assert late.outcome is Outcome.CONFLICT
    assert len(await store.events(keys, 0, NOW)) == 1
    assert await store.result(keys, TAG, NOW) is None


async def test_fifty_steps_at_once_are_stored_once_each_and_in_order(store):
    keys = await a_chat(store, ())

    async def add(number: int) -> None:
        while True:
            version = (await store.load(keys, NOW)).version
            step = a_step(version, events=(f"{number}a".encode(), f"{number}b".encode()), tag=bytes([number] * 16))
            if (await store.commit(keys, step, NOW)).outcome is Outcome.STORED:
                return

    await asyncio.gather(*(add(number) for number in range(50)))
    events = await store.events(keys, 0, NOW)
    assert [event_id for event_id, _ in events] == list(range(1, 101))
    values = [value.decode() for _, value in events]
    assert sorted(values) == sorted(f"{number}{part}" for number in range(50) for part in "ab")
    assert all(values[at + 1] == values[at][:-1] + "b" for at in range(0, 100, 2))


async def test_a_chat_takes_so_many_events_and_no_more(store):
    keys = await a_chat(store, (b"x",) * (MOST_EVENTS - 1))
    assert (await store.commit(keys, a_step(events=(b"a", b"b")), NOW)).outcome is Outcome.FULL
    assert (await store.commit(keys, a_step(events=(b"a",)), NOW)).outcome is Outcome.STORED
    assert (await store.commit(keys, a_step(version=1, events=(b"a",)), NOW)).outcome is Outcome.FULL
    assert (await store.commit(keys, a_step(version=1), NOW)).outcome is Outcome.STORED


@pytest.mark.parametrize("call", ["load", "result", "commit", "seen", "events", "wipe"])
async def test_a_wrong_authenticator_is_the_same_as_no_chat(store, call):
    keys = await a_chat(store)
    forged = ChatKeys(keys.chat_id, bytes(32), keys.chat_key, keys.engine_id, keys.engine_key)
    for other in (forged, some_keys()):
        with pytest.raises(ChatGone):
            await invoke(store, call, other, NOW)
    assert (await store.load(keys, NOW)).notes == b"notes"


@pytest.mark.parametrize("call", ["load", "result", "commit", "seen", "events", "wipe"])
async def test_an_idle_chat_is_gone_for_every_call_from_its_end_on(store, call):
    keys = await a_chat(store)
    await store.load(keys, NOW + IDLE_SECONDS - 0.01)
    with pytest.raises(ChatGone):
        await invoke(store, call, keys, NOW + IDLE_SECONDS)


async def test_activity_moves_the_idle_end_and_other_steps_do_not(store):
    keys = await a_chat(store)
    await store.commit(keys, a_step(), NOW + 100)
    assert (await store.load(keys, NOW + 100)).times.ends == NOW + IDLE_SECONDS
    committed = await store.commit(keys, a_step(version=1, activity=True), NOW + 200)
    assert committed.times is not None
    assert committed.times.ends == NOW + 200 + IDLE_SECONDS
    await store.load(keys, NOW + 199 + IDLE_SECONDS)


async def test_the_hard_end_holds_however_active_a_chat_is(store):
    keys = await a_chat(store)
    now, version = NOW, 0
    while now + IDLE_SECONDS < NOW + HARD_SECONDS:
        now += IDLE_SECONDS - 1
        await store.commit(keys, a_step(version=version, activity=True), now)
        version += 1
    with pytest.raises(ChatGone):
        await store.load(keys, NOW + HARD_SECONDS)


async def test_a_chat_whose_streams_all_closed_ends_sooner(store):
    keys = await a_chat(store)
    await store.seen(keys, NOW + 60)
    await store.seen(keys, NOW + 30)
    await store.load(keys, NOW + 59 + LEFT_SECONDS)
    with pytest.raises(ChatGone):
        await store.load(keys, NOW + 60 + LEFT_SECONDS)


async def test_a_message_after_the_streams_closed_keeps_the_chat(store):
    keys = await a_chat(store)
    await store.seen(keys, NOW)
    await store.commit(keys, a_step(activity=True), NOW + 600)
    await store.load(keys, NOW + 599 + LEFT_SECONDS)


async def test_a_kept_chat_lives_to_its_hard_end_without_a_word_or_a_line(store):
    keys = await a_chat(store)
    await store.seen(keys, NOW)
    committed = await store.commit(keys, a_step(keep=True), NOW + 1)
    assert committed.times.kept is True
    assert committed.times.ends == NOW + HARD_SECONDS
    assert await store.sweep(NOW + HARD_SECONDS - 1) == ()
    assert (await store.load(keys, NOW + HARD_SECONDS - 1)).times.kept is True
    with pytest.raises(ChatGone):
        await store.load(keys, NOW + HARD_SECONDS)
    assert await store.sweep(NOW + HARD_SECONDS) in ((), (keys.chat_id,))


async def test_a_kept_chat_can_be_wiped_and_a_step_without_keep_ends_it_as_others(store):
    keys, other = await a_chat(store), await a_chat(store)
    for one in (keys, other):
        await store.commit(one, a_step(keep=True), NOW)
    await store.wipe(keys, NOW)
    with pytest.raises(ChatGone):
        await store.load(keys, NOW)
    again = await store.commit(other, a_step(version=1, tag=TAG, result=b"r", activity=True), NOW + IDLE_SECONDS + 5)
    assert again.times.kept is False
    duplicate = await store.commit(other, a_step(version=9, tag=TAG, keep=True), NOW + IDLE_SECONDS + 6)
    assert (duplicate.outcome, duplicate.times.kept) == (Outcome.DUPLICATE, False)
    with pytest.raises(ChatGone):
        await store.load(other, NOW + 2 * IDLE_SECONDS + 5)


async def test_a_wiped_chat_is_gone_at_once_and_nothing_can_bring_it_back(store):
    keys = await a_chat(store)
    await store.wipe(keys, NOW)
    for call in ("load", "result", "commit", "seen", "events", "wipe"):
        with pytest.raises(ChatGone):
            await invoke(store, call, keys, NOW)


async def test_a_sweep_removes_what_ended_and_names_it(store):
    keys, other = await a_chat(store), await a_chat(store)
    await store.commit(other, a_step(activity=True), NOW + 60)
    assert await store.sweep(NOW + IDLE_SECONDS - 1) == ()
    assert await store.sweep(NOW + IDLE_SECONDS) == (keys.chat_id,)
    assert await store.sweep(NOW + IDLE_SECONDS) == ()
    await store.load(other, NOW + IDLE_SECONDS)


async def test_waiting_ends_with_a_new_event(store):
    keys = await a_chat(store)
    waiting = asyncio.create_task(store.changed(keys, 1, 5.0))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await store.commit(keys, a_step(events=(b"two",)), NOW)
    await asyncio.wait_for(waiting, 1.0)


async def test_waiting_ends_with_a_wipe(store):
    keys = await a_chat(store)
    waiting = asyncio.create_task(store.changed(keys, 1, 5.0))
    await asyncio.sleep(0.05)
    await store.wipe(keys, NOW)
    await asyncio.wait_for(waiting, 1.0)


async def test_waiting_does_not_begin_when_there_is_something_already(store):
    keys = await a_chat(store)
    await asyncio.wait_for(store.changed(keys, 0, 5.0), 1.0)
    await asyncio.wait_for(store.changed(some_keys(), 0, 5.0), 1.0)


async def test_waiting_ends_by_itself(store):
    await asyncio.wait_for(store.changed(await a_chat(store), 1, 0.05), 1.0)


async def test_a_ticket_works_once_and_not_for_ever(store):
    await store.put_ticket("a", NOW)
    await store.put_ticket("b", NOW)
    assert await store.take_ticket("a", NOW + 1) is True
    assert await store.take_ticket("a", NOW + 1) is False
    assert await store.take_ticket("b", NOW + LEFT_SECONDS) is False
    assert await store.take_ticket("never", NOW) is False


async def invoke(store: ChatStore, call: str, keys: ChatKeys, now: float) -> None:
    """One call of a store, by name."""
    calls = {
        "load": lambda: store.load(keys, now),
        "result": lambda: store.result(keys, TAG, now),
        "commit": lambda: store.commit(keys, a_step(), now),
        "seen": lambda: store.seen(keys, now),
        "events": lambda: store.events(keys, 0, now),
        "wipe": lambda: store.wipe(keys, now),
    }
    await calls[call]()
