"""What visitors do in a simulated night: ask, talk, answer, go, vanish and come back."""

import asyncio
import uuid
from dataclasses import replace
from typing import Any

from bot.advice.vocabulary import Role
from tests.handover.night_base import NightBase, chosen
from tests.handover.night_people import Visitor
from tests.handover.night_world import REGIONS, Gateway
from tests.turns.doubles import DANGER_WORDS
from webchat.chats import ChatKeys, ChatState
from webchat.handover.people import Status
from webchat.handover.routing import QUEUE_PER_PERSON
from webchat.handover.tickets import Ending, Phase
from webchat.turns import Said, Wish

PERSON = ChatState.WITH_COUNSELLOR.value
ENDINGS = (Ending.EXIT, Ending.GOODBYE)


class VisitorMoves(NightBase):
    """Moves of those on a page."""

    def showing(self, *states: str) -> list[Visitor]:
        return [one for one in self.here() if one.state in states]

    async def do_come(self, pick: int, _who: int, _yes: bool) -> None:
        if len(self.visitors) < self.visitors_in_all:
            gateway = self.gateway(pick)
            ok, opened = await self.attempt(gateway, gateway.conversation.open_chat(None))
            if ok:
                self.visitors.append(Visitor(f"bezoeker {len(self.visitors) + 1}", opened["token"]))

    async def do_ask(self, pick: int, who: int, yes: bool) -> None:
        if (visitor := chosen(self.showing("bot"), pick)) is None:
            return
        gateway, before = self.gateway(who), set((await self.look()).tickets)
        wish = Wish(
            role=Role.CHILD if who % 5 == 0 else None,
            region=(*REGIONS, None)[who % 4],
            with_conversation=yes,
        )
        ok, why = await self.for_visitor(visitor, gateway, gateway.handover.ask(visitor.token, wish))
        desk = await self.look()
        for ticket in set(desk.tickets) - before:
            self.ledger.owner[ticket] = visitor.name
            self.ledger.shares[ticket] = yes
        if not ok and why == "nobody-available":
            working = [one for one in desk.duty.values() if one.status in (Status.AVAILABLE, Status.BUSY)]
            full = len(desk.waiting()) >= QUEUE_PER_PERSON * len(working)
            assert not working or full, f"{visitor.name} was told that nobody is there, and {len(working)} are"
            self.reached["nobody was there"] += 1

    async def do_say(self, pick: int, who: int, yes: bool) -> None:
        talking = self.showing(PERSON)
        if (visitor := chosen(talking if yes and talking else self.here(), pick)) is not None:
            await self.says(visitor, self.gateway(who), danger=pick % 17 == 0)

    async def do_say_twice_at_once(self, pick: int, _who: int, yes: bool) -> None:
        """The same message over two lines at the same moment."""
        talking = self.showing(PERSON)
        if (visitor := chosen(talking if yes and talking else self.here(), pick)) is None or visitor.pending:
            return
        self._write(visitor, danger=False)
        said = visitor.pending
        await asyncio.gather(*(self._send(visitor, one, said, certain=False) for one in self.gateways))

    async def says(self, visitor: Visitor, gateway: Gateway, danger: bool = False, certain: bool = True) -> None:
        """One message. What was not acknowledged is sent again first, with the same id."""
        again = visitor.pending is not None
        if again:
            self.reached["a visitor's message was sent again"] += 1
        else:
            self._write(visitor, danger)
        assert visitor.pending is not None
        await self._send(visitor, gateway, visitor.pending, certain and not again)

    def _write(self, visitor: Visitor, danger: bool) -> None:
        message_id = str(uuid.uuid4())
        notes = self.notes(visitor)
        visitor.pending_ticket = notes.ticket if notes else None
        text = self.ledger.write(message_id, visitor.name, visitor.name, visitor.pending_ticket)
        if danger:
            text = f"{DANGER_WORDS} {text}"
            self.ledger.words[message_id] = replace(self.ledger.words[message_id], text=text)
        visitor.pending = Said(message_id, text)

    async def _send(self, visitor: Visitor, gateway: Gateway, said: Said, certain: bool) -> None:
        ticket, turns = await self.ticket_of(visitor), len(self.shared.bot.turns)
        ok, result = await self.for_visitor(visitor, gateway, gateway.conversation.visitor_said(visitor.token, said))
        if certain and ticket is not None and ticket.phase is Phase.TALKING:
            after = (await self.look()).tickets.get(ticket.id)
            still = after is not None and after.phase is Phase.TALKING
            silent = len(self.shared.bot.turns) == turns
            assert silent or not still, f"the bot answered {visitor.name}, who talks with {ticket.holder}"
        if ok:
            self._arrived(visitor, said, result, certain)
        elif result != "cut":
            visitor.pending = None
        elif visitor.pending is said:
            self.ledger.steady.discard(said.message_id)

    def _arrived(self, visitor: Visitor, said: Said, result: dict[str, Any], certain: bool) -> None:
        assert result["id"] == said.message_id
        visitor.pending = None
        if result["state"] != PERSON:
            self.ledger.to_bot.add(said.message_id)
            return
        notes, words = self.notes(visitor), self.ledger.words[said.message_id]
        ticket = notes.ticket if notes else None
        listed = ticket is None or said.message_id in self.ledger.acknowledged[ticket]
        if ticket is not None and ticket == words.ticket and not listed:
            self.ledger.arrived(said.message_id, ticket, certain)

    async def do_hear(self, pick: int, who: int, yes: bool) -> None:
        others = self.showing("waiting", PERSON)
        if (visitor := chosen(others if yes and others else self.here(), pick)) is not None:
            await self.hears(visitor, self.gateway(who))

    async def do_hear_in_part(self, pick: int, who: int, _yes: bool) -> None:
        """The line drops while the page reads."""
        if (visitor := chosen(self.here(), pick)) is not None:
            await self.hears(visitor, self.gateway(who), most=1 + who % 3)

    async def hears(self, visitor: Visitor, gateway: Gateway, most: int | None = None) -> None:
        ok, whole = await self.for_visitor(visitor, gateway, visitor.hear(gateway, self.ledger, most))
        if ok and whole and visitor.gone is None and not gateway.line.is_cut:
            await self.screen_is_true(visitor)

    async def do_accept(self, pick: int, who: int, _yes: bool) -> None:
        gateway = self.gateway(who)
        called = [one for one in self.here() if (ticket := await self.ticket_of(one)) and ticket.phase is Phase.CALLED]
        visitor = await self._caught_up(called, pick, gateway)
        if visitor is None or visitor.offer is None:
            return
        ok, _why = await self.for_visitor(visitor, gateway, gateway.handover.accept(visitor.token))
        self.reached["began to talk"] += ok

    async def _caught_up(self, visitors: list[Visitor], pick: int, gateway: Gateway) -> Visitor | None:
        """One of them, whose page is seldom old."""
        visitor = chosen(visitors, pick)
        if visitor is not None and pick % 5:
            await self.hears(visitor, gateway)
        return visitor if visitor is not None and visitor.gone is None else None

    async def do_consent(self, pick: int, who: int, yes: bool) -> None:
        gateway, yes = self.gateway(who), yes or who % 2 == 0
        asked = [one for one in self.here() if (ticket := await self.ticket_of(one)) and ticket.question]
        visitor = await self._caught_up(asked, pick, gateway)
        if visitor is not None:
            await self.consents(visitor, gateway, yes)

    async def consents(self, visitor: Visitor, gateway: Gateway, yes: bool) -> None:
        if (consent := visitor.consent) is None or visitor.gone is not None:
            return
        work = gateway.handover.consent(visitor.token, consent["id"], yes)
        ok, _why = await self.for_visitor(visitor, gateway, work)
        if ok:
            to = " to a region" if consent["region"] else ""
            self.reached[f"{consent['kind']}{to}: {'yes' if yes else 'no'}"] += 1

    async def do_stop(self, pick: int, who: int, _yes: bool) -> None:
        if (visitor := chosen(self.showing("waiting", PERSON), pick)) is None:
            return
        gateway, talking = self.gateway(who), visitor.state == PERSON
        ok, _why = await self.for_visitor(visitor, gateway, gateway.handover.stop(visitor.token))
        self.reached["the visitor went back to the bot"] += ok and talking

    async def do_signal(self, pick: int, who: int, _yes: bool) -> None:
        if (visitor := chosen(self.here(), pick)) is None:
            return
        gateway, kind = self.gateway(who), ("typing", "not_alone", "back", "still_here")[who % 4]
        await self.for_visitor(visitor, gateway, gateway.visit.signal(visitor.token, kind))

    async def do_leave(self, pick: int, who: int, yes: bool) -> None:
        if (visitor := chosen(self.showing(PERSON) if yes else self.here(), pick)) is not None:
            await self.leaves(visitor, who)

    async def leaves(self, visitor: Visitor, number: int) -> None:
        """By the exit, with a goodbye or by closing the page; at once nothing is left."""
        gateway, ticket = self.gateway(number), await self.ticket_of(visitor)
        closes = number % 3 == 0
        work = (
            gateway.visit.close_page(visitor.token)
            if closes
            else gateway.visit.wipe(visitor.token, ENDINGS[number % 2])
        )
        keeps = (notes := self.notes(visitor)) is not None and notes.keep and closes
        ok, _why = await self.for_visitor(visitor, gateway, work)
        if keeps:
            visitor.is_here = False
            return
        visitor.gone = visitor.gone or ("left" if ok else "vanished")
        if ok and ticket is not None and ticket.phase is Phase.TALKING:
            self.reached["closed the page while talking" if closes else "left while talking"] += 1

    async def do_line(self, pick: int, who: int, yes: bool) -> None:
        """A line drops, or is back; and who has a code comes back on another device."""
        away = [one for one in self.visitors if not one.is_here and one.gone is None]
        if away and (yes or who % 3 > 0):
            visitor = chosen(away, pick)
            if visitor.code is not None and who % 2:
                await self._comes_back(visitor, self.gateway(who))
            visitor.is_here = True
            if visitor.gone is None:
                await self.hears(visitor, self.gateway(who))
            self.reached["a line was back"] += 1
        elif (visitor := chosen(self.showing("waiting", PERSON), pick)) is not None:
            visitor.is_here = False

    async def do_code(self, pick: int, who: int, _yes: bool) -> None:
        """Ask for a code to come back with, and close the page."""
        without = [one for one in self.here() if one.code is None]
        if (visitor := chosen(without, pick)) is None or pick % 3:
            return
        gateway = self.gateway(who)
        ok, given = await self.for_visitor(visitor, gateway, gateway.codes.return_code(visitor.token))
        if ok:
            visitor.code = given["code"]
            await self.leaves(visitor, 3 * who)

    async def _comes_back(self, visitor: Visitor, gateway: Gateway) -> None:
        code, visitor.code = visitor.code, None
        ok, given = await self.for_visitor(visitor, gateway, gateway.codes.come_back(code, None))
        if not ok:
            return
        assert given["token"] == visitor.token, f"the code of {visitor.name} opened another chat"
        assert ChatKeys.from_token(given["token"]).chat_id in self.shared.chats._chats
        visitor.last, visitor.seen, visitor.state = 0, [], "bot"
        visitor.offer, visitor.consent, visitor.person = None, None, None
        self.reached["somebody came back with a code"] += 1

    async def screen_is_true(self, visitor: Visitor) -> None:
        raise NotImplementedError
