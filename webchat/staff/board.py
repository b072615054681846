"""The coordinator's board: how busy it is now, in numbers. Must not name visitors or say small numbers of the past."""

from statistics import median
from typing import Any

from webchat.handover.desk import MOST_WAITS, Desk
from webchat.handover.people import OnDuty
from webchat.handover.routing import is_overdue, load
from webchat.staff.bench import Bench

HOUR_SECONDS = 3600.0

SMALLEST = 10
"""Counts of the past below this are left out: who knows that somebody chatted could find them in a small number."""


class Board:
    """Reads the desk for coordinators, on duty or not. Raises ``StoreUnavailable``."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def look(self) -> dict[str, Any]:
        """How it is now. The people are in order of name: this is no list of who works hardest."""
        desk = await self._bench.room.look()
        now = self._bench.room.clock.steady()
        waited = [now - ticket.asked_at for ticket in desk.waiting()]
        return {
            "waiting": len(waited),
            "longest_wait_seconds": max(0, int(max(waited))) if waited else None,
            "overdue": sum(is_overdue(ticket, now) for ticket in desk.tickets.values()),
            "on_duty": [
                _person(desk, duty) for duty in sorted(desk.duty.values(), key=lambda one: (one.name, one.staff))
            ],
            "last_hour": _last_hour(desk, now),
        }


def _person(desk: Desk, duty: OnDuty) -> dict[str, Any]:
    return {
        "staff": duty.staff,
        "name": duty.name,
        "status": duty.status.value,
        "regions": list(duty.regions),
        "skills": list(duty.skills),
        "chats": sum(not ticket.is_over for ticket in desk.of(duty.staff)),
        "load": load(desk, duty.staff),
        "most": duty.most,
    }


def _last_hour(desk: Desk, now: float) -> dict[str, Any]:
    """From the waiting times that the desk remembers; ``or_more`` when it does not remember as far back as an hour."""
    waits = [seconds for at, seconds in desk.waits if now - at < HOUR_SECONDS]
    if len(waits) < SMALLEST:
        return {"claimed": None, "or_more": False, "typical_wait_seconds": None}
    return {
        "claimed": len(waits),
        "or_more": len(waits) == MOST_WAITS,
        "typical_wait_seconds": round(median(waits)),
    }
