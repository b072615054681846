"""Who is on duty at the desk. Must not know accounts, passwords or names of visitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LOST_SECONDS = 30.0
"""After so long without a heartbeat a counsellor counts as gone (the console beats every 10 s)."""

DEFAULT_MOST = 2
HARD_MOST = 4
"""How many chats one person has at once: as a rule, and at most whatever they ask for."""


class Status(StrEnum):
    """What a counsellor chose. ``LEAVING`` is the end of the shift: nothing new, go when the last chat is closed."""

    AVAILABLE = "available"
    BUSY = "busy"
    PAUSE = "pause"
    LEAVING = "leaving"


@dataclass(frozen=True)
class OnDuty:
    """One counsellor with one open console.

    ``session`` changes with each login, and with it the key that chats are sealed to. ``public_key`` is X25519 in
    hex. No ``regions`` means a national team. ``beat`` and ``since`` are seconds of the steady clock.
    """

    staff: str
    session: str
    public_key: str
    name: str
    status: Status
    beat: float
    since: float
    most: int = DEFAULT_MOST
    regions: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    sees_all: bool = False
    pause_offered: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return {
            "staff": self.staff,
            "session": self.session,
            "public_key": self.public_key,
            "name": self.name,
            "status": self.status.value,
            "beat": self.beat,
            "since": self.since,
            "most": self.most,
            "regions": list(self.regions),
            "skills": list(self.skills),
            "sees_all": self.sees_all,
            "pause_offered": self.pause_offered,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "OnDuty":
        """Read ``as_dict`` back."""
        return cls(
            **{
                **values,
                "status": Status(values["status"]),
                "regions": tuple(values["regions"]),
                "skills": tuple(values["skills"]),
            }
        )
