"""One real product for all proofs of privacy: starting the engine takes longer than most of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.privacy import sinks
from tests.privacy.canary import Marker, markers
from tests.privacy.consoles import Ledger
from tests.privacy.living import Living, living_chats
from tests.privacy.product import Product, product
from tests.privacy.states import STATES, State, Walk, walk_through, wipe_all

HEAVY = frozenset(
    {
        "what_is_no_json_and_what_does_not_fit",
        "words_around_the_message",
        "everything_beside_talking",
        "wiping_and_leaving",
        "a_code_to_come_back_with",
        "codes_that_open_nothing",
        "words_in_the_consoles_forms",
    }
)
"""States with many calls per marker, or with calls that are slow on purpose: here they get six markers each; `make canary` types all in every state."""

FEW = 6


@dataclass(frozen=True)
class Walked:
    """A walk through all states: what was typed where, all sinks before and after everything was wiped, and the screens."""

    walk: Walk
    typed: dict[str, tuple[Marker, ...]]
    living: dict[str, bytes]
    wiped: dict[str, bytes]
    screens: dict[str, bytes]
    ledger: Ledger
    secrets: list[str] = field(repr=False)

    @property
    def needles(self) -> list[str]:
        return [marker.needle for some in self.typed.values() for marker in some]


@pytest.fixture(scope="package")
def running() -> Iterator[Product]:
    with product() as started:
        yield started


@pytest.fixture(scope="package")
def walked(running: Product) -> Walked:
    walk = Walk(running)
    typed = deal(markers())
    walk_through(walk, lambda state: typed[state.__name__])
    living = sinks.all_of(running, walk.answers)
    wipe_all(walk)
    wiped = sinks.all_of(running, walk.answers)
    seen = Walked(walk, typed, living, wiped, walk.screens, walk.desk.ledger, walk.secrets())
    walk.close()
    return seen


@pytest.fixture(scope="package")
def living(running: Product) -> Iterator[Living]:
    with living_chats(running) as copied:
        yield copied


def deal(all_markers: tuple[Marker, ...], states: tuple[State, ...] = STATES) -> dict[str, tuple[Marker, ...]]:
    """Every marker to one state, of every shape about as many; heavy states get few."""
    names = [state.__name__ for state in states]
    dealt: dict[str, list[Marker]] = {name: [] for name in names}
    place = 0
    for marker in all_markers:
        while names[place % len(names)] in HEAVY and len(dealt[names[place % len(names)]]) >= FEW:
            place += 1
        dealt[names[place % len(names)]].append(marker)
        place += 1
    return {name: tuple(some) for name, some in dealt.items()}
