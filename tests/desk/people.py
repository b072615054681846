"""People for tests of the handover: a counsellor at a console and a visitor on a page. Must use only what both may.

A ``Counsellor`` does with the desk and the talks what the console does, by the same moves, and can read only what was
sealed to them. A ``VisitorOnPage`` sees the chat through its token and its stream of events.
"""

import hashlib
import secrets
import uuid
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from tests.turns.doubles import House
from webchat.chats import ChatGone, ChatKeys, Sealed
from webchat.desk import DeskRoom, TalkEvent, Talks
from webchat.handover import duty_moves, staff_moves
from webchat.handover.desk import Refused
from webchat.handover.envelopes import StaffKey, open_card
from webchat.handover.people import OnDuty, Status
from webchat.handover.tickets import Ask, Question, Seals, Ticket
from webchat.turns import Said, Wish
from webchat.turns.stream import StreamEvent


@dataclass
class Counsellor:
    """Somebody with a console. ``session`` changes at each ``log_in``."""

    desk: DeskRoom
    talks: Talks
    name: str = "Noor"
    regions: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    most: int = 2
    sees_all: bool = False
    staff: str = ""
    session: str = ""
    key: StaffKey = field(default_factory=lambda: StaffKey.from_session(secrets.token_hex(16)), repr=False)

    def __post_init__(self) -> None:
        self.staff = self.staff or f"staff-{self.name.lower()}"
        self.log_in()

    def log_in(self) -> None:
        """A new session, with a new key."""
        secret = secrets.token_hex(16)
        self.session = hashlib.sha256(secret.encode()).hexdigest()[:16]
        self.key = StaffKey.from_session(secret)

    async def arrive(self, status: Status = Status.AVAILABLE) -> "Counsellor":
        """Come on duty."""
        await self.desk.move(lambda desk, now: duty_moves.arrive(desk, self.duty(status, now)))
        return self

    def duty(self, status: Status, now: float) -> OnDuty:
        """How the desk knows them."""
        return OnDuty(
            staff=self.staff,
            session=self.session,
            public_key=self.key.public,
            name=self.name,
            status=status,
            beat=now,
            since=now,
            most=self.most,
            regions=self.regions,
            skills=self.skills,
            sees_all=self.sees_all,
        )

    async def beat(self) -> None:
        """The console is still there."""
        await self.desk.move(lambda desk, now: duty_moves.beat(desk, self.staff, self.session, now), loud=False)

    async def becomes(self, status: Status) -> None:
        """Available, busy, pause or the end of the shift."""
        await self.desk.move(lambda desk, _now: duty_moves.set_status(desk, self.staff, status))

    async def departs(self) -> None:
        """Go off duty."""
        await self.desk.move(lambda desk, _now: duty_moves.depart(desk, self.staff))

    async def vanishes(self) -> None:
        """The browser died and the desk noticed."""
        await self.desk.move(lambda desk, now: duty_moves.lose(desk, self.staff, now))

    async def queue(self) -> list[Ticket]:
        """The chats that wait."""
        return list((await self.desk.look()).waiting())

    async def ticket(self, ticket_id: str) -> Ticket | None:
        """One chat as the desk knows it."""
        return (await self.desk.look()).tickets.get(ticket_id)

    async def claim(self, ticket_id: str) -> None:
        """Take a chat. Raises ``Refused``."""
        await self.desk.move(lambda desk, now: staff_moves.claim(desk, ticket_id, self.staff, now, self.desk.widening))

    async def claim_first(self) -> str:
        """Take the only chat that waits; its ticket id."""
        (ticket,) = await self.queue()
        await self.claim(ticket.id)
        return ticket.id

    async def card(self, ticket_id: str) -> dict[str, Any]:
        """The card, opened with the own seal."""
        ticket = await self._ticket(ticket_id)
        key = self.key.open(ticket.seals[self.session].card, "card", ticket_id)
        return open_card(key, ticket_id, ticket.card)

    async def token(self, ticket_id: str) -> str:
        """The talk's token, opened with the own seal."""
        ticket = await self._ticket(ticket_id)
        return self.key.open(ticket.seals[self.session].talk, "talk", ticket_id)

    async def reads(self, ticket_id: str, after: int = 0) -> list[TalkEvent]:
        """The conversation. Raises ``Refused`` before it was taken."""
        staff_moves.may_read(await self.desk.look(), ticket_id, self.staff)
        return list(await self.talks.read(await self.token(ticket_id), after))

    async def says(self, ticket_id: str, text: str, message_id: str | None = None, who: str = "counsellor") -> str:
        """Write a message; its id."""
        message_id = message_id or str(uuid.uuid4())
        token = await self.token(ticket_id)
        await self.desk.move(lambda desk, _now: staff_moves.answered(desk, ticket_id, self.staff))
        data = {
            "id": message_id,
            "from": who,
            "name": self.name,
            "text": text,
            "at": "2026-11-24T12:00:00+00:00",
            "history": False,
            "unredacted": False,
        }
        await self.talks.add(token, (Sealed.MESSAGE, data), once=message_id)
        return message_id

    async def types(self, ticket_id: str) -> None:
        """A sign of typing, without a word."""
        await self.talks.add(await self.token(ticket_id), (Sealed.TYPING, {"from": "counsellor"}))

    async def hands_back(self, ticket_id: str) -> None:
        """Put the chat back in front of the queue."""
        await self.desk.move(lambda desk, _now: staff_moves.hand_back(desk, ticket_id, self.staff))

    async def asks(
        self, ticket_id: str, kind: Ask, colleague: "Counsellor | None" = None, region: str | None = None
    ) -> str:
        """Propose a transfer, a colleague who reads along, or the bot; the id of the question."""
        question = Question(
            id=secrets.token_hex(8),
            kind=kind,
            by=self.staff,
            staff=colleague.staff if colleague else None,
            region=region,
        )
        seals: dict[str, Seals] = {}
        await self.desk.move(lambda desk, _now: staff_moves.propose(desk, ticket_id, question, seals))
        return question.id

    async def answers(self, ticket_id: str, yes: bool = True) -> None:
        """Say yes or no to a colleague's question."""
        await self.desk.move(lambda desk, _now: staff_moves.colleague_answers(desk, ticket_id, self.staff, yes))

    async def takes_back(self, ticket_id: str) -> None:
        """Withdraw an open question."""
        await self.desk.move(lambda desk, _now: staff_moves.take_back(desk, ticket_id, self.staff))

    async def lets_speak(self, ticket_id: str, guest: "Counsellor") -> None:
        """A colleague who reads along may write too."""
        await self.desk.move(lambda desk, _now: staff_moves.let_speak(desk, ticket_id, self.staff, guest.staff))

    async def stops_reading(self, ticket_id: str) -> None:
        """Leave a chat that was read along."""
        await self.desk.move(lambda desk, _now: staff_moves.stop_reading(desk, ticket_id, self.staff, self.staff))

    async def warns(self, ticket_id: str) -> None:
        """Warn the visitor."""
        await self.desk.move(lambda desk, _now: staff_moves.warn(desk, ticket_id, self.staff))

    async def ends(self, ticket_id: str) -> None:
        """Close the chat: the desk first, then the talk, so that nobody takes the one for an accident."""
        token = await self.token(ticket_id)
        await self.desk.move(lambda desk, now: staff_moves.end(desk, ticket_id, self.staff, now))
        await self.talks.wipe(token)

    async def wraps_up(self, ticket_id: str) -> None:
        """The codes were counted."""
        await self.desk.move(lambda desk, _now: staff_moves.wrap_up(desk, ticket_id, self.staff))

    async def _ticket(self, ticket_id: str) -> Ticket:
        ticket = await self.ticket(ticket_id)
        if ticket is None or self.session not in ticket.seals:
            raise Refused("not-sealed-yet")
        return ticket


