"""Reads the talk cards (``content/praatkaarten.yml``): one sentence to show somebody, and what that person should do.

Must not choose a card. The page shows the sentence full-screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.advice.answers import read_yaml
from bot.advice.checked import Checked, checked, required, texts
from bot.advice.errors import BadContent
from bot.advice.vocabulary import Role

FILE = Path(__file__).resolve().parent / "content" / "praatkaarten.yml"


@dataclass(frozen=True)
class TalkCard:
    """``sentence``: what is shown large; ``receiver``: at most two messages for whoever reads the card."""

    id: str
    roles: frozenset[Role]
    title: str
    sentence: str
    receiver: tuple[str, ...]
    origin: Checked
    file: str

    @property
    def name(self) -> str:
        """The name in a payload: ``kind`` of ``praatkaart.kind``."""
        return self.id.partition(".")[2]


@dataclass(frozen=True)
class TalkCards:
    """All cards, in the order of the file."""

    all: tuple[TalkCard, ...]

    def get(self, name: str) -> TalkCard | None:
        """The card of that name (without ``praatkaart.``), or ``None``."""
        return next((card for card in self.all if card.name == name and card.origin.status == "ok"), None)

    def for_role(self, role: Role) -> tuple[TalkCard, ...]:
        """The cards that this reader can show."""
        return tuple(card for card in self.all if role in card.roles and card.origin.status == "ok")


def read(file: Path = FILE) -> TalkCards:
    """Read the cards. Raises ``BadContent``."""
    content = read_yaml(file)
    entries = content.get("kaarten") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise BadContent(file.name, "heeft 'kaarten:' met een lijst nodig")
    cards = []
    for entry in entries:
        name = str(entry.get("id", "?"))
        required(file.name, name, entry, "id", "rol", "titel", "kaart", "ontvanger")
        try:
            roles = frozenset(Role(role) for role in texts(entry["rol"]))
        except ValueError:
            raise BadContent(file.name, f"'{name}': 'rol' kent alleen {', '.join(Role)}") from None
        origin = checked(file.name, name, entry, content)
        cards.append(
            TalkCard(
                name, roles, str(entry["titel"]), str(entry["kaart"]), texts(entry["ontvanger"]), origin, file.name
            )
        )
    return TalkCards(tuple(cards))


@lru_cache(maxsize=1)
def load() -> TalkCards:
    """The cards of this installation, read once."""
    return read()
