"""One simulated night: the people in it, how a move is tried, how time passes, and how it ends."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Coroutine, Sequence
from typing import Any, TypeVar

from tests.handover.night_people import Console, Ledger, Visitor
from tests.handover.night_world import REGIONS, Gateway, Shared
from webchat.chats import HARD_SECONDS, ChatGone, Notes
from webchat.handover.desk import Desk
from webchat.handover.people import Status
from webchat.handover.tickets import Phase, Ticket
from webchat.handover.time_moves import AWAY_SECONDS
from webchat.ports import NotAllowedNow, StoreUnavailable

STAFF = ("Anouk", "Bram", "Chris", "Dounia", "Els", "Femke")
BEAT = 25.0
"""In seconds: a console may miss at most one beat of ten seconds, and pages look at least so often."""

T = TypeVar("T")


def chosen(candidates: Sequence[T], pick: int) -> T | None:
    return candidates[pick % len(candidates)] if candidates else None


class NightBase:
    """The state of one night. Methods that begin with ``do_`` are the moves."""

    visitors_in_all, visitors_at_first = 12, 3

    def begin(self, most: int) -> None:
        self.loop = asyncio.new_event_loop()
        self.shared, self.ledger = Shared(), Ledger()
        self.gateways = [Gateway(self.shared), Gateway(self.shared)]
        self.reached: Counter[str] = Counter()
        self.visitors: list[Visitor] = []
        places = (*REGIONS, REGIONS[0], REGIONS[1], None)
        self.cut_short: set[str] = set()
        self.consoles = [
            Console(name, region, self.shared, coordinator=region is None, most=most)
            for name, region in zip(STAFF, places, strict=True)
        ]
        for console in self.consoles[:4]:
            self.run(self.arrives(console))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(asyncio.wait_for(work, 30))

    def now(self) -> float:
        return self.shared.clock.steady()

    def gateway(self, pick: int) -> Gateway:
        return self.gateways[pick % len(self.gateways)]

    async def attempt(self, gateway: Gateway, work: Awaitable[Any]) -> tuple[bool, Any]:
        """Whether it worked, and what came back or why not. A store is only away for a gateway that was cut off."""
        try:
            return True, await work
        except NotAllowedNow as refused:
            return False, refused.reason
        except StoreUnavailable:
            assert gateway.line.is_cut, "a store that works was given up"
            return False, "cut"

    async def for_visitor(self, visitor: Visitor, gateway: Gateway, work: Awaitable[Any]) -> tuple[bool, Any]:
        """The same for a visitor, whose chat may turn out to be over."""
        try:
            done = await self.attempt(gateway, work)
        except ChatGone:
            assert self.notes(visitor) is None, f"{visitor.name} was told that the chat is gone, and it is there"
            visitor.gone = visitor.gone or "found it gone"
            return False, "gone"
        if done == (False, "cut"):
            visitor.doubtful_until = self.now() + AWAY_SECONDS + BEAT
        self.notice(visitor)
        return done

    def notes(self, visitor: Visitor) -> Notes | None:
        return self.shared.notes(visitor.keys)

    def notice(self, visitor: Visitor) -> None:
        notes = self.notes(visitor)
        if notes is not None and notes.ticket is not None:
            self.ledger.owner[notes.ticket] = visitor.name
            visitor.talks.add(notes.talk or "")

    async def look(self) -> Desk:
        return await self.shared.look()

    async def ticket_of(self, visitor: Visitor) -> Ticket | None:
        notes = self.notes(visitor)
        return (await self.look()).tickets.get(notes.ticket or "") if notes else None

    def here(self) -> list[Visitor]:
        return [one for one in self.visitors if one.is_here and one.gone is None]

    def up(self) -> list[Console]:
        return [one for one in self.consoles if one.is_up]

    def of(self, ticket: str) -> Visitor | None:
        name = self.ledger.owner.get(ticket)
        return next((one for one in self.visitors if one.name == name), None)

    def replace_cut_gateways(self) -> None:
        for number, gateway in enumerate(self.gateways):
            if gateway.line.is_cut:
                self.reached["a gateway was killed in the middle"] += 1
                self.gateways[number] = Gateway(self.shared)

    async def arrives(self, console: Console, pick: int = 0) -> None:
        gateway = self.gateway(pick)
        await self.attempt(gateway, gateway.staff.presence.say(console.session, Status.AVAILABLE))
        console.is_up = True

    async def do_time(self, pick: int, _who: int, _yes: bool) -> None:
        await self.time_passes((1.0, 9.0, 16.0, 16.0, 31.0, 31.0, 61.0, 125.0)[pick % 8])

    async def time_passes(self, seconds: float) -> None:
        while seconds > 0:
            self.shared.clock.move(min(BEAT, seconds))
            seconds -= BEAT
            for console in self.up():
                await self._beat(console)
            for visitor in self.here():
                await self._stay(visitor)
        for gateway in self.gateways:
            await self.attempt(gateway, gateway.desk.sweep())
            await self.attempt(gateway, gateway.room.sweep())
            self.replace_cut_gateways()

    async def _beat(self, console: Console) -> None:
        gateway = self.gateway(STAFF.index(console.name))
        ok, why = await self.attempt(gateway, gateway.staff.presence.beat(console.session))
        if not ok and why == "not-on-duty":
            await self.arrives(console)
        self.replace_cut_gateways()

    async def _stay(self, visitor: Visitor) -> None:
        """What an open page does by itself."""
        gateway = self.gateway(len(visitor.name))
        await self.for_visitor(visitor, gateway, gateway.store.seen(visitor.keys, self.now()))
        notes = self.notes(visitor)
        if visitor.gone is None and notes is not None and notes.ticket is not None:
            await self.for_visitor(visitor, gateway, gateway.tender.attend(visitor.keys))
        self.replace_cut_gateways()

    async def do_kill(self, pick: int, who: int, yes: bool) -> None:
        """The next things that go through one gateway break in the middle of one of them."""
        line = self.gateway(who).line
        line.calls_left, line.loses_answer = 1 + pick % 9, yes

    async def do_replace(self, _pick: int, who: int, _yes: bool) -> None:
        """A gateway is stopped with care, and a new one comes."""
        self.reached["a gateway was replaced"] += 1
        self.gateways[who % len(self.gateways)] = Gateway(self.shared)

    def finish(self) -> None:
        """Everybody is helped who waits, then all go, and a while later nothing is left of anybody."""
        try:
            self.run(self._last_hour())
            self.run(asyncio.sleep(0))
        finally:
            self.close()

    def close(self) -> None:
        self.loop.run_until_complete(_cancel_the_rest())
        self.loop.close()

    async def _last_hour(self) -> None:
        for gateway in self.gateways:
            gateway.line.calls_left = None
        await self._nobody_is_forgotten()
        for number, visitor in enumerate(self.here()):
            await self.leaves(visitor, number)
            await self.truths()
        for console in self.up():
            await self._goes_home(console)
        self.shared.clock.move(2.0 * HARD_SECONDS)
        for gateway in self.gateways:
            await gateway.room.sweep()
            await gateway.desk.sweep()
        self.shared.clock.move(2.0 * HARD_SECONDS)
        await self.gateway(0).desk.sweep()
        desk = await self.look()
        assert not desk.tickets and not desk.duty, "the desk still knows somebody"
        assert not self.shared.chats._chats, "a chat or a talk is left"
        left = [name for name, (until, _closed) in self.shared.codes._kept.items() if until > self.now()]
        assert not left, "a code still works"

    async def _nobody_is_forgotten(self) -> None:
        """With enough people and enough time everybody who waits and is there gets somebody."""
        for console in self.consoles:
            console.log_in()
            console.most = 4
            await self.arrives(console)
        await self.time_passes(125.0)
        for _ in range(2 * len(self.visitors)):
            waiting = [one.id for one in (await self.look()).waiting()]
            if not waiting or not await self._one_is_helped():
                break
        hopeful = [self.of(one.id) for one in (await self.look()).waiting()]
        forgotten = [one.name for one in hopeful if one is not None and one in self.here()]
        assert not forgotten, f"nobody came for {forgotten}"

    async def _one_is_helped(self) -> bool:
        gateway = self.gateway(0)
        for console in self.consoles:
            await console.look(gateway, self.ledger)
            for entry in [one for one in console.view["queue"] if one["may_claim"]]:
                ok, _why = await self.attempt(gateway, gateway.staff.console.claim(console.session, entry["ticket"]))
                assert ok, f"{console.name} was shown a chat that may not be taken"
                await self.time_passes(1.0)
                await gateway.staff.console.end(console.session, entry["ticket"])
                await gateway.staff.wrap_up.close(console.session, entry["ticket"], {})
                return True
        return False

    async def _goes_home(self, console: Console) -> None:
        gateway = self.gateway(0)
        for ticket in (await self.look()).of(console.staff):
            if ticket.phase is not Phase.ENDED:
                await gateway.staff.console.end(console.session, ticket.id)
            await gateway.staff.wrap_up.close(console.session, ticket.id, {})
        await gateway.staff.presence.leave(console.session)

    async def leaves(self, visitor: Visitor, number: int) -> None:
        raise NotImplementedError

    async def truths(self) -> None:
        raise NotImplementedError


async def _cancel_the_rest() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
