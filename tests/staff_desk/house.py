"""A desk on memory adapters with counsellors who call the real routes and visitors who make the real moves.

The visitors here do what the visitor's side promises the console, and no more.
"""

import asyncio
import json
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI

from bot.advice import directory, fixed_texts
from bot.advice.vocabulary import Urgency
from webchat.adapters.clocks import MovableClock
from webchat.adapters.memory_desk import MemoryDeskStore
from webchat.adapters.memory_store import MemoryStore
from webchat.api.problems import Problems
from webchat.api.staff.desk_routes import build_desk_cases, router
from webchat.api.staff.guard import Guard
from webchat.api.staff.routes import PREFIX
from webchat.chats import Sealed
from webchat.desk import DeskRoom, Talks
from webchat.handover import visitor_moves
from webchat.handover.envelopes import close_card, new_key, seal_to
from webchat.handover.people import Status
from webchat.handover.tickets import Ending, Seals, Ticket
from webchat.staff import codename, warning
from webchat.staff.audit import AuditAction, AuditResult
from webchat.staff.console_stream import ConsoleEvent
from webchat.staff.ports import Account
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session
from webchat.staff.snapshot import Cards
from webchat.staff.wrapup import Counts

NIGHT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SECRET = b"a secret of the installation for tests"
ORIGIN = "http://localhost"
CARD = {"role": "victim", "hope": "advice"}


@cache
def texts() -> fixed_texts.FixedTexts:
    organisations = directory.load()
    return fixed_texts.load(lambda name: organisations.get(name).phone)


class Record:
    """An audit log that only remembers."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, AuditAction, AuditResult]] = []

    async def record(self, account_id: str, action: AuditAction, result: AuditResult = AuditResult.DONE) -> None:
        self.rows.append((account_id, action, result))

    def of(self, account_id: str) -> list[AuditAction]:
        return [action for who, action, _result in self.rows if who == account_id]


class MemoryCounts:
    """A ``CountStore`` of one dictionary; ``added`` are the single calls."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, str, str], int] = {}
        self.added: list[dict[tuple[str, str], int]] = []
        self.failing: Exception | None = None

    async def add(self, quarter: str, cells: Any) -> None:
        if self.failing is not None:
            raise self.failing
        self.added.append(dict(cells))
        for (code, value), number in cells.items():
            self.cells[quarter, code, value] = self.cells.get((quarter, code, value), 0) + number


class OpenSessions:
    """The part of ``Sessions`` that a guard and a stream need."""

    def __init__(self) -> None:
        self.by_cookie: dict[str, Session] = {}
        self.touched: list[str] = []

    def begin(self, account: Account) -> Session:
        session = Session(account, secrets.token_bytes(32), secrets.token_hex(16), 0.0, 0.0)
        self.by_cookie[session.cookie] = session
        return session

    async def find(self, cookie: str | None) -> Session | None:
        return self.by_cookie.get(cookie or "")

    async def is_open(self, session: Session) -> bool:
        return session.cookie in self.by_cookie

    async def touch(self, session: Session) -> None:
        self.touched.append(session.id)


