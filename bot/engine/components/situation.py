"""Rasa component: recognises role, topics and urgency, learned from the examples' metadata."""

from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack

from bot.engine.components.featurizer import ROW
from bot.engine.components.stored import StoredComponent
from bot.engine.understanding.model import Situation, Truth

SITUATION = "lichtpunt_situation"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SituationClassifier(StoredComponent[Situation]):
    """Adds rankings of topics, roles and urgencies on top of the intent."""

    @classmethod
    def read(cls, folder: Path) -> Situation:
        """Read the models."""
        return Situation.load(folder)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the metadata of every example."""
        examples = training_data.intent_examples
        rows = vstack([example.get(ROW) for example in examples], format="csr")
        return self.keep(Situation.fit(rows, [Truth.of(_metadata(example)) for example in examples]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the situation of each message."""
        for message in messages:
            message.set(SITUATION, self.kept.rankings(message.get(ROW)))
        return messages


def _metadata(example: Message) -> dict[str, object]:
    """Metadata of the example's block, overruled by its own."""
    both = example.get("metadata") or {}
    return {**(both.get("intent") or {}), **(both.get("example") or {})}
