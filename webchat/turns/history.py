"""What was said with the bot, as a counsellor may read it when the visitor chose so. Must take nothing but words."""

from collections.abc import Iterable
from typing import Any

from bot.advice.vocabulary import ReplyKind
from webchat.chats import Sealed
from webchat.desk.talks import NewTalkEvent
from webchat.turns.room import NewEvent

MOST = 150
"""Older lines stay behind, so that the talk has room for the two of them."""

_UNSAID = frozenset({ReplyKind.REDACTION_NOTICE.value})


def history(events: Iterable[NewEvent]) -> tuple[NewTalkEvent, ...]:
    """The redacted words of the visitor and the words of the bot, without numbers, buttons and times.

    A button counts as the words on it. What a counsellor of an earlier time wrote is left out.
    """
    titles: dict[str, str] = {}
    lines: list[NewTalkEvent] = []
    for kind, data in events:
        if kind is Sealed.REPLY:
            titles |= {choice["payload"]: choice["title"] for choice in data["choices"]}
            if data["kind"] not in _UNSAID:
                lines.append(_line(data["id"], "bot", data["text"]))
        elif kind is Sealed.MESSAGE and data["from"] == "visitor":
            text = data["text"] if data["choice"] is None else titles.get(data["choice"])
            if text:
                lines.append(_line(data["id"], "visitor", text))
    return tuple(lines[-MOST:])


def _line(line_id: str, who: str, text: str) -> NewTalkEvent:
    data: dict[str, Any] = {
        "id": line_id,
        "from": who,
        "name": None,
        "text": text,
        "at": None,
        "history": True,
        "unredacted": False,
    }
    return Sealed.MESSAGE, data
