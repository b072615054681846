"""Seals the keys of a card and a talk to those on duty who may take the chat. Must not seal a key of the bot's leg."""

from dataclasses import dataclass, field, replace

from webchat.chats import Notes
from webchat.handover.desk import Desk
from webchat.handover.envelopes import seal_to
from webchat.handover.people import OnDuty
from webchat.handover.routing import is_offered
from webchat.handover.tickets import Seals, Ticket


@dataclass(frozen=True)
class Keyring:
    """The two keys that may be given away. ``card`` opens the card, ``talk`` is the token of the talk."""

    ticket_id: str
    card: str = field(repr=False)
    talk: str = field(repr=False)

    @classmethod
    def of(cls, notes: Notes) -> "Keyring":
        """What the notes of a chat at the desk hold; the token of the chat itself is not among it."""
        return cls(notes.ticket or "", notes.card_key or "", notes.talk or "")

    def seal(self, duty: OnDuty) -> Seals:
        """Both keys for one counsellor."""
        return Seals(
            seal_to(duty.public_key, self.card, "card", self.ticket_id),
            seal_to(duty.public_key, self.talk, "talk", self.ticket_id),
        )

    def fits(self, desk: Desk, ticket: Ticket, now: float) -> bool:
        """Whether exactly those have keys who should."""
        return not self._missing(desk, ticket, now) and not self._spare(desk, ticket, now)

    def refit(self, desk: Desk, now: float) -> Desk:
        """The desk with keys for those who came on duty, and without those that an offer left behind.

        While the ticket is offered everybody on duty gets keys. As soon as it is not, only the one who has it, those
        who read along and a colleague who is being asked keep theirs.
        """
        ticket = desk.tickets.get(self.ticket_id)
        if ticket is None or ticket.is_over or self.fits(desk, ticket, now):
            return desk
        spare = self._spare(desk, ticket, now)
        kept = {session: seals for session, seals in ticket.seals.items() if session not in spare}
        new = {duty.session: self.seal(duty) for duty in self._missing(desk, ticket, now)}
        return desk.put(replace(ticket, seals={**kept, **new}))

    def _missing(self, desk: Desk, ticket: Ticket, now: float) -> tuple[OnDuty, ...]:
        if not is_offered(ticket, now):
            return ()
        # A colleague who was only asked has the card's key and not yet that of the talk.
        ready = {session for session, seals in ticket.seals.items() if seals.talk}
        return tuple(duty for duty in desk.duty.values() if duty.session not in ready)

    def _spare(self, desk: Desk, ticket: Ticket, now: float) -> frozenset[str]:
        if is_offered(ticket, now):
            return frozenset()
        asked = ticket.question.staff if ticket.question else None
        inside = {ticket.holder, asked, *ticket.shadows}
        sessions = {duty.session for duty in desk.duty.values() if duty.staff in inside}
        return frozenset(ticket.seals) - sessions
