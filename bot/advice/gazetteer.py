"""The names of Dutch places and how people misspell them. Must not read sentences, as regions.py does.

Loaded from content/regions/*.csv; sources and licences stand in content/LICENSES.md.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.advice.errors import BadContent
from bot.advice.spelling import distance, key_of

CONTENT = Path(__file__).parent / "content" / "regions"
SURE_LENGTH = 7
"""From this many letters a village name is taken for a place without a word such as 'in' before it."""
GUESS_LENGTH = 5
GUESS_LENGTH_WITHOUT_HOME = 6
FAR_GUESS_LENGTH = 8
_SUFFIX = re.compile(r" (?:NB|L|Gld|GLD|NH|Ut|Gn|GN|AC)$")
_BRACKETS = re.compile(r" ?\([^)]*\)")


class Level(StrEnum):
    """What must stand around a name before it is taken for a place."""

    FREE = "vrij"
    PREPOSITION = "voorzetsel"
    PLACE_ONLY = "plaats"
    HOME = "woon"
    NEVER = "nooit"
    NO_GUESS = "niet-raden"


@dataclass(frozen=True)
class Entry:
    """One meaning of a name. ``municipality`` is empty for a province or another part of the country."""

    label: str
    municipality: str
    province: str
    region_id: str
    is_municipality: bool


@dataclass(frozen=True)
class Region:
    """One of the 25 regions of Veilig Thuis; ``website`` only where its source may be shown."""

    id: str
    name: str
    website: str | None


class Gazetteer:
    """Names to meanings, exact or one or two letters off."""

    def __init__(
        self,
        names: dict[str, tuple[Entry, ...]],
        levels: dict[str, Level],
        postcodes: dict[str, str],
        regions: dict[str, Region],
        countries: frozenset[str],
    ) -> None:
        self.regions = regions
        self.countries = countries
        self.postcodes = postcodes
        self._names = names
        self._levels = levels
        self._lengths = _lengths(names)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._far: dict[str, list[str]] = defaultdict(list)
        for key, entries in names.items():
            if len(key) < GUESS_LENGTH or not entries:
                continue
            for part in _deletions(key):
                self._near[part].add(key)
            if len(key) >= FAR_GUESS_LENGTH and self.is_known_widely(key):
                self._far[key[:2]].append(key)

    def meanings(self, key: str) -> tuple[Entry, ...]:
        """All places with exactly this name; empty for a name abroad and for anything else."""
        return self._names.get(key, ())

    def lengths_from(self, word: str) -> tuple[int, ...]:
        """How many words the names have that begin with this word, longest first."""
        return self._lengths.get(word, ())

    def knows(self, key: str) -> bool:
        """Whether this is a name at all, also one abroad."""
        return key in self._names

    def level(self, key: str) -> Level:
        """What must stand around this name."""
        return self._levels.get(key, Level.FREE)

    def is_known_widely(self, key: str) -> bool:
        """Whether the name is (also) that of a municipality, a part of a city or the like."""
        return any(entry.is_municipality for entry in self._names.get(key, ()))

    def guess(self, key: str, *, home: bool) -> tuple[str, ...]:
        """Names that a misspelled ``key`` most likely means; ``home``: after "woont in" and the like.

        One letter added, lost, changed or swapped; two in long names of municipalities.
        Empty for ordinary words.
        """
        least = GUESS_LENGTH if home else GUESS_LENGTH_WITHOUT_HOME
        if len(key) < least or key in self._levels or key in self._names:
            return ()
        near = {
            name
            for part in (key, *_deletions(key))
            for name in self._near.get(part, ())
            if name[0] == key[0]
            and _has_as_many_words(name, key)
            and (home or self.is_known_widely(name))
            and distance(key, name, 1) <= 1
        }
        near = {name for name in near if self.level(name) not in (Level.NEVER, Level.HOME)}
        widely = {name for name in near if self.is_known_widely(name)}
        if near:
            return tuple(sorted(widely or near))
        if len(key) < FAR_GUESS_LENGTH - 1:
            return ()
        far = [name for name in self._far.get(key[:2], ()) if _has_as_many_words(name, key)]
        return tuple(sorted(name for name in far if distance(key, name, 2) <= 2))


def load(folder: Path = CONTENT) -> Gazetteer:
    """Reads all names. Raises BadContent that names file, key and remedy."""
    regions = {
        row["region_id"]: Region(row["region_id"], row["name"], _website(row))
        for row in _rows(folder, "veilig_thuis_regions.csv", "region_id", "name", "website", "website_confidence")
    }
    municipalities = list(
        _rows(folder, "municipalities.csv", "name", "region_id", "display_name", "province", "aliases")
    )
    home = {row["name"]: row for row in municipalities}
    for row in municipalities:
        if row["region_id"] not in regions:
            raise BadContent("municipalities.csv", f"{row['name']}: regio {row['region_id']} bestaat niet")
    names: dict[str, list[Entry]] = defaultdict(list)
    levels: dict[str, Level] = {}
    _add_municipalities(names, folder, municipalities, home)
    _add_places(names, levels, folder, home)
    countries = _add_abroad(names, folder)
    for row in _rows(folder, "gewone_woorden.csv", "woord", "regel"):
        try:
            levels[key_of(row["woord"])] = Level(row["regel"])
        except ValueError as problem:
            raise BadContent("gewone_woorden.csv", f"{row['woord']}: onbekende regel {row['regel']}") from problem
    postcodes = {
        row["pc4"]: _home(home, row["municipality"], "postcodes4.csv")["region_id"]
        for row in _rows(folder, "postcodes4.csv", "pc4", "municipality")
    }
    whole = {key: tuple(dict.fromkeys(entries)) for key, entries in names.items()}
    for key in [key for key in whole if whole[key]]:
        for spelling in _spellings(key):
            whole.setdefault(spelling, whole[key])
    return Gazetteer(whole, levels, postcodes, regions, countries)


def _add_municipalities(
    names: dict[str, list[Entry]],
    folder: Path,
    municipalities: list[dict[str, str]],
    home: dict[str, dict[str, str]],
) -> None:
    for row in municipalities:
        entry = Entry(row["display_name"], row["name"], row["province"], row["region_id"], True)
        for name in (row["name"], row["display_name"], *filter(None, row["aliases"].split(";"))):
            names[key_of(_BRACKETS.sub("", name))].append(entry)
    for row in _rows(folder, "former_municipalities.csv", "former_name", "current_municipality"):
        for current in row["current_municipality"].split(";"):
            now = _home(home, current, "former_municipalities.csv")
            names[key_of(row["former_name"])].append(
                Entry(row["former_name"], current, now["province"], now["region_id"], True)
            )
    for row in _rows(folder, "place_aliases.csv", "alias", "municipality", "region_id"):
        province = home[row["municipality"]]["province"] if row["municipality"] else ""
        label = row["municipality"] or row["alias"]
        names[key_of(row["alias"])].append(Entry(label, row["municipality"], province, row["region_id"], True))


def _add_places(
    names: dict[str, list[Entry]], levels: dict[str, Level], folder: Path, home: dict[str, dict[str, str]]
) -> None:
    for row in _rows(folder, "places.csv", "place", "municipality", "region_id"):
        bare = _SUFFIX.sub("", _BRACKETS.sub("", row["place"]))
        province = _home(home, row["municipality"], "places.csv")["province"]
        entry = Entry(bare, row["municipality"], province, row["region_id"], False)
        for key in {key_of(bare), key_of(row["place"])}:
            if not names[key] and len(key) < SURE_LENGTH:
                levels[key] = Level.PREPOSITION
            names[key].append(entry)


def _add_abroad(names: dict[str, list[Entry]], folder: Path) -> frozenset[str]:
    """Names abroad are names without a meaning here: they are recognised, and give no region."""
    countries = set()
    for row in _rows(folder, "buitenland.csv", "naam", "soort"):
        names[key_of(row["naam"])].clear()
        if row["soort"] == "land":
            countries.add(key_of(row["naam"]))
    return frozenset(countries)


def _rows(folder: Path, file: str, *columns: str) -> Iterator[dict[str, str]]:
    try:
        with (folder / file).open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise BadContent(file, f"kolom {missing[0]} ontbreekt in de eerste regel")
            yield from reader
    except OSError as problem:
        raise BadContent(file, "niet te lezen; zet het bestand terug in bot/advice/content/regions") from problem


def _home(home: dict[str, dict[str, str]], municipality: str, file: str) -> dict[str, str]:
    if municipality not in home:
        raise BadContent(file, f"gemeente {municipality} staat niet in municipalities.csv")
    return home[municipality]


def _website(row: dict[str, str]) -> str | None:
    """``national-fallback`` is the national site, whose source stands with Veilig Thuis in the directory."""
    return row["website"] if row["website_confidence"] in ("verified", "secondary", "national-fallback") else None


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for key in names:
        found[key.split(" ")[0]].add(key.count(" ") + 1)
    return {word: tuple(sorted(counts, reverse=True)) for word, counts in found.items()}


def _spellings(key: str) -> tuple[str, ...]:
    """Other ways to write a name: together, 'sint' or 'st', 'aan de' or 'aan den', 'y' or 'ij'."""
    first, _, rest = key.partition(" ")
    saint = {"st": "sint", "sint": "st"}.get(first, first)
    together = key.replace(" ", "")
    return (
        together,
        f"{saint} {rest}" if rest else key,
        key.replace(" aan den ", " aan de "),
        key.replace(" aan de ", " aan den "),
        f"y{key[2:]}" if key.startswith("ij") else key,
    )


def _has_as_many_words(name: str, key: str) -> bool:
    """Several misspelled words stay as many words; only a forgotten space may change that."""
    if " " not in key or name.count(" ") == key.count(" "):
        return True
    return name.replace(" ", "") == key.replace(" ", "")


def _deletions(key: str) -> tuple[str, ...]:
    return tuple(key[:index] + key[index + 1 :] for index in range(len(key)))
