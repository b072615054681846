"""Every numbered check of the visitor's page has a test that carries its number, so that none of them gets lost."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
CHECKS = {"saf": 18, "a11y": 12, "lang": 5, "perf": 6, "net": 10, "j": 5}
"""How many there are of each kind; NET-11 and all of CON are about the console."""

_TEST = re.compile(r"^(?:async )?def test_(\w+)", re.MULTILINE)
_NUMBERS = re.compile(r"(?:^|_)(saf|a11y|lang|perf|net|j)((?:_?\d\d)+)(?=_)")


def proved(names: list[str]) -> set[str]:
    """The checks that these names of tests carry, as ``saf-01``."""
    found: set[str] = set()
    for name in names:
        for kind, numbers in _NUMBERS.findall(name):
            found |= {f"{kind}-{number}" for number in re.findall(r"\d\d", numbers)}
    return found


def test_every_check_has_a_test_of_its_name() -> None:
    names = [name for path in TESTS.rglob("test_*.py") for name in _TEST.findall(path.read_text(encoding="utf-8"))]
    wanted = {f"{kind}-{number:02}" for kind, count in CHECKS.items() for number in range(1, count + 1)}
    assert wanted - proved(names) == set()


def test_several_numbers_in_one_name_are_all_read_and_other_words_are_not() -> None:
    assert proved(["lang_01_02_05_pages", "saf_13_net_10_gone", "j05_con12_story"]) == {
        "lang-01", "lang-02", "lang-05", "saf-13", "net-10", "j-05",
    }  # fmt: skip
    assert proved(["the_first_screen", "saf_1_x", "con_01_claim"]) == set()
