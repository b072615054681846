"""What the gateway may log: named events with allow-listed fields. Must not let text, ids, addresses or URLs through.

Lines of libraries lose their message: only the logger, the place in the code and the kind of error remain.
"""

import logging
import re
import sys
import warnings
from enum import StrEnum
from typing import TextIO

_OWN = logging.getLogger("webchat")
_SAFE_WORD = re.compile(r"[A-Za-z0-9_.:-]{1,60}")

FIELDS = frozenset({"kind", "state", "status", "duration_ms", "count", "error", "place", "reason", "answer", "port"})
"""The only fields an event may have; docs/privacy.md has a line for each event."""


class Event(StrEnum):
    """Everything that is ever logged by our own code."""

    STARTED = "started"
    STOPPED = "stopped"
    CHAT_OPENED = "chat_opened"
    CHAT_WIPED = "chat_wiped"
    CHATS_EXPIRED = "chats_expired"
    TURN = "turn"
    BOT_FAILED = "bot_failed"
    FORGET_FAILED = "forget_failed"
    REDACTION_FAILED = "redaction_failed"
    STORE_FAILED = "store_failed"
    STORE_NEARLY_FULL = "store_nearly_full"
    STORE_SETTING_UNKNOWN = "store_setting_unknown"
    LIMITED = "limited"
    FEEDBACK = "feedback"
    INTERNAL_ERROR = "internal_error"


def log(event: Event, level: int = logging.INFO, **fields: str | float | bool) -> None:
    """Log one event. A field that is not in ``FIELDS`` or not a plain word or number is left out."""
    safe = {name: value for name, value in fields.items() if name in FIELDS and _is_plain(value)}
    _OWN.log(level, event.value, extra={"event_fields": safe})


def error_place(error: BaseException) -> str:
    """Where an error came from, as ``module:line``; never its message."""
    trace = error.__traceback__
    place = "unknown"
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place[-60:]


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and bool(_SAFE_WORD.fullmatch(value)))


class EventFormatter(logging.Formatter):
    """Writes our own events with their fields and, of anything else, only where it came from."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; the message, the arguments and the traceback of a foreign record are never read."""
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        fields = getattr(record, "event_fields", None)
        if record.name == _OWN.name and isinstance(fields, dict):
            rest = "".join(f" {name}={value}" for name, value in fields.items())
            return f"{stamp} {record.levelname} {record.msg}{rest}"
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "-"
        place = f"{record.module}:{record.lineno}"
        return f"{stamp} {record.levelname} library logger={record.name} at={place} error={error}"


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send all logging of the process through ``EventFormatter``; ``stream`` is stderr by default."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(EventFormatter())
    root = logging.getLogger()
    for old in tuple(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio", "httpx", "httpcore", "redis"):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
    logging.captureWarnings(True)
    warnings.simplefilter("default")
