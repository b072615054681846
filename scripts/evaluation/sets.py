"""Reads the training corpus and the validation set. The validation set is never trained on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "data" / "nlu"
VALIDATION = ROOT / "data" / "validation"


@dataclass(frozen=True)
class Example:
    """One training example with its block's metadata."""

    text: str
    intent: str
    role: str
    topics: frozenset[str]
    urgency: str
    voice: str
    file: str


@dataclass(frozen=True)
class Message:
    """One validation message and what a good answer would be."""

    text: str
    role: str
    topics: frozenset[str]
    urgency: str
    voice: str
    intent: str
    referrals: tuple[str, ...]
    never: frozenset[str]
    near_miss: bool


@dataclass(frozen=True)
class Step:
    """One turn of a validation conversation: typed text or a pressed button, and what must hold after it."""

    text: str | None
    choice: str | None
    expected: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A validation conversation."""

    name: str
    steps: tuple[Step, ...]


def corpus(folder: Path = CORPUS) -> list[Example]:
    """Every training example, in the order of the files."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            found.extend(_block(block, path.name))
    return found


def _block(block: dict[str, Any], file: str) -> Iterator[Example]:
    metadata = block.get("metadata") or {}
    for line in block["examples"].splitlines():
        text = line.strip()
        if text.startswith("- "):
            yield Example(
                text[2:].strip(),
                block["intent"],
                metadata.get("role", "unknown"),
                frozenset(metadata.get("topics") or ()),
                metadata.get("urgency", "none"),
                metadata.get("voice", "plain"),
                file,
            )


def messages(path: Path = VALIDATION / "messages.yml") -> list[Message]:
    """The validation messages."""
    return [
        Message(
            text=entry["tekst"],
            role=entry["rol"],
            topics=frozenset(entry.get("onderwerpen") or ()),
            urgency=entry["urgentie"],
            voice=entry.get("stem", "plain"),
            intent=entry.get("intent", ""),
            referrals=tuple(str(one) for one in entry.get("verwijzing") or ()),
            never=frozenset(str(one) for one in entry.get("nooit") or ()),
            near_miss=bool(entry.get("bijna")),
        )
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def stories(path: Path = VALIDATION / "conversations.yml") -> list[Story]:
    """The validation conversations."""
    return [
        Story(
            entry["naam"],
            tuple(Step(one.get("tekst"), one.get("keuze"), one.get("verwacht") or {}) for one in entry["beurten"]),
        )
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
