"""Understanding without Rasa and gateway: for folds, ablations and thresholds. The same code as the pipeline's."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.advice import danger, mentions, regions
from bot.advice import redaction as redaction_content
from bot.advice.understanding import Scores, Understanding, decide
from bot.engine.understanding import dutch
from bot.engine.understanding.features import VIEWS, Featurizer
from bot.engine.understanding.language import DutchWords, sense, speaks_for_itself
from bot.engine.understanding.linear import LinearLabels
from bot.engine.understanding.model import Situation, Truth, fit_intents
from scripts.evaluation.sets import Example


@dataclass
class Pipeline:
    """Everything that happens to a message between the gateway's door and the advisor."""

    featurizer: Featurizer
    intents: LinearLabels
    situation: Situation
    words: DutchWords

    @classmethod
    def fit(cls, examples: Sequence[Example], views: Sequence[str] = tuple(VIEWS)) -> "Pipeline":
        """Learn from examples."""
        reader = dutch.load()
        readings = [reader.read(one.text) for one in examples]
        featurizer = Featurizer(tuple(views)).fit(readings)
        rows = featurizer.rows(readings)
        truths = [Truth(one.role, one.topics, one.urgency) for one in examples]
        words = DutchWords.of(one.text for one in examples if one.intent != "other_language")
        return cls(featurizer, fit_intents(rows, [one.intent for one in examples]), Situation.fit(rows, truths), words)

    def scores(self, text: str) -> Scores:
        """What the models say about redacted text."""
        row = self.featurizer.row(dutch.load().read(text))
        found = self.situation.rankings(row)
        return Scores(
            self.intents.ranked(row, 6),
            found["topics"],
            found["roles"],
            found["urgencies"],
            sense(self.words.words).of(text),
            speaks_for_itself(text),
            sense(self.words.words).reads(text),
        )

    def understand(self, text: str) -> Understanding:
        """One message as the gateway and the engine together see it."""
        place = regions.load().find(text)
        safe = redaction_content.load().redact(text, None).text
        found = danger.load().detect(text)
        return decide(self.scores(safe), found, mentions.find(safe), bool(place.region_id or place.options))
