"""What counsellors do in a simulated night, through the use cases of the console, each by what their screen shows."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from tests.handover.night_base import NightBase, chosen
from tests.handover.night_people import Console, Visitor
from tests.handover.night_world import REGIONS, Gateway
from webchat.handover.people import Status
from webchat.handover.tickets import Phase, Returned, Ticket

Chat = tuple[Console, str]


class StaffMoves(NightBase):
    """Moves of those at a console."""

    async def chat(
        self, pick: int, *phases: str, part: str = "holder", where: Callable[[Any], bool] = bool
    ) -> Chat | None:
        """One of the chats on all screens that are so. Screens are seldom old, so most catch up first."""
        if pick % 5:
            for number, console in enumerate(self.up()):
                await self.looks(console, self.gateway(pick + number))
                self.replace_cut_gateways()
        found = [
            (console, chat["ticket"])
            for console in self.up()
            for chat in console.chats(*phases, part=part)
            if where(chat)
        ]
        return chosen(found, pick)

    async def do_arrive(self, pick: int, who: int, yes: bool) -> None:
        """Come on duty with a new login, or come back in the same one after the browser had died."""
        down = [one for one in self.consoles if not one.is_up]
        if (console := chosen(down, pick)) is None:
            return
        if yes or not await self.shared.sessions.is_open(console.session):
            console.log_in()
        await self.arrives(console, who)

    async def do_status(self, pick: int, who: int, _yes: bool) -> None:
        if (console := chosen(self.up(), pick)) is None:
            return
        status = (Status.AVAILABLE, Status.AVAILABLE, Status.BUSY, Status.PAUSE, Status.LEAVING)[who % 5]
        gateway = self.gateway(who)
        await self.attempt(gateway, gateway.staff.presence.say(console.session, status))

    async def do_depart(self, pick: int, who: int, _yes: bool) -> None:
        if (console := chosen(self.up(), pick)) is None or len(self.up()) < 3:
            return
        gateway = self.gateway(who)
        ok, _why = await self.attempt(gateway, gateway.staff.presence.leave(console.session))
        if ok:
            assert not [one for one in (await self.look()).of(console.staff) if not one.is_over]
            console.is_up = False

    async def do_die(self, pick: int, who: int, yes: bool) -> None:
        """The browser dies without a word, or the session is taken away."""
        busy = [one for one in self.up() if one.chats("talking")]
        if (console := chosen(busy or self.up(), pick)) is None:
            return
        self.reached["died while talking"] += bool(console.chats("talking"))
        console.is_up = False
        if yes and who % 3 == 0:
            gateway = self.gateway(who)
            self.shared.sessions.by_cookie.pop(console.session.cookie)
            await self.attempt(gateway, gateway.staff.presence.session_ended(console.staff))

    async def do_look(self, pick: int, who: int, yes: bool) -> None:
        busy = [one for one in self.up() if one.view.get("chats")]
        if (console := chosen(busy if yes and busy else self.up(), pick)) is not None:
            await self.looks(console, self.gateway(who))

    async def do_look_in_part(self, pick: int, who: int, _yes: bool) -> None:
        if (console := chosen(self.up(), pick)) is not None:
            gateway = self.gateway(who)
            await self.attempt(gateway, console.look(gateway, self.ledger, 1 + who % 4))

    async def looks(self, console: Console, gateway: Gateway) -> None:
        ok, whole = await self.attempt(gateway, console.look(gateway, self.ledger))
        if ok and whole and not gateway.line.is_cut:
            await self.console_is_true(console)

    async def do_claim(self, pick: int, who: int, yes: bool) -> None:
        """Take the first, or any, of those on the screen; an old screen may be wrong."""
        console = chosen(self.up(), who)
        if console is None:
            return
        gateway = self.gateway(pick)
        if yes or not console.view.get("queue"):
            await self.looks(console, gateway)
        offered = [one["ticket"] for one in console.view.get("queue", ()) if one["may_claim"]]
        if offered:
            await self._claims(console, offered[0 if yes else pick % len(offered)], gateway)

    async def _claims(self, console: Console, ticket_id: str, gateway: Gateway) -> bool:
        before = (await self.look()).tickets.get(ticket_id)
        ok, _why = await self.attempt(gateway, gateway.staff.console.claim(console.session, ticket_id))
        if ok:
            self._note_claim(before)
        return ok

    def _note_claim(self, before: Ticket | None) -> None:
        if before is not None and before.phase is Phase.TALKING:
            self.reached["taken over from somebody silent"] += 1
        elif before is not None and before.returned is Returned.COLLEAGUE_GONE:
            self.reached["taken over after a death"] += 1
        elif before is not None and before.returned is Returned.TRANSFERRED:
            self.reached["taken after a transfer to a region"] += 1

    async def do_claim_at_once(self, pick: int, _who: int, _yes: bool) -> None:
        """Everybody who may takes the same chat at the same moment: one has it."""
        if (ticket := chosen((await self.look()).waiting(), pick)) is None:
            return
        tries = [
            self._claims(one, ticket.id, self.gateway(number))
            for number, one in enumerate(self.up())
            if not one.pending
        ]
        won = sum(await asyncio.gather(*tries))
        assert won <= 1, f"{won} counsellors got the chat of {self.ledger.owner.get(ticket.id)}"
        self.reached["several claimed at once"] += won == 1 and len(tries) > 1

    async def do_answer(self, pick: int, who: int, yes: bool) -> None:
        """A message of the one who has the chat, or of a colleague who may write too."""
        chat = None if yes else await self.chat(pick, "talking", part="shadow")
        if (chat := chat or await self.chat(pick, "talking")) is not None:
            await self.answers(*chat, self.gateway(who))

    async def answers(self, console: Console, ticket: str, gateway: Gateway, certain: bool = True) -> None:
        again = console.pending is not None
        if console.pending is None:
            message_id = str(uuid.uuid4())
            self.ledger.write(message_id, console.name, self.ledger.owner.get(ticket, "?"), ticket)
            console.pending = (message_id, ticket)
        message_id, ticket = console.pending
        text = self.ledger.words[message_id].text
        ok, why = await self.attempt(gateway, gateway.staff.talk.say(console.session, ticket, message_id, text))
        if not ok and why == "cut":
            return
        console.pending = None
        visitor = self.of(ticket)
        if ok and visitor is not None:
            self.reached["a counsellor's message was sent again"] += again
            self.ledger.arrived(message_id, ticket, certain and not again)
            visitor.owed.append(message_id)

    async def do_both_at_once(self, pick: int, who: int, yes: bool) -> None:
        """The visitor writes at the moment that the counsellor writes, hands back, ends or asks something."""
        if (chat := await self.chat(pick, "talking")) is None or chat[0].pending is not None:
            return
        visitor, (console, ticket) = self.of(chat[1]), chat
        if visitor is None or visitor not in self.here():
            return
        here, there = self.gateway(who), self.gateway(who + 1)
        cases, session = there.staff.console, console.session
        work: Awaitable[Any]
        if who % 4 == 0:
            work = self.attempt(there, cases.hand_back(session, ticket))
        elif who % 4 == 1:
            work = self.attempt(there, cases.back_to_bot(session, ticket))
        elif who % 12 == 2:
            work = self.attempt(there, cases.end(session, ticket))
        else:
            work = self.answers(console, ticket, there, certain=False)
        mine = self.says(visitor, here, certain=False) if yes else self.hears_loosely(visitor, here)
        await asyncio.gather(mine, work)

    async def hears_loosely(self, visitor: Visitor, gateway: Gateway) -> None:
        await self.for_visitor(visitor, gateway, visitor.hear(gateway, self.ledger))

    async def do_propose(self, pick: int, who: int, yes: bool) -> None:
        """Ask a colleague to take over or to read along, a region to take over, or give back to the bot."""
        chat = await self.chat(pick, "talking", where=lambda one: one["question"] is None)
        if chat is None:
            return
        others = [one for one in self.up() if one is not chat[0]]
        if (other := chosen(others, who)) is None:
            return
        (console, ticket), gateway = chat, self.gateway(pick)
        cases, session = gateway.staff.console, console.session
        if who % 7 == 0:
            work = cases.transfer(session, ticket, None, REGIONS[pick % 3])
        elif who % 7 < 3:
            work = cases.back_to_bot(session, ticket)
        elif yes:
            work = cases.ask_along(session, ticket, other.staff)
        else:
            work = cases.transfer(session, ticket, other.staff, None)
        ok, _why = await self._then_look(console, gateway, work)
        if ok and pick % 4:
            await self._both_answer(ticket, who)

    async def _both_answer(self, ticket: str, who: int) -> None:
        """Mostly the answers come before anything else happens."""
        await self._agrees(ticket, who % 9 > 0, self.gateway(who))
        self.replace_cut_gateways()
        visitor = self.of(ticket)
        if visitor in self.here() and who % 4:
            await self.hears(visitor, self.gateway(who))
            await self.consents(visitor, self.gateway(who), who % 8 > 0)

    async def do_agree(self, pick: int, who: int, yes: bool) -> None:
        """A colleague who was asked says yes, or no."""
        asked = [one for one in (await self.look()).tickets.values() if one.question and not one.question.agreed]
        if (ticket := chosen(asked, pick)) is not None:
            await self._agrees(ticket.id, yes or who % 2 == 0, self.gateway(who))

    async def _agrees(self, ticket_id: str, yes: bool, gateway: Gateway) -> None:
        ticket = (await self.look()).tickets.get(ticket_id)
        asked = ticket.question.staff if ticket and ticket.question and not ticket.question.agreed else None
        console = next((one for one in self.up() if one.staff == asked), None)
        if console is not None:
            answer = gateway.staff.console.answer_colleague(console.session, ticket_id, yes)
            await self._then_look(console, gateway, answer)

    async def do_company(self, pick: int, who: int, yes: bool) -> None:
        """Let a colleague write, send them away, or go oneself."""
        if (found := await self.chat(pick, part="shadow")) is None:
            return
        guest, ticket = found
        holder = next(
            (one for one in self.up() if any(chat["ticket"] == ticket for chat in one.chats("talking"))), None
        )
        gateway, by = self.gateway(who), guest if holder is None else holder
        cases = gateway.staff.console
        work = cases.let_speak if yes and holder else cases.stop_reading
        ok, _why = await self._then_look(by, gateway, work(by.session, ticket, guest.staff))
        self.reached["a colleague may write too"] += ok and yes and holder is not None

    async def do_give_up(self, pick: int, who: int, yes: bool) -> None:
        """Withdraw a question, put a chat back, or end it."""
        if (chat := await self.chat(pick, "called", "talking")) is None:
            return
        (console, ticket), gateway = chat, self.gateway(who)
        cases, session = gateway.staff.console, console.session
        if who % 5 == 0:
            ok, _why = await self._then_look(console, gateway, cases.end(session, ticket))
            self.reached["the counsellor ended it"] += ok
        elif yes:
            await self._then_look(console, gateway, cases.take_back(session, ticket))
        else:
            await self._then_look(console, gateway, cases.hand_back(session, ticket))

    async def do_abuse(self, pick: int, who: int, yes: bool) -> None:
        """Warn, ask a colleague to read it, and their answer."""
        colleagues = self.up()
        if (chat := await self.chat(pick, "talking")) is None or pick % 3:
            return
        (console, ticket), gateway, judge = chat, self.gateway(who), chosen(colleagues, who)
        if judge is None or judge is console:
            return
        cases = gateway.staff
        await self.attempt(gateway, cases.talk.warn(console.session, ticket))
        await self.attempt(gateway, cases.console.report_abuse(console.session, ticket, judge.staff))
        await self.looks(judge, gateway)
        ok, _why = await self.attempt(gateway, cases.console.judge_abuse(judge.session, ticket, yes))
        self.reached[f"judged: {'abuse' if yes else 'none'}"] += ok

    async def do_wrap_up(self, pick: int, who: int, _yes: bool) -> None:
        if (chat := await self.chat(pick, "ended")) is not None:
            (console, ticket), gateway = chat, self.gateway(who)
            await self._then_look(console, gateway, gateway.staff.wrap_up.close(console.session, ticket, {}))

    async def _then_look(self, console: Console, gateway: Gateway, work: Awaitable[Any]) -> tuple[bool, Any]:
        done = await self.attempt(gateway, work)
        if console.is_up and not gateway.line.is_cut:
            await self.looks(console, gateway)
        return done

    async def consents(self, visitor: Visitor, gateway: Gateway, yes: bool) -> None:
        raise NotImplementedError

    async def hears(self, visitor: Visitor, gateway: Gateway, most: int | None = None) -> None:
        raise NotImplementedError

    async def says(self, visitor: Visitor, gateway: Gateway, danger: bool = False, certain: bool = True) -> None:
        raise NotImplementedError

    async def console_is_true(self, console: Console) -> None:
        raise NotImplementedError
