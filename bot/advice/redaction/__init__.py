"""Removes what identifies somebody from Dutch chat text. Must not log, keep or send any text.

``load()`` gives a ``Redactor``; ``Redactor.redact(text, memory)`` gives a ``Redacted``.
"""

from bot.advice.redaction.hints import document as shared_rules
from bot.advice.redaction.memory import NameMemory
from bot.advice.redaction.redactor import REFUSED, Redacted, Redactor, load

__all__ = ["REFUSED", "NameMemory", "Redacted", "Redactor", "load", "shared_rules"]
