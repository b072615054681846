"""What a counsellor does with a chat at the desk: take, hand on, ask a colleague along, weigh. Must not write words.

Every method names the one who calls and the ticket; somebody else's ticket looks the same as none at all. They raise
``NotAllowedNow`` with a reason from the fixed texts, and ``StoreUnavailable``.
"""

import secrets
from contextlib import suppress
from dataclasses import replace
from typing import Any

from webchat.chats import ChatGone, Sealed
from webchat.handover import staff_moves
from webchat.handover.desk import Desk, Refused
from webchat.handover.people import OnDuty
from webchat.handover.tickets import Ask, Question, Ticket
from webchat.ports import NotAllowedNow
from webchat.staff.audit import AuditAction, AuditResult
from webchat.staff.bench import Bench, colleague, concerning, duty_of, fully_sealed_to, sealed_to, talk_token
from webchat.staff.sessions import Session


class Console:
    """The moves of a counsellor that need no text."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def claim(self, who: Session, ticket_id: str) -> Desk:
        """Take a chat from the queue, or over from a colleague who does not answer. One person gets it.

        The visitor's side asks, or tells, the visitor and writes into the conversation who has it now.
        """

        def work(desk: Desk, now: float) -> Desk:
            after = staff_moves.claim(desk, ticket_id, who.account.id, now, self._bench.room.widening)
            if not after.ticket(ticket_id).seals[who.id].talk:
                # A colleague who was only invited has the key of the card alone.
                raise Refused("not-sealed-yet")
            return after

        return await self._bench.move(who, AuditAction.CHAT_CLAIMED, work)

    async def hand_back(self, who: Session, ticket_id: str) -> None:
        """Put it back in front of the queue."""
        staff = who.account.id
        await self._bench.move(
            who, AuditAction.CHAT_RELEASED, lambda desk, _now: staff_moves.hand_back(desk, ticket_id, staff)
        )

    async def transfer(self, who: Session, ticket_id: str, to: str | None, region: str | None) -> None:
        """Ask to hand it on to a colleague (who is asked first) or to a region; then the visitor is asked."""
        await self._propose(who, ticket_id, Ask.TRANSFER, to, region)

    async def ask_along(self, who: Session, ticket_id: str, to: str) -> None:
        """Ask a colleague to read along; the visitor is asked too, and sees them."""
        await self._propose(who, ticket_id, Ask.SHADOW, to, None)

    async def back_to_bot(self, who: Session, ticket_id: str) -> None:
        """Ask the visitor to go on with the bot."""
        await self._propose(who, ticket_id, Ask.TO_BOT, None, None)

    async def take_back(self, who: Session, ticket_id: str) -> None:
        """Withdraw the open question."""
        staff = who.account.id
        await self._bench.move(who, None, lambda desk, _now: staff_moves.take_back(desk, ticket_id, staff))

    async def answer_colleague(self, who: Session, ticket_id: str, yes: bool) -> None:
        """The one who was asked to come says yes or no."""

        def work(desk: Desk, _now: float) -> Desk:
            before = concerning(desk, ticket_id, who.account.id)
            after = staff_moves.colleague_answers(desk, ticket_id, who.account.id, yes)
            ticket = after.ticket(ticket_id)
            if who.account.id not in ticket.shadows:
                return after
            # Somebody who reads along and does not want to take over goes on reading.
            return after.put(replace(ticket, seals={**ticket.seals, who.id: before.seals[who.id]}))

        await self._bench.move(who, None, work)

    async def stop_reading(self, who: Session, ticket_id: str, guest: str) -> None:
        """A colleague who reads along goes: by themselves, or because the holder says so. The visitor is told."""
        token, name = "", ""

        def work(desk: Desk, _now: float) -> Desk:
            nonlocal token, name
            ticket = concerning(desk, ticket_id, who.account.id)
            after = staff_moves.stop_reading(desk, ticket_id, guest, who.account.id)
            token, name = talk_token(ticket, who), _name(desk, guest)
            return after

        await self._bench.move(who, None, work)
        await self._tell(token, "left", name)

    async def let_speak(self, who: Session, ticket_id: str, guest: str) -> None:
        """A colleague who reads along may write too. The visitor is told."""
        token, name = "", ""

        def work(desk: Desk, _now: float) -> Desk:
            nonlocal token, name
            after = staff_moves.let_speak(desk, ticket_id, who.account.id, guest)
            token, name = talk_token(after.ticket(ticket_id), who), _name(desk, guest)
            return after

        await self._bench.move(who, None, work)
        await self._tell(token, "speaks", name)

    async def call_for_help(self, who: Session, ticket_id: str, wanted: bool) -> None:
        """Show colleagues that somebody to think along is welcome, or no longer."""
        staff, action = who.account.id, AuditAction.HELP_CALLED if wanted else None
        await self._bench.move(
            who, action, lambda desk, _now: staff_moves.call_for_help(desk, ticket_id, staff, wanted)
        )

    async def weigh(self, who: Session, ticket_id: str, severe: bool) -> None:
        """Say that this chat is heavy, or not."""
        staff = who.account.id
        await self._bench.move(who, None, lambda desk, _now: staff_moves.weigh(desk, ticket_id, staff, severe))

    async def report_abuse(self, who: Session, ticket_id: str, to: str) -> None:
        """Ask a colleague to read the conversation and to agree that it ends; only after a warning."""

        def work(desk: Desk, _now: float) -> Desk:
            duty = colleague(desk, to)
            ticket = _held(desk, ticket_id, who)
            seals = {} if to == who.account.id else fully_sealed_to(duty, ticket, who)
            return staff_moves.report_abuse(desk, ticket_id, who.account.id, to, seals)

        await self._bench.move(who, None, work)
        await self._bench.actions.record(who.account.id, AuditAction.ABUSE_ENDED, AuditResult.ASKED)

    async def judge_abuse(self, who: Session, ticket_id: str, yes: bool) -> None:
        """The second pair of eyes: yes ends the chat and wipes the conversation, no leaves it open."""
        token = ""

        def work(desk: Desk, now: float) -> Desk:
            nonlocal token
            ticket = concerning(desk, ticket_id, who.account.id)
            after = staff_moves.judge_abuse(desk, ticket_id, who.account.id, yes, now)
            token = talk_token(ticket, who)
            return after

        await self._bench.move(who, AuditAction.ABUSE_ENDED if yes else None, work)
        if yes:
            await self._bench.talks.wipe(token)

    async def end(self, who: Session, ticket_id: str) -> None:
        """Close the chat for good: the conversation is gone at once, the visitor's side sees it and wipes its own.

        The desk comes first, so that nothing can be written after it. Should the store go away in between, the
        visitor's side and the lifetime of the conversation still wipe it.
        """
        token = ""

        def work(desk: Desk, now: float) -> Desk:
            nonlocal token
            ticket = _held(desk, ticket_id, who)
            after = staff_moves.end(desk, ticket_id, who.account.id, now)
            token = talk_token(ticket, who)
            return after

        await self._bench.move(who, AuditAction.CHAT_ENDED, work)
        await self._bench.talks.wipe(token)

    async def _propose(self, who: Session, ticket_id: str, kind: Ask, to: str | None, region: str | None) -> None:
        question = Question(secrets.token_hex(8), kind, who.account.id, to, region)

        def work(desk: Desk, _now: float) -> Desk:
            ticket = _held(desk, ticket_id, who)
            seals = {}
            if to is not None and to != who.account.id:
                seals = sealed_to(colleague(desk, to), ticket, who)
            return staff_moves.propose(desk, ticket_id, question, seals)

        await self._bench.move(who, _ASKED[kind], work)

    async def _tell(self, token: str, what: str, name: str) -> None:
        """Put a change of company into the conversation, for all who read it. The desk knows it in any case."""
        event: dict[str, Any] = {"what": what, "name": name}
        with suppress(ChatGone, NotAllowedNow):
            await self._bench.talks.add(token, (Sealed.STATE, event), activity=False)


_ASKED = {
    Ask.TRANSFER: AuditAction.CHAT_TRANSFERRED,
    Ask.SHADOW: AuditAction.CHAT_SHADOWED,
    Ask.TO_BOT: AuditAction.CHAT_TO_BOT,
}


def _held(desk: Desk, ticket_id: str, who: Session) -> Ticket:
    duty_of(desk, who)
    ticket = desk.held(ticket_id, who.account.id)
    if ticket.is_over:
        raise Refused("ticket-gone")
    return ticket


def _name(desk: Desk, staff: str) -> str:
    found: OnDuty | None = desk.duty.get(staff)
    return found.name if found else ""
