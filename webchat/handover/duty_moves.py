"""Coming on duty, saying how one is, and going. Must not touch what a visitor chose."""

from collections.abc import Iterable
from dataclasses import replace

from webchat.handover.desk import Desk, Refused
from webchat.handover.people import OnDuty, Status
from webchat.handover.tickets import Phase, Question, Returned, Ticket


def arrive(desk: Desk, duty: OnDuty) -> Desk:
    """Come on duty, or come back. With another session the keys are others: what was held goes back to the queue."""
    before = desk.duty.get(duty.staff)
    if before is not None and before.session != duty.session:
        desk = _let_go(desk, duty.staff, duty.beat)
    elif before is not None:
        duty = replace(duty, since=before.since, pause_offered=before.pause_offered)
    return desk.put_duty(duty)


def beat(desk: Desk, staff: str, session: str, now: float) -> Desk:
    """Still there. Raises ``Refused`` when the desk had given this console up: it has to arrive again."""
    duty = desk.on_duty(staff)
    if duty.session != session:
        raise Refused("not-on-duty")
    return desk.put_duty(replace(duty, beat=max(now, duty.beat)))


def set_status(desk: Desk, staff: str, status: Status, most: int | None = None) -> Desk:
    """Available, busy, pause or leaving."""
    duty = desk.on_duty(staff)
    return desk.put_duty(replace(duty, status=status, most=most or duty.most, pause_offered=False))


def depart(desk: Desk, staff: str) -> Desk:
    """Go off duty. Raises ``Refused`` while a chat is open; the end of a shift does not drop anybody."""
    if any(not ticket.is_over for ticket in desk.of(staff)):
        raise Refused("chats-open")
    return _leave_as_guest(desk, staff).without_duty(staff)


def lose(desk: Desk, staff: str, now: float) -> Desk:
    """A counsellor is gone without a word: their chats go back in front of the queue."""
    return _let_go(desk, staff, now).without_duty(staff)


def returned(ticket: Ticket, why: Returned) -> Ticket:
    """The ticket as it waits again. Its keys must be sealed anew, by the visitor's side."""
    return replace(
        ticket,
        phase=Phase.WAITING,
        holder=None,
        held_at=None,
        unanswered=None,
        returned=why,
        question=None,
        shadows=(),
        speaking=(),
        help=False,
        abuse_by=None,
        seals={},
    )


def _let_go(desk: Desk, staff: str, now: float) -> Desk:
    for ticket in desk.of(staff):
        # Nobody can wrap up for somebody who is gone, so an ended chat has nothing left to wait for.
        desk = desk.without(ticket.id) if ticket.is_over else desk.put(returned(ticket, Returned.COLLEAGUE_GONE))
    return _leave_as_guest(desk, staff)


def _leave_as_guest(desk: Desk, staff: str) -> Desk:
    """Their key goes too: who comes back in the same session is no longer let in."""
    session = desk.duty[staff].session if staff in desk.duty else None
    for ticket in tuple(desk.tickets.values()):
        if staff in ticket.shadows or _concerns(ticket.question, staff):
            seals = {name: one for name, one in ticket.seals.items() if name != session}
            desk = desk.put(replace(without_guest(ticket, staff), seals=seals))
    return desk


def without_guest(ticket: Ticket, staff: str) -> Ticket:
    """The ticket without this colleague reading along or being asked."""
    return replace(
        ticket,
        shadows=_but(ticket.shadows, staff),
        speaking=_but(ticket.speaking, staff),
        question=None if _concerns(ticket.question, staff) else ticket.question,
    )


def _concerns(question: Question | None, staff: str) -> bool:
    return question is not None and question.staff == staff


def _but(names: Iterable[str], staff: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != staff)
