"""Words without case and accents, and how many letters apart two are. Must not know what any word means."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.,;:!?\n]")


@dataclass(frozen=True)
class Token:
    """A word folded to plain lower case, with its place in the text; ``fresh``: punctuation before it."""

    word: str
    start: int
    end: int
    fresh: bool
    capital: bool


def tokens(text: str) -> list[Token]:
    """The words of a text, without case and accents, with their offsets in the original."""
    found: list[Token] = []
    before = 0
    for match in _WORD.finditer(text):
        word = match[0]
        folded = word.lower() if word.isascii() else _fold(word)
        fresh = bool(_BREAK.search(text, before, match.start()))
        found.append(Token(folded, match.start(), match.end(), fresh, word[0].isupper()))
        before = match.end()
    return found


def key_of(name: str) -> str:
    """The form in which a name is looked up: its folded words with single spaces."""
    return " ".join(token.word for token in tokens(name))


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, drop, change or swap between two words; ``limit + 1`` when it is more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
