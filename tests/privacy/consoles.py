"""Counsellors with open consoles, and what each of them got to see. Must know from the type of a marker who may see it.

A name, a number or an address with its cue is redacted, so no reader may see it unless the visitor sent it anyway. A
word that no rule knows passes redaction, so it may be seen by whom it was meant for, and by nobody else.
"""

import contextlib
import json
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx

from scripts.staff import DemoLogin
from tests.privacy.canary import Marker, Shape
from tests.privacy.encodings import Search
from tests.privacy.product import Product, until

CUES = {
    Shape.NAME: "mijn buurman heet {}",
    Shape.BSN: "mijn bsn is {}",
    Shape.PHONE: "bel me op {}",
    Shape.ADDRESS: "ik woon op {}",
    Shape.WORD: "ik hoor steeds {} hier",
}
VISITOR = "visitor"
_BEAT_SECONDS = 4.0


def sentence(marker: Marker) -> str:
    """The marker where redaction recognises it, if it is of a kind that can be recognised."""
    return CUES[marker.shape].format(marker.typed)


def unknown(markers: Iterable[Marker]) -> set[str]:
    """The needles that redaction cannot know."""
    return {marker.needle for marker in markers if marker.shape is Shape.WORD}


@dataclass
class Ledger:
    """What each reader may see and what came on their screen."""

    may: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def allow(self, needles: Iterable[str], *readers: str) -> None:
        """These readers may see these needles from now on."""
        needles = set(needles)
        for reader in readers:
            self.may[reader] |= needles

    def strange(self, reader: str, screen: bytes, needles: Iterable[str]) -> list[str]:
        """What is on a screen and was not meant for it, in whatever encoding."""
        found = Search(needles).find(screen)
        return sorted({f"{reader}: {hit.needle}" for hit in found if hit.needle not in self.may[reader]})

    def arrived(self, reader: str, screen: bytes) -> set[str]:
        """What was meant for a reader and did come: the proof that the screen was really read."""
        return {needle for needle in self.may[reader] if needle.encode("utf-8") in screen}


