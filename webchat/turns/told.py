"""What a visitor was told last about the person they asked for, so that each thing is told once. Must hold no text."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """The question for consent that is open on the visitor's screen."""

    id: str
    kind: str
    staff: str | None = None


@dataclass(frozen=True)
class Told:
    """Rests in the sealed notes. ``since`` is when waiting began, in seconds of the steady clock.

    ``offer`` is the id of the soft call on the screen, ``holder`` the person who is said to have the chat, ``guests``
    those who are said to read along with their names, ``speaking`` those of them who are said to write. ``shares``:
    the visitor lets the counsellor read what was said with the bot.
    """

    since: float = 0.0
    reminded: int = 0
    queue: Mapping[str, Any] | None = None
    offer: str | None = None
    holder: str | None = None
    guests: Mapping[str, str] | None = None
    speaking: tuple[str, ...] = ()
    asked: Asked | None = None
    shares: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Told":
        """Read ``as_dict`` back; nothing was told yet when there is nothing."""
        if not values:
            return cls()
        asked = values["asked"]
        return cls(**{**values, "speaking": tuple(values["speaking"]), "asked": Asked(**asked) if asked else None})
