"""One stream for all a counsellor sees: the desk and every conversation they may read. Must not write in one.

What was sent is in the cursor, so a stream that broke goes on where it was: no line is lost and none comes twice.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from webchat.chats import ChatGone, Sealed
from webchat.desk import TalkEvent
from webchat.handover.desk import Desk
from webchat.handover.tickets import Ending, Phase
from webchat.ports import NotAllowedNow, StoreUnavailable
from webchat.staff.bench import Bench
from webchat.staff.console_cursor import as_word, from_word
from webchat.staff.counsellor_talk import readable
from webchat.staff.sessions import Session
from webchat.staff.snapshot import Cards, Snapshots, without_times

HEARTBEAT_SECONDS = 15.0
LOOK_SECONDS = 5.0
"""How often the desk is looked at although nobody said that it changed: lines that fall away say nothing."""

MOST_PER_SESSION = 3

_NAMES = {
    Sealed.MESSAGE: "message",
    Sealed.TYPING: "typing",
    Sealed.SIGNAL: "signal",
    Sealed.FLAG: "flag",
    Sealed.STATE: "state",
}
_LEFT_ALONE = frozenset({Ending.LINE_LOST, Ending.UNANSWERED, Ending.EXPIRED})
"""Endings after which no visitor's side may be left to wipe the conversation."""


@dataclass(frozen=True)
class ConsoleEvent:
    """One event as the console gets it. ``cursor`` is where it stands after this one."""

    name: str
    data: dict[str, Any] = field(repr=False)
    cursor: str


@dataclass
class _Reader:
    """How far one stream is. ``tokens`` of the conversations that may be read now, by ticket."""

    who: Session = field(repr=False)
    positions: dict[str, int]
    cards: Cards = field(repr=False)
    tokens: dict[str, str] = field(default_factory=dict, repr=False)
    sent: dict[str, Any] | None = field(default=None, repr=False)
    is_ready: bool = False
    begun: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set, repr=False)

    @property
    def cursor(self) -> str:
        return as_word(self.positions)

    def keep_only(self, tokens: dict[str, str]) -> None:
        """Forget the place in conversations that may not be read any more: who comes back reads from the start."""
        self.tokens = tokens
        self.positions = {name: at for name, at in self.positions.items() if name in tokens}
        self.begun &= set(tokens)


