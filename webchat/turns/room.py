"""One chat opened with its token: reading, changing and wiping it. Must not know what a turn says."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

from webchat.chats import NO_TAG, ChatGone, ChatKeys, Notes, SealBroken, Sealed, Times, seal, unseal
from webchat.logs import Event, log
from webchat.ports import (
    Bot,
    BotUnavailable,
    ChatStore,
    Clock,
    Commit,
    Committed,
    NotAllowedNow,
    Outcome,
    StoredChat,
    StoreUnavailable,
)

ATTEMPTS = 4
"""How often a step is worked out again when another gateway changed the chat in between."""

WIPED, EXPIRED, BY_COUNSELLOR = "wiped", "expired", "counsellor"
"""Why a chat is gone."""

_MOST_WIPED = 1000
_MOST_UNFORGOTTEN = 10_000

NewEvent = tuple[Sealed, dict[str, Any]]


class TooFast(Exception):
    """Too many calls. ``seconds`` is how long to wait, ``reason`` names a problem in the fixed texts."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


@dataclass(frozen=True)
class OpenChat:
    """A chat for the length of one call."""

    keys: ChatKeys
    stored: StoredChat = field(repr=False)
    notes: Notes = field(repr=False)


@dataclass(frozen=True)
class Step:
    """What one call changes: new notes, new events, and the result of the visitor's message, if it was one."""

    notes: Notes = field(repr=False)
    events: tuple[NewEvent, ...] = field(default=(), repr=False)
    result: dict[str, Any] | None = field(default=None, repr=False)
    activity: bool = False


