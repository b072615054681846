"""The codes with which a chat is closed, and how they are counted. Must not take free text or keep a row for a chat.

The codes of one chat are taken apart into single values before they rest anywhere, and reach the database only
together with those of others, so that nobody can subtract a before from an after.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.advice.vocabulary import AgeBand, Duration, Relation, Role, Topic, YesNo
from webchat.handover import staff_moves
from webchat.handover.desk import Refused
from webchat.handover.tickets import Ending
from webchat.ports import Clock, NotAllowedNow
from webchat.staff.bench import Bench
from webchat.staff.sessions import Session

FLUSH_CHATS = 20
"""So many chats are counted together."""

UNKNOWN = "unknown"


class Advice(StrEnum):
    """What the counsellor mainly did."""

    LISTENED = "listened"
    INFORMATION = "information"
    THOUGHT_ALONG = "thought_along"
    SAFETY_PLAN = "safety_plan"
    REFERRED = "referred"
    EMERGENCY = "emergency"
    NOTHING = "nothing"


class Length(StrEnum):
    """How long the chat with a person took."""

    LT_10M = "lt_10m"
    M10_30 = "10_30m"
    M30_60 = "30_60m"
    GT_60M = "gt_60m"


class Leg(StrEnum):
    """Who the visitor talked with; a chat with both counts once in each."""

    BOT = "bot"
    COUNSELLOR = "counsellor"


TABLES: Mapping[str, frozenset[str]] = {
    "role": frozenset(Role),
    "age_band": frozenset(AgeBand),
    "kinds": frozenset(Topic),
    "relation": frozenset(Relation),
    "children_present": frozenset(YesNo),
    "duration": frozenset(Duration),
    "advice": frozenset(Advice),
    "length": frozenset(Length),
    "ending": frozenset(Ending),
}
"""The closed lists; ``referral`` is closed too, by the directory of organisations."""

Codes = Mapping[str, Sequence[str]]
"""Values by table. A table that is left out, or empty, counts as unknown."""

Cell = tuple[str, str]
"""A table, with the leg in front, and a value in it."""


class CountStore(Protocol):
    """Counters that only go up."""

    async def add(self, quarter: str, cells: Mapping[Cell, int]) -> None:
        """Add to the counters of a quarter (``2026Q4``), all or nothing. Raises ``StaffStoreUnavailable``."""
        ...


@dataclass
class Counts:
    """Adds up codes, and hands them on when enough chats came together; fewer are lost when the process stops."""

    store: CountStore
    clock: Clock
    referrals: frozenset[str]
    _cells: Counter[Cell] = field(default_factory=Counter)
    _chats: int = 0
    _quarter: str = ""

    async def add(self, codes: Codes, leg: str = Leg.COUNSELLOR) -> None:
        """Count one chat. Raises ``NotAllowedNow`` for anything that is in no closed list."""
        cells = self._cells_of(codes, Leg(leg))
        # The rest of an old quarter goes with the new one: a few in the wrong place are better than one alone.
        self._quarter = _quarter(self.clock.now())
        self._cells.update(cells)
        self._chats += 1
        await self.flush()

    async def flush(self) -> None:
        """Hand on what came together, when it is enough. What the store did not take is kept for the next time."""
        if self._chats < FLUSH_CHATS:
            return
        cells, chats, quarter = self._cells, self._chats, self._quarter
        self._cells, self._chats = Counter(), 0
        try:
            await self.store.add(quarter, dict(sorted(cells.items())))
        except NotAllowedNow:
            self._cells.update(cells)
            self._chats += chats

    def check(self, codes: Codes) -> None:
        """Raises ``NotAllowedNow`` for anything that is in no closed list."""
        self._cells_of(codes, Leg.COUNSELLOR)

    def _cells_of(self, codes: Codes, leg: Leg) -> Counter[Cell]:
        if set(codes) - {*TABLES, "referral"}:
            raise NotAllowedNow("unreadable")
        cells: Counter[Cell] = Counter()
        for table in (*TABLES, "referral"):
            allowed = TABLES.get(table, self.referrals)
            values = tuple(dict.fromkeys(codes.get(table, ()))) or (UNKNOWN,)
            if any(value != UNKNOWN and value not in allowed for value in values):
                raise NotAllowedNow("unreadable")
            cells.update({(f"{leg.value}.{table}", str(value)): 1 for value in values})
        return cells


class WrapUp:
    """Closing a chat with codes."""

    def __init__(self, bench: Bench, counts: Counts) -> None:
        self._bench = bench
        self._counts = counts

    async def close(self, who: Session, ticket_id: str, codes: Codes) -> None:
        """Count the codes; then nothing of the chat is left at the desk. Raises ``NotAllowedNow``.

        How it ended is taken from the desk when the codes do not say.
        """
        desk = await self._bench.look(who)
        try:
            ended = desk.held(ticket_id, who.account.id).ending
        except Refused as refused:
            raise NotAllowedNow(refused.reason) from None
        full: dict[str, Sequence[str]] = {"ending": (ended.value if ended else UNKNOWN,)}
        full |= {table: values for table, values in codes.items() if values}
        self._counts.check(full)
        # The desk lets go of a ticket once, so a second call with the same codes counts nothing.
        await self._bench.move(who, None, lambda one, _now: staff_moves.wrap_up(one, ticket_id, who.account.id))
        await self._counts.add(full)


def _quarter(moment: datetime) -> str:
    return f"{moment.year}Q{(moment.month - 1) // 3 + 1}"