@dataclass
class House:
    """One gateway. Give it stores, or a desk and talks, to share them with another one."""

    desk_store: Any = field(default_factory=MemoryDeskStore)
    chat_store: Any = field(default_factory=MemoryStore)
    clock: MovableClock = field(default_factory=lambda: MovableClock(NIGHT))
    sessions: OpenSessions = field(default_factory=OpenSessions)
    heartbeat: float = 0.05
    room: Any = None
    talks: Any = None

    def __post_init__(self) -> None:
        self.room = self.room or DeskRoom(self.desk_store, self.clock, SECRET)
        self.talks = self.talks or Talks(self.chat_store, self.clock)
        self.record = Record()
        self.count_store = MemoryCounts()
        self.counts = Counts(self.count_store, self.clock, frozenset({"veilig-thuis"}))
        self.cases = build_desk_cases(
            self.room,
            self.talks,
            self.counts,
            self.record,
            self.sessions.is_open,
            codename.load(),
            warning.load(),
            self.heartbeat,
        )
        self.app = FastAPI()
        Problems(texts(), lambda: ()).install(self.app)
        self.app.include_router(router(self.cases, Guard(self.sessions)), prefix=PREFIX)

    def person(self, name: str, *roles: StaffRole, regions: tuple[str, ...] = (), most: int = 4) -> "Counsellor":
        roles = roles or (StaffRole.COUNSELLOR,)
        account = Account(f"id-{name}", name, name.title(), frozenset(roles), regions, most=most, enrolled=True)
        return Counsellor(self, self.sessions.begin(account))

    async def on_duty(self, name: str, *roles: StaffRole, **parts: Any) -> "Counsellor":
        counsellor = self.person(name, *roles, **parts)
        await counsellor.arrive()
        return counsellor

    async def visitor(self, **parts: Any) -> "Visitor":
        visitor = Visitor(self)
        await visitor.ask(**parts)
        return visitor

    async def ticket(self, ticket_id: str) -> Ticket:
        return (await self.room.look()).ticket(ticket_id)

    async def talking(self, counsellor: "Counsellor", **parts: Any) -> "Visitor":
        """A visitor who talks with this counsellor."""
        visitor = await self.visitor(**parts)
        assert (await counsellor.post(f"/queue/{visitor.id}/claim")).status_code == 200
        await visitor.accept()
        return visitor


class Counsellor:
    """A console as far as HTTP goes."""

    def __init__(self, house: House, session: Session) -> None:
        self.house = house
        self.session = session
        self.id = session.account.id
        self.http = httpx.AsyncClient(
            base_url=ORIGIN + PREFIX,
            transport=httpx.ASGITransport(house.app),
            cookies={"lichtpunt": session.cookie},
            headers={"Origin": ORIGIN, "X-Lichtpunt": "console"},
            trust_env=False,
        )

    async def call(self, method: str, path: str, body: Any = None, **parts: Any) -> httpx.Response:
        return await self.http.request(method, path, json=body, **parts)

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        return await self.call("POST", path, body)

    async def arrive(self, status: Status = Status.AVAILABLE, **parts: Any) -> httpx.Response:
        answer = await self.call("PUT", "/presence", {"status": status.value, **parts})
        assert answer.status_code == 200, answer.text
        return answer

    async def say(self, visitor: "Visitor", text: str, message_id: str | None = None) -> httpx.Response:
        body = {"id": message_id or str(uuid.uuid4()), "text": text}
        return await self.post(f"/chats/{visitor.id}/messages", body)

    async def view(self) -> dict[str, Any]:
        return await view_of(self.house, self.session)

    async def chat(self, visitor: "Visitor") -> dict[str, Any]:
        found = [one for one in (await self.view())["chats"] if one["ticket"] == visitor.id]
        assert found, "this counsellor has no such chat"
        chat: dict[str, Any] = found[0]
        return chat


async def view_of(house: House, session: Session) -> dict[str, Any]:
    return house.cases.snapshots.of(await house.room.look(), Cards(session), house.clock.steady())


