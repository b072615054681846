"""A night at the desk under random moves: nobody is lost, nobody is doubled, and nobody reads what is not theirs."""

import random
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, event, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.handover.night_base import chosen
from tests.handover.night_staff import StaffMoves
from tests.handover.night_truths import Truths
from tests.handover.night_visitors import VisitorMoves

WEIGHTS = {
    "come": 5,
    "ask": 7,
    "say": 8,
    "say_twice_at_once": 1,
    "hear": 7,
    "hear_in_part": 2,
    "accept": 9,
    "consent": 8,
    "stop": 1,
    "signal": 1,
    "leave": 2,
    "line": 3,
    "code": 1,
    "arrive": 3,
    "status": 2,
    "depart": 1,
    "die": 2,
    "look": 5,
    "look_in_part": 2,
    "claim": 10,
    "claim_at_once": 2,
    "answer": 8,
    "both_at_once": 2,
    "propose": 9,
    "agree": 8,
    "company": 1,
    "give_up": 2,
    "abuse": 1,
    "wrap_up": 2,
    "time": 5,
    "kill": 4,
    "replace": 1,
}
MOVES_A_WHILE = 5

DEEP = (
    "talking",
    "read along",
    "transfer: yes",
    "transfer to a region: yes",
    "shadow: yes",
    "to_bot: yes",
    "taken over after a death",
    "left while talking",
    "died while talking",
    "several claimed at once",
    "a gateway was killed in the middle",
    "a gateway was replaced",
    "a line was back",
    "a visitor's message was sent again",
    "a counsellor's message was sent again",
)
"""What must have happened in the nights together, or they prove little."""


class Night(Truths, VisitorMoves, StaffMoves, RuleBasedStateMachine):
    """Each move picks somebody for whom it makes sense; nothing happens when there is nobody."""

    nights: ClassVar[Counter[str]] = Counter()

    @initialize(most=st.integers(2, 4))
    def begins(self, most: int) -> None:
        self.broken = False
        self.begin(most)
        for number in range(self.visitors_at_first):
            self.run(self.do_come(number, 0, True))
        for number in range(3):
            self.run(self.do_ask(number, number, number > 0))

    @rule(number=st.integers(0, 2**16))
    def a_while_passes(self, number: int) -> None:
        chance = random.Random(number)
        self.broken = True
        for move in chance.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()), k=MOVES_A_WHILE):
            pick, who, yes = chance.randrange(1000), chance.randrange(1000), chance.random() < 0.5
            note(f"{move}: pick {pick}, who {who}, {'yes' if yes else 'no'}")
            self.reached["moves"] += 1
            self.run(getattr(self, f"do_{move}")(pick, who, yes))
            if move == "kill":
                self.run(self.somebody_writes(pick, who))
            self.replace_cut_gateways()
            self.run(self.truths())
        self.broken = False

    async def somebody_writes(self, pick: int, who: int) -> None:
        """Often the gateway dies while it has a message in its hands."""
        if pick % 4 == 0:
            await self.do_say(pick, who, True)
        elif pick % 4 < 3:
            desk = await self.look()
            talking = [
                (one, ticket.id) for one in self.up() for ticket in desk.of(one.staff) if ticket.phase == "talking"
            ]
            if (chat := chosen(talking, pick)) is not None:
                await self.answers(*chat, self.gateway(who))
                self.replace_cut_gateways()
                await self.answers(*chat, self.gateway(who))

    def teardown(self) -> None:
        if self.broken:
            self.close()
            return
        self.finish()
        self.reached["nights"] += 1
        self.reached["messages"] += len(self.ledger.words)
        for what in self.reached:
            event(what)
        type(self).nights.update(self.reached)


class WholeNight(Night):
    """As many as the desk has to bear."""

    visitors_in_all, visitors_at_first = 50, 35
    nights: ClassVar[Counter[str]] = Counter()


def play(kind: type[Night], nights: int, steps: int, rounds: int = 1) -> Counter[str]:
    """So many nights, and again as long as something never happened; what happened in them together."""
    kind.nights.clear()
    missed = list(DEEP)
    for number in range(rounds):
        seed(number)(kind)
        run_state_machine_as_test(
            kind,
            settings=settings(
                max_examples=nights,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                # Such a night does not shrink to a few moves; the notes of the one that failed tell what happened.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
        missed = [what for what in DEEP if not kind.nights[what]]
        if not missed:
            break
    assert not missed, f"never happened: {missed}"
    return kind.nights


def test_in_a_few_small_nights_nobody_is_lost_and_nobody_reads_what_is_not_theirs():
    reached = play(Night, nights=15, steps=60, rounds=4)
    assert reached["messages"] >= 100


@pytest.mark.slow
def test_in_two_hundred_nights_of_fifty_visitors_nobody_is_lost_and_nobody_reads_what_is_not_theirs():
    reached = play(WholeNight, nights=200, steps=70)
    print(dict(sorted(reached.items())))
    assert reached["nights"] >= 200
