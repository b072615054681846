"""The sets of words that the rules use, from lists/rule_words.txt. Must not hold rules or words itself."""

from functools import cache
from pathlib import Path

from bot.advice.errors import BadContent

FILE = Path(__file__).parent / "lists" / "rule_words.txt"


@cache
def _read() -> dict[str, frozenset[str]]:
    sets: dict[str, frozenset[str]] = {}
    try:
        lines = FILE.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise BadContent(FILE.name, "lijst ontbreekt of is stuk") from error
    for line in lines:
        name, separator, words = line.partition(": ")
        if separator and not line.startswith("#"):
            sets[name] = frozenset(words.split())
    return sets


def rule_words(name: str) -> frozenset[str]:
    """The words of one set, such as "address.left". Raises BadContent when the file lacks it."""
    try:
        return _read()[name]
    except KeyError as error:
        raise BadContent(FILE.name, f"de regel '{name}: ...' ontbreekt") from error
