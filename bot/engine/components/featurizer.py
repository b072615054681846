"""Rasa component: turns a reading into a sparse row for the classifiers after it."""

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.components.stored import StoredComponent
from bot.engine.components.tokenizer import READING, DutchTokenizer
from bot.engine.understanding.features import VIEWS, Featurizer

ROW = "lichtpunt_row"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class DutchFeaturizer(StoredComponent[Featurizer]):
    """Adds a row of shape ``(1, features)`` to each message."""

    @classmethod
    def read(cls, folder: Path) -> Featurizer:
        """Read vocabularies and weights."""
        return Featurizer.load(folder)

    @classmethod
    def required_components(cls) -> list[type]:
        """The reading comes from the tokenizer."""
        return [DutchTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """All views are used unless config.yml names fewer."""
        return {"views": list(VIEWS)}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabularies."""
        featurizer = Featurizer(tuple(self._config["views"]))
        return self.keep(featurizer.fit([example.get(READING) for example in training_data.training_examples]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add rows to messages of a running chat."""
        for message in messages:
            message.set(ROW, self.kept.row(message.get(READING)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add rows to the training examples, all at once: the encoder reads many texts faster than one by one."""
        examples = training_data.training_examples
        rows = self.kept.rows([example.get(READING) for example in examples])
        for place, example in enumerate(examples):
            example.set(ROW, rows[place])
        return training_data
