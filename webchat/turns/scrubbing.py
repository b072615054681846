"""Redaction with the memory of one chat, between JSON and bot.advice. Must never give raw text back when it fails."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.advice.redaction import NameMemory, Redacted
from webchat.turns.knowledge import Scrubbed

FAILED_TEXT = "[bericht niet doorgegeven]"


class _Redactor(Protocol):
    def redact(self, text: str, memory: NameMemory | None) -> Redacted: ...


class MemoryScrubber:
    """A ``Scrubber`` on the project's own redactor."""

    def __init__(self, redactor: _Redactor) -> None:
        self._redactor = redactor

    def scrub(self, text: str, names: Mapping[str, Any] | None) -> Scrubbed:
        """The message without what identifies. Whatever goes wrong, nothing of the message comes back."""
        try:
            memory = NameMemory.from_dict(names) if names else None
            redacted = self._redactor.redact(text, memory)
            kept = redacted.memory.as_dict() if redacted.memory else None
        except Exception:  # noqa: BLE001 - on any error at all the raw text may not go on
            return Scrubbed(FAILED_TEXT, (), dict(names) if names else None, failed=True)
        if redacted.text.strip() == FAILED_TEXT:
            return Scrubbed(FAILED_TEXT, (), dict(names) if names else None, failed=True)
        return Scrubbed(redacted.text, tuple(redacted.kinds), kept)
