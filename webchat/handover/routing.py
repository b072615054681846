"""Who is next and who may take them: own region first, wider in steps, urgency before arrival. Must not move them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from bot.advice.vocabulary import Urgency
from webchat.handover.desk import Desk
from webchat.handover.people import OnDuty, Status
from webchat.handover.presence import Presence
from webchat.handover.tickets import Phase, Ticket

OVERDUE_SECONDS = 120.0
"""A held chat in which the visitor waits so long for words is offered to others too."""

QUEUE_PER_PERSON = 10
"""Beyond so many waiting chats for each person on duty, the numbers to call are shown instead."""

TYPICAL_FROM = 3
TYPICAL_SECONDS = 2 * 60 * 60.0
"""A typical waiting time is said from so many claims on, and only from those of the last two hours."""

_HEAD_START = {Urgency.ACUTE: 3600.0, Urgency.UNCLEAR: 900.0, Urgency.URGENT: 300.0}
"""Urgency counts as so many seconds of waiting, so that somebody calm who waits longer still gets their turn."""

_RETURNED_START = 1800.0


@dataclass(frozen=True)
class Widening:
    """After how many seconds the circle of those who may take a chat grows, and which regions help each other."""

    steps: tuple[float, float, float] = (30.0, 60.0, 120.0)
    neighbours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load(desk: Desk, staff: str) -> int:
    """How much ``staff`` has on their hands; a severe chat weighs double."""
    return sum(2 if is_severe(ticket) else 1 for ticket in desk.of(staff) if not ticket.is_over)


def is_severe(ticket: Ticket) -> bool:
    """Whether a chat weighs double."""
    return ticket.severe or ticket.danger or ticket.urgency is Urgency.ACUTE


def is_free(desk: Desk, duty: OnDuty) -> bool:
    """Whether this counsellor would take one more now."""
    return duty.status is Status.AVAILABLE and load(desk, duty.staff) < duty.most


def order(desk: Desk, now: float) -> tuple[Ticket, ...]:
    """The waiting chats, the next one first: danger, then urgency and waiting time together."""
    return tuple(sorted(desk.waiting(), key=lambda ticket: (not ticket.danger, -_weight(ticket, now), ticket.id)))


def place(desk: Desk, ticket_id: str, now: float) -> int:
    """The place in the queue, from 1; 0 when it does not wait."""
    ids = [ticket.id for ticket in order(desk, now)]
    return ids.index(ticket_id) + 1 if ticket_id in ids else 0


def circle(ticket: Ticket, duty: OnDuty, widening: Widening) -> int:
    """How far this counsellor is from the ticket: 0 own region, 1 neighbour, 2 any; one more without a wished skill."""
    far = _distance(ticket.region, duty, widening)
    return far + (1 if set(ticket.wishes) - set(duty.skills) else 0)


def reach(desk: Desk, ticket: Ticket, now: float, widening: Widening) -> int:
    """How far the circle reaches now. It never stays where nobody is free: nobody waits while somebody could help."""
    waited = now - ticket.asked_at
    by_time = 3 if ticket.danger else sum(waited >= step for step in widening.steps)
    # Who is near comes first, since whether somebody is free takes longer to see.
    if any(circle(ticket, duty, widening) <= by_time and is_free(desk, duty) for duty in desk.duty.values()):
        return by_time
    free = [circle(ticket, duty, widening) for duty in desk.duty.values() if is_free(desk, duty)]
    return max(by_time, min(free, default=0))


def is_overdue(ticket: Ticket, now: float) -> bool:
    """Whether a held chat may be taken over."""
    return (
        ticket.phase is Phase.TALKING and ticket.unanswered is not None and now - ticket.unanswered >= OVERDUE_SECONDS
    )


def is_offered(ticket: Ticket, now: float) -> bool:
    """Whether anybody may take it, as far as the ticket itself goes."""
    return ticket.phase is Phase.WAITING or is_overdue(ticket, now)


def may_see(desk: Desk, ticket: Ticket, duty: OnDuty, now: float, widening: Widening) -> bool:
    """Whether the ticket stands in this counsellor's queue."""
    if not is_offered(ticket, now) or ticket.holder == duty.staff:
        return False
    return duty.sees_all or circle(ticket, duty, widening) <= reach(desk, ticket, now, widening)


def why_not(desk: Desk, ticket: Ticket, duty: OnDuty, now: float, widening: Widening) -> str | None:
    """Why this counsellor may not take this ticket, as the name of a problem; ``None`` when they may."""
    if not is_offered(ticket, now):
        return "already-taken"
    if not may_see(desk, ticket, duty, now, widening):
        return "not-your-turn"
    if duty.status is not Status.AVAILABLE:
        return "not-available"
    if load(desk, duty.staff) >= duty.most:
        return "hands-full"
    seals = ticket.seals.get(duty.session)
    if seals is None or not seals.talk:
        return "not-sealed-yet"
    return None


def presence(desk: Desk, region: str | None, now: float) -> Presence:
    """Whether a person can come, from who is really there and how many wait already."""
    working = [duty for duty in desk.duty.values() if duty.status in (Status.AVAILABLE, Status.BUSY)]
    waiting = len(desk.waiting())
    has_room = bool(working) and waiting < QUEUE_PER_PERSON * len(working)
    # A national team is nobody's region, but not another one either.
    near = [duty for duty in working if region is None or not duty.regions or region in duty.regions]
    return Presence(has_room, waiting, typical_wait(desk, now), elsewhere=has_room and not near)


def typical_wait(desk: Desk, now: float) -> int | None:
    """The median wait of the last claims in seconds, or ``None`` when there were too few to be honest."""
    recent = [seconds for at, seconds in desk.waits if now - at <= TYPICAL_SECONDS]
    return round(median(recent)) if len(recent) >= TYPICAL_FROM else None


def _weight(ticket: Ticket, now: float) -> float:
    start = _HEAD_START.get(ticket.urgency, 0.0) + (_RETURNED_START if ticket.returned else 0.0)
    return now - ticket.asked_at + start


def _distance(region: str | None, duty: OnDuty, widening: Widening) -> int:
    if region is None or region in duty.regions:
        return 0
    if set(widening.neighbours.get(region, ())) & set(duty.regions):
        return 1
    return 2
