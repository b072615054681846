"""A chat at the desk: where it is between the first request and the last wrap-up. Must hold nothing that was said.

What the visitor chose to show is inside ``card``, encrypted; its key and that of the conversation are sealed to
those on duty. Times are seconds of the steady clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.advice.vocabulary import Urgency


class Phase(StrEnum):
    """Where a ticket is. ``CALLED``: a counsellor has it and the visitor is asked whether to begin now."""

    WAITING = "waiting"
    CALLED = "called"
    TALKING = "talking"
    ENDED = "ended"


class Ending(StrEnum):
    """How it ended, as the counsellor sees it."""

    EXIT = "exit"
    GOODBYE = "goodbye"
    CLOSED = "closed"
    LINE_LOST = "line_lost"
    COUNSELLOR = "counsellor"
    TO_BOT = "to_bot"
    ABUSE = "abuse"
    EXPIRED = "expired"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


class Returned(StrEnum):
    """Why it waits again."""

    COLLEAGUE_GONE = "colleague_gone"
    NOT_ACCEPTED = "not_accepted"
    HANDED_BACK = "handed_back"
    TRANSFERRED = "transferred"


class Ask(StrEnum):
    """What the visitor is asked to agree to."""

    TRANSFER = "transfer"
    SHADOW = "shadow"
    TO_BOT = "to_bot"


@dataclass(frozen=True)
class Question:
    """Something that needs a yes of the visitor. ``staff`` is who would come, ``region`` where it would go.

    A transfer or a shadow is asked of the colleague first (``agreed`` is false until they said yes).
    """

    id: str
    kind: Ask
    by: str
    staff: str | None = None
    region: str | None = None
    agreed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return {**vars(self), "kind": self.kind.value}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Question":
        """Read ``as_dict`` back."""
        return cls(**{**values, "kind": Ask(values["kind"])})


@dataclass(frozen=True)
class Seals:
    """Keys for one counsellor, each sealed (HPKE) to the public key of their session, as base64url."""

    card: str = field(repr=False)
    talk: str = field(repr=False)


@dataclass(frozen=True)
class Ticket:
    """One visitor at the desk. ``seals`` is keyed by the session of the counsellor.

    ``asked_at`` orders the queue and widens the circle; ``unanswered`` is since when the visitor waits for words.
    """

    id: str
    urgency: Urgency
    asked_at: float
    seen: float
    card: str = field(default="", repr=False)
    danger: bool = False
    flags: tuple[str, ...] = ()
    region: str | None = None
    wishes: tuple[str, ...] = ()
    phase: Phase = Phase.WAITING
    holder: str | None = None
    held_at: float | None = None
    unanswered: float | None = None
    returned: Returned | None = None
    misses: int = 0
    shadows: tuple[str, ...] = ()
    speaking: tuple[str, ...] = ()
    question: Question | None = None
    refused: str | None = None
    help: bool = False
    severe: bool = False
    warned: bool = False
    abuse_by: str | None = None
    ending: Ending | None = None
    ended_at: float | None = None
    seals: Mapping[str, Seals] = field(default_factory=dict, repr=False)

    @property
    def is_over(self) -> bool:
        """Nothing can be said in it any more."""
        return self.phase is Phase.ENDED

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return {
            **vars(self),
            "urgency": self.urgency.value,
            "phase": self.phase.value,
            "returned": self.returned.value if self.returned else None,
            "question": self.question.as_dict() if self.question else None,
            "ending": self.ending.value if self.ending else None,
            "seals": {session: [seals.card, seals.talk] for session, seals in self.seals.items()},
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Ticket":
        """Read ``as_dict`` back."""
        read = dict(values)
        for name in ("flags", "wishes", "shadows", "speaking"):
            read[name] = tuple(values[name])
        read["urgency"] = Urgency(values["urgency"])
        read["phase"] = Phase(values["phase"])
        read["returned"] = Returned(values["returned"]) if values["returned"] else None
        read["question"] = Question.from_dict(values["question"]) if values["question"] else None
        read["ending"] = Ending(values["ending"]) if values["ending"] else None
        read["seals"] = {session: Seals(*pair) for session, pair in values["seals"].items()}
        return cls(**read)
