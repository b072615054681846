"""Rasa component: ranks the intents of a message."""

from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack

from bot.engine.components.featurizer import ROW
from bot.engine.components.stored import StoredComponent
from bot.engine.understanding.linear import LinearLabels
from bot.engine.understanding.model import fit_intents

RANKING = "lichtpunt_intents"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(StoredComponent[LinearLabels]):
    """Adds a ranking of intents; the resolver decides."""

    @classmethod
    def read(cls, folder: Path) -> LinearLabels:
        """Read the model."""
        return LinearLabels.load(folder, "intents")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the intent of every example."""
        examples = training_data.intent_examples
        rows = vstack([example.get(ROW) for example in examples], format="csr")
        self._kept = fit_intents(rows, [example.get(INTENT) for example in examples])
        with self._model_storage.write_to(self._resource) as folder:
            self._kept.save(folder, "intents")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message."""
        for message in messages:
            message.set(RANKING, self.kept.ranked(message.get(ROW), 6))
        return messages
