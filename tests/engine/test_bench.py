"""The arithmetic of the bench, and that its visitors say only what they may."""

import asyncio

import pytest

from scripts.benching import load, project, script
from scripts.benching.report import table
from scripts.benching.timings import Gate, Timings, percentile, ratio
from scripts.benching.visitors import Said, Visitor
from scripts.evaluation.sets import Example, corpus


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return corpus()


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.9, 90), (0.99, 99), (1.0, 100), (0.0, 1), (0.501, 51)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_a_percentile_of_few_values_is_not_invented_between_them() -> None:
    assert percentile([1.0, 100.0], 0.5) == 1.0
    assert percentile([1.0, 100.0], 0.51) == 100.0
    assert percentile([7.0], 0.99) == 7.0


def test_nothing_measured_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
    with pytest.raises(ValueError, match="no values"):
        Timings.of([])


def test_a_ratio_says_how_many_times_the_peer_we_need() -> None:
    assert ratio(10.0, 40.0) == 0.25
    assert ratio(10.0, 0.0) == float("inf")


def test_a_gate_is_met_up_to_its_limit_and_says_so() -> None:
    assert str(Gate("p50", 60.0, 60, "ms")) == "p50 60.0 <= 60 ms: met"
    assert str(Gate("p50", 60.1, 60, "ms")) == "p50 60.1 <= 60 ms: not met"


def test_the_same_seed_gives_the_same_mixed_chats(examples: list[Example]) -> None:
    first = script.chats(examples, 8, 40)
    assert first == script.chats(examples, 8, 40)
    assert first != script.chats(examples, 8, 40, seed=1)
    assert {step.kind for chat in first for step in chat} == set(script.KINDS)
    assert [len(chat) for chat in first] == [40] * 8


def test_no_visitor_of_the_bench_ends_the_chat(examples: list[Example]) -> None:
    said = {step.intent for chat in script.chats(examples, 8, 400) for step in chat}
    assert not said & {"wipe", "stop", "goodbye", "human_request"}


def test_early_and_late_turns_of_the_long_chat_say_the_same(examples: list[Example]) -> None:
    steps = script.cycle(examples, 204)
    assert steps[5:14] == steps[195:204]


class Slowing:
    """A side whose turns take as many ms as were said before; turn 3 fails."""

    def __init__(self) -> None:
        self.turns = 0

    async def open(self) -> None:
        self.turns = 0

    async def say(self, step: script.Step) -> Said:
        self.turns += 1
        return Said(float(self.turns), self.turns != 3)

    async def leave(self) -> None:
        pass


def test_growth_compares_an_early_with_a_late_turn(examples: list[Example]) -> None:
    made: list[Slowing] = []

    def make() -> Visitor:
        made.append(Slowing())
        return made[-1]

    grown = asyncio.run(load.grow(make, script.cycle(examples, 44), 40, lambda: made[0].turns * 100))
    assert (grown.early, grown.late, grown.late_turn) == (10.0, 40.0, 40)
    assert (grown.early_bytes, grown.late_bytes) == (1000, 3500)
    assert grown.errors == 2
    assert [visitor.turns for visitor in made] == [44, 14]


def test_growth_without_all_its_turns_is_refused(examples: list[Example]) -> None:
    with pytest.raises(ValueError, match="turn 40"):
        asyncio.run(load.grow(Slowing, script.cycle(examples, 43), 40, lambda: 0))


def test_quick_lines_count_every_line_and_every_failure(examples: list[Example]) -> None:
    def make() -> Visitor:
        return Slowing()

    found = asyncio.run(load.quickly(make, script.cycle(examples, 10)))
    assert found.timings.n == load.QUICK_LINES * load.QUICK_ROUNDS
    assert found.errors == load.QUICK_ROUNDS


def test_a_peer_is_trained_again_only_when_its_project_changes(examples: list[Example], tmp_path) -> None:
    some = examples[:400]
    first = project.write(tmp_path, project.LINEAR, some, None)
    assert project.write(tmp_path, project.LINEAR, some, None) == first
    assert project.write(tmp_path, project.LINEAR, some[1:], None) != first
    assert project.write(tmp_path, project.DIET, some, None) != first


def test_a_table_keeps_its_columns_whatever_is_in_them() -> None:
    lines = table(("what", "ms"), [("one", "1.0"), ("a longer name", "12345.6")]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].endswith("-: |")