class Visitor:
    """What the visitor's side does at the desk."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.id = secrets.token_hex(8)
        self.talk = ""
        self.card_key = new_key()
        self.said = 0

    async def ask(
        self,
        card: dict[str, Any] | None = None,
        history: tuple[str, ...] = (),
        region: str | None = None,
        urgency: Urgency = Urgency.NORMAL,
        danger: bool = False,
    ) -> None:
        self.talk = await self.house.talks.begin(tuple(self._words(text, history=True) for text in history))
        now = self.house.clock.steady()
        closed = close_card(self.card_key, self.id, CARD if card is None else card)
        ticket = Ticket(self.id, urgency, now, now, closed, danger=danger, region=region)
        await self.house.room.move(lambda desk, now: visitor_moves.ask(desk, ticket, now))
        await self.seal()

    async def seal(self) -> None:
        """Keys for all on duty who have none yet."""

        def work(desk: Any, _now: float) -> Any:
            missing = [one for one in desk.duty.values() if one.session not in desk.live(self.id).seals]
            return visitor_moves.seal_for(desk, self.id, {one.session: self._seals(one.public_key) for one in missing})

        await self.house.room.move(work)

    async def accept(self) -> None:
        await self.house.room.move(lambda desk, now: visitor_moves.accept(desk, self.id, now))

    async def say(self, text: str, danger: bool = False) -> None:
        self.said += 1
        await self.house.talks.add(self.talk, self._words(text), once=f"visitor {self.said}")
        await self.house.room.move(lambda desk, now: visitor_moves.spoke(desk, self.id, now, danger, ()))

    async def seen(self) -> None:
        await self.house.room.move(lambda desk, now: visitor_moves.seen(desk, self.id, now), loud=False)

    async def answer(self, yes: bool) -> None:
        def work(desk: Any, now: float) -> Any:
            question = desk.live(self.id).question
            guest = desk.duty.get(question.staff or "")
            seals = {guest.session: self._seals(guest.public_key)} if guest else {}
            return visitor_moves.answer(desk, self.id, question.id, yes, seals, now)

        await self.house.room.move(work)

    async def leave(self, ending: Ending = Ending.EXIT) -> None:
        await self.house.room.move(lambda desk, now: visitor_moves.leave(desk, self.id, ending, now))
        await self.house.talks.wipe(self.talk)

    async def reads(self) -> list[tuple[str, Any]]:
        """What the talk holds, as (from, text) and (state, what)."""
        events = await self.house.talks.read(self.talk, 0)
        return [
            (one.data["from"], one.data["text"])
            if one.kind is Sealed.MESSAGE
            else (one.kind.event_name, one.data.get("what"))
            for one in events
        ]

    def _seals(self, public_key: str) -> Seals:
        return Seals(
            seal_to(public_key, self.card_key, "card", self.id), seal_to(public_key, self.talk, "talk", self.id)
        )

    def _words(self, text: str, history: bool = False) -> tuple[Sealed, dict[str, Any]]:
        return Sealed.MESSAGE, {
            "id": str(uuid.uuid4()),
            "from": "visitor",
            "name": None,
            "text": text,
            "at": self.house.clock.now().isoformat(),
            "history": history,
            "unredacted": False,
        }


class Screen:
    """An open stream of one console; keeps all that came."""

    def __init__(self) -> None:
        self.events: list[ConsoleEvent] = []
        self.heartbeats = 0
        self.changed = asyncio.Event()

    @property
    def desk(self) -> dict[str, Any]:
        return [event.data for event in self.events if event.name == "desk"][-1]

    @property
    def cursor(self) -> str:
        return self.events[-1].cursor if self.events else ""

    def texts(self) -> list[str]:
        return [event.data["text"] for event in self.events if event.data.get("kind") == "message"]

    def kinds(self) -> list[str]:
        return [event.data["kind"] for event in self.events if event.name == "talk"]

    async def until(self, holds: Any, seconds: float = 3.0) -> None:
        """Wait until ``holds(self)``; fails after ``seconds``."""
        async with asyncio.timeout(seconds):
            while not (self.events and holds(self)):
                self.changed.clear()
                await self.changed.wait()


@asynccontextmanager
async def screen(counsellor: Counsellor, cursor: str = "", house: House | None = None) -> AsyncIterator[Screen]:
    """A console's stream, read as fast as it comes."""
    shown = Screen()

    async def read() -> None:
        async for event in (house or counsellor.house).cases.streams.run(counsellor.session, cursor):
            if event is None:
                shown.heartbeats += 1
            else:
                shown.events.append(event)
            shown.changed.set()

    task = asyncio.create_task(read())
    try:
        yield shown
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def frames(text: str) -> list[tuple[str, str, Any]]:
    """The events of a finished stream, as (id, name, data)."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if "data" in fields:
            found.append((fields["id"], fields["event"], json.loads(fields["data"])))
    return found
