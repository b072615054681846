"""The two clocks: the machine's and one that tests move. Must not be bypassed by other modules."""

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's time. ``steady`` starts at Unix time and then follows the monotonic clock.

    Gateways on several machines agree as far as their wall clocks did at their start; a later step of the wall
    clock ends no chat of a running gateway (SECURITY R11).
    """

    def __init__(self) -> None:
        self._offset = datetime.now(UTC).timestamp() - time.monotonic()

    def now(self) -> datetime:
        """The wall clock, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Seconds on the monotonic clock, shifted to Unix time at the start of this process."""
        return self._offset + time.monotonic()


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Where it stands."""
        return self._now

    def steady(self) -> float:
        """The same, as Unix seconds."""
        return self._now.timestamp()

    def move(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self._now += timedelta(seconds=seconds)