class ConsoleStreams:
    """All console streams of this process. ``is_open`` says whether a session still is; ``heartbeat`` in seconds."""

    def __init__(
        self,
        bench: Bench,
        snapshots: Snapshots,
        is_open: Callable[[Session], Awaitable[bool]],
        heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._bench = bench
        self._snapshots = snapshots
        self._is_open = is_open
        self._heartbeat = heartbeat
        self._running: Counter[str] = Counter()
        self._draining = asyncio.Event()

    def check(self, who: Session) -> None:
        """Raises ``NotAllowedNow`` when this session has too many streams already."""
        if self._running[who.id] >= MOST_PER_SESSION:
            raise NotAllowedNow("too-many-streams")

    def drain(self) -> None:
        """Let all streams end soon; the consoles come back to another process."""
        self._draining.set()

    async def run(self, who: Session, last_event_id: str) -> AsyncGenerator[ConsoleEvent | None, None]:
        """The whole desk, then every change and every line after the cursor; ``None`` is a heartbeat.

        ``ready`` comes once, when all that was missed is there: from then on nobody writes past a colleague's line.
        Ends with ``bye`` when the session is over, and without a word when the store is away or the process stops.
        A slow reader holds up nobody: what happened meanwhile is looked up when it reads on.
        """
        self._running[who.id] += 1
        reader = _Reader(who, from_word(last_event_id), Cards(who))
        try:
            async with aclosing(self._events(reader)) as events:
                async for event in events:
                    yield event
        finally:
            self._running[who.id] -= 1
            if self._running[who.id] <= 0:
                del self._running[who.id]

    async def _events(self, reader: _Reader) -> AsyncGenerator[ConsoleEvent | None, None]:
        loop = asyncio.get_running_loop()
        quiet_since = loop.time()
        yield None
        while not self._draining.is_set():
            try:
                if not await self._is_open(reader.who):
                    yield ConsoleEvent("bye", {"reason": "session-ended"}, reader.cursor)
                    return
                news = await self._next(reader, quiet_since + self._heartbeat - loop.time())
            except (StoreUnavailable, NotAllowedNow):
                return
            for event in news:
                yield event
            if news:
                quiet_since = loop.time()
            elif loop.time() - quiet_since >= self._heartbeat:
                quiet_since = loop.time()
                yield None

    async def _next(self, reader: _Reader, longest: float) -> list[ConsoleEvent]:
        """What is new; waits for it, at most ``longest`` seconds."""
        # Listening begins before looking, so that a change in between is not missed.
        async with self._listening(reader) as wait:
            news = await self._news(reader)
            if not reader.is_ready:
                reader.is_ready = True
                news.append(ConsoleEvent("ready", {}, reader.cursor))
            if not news:
                await wait(max(0.01, min(LOOK_SECONDS, longest)))
        return news

    async def _news(self, reader: _Reader) -> list[ConsoleEvent]:
        """All that this console does not have yet."""
        now = self._bench.room.clock.steady()
        desk = await self._bench.room.look()
        await self._wipe_what_was_left_alone(desk, reader)
        reader.keep_only(_tokens(desk, reader.who))
        news = []
        view = self._snapshots.of(desk, reader.cards, now)
        still = without_times(view)
        if still != reader.sent:
            reader.sent = still
            news.append(ConsoleEvent("desk", view, reader.cursor))
        for ticket_id, token in reader.tokens.items():
            news.extend(await self._lines(desk, reader, ticket_id, token))
        return news

    async def _lines(self, desk: Desk, reader: _Reader, ticket_id: str, token: str) -> list[ConsoleEvent]:
        try:
            found = await self._bench.talks.read(token, reader.positions.get(ticket_id, 0))
        except ChatGone:
            reader.gone.add(token)
            return []
        is_catching_up = ticket_id not in reader.begun
        reader.begun.add(ticket_id)
        is_holder = desk.tickets[ticket_id].holder == reader.who.account.id
        lines = []
        for event in found:
            reader.positions[ticket_id] = event.id
            is_stale = is_catching_up or event is not found[-1]
            if event.kind is Sealed.TYPING and (is_stale or (is_holder and event.data.get("from") == "counsellor")):
                continue
            if event.kind in _NAMES:
                lines.append(ConsoleEvent("talk", _line(ticket_id, event), reader.cursor))
        return lines

    async def _wipe_what_was_left_alone(self, desk: Desk, reader: _Reader) -> None:
        for ticket_id, token in reader.tokens.items():
            ticket = desk.tickets.get(ticket_id)
            if ticket is not None and ticket.phase is Phase.ENDED and ticket.ending in _LEFT_ALONE:
                await self._bench.talks.wipe(token)

    @asynccontextmanager
    async def _listening(self, reader: _Reader) -> AsyncIterator[Callable[[float], Awaitable[None]]]:
        """Listen to the desk, to the conversations and for the end of the process. Gives what waits for any of it."""
        seconds = max(LOOK_SECONDS, self._heartbeat)
        talks = self._bench.talks
        tasks = [
            asyncio.create_task(self._bench.room.changed(seconds)),
            asyncio.create_task(_nothing(self._draining)),
            *(
                asyncio.create_task(talks.changed(token, reader.positions.get(ticket_id, 0), seconds))
                for ticket_id, token in reader.tokens.items()
                if token not in reader.gone
            ),
        ]
        await asyncio.sleep(0)

        async def wait(longest: float) -> None:
            done, _ = await asyncio.wait(tasks, timeout=longest, return_when=asyncio.FIRST_COMPLETED)
            if any(task.exception() is not None for task in done):
                # A store that is away answers at once; it is asked again a moment later.
                await asyncio.sleep(min(1.0, longest))

        try:
            yield wait
        finally:
            for task in tasks:
                task.cancel()
            with suppress(StoreUnavailable):
                await asyncio.gather(*tasks, return_exceptions=True)


async def _nothing(event: asyncio.Event) -> None:
    await event.wait()


def _tokens(desk: Desk, who: Session) -> dict[str, str]:
    found = {ticket_id: readable(desk, ticket_id, who) for ticket_id in desk.tickets}
    return {ticket_id: token for ticket_id, token in found.items() if token is not None}


def _line(ticket_id: str, event: TalkEvent) -> dict[str, Any]:
    """``n`` counts the events of the conversation; ``id`` is the message's own, where it has one.

    A signal has a kind of its own, which is called ``signal`` here.
    """
    data = dict(event.data)
    if event.kind is Sealed.SIGNAL:
        data["signal"] = data.pop("kind", None)
    return {"id": str(event.id), **data, "ticket": ticket_id, "kind": _NAMES[event.kind], "n": event.id}
