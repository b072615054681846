"""Figures with 95 % intervals (Wilson). Knows nothing about what is measured."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt

_Z = 1.96


@dataclass
class Share:
    """How many of how many."""

    hits: int = 0
    total: int = 0

    def add(self, hit: bool) -> None:
        """Count one case."""
        self.hits += hit
        self.total += 1

    @property
    def value(self) -> float:
        """The share; 0 when nothing was counted."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval."""
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return middle - half, middle + half

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:5.1f} % [{100 * low:.1f}-{100 * high:.1f}]  {self.hits}/{self.total}"


@dataclass
class Figures:
    """Named shares, per group, and what was confused with what."""

    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    groups: dict[str, dict[str, Share]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Share)))
    confused: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, name: str, hit: bool, group: str | None = None) -> None:
        """Count one case of a figure, and in its group."""
        self.shares[name].add(hit)
        if group is not None:
            self.groups[name][group].add(hit)

    def confuse(self, name: str, wanted: str, got: str) -> None:
        """Note a mistake."""
        if wanted != got:
            self.confused[name][wanted, got] += 1

    def lines(self, names: Iterable[str]) -> list[str]:
        """One line per figure."""
        return [f"{name:34} {self.shares[name]}" for name in names if self.shares[name].total]
