"""Talks to a real engine as the gateway does, and keeps the assessment between turns."""

import base64
import os
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.advice import danger, regions

AFTERNOON = "2026-11-24T15:00:00+01:00"
NIGHT = "2026-11-24T03:00:00+01:00"


@dataclass
class Answer:
    """One answer of the engine."""

    body: dict[str, Any]

    @property
    def kinds(self) -> list[str]:
        return [reply["kind"] for reply in self.body["replies"]]

    @property
    def text(self) -> str:
        return " ".join(reply["text"] for reply in self.body["replies"])

    @property
    def referrals(self) -> list[str]:
        """Ids in order over all replies, without a person in the chat."""
        return [one["id"] for reply in self.body["replies"] for one in reply["referrals"] if one["id"] != "handover"]

    @property
    def choices(self) -> list[str]:
        return [one["payload"] for reply in self.body["replies"] for one in reply["choices"]]

    @property
    def assessment(self) -> dict[str, Any]:
        return self.body["assessment"]


@dataclass
class Conversation:
    """A chat with the engine: ``says`` types, ``picks`` presses a button."""

    http: httpx.Client
    now: str = AFTERNOON
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)
    key: str = field(default_factory=lambda: base64.urlsafe_b64encode(os.urandom(32)).decode())
    assessment: dict[str, Any] = field(default_factory=dict)
    fixed: list[str] = field(default_factory=list)
    easy: bool | None = None

    def request(self, **changes: Any) -> dict[str, Any]:
        """The JSON of one turn as the gateway would send it."""
        body = {
            "sender": self.sender,
            "key": self.key,
            "id": str(uuid.uuid4()),
            "text": None,
            "choice": None,
            "now": self.now,
            "assessment": self.assessment,
            "fixed": self.fixed,
            "danger": None,
            "danger_shown": False,
            "region": None,
            "easy": self.easy,
        }
        return {**body, **changes}

    def says(self, text: str, **changes: Any) -> Answer:
        """Type a message; danger words and place are read first, as the gateway does."""
        found, place = danger.load().detect(text), regions.load().find(text)
        options = [{"label": one.label, "region_id": one.region_id} for one in place.options]
        read = {
            "text": text,
            "danger": {"level": found.level.value, "kinds": sorted(found.kinds)},
            "region": {"region_id": place.region_id, "options": options, "own": place.own},
        }
        return self._take(self.http.post("turn", json=self.request(**{**read, **changes})))

    def picks(self, payload: str) -> Answer:
        """Press a button, by its payload with the slash."""
        return self._take(self.http.post("turn", json=self.request(choice=payload.removeprefix("/"))))

    def opens(self) -> Answer:
        """The greeting."""
        return self._take(self.http.post("greet", json=self.request()))

    def _take(self, answer: httpx.Response) -> Answer:
        assert answer.status_code == 200, answer.status_code
        body = answer.json()
        self.assessment = body["assessment"]
        return Answer(body)
