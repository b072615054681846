"""The visitor's side of asking for a person: what is true now. Must not promise anybody who is not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class HasHours(Protocol):
    """The part of an ``Organisation`` that says whether someone answers."""

    def is_open(self, now: datetime) -> bool | None:
        """Whether it is open at ``now``; ``None`` when its hours are not known."""
        ...


@dataclass(frozen=True)
class Presence:
    """Who is really there for the chat. ``typical_wait_seconds`` is ``None`` when nothing can be said honestly.

    ``elsewhere``: somebody is there, but nobody of the region that was asked for.
    """

    available: bool
    waiting: int
    typical_wait_seconds: int | None
    elsewhere: bool = False


NOBODY = Presence(available=False, waiting=0, typical_wait_seconds=None)


def open_now(candidates: Iterable[tuple[str, HasHours]], now: datetime) -> tuple[str, ...]:
    """The ids of those who certainly answer at ``now``, in the given order; unknown hours are left out."""
    return tuple(name for name, organisation in candidates if organisation.is_open(now))
