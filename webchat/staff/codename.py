"""The two-word names by which staff speak of a chat. Must say nothing about who is in it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.advice.content_files import CONTENT, read_yaml
from bot.advice.errors import BadContent

FILE = CONTENT / "codenamen.yml"
WORDS = 64
"""How many words each list has: a power of two, so that every name is as likely as any other."""


@dataclass(frozen=True)
class Codenames:
    """The two lists of words."""

    first: tuple[str, ...]
    second: tuple[str, ...]

    def of(self, ticket_id: str) -> str:
        """The name of one ticket, the same on every gateway."""
        digest = hashlib.sha256(b"codename " + ticket_id.encode("utf-8")).digest()
        return f"{self.first[digest[0] % WORDS]} {self.second[digest[1] % WORDS]}"

    def all(self, ticket_ids: Iterable[str]) -> Mapping[str, str]:
        """The names of all tickets at the desk; where two would be the same the second gets a number."""
        taken: dict[str, int] = {}
        names = {}
        for ticket_id in sorted(ticket_ids):
            name = self.of(ticket_id)
            taken[name] = taken.get(name, 0) + 1
            names[ticket_id] = name if taken[name] == 1 else f"{name} {taken[name]}"
        return names


def load(path: Path = FILE) -> Codenames:
    """Read the lists. Raises ``BadContent`` when one of them has not exactly ``WORDS`` different words."""
    content = read_yaml(path)
    return Codenames(_words(content, "eerste", path), _words(content, "tweede", path))


def _words(content: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    words = content.get(key)
    usable = isinstance(words, list) and all(isinstance(word, str) and word.isalpha() for word in words)
    if not usable or len(set(words or ())) != WORDS or len(words or ()) != WORDS:
        raise BadContent(
            path.name, f"'{key}' heeft precies {WORDS} verschillende woorden nodig, zonder spatie of cijfer"
        )
    return tuple(words or ())
