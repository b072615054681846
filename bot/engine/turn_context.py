"""What belongs to the turn that runs now: the chat's key and the gateway's view. Never stored, never logged.

Rasa hands neither to its stores nor to its actions, so they travel in a context variable of the request's task.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class TurnContext:
    """One request of the gateway: ``key`` (32 bytes) opens this chat's tracker; ``payload`` is its JSON body."""

    key: bytes
    message_id: str
    payload: dict[str, Any]
    answer: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] | None = None


current: ContextVar[TurnContext] = ContextVar("lichtpunt_turn")
