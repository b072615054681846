"""Weighs what the models say about one message and decides. Pure: scores in, one understanding out.

The models live in bot.engine; this module only knows labels and probabilities, so that every decision can be
tested and explained without them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.advice.assessment import PASSING, Sighting, higher
from bot.advice.danger import DangerFinding
from bot.advice.mentions import Mentions
from bot.advice.roles import Ranking, likeliest
from bot.advice.vocabulary import Danger, Role, Topic, Urgency

SITUATION_TOPICS = frozenset(topic.value for topic in Topic if topic not in PASSING)
"""Topics that are also intents: somebody tells what happens."""

TOPIC_THRESHOLD = 0.20
TOPIC_AT_LEAST = 0.08
TOPIC_NEEDS_MORE = {
    "abandonment_abroad": 0.40,
    "complex_divorce": 0.35,
    "human_trafficking": 0.35,
    "online_sexual_abuse": 0.35,
    "own_aggression": 0.40,
    "past_child_abuse": 0.35,
    "sexual_violence_past": 0.40,
    "sexual_violence_recent": 0.45,
    "suicidality": 0.40,
}
"""Chosen on the project's validation set for topic recall (docs/understanding.md). When no topic reaches the
first, the likeliest counts from the second on. Topics that put another organisation first need more."""

UNSURE = 0.10
"""Under this probability of the best intent, and without a clear topic, the bot says it did not understand."""

PRESENT_TENSE = frozenset({"violence_now", "child_in_danger", "about_to_hurt"})
DOUBT_BESIDE_PRESENT = 0.30
"""Kinds that a bare present tense gives, and how likely "now or perhaps now" must be to ask about it."""

ROLE_CERTAIN = 0.88
"""How sure the model must be that it is about somebody else, to move a chat that was about oneself."""

ACUTE_THRESHOLD = 0.40
ACUTE_BESIDE_PATTERN = 0.25
UNCLEAR_THRESHOLD = 0.35
"""Thresholds of the trained danger classifier, recall first (docs/understanding.md): alone, and beside patterns
that already say that there may be danger."""

NEUTRAL_INTENTS = frozenset(
    {
        "abuse_of_service",
        "affirm",
        "ask_what_can_you_do",
        "ask_who_are_you",
        "deny",
        "dont_know",
        "give_place",
        "goodbye",
        "greet",
        "human_request",
        "not_understood_me",
        "out_of_scope",
        "repeat",
        "simpler",
        "skip",
        "smalltalk",
        "stop",
        "tell_more",
        "thank",
        "what_if_angry",
        "what_to_say",
        "wipe",
    }
)
"""Messages that say nothing about who is writing, unless in so many words."""

OTHER_LANGUAGE_SEEN = 0.7
"""How likely the intent ``other_language`` must be before one to three Latin words count as another language."""

GIBBERISH_UNDER = 0.9
"""Under this, a message without one known word is not understood, rather than small talk or another language."""

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
"""At least urgent: the safety rules name them."""

_URGENT_TOPICS = frozenset({Topic.SEXUAL_VIOLENCE_RECENT, Topic.SUICIDALITY})


@dataclass(frozen=True)
class Scores:
    """What the models say. Rankings are best first; ``topics`` are independent probabilities.

    ``language_sure``: long enough to judge its language alone; ``readable``: at least one word is known Dutch.
    """

    intents: Ranking
    topics: Ranking
    roles: Ranking
    urgencies: Ranking
    language: str = "nl"
    language_sure: bool = True
    readable: bool = True


@dataclass(frozen=True)
class Understanding:
    """One message, understood: ``intent`` steers the answer, ``sighting`` changes the assessment."""

    intent: str
    confidence: float
    sighting: Sighting
    language: str = "nl"
    alternatives: tuple[str, ...] = ()
    kinds: frozenset[str] = field(default_factory=frozenset)


def decide(scores: Scores, danger: DangerFinding, mentions: Mentions, place_named: bool = False) -> Understanding:
    """Settle intent, topics, role and urgency of one message. ``place_named``: the gateway read a place in it."""
    intent, confidence = scores.intents[0]
    language = _language(scores)
    if language != "nl":
        intent, confidence = Topic.OTHER_LANGUAGE.value, 1.0
    elif not scores.readable and confidence < GIBBERISH_UNDER:
        intent = FALLBACK
    # Letters without a word tell no topic either; the classifier has seen some as teasing.
    topics = _topics(scores, intent) if intent != FALLBACK else ()
    situations = tuple(topic for topic in topics if topic not in PASSING)
    if place_named and not situations and not intent.startswith(("ask_", "feeling_")):
        intent, confidence = PLACE, 1.0
        topics = ()
    if confidence < UNSURE and not situations:
        intent = FALLBACK
    urgency = _urgency(scores.urgencies, danger, topics)
    role, certain = _role(scores, mentions, intent, bool(situations))
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
    return Understanding(intent, confidence, sighting, language, others, danger.kinds | mentions.signals)


def _language(scores: Scores) -> str:
    """A short text needs a second witness: letters without meaning look like some language too."""
    seen = dict(scores.intents).get(Topic.OTHER_LANGUAGE.value, 0.0)
    return scores.language if scores.language_sure or seen >= OTHER_LANGUAGE_SEEN else "nl"


def _topics(scores: Scores, intent: str) -> tuple[Topic, ...]:
    likely = _two_witnesses(scores)
    found = [Topic(name) for name, score in likely if score >= TOPIC_NEEDS_MORE.get(name, TOPIC_THRESHOLD)]
    if not found and likely and likely[0][1] >= TOPIC_AT_LEAST:
        found = [Topic(likely[0][0])]
    if intent in SITUATION_TOPICS and Topic(intent) not in found:
        found.insert(0, Topic(intent))
    if intent == Topic.OTHER_LANGUAGE.value:
        found = [Topic.OTHER_LANGUAGE, *(topic for topic in found if topic is not Topic.OTHER_LANGUAGE)]
    situations = [topic for topic in found if topic not in PASSING]
    if situations:
        # Small talk beside a real situation says nothing.
        found = [topic for topic in found if topic not in (Topic.SMALLTALK, Topic.OUT_OF_SCOPE)]
    return tuple(dict.fromkeys(found))


def _two_witnesses(scores: Scores) -> Ranking:
    """Topics by the surer of two models: the topics' own, and the intents that carry a topic's name."""
    likely = dict(scores.topics)
    for name, score in scores.intents:
        if name in SITUATION_TOPICS:
            likely[name] = max(score, likely.get(name, 0.0))
    return sorted(likely.items(), key=lambda one: -one[1])


def _role(scores: Scores, mentions: Mentions, intent: str, situated: bool) -> tuple[Role, bool]:
    if mentions.role is not None:
        return mentions.role, True
    if intent in NEUTRAL_INTENTS:
        return Role.UNKNOWN, False
    role, score = likeliest(scores.roles, mentions, situated)
    return role, score >= ROLE_CERTAIN and role is Role.BYSTANDER


def heard(level: Danger, kinds: Collection[str], doubt: bool) -> Urgency:
    """What the danger words mean for urgency. "Hij slaat mij" without any word of time is mostly a habit: it is
    ``unclear`` only when the classifier doubts too, else ``urgent``."""
    if level is Danger.ACUTE:
        return Urgency.ACUTE
    if level is not Danger.UNCLEAR:
        return Urgency.NONE
    return Urgency.UNCLEAR if doubt or set(kinds) - PRESENT_TENSE else Urgency.URGENT


def _urgency(urgencies: Ranking, danger: DangerFinding, topics: Sequence[Topic]) -> Urgency:
    """The higher of patterns and classifier (the safety rules set floors)."""
    by_name = dict(urgencies)
    learned = Urgency(urgencies[0][0])
    # A bare cry for help ("help") is not more than a question yet.
    beside = danger.level is Danger.UNCLEAR and danger.kinds != {"fear_of_death"}
    needed = ACUTE_BESIDE_PATTERN if beside else ACUTE_THRESHOLD
    if by_name.get("acute", 0.0) >= needed:
        learned = Urgency.ACUTE
    elif by_name.get("acute", 0.0) + by_name.get("unclear", 0.0) >= UNCLEAR_THRESHOLD:
        learned = higher(learned if learned is not Urgency.ACUTE else Urgency.UNCLEAR, Urgency.UNCLEAR)
    elif learned in (Urgency.ACUTE, Urgency.UNCLEAR):
        learned = Urgency.URGENT
    doubt = by_name.get("acute", 0.0) + by_name.get("unclear", 0.0)
    patterns = heard(danger.level, danger.kinds, doubt >= DOUBT_BESIDE_PRESENT)
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
