"""What the use cases need from the outside: a bot, a store, a desk and a clock. Must not know who provides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.advice.assessment import Assessment
from webchat.chats import ChatGone, ChatKeys, Times

__all__ = [
    "Bot",
    "BotReply",
    "BotTurn",
    "BotUnavailable",
    "ChatGone",
    "ChatStore",
    "Clock",
    "CodeStore",
    "Commit",
    "Committed",
    "DeskStore",
    "Effect",
    "NotAllowedNow",
    "Outcome",
    "QuestionRow",
    "QuestionStore",
    "StoreUnavailable",
    "StoredChat",
]


class NotAllowedNow(Exception):
    """The call is right but not possible at this moment. ``reason`` names a problem in the fixed texts."""

    def __init__(self, reason: str, replies: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.replies = replies


class BotUnavailable(Exception):
    """The engine did not answer, answered too late, or with nothing that can be shown."""


class StoreUnavailable(Exception):
    """Nothing was stored and nothing may be acknowledged. ``replies`` can be shown in the meantime."""

    def __init__(self, replies: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__("store unavailable")
        self.replies = replies


class Effect(StrEnum):
    """What the engine asks the gateway to do beside showing its replies."""

    HANDOVER = "handover"
    WIPE = "wipe"
    STOP = "stop"
    EASY_ON = "easy_on"
    EASY_OFF = "easy_off"


@dataclass(frozen=True)
class BotTurn:
    """One message on its way to the engine: redacted text or a choice, never both, never raw."""

    message_id: str
    text: str | None
    choice: str | None
    now: datetime
    assessment: Assessment
    fixed: tuple[str, ...] = ()
    danger_level: str = "none"
    danger_kinds: tuple[str, ...] = ()
    danger_shown: bool = False
    region: Mapping[str, Any] | None = None
    easy: bool = False


@dataclass(frozen=True)
class BotReply:
    """What the engine says back. ``replies`` is never empty; referrals in it are ids with a reason."""

    replies: tuple[dict[str, Any], ...]
    assessment: Assessment
    effect: Effect | None = None


class Bot(Protocol):
    """The engine. Every method raises ``BotUnavailable``, also when there is nothing to show."""

    async def greet(self, keys: ChatKeys, turn: BotTurn) -> BotReply:
        """The first words of a chat."""
        ...

    async def answer(self, keys: ChatKeys, turn: BotTurn) -> BotReply:
        """The answer to one message; the same message id gives the same answer."""
        ...

    async def forget(self, engine_id: str) -> None:
        """Remove all the engine has of this chat, also when it has nothing."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True)
class StoredChat:
    """What a store gives back: sealed notes, their version, the times and the id of the last event."""

    notes: bytes = field(repr=False)
    version: int
    times: Times
    last_event: int


@dataclass(frozen=True)
class Commit:
    """What one step adds, all of it or nothing. ``version`` is that of the notes it was worked out from.

    From a step with ``keep`` on only the hard end of the chat counts, until a step without it.
    """

    version: int
    notes: bytes = field(repr=False)
    events: tuple[bytes, ...] = field(default=(), repr=False)
    tag: bytes | None = field(default=None, repr=False)
    result: bytes = field(default=b"", repr=False)
    activity: bool = False
    keep: bool = False


