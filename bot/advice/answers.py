"""Reads the answers that editors write (``content/antwoorden/*.yml``) and finds the one for a situation or question.

Must not change a sentence. Faults of content are found here and by ``make content``; a broken file stops the start.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.advice.errors import BadContent
from bot.advice.vocabulary import Role

FOLDER = Path(__file__).resolve().parent / "content" / "antwoorden"
BUTTONS = Path(__file__).resolve().parent / "content" / "knoppen.yml"

_REQUIRED = ("id", "bij", "bron", "gecontroleerd_op", "opnieuw_voor", "status", "tekst")


@dataclass(frozen=True)
class Told:
    """What may call for a special answer: kinds of danger in this message, topics and relation of the chat."""

    kinds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    relation: str | None = None


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Answer:
    """One answer. Each text is one message of at most three sentences; lists hold variants or steps.

    ``recognition``: variants of the first line; ``texts``: variants of the useful thing; ``easy``: the whole
    in easy language; ``more``: steps of "vertel meer"; ``say``: "wat moet ik dan zeggen?"; ``angry``: "en als hij
    boos wordt?"; ``buttons``: ids that lead on. ``kinds``, ``relations``, ``beside``: when a special answer goes
    before the ordinary one of its role (one of them is enough). ``polite``: the same with "u" instead of "je".
    """

    id: str
    keys: tuple[str, ...]
    roles: frozenset[Role]
    texts: tuple[str, ...]
    recognition: tuple[str, ...]
    easy: str | None
    more: tuple[str, ...]
    say: str | None
    angry: str | None
    buttons: tuple[str, ...]
    sources: tuple[str, ...]
    checked_on: date
    check_again_before: date
    status: str
    file: str
    kinds: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    polite: "Answer | None" = None

    def voiced(self, polite: bool) -> "Answer":
        """The same answer for a reader who is addressed with "u", when that was asked and is written."""
        return self.polite if polite and self.polite else self

    @property
    def special(self) -> bool:
        """Whether it is only for a kind of danger, a relation, or a topic that was told beside this one."""
        return bool(self.kinds or self.relations or self.beside)

    def suits(self, told: Told) -> bool:
        """Whether one of its special conditions holds."""
        return bool(self.kinds & told.kinds or self.beside & told.topics or told.relation in self.relations)


@dataclass(frozen=True)
class Button:
    """A choice that leads on: ``title`` for adults, ``child_title`` for children."""

    id: str
    title: str
    child_title: str


class Answers:
    """All answers by key (topic or question) and role. Answers whose status is not ``ok`` are not shown."""

    def __init__(self, answers: Iterable[Answer], buttons: Mapping[str, Button]) -> None:
        self.all = tuple(answers)
        self.buttons = dict(buttons)
        self._by_id = {answer.id: answer for answer in self.all}
        self._by_key: dict[str, list[Answer]] = {}
        for answer in self.all:
            if answer.status == "ok":
                for key in answer.keys:
                    self._by_key.setdefault(key, []).append(answer)

    @property
    def keys(self) -> frozenset[str]:
        """Every topic and question that has an answer that may be shown."""
        return frozenset(self._by_key)

    def get(self, answer_id: str) -> Answer | None:
        """The answer of that id, or ``None``."""
        found = self._by_id.get(answer_id)
        return found if found and found.status == "ok" else None

    def find(self, key: str, role: Role, told: Told = NOTHING_TOLD) -> Answer | None:
        """The answer for a topic or question as this role needs it; a special one when what was told calls for it;
        else the one for everybody; else ``None``."""
        candidates = self._by_key.get(key, [])
        special = (one for one in candidates if one.special and role in one.roles and one.suits(told))
        ordinary = [one for one in candidates if not one.special]
        own = (one for one in ordinary if role in one.roles)
        everybody = (one for one in ordinary if not one.roles)
        return next((one for group in (special, own, everybody) for one in group), None)


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value.strip(),)
    return tuple(str(one).strip() for one in value)


def _one(value: Any) -> str | None:
    texts = _texts(value)
    return texts[0] if texts else None


def _answer(file: str, entry: Mapping[str, Any]) -> Answer:
    name = entry.get("id", "?")
    for field in _REQUIRED:
        if entry.get(field) in (None, "", []):
            raise BadContent(file, f"antwoord '{name}': vul '{field}' in")
    try:
        roles = frozenset(Role(role) for role in _texts(entry.get("rol")))
    except ValueError:
        raise BadContent(file, f"antwoord '{name}': 'rol' kent alleen {', '.join(Role)}") from None
    for field in ("gecontroleerd_op", "opnieuw_voor"):
        if not isinstance(entry[field], date):
            raise BadContent(file, f"antwoord '{name}': schrijf '{field}' als jaar-maand-dag, zoals 2026-11-24")
    made = Answer(
        id=str(name),
        keys=_texts(entry["bij"]),
        roles=roles,
        texts=_texts(entry["tekst"]),
        recognition=_texts(entry.get("herkenning")),
        easy=_one(entry.get("makkelijk")),
        more=_texts(entry.get("meer")),
        say=_one(entry.get("wat_zeggen")),
        angry=_one(entry.get("als_boos")),
        buttons=_texts(entry.get("knoppen")),
        sources=_texts(entry["bron"]),
        checked_on=entry["gecontroleerd_op"],
        check_again_before=entry["opnieuw_voor"],
        status=str(entry["status"]),
        file=file,
        kinds=frozenset(_texts(entry.get("gevaar"))),
        relations=frozenset(_texts(entry.get("relatie"))),
        beside=frozenset(_texts(entry.get("onderwerp_ook"))),
    )
    return made if roles == {Role.CHILD} else replace(made, polite=_polite(made, entry))


_SPOKEN = {
    "herkenning": "recognition",
    "tekst": "texts",
    "meer": "more",
    "wat_zeggen": "say",
    "als_boos": "angry",
    "makkelijk": "easy",
}
"""The fields that a visitor reads. Each may have a twin ending in ``_u`` that says "u"."""


def _polite(answer: Answer, entry: Mapping[str, Any]) -> Answer:
    """The answer with "u": what has no twin says neither "je" nor "u" and stays. Raises ``BadContent``."""
    changed: dict[str, Any] = {}
    for field, name in _SPOKEN.items():
        written = _texts(entry.get(f"{field}_u"))
        if not written:
            continue
        if len(written) != len(_texts(entry.get(field))):
            raise BadContent(
                answer.file, f"antwoord '{answer.id}': '{field}_u' heeft niet evenveel teksten als '{field}'"
            )
        changed[name] = written if isinstance(getattr(answer, name), tuple) else written[0]
    return replace(answer, **changed)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises ``BadContent`` naming the line that cannot be read."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadContent(path.name, f"kan niet gelezen worden ({type(error).__name__})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise BadContent(
            path.name, f"regel {line} is geen geldige YAML: let op inspringen en aanhalingstekens"
        ) from error
    except yaml.YAMLError as error:
        raise BadContent(path.name, "is geen geldige YAML") from error


def read_buttons(path: Path = BUTTONS) -> dict[str, Button]:
    """The titles of the buttons. Raises ``BadContent``."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise BadContent(path.name, "moet regels 'knop: {titel: …}' hebben")
    made = {}
    for name, entry in content.items():
        title = entry.get("titel") if isinstance(entry, dict) else None
        if not title:
            raise BadContent(path.name, f"knop '{name}': vul 'titel' in")
        made[str(name)] = Button(str(name), str(title), str(entry.get("titel_kind") or title))
    return made


def read(folder: Path = FOLDER, buttons: Path = BUTTONS) -> Answers:
    """Read all answers of a folder. Raises ``BadContent`` with file, answer and remedy."""
    found: list[Answer] = []
    for path in sorted(folder.glob("*.yml")):
        content = read_yaml(path)
        entries = content.get("antwoorden") if isinstance(content, dict) else None
        if not isinstance(entries, list):
            raise BadContent(path.name, "begint met 'antwoorden:' en daaronder een lijst")
        found.extend(_answer(path.name, entry) for entry in entries)
    seen: set[str] = set()
    for answer in found:
        if answer.id in seen:
            raise BadContent(answer.file, f"antwoord '{answer.id}' staat er twee keer; geef een ander id")
        seen.add(answer.id)
    return Answers(found, read_buttons(buttons))


@lru_cache(maxsize=1)
def load() -> Answers:
    """The answers of this installation, read once."""
    return read()
