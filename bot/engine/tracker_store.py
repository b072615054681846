"""Keeps what Rasa must remember of a chat: encrypted, compact, with an end. Never a word that was typed.

Rasa's own Redis store keeps all text without an end, blocks the event loop and grows with every turn
(rasa 3.6.21, core/tracker_store.py). This one stores, per chat, the slots of ``DialogueMemory``, the intents and
action names of the last turns, and the last answer, so that a retry of the same message does not run twice.
"""

import json
import os
import secrets
from collections.abc import Iterable
from typing import Any

import redis.asyncio as redis
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.advice.memory import DialogueMemory
from bot.engine.turn_context import current

KEPT_TURNS = 4
"""Rules look at the running turn only; four turns are more than any policy here needs."""

LIFETIME_SECONDS = 4 * 3600
"""Backstop. The gateway empties a chat at its end; nothing outlives the hard end of a chat (DESIGN §7)."""

LIFETIME_SPREAD = 3600
"""Up to so many seconds less, by chance: an exact end would tell when the last turn was, and the chats' own store
tells that too, so that a copy of both could be joined."""

_PADDED_TO = 512


class PrivateTrackerStore(TrackerStore):
    """A tracker store on Redis that holds ciphertext under the key that comes with each turn."""

    def __init__(self, host: str, domain: Domain | None = None, event_broker: Any = None, **_: Any) -> None:
        """``host`` is a Redis URL (``unix:///…`` or ``redis://…``), as Rasa passes the endpoint's ``url``."""
        super().__init__(domain, event_broker)
        self._redis = redis.Redis.from_url(host, protocol=2, socket_timeout=2, retry_on_timeout=False)

    async def ping(self) -> None:
        """Raise ``redis.RedisError`` when Redis does not answer."""
        await self._redis.ping()

    async def settings(self) -> dict[str, str]:
        """The running server's ``save`` and ``appendonly``, for the start check."""
        found = {**await self._redis.config_get("save"), **await self._redis.config_get("appendonly")}
        return {_text(name): _text(value) for name, value in found.items()}

    async def load(self, sender_id: str) -> dict[str, Any] | None:
        """Read a chat's record into the turn's context, so that one turn reads Redis once."""
        context = current.get()
        stored = await self._redis.get(_name(sender_id))
        context.record = _open(context.key, sender_id, stored) if stored else None
        return context.record

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rebuild the tracker. ``None`` for a new chat, and for a record that its key does not open.

        A record under another key is of no use to anyone; the chat goes on with a fresh memory.
        """
        record = current.get().record or await self.load(sender_id)
        if record is None:
            return None
        return DialogueStateTracker.from_events(
            sender_id, self._events(record), slots=self.domain.slots, domain=self.domain
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store slots, intents and action names; the rest of the tracker is dropped here."""
        context = current.get()
        record = {
            "slots": DialogueMemory.from_slots(tracker.current_slot_values()).as_slots(),
            "turns": _turns(
                tracker.events, frozenset(self.domain.intents), frozenset(self.domain.action_names_or_texts)
            ),
            "last": {"id": context.message_id, "answer": context.answer},
        }
        sealed = _seal(context.key, tracker.sender_id, record)
        await self._redis.set(_name(tracker.sender_id), sealed, ex=_lifetime())

    async def delete(self, sender_id: str) -> None:
        """Forget a chat at once."""
        await self._redis.unlink(_name(sender_id))

    async def keys(self) -> Iterable[str]:
        """The ids of the chats that are kept. Rasa's interface asks for it; nothing here uses it."""
        return [_text(name).removeprefix("tracker:") async for name in self._redis.scan_iter("tracker:*")]

    def _events(self, record: dict[str, Any]) -> list[Event]:
        events: list[Event] = [
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(),
            ActionExecuted(ACTION_LISTEN_NAME),
        ]
        for intent, actions in record["turns"]:
            events.append(UserUttered(None, {"name": intent, "confidence": 1.0}))
            events.extend(ActionExecuted(action) for action in actions)
        slots = DialogueMemory.from_slots(record["slots"]).as_slots()
        events.extend(SlotSet(name, value) for name, value in slots.items())
        return events


def _turns(events: Iterable[Event], intents: frozenset[str], actions: frozenset[str]) -> list[list[Any]]:
    """``[[intent, [action, …]], …]`` of the last turns; names outside the closed lists are dropped."""
    turns: list[list[Any]] = []
    for event in events:
        if isinstance(event, UserUttered):
            name = event.intent_name
            turns.append([name if name in intents else None, []])
        elif isinstance(event, ActionExecuted) and turns and event.action_name in actions:
            turns[-1][1].append(event.action_name)
    return [turn for turn in turns if turn[0]][-KEPT_TURNS:]


def _lifetime() -> int:
    return LIFETIME_SECONDS - secrets.randbelow(LIFETIME_SPREAD)


def _name(sender_id: str) -> str:
    return f"tracker:{sender_id}"


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _seal(key: bytes, sender_id: str, record: dict[str, Any]) -> bytes:
    plain = json.dumps(record, separators=(",", ":")).encode()
    # Length leaks what was talked about; blocks hide it.
    plain += b" " * (-len(plain) % _PADDED_TO)
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, sender_id.encode())


def _open(key: bytes, sender_id: str, sealed: bytes) -> dict[str, Any] | None:
    try:
        plain = AESGCM(key).decrypt(sealed[:12], sealed[12:], sender_id.encode())
    except (InvalidTag, ValueError):
        return None
    record: dict[str, Any] = json.loads(plain)
    return record
