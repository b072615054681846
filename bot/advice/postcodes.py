"""Four digits that are a Dutch postcode, not a year, a price or a house number. Must not know places.

Which digits exist comes from content/regions/postcodes4.csv; letters after them are matched, never returned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_YEARS = range(1900, 2100)
_DIGITS = re.compile(r"(?<![\w.,+\-/])([1-9]\d{3})(?![\d.,]\d|\d|[/\-]\d)(?:(\s?)([A-Za-z]{2})(?![\w]))?")
_NOT_BEFORE = re.compile(r"(?:€|\d|\b(?:nr|nummer|huisnummer|kamer|bel|code|sinds|jaar))[\s.:]*$", re.IGNORECASE)
_NOT_AFTER = re.compile(r"\s*(?:€|%|euro|eur\b|keer|x\b|km\b|mensen|woorden|gram|uur|jaar|dagen|\d)", re.IGNORECASE)
_POSTCODE_WORD = re.compile(r"\b(?:postcode|postkode|pc|cijfers)\b[\s\w:]{0,20}$", re.IGNORECASE)
_LIVES_BEFORE = re.compile(r"\b(?:woon|woont|wonen)\b[\s\w]{0,25}$", re.IGNORECASE)
_LIVES_IN = re.compile(r"\bwoon\w*\s+(?:in|op|te)\s+$", re.IGNORECASE)
_PLACE_WORD = re.compile(r"\b(?:in|uit|te|regio|omgeving|rond)\s+$", re.IGNORECASE)
_WHOLE_MESSAGE = re.compile(r"\W*(?:(?:ja|in|het is|postcode|mijn postcode is)\W+)?\d{4}\W*", re.IGNORECASE)
_I_LIVE = re.compile(
    r"\b(?:(?:ik|wij|we)\s+(?:woon|wonen)|(?:woon|wonen)\s+(?:ik|we|wij))\b[\s\w]{0,25}$", re.IGNORECASE
)
_TWO_LETTER_WORDS = frozenset(
    {
        "al",
        "an",
        "bv",
        "de",
        "dr",
        "en",
        "er",
        "et",
        "eu",
        "ga",
        "he",
        "ie",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "km",
        "kg",
        "ma",
        "me",
        "na",
        "no",
        "nu",
        "of",
        "om",
        "op",
        "pa",
        "te",
        "to",
        "us",
        "we",
        "ze",
        "zo",
    }
)


@dataclass(frozen=True)
class Postcode:
    """Digits with their offsets, letters included; ``lives``: someone does there, ``own``: the writer."""

    digits: str
    region_id: str
    start: int
    end: int
    lives: bool
    own: bool


def find(text: str, known: Mapping[str, str]) -> list[Postcode]:
    """All postcodes in a text; ``known`` maps existing digits to the region."""
    found = []
    for match in _DIGITS.finditer(text):
        region_id = known.get(match[1])
        lettered = _has_letters(match)
        if region_id is None or not (lettered or _is_meant(text, match)):
            continue
        before = text[: match.start()]
        lives, own = bool(_LIVES_BEFORE.search(before)), bool(_I_LIVE.search(before))
        end = match.end() if lettered else match.end(1)
        found.append(Postcode(match[1], region_id, match.start(), end, lives, own))
    return found


def _has_letters(match: re.Match[str]) -> bool:
    """Whether two letters belong to it: not the word in '2019 is', unless written as a postcode is."""
    letters = match[3]
    return bool(letters) and (letters.isupper() or not match[2] or letters.lower() not in _TWO_LETTER_WORDS)


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether bare digits are meant as a postcode; what can be a year needs plain words."""
    if _WHOLE_MESSAGE.fullmatch(text):
        return True
    before = text[: match.start()]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(text, match.end(1)):
        return False
    if _POSTCODE_WORD.search(before) or _LIVES_IN.search(before):
        return True
    return int(match[1]) not in _YEARS and bool(_LIVES_BEFORE.search(before) or _PLACE_WORD.search(before))
