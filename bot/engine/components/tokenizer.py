"""Rasa component: reads each message as Dutch once, for all components after it."""

from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.components.stored import StoredComponent
from bot.engine.understanding import dutch, lexicon
from bot.engine.understanding.dutch import DutchReader, Lemmas

READING = "lichtpunt_reading"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class DutchTokenizer(StoredComponent[Lemmas]):
    """Adds a ``Reading`` (words, lemmas, vector) to each message; learns which lemmas are of use."""

    _reader: DutchReader | None = None

    @classmethod
    def read(cls, folder: Path) -> Lemmas:
        """Read the lemmas."""
        return Lemmas.load(folder)

    @classmethod
    def required_packages(cls) -> list[str]:
        """What must be importable."""
        return ["spacy"]

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the lemmas of the examples and of the lexicon."""
        reader = dutch.load()
        readings = [reader.read(example.get(TEXT) or "") for example in training_data.training_examples]
        return self.keep(Lemmas.useful(readings, lexicon.load().words))

    def process(self, messages: list[Message]) -> list[Message]:
        """Read messages of a running chat."""
        if self._reader is None:
            self._reader = dutch.light(self.kept)
        for message in messages:
            message.set(READING, self._reader.read(message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the training examples."""
        self.process(training_data.training_examples)
        return training_data