class Outcome(StrEnum):
    """How a commit ended."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    FULL = "full"


@dataclass(frozen=True)
class Committed:
    """``result`` is what was stored for the tag: the new result, or the old one when it is a duplicate."""

    outcome: Outcome
    result: bytes = field(default=b"", repr=False)
    times: Times | None = None


class ChatStore(Protocol):
    """Keeps sealed chats until they end. Knows no keys and no text; ``now`` is the steady clock in seconds.

    All methods raise ``StoreUnavailable``; those that name a chat raise ``ChatGone`` when it is unknown, the
    authenticator is wrong or ``Times.gone`` has passed. Event ids are 1, 2, 3, … per chat without gaps.
    """

    async def create(self, keys: ChatKeys, notes: bytes, events: tuple[bytes, ...], now: float) -> StoredChat:
        """Begin a chat."""
        ...

    async def load(self, keys: ChatKeys, now: float) -> StoredChat:
        """The chat as it is."""
        ...

    async def result(self, keys: ChatKeys, tag: bytes, now: float) -> bytes | None:
        """The result stored for a message, or ``None``."""
        ...

    async def commit(self, keys: ChatKeys, commit: Commit, now: float) -> Committed:
        """Append and remember in one atomic step.

        A known tag changes nothing (``DUPLICATE``), nor does another version (``CONFLICT``) or passing
        ``MOST_EVENTS`` (``FULL``).
        """
        ...

    async def seen(self, keys: ChatKeys, now: float) -> None:
        """A stream of this chat is open at ``now``."""
        ...

    async def events(self, keys: ChatKeys, after: int, now: float) -> tuple[tuple[int, bytes], ...]:
        """The events with an id above ``after``, in order."""
        ...

    async def changed(self, keys: ChatKeys, after: int, seconds: float) -> None:
        """Return as soon as there may be events above ``after``, or the chat may be gone, or ``seconds`` passed."""
        ...

    async def wipe(self, keys: ChatKeys, now: float) -> None:
        """Remove all of the chat at once."""
        ...

    async def sweep(self, now: float) -> tuple[str, ...]:
        """Remove the chats whose end has passed; returns their chat ids."""
        ...

    async def put_ticket(self, ticket_hash: str, now: float) -> None:
        """Make a feedback ticket valid; it stays so for ``LEFT_SECONDS``."""
        ...

    async def take_ticket(self, ticket_hash: str, now: float) -> bool:
        """Use a ticket up. True the first time, False for one that is unknown, used or too old."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class DeskStore(Protocol):
    """Keeps the one sealed state of the desk. Knows no keys. All methods raise ``StoreUnavailable``."""

    async def load(self, known: int) -> tuple[int, bytes] | None:
        """The version and the sealed state, ``(0, b"")`` at first; ``None`` when the version still is ``known``."""
        ...

    async def swap(self, version: int, sealed: bytes, loud: bool) -> bool:
        """Put a new state when the version still is ``version``. A ``loud`` one wakes those who wait in ``changed``."""
        ...

    async def changed(self, version: int, seconds: float) -> None:
        """Return as soon as there may be a louder state than ``version``, or ``seconds`` passed."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class CodeStore(Protocol):
    """Keeps what belongs to a spoken code, closed under that code. All methods raise ``StoreUnavailable``."""

    async def put(self, code_id: str, closed: bytes, seconds: float, now: float) -> None:
        """Keep it for so many seconds of the steady clock."""
        ...

    async def take(self, code_id: str, now: float) -> bytes | None:
        """Use a code up; ``None`` for one that is unknown, used or too old."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True)
class QuestionRow:
    """A question for the next shift as it rests: sealed, with the public key that its answer is sealed to.

    ``asked`` and ``until`` are Unix seconds of the wall clock, since it may outlive a restart.
    """

    id: str
    code_id: str
    region: str | None
    asked: float
    until: float
    question: bytes = field(repr=False)
    public: bytes = field(repr=False)
    answer: bytes | None = field(repr=False)


class QuestionStore(Protocol):
    """Keeps sealed questions until they are too old. All methods raise ``NotAllowedNow`` when the database is away."""

    async def add(self, row: QuestionRow) -> None:
        """Keep a new question."""
        ...

    async def open(self, now: float) -> tuple[QuestionRow, ...]:
        """Those without an answer that are not too old."""
        ...

    async def find(self, code_id: str, now: float) -> QuestionRow | None:
        """The question of a code."""
        ...

    async def answer(self, question_id: str, sealed: bytes) -> bool:
        """Put the answer. False when it is gone or has one."""
        ...

    async def remove(self, code_id: str) -> None:
        """Remove question and answer."""
        ...

    async def sweep(self, now: float) -> None:
        """Remove those that are too old."""
        ...


class Clock(Protocol):
    """Time. Lifetimes are measured on ``steady``, which a change of the wall clock does not move."""

    def now(self) -> datetime:
        """The wall clock, aware, for people and opening hours."""
        ...

    def steady(self) -> float:
        """Seconds that only go forward; about Unix time at the start of the process."""
        ...
