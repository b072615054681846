"""Which Veilig Thuis region a message is about, from a place or four digits. Must never look at an address.

Only the id of the region goes on to the engine; spans are for taking the place out of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from bot.advice import gazetteer, postcodes
from bot.advice.gazetteer import Entry, Gazetteer, Level, Region
from bot.advice.place_words import (
    ARTICLES,
    IN,
    NAME_PARTS,
    NEAR,
    has_province,
    is_part_of,
    is_whole,
    leads_to_place,
    lives_at,
    province_at,
)
from bot.advice.spelling import Token, tokens

Kind = Literal["postcode", "place", "municipality", "none"]
MOST_OPTIONS = 5
LONGEST_GUESS = 4


@dataclass(frozen=True)
class RegionOption:
    """One possible meaning to ask back with, such as 'Bergen (Noord-Holland)'."""

    label: str
    region_id: str


@dataclass(frozen=True)
class RegionFinding:
    """What a message says about a place: one region, or options when it can be several, or neither.

    ``matched`` are offsets in the message; ``own`` when the writer says to live there.
    """

    region_id: str | None
    options: tuple[RegionOption, ...]
    matched: tuple[tuple[int, int], ...]
    kind: Kind
    own: bool


@dataclass(frozen=True)
class _Sighting:
    start: int
    end: int
    entries: tuple[Entry, ...]
    kind: Kind
    lives: bool = False
    own: bool = False

    @property
    def regions(self) -> frozenset[str]:
        return frozenset(entry.region_id for entry in self.entries)


class Regions:
    """Finds the region in a text."""

    def __init__(self, names: Gazetteer) -> None:
        self._names = names

    def get(self, region_id: str) -> Region:
        """The region. Raises KeyError for an id that does not exist."""
        return self._names.regions[region_id]

    def all(self) -> tuple[Region, ...]:
        """All 25 regions."""
        return tuple(self._names.regions.values())

    def find(self, text: str) -> RegionFinding:
        """The region of the place that the text names; where someone lives goes before other places."""
        words = tokens(text)
        seen = [*map(_of_postcode, postcodes.find(text, self._names.postcodes)), *self._places(words)]
        if not seen:
            return RegionFinding(None, (), (), "none", False)
        chosen = [sighting for sighting in seen if sighting.lives] or seen
        chosen = _narrowed(chosen, seen)
        coded = [sighting for sighting in chosen if sighting.kind == "postcode"]
        chosen = coded or chosen
        regions = frozenset[str]().union(*(sighting.regions for sighting in chosen))
        spans = tuple(sorted((sighting.start, sighting.end) for sighting in seen))
        own = any(sighting.own for sighting in chosen)
        if len(regions) == 1:
            return RegionFinding(next(iter(regions)), (), spans, chosen[0].kind, own)
        options = _options([entry for sighting in chosen for entry in sighting.entries])
        return RegionFinding(None, options, spans, chosen[0].kind, own)

    def _places(self, words: list[Token]) -> list[_Sighting]:
        found: list[_Sighting] = []
        at = 0
        while at < len(words):
            count, key = self._name_at(words, at)
            entries = self._entries(key)
            if count and entries and not self._is_elsewhere(words, at, count):
                entries, extra = _in_province(entries, words, at + count)
                lives, own = lives_at(words, at, count)
                end = words[at + count + extra - 1].end
                found.append(_Sighting(words[at].start, end, entries, _kind(entries), lives, own))
                count += extra
            at += max(count, 1)
        return found

    def _entries(self, key: tuple[str, ...]) -> tuple[Entry, ...]:
        return tuple(dict.fromkeys(entry for name in key for entry in self._names.meanings(name)))

    def _name_at(self, words: list[Token], at: int) -> tuple[int, tuple[str, ...]]:
        """How many words from here form a name, and which name or names they can be."""
        for count in self._names.lengths_from(words[at].word):
            key = " ".join(token.word for token in words[at : at + count])
            if at + count > len(words) or not self._names.knows(key):
                continue
            if not self._names.meanings(key) or self._is_allowed(key, words, at, count):
                longer = self._guess_at(words, at, least=count + 1)
                return longer if longer[0] else (count, (key,))
        return self._guess_at(words, at)

    def _guess_at(self, words: list[Token], at: int, least: int = 1) -> tuple[int, tuple[str, ...]]:
        """A misspelled name of at least so many words: 'Bergen o Zoom' is not Bergen."""
        if words[at].word in NEAR:
            return 0, ()  # 'woon in Ber': the name begins after the preposition
        home, _ = lives_at(words, at, 1)
        near = (
            at > 0 and not words[at].fresh and leads_to_place(words, at - 1) and words[at - 1].word not in ("te", "bij")
        )
        for count in range(min(LONGEST_GUESS, len(words) - at), least - 1, -1):
            if not (home or near or is_whole(words, at, count)):
                continue
            if count > 1 and words[at].word in ARTICLES and not home:
                continue  # 'in de kelder' is not Den Helder
            names = self._names.guess(" ".join(token.word for token in words[at : at + count]), home=home)
            if names:
                return count, names
        return 0, ()

    def _is_allowed(self, key: str, words: list[Token], at: int, count: int) -> bool:
        level = self._names.level(key)
        before = words[at - 1].word if at and not words[at].fresh else ""
        if before in NAME_PARTS or (before == "van" and not is_part_of(words, at - 1)):
            return False
        if level is Level.FREE:
            return True
        lives, _ = lives_at(words, at, count)
        if level is Level.HOME:
            return lives and (at + count == len(words) or words[at + count].fresh)
        if level is Level.PREPOSITION:
            return lives or before in NEAR or is_whole(words, at, count) or has_province(words, at + count)
        return level is Level.PLACE_ONLY and (lives or before in IN or is_whole(words, at, count))

    def _is_elsewhere(self, words: list[Token], at: int, count: int) -> bool:
        """Whether a country follows at once: 'Hasselt in België'."""
        rest = [token.word for token in words[at + count : at + count + 2]]
        return bool(rest) and (
            rest[0] in self._names.countries or (rest[0] == "in" and rest[-1] in self._names.countries)
        )


@cache
def load() -> Regions:
    """Reads the names once. Raises BadContent for a file that cannot be used."""
    return Regions(gazetteer.load())


def _of_postcode(found: postcodes.Postcode) -> _Sighting:
    entry = Entry(found.digits, "", "", found.region_id, False)
    return _Sighting(found.start, found.end, (entry,), "postcode", found.lives, found.own)


def _in_province(entries: tuple[Entry, ...], words: list[Token], at: int) -> tuple[tuple[Entry, ...], int]:
    """Keeps what lies in the province that follows the name: 'Bergen NH'."""
    if len({entry.region_id for entry in entries}) == 1:
        return entries, 0
    province, count = province_at(words, at)
    kept = tuple(entry for entry in entries if entry.province == province)
    return (kept, count) if kept else (entries, 0)


def _kind(entries: tuple[Entry, ...]) -> Kind:
    return "municipality" if any(entry.is_municipality for entry in entries) else "place"


def _narrowed(chosen: list[_Sighting], seen: list[_Sighting]) -> list[_Sighting]:
    """A name with several meanings takes the one that another place in the message points to."""
    clear = {region for sighting in seen if len(sighting.regions) == 1 for region in sighting.regions}
    result = []
    for sighting in chosen:
        common = sighting.regions & clear
        if len(sighting.regions) > 1 and common:
            kept = tuple(entry for entry in sighting.entries if entry.region_id in common)
            sighting = replace(sighting, entries=kept, kind=_kind(kept))
        result.append(sighting)
    return result


def _options(entries: list[Entry]) -> tuple[RegionOption, ...]:
    """One option per region, municipalities first; a name that occurs twice gets its province."""
    by_region: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: not entry.is_municipality):
        by_region.setdefault(entry.region_id, entry)
    kept = list(by_region.values())[:MOST_OPTIONS]
    labels = [entry.label for entry in kept]
    provinces = [(entry.label, entry.province) for entry in kept]
    options = []
    for entry in kept:
        extra = entry.province if provinces.count((entry.label, entry.province)) == 1 else entry.municipality
        label = entry.label if labels.count(entry.label) == 1 else f"{entry.label} ({extra or 'provincie'})"
        options.append(RegionOption(label, entry.region_id))
    return tuple(options)
