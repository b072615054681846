"""What a visitor does at the desk: ask, wait, begin, answer a question, go. Must not choose who comes."""

from collections.abc import Mapping
from dataclasses import replace

from bot.advice.vocabulary import Urgency
from webchat.handover.desk import Desk, Refused
from webchat.handover.duty_moves import returned, without_guest
from webchat.handover.routing import presence
from webchat.handover.tickets import Ask, Ending, Phase, Question, Returned, Seals, Ticket


def ask(desk: Desk, ticket: Ticket, now: float) -> Desk:
    """Join the queue. Raises ``Refused`` when nobody can come or the queue is too long to be honest about."""
    if ticket.id in desk.tickets:
        return desk
    if not presence(desk, None, now).available:
        raise Refused("nobody-available")
    return desk.put(ticket)


def seal_for(desk: Desk, ticket_id: str, seals: Mapping[str, Seals]) -> Desk:
    """Add keys for those who came on duty since; only while somebody may still take the ticket."""
    ticket = desk.live(ticket_id)
    return desk.put(replace(ticket, seals={**ticket.seals, **seals}))


def seen(desk: Desk, ticket_id: str, now: float) -> Desk:
    """The visitor's page is there."""
    ticket = desk.live(ticket_id)
    return desk.put(replace(ticket, seen=max(now, ticket.seen)))


def accept(desk: Desk, ticket_id: str, now: float) -> Desk:
    """The visitor wants to begin now. Raises ``Refused`` when nobody called (any more)."""
    ticket = desk.live(ticket_id)
    if ticket.phase is Phase.TALKING:
        return desk
    if ticket.phase is not Phase.CALLED:
        raise Refused("nothing-asked")
    return desk.put(replace(ticket, phase=Phase.TALKING, unanswered=now, returned=None, misses=0, seen=now))


def spoke(desk: Desk, ticket_id: str, now: float, danger: bool, flags: tuple[str, ...]) -> Desk:
    """The visitor said something, or their flags changed; danger never goes down again here."""
    ticket = desk.live(ticket_id)
    waits_since = ticket.unanswered if ticket.unanswered is not None else now
    return desk.put(
        replace(
            ticket,
            danger=ticket.danger or danger,
            urgency=Urgency.ACUTE if danger else ticket.urgency,
            flags=flags,
            seen=max(now, ticket.seen),
            unanswered=waits_since if ticket.phase is Phase.TALKING else None,
        )
    )


def flag(desk: Desk, ticket_id: str, flags: tuple[str, ...], now: float) -> Desk:
    """The silent signals of the visitor as they are now."""
    ticket = desk.live(ticket_id)
    return desk.put(replace(ticket, flags=flags, seen=max(now, ticket.seen)))


def answer(desk: Desk, ticket_id: str, question_id: str, yes: bool, seals: Mapping[str, Seals], now: float) -> Desk:
    """The visitor's answer to a question. ``seals`` are the keys for who would come, made by the visitor's side."""
    ticket = desk.live(ticket_id)
    question = ticket.question
    if question is None or question.id != question_id or not question.agreed:
        raise Refused("nothing-asked")
    if not yes:
        guest = desk.duty.get(question.staff or "")
        spare = guest.session if guest and guest.staff not in ticket.shadows else None
        seals = {session: one for session, one in ticket.seals.items() if session != spare}
        return desk.put(replace(ticket, question=None, refused=question.kind.value, seals=seals))
    ticket = replace(ticket, question=None, refused=None)
    if question.kind is Ask.TO_BOT:
        return desk.put(ended(ticket, Ending.TO_BOT, now))
    if question.region is not None:
        moved = replace(returned(ticket, Returned.TRANSFERRED), region=question.region, asked_at=now)
        return desk.put(moved)
    return desk.put(_welcome(desk, ticket, question, seals, now))


def leave(desk: Desk, ticket_id: str, ending: Ending, now: float) -> Desk:
    """The visitor goes. A chat that nobody had leaves nothing; a counsellor still sees how theirs ended."""
    ticket = desk.tickets.get(ticket_id)
    if ticket is None or ticket.is_over:
        return desk
    if ticket.holder is None:
        return desk.without(ticket_id)
    return desk.put(ended(ticket, ending, now))


def ended(ticket: Ticket, ending: Ending, now: float) -> Ticket:
    """The ticket when all is over: no keys, no card, only how it ended until it is wrapped up."""
    return replace(
        ticket,
        phase=Phase.ENDED,
        ending=ending,
        ended_at=now,
        unanswered=None,
        question=None,
        shadows=(),
        speaking=(),
        help=False,
        abuse_by=None,
        card="",
        seals={},
    )


def _welcome(desk: Desk, ticket: Ticket, question: Question, seals: Mapping[str, Seals], now: float) -> Ticket:
    duty = desk.duty.get(question.staff or "")
    given = seals.get(duty.session) if duty else None
    if duty is None or given is None:
        raise Refused("colleague-gone")
    if question.kind is Ask.SHADOW:
        shadows = tuple(dict.fromkeys((*ticket.shadows, duty.staff)))
        return replace(ticket, shadows=shadows, seals={**ticket.seals, duty.session: given})
    ticket = without_guest(ticket, duty.staff)
    # Those who read along keep their keys; the one who hands over loses theirs.
    kept = {desk.duty[name].session for name in ticket.shadows if name in desk.duty}
    seals = {session: one for session, one in ticket.seals.items() if session in kept}
    return replace(ticket, holder=duty.staff, held_at=now, unanswered=now, seals={**seals, duty.session: given})
