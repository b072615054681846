"""Rasa component: turns a reading into a sparse row for the classifiers after it."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.components.tokenizer import READING, DutchTokenizer
from bot.engine.understanding.features import VIEWS, Featurizer

ROW = "lichtpunt_row"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class DutchFeaturizer(GraphComponent):
    """Adds a row of shape ``(1, features)`` to each message."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, featurizer: Featurizer) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._featurizer = featurizer

    @classmethod
    def required_components(cls) -> list[type]:
        """The reading comes from the tokenizer."""
        return [DutchTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """All views are used unless config.yml names fewer."""
        return {"views": list(VIEWS)}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DutchFeaturizer":
        """Build an untrained component."""
        return cls(model_storage, resource, Featurizer(tuple(config["views"])))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "DutchFeaturizer":
        """Read what ``train`` stored."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Featurizer.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabularies."""
        self._featurizer.fit([example.get(READING) for example in training_data.training_examples])
        with self._model_storage.write_to(self._resource) as folder:
            self._featurizer.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add rows to messages of a running chat."""
        for message in messages:
            message.set(ROW, self._featurizer.row(message.get(READING)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add rows to the training examples."""
        self.process(training_data.training_examples)
        return training_data
