"""Rasa component: reads each message as Dutch once, for all components after it."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.understanding import dutch

READING = "lichtpunt_reading"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(GraphComponent):
    """Adds a ``Reading`` (words, lemmas, vector) to each message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DutchTokenizer":
        """Build the component; the pipeline is that of this machine (``dutch.load``)."""
        return cls()

    @classmethod
    def required_packages(cls) -> list[str]:
        """What must be importable."""
        return ["spacy"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Read messages of a running chat."""
        reader = dutch.load()
        for message in messages:
            message.set(READING, reader.read(message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the training examples."""
        self.process(training_data.training_examples)
        return training_data
