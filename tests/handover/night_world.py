"""The house of a simulated night: shared memory stores, and gateways that can be cut off in the middle of anything."""

import itertools
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.staff_desk.house import NIGHT, MemoryCounts, OpenSessions, Record
from tests.turns.doubles import DESK_SECRET, ScriptedBot, knowledge
from webchat.adapters.clocks import MovableClock
from webchat.adapters.memory_codes import MemoryCodeStore
from webchat.adapters.memory_desk import MemoryDeskStore
from webchat.adapters.memory_store import MemoryStore
from webchat.api.staff.desk_routes import build_desk_cases
from webchat.chats import ChatKeys, Notes, unseal
from webchat.desk import DeskRoom, Talks
from webchat.desk.codes import SpokenCodes, Tries
from webchat.handover.desk import Desk
from webchat.handover.routing import Widening
from webchat.limits import Limits
from webchat.ports import StoreUnavailable
from webchat.staff import codename, warning
from webchat.staff.wrapup import Counts
from webchat.turns.codes import Codes
from webchat.turns.conversation import AtDesk, Conversation
from webchat.turns.handover import Handover
from webchat.turns.hearing import Hearing
from webchat.turns.person import PersonLeg
from webchat.turns.replies import Replies
from webchat.turns.room import Room
from webchat.turns.stream import Streams
from webchat.turns.tender import Tender
from webchat.turns.visit import Visit

REGIONS = ("noord", "ijsselland", "limburg")
WIDENING = Widening(neighbours={"noord": ("ijsselland",)})
HEARTBEAT = 0.05

codenames = cache(codename.load)
warning_text = cache(warning.load)


class Line:
    """Between one gateway and what it shares. Others go first at each call; it breaks for good when it is told to."""

    def __init__(self) -> None:
        self.calls_left: int | None = None
        self.loses_answer = False

    @property
    def is_cut(self) -> bool:
        return self.calls_left == 0

    def over(self, inner: Any) -> "Lined":
        return Lined(inner, self)


class Lined:
    """A store behind a line."""

    def __init__(self, inner: Any, line: Line) -> None:
        self._inner = inner
        self._line = line

    def __getattr__(self, name: str) -> Any:
        call, line = getattr(self._inner, name), self._line

        async def over_the_line(*arguments: Any) -> Any:
            await _let_others_go_first()
            if line.calls_left is None:
                return await call(*arguments)
            if line.is_cut:
                raise StoreUnavailable
            line.calls_left -= 1
            if not line.is_cut:
                return await call(*arguments)
            if line.loses_answer:
                await call(*arguments)
            raise StoreUnavailable

        return over_the_line


class _OnceAround:
    def __await__(self) -> Any:
        yield


async def _let_others_go_first() -> None:
    await _OnceAround()


@dataclass
class Shared:
    """What all gateways have in common. ``look`` and ``notes`` see through everything, to check it."""

    clock: MovableClock = field(default_factory=lambda: MovableClock(NIGHT))
    bot: ScriptedBot = field(default_factory=ScriptedBot)
    chats: MemoryStore = field(default_factory=MemoryStore)
    desk: MemoryDeskStore = field(default_factory=MemoryDeskStore)
    codes: MemoryCodeStore = field(default_factory=MemoryCodeStore)
    sessions: OpenSessions = field(default_factory=OpenSessions)
    numbers: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self._observer = DeskRoom(self.desk, self.clock, DESK_SECRET, WIDENING)
        self.counts = Counts(MemoryCounts(), self.clock, frozenset())
        self.record = Record()

    async def look(self) -> Desk:
        return await self._observer.look()

    def notes(self, keys: ChatKeys) -> Notes | None:
        """What the gateways know of a chat, or ``None`` when it is gone."""
        entry = self.chats._chats.get(keys.chat_id)
        if entry is None or self.clock.steady() >= entry.times.gone:
            return None
        return Notes.from_dict(unseal(keys, entry.notes)[1])


class Gateway:
    """One process: the use cases of both sides, put together as the application does."""

    def __init__(self, shared: Shared) -> None:
        self.line = Line()
        known, clock, limits = knowledge(), shared.clock, Limits(on=False)
        self.clock, self.store = clock, self.line.over(shared.chats)
        self.room = Room(self.store, shared.bot, clock)
        replies = Replies(known.directory, known.texts)
        self.desk = DeskRoom(self.line.over(shared.desk), clock, DESK_SECRET, WIDENING)
        self.talks = Talks(self.store, clock)
        self.tender = Tender(self.room, self.desk, self.talks, known, replies)
        self.handover = Handover(self.room, self.desk, self.talks, self.tender, known, replies, limits)
        hearing = Hearing(self.room, known, replies)
        person = PersonLeg(self.room, self.desk, self.talks, hearing, replies)
        at_desk = AtDesk(self.handover, self.tender, person)
        self.conversation = Conversation(self.room, shared.bot, at_desk, hearing, replies, limits)
        self.streams = Streams(self.room, self.tender, HEARTBEAT, limits)
        self.visit = Visit(self.room, self.handover, self.tender, self.talks, known, replies)
        spoken = SpokenCodes(self.line.over(shared.codes), clock, DESK_SECRET)
        self.codes = Codes(self.room, spoken, None, Tries(), known, replies)
        self.staff = build_desk_cases(
            self.desk,
            self.talks,
            shared.counts,
            shared.record,
            shared.sessions.is_open,
            codenames(),
            warning_text(),
            HEARTBEAT,
        )