class Counsellor:
    """One person with a console: logs in, listens all the time, beats, and keeps whatever comes."""

    def __init__(self, product: Product, login: DemoLogin) -> None:
        self.name = login.name
        self.staff = ""
        self.cookies: list[str] = []
        self.view: dict[str, Any] = {"queue": [], "chats": []}
        self.lines: list[dict[str, Any]] = []
        self._answers: list[bytes] = []
        self._stream: list[bytes] = []
        self._login = login
        self._codes = product.staff.logins(login.name)
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._http = product.client(Origin=product.base, **{"X-Lichtpunt": "console"})
        self._listening = product.client()

    @property
    def screen(self) -> bytes:
        """All that this console got: answers and the whole stream."""
        return b"\n".join(self._answers) + b"\n" + b"".join(self._stream)

    def clear(self) -> None:
        """Begin with a blank screen."""
        self._answers, self._stream = [], []

    def call(self, method: str, path: str, *statuses: int, **parts: Any) -> httpx.Response:
        """One call of the console; what comes back is on the screen."""
        answer = self._http.request(method, f"/api/v1/staff{path}", **parts)
        self._answers.append(answer.content)
        assert not statuses or answer.status_code in statuses, f"{path.rpartition('/')[2]}: {answer.status_code}"
        return answer

    def begin(self) -> None:
        """Log in with a recovery code, go on duty and listen."""
        body = {"name": self.name, "password": self._login.password, "code": self._codes.pop()}
        self.call("POST", "/login", 200, json=body)
        self.cookies.append(self._http.cookies["lichtpunt"])
        self._listening.cookies.set("lichtpunt", self.cookies[-1])
        self._on_duty()
        self._threads = [threading.Thread(target=target, daemon=True) for target in (self._beat, self._listen)]
        for thread in self._threads:
            thread.start()
        until(lambda: self.view.get("me") is not None)

    def end(self) -> None:
        """Log out: off duty, and the stream ends. A later login of the same person may have done so already."""
        if self._over.is_set():
            return
        self._over.set()
        self.call("POST", "/logout", 204, 401)
        for thread in self._threads:
            thread.join(20)
        self._http.close()
        self._listening.close()

    def waiting(self) -> set[str]:
        """Tickets this person sees in the queue."""
        return {one["ticket"] for one in self.view["queue"]}

    def chat(self, ticket: str) -> dict[str, Any]:
        """How one of the own chats looks; empty when it is none."""
        return next((one for one in self.view["chats"] if one["ticket"] == ticket), {})

    def notices(self, before: set[str]) -> None:
        """Wait until a chat came into the queue since ``before``."""
        until(lambda: bool(self.waiting() - before))

    def sees(self, ticket: str, *phases: str) -> None:
        """Wait until one of the own chats is in one of these phases; ``gone`` when it is none of theirs."""
        until(lambda: self.chat(ticket).get("phase", "gone") in phases)

    def takes(self, before: set[str]) -> str:
        """Claim the chat that came into the queue since ``before``."""
        self.notices(before)
        (ticket,) = self.waiting() - before
        self.call("POST", f"/queue/{ticket}/claim", 200)
        return ticket

    def says(self, ticket: str, text: str, *statuses: int) -> None:
        """Write one message."""
        body = {"id": str(uuid.uuid4()), "text": text}
        self.call("POST", f"/chats/{ticket}/messages", *(statuses or (200,)), json=body)

    def closes(self, ticket: str) -> None:
        """End a chat that is still open, and wrap it up."""
        self.call("POST", f"/chats/{ticket}/end", 204, 404)
        self.call("POST", f"/chats/{ticket}/wrap-up", 204, 404, json={"role": "victim", "length": "10_30m"})

    def _on_duty(self) -> None:
        me = self.call("PUT", "/presence", 200, json={"status": "available", "most": 4}).json()["me"]
        self.staff = me["staff"]

    def _beat(self) -> None:
        while not self._over.wait(_BEAT_SECONDS):
            with contextlib.suppress(httpx.HTTPError, AssertionError):
                if self.call("POST", "/presence/beat").status_code == 409:
                    self._on_duty()

    def _listen(self) -> None:
        cursor = ""
        while not self._over.is_set():
            with contextlib.suppress(httpx.HTTPError):
                address = "/api/v1/staff/events"
                with self._listening.stream("GET", address, headers={"Last-Event-ID": cursor}) as answer:
                    cursor = self._read(answer, cursor)
            self._over.wait(0.2)

    def _read(self, answer: httpx.Response, cursor: str) -> str:
        rest, event = b"", ""
        with contextlib.suppress(httpx.HTTPError):
            for chunk in answer.iter_raw():
                self._stream.append(chunk)
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    name, _, value = line.decode("utf-8").partition(": ")
                    cursor = value if name == "id" else cursor
                    event = value if name == "event" else event
                    if name == "data":
                        self._take(event, json.loads(value))
        return cursor

    def _take(self, event: str, data: dict[str, Any]) -> None:
        if event == "desk":
            self.view = data
        elif event == "talk":
            self.lines.append(data)


@dataclass
class Consoles:
    """The two counsellors and the ledger."""

    one: Counsellor
    two: Counsellor
    ledger: Ledger = field(default_factory=Ledger)

    @classmethod
    def open(cls, product: Product) -> "Consoles":
        """Both are on duty."""
        people = [Counsellor(product, login) for login in product.staff.people]
        for person in people:
            person.begin()
        one, two = people
        return cls(one, two)

    @property
    def people(self) -> tuple[Counsellor, Counsellor]:
        return self.one, self.two

    def close(self) -> None:
        """Both go home."""
        for person in self.people:
            person.end()
