"""The names given in one chat, so that a name keeps its placeholder. Must not be kept outside the chat's sealed state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.advice.redaction.rule_words import rule_words

_PARTICLES = rule_words("memory.particles")


@dataclass(frozen=True)
class NameMemory:
    """Folded name parts of one chat -> number of the placeholder. ``given`` holds those that go wherever they stand."""

    numbers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    given: frozenset[str] = frozenset()

    def as_dict(self) -> dict[str, Any]:
        """A JSON-able form; holds the names themselves, so it belongs in encrypted state only."""
        return {"numbers": dict(self.numbers), "given": sorted(self.given)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> "NameMemory":
        """The memory from ``as_dict``; None gives an empty one. Raises ValueError on another shape."""
        if data is None:
            return cls()
        try:
            numbers = {str(k): int(v) for k, v in data["numbers"].items()}
            return cls(MappingProxyType(numbers), frozenset(map(str, data["given"])))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a NameMemory") from error

    def with_name(self, parts: list[str], given: bool) -> tuple["NameMemory", int]:
        """Remember a name by its folded parts; answers with the number of its placeholder."""
        keys = [p for p in parts if p not in _PARTICLES and len(p) > 1] or [" ".join(parts)]
        number = next((self.numbers[k] for k in keys[:1] if k in self.numbers), None)
        if number is None:
            number = max(self.numbers.values(), default=0) + 1
        numbers = dict(self.numbers)
        for key in keys:
            numbers.setdefault(key, number)
        more = self.given | set(keys) if given else self.given
        if numbers == self.numbers and more == self.given:
            return self, number
        return NameMemory(MappingProxyType(numbers), more), number
