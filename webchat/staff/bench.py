"""What every use case of the console stands on: the desk, the talks, the record. Must not decide what is allowed.

Only what a counsellor's own seals open can be read here; there is no other way to a card or a conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from webchat.desk import DeskRoom, Talks
from webchat.handover.desk import Desk, Refused
from webchat.handover.envelopes import SealedForOthers, StaffKey, seal_to
from webchat.handover.people import OnDuty
from webchat.handover.tickets import Seals, Ticket
from webchat.ports import NotAllowedNow
from webchat.staff.audit import AuditAction, AuditResult
from webchat.staff.sessions import Session


class ActionLog(Protocol):
    """Where it is written down who did what: the audit log. Gets the name of an action, never a ticket or a word."""

    async def record(self, account_id: str, action: AuditAction, result: AuditResult = AuditResult.DONE) -> None:
        """Write down one action. Raises ``StaffStoreUnavailable``."""
        ...


StaffMove = Callable[[Desk, float], Desk]


@dataclass(frozen=True)
class Bench:
    """The desk, the talks and the record, shared by all use cases."""

    room: DeskRoom
    talks: Talks
    actions: ActionLog

    async def move(self, who: Session, action: AuditAction | None, work: StaffMove) -> Desk:
        """Make one move as somebody on duty, then write down ``action``.

        Raises ``NotAllowedNow`` with the reason of the refusal, and ``StoreUnavailable``. A move that was made but
        could not be written down stays made: the visitor comes first, and the caller hears of it.
        """

        def by_this_console(desk: Desk, now: float) -> Desk:
            duty_of(desk, who)
            return work(desk, now)

        try:
            desk = await self.room.move(by_this_console)
        except Refused as refused:
            raise NotAllowedNow(refused.reason) from None
        if action is not None:
            await self.actions.record(who.account.id, action)
        return desk

    async def look(self, who: Session) -> Desk:
        """The desk, for somebody on duty. Raises ``NotAllowedNow``."""
        desk = await self.room.look()
        try:
            duty_of(desk, who)
        except Refused as refused:
            raise NotAllowedNow(refused.reason) from None
        return desk


def duty_of(desk: Desk, who: Session) -> OnDuty:
    """This person on duty with this very session. Raises ``Refused``: an older session has the wrong keys."""
    duty = desk.on_duty(who.account.id)
    if duty.session != who.id:
        raise Refused("not-on-duty")
    return duty


def colleague(desk: Desk, staff: str) -> OnDuty:
    """A colleague on duty. Raises ``Refused``."""
    found = desk.duty.get(staff)
    if found is None:
        raise Refused("colleague-gone")
    return found


def concerning(desk: Desk, ticket_id: str, staff: str) -> Ticket:
    """The ticket, when this person has it, reads along or is asked to come; else it looks as if there were none."""
    ticket = desk.tickets.get(ticket_id)
    if ticket is None or not (ticket.holder == staff or staff in ticket.shadows or is_invited(ticket, staff)):
        raise Refused("ticket-gone")
    return ticket


def is_invited(ticket: Ticket, staff: str) -> bool:
    """Whether this person is asked to take the chat over or to read along."""
    return ticket.question is not None and ticket.question.staff == staff


def card_key(ticket: Ticket, who: Session) -> str:
    """The key of the card, from the person's own seal. Raises ``Refused``."""
    return _opened(ticket, who, "card")


def talk_token(ticket: Ticket, who: Session) -> str:
    """The token of the conversation, from the person's own seal. Raises ``Refused``."""
    return _opened(ticket, who, "talk")


def sealed_to(duty: OnDuty, ticket: Ticket, who: Session) -> dict[str, Seals]:
    """The key of the card for a colleague, so that they know what they are asked; the conversation stays shut."""
    card = seal_to(duty.public_key, card_key(ticket, who), "card", ticket.id)
    return {duty.session: Seals(card, "")}


def fully_sealed_to(duty: OnDuty, ticket: Ticket, who: Session) -> dict[str, Seals]:
    """The keys of card and conversation for a colleague who has to read it."""
    card = sealed_to(duty, ticket, who)[duty.session].card
    return {duty.session: Seals(card, seal_to(duty.public_key, talk_token(ticket, who), "talk", ticket.id))}


def _opened(ticket: Ticket, who: Session, purpose: str) -> str:
    seals = ticket.seals.get(who.id)
    sealed = "" if seals is None else (seals.card if purpose == "card" else seals.talk)
    if not sealed:
        raise Refused("ticket-gone")
    try:
        return StaffKey.from_session(who.cookie).open(sealed, purpose, ticket.id)
    except SealedForOthers:
        raise Refused("ticket-gone") from None
