"""What happens because time passes: dead consoles, calls nobody answered, visitors who are gone. Must not guess."""

from dataclasses import replace

from webchat.handover.desk import Desk
from webchat.handover.duty_moves import lose, returned
from webchat.handover.people import LOST_SECONDS
from webchat.handover.staff_moves import offer_pause
from webchat.handover.tickets import Ending, Phase, Returned, Ticket
from webchat.handover.visitor_moves import ended

CALL_SECONDS = 120.0
"""How long a visitor has to say yes to somebody who is there."""

MOST_MISSES = 2

AWAY_SECONDS = 180.0
"""A line that drops keeps its place for three minutes, and a counsellor is shown that it is away."""

GONE_SECONDS = 15 * 60.0
WRAP_UP_SECONDS = 30 * 60.0
"""An ended chat waits so long for its codes."""


def sweep(desk: Desk, now: float) -> Desk:
    """The desk as it is at ``now``; the very same object when nothing changed."""
    for duty in tuple(desk.duty.values()):
        if now - duty.beat >= LOST_SECONDS:
            desk = lose(desk, duty.staff, now)
    for ticket in tuple(desk.tickets.values()):
        desk = _sweep_ticket(desk, ticket, now)
    return desk


def _sweep_ticket(desk: Desk, ticket: Ticket, now: float) -> Desk:
    if ticket.is_over:
        waited_long = now - (ticket.ended_at or now) >= WRAP_UP_SECONDS
        return desk.without(ticket.id) if waited_long or ticket.holder is None else desk
    away = now - ticket.seen
    if ticket.phase is Phase.WAITING:
        return desk.without(ticket.id) if away >= AWAY_SECONDS else desk
    if ticket.phase is Phase.CALLED:
        return _sweep_call(desk, ticket, now, away)
    if away >= GONE_SECONDS:
        return offer_pause(desk.put(ended(ticket, Ending.LINE_LOST, now)), ticket)
    return desk


def _sweep_call(desk: Desk, ticket: Ticket, now: float, away: float) -> Desk:
    if away >= AWAY_SECONDS:
        return desk.put(ended(ticket, Ending.LINE_LOST, now))
    if now - (ticket.held_at or now) < CALL_SECONDS:
        return desk
    misses = ticket.misses + 1
    if misses >= MOST_MISSES:
        return desk.put(ended(ticket, Ending.UNANSWERED, now))
    return desk.put(replace(returned(ticket, Returned.NOT_ACCEPTED), misses=misses))
