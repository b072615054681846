"""What visitors do at the desk in the states: ask for a person, begin, listen. Must go through the real API alone."""

import json
from collections.abc import Sequence
from typing import Any

from tests.privacy.canary import Marker, Shape
from tests.privacy.consoles import VISITOR, Consoles, Counsellor, sentence, unknown
from tests.privacy.product import until
from tests.privacy.walk import Walk

IN_A_CODE_WORD = {Shape.NAME: "ik ben {}"}
"""A code word has room for 40 characters; the other shapes are recognised by themselves."""


def card(marker: Marker | None = None, with_conversation: bool = False) -> dict[str, Any]:
    """A card for the desk, with the marker in both free texts."""
    filled: dict[str, Any] = {"role": "victim", "with_conversation": with_conversation}
    if marker is not None:
        filled["hope_text"] = sentence(marker)
        filled["code_word"] = IN_A_CODE_WORD.get(marker.shape, "{}").format(marker.typed)
    return {"card": filled}


def ask(walk: Walk, token: str, filled: dict[str, Any] | None = None) -> None:
    """Ask for a person; the answer shows the card."""
    walk.expect(walk.call("POST", "/chats/current/handover", token, shows=True, json=filled or card()), 202)


def talking(walk: Walk, person: Counsellor, filled: dict[str, Any] | None = None, token: str = "") -> tuple[str, str]:
    """A chat that this person has. Returns the visitor's token and the ticket."""
    token, before = token or walk.open(), person.waiting()
    ask(walk, token, filled)
    ticket = person.takes(before)
    walk.expect(walk.call("POST", "/chats/current/handover/accept", token), 204)
    return token, ticket


def hear(walk: Walk, token: str, wanted: str, times: int = 1) -> list[dict[str, Any]]:
    """The events of the chat from its beginning, until those of this name came so many times."""
    found: list[dict[str, Any]] = []
    last = 0

    def listen() -> bool:
        nonlocal last
        headers = {"Last-Event-ID": str(last)}
        answer = walk.call("GET", "/chats/current/events?wait=1", token, shows=True, headers=headers)
        for block in answer.text.split("\n\n"):
            parts = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and line[0] != ":")
            if "data" in parts:
                last = int(parts["id"])
                found.append({**json.loads(parts["data"]), "event": parts["event"]})
        return len([one for one in found if one["event"] == wanted]) >= times

    until(listen)
    return found


def agrees(walk: Walk, token: str) -> None:
    """Say yes to the one question that is asked."""
    (asked,) = [one for one in hear(walk, token, "consent") if one["event"] == "consent"]
    walk.expect(walk.call("POST", "/chats/current/consents", token, json={"id": asked["id"], "answer": "yes"}), 204)


def say(walk: Walk, desk: Consoles, token: str, markers: Sequence[Marker], *readers: Counsellor) -> None:
    """The visitor writes; what redaction cannot know is for these readers, and back on the visitor's own screen."""
    desk.ledger.allow(unknown(markers), VISITOR, *(reader.name for reader in readers))
    for marker in markers:
        walk.expect(walk.say(token, sentence(marker)), 200)


def reads(reader: Counsellor, ticket: str, messages: int) -> None:
    """Wait until so many messages of this chat came on this console."""
    until(lambda: sum(one["ticket"] == ticket and one["kind"] == "message" for one in reader.lines) >= messages)
