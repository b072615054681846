"""What must hold at every moment of a simulated night. Each failure says who, and what."""

from collections import Counter

from tests.handover.night_base import NightBase
from tests.handover.night_people import Console, Visitor
from tests.handover.night_world import WIDENING
from webchat.chats import ChatKeys, ChatState
from webchat.handover import routing
from webchat.handover.desk import Desk
from webchat.handover.people import LOST_SECONDS, OnDuty, Status
from webchat.handover.tickets import Ending, Phase, Ticket
from webchat.staff.counsellor_talk import readable


class Truths(NightBase):
    """Everybody is in one place, reads what is theirs and nothing else, and is not left waiting."""

    async def truths(self) -> None:
        desk = await self.look()
        self._one_place(desk)
        for visitor in self.visitors:
            if visitor.gone == "left":
                self._nothing_is_left(visitor, desk)
        self.cut_short |= {one.id for one in desk.tickets.values() if one.ending in (Ending.LINE_LOST, Ending.EXPIRED)}
        for ticket in desk.tickets.values():
            self._held_by_somebody_real(desk, ticket)
            self._keys_fit(desk, ticket)
        for ticket in desk.waiting():
            self._not_left_waiting(desk, ticket)

    def _one_place(self, desk: Desk) -> None:
        there = {visitor.name: notes for visitor in self.visitors if (notes := self.notes(visitor)) is not None}
        for part in ("ticket", "talk", "card_key"):
            values = Counter(getattr(notes, part) for notes in there.values() if getattr(notes, part) is not None)
            assert all(count == 1 for count in values.values()), f"two visitors have the same {part}"
        live = [ticket for ticket in desk.tickets.values() if not ticket.is_over]
        owners = Counter(self.ledger.owner.get(ticket.id) for ticket in live)
        for visitor in self.visitors:
            if visitor.doubtful_until > self.now():
                continue
            assert owners[visitor.name] <= 1, f"{visitor.name} is at the desk {owners[visitor.name]} times"
            notes = there.get(visitor.name)
            if notes is None:
                continue
            at_desk = notes.state in (ChatState.WAITING, ChatState.WITH_COUNSELLOR)
            assert at_desk == (notes.ticket is not None), f"{visitor.name}: {notes.state} with ticket {notes.ticket}"
            if not at_desk:
                assert owners[visitor.name] == 0, f"{visitor.name} is with the bot and at the desk"

    def _nothing_is_left(self, visitor: Visitor, desk: Desk) -> None:
        for token in (visitor.token, *visitor.talks):
            assert ChatKeys.from_token(token).chat_id not in self.shared.chats._chats, f"{visitor.name} left something"
        live = [one.id for one in desk.tickets.values() if self.ledger.owner.get(one.id) == visitor.name]
        kept = [one for one in live if not desk.tickets[one].is_over]
        assert not kept or visitor.doubtful_until > self.now(), f"{visitor.name} left, and is at the desk"

    def _held_by_somebody_real(self, desk: Desk, ticket: Ticket) -> None:
        who = self.ledger.owner.get(ticket.id, "somebody")
        if ticket.phase is Phase.WAITING:
            assert ticket.holder is None and not ticket.shadows, f"{who} waits and somebody has them"
        elif not ticket.is_over:
            assert ticket.holder in desk.duty, f"{who} is with {ticket.holder}, who is gone"
            assert self.now() - desk.duty[ticket.holder].beat < LOST_SECONDS, f"{who} is with somebody who died"
            company = set(ticket.shadows)
            assert ticket.holder not in company and company <= set(desk.duty), f"{who} is read along by {company}"
            self.reached["read along"] += bool(company)
            self.reached["talking"] += ticket.phase is Phase.TALKING

    def _keys_fit(self, desk: Desk, ticket: Ticket) -> None:
        who = self.ledger.owner.get(ticket.id, "somebody")
        if ticket.is_over:
            assert not ticket.seals and not ticket.card, f"keys of {who} are left"
        elif ticket.phase is not Phase.WAITING and not routing.is_overdue(ticket, self.now()):
            allowed = {ticket.holder, *ticket.shadows}
            sessions = {duty.session: duty.staff for duty in desk.duty.values()}
            readers = {sessions[one] for one, seals in ticket.seals.items() if seals.talk and one in sessions}
            assert readers <= allowed, f"{readers - allowed} have the key of {who}"

    def _not_left_waiting(self, desk: Desk, ticket: Ticket) -> None:
        """By a count of its own: from 30 seconds neighbours may come, from 60 any, from 120 also without the skill."""
        now, who = self.now(), self.ledger.owner.get(ticket.id, "somebody")
        free = [one for one in desk.duty.values() if _is_free(desk, one)]
        reasons = {one.staff: routing.why_not(desk, ticket, one, now, WIDENING) for one in free}
        welcome = {staff for staff, reason in reasons.items() if reason in (None, "not-sealed-yet")}
        assert welcome or not free, f"{who} waits and nobody may come, although {sorted(reasons)} are free: {reasons}"
        steps = 3 if ticket.danger else sum(now - ticket.asked_at >= step for step in (30.0, 60.0, 120.0))
        near = {one.staff for one in free if _distance(ticket, one) <= steps}
        assert near <= welcome, f"{who} waits beyond the rule while {near - welcome} could come: {reasons}"
        if near and steps < 3:
            others = {one.staff for one in free if not one.sees_all} - near
            assert not others & welcome, f"{who} is offered to {others & welcome} before those who are near"

    async def screen_is_true(self, visitor: Visitor) -> None:
        """After a look, what the page shows is how it is."""
        notes, ticket, desk = self.notes(visitor), await self.ticket_of(visitor), await self.look()
        name = visitor.name
        assert notes is not None and visitor.state == notes.state, f"{name} sees {visitor.state}, it is {notes}"
        if visitor.state == ChatState.BOT:
            assert notes.ticket is None and notes.talk is None, f"{name} is with the bot and at the desk"
        else:
            assert ticket is not None and not ticket.is_over, f"{name} sees {visitor.state} and is not at the desk"
            talks = ticket.phase is Phase.TALKING
            assert talks == (visitor.state == ChatState.WITH_COUNSELLOR), f"{name} sees {visitor.state}: {ticket.phase}"
            self._screen_at_desk(visitor, ticket, desk)
        lost = {one for one in visitor.owed if self._was_lost(one)}
        self.ledger.check_complete(name, "the page", visitor.seen, [one for one in visitor.owed if one not in lost])

    def _was_lost(self, message_id: str) -> bool:
        """Words in a talk that was wiped with a line that stayed away."""
        return self.ledger.words[message_id].ticket in self.cut_short

    def _screen_at_desk(self, visitor: Visitor, ticket: Ticket, desk: Desk) -> None:
        name = visitor.name
        if ticket.phase is Phase.WAITING:
            sealed = {one for one, seals in ticket.seals.items() if seals.talk}
            without = [one.name for one in desk.duty.values() if one.session not in sealed]
            assert not without, f"{without} got no key of {name}, who waits and is there"
            assert visitor.offer is None, f"{name} is called by nobody"
        elif ticket.phase is Phase.CALLED:
            assert visitor.offer, f"{name} is not told that {ticket.holder} is there"
        else:
            holder = desk.duty[ticket.holder or ""]
            assert visitor.person == holder.name, f"{name} sees {visitor.person} instead of {holder.name}"
            asked = ticket.question.id if ticket.question and ticket.question.agreed else None
            shown = visitor.consent["id"] if visitor.consent else None
            assert shown == asked, f"{name} sees question {shown} instead of {asked}"

    async def console_is_true(self, console: Console) -> None:
        """After a look, the console has every word of its chats, and its keys open the right ones."""
        desk = await self.look()
        duty = desk.duty.get(console.staff)
        mine = duty is not None and duty.session == console.session.id
        shown = {chat["ticket"] for chat in console.chats()}
        held = {one.id for one in desk.of(console.staff)} if mine else set()
        assert shown == held, f"{console.name} sees {shown} and has {held}"
        for ticket in desk.tickets.values():
            token, visitor = readable(desk, ticket.id, console.session), self.of(ticket.id)
            if token is None or visitor is None or not mine:
                continue
            notes = self.notes(visitor)
            if notes is not None and notes.ticket == ticket.id:
                assert token == notes.talk, f"{console.name} has a key that is not that of {visitor.name}"
            if ChatKeys.from_token(token).chat_id in self.shared.chats._chats:
                seen, wanted = console.seen.get(ticket.id, []), self.ledger.acknowledged[ticket.id]
                self.ledger.check_complete(console.name, ticket.id, seen, wanted)


def _is_free(desk: Desk, duty: OnDuty) -> bool:
    mine = [one for one in desk.tickets.values() if one.holder == duty.staff and not one.is_over]
    heavy = sum(one.severe or one.danger or one.urgency == "acute" for one in mine)
    return duty.status is Status.AVAILABLE and len(mine) + heavy < duty.most


def _distance(ticket: Ticket, duty: OnDuty) -> int:
    lacks = int(bool(set(ticket.wishes) - set(duty.skills)))
    if ticket.region is None or ticket.region in duty.regions:
        return lacks
    return lacks + (1 if set(WIDENING.neighbours.get(ticket.region, ())) & set(duty.regions) else 2)
