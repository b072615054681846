"""The goals on the evaluation set: leak, over-redaction, helplines, structured kinds and speed. A fall fails the build."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import eval_redaction  # noqa: E402  (a script, not a package)

STRUCTURED = (
    "phone",
    "email",
    "bsn",
    "iban",
    "plate",
    "ip",
    "postcode",
    "url",
    "date_of_birth",
    "case_number",
    "handle",
)


@pytest.fixture(scope="module")
def score() -> eval_redaction.Score:
    return eval_redaction.measure(eval_redaction.SET)[0]


def test_at_most_five_percent_of_the_messages_leak(score: eval_redaction.Score) -> None:
    assert score.with_data >= 350
    assert score.leaked / score.with_data <= 0.05


def test_at_most_two_percent_of_the_clean_messages_change(score: eval_redaction.Score) -> None:
    assert score.clean >= 200
    assert score.changed / score.clean <= 0.02


def test_no_helpline_is_lost(score: eval_redaction.Score) -> None:
    assert score.helplines > 10
    assert score.helplines_lost == 0


def test_structured_kinds_are_found(score: eval_redaction.Score) -> None:
    total = sum(score.kinds[kind][0] for kind in STRUCTURED)
    missed = sum(score.kinds[kind][1] for kind in STRUCTURED)
    assert 1 - missed / total >= 0.99


def test_a_message_takes_a_millisecond_on_average(score: eval_redaction.Score) -> None:
    assert sum(score.times) / len(score.times) <= 1.0


ROUNDS = {
    "redaction_round3": 0.05,
    "redaction_round4": 0.02,
    "redaction_round5": 0.05,
    "redaction_round6": 0.05,
    "redaction_round7": 0.02,
    "redaction_round8": 0.06,
    "redaction_round9": 0.06,
    "redaction_round10": 0.06,
    "redaction_round11": 0.10,
    "redaction_round12": 0.08,
}
"""Sets that were written before the rules were changed. Their first figures, measured once, are in docs/redaction.md;
since the rules were read against them these are a floor and no measure any more."""


@pytest.mark.parametrize("name", ROUNDS)
def test_what_was_reached_on_the_later_sets_is_kept(name: str) -> None:
    score = eval_redaction.measure(eval_redaction.SET.with_name(f"{name}.jsonl"))[0]
    assert score.with_data >= 50
    assert score.leaked / score.with_data <= ROUNDS[name]
    assert score.changed == 0
    assert score.helplines_lost == 0