class Room:
    """Opens chats in the store and keeps what only this process knows: locks and the engine's ids of live chats."""

    def __init__(self, store: ChatStore, bot: Bot, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._bot = bot
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._engine_ids: dict[str, str] = {}
        self._wiped: dict[str, str] = {}
        self._unforgotten: dict[str, None] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def create(self, token: str, notes: Notes, events: tuple[NewEvent, ...]) -> Times:
        """Begin the chat of this token, which is kept nowhere. Returns its times."""
        keys = ChatKeys.from_token(token)
        sealed = tuple(seal(keys, kind, payload) for kind, payload in events)
        stored = await self.store.create(keys, seal(keys, Sealed.NOTES, notes.as_dict()), sealed, self.clock.steady())
        self._engine_ids[keys.chat_id] = keys.engine_id
        return stored.times

    async def load(self, keys: ChatKeys) -> OpenChat:
        """The chat as it is. Raises ``ChatGone`` and then also lets the engine forget it."""
        try:
            stored = await self.store.load(keys, self.clock.steady())
            kind, values = unseal(keys, stored.notes)
        except (ChatGone, SealBroken):
            # Not awaited: an expired chat must not take longer to answer than one that never was.
            self._later(self.forget(keys.chat_id))
            raise ChatGone from None
        if kind is not Sealed.NOTES or not values:
            # The token of a talk opens no chat.
            raise ChatGone
        self._engine_ids[keys.chat_id] = keys.engine_id
        return OpenChat(keys, stored, Notes.from_dict(values))

    async def history(self, chat: OpenChat) -> tuple[NewEvent, ...]:
        """All events so far; one that was tampered with is left out."""
        found = await self.store.events(chat.keys, 0, self.clock.steady())
        events = []
        for _event_id, envelope in found:
            with suppress(SealBroken):
                events.append(unseal(chat.keys, envelope))
        return tuple(events)

    async def result(self, chat: OpenChat, tag: bytes) -> dict[str, Any] | None:
        """What was answered to this message before, or ``None``."""
        envelope = await self.store.result(chat.keys, tag, self.clock.steady())
        return None if envelope is None else _opened(chat.keys, envelope)

    async def commit(self, chat: OpenChat, step: Step, tag: bytes | None = None) -> tuple[Committed, dict[str, Any]]:
        """Store a step. Also returns the result as stored: of a duplicate that is the earlier one."""
        keys, bound = chat.keys, tag or NO_TAG
        committed = await self.store.commit(
            keys,
            Commit(
                version=chat.stored.version,
                notes=seal(keys, Sealed.NOTES, step.notes.as_dict()),
                events=tuple(seal(keys, kind, payload, bound) for kind, payload in step.events),
                tag=tag,
                result=seal(keys, Sealed.RESULT, step.result or {}, bound) if tag else b"",
                activity=step.activity,
                keep=step.notes.keep,
            ),
            self.clock.steady(),
        )
        return committed, _opened(keys, committed.result) if committed.result else {}

    async def change(self, keys: ChatKeys, work_out: Callable[[OpenChat], Step]) -> tuple[Step, Times]:
        """Load, work out and store, again when the chat changed in between."""
        for _ in range(ATTEMPTS):
            chat = await self.load(keys)
            step = work_out(chat)
            committed, _result = await self.commit(chat, step)
            if committed.outcome is Outcome.STORED:
                return step, committed.times or chat.stored.times
            if committed.outcome is Outcome.FULL:
                raise NotAllowedNow("chat-full")
        raise StoreUnavailable

    def lock(self, keys: ChatKeys) -> asyncio.Lock:
        """One turn at a time per chat: a message that is in flight makes the same and later ones wait."""
        lock = self._locks.get(keys.chat_id)
        if lock is None:
            lock = self._locks[keys.chat_id] = asyncio.Lock()
        return lock

    async def wipe(self, keys: ChatKeys, why: str = WIPED) -> None:
        """Everything of this chat is gone from the store and from the engine. Raises ``ChatGone``.

        ``why`` is the reason that an open stream of this process gives.
        """
        await self.store.wipe(keys, self.clock.steady())
        self._wiped[keys.chat_id] = why
        while len(self._wiped) > _MOST_WIPED:
            del self._wiped[next(iter(self._wiped))]
        self._engine_ids[keys.chat_id] = keys.engine_id
        await self.forget(keys.chat_id)
        log(Event.CHAT_WIPED)

    def why_gone(self, keys: ChatKeys) -> str:
        """Why a chat is gone: the reason of ``wipe`` when this process did it, otherwise it ran out of time."""
        return self._wiped.get(keys.chat_id, EXPIRED)

    async def forget(self, chat_id: str) -> None:
        """Let the engine forget a chat, if this process knows its id there. The engine's own expiry is the backstop."""
        engine_id = self._engine_ids.pop(chat_id, None)
        if engine_id is None:
            return
        await self._forget_in_engine(engine_id)

    async def _forget_in_engine(self, engine_id: str) -> bool:
        """False when the engine was away; ``sweep`` asks it again until it has forgotten."""
        try:
            await self._bot.forget(engine_id)
        except BotUnavailable:
            log(Event.FORGET_FAILED)
            if len(self._unforgotten) < _MOST_UNFORGOTTEN:
                self._unforgotten[engine_id] = None
            return False
        self._unforgotten.pop(engine_id, None)
        return True

    async def forget_again(self, keys: ChatKeys) -> None:
        """After a turn that was wiped while the engine worked on it: the engine may have kept it afterwards."""
        self._engine_ids[keys.chat_id] = keys.engine_id
        await self.forget(keys.chat_id)

    async def sweep(self) -> int:
        """Remove what has ended, here and in the engine. Returns how many chats."""
        for engine_id in tuple(self._unforgotten):
            if not await self._forget_in_engine(engine_id):
                break
        ended = await self.store.sweep(self.clock.steady())
        for chat_id in ended:
            await self.forget(chat_id)
        if ended:
            log(Event.CHATS_EXPIRED, count=len(ended))
        return len(ended)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def at(self, steady: float) -> datetime:
        """A moment of the steady clock as a moment for people, in whole seconds."""
        moment = self.clock.now() + timedelta(seconds=steady - self.clock.steady())
        return moment.replace(microsecond=0)


def _opened(keys: ChatKeys, envelope: bytes) -> dict[str, Any]:
    try:
        kind, payload = unseal(keys, envelope)
    except SealBroken:
        raise ChatGone from None
    if kind is not Sealed.RESULT:
        raise ChatGone
    return payload
