"""Rasa component: says in which language a message is."""

from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.advice.vocabulary import Topic
from bot.engine.components.stored import StoredComponent
from bot.engine.understanding.language import DutchWords, sense

LANGUAGE = "lichtpunt_language"
READABLE = "lichtpunt_readable"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageGuard(StoredComponent[DutchWords]):
    """Adds a language code; learns which words are Dutch from the examples that are."""

    @classmethod
    def read(cls, folder: Path) -> DutchWords:
        """Read the list of Dutch words."""
        return DutchWords.load(folder)

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the words of the Dutch examples."""
        texts = [
            example.get(TEXT)
            for example in training_data.intent_examples
            if example.get(INTENT) != Topic.OTHER_LANGUAGE.value
        ]
        return self.keep(DutchWords.of(texts))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the language of each message."""
        judge = sense(self.kept.words)
        for message in messages:
            message.set(LANGUAGE, judge.of(message.get(TEXT) or ""))
            message.set(READABLE, judge.reads(message.get(TEXT) or ""))
        return messages
