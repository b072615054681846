"""Reads the call helper (``content/belhulp.yml``): questions with buttons that make a list to read out on the phone.

Must not keep an answer: what was chosen travels in the button's payload only, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.advice.answers import read_yaml
from bot.advice.checked import Checked, checked, required, texts
from bot.advice.errors import BadContent
from bot.advice.vocabulary import Role, YesNo

FILE = Path(__file__).resolve().parent / "content" / "belhulp.yml"
_NAME = re.compile(r"[a-z]{1,12}")
_CHILDREN = {True: YesNo.YES, False: YesNo.NO, "ja": YesNo.YES, "nee": YesNo.NO}


@dataclass(frozen=True)
class CallChoice:
    """One button. ``line`` goes on the list; ``now`` means danger now, ``serious`` means call today."""

    name: str
    title: str
    line: str
    now: bool
    serious: bool
    children: YesNo | None


@dataclass(frozen=True)
class CallQuestion:
    """A question and its buttons."""

    text: str
    choices: tuple[CallChoice, ...]

    def get(self, name: str) -> CallChoice | None:
        """The button of that name, or ``None``."""
        return next((one for one in self.choices if one.name == name), None)


@dataclass(frozen=True)
class CallList:
    """The questions of one kind of reader; ``ready`` closes the list with what to keep at hand."""

    id: str
    roles: frozenset[Role]
    questions: tuple[CallQuestion, ...]
    ready: str
    origin: Checked
    file: str

    def chosen(self, names: Sequence[str]) -> tuple[CallChoice, ...]:
        """The choices of these names, as far as they belong to the questions in order."""
        found = []
        for question, name in zip(self.questions, names, strict=False):
            choice = question.get(name)
            if choice is None:
                break
            found.append(choice)
        return tuple(found)


@dataclass(frozen=True)
class CallLists:
    """All lists."""

    all: tuple[CallList, ...]

    def for_role(self, role: Role) -> CallList | None:
        """The list of this reader, or ``None`` when it is not to be shown."""
        return next((one for one in self.all if role in one.roles and one.origin.status == "ok"), None)


def _choice(file: str, owner: str, name: str, entry: Mapping[str, Any]) -> CallChoice:
    if not _NAME.fullmatch(name):
        raise BadContent(file, f"'{owner}': de naam van keuze '{name}' heeft alleen kleine letters, hooguit 12")
    if not entry.get("titel") or entry.get("zin") is None:
        raise BadContent(file, f"'{owner}': keuze '{name}' heeft 'titel' en 'zin' nodig")
    children = entry.get("kinderen")
    return CallChoice(
        name,
        str(entry["titel"]),
        str(entry["zin"]),
        entry.get("nu") in (True, "ja"),
        entry.get("ernstig") in (True, "ja"),
        None if children is None else _CHILDREN.get(children),
    )


def _question(file: str, owner: str, entry: Mapping[str, Any]) -> CallQuestion:
    required(file, owner, entry, "vraag", "keuzes")
    choices = tuple(_choice(file, owner, str(name), one) for name, one in entry["keuzes"].items())
    return CallQuestion(str(entry["vraag"]), choices)


def read(file: Path = FILE) -> CallLists:
    """Read the lists. Raises ``BadContent``."""
    content = read_yaml(file)
    entries = content.get("lijsten") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise BadContent(file.name, "heeft 'lijsten:' met een lijst nodig")
    made = []
    for entry in entries:
        name = str(entry.get("id", "?"))
        required(file.name, name, entry, "id", "rol", "vragen", "leg_klaar")
        try:
            roles = frozenset(Role(role) for role in texts(entry["rol"]))
        except ValueError:
            raise BadContent(file.name, f"'{name}': 'rol' kent alleen {', '.join(Role)}") from None
        questions = tuple(_question(file.name, name, one) for one in entry["vragen"])
        origin = checked(file.name, name, entry, content)
        made.append(CallList(name, roles, questions, str(entry["leg_klaar"]), origin, file.name))
    return CallLists(tuple(made))


@lru_cache(maxsize=1)
def load() -> CallLists:
    """The lists of this installation, read once."""
    return read()
