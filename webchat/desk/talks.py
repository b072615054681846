"""The conversation between a visitor and a person, under its own key. Must not be readable with the visitor's bot key.

A talk is stored like a chat, under a token of its own that the visitor's notes hold and that is sealed to the
counsellor. So it has the same lifetimes, the same atomic step and the same way of being wiped.
"""

from dataclasses import dataclass, field
from typing import Any

from webchat.chats import ChatGone, ChatKeys, SealBroken, Sealed, new_token, seal, unseal
from webchat.ports import ChatStore, Clock, Commit, NotAllowedNow, Outcome, StoreUnavailable

ATTEMPTS = 8

NewTalkEvent = tuple[Sealed, dict[str, Any]]


@dataclass(frozen=True)
class TalkEvent:
    """One thing in the conversation; ids are 1, 2, 3, …"""

    id: int
    kind: Sealed
    data: dict[str, Any] = field(repr=False)


class Talks:
    """All talks. Methods that name one raise ``ChatGone`` when it was wiped, and ``StoreUnavailable``."""

    def __init__(self, store: ChatStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def begin(self, events: tuple[NewTalkEvent, ...] = ()) -> str:
        """A new talk that starts with ``events`` (what the visitor lets the counsellor read). Returns its token."""
        token = new_token()
        keys = ChatKeys.from_token(token)
        sealed = tuple(seal(keys, kind, data) for kind, data in events)
        await self._store.create(keys, seal(keys, Sealed.NOTES, {}), sealed, self._clock.steady())
        return token

    async def add(self, token: str, *events: NewTalkEvent, once: str | None = None, activity: bool = True) -> bool:
        """Append; with ``once`` a second call with the same word does nothing and returns False.

        Raises ``NotAllowedNow`` when the talk is full.
        """
        keys = ChatKeys.from_token(token)
        tag = keys.tag(once) if once is not None else None
        sealed = tuple(seal(keys, kind, data) for kind, data in events)
        for _ in range(ATTEMPTS):
            stored = await self._store.load(keys, self._clock.steady())
            done = await self._store.commit(
                keys,
                Commit(stored.version, stored.notes, sealed, tag, seal(keys, Sealed.RESULT, {}), activity),
                self._clock.steady(),
            )
            if done.outcome in (Outcome.STORED, Outcome.DUPLICATE):
                return done.outcome is Outcome.STORED
            if done.outcome is Outcome.FULL:
                raise NotAllowedNow("chat-full")
        raise StoreUnavailable

    async def read(self, token: str, after: int) -> tuple[TalkEvent, ...]:
        """What came after the event ``after``, in order; one that was tampered with is left out."""
        keys = ChatKeys.from_token(token)
        found = await self._store.events(keys, after, self._clock.steady())
        opened = (_opened(keys, event_id, envelope) for event_id, envelope in found)
        return tuple(event for event in opened if event is not None)

    async def seen(self, token: str) -> None:
        """Somebody has this talk open, so it may not expire for want of a line."""
        await self._store.seen(ChatKeys.from_token(token), self._clock.steady())

    async def changed(self, token: str, after: int, seconds: float) -> None:
        """Return when there may be more than ``after``, or the talk may be gone, or ``seconds`` passed."""
        await self._store.changed(ChatKeys.from_token(token), after, seconds)

    async def wipe(self, token: str) -> None:
        """All of it is gone at once; nothing happens when it was gone already."""
        try:
            await self._store.wipe(ChatKeys.from_token(token), self._clock.steady())
        except ChatGone:
            return


def _opened(keys: ChatKeys, event_id: int, envelope: bytes) -> TalkEvent | None:
    try:
        kind, data = unseal(keys, envelope)
    except SealBroken:
        return None
    return TalkEvent(event_id, kind, data)
