"""Drives visitors: many at once with pauses, one for many turns, one that types quickly."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from scripts.benching.script import CYCLE, SEED, Step
from scripts.benching.timings import Timings
from scripts.benching.visitors import Said, Visitor

PAUSE_SECONDS = 1.0
"""Between an answer and the next message of the same visitor; people are slower."""

EARLY_TURN = 10
NEIGHBOURS = 4
"""Turns on each side that the median is taken with."""

GROWTH_SECONDS = 45.0
"""A slow side on a busy machine is compared at an earlier turn, and the table says which."""

QUICK_LINES = 5
QUICK_ROUNDS = 2


@dataclass(frozen=True)
class Load:
    """All answers of one load."""

    timings: Timings
    errors: int

    @classmethod
    def of(cls, said: Sequence[Said]) -> "Load":
        """Sum up what visitors saw."""
        return cls(Timings.of(one.ms for one in said), sum(not one.answered for one in said))


@dataclass(frozen=True)
class Growth:
    """One long chat: ms at an early and a late turn (medians of neighbours), and bytes stored around those."""

    late_turn: int
    early: float
    late: float
    early_bytes: int
    late_bytes: int
    errors: int


async def together(visitors: Sequence[Visitor], chats: Sequence[Sequence[Step]]) -> Load:
    """Each visitor holds one chat; all at the same time, begun at different moments of the first second."""
    rng = random.Random(SEED)
    delays = [rng.random() * PAUSE_SECONDS for _ in visitors]
    runs = [_chat(*one) for one in zip(visitors, chats, delays, strict=True)]
    return Load.of([said for chat in await asyncio.gather(*runs) for said in chat])


async def _chat(visitor: Visitor, steps: Sequence[Step], delay: float) -> list[Said]:
    await asyncio.sleep(delay)
    await visitor.open()
    said = []
    for step in steps:
        await asyncio.sleep(PAUSE_SECONDS)
        said.append(await visitor.say(step))
    await visitor.leave()
    return said


async def grow(make: Callable[[], Visitor], steps: Sequence[Step], late_turn: int, stored: Callable[[], int]) -> Growth:
    """An old chat beside a young twin that says the same, turn about, so that other load falls on both alike.

    ``stored`` says how many bytes are kept at this moment. After ``GROWTH_SECONDS``
    an earlier turn stands for the late one. Raises ``ValueError`` when ``steps`` are too few.
    """
    if late_turn + NEIGHBOURS > len(steps):
        raise ValueError(f"turn {late_turn} and its neighbours are not among {len(steps)} turns")
    end = time.monotonic() + GROWTH_SECONDS
    old, young = make(), make()
    await old.open()
    ran_in, early_bytes = [], 0
    for turn, step in enumerate(steps[: late_turn - NEIGHBOURS - 1], 1):
        ran_in.append(await old.say(step))
        if turn == EARLY_TURN:
            early_bytes = stored()
        # Shortened by whole cycles only, so that both ends still say the same.
        reached = turn + NEIGHBOURS + 1
        if time.monotonic() > end and reached % CYCLE == 0 and reached > EARLY_TURN:
            late_turn = reached
            break
    late_bytes = stored()
    await young.open()
    for step in steps[: EARLY_TURN - NEIGHBOURS - 1]:
        ran_in.append(await young.say(step))
    early, late = [], []
    for turn in range(-NEIGHBOURS, NEIGHBOURS + 1):
        early.append(await young.say(steps[EARLY_TURN - 1 + turn]))
        late.append(await old.say(steps[late_turn - 1 + turn]))
    for visitor in (young, old):
        await visitor.leave()
    errors = sum(not one.answered for one in (*ran_in, *early, *late))
    return Growth(late_turn, _middle(early), _middle(late), early_bytes, late_bytes, errors)


def _middle(said: Sequence[Said]) -> float:
    return median(one.ms for one in said)


async def quickly(make: Callable[[], Visitor], steps: Sequence[Step]) -> Load:
    """One sender types lines faster than answers come; the last one's wait is the longest."""
    said: list[Said] = []
    for _ in range(QUICK_ROUNDS):
        visitor = make()
        await visitor.open()
        said += await asyncio.gather(*(visitor.say(step) for step in steps[:QUICK_LINES]))
        await visitor.leave()
    return Load.of(said)
