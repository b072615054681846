"""Compares the desk with what the visitor was told, and says what is new. Must not do I/O or tell anything twice."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.advice.vocabulary import Role
from webchat.chats import ChatState, Notes, Sealed
from webchat.handover.desk import Desk
from webchat.handover.people import Status
from webchat.handover.routing import place, presence
from webchat.handover.tickets import Ask, Phase, Question, Returned, Ticket
from webchat.turns.knowledge import BELCODE, HANDOVER, STAY, STOP, Knowledge
from webchat.turns.replies import Choice, Replies
from webchat.turns.room import NewEvent
from webchat.turns.told import Asked, Told

FIRST_REMINDER_SECONDS = 180.0
NEXT_REMINDER_SECONDS = 300.0
"""A visitor who waits is asked whether to go on after three minutes, and every five minutes after that."""

_CHOICES: tuple[Choice, ...] = (("knop_blijven", STAY), ("knop_bellen", BELCODE), ("knop_stoppen", STOP))
ASK_AGAIN: tuple[Choice, ...] = (("knop_opnieuw", HANDOVER),)
_RETURNED = {
    Returned.COLLEAGUE_GONE: "weggevallen",
    Returned.NOT_ACCEPTED: "niet_gekozen",
    Returned.HANDED_BACK: "teruggezet",
    Returned.TRANSFERRED: "andere_regio",
}
_SOMEBODY = "een medewerker"


@dataclass(frozen=True)
class Scene:
    """One look at the desk for one visitor. ``now`` is the steady clock; ``offer_id`` makes ids that mean nothing."""

    notes: Notes = field(repr=False)
    desk: Desk = field(repr=False)
    ticket: Ticket = field(repr=False)
    now: float
    offer_id: Callable[[str], str] = field(repr=False)


@dataclass(frozen=True)
class News:
    """What to store and to show; nothing when both are as before."""

    notes: Notes = field(repr=False)
    events: tuple[NewEvent, ...] = field(default=(), repr=False)

    def also(self, told: Told, *events: NewEvent, state: ChatState | None = None) -> "News":
        """With more of it."""
        notes = replace(self.notes, told=told.as_dict(), state=state or self.notes.state)
        return News(notes, (*self.events, *events))


class Telling:
    """Finds the words for what changed."""

    def __init__(self, knowledge: Knowledge, replies: Replies) -> None:
        self._knowledge = knowledge
        self._replies = replies

    def tell(self, scene: Scene, when: datetime) -> News:
        """What the visitor of a ticket that is not over must hear now. ``when`` is the wall clock."""
        if scene.ticket.phase is Phase.TALKING:
            return self._talking(scene, when)
        news = self._back_to_waiting(scene, News(scene.notes), when)
        if scene.ticket.phase is Phase.CALLED:
            return self._call(scene, news)
        return self._remind(scene, self._queue(scene, news), when)

    def say(self, role: Role, when: datetime, name: str, *choices: Choice, naam: str = "", regio: str = "") -> NewEvent:
        """One sentence about the person, as an event."""
        return Sealed.REPLY, self._replies.about_person(name, role, when, naam, regio, choices)

    def _back_to_waiting(self, scene: Scene, news: News, when: datetime) -> News:
        """A chat that somebody had or was called for waits again."""
        told, ticket = Told.from_dict(news.notes.told), scene.ticket
        had = news.notes.state is ChatState.WITH_COUNSELLOR
        lost_call = told.offer is not None and told.offer != _offer_id(scene)
        why = ticket.returned
        if not had and not (lost_call and why is not None):
            return news
        why = why or Returned.COLLEAGUE_GONE
        fresh = Told(since=scene.now, shares=told.shares)
        regio = self._region(ticket.region)
        return news.also(
            fresh,
            state_event(ChatState.WAITING, why=why.value),
            self.say(news.notes.assessment.role, when, _RETURNED[why], regio=regio),
            state=ChatState.WAITING,
        )

    def _call(self, scene: Scene, news: News) -> News:
        told, offer = Told.from_dict(news.notes.told), _offer_id(scene)
        if offer is None or told.offer == offer:
            return news
        event = (Sealed.OFFER, {"id": offer, "name": name_of(scene.desk, scene.ticket.holder)})
        return news.also(replace(told, offer=offer, queue=None), event)

    def _queue(self, scene: Scene, news: News) -> News:
        told, queue = Told.from_dict(news.notes.told), queue_of(scene.desk, scene.ticket, scene.now)
        if told.queue == queue:
            return news
        return news.also(replace(told, queue=queue, offer=None), (Sealed.QUEUE, queue))

    def _remind(self, scene: Scene, news: News, when: datetime) -> News:
        told, waited = Told.from_dict(news.notes.told), scene.now - Told.from_dict(news.notes.told).since
        due = 0
        if waited >= FIRST_REMINDER_SECONDS:
            due = 1 + int((waited - FIRST_REMINDER_SECONDS) // NEXT_REMINDER_SECONDS)
        if due <= told.reminded:
            return news
        event = self.say(news.notes.assessment.role, when, "nog_wachten", *_CHOICES)
        return news.also(replace(told, reminded=due), event)

    def _talking(self, scene: Scene, when: datetime) -> News:
        news = self._holder(scene, News(scene.notes), when)
        news = self._guests(scene, news, when)
        return self._question(scene, news)

    def _holder(self, scene: Scene, news: News, when: datetime) -> News:
        told, ticket = Told.from_dict(news.notes.told), scene.ticket
        began = news.notes.state is not ChatState.WITH_COUNSELLOR
        if not began and told.holder == ticket.holder:
            return news
        why, text = change_of_holder(told, ticket, began)
        naam = name_of(scene.desk, ticket.holder)
        told = replace(told, holder=ticket.holder, offer=None, queue=None, asked=None)
        return news.also(
            told,
            state_event(ChatState.WITH_COUNSELLOR, naam, why),
            self.say(news.notes.assessment.role, when, text, naam=naam),
            state=ChatState.WITH_COUNSELLOR,
        )

    def _guests(self, scene: Scene, news: News, when: datetime) -> News:
        told, ticket, role = Told.from_dict(news.notes.told), scene.ticket, news.notes.assessment.role
        before = dict(told.guests or {})
        after = {staff: before.get(staff) or name_of(scene.desk, staff) for staff in ticket.shadows}
        changes = [(after[staff], "joined", "leest_mee") for staff in after if staff not in before]
        speak = [staff for staff in ticket.speaking if staff in after and staff not in told.speaking]
        changes += [(after[staff], "speaks", "schrijft_mee") for staff in speak]
        # Who took the chat over did not leave.
        gone = [staff for staff in before if staff not in after and staff != ticket.holder]
        changes += [(before[staff], "left", "leest_niet_meer_mee") for staff in gone]
        if not changes and before == after and told.speaking == ticket.speaking:
            return news
        events: list[NewEvent] = []
        for naam, why, text in changes:
            events += [
                state_event(ChatState.WITH_COUNSELLOR, naam, why),
                self.say(role, when, text, naam=naam),
            ]
        return news.also(replace(told, guests=after, speaking=ticket.speaking), *events)

    def _question(self, scene: Scene, news: News) -> News:
        told, question = Told.from_dict(news.notes.told), scene.ticket.question
        if question is not None and not question.agreed:
            question = None
        if (told.asked.id if told.asked else None) == (question.id if question else None):
            return news
        if question is None:
            closed = told.asked
            data = {"id": closed.id if closed else "", "kind": closed.kind if closed else "", "open": False}
            return news.also(replace(told, asked=None), (Sealed.CONSENT, data))
        asked = Asked(question.id, question.kind.value, question.staff)
        event = (Sealed.CONSENT, self._consent(scene, question))
        return news.also(replace(told, asked=asked), event)

    def _consent(self, scene: Scene, question: Question) -> dict[str, Any]:
        naam = name_of(scene.desk, question.staff) if question.staff else None
        regio = self._region(question.region)
        name = {Ask.SHADOW: "vraag_meelezen", Ask.TO_BOT: "vraag_bot"}.get(question.kind)
        name = name or ("vraag_regio" if question.region else "vraag_overdragen")
        text = self._replies.question(name, scene.notes.assessment.role, naam or "", regio)
        return {
            "id": question.id,
            "kind": question.kind.value,
            "open": True,
            "name": naam,
            "region": regio or None,
            "text": text,
        }

    def _region(self, region: str | None) -> str:
        return self._knowledge.region_name(region) if region and self._knowledge.is_region(region) else ""


def change_of_holder(told: Told, ticket: Ticket, began: bool) -> tuple[str, str]:
    """Why another person has the chat, and the name of the text that says so."""
    if began:
        return "began", "begonnen"
    if told.asked is not None and told.asked.kind == Ask.TRANSFER.value and told.asked.staff == ticket.holder:
        return "transferred", "doorgegeven"
    return "taken_over", "overgenomen"


def state_event(state: ChatState, name: str | None = None, why: str | None = None) -> NewEvent:
    """Who answers from now on, who that is and why."""
    return Sealed.STATE, {"state": state.value, "name": name, "why": why}


def name_of(desk: Desk, staff: str | None) -> str:
    """The display name of somebody on duty."""
    duty = desk.duty.get(staff or "")
    return duty.name if duty else _SOMEBODY


def queue_of(desk: Desk, ticket: Ticket, now: float) -> dict[str, Any]:
    """An honest place in the queue."""
    there = presence(desk, ticket.region, now)
    return {
        "place": place(desk, ticket.id, now),
        "typical_wait_seconds": there.typical_wait_seconds,
        "elsewhere": there.elsewhere,
        "returned": ticket.returned is not None,
    }


def nobody_left(desk: Desk) -> bool:
    """Whether there is nobody on duty who will still take a chat; somebody at a pause comes back."""
    return all(duty.status is Status.LEAVING for duty in desk.duty.values())


def _offer_id(scene: Scene) -> str | None:
    ticket = scene.ticket
    return scene.offer_id(f"offer {ticket.holder} {ticket.held_at}") if ticket.phase is Phase.CALLED else None
