"""What a counsellor does with a chat: take, answer, hand on, let a colleague read along, end. Must not see text."""

from collections.abc import Mapping
from dataclasses import replace

from webchat.handover.desk import MOST_WAITS, Desk, Refused
from webchat.handover.duty_moves import returned, without_guest
from webchat.handover.people import Status
from webchat.handover.routing import Widening, is_free, is_severe, why_not
from webchat.handover.tickets import Ask, Ending, Phase, Question, Returned, Seals, Ticket
from webchat.handover.visitor_moves import ended


def claim(desk: Desk, ticket_id: str, staff: str, now: float, widening: Widening) -> Desk:
    """Take a chat: one person gets it, and the keys that were sealed to others go.

    An overdue chat of a colleague may be taken too; then the visitor is not asked again, only told. Raises
    ``Refused`` with the reason, ``already-taken`` for the one who came second.
    """
    ticket, duty = desk.tickets.get(ticket_id), desk.on_duty(staff)
    if ticket is None or ticket.is_over:
        raise Refused("already-taken")
    reason = why_not(desk, ticket, duty, now, widening)
    if reason is not None:
        raise Refused(reason)
    own = {duty.session: ticket.seals[duty.session]}
    if ticket.phase is Phase.TALKING:
        taken_over = replace(returned(ticket, Returned.COLLEAGUE_GONE), phase=Phase.TALKING, returned=None)
        return desk.put(replace(taken_over, holder=staff, held_at=now, unanswered=now, seals=own))
    waits = (*desk.waits, (now, max(0.0, now - ticket.asked_at)))[-MOST_WAITS:]
    taken = replace(ticket, phase=Phase.CALLED, holder=staff, held_at=now, seals=own)
    return replace(desk.put(taken), waits=waits)


def hand_back(desk: Desk, ticket_id: str, staff: str) -> Desk:
    """Put a chat back in front of the queue, for instance when it was taken by mistake."""
    ticket = _open(desk, ticket_id, staff)
    return desk.put(returned(ticket, Returned.HANDED_BACK))


def answered(desk: Desk, ticket_id: str, staff: str) -> Desk:
    """The counsellor said something. Raises ``Refused`` when they may not speak here."""
    ticket = may_speak(desk, ticket_id, staff)
    # While the visitor waited too long, others had keys too: they go again.
    inside, asked = {ticket.holder, *ticket.shadows}, ticket.question.staff if ticket.question else None
    sessions = {duty.session: duty.staff for duty in desk.duty.values()}
    seals = {session: one for session, one in ticket.seals.items() if sessions.get(session) in inside}
    for session, one in ticket.seals.items():
        if session not in seals and asked is not None and sessions.get(session) == asked:
            # A colleague who is asked sees the card; the conversation waits for the visitor's yes.
            seals[session] = Seals(one.card, "")
    return desk.put(replace(ticket, unanswered=None, refused=None, seals=seals))


def may_speak(desk: Desk, ticket_id: str, staff: str) -> Ticket:
    """The ticket, when ``staff`` may write in it: the one who has it, or a colleague who was let in to speak."""
    ticket = desk.tickets.get(ticket_id)
    if ticket is None or ticket.is_over or (ticket.holder != staff and staff not in ticket.speaking):
        raise Refused("ticket-gone")
    if ticket.phase is not Phase.TALKING:
        raise Refused("not-begun")
    return ticket


def may_read(desk: Desk, ticket_id: str, staff: str) -> Ticket:
    """The ticket, when ``staff`` may read the conversation: once it is taken, never before."""
    ticket = desk.tickets.get(ticket_id)
    if ticket is None or ticket.is_over or (ticket.holder != staff and staff not in ticket.shadows):
        raise Refused("ticket-gone")
    return ticket


def propose(desk: Desk, ticket_id: str, question: Question, seals: Mapping[str, Seals]) -> Desk:
    """Ask to hand on, to let a colleague read along, or to give back to the bot.

    ``seals`` hold the card's key for the colleague, so that they know what they say yes to; the conversation's comes
    when the visitor agreed. Raises ``Refused`` when a question is open already or nobody could come.
    """
    ticket = _talking(desk, ticket_id, question.by)
    if ticket.question is not None:
        raise Refused("question-open")
    if question.kind is Ask.TO_BOT:
        return desk.put(replace(ticket, question=replace(question, agreed=True), refused=None))
    if question.region is not None:
        _refuse_empty_region(desk, question.region)
        return desk.put(replace(ticket, question=replace(question, agreed=True), refused=None))
    duty = desk.on_duty(question.staff or "")
    if duty.staff == ticket.holder or (duty.staff in ticket.shadows and question.kind is Ask.SHADOW):
        raise Refused("not-this-colleague")
    if duty.status is not Status.AVAILABLE or (question.kind is Ask.TRANSFER and not is_free(desk, duty)):
        raise Refused("colleague-busy")
    kept = {**ticket.seals, **{session: one for session, one in seals.items() if session not in ticket.seals}}
    return desk.put(replace(ticket, question=replace(question, agreed=False), refused=None, seals=kept))