@dataclass
class VisitorOnPage:
    """A visitor's page. ``last`` is the id of the last event it saw."""

    house: House
    token: str
    last: int = 0

    @property
    def keys(self) -> ChatKeys:
        return ChatKeys.from_token(self.token)

    async def asks(self, wish: Wish | None = None, **fields: Any) -> dict[str, Any]:
        """Ask for a person."""
        return await self.house.handover.ask(self.token, replace(wish or Wish(), **fields))

    async def says(self, text: str, message_id: str | None = None, send_anyway: bool = False) -> dict[str, Any]:
        """Send a message."""
        said = Said(message_id or str(uuid.uuid4()), text, None, send_anyway)
        return await self.house.conversation.visitor_said(self.token, said)

    async def presses(self, payload: str) -> dict[str, Any]:
        """Press a button."""
        return await self.house.conversation.visitor_said(self.token, Said(str(uuid.uuid4()), choice=payload))

    async def accepts(self) -> None:
        """Begin now."""
        await self.house.handover.accept(self.token)

    async def answers(self, question_id: str, yes: bool = True) -> None:
        """Answer a question for consent."""
        await self.house.handover.consent(self.token, question_id, yes)

    async def is_there(self) -> None:
        """The page is open: a sign of life and one look at the desk, as an open stream does by itself."""
        await self.house.store.seen(self.keys, self.house.clock.steady())
        await self.house.tender.attend(self.keys)

    async def hears(self) -> list[StreamEvent]:
        """What came since the last time, after a look at the desk. The chat may be over."""
        with suppress(ChatGone):
            await self.is_there()
        stream = self.house.streams.run(self.keys, self.last, 0.0)
        found = [event async for event in stream if event is not None]
        self.last = found[-1].event_id if found else self.last
        return found

    async def state(self) -> str:
        """Who answers now."""
        return str((await self.house.visit.look(self.token))["state"])
