"""What stands beside a chat about the visitor's region: numbers, partners, own notes. Must not choose one."""

from datetime import datetime
from typing import Any, Protocol

from webchat.ports import Clock, NotAllowedNow
from webchat.staff.team_data import TeamData

PARTNERS = (
    *(
        "veilig-thuis",
        "vrouwenopvang",
        "politie",
        "centrum-seksueel-geweld",
        "113",
        "kindertelefoon",
        "slachtofferhulp",
    ),
    *("huisarts", "juridisch-loket", "lkha", "comensha"),
)
"""Those that a night can need, in the order of the card; one that may not be shown now is left out."""


class RegionNamer(Protocol):
    """Knows the regions."""

    def region_name(self, region_id: str) -> str:
        """Raises ``KeyError``."""
        ...


class PartnerList(Protocol):
    """Writes organisations out as they may be shown now."""

    def organisations(self, now: datetime) -> list[dict[str, Any]]:
        """All that may be shown, with their hours."""
        ...


class RegionCards:
    """One card a region."""

    def __init__(self, regions: RegionNamer, partners: PartnerList, team: TeamData, clock: Clock) -> None:
        self._regions = regions
        self._partners = partners
        self._team = team
        self._clock = clock

    async def card(self, region: str) -> dict[str, Any]:
        """The card. Raises ``NotAllowedNow`` for a region that does not exist."""
        name = self.name(region)
        shown = {one["id"]: one for one in self._partners.organisations(self._clock.now())}
        partners = [shown[partner] for partner in PARTNERS if partner in shown]
        return {"region": region, "name": name, "partners": partners, "notes": await self._team.notes(region)}

    def name(self, region: str) -> str:
        """The region as people call it. Raises ``NotAllowedNow``."""
        try:
            return self._regions.region_name(region)
        except KeyError:
            raise NotAllowedNow("region-unknown") from None
