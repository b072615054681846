"""The teams: one for each region, and the national ones for the night and for young people. Must not name people."""

from collections.abc import Iterable
from typing import Any

from webchat.desk import DeskRoom
from webchat.handover.people import OnDuty, Status

NATIONAL = {"night": "Landelijk: nacht", "youth": "Landelijk: jeugd"}
"""National teams are those without a region, by the skill that makes the team."""


class Teams:
    """Who is there for each team. ``regions`` are pairs of id and name."""

    def __init__(self, room: DeskRoom, regions: Iterable[tuple[str, str]]) -> None:
        self._room = room
        self._regions = tuple(regions)

    async def now(self) -> list[dict[str, Any]]:
        """All teams with how many are on duty, those on a pause not counted."""
        there = [one for one in (await self._room.look()).duty.values() if one.status in _WORKING]
        regional = [
            {"id": region, "name": name, "on_duty": sum(region in one.regions for one in there)}
            for region, name in self._regions
        ]
        national = [
            {"id": skill, "name": name, "on_duty": sum(_is_national(one, skill) for one in there)}
            for skill, name in NATIONAL.items()
        ]
        return regional + national


_WORKING = (Status.AVAILABLE, Status.BUSY)


def _is_national(duty: OnDuty, skill: str) -> bool:
    return not duty.regions and skill in duty.skills
