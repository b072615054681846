"""The desk as long as there is no console for counsellors: nobody is there. Must not pretend otherwise."""

from webchat.handover import NOBODY, Presence


class ClosedDesk:
    """Says honestly that no counsellor can take a chat."""

    async def presence(self, region: str | None = None) -> Presence:
        """Nobody, and no queue."""
        return NOBODY
