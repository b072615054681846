"""What is understood about the situation, and how one more message changes it. Never claims that anyone is safe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.advice.vocabulary import AgeBand, Duration, Relation, Role, Topic, Urgency, YesNo

PASSING = frozenset(
    {
        Topic.PROCEDURE_QUESTION,
        Topic.PRIVACY_QUESTION,
        Topic.HUMAN_REQUEST,
        Topic.SMALLTALK,
        Topic.OUT_OF_SCOPE,
        Topic.ABUSE_OF_SERVICE,
        Topic.OTHER_LANGUAGE,
    }
)
"""Topics that say what a message is, not what happens at home: they hold for one turn only."""

MINOR_AGES = frozenset({AgeBand.UNDER_8, AgeBand.FROM_8, AgeBand.FROM_12, AgeBand.FROM_16})

_ORDER = (Urgency.NONE, Urgency.NORMAL, Urgency.URGENT, Urgency.UNCLEAR, Urgency.ACUTE)
_SIMPLE_FIELDS: dict[str, type[Any]] = {
    "role": Role,
    "urgency": Urgency,
    "age_band": AgeBand,
    "relation": Relation,
    "children_present": YesNo,
    "duration": Duration,
}


def higher(one: Urgency, other: Urgency) -> Urgency:
    """The more urgent of the two."""
    return max(one, other, key=_ORDER.index)


@dataclass(frozen=True)
class Assessment:
    """Role, topics, urgency and region of a chat, plus what was told beside these (DESIGN §3)."""

    role: Role = Role.UNKNOWN
    topics: tuple[Topic, ...] = ()
    urgency: Urgency = Urgency.NONE
    region: str | None = None
    age_band: AgeBand | None = None
    relation: Relation | None = None
    children_present: YesNo | None = None
    duration: Duration | None = None

    @property
    def situations(self) -> tuple[Topic, ...]:
        """The topics that say what happens, without those that only say what kind of message it was."""
        return tuple(topic for topic in self.topics if topic not in PASSING)

    def as_dict(self) -> dict[str, Any]:
        """JSON of the public API: ``topics`` is a list, absent values are ``None``."""
        return {
            "role": self.role.value,
            "topics": [topic.value for topic in self.topics],
            "urgency": self.urgency.value,
            "region": self.region,
            "age_band": self.age_band.value if self.age_band else None,
            "relation": self.relation.value if self.relation else None,
            "children_present": self.children_present.value if self.children_present else None,
            "duration": self.duration.value if self.duration else None,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Assessment":
        """Read ``as_dict`` back; absent keys get their default.

        Raises ``ValueError`` when a value is not in its closed list. The region is not checked here.
        """
        known: dict[str, Any] = {
            name: kind(values[name]) for name, kind in _SIMPLE_FIELDS.items() if values.get(name) is not None
        }
        known["topics"] = tuple(dict.fromkeys(Topic(topic) for topic in values.get("topics") or ()))
        region = values.get("region")
        if region is not None and not isinstance(region, str):
            raise ValueError("region")
        return cls(region=region, **known)


@dataclass(frozen=True)
class Sighting:
    """What one message suggests. ``role_certain``: said in so many words ("ik ben 12", "mijn buurvrouw")."""

    role: Role = Role.UNKNOWN
    role_certain: bool = False
    topics: tuple[Topic, ...] = ()
    urgency: Urgency = Urgency.NONE
    region: str | None = None
    age_band: AgeBand | None = None
    relation: Relation | None = None
    children_present: YesNo | None = None
    duration: Duration | None = None


_STEADY = (Role.CHILD, Role.PROFESSIONAL, Role.PERPETRATOR)
"""Who somebody is does not change by what is told next; only an age or an own word (``about``) changes it."""


def _role(before: Assessment, seen: Sighting, age: AgeBand | None) -> Role:
    if age in MINOR_AGES:
        return Role.CHILD
    if seen.role is Role.UNKNOWN:
        return before.role
    if before.role is Role.UNKNOWN:
        return seen.role
    if before.role in _STEADY and age is None:
        return before.role
    return seen.role if seen.role_certain else before.role


def _urgency(before: Urgency, seen: Urgency) -> Urgency:
    """An unanswered "may be now" becomes urgent at the next message; everything else only rises by itself."""
    kept = Urgency.URGENT if before is Urgency.UNCLEAR else before
    return higher(kept, seen)


def merge(before: Assessment, seen: Sighting, fixed: Iterable[str] = ()) -> Assessment:
    """The assessment after one more message.

    ``fixed`` names the fields that the visitor corrected; they stay, except that urgency may still rise to
    ``acute``. Situations accumulate, newest first; passing topics hold for this message only.
    """
    held = frozenset(fixed)
    age = before.age_band if "age_band" in held else seen.age_band or before.age_band
    new = Assessment(
        role=_role(before, seen, age),
        topics=tuple(dict.fromkeys((*seen.topics, *before.situations))),
        urgency=_urgency(before.urgency, seen.urgency),
        region=seen.region or before.region,
        age_band=age,
        relation=seen.relation or before.relation,
        children_present=seen.children_present or before.children_present,
        duration=seen.duration or before.duration,
    )
    kept = {name: getattr(before, name) for name in held if name != "urgency" and hasattr(before, name)}
    if "urgency" in held and seen.urgency is not Urgency.ACUTE:
        kept["urgency"] = before.urgency
    return replace(new, **kept)
