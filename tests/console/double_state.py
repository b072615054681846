"""What the double of the staff API remembers: people, chats, and what is said in them. For tests only."""

import itertools
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

CARD = {
    "role": "victim",
    "topics": ["partner_violence"],
    "region": "utrecht",
    "urgency": "urgent",
    "hope": "advice",
    "hope_text": None,
    "free_to_talk": "yes",
    "with_conversation": True,
    "code_word": None,
}
NAMES = ("bonte fluiter", "gouden linde", "gestreepte berk", "koperen wulp", "zilveren es", "groene reiger")
PASSWORD = "een goed lang wachtwoord"
CODE = "123456"


@dataclass
class Person:
    """Somebody who can log in."""

    id: str
    name: str
    display_name: str
    roles: tuple[str, ...] = ("counsellor",)
    regions: tuple[str, ...] = ("utrecht",)
    most: int = 2
    duty: dict[str, Any] | None = None


@dataclass
class Ticket:
    """One chat at the desk, with what is said in it."""

    id: str
    codename: str
    asked_at: float
    urgency: str = "normal"
    danger: bool = False
    flags: list[str] = field(default_factory=list)
    region: str | None = "utrecht"
    card: dict[str, Any] | None = field(default_factory=lambda: dict(CARD))
    phase: str = "waiting"
    holder: str | None = None
    returned: str | None = None
    away_at: float | None = None
    waits_at: float | None = None
    question: dict[str, Any] | None = None
    refused: str | None = None
    shadows: list[str] = field(default_factory=list)
    speaking: list[str] = field(default_factory=list)
    help: bool = False
    severe: bool = False
    warned: bool = False
    abuse_by: str | None = None
    ending: str | None = None
    elsewhere: bool = False
    events: list[dict[str, Any]] = field(default_factory=list)


