"""The compiled lists of names, words and places. Must not decide what goes.

Made by scripts/build_name_lists.py; sources and licences in lists/ATTRIBUTION.md.
"""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.advice.errors import BadContent
from bot.advice.redaction.sounds import heard

LISTS = Path(__file__).parent / "lists"
_DOUBLES = re.compile(r"(.)\1+")
_TWO_LETTERS = frozenset(
    {"ik", "je", "ze", "we", "me", "de", "en", "is", "op", "in", "te", "er", "nu", "al", "om", "of", "ga", "zo"}
)
# Which letter is hit or heard for another: its neighbours on the keyboard, the other vowels, and what sounds the same.
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("aeiouy", "dt", "vf", "sz", "ck", "bp", "gh", "mn", "kg", "wv")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Lexicon:
    """Look-up tables. ``names``: token -> N name only, D nearly always, A as often a word, V rarely a name,
    S surname only, W surname and word, X never. ``places``: P clear, A also a word."""

    names: dict[str, str]
    surnames: frozenset[str]
    capitals: frozenset[str]
    places: dict[str, str]
    place_starts: dict[str, int]
    words: frozenset[str]
    common: frozenset[str]
    known: frozenset[str]
    collapsed: frozenset[str]
    collapsed_known: frozenset[str]
    sounds: frozenset[str]

    def unknown(self, token: str) -> bool:
        """True for a word that no dictionary and no name list has."""
        return token.isalpha() and token not in self.words and token not in self.names and len(token) <= 20

    def mistyped(self, token: str) -> bool:
        """True for a slip of the finger or a spelling by ear; a word that a dictionary writes with a capital is none."""
        if token.endswith("e") and token + "n" in self.words:  # "pille": the last letter is not spoken
            return True
        if token in self.capitals:
            return False
        joined = any(self._whole(token[:i]) and self._whole(token[i:]) for i in range(2, len(token) - 1))
        return joined or heard(token) in self.sounds or self.slip(token)

    def slip(self, token: str) -> bool:
        """True when one letter away from a word: one too many, too few, wrong or swapped."""
        if collapse(token) in self.collapsed_known:
            return True
        words = self.words if len(token) > 6 else self.known  # hardly a name is one letter from a long word
        for i in range(len(token) + 1):
            head, tail = token[:i], token[i:]
            if tail and (head + tail[1:] in words or self._swapped(head, tail)):
                return True
            if any(head + c + tail in words for c in _LETTERS):
                return True
            if tail and any(head + c + tail[1:] in words for c in _BESIDE.get(tail[0], "")):
                return True
        return False

    def _whole(self, part: str) -> bool:
        """A word that is run together with the next one: of two letters only the very common ones."""
        return part in (self.known if len(part) > 2 else _TWO_LETTERS)

    def made_of_words(self, token: str) -> bool:
        """True for a compound, also a misspelt one: a well-known word and a rest that is or sounds like a word."""
        splits = [(token[:i], token[i:]) for i in range(3, len(token) - 2)]
        return any(
            (len(head) > 3 and head in self.known and self._sounds_like(tail))
            or (len(tail) > 3 and tail in self.known and self._sounds_like(head))
            for head, tail in splits
        )

    def _sounds_like(self, part: str) -> bool:
        return part in self.words or heard(part) in self.sounds or (len(part) > 4 and self.slip(part))

    def compound(self, token: str) -> bool:
        """True when a well-known word of four letters or more opens or closes it, as in a compound."""
        return any(token[:i] in self.known for i in range(4, len(token) - 1)) or any(
            token[i:] in self.known for i in range(2, len(token) - 3)
        )

    def _swapped(self, head: str, tail: str) -> bool:
        return len(tail) > 1 and head + tail[1] + tail[0] + tail[2:] in self.known


def _beside() -> dict[str, str]:
    found: dict[str, set[str]] = {letter: set() for letter in _LETTERS}
    for row in _KEYS:
        for one, other in pairwise(row):
            found[one].add(other)
            found[other].add(one)
    for upper, lower in pairwise(_KEYS):
        for place, letter in enumerate(lower):
            for near in upper[place : place + 2]:
                found[letter].add(near)
                found[near].add(letter)
    for group in _ALIKE:
        for letter in group:
            found[letter] |= set(group) - {letter}
    return {letter: "".join(sorted(others)) for letter, others in found.items()}


_BESIDE = _beside()


def collapse(token: str) -> str:
    """The word with each run of one letter written once ("lisaaa" -> "lisa")."""
    return _DOUBLES.sub(r"\1", token)


def _read(name: str) -> list[str]:
    try:
        return gzip.decompress((LISTS / name).read_bytes()).decode("utf-8").split("\n")
    except (OSError, ValueError, EOFError) as error:
        raise BadContent(name, "lijst ontbreekt of is stuk: draai scripts/build_name_lists.py") from error


@cache
def load() -> Lexicon:
    """Read the lists once. Raises BadContent naming the file when one is missing or broken."""
    names = {line[2:]: line[0] for line in _read("names.txt.gz")}
    places = {line[2:]: line[0] for line in _read("places.txt.gz")}
    starts: dict[str, int] = {}
    for place in places:
        parts = place.split()
        starts[parts[0]] = max(starts.get(parts[0], 0), len(parts))
    lines = _read("words.txt.gz")
    known = frozenset(line[:-1] for line in lines if line.endswith(("*", "+")))
    return Lexicon(
        names=names,
        surnames=frozenset(_read("surnames.txt.gz")),
        capitals=frozenset(_read("capitals.txt.gz")),
        places=places,
        place_starts=starts,
        words=frozenset(line.rstrip("*+") for line in lines),
        common=frozenset(line[:-1] for line in lines if line.endswith("*")),
        known=known,
        collapsed=frozenset(collapse(n) for n, c in names.items() if c in "ND" and len(n) >= 4),
        collapsed_known=frozenset(map(collapse, known)),
        sounds=frozenset(_read("sounds.txt.gz")),
    )
