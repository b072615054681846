"""Rasa component: lets bot.advice decide what the message means, and gives Rasa the intent."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.advice import context, danger, mentions, understanding
from bot.advice.assessment import Assessment
from bot.engine.components.intent import RANKING
from bot.engine.components.language import LANGUAGE, READABLE
from bot.engine.components.situation import SITUATION
from bot.engine.components.tokenizer import READING
from bot.engine.turn_context import current
from bot.engine.understanding.language import speaks_for_itself

UNDERSTANDING = "understanding"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Resolver(GraphComponent):
    """Sets ``intent`` and ``understanding`` (closed lists and numbers, no text)."""

    def __init__(self) -> None:
        self._danger = danger.load()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Resolver":
        """Build the component; raises ``BadContent`` when the danger words cannot be read."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            scores = understanding.Scores(
                intents=message.get(RANKING),
                language=message.get(LANGUAGE),
                language_sure=speaks_for_itself(text),
                readable=message.get(READABLE),
                topics=message.get(SITUATION)["topics"],
                roles=message.get(SITUATION)["roles"],
                urgencies=message.get(SITUATION)["urgencies"],
            )
            danger_words = self._danger.detect(text)
            found = understanding.decide(scores, danger_words, mentions.find(text), _place_named())
            around = context.Around(_before(), len(message.get(READING).words), danger_words)
            found = context.settle(found, scores, around)
            intent = {"name": found.intent, "confidence": found.confidence}
            ranking = [{"name": name, "confidence": score} for name, score in scores.intents[:3]]
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(UNDERSTANDING, understanding.as_dict(found), add_to_output=True)
        return messages


def _before() -> Assessment:
    """What was known before this message, as the gateway sends it along."""
    turn = current.get(None)
    return Assessment.from_dict((turn.payload.get("assessment") or {}) if turn else {})


def _place_named() -> bool:
    """Whether the gateway read a place in this message; redaction removed it before it came here."""
    turn = current.get(None)
    found = (turn.payload.get("region") or {}) if turn else {}
    return bool(found.get("region_id") or found.get("options"))