class State:
    """Everything, behind one lock. ``version`` goes up with each change."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.version = 0
        self.people = {
            "s1": Person("s1", "sanne", "Sanne", ("counsellor",), most=4),
            "s2": Person("s2", "joke", "Joke", ("counsellor", "coordinator"), ("gelderland-midden",)),
            "s3": Person("s3", "piet", "Piet", ("piket",), ()),
            "s4": Person("s4", "beheer", "Beheer", ("administrator", "auditor"), ()),
        }
        self.sessions: dict[str, str] = {}
        self.tickets: dict[str, Ticket] = {}
        self.calls: list[tuple[str, str, Any]] = []
        self.canned = [
            {"id": "c1", "word": "welkom", "text": "Fijn dat je er bent. Neem de tijd."},
            {"id": "c2", "word": "veilig-nu", "text": "Ben je nu veilig? Ja of nee is genoeg."},
            {"id": "c3", "word": "verder", "text": "Wat zou je nu het meest helpen?"},
        ]
        self._numbers = itertools.count(1)

    def changed(self) -> None:
        """Something differs for somebody."""
        self.version += 1

    def on_duty(self, staff: str, status: str = "available", most: int | None = None) -> None:
        """Put somebody on duty."""
        with self.lock:
            person = self.people[staff]
            person.duty = {"status": status, "most": most or person.most, "pause_offered": False}
            self.changed()

    def waiting(self, waited: float = 0.0, **fields: Any) -> str:
        """Somebody joins the queue, ``waited`` seconds ago."""
        with self.lock:
            number = next(self._numbers)
            ticket = Ticket(f"t{number}", NAMES[(number - 1) % len(NAMES)], time.monotonic() - waited, **fields)
            self.tickets[ticket.id] = ticket
            self.changed()
            return ticket.id

    def talking(self, staff: str, lines: int = 0, **fields: Any) -> str:
        """A chat that ``staff`` is in the middle of."""
        with self.lock:
            ticket = self.waiting(**fields)
            found = self.tickets[ticket]
            found.holder, found.phase = staff, "talking"
            for number in range(lines):
                self.say(ticket, "visitor" if number % 2 == 0 else "bot", f"regel {number}", history=True)
            return ticket

    def change(self, ticket: str, **fields: Any) -> None:
        """Set fields of a ticket."""
        with self.lock:
            for name, value in fields.items():
                setattr(self.tickets[ticket], name, value)
            self.changed()

    def say(self, ticket: str, who: str, text: str, name: str | None = None, **fields: Any) -> None:
        """A line in a chat."""
        data = {"id": str(uuid.uuid4()), "from": who, "name": name, "text": text, "at": "2026-11-25T03:12:00+01:00"}
        self.event(ticket, "message", {**data, "history": False, "unredacted": False, **fields})

    def event(self, ticket: str, kind: str, data: dict[str, Any]) -> None:
        """Anything else in a chat, as the gateway writes it: the data come after the kind."""
        with self.lock:
            found = self.tickets[ticket]
            if kind == "message" and any(one["id"] == data["id"] for one in found.events):
                return
            number = len(found.events) + 1
            found.events.append({"ticket": ticket, "id": str(number), "kind": kind, **data, "n": number})
            if kind == "message" and not data.get("history"):
                found.waits_at = time.monotonic() if data["from"] == "visitor" else None
            self.changed()

    def end(self, ticket: str, ending: str) -> None:
        """The chat is over: nothing of it is left but how it ended."""
        with self.lock:
            found = self.tickets[ticket]
            found.phase, found.ending, found.card = "ended", ending, None
            found.events, found.shadows, found.question, found.waits_at, found.help = [], [], None, None, False
            self.changed()

    # --- what one person sees -------------------------------------------------------------------------------------

    def load(self, staff: str) -> int:
        """How much somebody has on their hands."""
        mine = [one for one in self.tickets.values() if one.holder == staff and one.phase != "ended"]
        return sum(2 if one.severe or one.danger else 1 for one in mine)

    def view(self, staff: str) -> dict[str, Any]:
        """The ``desk`` event."""
        with self.lock:
            me = self.people[staff]
            if me.duty is None:
                return {"me": None, "on_duty": [], "queue": [], "chats": [], "help": []}
            now = time.monotonic()
            on_duty = [self._person(one) for one in self.people.values() if one.duty]
            waiting = [one for one in self.tickets.values() if one.phase == "waiting"]
            rank = {"acute": 0, "unclear": 1, "urgent": 2}
            waiting.sort(key=lambda one: (not one.danger, rank.get(one.urgency, 3), one.asked_at))
            asking = [one for one in self.tickets.values() if one.help and one.holder not in (None, staff)]
            return {
                "me": {**self._person(me), "pause_offered": me.duty["pause_offered"]},
                "on_duty": [{**one, "regions": [], "skills": []} for one in on_duty],
                "queue": [self._card(one, me, now) for one in waiting],
                "chats": [self._chat(one, staff, now) for one in self.tickets.values() if self._part(one, staff)],
                "help": [
                    {"ticket": one.id, "codename": one.codename, "staff": one.holder, "name": self._name(one.holder)}
                    for one in asking
                ],
            }

    def lines(self, staff: str, after: dict[str, int]) -> list[dict[str, Any]]:
        """What is said in the chats that this person may read, after what they have."""
        with self.lock:
            found = [one for one in self.tickets.values() if self._part(one, staff) in ("holder", "shadow")]
            return [event for one in found for event in one.events if event["n"] > after.get(one.id, 0)]

    def _name(self, staff: str | None) -> str | None:
        return self.people[staff].display_name if staff else None

    def _person(self, person: Person) -> dict[str, Any]:
        duty = person.duty or {}
        named = {"staff": person.id, "name": person.display_name, "status": duty["status"]}
        return {**named, "load": self.load(person.id), "most": duty["most"]}

    def _known(self, ticket: Ticket) -> dict[str, Any]:
        names = ("codename", "urgency", "danger", "flags", "region", "card")
        return {"ticket": ticket.id, **{name: getattr(ticket, name) for name in names}}

    def why_not(self, ticket: Ticket, person: Person) -> str | None:
        """Why this person cannot take it."""
        if ticket.phase != "waiting":
            return "already-taken"
        duty = person.duty or {"status": "pause", "most": 0}
        if duty["status"] != "available":
            return "not-available"
        return "hands-full" if self.load(person.id) >= duty["most"] else None

    def _card(self, ticket: Ticket, me: Person, now: float) -> dict[str, Any]:
        waited = now - ticket.asked_at
        why = self.why_not(ticket, me)
        return {
            **self._known(ticket),
            "waited_seconds": int(waited),
            "elsewhere": ticket.elsewhere,
            "returned": ticket.returned,
            "level": 3 if ticket.danger else sum(waited >= step for step in (30, 60, 120)),
            "overdue": False,
            "may_claim": why is None,
            "why_not": why,
        }

    def _part(self, ticket: Ticket, staff: str) -> str | None:
        if ticket.holder == staff:
            return "holder"
        if staff in ticket.shadows:
            return "shadow"
        question = ticket.question
        return "invited" if question and question["staff"] == staff else None

    def _chat(self, ticket: Ticket, staff: str, now: float) -> dict[str, Any]:
        names = ("phase", "severe", "question", "refused", "help", "warned", "ending")
        return {
            **self._known(ticket),
            **{name: getattr(ticket, name) for name in names},
            "as": self._part(ticket, staff),
            "line": "away" if ticket.away_at is not None else "up",
            "away_seconds": int(now - ticket.away_at) if ticket.away_at is not None else 0,
            "waits_since_seconds": int(now - ticket.waits_at) if ticket.waits_at is not None else None,
            "shadows": [
                {"staff": one, "name": self._name(one), "speaks": one in ticket.speaking} for one in ticket.shadows
            ],
            "abuse_by_me": ticket.abuse_by == staff,
            "judge": ticket.abuse_by not in (None, staff) and staff in ticket.shadows,
        }
