"""One visitor after another, typing markers. Must keep every answer, so that it can be searched too."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.privacy.canary import Marker
from tests.privacy.consoles import VISITOR, Consoles
from tests.privacy.product import Product

MANY = 8
"""Messages of one chat before the next one is opened."""


@dataclass
class Walk:
    """One visitor after another. ``answers`` holds every answer as text, ``tokens`` every token ever given.

    ``shown`` holds the answers in which visitors read their own words back, redacted; ``codes`` the spoken codes.
    """

    product: Product
    answers: list[bytes] = field(default_factory=list)
    shown: list[bytes] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    statuses: dict[str, set[int]] = field(default_factory=dict)
    state: str = ""
    http: httpx.Client = field(init=False)
    _desk: Consoles | None = None

    @property
    def desk(self) -> Consoles:
        """The counsellors; they come on duty when they are first needed."""
        if self._desk is None:
            self._desk = Consoles.open(self.product)
        return self._desk

    @property
    def screens(self) -> dict[str, bytes]:
        """What each reader got to see that is meant to hold words."""
        people = self._desk.people if self._desk else ()
        return {VISITOR: b"\n".join(self.shown), **{person.name: person.screen for person in people}}

    def clear(self) -> None:
        """Begin with blank screens, and with nothing that is meant for anybody."""
        self.shown = []
        if self._desk is not None:
            self._desk.ledger.may.clear()
            for person in self._desk.people:
                person.clear()

    def secrets(self) -> list[str]:
        """Every token, code and cookie that was given out."""
        people = self._desk.people if self._desk else ()
        return [*self.tokens, *self.codes, *(cookie for person in people for cookie in person.cookies)]

    def close(self) -> None:
        """Everybody goes."""
        if self._desk is not None:
            self._desk.close()
        self.http.close()

    def __post_init__(self) -> None:
        self.http = self.product.client()

    def call(
        self, method: str, path: str, token: str | None = None, shows: bool = False, **parts: Any
    ) -> httpx.Response:
        """One request. What comes back is kept with its headers; a new token is not, since it must be shown once.

        With ``shows`` the answer is meant to hold what is left of the visitor's own words.
        """
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **parts.pop("headers", {})}
        answer = self.http.request(method, f"/api/v1{path}", headers=headers, **parts)
        self.statuses.setdefault(self.state, set()).add(answer.status_code)
        kept = self.shown if shows else self.answers
        kept.append(repr(answer.headers.multi_items()).encode() + answer.content)
        return answer

    def open(self) -> str:
        """The token of a new chat."""
        opened = self.http.post("/api/v1/chats", json={})
        assert opened.status_code == 201, opened.status_code
        token: str = opened.json()["token"]
        self.tokens.append(token)
        return token

    def say(self, token: str, text: str, **parts: Any) -> httpx.Response:
        """Send one message."""
        return self.call(
            "POST", "/chats/current/messages", token, json={"id": str(uuid.uuid4()), "text": text, **parts}
        )

    def expect(self, answer: httpx.Response, *statuses: int) -> None:
        """The state is only the one meant when it answers as it should."""
        assert answer.status_code in statuses, f"{self.state}: {answer.status_code} instead of {statuses}"

    def refused(self, answer: httpx.Response) -> None:
        """Not possible, whatever the reason: with and without a console the same call is refused in other words."""
        assert 400 <= answer.status_code < 500, f"{self.state}: {answer.status_code} is no refusal"


def has_card(answer: httpx.Response) -> bool:
    return any(reply["kind"] == "emergency" for reply in answer.json()["replies"])


State = Callable[[Walk, Sequence[Marker]], None]


def sentences(walk: Walk, markers: Sequence[Marker], *forms: str, status: int = 200) -> None:
    """Type each marker in one of the forms, a few in each chat, and leave the chats open."""
    token = ""
    for place, marker in enumerate(markers):
        token = walk.open() if place % MANY == 0 else token
        walk.expect(walk.say(token, forms[place % len(forms)].format(marker.typed)), status)


def wipe_all(walk: Walk) -> None:
    """Wipe every chat that still lives."""
    for token in walk.tokens:
        walk.http.delete("/api/v1/chats/current", headers={"Authorization": f"Bearer {token}"})
