"""Weighs what the models say about one message and decides. Pure: scores in, one understanding out.

The models live in bot.engine; this module only knows labels and probabilities, so that every decision can be
tested and explained without them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.advice.assessment import PASSING, Sighting, higher
from bot.advice.danger import DangerFinding
from bot.advice.mentions import Mentions
from bot.advice.vocabulary import Danger, Role, Topic, Urgency

Ranking = Sequence[tuple[str, float]]

SITUATION_TOPICS = frozenset(topic.value for topic in Topic if topic not in PASSING)
"""Topics that are also intents: somebody tells what happens."""

TOPIC_THRESHOLD = 0.38
"""Chosen on the project's validation set for topic recall (docs/understanding.md)."""

UNSURE = 0.10
"""Under this probability of the best intent, and without a clear topic, the bot says it did not understand."""

ACUTE_THRESHOLD = 0.45
UNCLEAR_THRESHOLD = 0.35
"""Thresholds of the trained danger classifier beside the patterns; recall first (docs/understanding.md)."""

FALLBACK = "nlu_fallback"
PLACE = "give_place"

_URGENT_KINDS = frozenset(
    {
        "fear_of_death",
        "death_threat",
        "announced_time",
        "on_the_way",
        "weapon_present",
        "strangulation_recent",
        "stalking",
        "leaving",
        "pregnancy",
        "suicide_thoughts",
    }
)
"""DESIGN §6.2 and §6.3: at least urgent."""

_URGENT_TOPICS = frozenset({Topic.SEXUAL_VIOLENCE_RECENT, Topic.SUICIDALITY})


@dataclass(frozen=True)
class Scores:
    """What the models say. Rankings are best first; ``topics`` are independent probabilities."""

    intents: Ranking
    topics: Ranking
    roles: Ranking
    urgencies: Ranking
    language: str = "nl"


@dataclass(frozen=True)
class Understanding:
    """One message, understood: ``intent`` steers the answer, ``sighting`` changes the assessment."""

    intent: str
    confidence: float
    sighting: Sighting
    language: str = "nl"
    alternatives: tuple[str, ...] = ()
    kinds: frozenset[str] = field(default_factory=frozenset)


def decide(
    scores: Scores, danger: DangerFinding, mentions: Mentions, place_named: bool = False
) -> Understanding:
    """Settle intent, topics, role and urgency of one message. ``place_named``: the gateway read a place in it."""
    intent, confidence = scores.intents[0]
    if scores.language != "nl":
        intent, confidence = Topic.OTHER_LANGUAGE.value, 1.0
    topics = _topics(scores, intent)
    situations = tuple(topic for topic in topics if topic not in PASSING)
    if place_named and not situations and not intent.startswith(("ask_", "feeling_")):
        intent, confidence = PLACE, 1.0
        topics = ()
    if confidence < UNSURE and not situations:
        intent = FALLBACK
    urgency = _urgency(scores.urgencies, danger, topics)
    role, certain = _role(scores, mentions)
    sighting = Sighting(
        role=role,
        role_certain=certain,
        topics=topics,
        urgency=urgency,
        age_band=mentions.age_band,
        relation=mentions.relation,
        children_present=mentions.children_present,
        duration=mentions.duration,
    )
    others = tuple(name for name, _ in scores.intents[1:4])
    return Understanding(
        intent, confidence, sighting, scores.language, others, danger.kinds | mentions.signals
    )


def _topics(scores: Scores, intent: str) -> tuple[Topic, ...]:
    found = [Topic(name) for name, score in scores.topics if score >= TOPIC_THRESHOLD]
    if intent in SITUATION_TOPICS and Topic(intent) not in found:
        found.insert(0, Topic(intent))
    if intent == Topic.OTHER_LANGUAGE.value:
        found = [Topic.OTHER_LANGUAGE, *(topic for topic in found if topic is not Topic.OTHER_LANGUAGE)]
    situations = [topic for topic in found if topic not in PASSING]
    if situations:
        # Small talk beside a real situation says nothing.
        found = [topic for topic in found if topic not in (Topic.SMALLTALK, Topic.OUT_OF_SCOPE)]
    return tuple(dict.fromkeys(found))


def _role(scores: Scores, mentions: Mentions) -> tuple[Role, bool]:
    if mentions.role is not None:
        return mentions.role, True
    name, score = scores.roles[0]
    return Role(name), score >= 0.8 and name != Role.UNKNOWN.value


def _urgency(urgencies: Ranking, danger: DangerFinding, topics: Sequence[Topic]) -> Urgency:
    """The higher of patterns and classifier (DESIGN §4), with the floors of DESIGN §6.2."""
    by_name = dict(urgencies)
    learned = Urgency(urgencies[0][0])
    if by_name.get("acute", 0.0) >= ACUTE_THRESHOLD:
        learned = Urgency.ACUTE
    elif by_name.get("acute", 0.0) + by_name.get("unclear", 0.0) >= UNCLEAR_THRESHOLD:
        learned = higher(learned if learned is not Urgency.ACUTE else Urgency.UNCLEAR, Urgency.UNCLEAR)
    elif learned in (Urgency.ACUTE, Urgency.UNCLEAR):
        learned = Urgency.URGENT
    patterns = {Danger.ACUTE: Urgency.ACUTE, Danger.UNCLEAR: Urgency.UNCLEAR}.get(danger.level, Urgency.NONE)
    floor = Urgency.NONE
    if danger.kinds & _URGENT_KINDS or _URGENT_TOPICS & set(topics):
        floor = Urgency.URGENT
    return higher(higher(learned, patterns), floor)


def as_dict(found: Understanding) -> dict[str, Any]:
    """JSON for the way from the pipeline to the actions; closed lists and numbers only."""
    seen = found.sighting
    return {
        "intent": found.intent,
        "confidence": round(found.confidence, 3),
        "language": found.language,
        "alternatives": list(found.alternatives),
        "kinds": sorted(found.kinds),
        "role": seen.role.value,
        "role_certain": seen.role_certain,
        "topics": [topic.value for topic in seen.topics],
        "urgency": seen.urgency.value,
        "age_band": seen.age_band,
        "relation": seen.relation,
        "children_present": seen.children_present,
        "duration": seen.duration,
    }


def from_dict(values: Mapping[str, Any]) -> Understanding:
    """Read ``as_dict`` back. Raises ``ValueError`` on a value outside its closed list."""
    from bot.advice.vocabulary import AgeBand, Duration, Relation, YesNo

    seen = Sighting(
        role=Role(values.get("role", "unknown")),
        role_certain=bool(values.get("role_certain")),
        topics=tuple(Topic(topic) for topic in values.get("topics", ())),
        urgency=Urgency(values.get("urgency", "none")),
        age_band=AgeBand(values["age_band"]) if values.get("age_band") else None,
        relation=Relation(values["relation"]) if values.get("relation") else None,
        children_present=YesNo(values["children_present"]) if values.get("children_present") else None,
        duration=Duration(values["duration"]) if values.get("duration") else None,
    )
    return Understanding(
        intent=str(values["intent"]),
        confidence=float(values.get("confidence", 1.0)),
        sighting=seen,
        language=str(values.get("language", "nl")),
        alternatives=tuple(values.get("alternatives", ())),
        kinds=frozenset(values.get("kinds", ())),
    )