def colleague_answers(desk: Desk, ticket_id: str, staff: str, yes: bool) -> Desk:
    """The colleague who was asked says yes (then the visitor is asked) or no."""
    ticket = desk.live(ticket_id)
    question = ticket.question
    if question is None or question.staff != staff or question.agreed:
        raise Refused("nothing-asked")
    if not yes:
        # Who reads along already keeps their key.
        ticket = ticket if staff in ticket.shadows else _without_seal(desk, ticket, staff)
        return desk.put(replace(ticket, question=None, refused="colleague"))
    return desk.put(replace(ticket, question=replace(question, agreed=True)))


def take_back(desk: Desk, ticket_id: str, staff: str) -> Desk:
    """Withdraw an open question."""
    ticket = _talking(desk, ticket_id, staff)
    guest = ticket.question.staff if ticket.question else None
    if guest is not None and guest not in ticket.shadows:
        ticket = _without_seal(desk, ticket, guest)
    return desk.put(replace(ticket, question=None))


def stop_reading(desk: Desk, ticket_id: str, guest: str, by: str) -> Desk:
    """A colleague who reads along goes, by themselves or because the counsellor says so."""
    ticket = desk.live(ticket_id)
    if guest not in ticket.shadows or by not in (guest, ticket.holder):
        raise Refused("ticket-gone")
    return desk.put(without_guest(_without_seal(desk, ticket, guest), guest))


def let_speak(desk: Desk, ticket_id: str, staff: str, guest: str) -> Desk:
    """The counsellor lets a colleague who reads along write too."""
    ticket = _talking(desk, ticket_id, staff)
    if guest not in ticket.shadows:
        raise Refused("not-this-colleague")
    return desk.put(replace(ticket, speaking=tuple(dict.fromkeys((*ticket.speaking, guest)))))


def call_for_help(desk: Desk, ticket_id: str, staff: str, wanted: bool) -> Desk:
    """Show colleagues that this counsellor would like somebody to think along."""
    return desk.put(replace(_open(desk, ticket_id, staff), help=wanted))


def weigh(desk: Desk, ticket_id: str, staff: str, severe: bool) -> Desk:
    """Say that this chat is heavy: it weighs double from now on."""
    return desk.put(replace(_open(desk, ticket_id, staff), severe=severe))


def warn(desk: Desk, ticket_id: str, staff: str) -> Desk:
    """The visitor was warned that this is not what the chat is for."""
    return desk.put(replace(_talking(desk, ticket_id, staff), warned=True))


def report_abuse(desk: Desk, ticket_id: str, staff: str, colleague: str, seals: Mapping[str, Seals]) -> Desk:
    """Ask a colleague to read and agree that this chat ends for abuse; only after a warning that said so."""
    ticket = _talking(desk, ticket_id, staff)
    if not ticket.warned:
        raise Refused("warn-first")
    duty = desk.on_duty(colleague)
    if colleague == staff or (duty.session not in seals and duty.session not in ticket.seals):
        raise Refused("not-this-colleague")
    shadows = tuple(dict.fromkeys((*ticket.shadows, colleague)))
    return desk.put(replace(ticket, abuse_by=staff, shadows=shadows, seals={**ticket.seals, **seals}))


def judge_abuse(desk: Desk, ticket_id: str, colleague: str, yes: bool, now: float) -> Desk:
    """The second pair of eyes: yes ends the chat, no leaves it open and the colleague goes."""
    ticket = desk.live(ticket_id)
    if ticket.abuse_by is None or colleague == ticket.abuse_by or colleague not in ticket.shadows:
        raise Refused("nothing-asked")
    if yes:
        return desk.put(ended(ticket, Ending.ABUSE, now))
    return desk.put(replace(without_guest(_without_seal(desk, ticket, colleague), colleague), abuse_by=None))


def end(desk: Desk, ticket_id: str, staff: str, now: float) -> Desk:
    """Close a chat. After a severe one a pause is offered."""
    ticket = _open(desk, ticket_id, staff)
    closed = desk.put(ended(ticket, Ending.COUNSELLOR, now))
    return offer_pause(closed, ticket) if is_severe(ticket) else closed


def offer_pause(desk: Desk, ticket: Ticket) -> Desk:
    """Offer the one who had this ticket a pause."""
    duty = desk.duty.get(ticket.holder or "")
    return desk if duty is None else desk.put_duty(replace(duty, pause_offered=True))


def wrap_up(desk: Desk, ticket_id: str, staff: str) -> Desk:
    """The codes were counted: nothing of this chat is left at the desk."""
    ticket = desk.held(ticket_id, staff)
    if not ticket.is_over:
        raise Refused("chats-open")
    return desk.without(ticket_id)


def _open(desk: Desk, ticket_id: str, staff: str) -> Ticket:
    ticket = desk.held(ticket_id, staff)
    if ticket.is_over:
        raise Refused("ticket-gone")
    return ticket


def _talking(desk: Desk, ticket_id: str, staff: str) -> Ticket:
    ticket = _open(desk, ticket_id, staff)
    if ticket.phase is not Phase.TALKING:
        raise Refused("not-begun")
    return ticket


def _refuse_empty_region(desk: Desk, region: str) -> None:
    if not any(region in duty.regions and duty.status is not Status.LEAVING for duty in desk.duty.values()):
        raise Refused("nobody-in-region")


def _without_seal(desk: Desk, ticket: Ticket, staff: str) -> Ticket:
    duty = desk.duty.get(staff)
    if duty is None:
        return ticket
    return replace(ticket, seals={session: one for session, one in ticket.seals.items() if session != duty.session})
