"""Chats in the memory of this process, with the same behaviour as the Redis store. Must not be used off loopback."""

import asyncio
import hmac
from collections import defaultdict
from dataclasses import dataclass, field, replace

from webchat.chats import LEFT_SECONDS, MOST_EVENTS, ChatKeys, Times
from webchat.ports import ChatGone, Commit, Committed, Outcome, StoredChat


@dataclass
class _Entry:
    authenticator_hash: bytes
    notes: bytes
    times: Times
    version: int = 0
    events: list[bytes] = field(default_factory=list)
    results: dict[bytes, bytes] = field(default_factory=dict)

    def stored(self) -> StoredChat:
        return StoredChat(self.notes, self.version, self.times, len(self.events))


class MemoryStore:
    """A ``ChatStore`` of dictionaries; a step is atomic because it never awaits half-way."""

    def __init__(self) -> None:
        self._chats: dict[str, _Entry] = {}
        self._tickets: dict[str, float] = {}
        self._wakers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    async def create(self, keys: ChatKeys, notes: bytes, events: tuple[bytes, ...], now: float) -> StoredChat:
        """Begin a chat."""
        entry = _Entry(keys.authenticator_hash, notes, Times(now, now), events=list(events))
        self._chats[keys.chat_id] = entry
        return entry.stored()

    async def load(self, keys: ChatKeys, now: float) -> StoredChat:
        """The chat as it is."""
        return self._entry(keys, now).stored()

    async def result(self, keys: ChatKeys, tag: bytes, now: float) -> bytes | None:
        """The result stored for a message, or ``None``."""
        return self._entry(keys, now).results.get(tag)

    async def commit(self, keys: ChatKeys, commit: Commit, now: float) -> Committed:
        """Append and remember in one step."""
        entry = self._entry(keys, now)
        if commit.tag is not None and commit.tag in entry.results:
            return Committed(Outcome.DUPLICATE, entry.results[commit.tag], entry.times)
        if commit.version != entry.version:
            return Committed(Outcome.CONFLICT)
        if len(entry.events) + len(commit.events) > MOST_EVENTS:
            return Committed(Outcome.FULL)
        entry.events.extend(commit.events)
        entry.notes, entry.version = commit.notes, entry.version + 1
        if commit.tag is not None:
            entry.results[commit.tag] = commit.result
        active = max(now, entry.times.active) if commit.activity else entry.times.active
        entry.times = replace(entry.times, active=active, kept=commit.keep)
        self._wake(keys.chat_id)
        return Committed(Outcome.STORED, commit.result, entry.times)

    async def seen(self, keys: ChatKeys, now: float) -> None:
        """A stream of this chat is open at ``now``."""
        entry = self._entry(keys, now)
        entry.times = replace(entry.times, seen=max(now, entry.times.seen or now))

    async def events(self, keys: ChatKeys, after: int, now: float) -> tuple[tuple[int, bytes], ...]:
        """The events with an id above ``after``."""
        return tuple(enumerate(self._entry(keys, now).events[after:], start=after + 1))

    async def changed(self, keys: ChatKeys, after: int, seconds: float) -> None:
        """Wait for a commit or a wipe in this process, at most ``seconds``."""
        entry = self._chats.get(keys.chat_id)
        if entry is None or len(entry.events) > after:
            return
        waker = asyncio.Event()
        self._wakers[keys.chat_id].add(waker)
        try:
            async with asyncio.timeout(seconds):
                await waker.wait()
        except TimeoutError:
            pass
        finally:
            self._wakers[keys.chat_id].discard(waker)
            if not self._wakers[keys.chat_id]:
                del self._wakers[keys.chat_id]

    async def wipe(self, keys: ChatKeys, now: float) -> None:
        """Remove all of the chat at once."""
        self._entry(keys, now)
        self._remove(keys.chat_id)

    async def sweep(self, now: float) -> tuple[str, ...]:
        """Remove the chats whose end has passed."""
        ended = tuple(chat_id for chat_id, entry in self._chats.items() if now >= entry.times.gone)
        for chat_id in ended:
            self._remove(chat_id)
        self._tickets = {ticket: until for ticket, until in self._tickets.items() if now < until}
        return ended

    async def put_ticket(self, ticket_hash: str, now: float) -> None:
        """Make a feedback ticket valid."""
        self._tickets[ticket_hash] = now + LEFT_SECONDS

    async def take_ticket(self, ticket_hash: str, now: float) -> bool:
        """Use a ticket up."""
        return now < self._tickets.pop(ticket_hash, 0.0)

    async def close(self) -> None:
        """Forget everything."""
        self._chats.clear()
        self._tickets.clear()

    def _entry(self, keys: ChatKeys, now: float) -> _Entry:
        entry = self._chats.get(keys.chat_id)
        if entry is None or not hmac.compare_digest(entry.authenticator_hash, keys.authenticator_hash):
            raise ChatGone
        if now >= entry.times.gone:
            self._remove(keys.chat_id)
            raise ChatGone
        return entry

    def _remove(self, chat_id: str) -> None:
        self._chats.pop(chat_id, None)
        self._wake(chat_id)

    def _wake(self, chat_id: str) -> None:
        for waker in self._wakers.get(chat_id, ()):
            waker.set()
