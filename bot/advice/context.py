"""What a message means given what was told before. A short line ("soms", "al maanden") must not invent a situation.

Pure, like ``understanding``: it only weighs; the thresholds were chosen by playing whole conversations.
"""

from dataclasses import dataclass, replace

from bot.advice.assessment import PASSING, Assessment
from bot.advice.danger import DangerFinding
from bot.advice.understanding import FALLBACK, SITUATION_TOPICS, Scores, Understanding
from bot.advice.vocabulary import Danger, Topic, Urgency

NEW_TOPIC = 0.60
NEW_TOPIC_SHORT = 0.85
"""How sure a topic must be to join a situation that is known; more for at most three words."""

SURE_INTENT = 0.55
"""Under this, and in a known situation, leaving, small talk and corrections are taken as more of the story."""

SHORT_WORDS = 3
FEW_WORDS = 4

ENDING = frozenset({"goodbye", "stop", "wipe"})
EASILY_MISTAKEN = frozenset(
    {"out_of_scope", "abuse_of_service", "smalltalk", "about_other", "correct_person", "i_am_child", FALLBACK}
)


@dataclass(frozen=True)
class Around:
    """What surrounds a message: what is known, how many words it has, and what the danger words say."""

    before: Assessment
    words: int
    danger: DangerFinding


def settle(found: Understanding, scores: Scores, around: Around) -> Understanding:
    """The same understanding, with what does not fit the conversation taken back."""
    settled = _without_idle_alarm(_without_denied_death(found, around), scores, around)
    known = around.before.situations
    if settled.intent in ENDING and settled.confidence < SURE_INTENT and around.words > 2:
        settled = replace(settled, intent=known[0].value if known else FALLBACK)
    return _in_known_situation(settled, scores, around) if known else settled


def _in_known_situation(found: Understanding, scores: Scores, around: Around) -> Understanding:
    known = around.before.situations
    likely = dict(scores.topics)
    needed = NEW_TOPIC_SHORT if around.words <= SHORT_WORDS else NEW_TOPIC

    def belongs(topic: Topic) -> bool:
        sure = found.intent == topic.value and found.confidence >= needed
        return topic in PASSING or topic in known or sure or likely.get(topic.value, 0.0) >= needed

    topics = tuple(topic for topic in found.sighting.topics if belongs(topic))
    intent = found.intent
    if intent in SITUATION_TOPICS and Topic(intent) not in topics:
        intent = known[0].value
    if intent in EASILY_MISTAKEN and found.confidence < SURE_INTENT:
        intent = known[0].value
        topics = tuple(topic for topic in topics if topic not in PASSING)
    return replace(found, intent=intent, sighting=replace(found.sighting, topics=topics))


def _without_denied_death(found: Understanding, around: Around) -> Understanding:
    """ "Ik ga mezelf niks aandoen" is not a plan, unless the danger words hear one as well."""
    if "denies_suicide" not in found.kinds or around.danger.level is not Danger.NONE:
        return found
    topics = tuple(topic for topic in found.sighting.topics if topic is not Topic.SUICIDALITY)
    intent = FALLBACK if found.intent == Topic.SUICIDALITY.value else found.intent
    urgency = Urgency.NORMAL if found.sighting.urgency is not Urgency.NONE else Urgency.NONE
    return replace(found, intent=intent, sighting=replace(found.sighting, topics=topics, urgency=urgency))


def _without_idle_alarm(found: Understanding, scores: Scores, around: Around) -> Understanding:
    """Without one danger word, a few words ("en nu") or a habit ("elke nacht hoor ik") do not bring 112; the
    classifier alone has too little to go by."""
    habit = "habitual" in found.kinds and "says_now" not in found.kinds
    if around.danger.level is not Danger.NONE or not (habit or around.words <= FEW_WORDS):
        return found
    if found.sighting.urgency not in (Urgency.ACUTE, Urgency.UNCLEAR):
        return found
    sure = dict(scores.urgencies).get("acute", 0.0) >= NEW_TOPIC
    lower = Urgency.UNCLEAR if sure else Urgency.URGENT
    return replace(found, sighting=replace(found.sighting, urgency=lower))
