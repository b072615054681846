"""The night runs every step, says of each how it ended, and fails when one does."""

import sys
from pathlib import Path

from scripts import nightly
from scripts.nightly import Step

ROOT = Path(__file__).parents[2]
GOOD = Step("good", "works", (sys.executable, "-c", "print('all is well')"))
BAD = Step("bad", "does not", (sys.executable, "-c", "print('a fault in detail'); raise SystemExit(3)"))


def test_all_good_steps_end_well_and_say_so(capsys):
    assert nightly.main([], [GOOD]) == 0
    said = capsys.readouterr().out
    assert "all is well" in said
    assert "1 of 1 steps good" in said


def test_a_step_that_fails_is_told_in_full_and_the_rest_still_runs(capsys):
    assert nightly.main([], [BAD, GOOD]) == 1
    said = capsys.readouterr().out
    assert "a fault in detail" in said
    assert "all is well" in said
    assert "1 of 2 steps good" in said


def test_one_step_can_be_chosen_and_a_wrong_name_is_refused(capsys):
    assert nightly.main(["--only", "good"], [BAD, GOOD]) == 0
    assert nightly.main(["--only", "other"], [BAD, GOOD]) == 2
    assert "other" in capsys.readouterr().err


def test_every_step_of_ours_names_a_program_that_exists():
    modules = [step.command[step.command.index("-m") + 1] for step in nightly.STEPS]
    assert len(modules) >= 5
    for module in modules:
        assert module == "pytest" or (ROOT / (module.replace(".", "/") + ".py")).exists(), module
