"""Markers: unique things to type that can be found back anywhere. Must be made anew for each run and mean nothing."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

SYLLABLES = [
    head + tail for head in "bdfgklmnprstvwz" for tail in ("a", "e", "i", "o", "u", "aa", "ee", "oo", "ui", "ij")
]
LETTERS_IN_A_ROW = 6
"""Six syllables of 150: two runs, or a marker and a word that exists, never share one."""

STREETS = ("straat", "laan", "weg", "plein")


class Shape(StrEnum):
    """What a marker looks like to redaction."""

    NAME = "name"
    BSN = "bsn"
    PHONE = "phone"
    ADDRESS = "address"
    WORD = "word"


@dataclass(frozen=True)
class Marker:
    """``typed`` is what goes into a message, ``needle`` the part of it that is looked for afterwards."""

    shape: Shape
    typed: str
    needle: str


def markers(each: int = 44) -> tuple[Marker, ...]:
    """``each`` of every shape (5 shapes, so 220 by default), all different."""
    makers = (_name, _bsn, _phone, _address, _word)
    found: dict[str, Marker] = {}
    for make in makers:
        wanted = len(found) + each
        while len(found) < wanted:
            marker = make()
            found[marker.needle] = marker
    return tuple(found.values())


def nonsense() -> str:
    """A pronounceable word that no language has; every third one with an accent, for what escapes such letters."""
    word = "".join(secrets.choice(SYLLABLES) for _ in range(LETTERS_IN_A_ROW))
    return f"{word}\u00ebl" if secrets.randbelow(3) == 0 else f"{word}k"


def _name() -> Marker:
    family = nonsense()
    return Marker(Shape.NAME, f"Mila {family.capitalize()}", family.capitalize())


def _word() -> Marker:
    word = nonsense()
    return Marker(Shape.WORD, word, word)


def _address() -> Marker:
    street = nonsense().capitalize() + secrets.choice(STREETS)
    return Marker(Shape.ADDRESS, f"{street} {secrets.randbelow(180) + 1}", street)


def _bsn() -> Marker:
    """Nine digits that pass the test of eleven, so that they look like a citizen service number."""
    while True:
        digits = [secrets.randbelow(10) for _ in range(8)]
        last = sum((9 - place) * digit for place, digit in enumerate(digits)) % 11
        if digits[0] and last < 10:
            number = "".join(map(str, (*digits, last)))
            return Marker(Shape.BSN, number, number)


def _phone() -> Marker:
    """The shape of a mobile number. Made by chance; only the eight digits behind the prefix are looked for."""
    rest = str(secrets.randbelow(8) + 1) + "".join(str(secrets.randbelow(10)) for _ in range(7))
    return Marker(Shape.PHONE, f"06{rest}", rest)
