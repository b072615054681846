"""The visitor's event stream: every event once, in order, until the chat ends. Must not change a chat."""

import asyncio
import hashlib
import secrets
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any

from webchat.chats import ChatGone, ChatKeys, SealBroken, Sealed, unseal
from webchat.limits import Limits, NoRoom
from webchat.logs import Event, log
from webchat.ports import NotAllowedNow, StoreUnavailable
from webchat.turns.room import Room, TooFast
from webchat.turns.tender import Tender

HEARTBEAT_SECONDS = 15.0
SEEN_SECONDS = 30.0
"""How often an open stream says that the visitor's page is still there."""

MOST_STREAMS = 5000
MOST_PER_CHAT = 4

FEEDBACK_ANSWERS = ("helped", "partly", "not_helped")


@dataclass(frozen=True)
class StreamEvent:
    """One event as the visitor gets it."""

    event_id: int
    name: str
    data: dict[str, Any] = field(repr=False)


class Streams:
    """All streams of this process. ``heartbeat`` in seconds."""

    def __init__(
        self, room: Room, tender: Tender, heartbeat: float = HEARTBEAT_SECONDS, limits: Limits | None = None
    ) -> None:
        self._room = room
        self._tender = tender
        self._limits = limits or Limits(False)
        self._heartbeat = heartbeat
        self._open: Counter[str] = Counter()
        self._draining = asyncio.Event()
        self._farewells: set[asyncio.Task[None]] = set()

    async def open(self, token: str) -> ChatKeys:
        """Check that a stream may begin. Raises ``ChatGone``, ``TooFast`` and ``StoreUnavailable``."""
        keys = ChatKeys.from_token(token)
        await self._room.load(keys)
        if self._open[keys.chat_id] >= MOST_PER_CHAT or self._open.total() >= MOST_STREAMS:
            raise TooFast("too-many-streams", self._heartbeat)
        return keys

    def bucket(self, address: str | None) -> bytes | None:
        """Where ``run`` counts a stream of this network; ``address`` goes no further. Raises ``TooFast`` when full."""
        try:
            return self._limits.stream(address, self._room.clock.steady())
        except NoRoom:
            raise TooFast("too-many-streams", self._heartbeat) from None

    async def run(
        self, keys: ChatKeys, after: int, wait: float | None, bucket: bytes | None = None
    ) -> AsyncGenerator[StreamEvent | None, None]:
        """Yield events with an id above ``after``; ``None`` is a heartbeat, the first one at once.

        With ``wait`` it is a long poll: it ends with the first events, or after so many seconds. Without, it ends
        after ``ended``, when the store is away or when the process stops: the client comes back and resumes.
        """
        self._open[keys.chat_id] += 1
        self._limits.stream_began(bucket)
        woken = asyncio.Event()
        tending = asyncio.create_task(self._tender.run(keys, woken))
        try:
            yield None
            async with aclosing(self._events(keys, after, wait)) as events:
                async for event in events:
                    if event is not None and event.name == Sealed.STATE.event_name:
                        woken.set()
                    yield event
        finally:
            tending.cancel()
            self._let_end(tending)
            self._limits.stream_ended(bucket)
            self._open[keys.chat_id] -= 1
            if self._open[keys.chat_id] <= 0:
                del self._open[keys.chat_id]
            # The caller may be cancelled here (the line dropped), so the last sign of life has its own task.
            self._let_end(asyncio.create_task(self._say_seen(keys)))

    def _let_end(self, task: "asyncio.Task[None]") -> None:
        self._farewells.add(task)
        task.add_done_callback(self._farewells.discard)

    def drain(self) -> None:
        """Let all streams end soon; their clients come back to another process."""
        self._draining.set()

    async def feedback(self, ticket: str, answer: str) -> None:
        """Count one answer; a ticket works once. Raises ``NotAllowedNow`` and ``StoreUnavailable``."""
        if not await self._room.store.take_ticket(_hash(ticket), self._room.clock.steady()):
            raise NotAllowedNow("ticket-used")
        log(Event.FEEDBACK, answer=answer)

    async def _events(self, keys: ChatKeys, after: int, wait: float | None) -> AsyncGenerator[StreamEvent | None, None]:
        clock = self._room.clock
        until = None if wait is None else clock.steady() + wait
        seen_at = float("-inf")
        while True:
            try:
                found = await self._room.store.events(keys, after, clock.steady())
                seen_at = await self._seen(keys, seen_at)
            except ChatGone:
                yield await self._ended(keys, after + 1)
                return
            except StoreUnavailable:
                return
            for after, envelope in found:
                event = _opened(keys, after, envelope)
                if event is not None:
                    yield event
            left = self._heartbeat if until is None else until - clock.steady()
            if self._draining.is_set() or (until is not None and (found or left <= 0)):
                return
            if not found and not await self._changed(keys, after, min(left, self._heartbeat)):
                yield None

    async def _seen(self, keys: ChatKeys, before: float) -> float:
        """Say now and then that this stream is open. Returns when that was last said."""
        now = self._room.clock.steady()
        if now - before < SEEN_SECONDS:
            return before
        await self._room.store.seen(keys, now)
        return now

    async def _changed(self, keys: ChatKeys, after: int, seconds: float) -> bool:
        """Wait for a change or for the process to stop. False when nothing happened for ``seconds``."""
        began = asyncio.get_running_loop().time()
        waiting = asyncio.create_task(self._room.store.changed(keys, after, seconds))
        draining = asyncio.create_task(self._draining.wait())
        try:
            await asyncio.wait({waiting, draining}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done() and not waiting.cancelled() and waiting.exception() is not None:
                await asyncio.sleep(min(1.0, seconds))
        finally:
            waiting.cancel()
            draining.cancel()
        return asyncio.get_running_loop().time() - began < seconds * 0.9

    async def _ended(self, keys: ChatKeys, event_id: int) -> StreamEvent:
        ticket: str | None = secrets.token_urlsafe(16)
        try:
            await self._room.store.put_ticket(_hash(str(ticket)), self._room.clock.steady())
        except StoreUnavailable:
            ticket = None
        await self._room.forget(keys.chat_id)
        data = {"state": "ended", "reason": self._room.why_gone(keys), "ticket": ticket}
        return StreamEvent(event_id, "ended", data)

    async def _say_seen(self, keys: ChatKeys) -> None:
        with suppress(ChatGone, StoreUnavailable):
            await self._room.store.seen(keys, self._room.clock.steady())


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode("utf-8", "replace")).hexdigest()


def _opened(keys: ChatKeys, event_id: int, envelope: bytes) -> StreamEvent | None:
    """The event, or ``None`` when somebody changed what is stored: the rest of the chat must still come through."""
    try:
        kind, payload = unseal(keys, envelope)
    except SealBroken:
        log(Event.STORE_FAILED, error="SealBroken")
        return None
    return StreamEvent(event_id, kind.event_name, payload)
