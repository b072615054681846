"""Percentiles and ratios of times in milliseconds. Knows nothing about what is measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of all values do not exceed (nearest rank).

    Never an invented value between two measured ones. Raises ``ValueError`` when there are no values.
    """
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(1, ceil(share * len(values))) - 1]


def ratio(ours: float, theirs: float) -> float:
    """``ours / theirs``; infinite when theirs is nothing. Under 1 means that ours is less."""
    return ours / theirs if theirs else float("inf")


@dataclass(frozen=True)
class Timings:
    """Times in milliseconds, in the order in which they were measured."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> "Timings":
        """Keep times. Raises ``ValueError`` when there are none."""
        kept = tuple(values)
        if not kept:
            raise ValueError("no values")
        return cls(kept)

    @property
    def n(self) -> int:
        """How many."""
        return len(self.values)

    @property
    def p50(self) -> float:
        """Half of all answers came within this time."""
        return percentile(self.values, 0.50)

    @property
    def p90(self) -> float:
        """Nine of ten answers came within this time."""
        return percentile(self.values, 0.90)

    @property
    def p99(self) -> float:
        """All but one of a hundred answers came within this time."""
        return percentile(self.values, 0.99)

    @property
    def longest(self) -> float:
        """The slowest answer."""
        return max(self.values)


@dataclass(frozen=True)
class Gate:
    """A promise about a figure: at most ``limit``."""

    name: str
    value: float
    limit: float
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure keeps the promise."""
        return self.value <= self.limit

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.name} {self.value:.1f} <= {self.limit:g}{unit}: {'met' if self.met else 'not met'}"
