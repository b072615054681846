"""Reads the paths "Wat gebeurt er als ik…" and the safety plan (``content/paden/*.yml``), step by step per reader.

Must not choose which step is said. A path has its own steps for children; every other step is for adults.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.advice.answers import read_yaml
from bot.advice.checked import Checked, checked, required, texts
from bot.advice.errors import BadContent
from bot.advice.vocabulary import Role, YesNo

FOLDER = Path(__file__).resolve().parent / "content" / "paden"
_YES_NO = {True: YesNo.YES, False: YesNo.NO, "ja": YesNo.YES, "nee": YesNo.NO}
"""YAML reads ``yes`` as true; ``ja`` stays a word."""


@dataclass(frozen=True)
class Step:
    """One step: at most three short messages under a heading.

    ``children`` says whether it is only for homes with (or without) children; ``None`` is for all. The polite texts
    say "u"; they are the same where the others say neither "je" nor "u".
    """

    id: str
    path: str
    heading: str
    roles: frozenset[Role]
    children: YesNo | None
    texts: tuple[str, ...]
    easy: str
    polite_texts: tuple[str, ...]
    polite_easy: str
    buttons: tuple[str, ...]
    origin: Checked
    file: str

    def said(self, *, polite: bool, easy: bool) -> tuple[str, ...]:
        """The messages for this reader, without the heading."""
        if easy:
            return (self.polite_easy if polite else self.easy,)
        return self.polite_texts if polite else self.texts

    def fits(self, role: Role, children: YesNo | None) -> bool:
        """Whether this reader gets the step. A step without roles is for every adult."""
        for_me = role in self.roles if self.roles else role is not Role.CHILD
        return for_me and (self.children is None or children is None or self.children is children)


@dataclass(frozen=True)
class GuidedPath:
    """A path of steps. ``asks_children``: it differs with children in the home; ``in_menu``: listed with the others."""

    id: str
    title: str
    child_title: str
    asks_children: bool
    in_menu: bool
    steps: tuple[Step, ...]

    def for_reader(self, role: Role, children: YesNo | None) -> tuple[Step, ...]:
        """The steps of this reader, in order."""
        return tuple(step for step in self.steps if step.origin.status == "ok" and step.fits(role, children))

    def titled(self, child: bool) -> str:
        """The title as its reader would say it."""
        return self.child_title if child else self.title


class Paths:
    """All paths by name, and their steps by id."""

    def __init__(self, paths: Iterable[GuidedPath]) -> None:
        self.all = tuple(sorted(paths, key=lambda path: _ORDER.index(path.id) if path.id in _ORDER else len(_ORDER)))
        self._by_id = {path.id: path for path in self.all}
        self._steps = {step.id: step for path in self.all for step in path.steps}

    def get(self, name: str) -> GuidedPath | None:
        """The path of that name, or ``None``."""
        return self._by_id.get(name)

    def step(self, step_id: str | None) -> Step | None:
        """The step of that id, or ``None``."""
        return self._steps.get(step_id or "")

    def menu(self, role: Role) -> tuple[GuidedPath, ...]:
        """The paths that have something to say to this reader."""
        return tuple(path for path in self.all if path.in_menu and path.for_reader(role, None))


_ORDER = ("advies", "melden", "gemeld", "politie", "weg", "plan")


def _yes_no(file: str, name: str, field: str, value: Any) -> YesNo | None:
    if value is None:
        return None
    if value not in _YES_NO:
        raise BadContent(file, f"'{name}': '{field}' is ja of nee")
    return _YES_NO[value]


def _step(file: str, path: str, entry: Mapping[str, Any], defaults: Mapping[str, Any]) -> Step:
    name = str(entry.get("id", "?"))
    required(file, name, entry, "id", "kop", "tekst", "makkelijk")
    if not name.startswith(f"pad.{path}."):
        raise BadContent(file, f"'{name}': het id van een stap begint met 'pad.{path}.'")
    try:
        roles = frozenset(Role(role) for role in texts(entry.get("rol")))
    except ValueError:
        raise BadContent(file, f"'{name}': 'rol' kent alleen {', '.join(Role)}") from None
    messages, polite = texts(entry["tekst"]), texts(entry.get("tekst_u")) or texts(entry["tekst"])
    if len(messages) != len(polite):
        raise BadContent(file, f"'{name}': 'tekst_u' heeft niet evenveel teksten als 'tekst'")
    return Step(
        id=name,
        path=path,
        heading=str(entry["kop"]),
        roles=roles,
        children=_yes_no(file, name, "kinderen", entry.get("kinderen")),
        texts=messages,
        easy=str(entry["makkelijk"]),
        polite_texts=polite,
        polite_easy=str(entry.get("makkelijk_u") or entry["makkelijk"]),
        buttons=texts(entry.get("knoppen")),
        origin=checked(file, name, entry, defaults),
        file=f"paden/{file}",
    )


def _path(file: Path) -> GuidedPath:
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise BadContent(file.name, "begint met 'pad:', 'titel:' en 'stappen:'")
    name = str(content.get("pad", "?"))
    required(file.name, name, content, "pad", "titel", "stappen")
    return GuidedPath(
        id=name,
        title=str(content["titel"]),
        child_title=str(content.get("titel_kind") or content["titel"]),
        asks_children=_yes_no(file.name, name, "vraag_kinderen", content.get("vraag_kinderen")) is YesNo.YES,
        in_menu=_yes_no(file.name, name, "in_menu", content.get("in_menu")) is not YesNo.NO,
        steps=tuple(_step(file.name, name, entry, content) for entry in content["stappen"]),
    )


def read(folder: Path = FOLDER) -> Paths:
    """Read all paths. Raises ``BadContent`` with file, step and remedy."""
    found = [_path(file) for file in sorted(folder.glob("*.yml"))]
    seen: set[str] = set()
    for path in found:
        for step in path.steps:
            if step.id in seen:
                raise BadContent(step.file, f"stap '{step.id}' staat er twee keer; geef een ander id")
            seen.add(step.id)
    return Paths(found)


@lru_cache(maxsize=1)
def load() -> Paths:
    """The paths of this installation, read once."""
    return read()
