"""Folds over the training examples, what each view of the features earns, and a keyword bot to compare with."""

from collections.abc import Callable, Sequence

import numpy as np

from bot.advice.understanding import SITUATION_TOPICS, TOPIC_THRESHOLD
from bot.engine.understanding import dutch
from bot.engine.understanding.features import VIEWS, Featurizer
from bot.engine.understanding.linear import LinearLabels
from bot.engine.understanding.model import INTENT_STRENGTH, ROLE_STRENGTH, TOPIC_STRENGTH
from scripts.evaluation.figures import Figures
from scripts.evaluation.offline import Pipeline
from scripts.evaluation.sets import Example, Message

_NAMES = ("intent", "role", "topic recall", "topic precision")


def held_out(examples: Sequence[Example], folds: int = 5) -> list[str]:
    """Intent, role and topics of examples that the fold did not train on. Harsher than life: no two are alike."""
    figures = Figures()
    fold = np.random.default_rng(0).integers(0, folds, len(examples))
    readings = [dutch.load().read(one.text) for one in examples]
    for held in range(folds):
        train, test = np.flatnonzero(fold != held), np.flatnonzero(fold == held)
        featurizer = Featurizer().fit([readings[i] for i in train])
        rows, asked = (featurizer.rows([readings[i] for i in part]) for part in (train, test))
        intents = LinearLabels(True, INTENT_STRENGTH).fit(rows, [frozenset([examples[i].intent]) for i in train])
        roles = LinearLabels(True, ROLE_STRENGTH).fit(rows, [frozenset([examples[i].role]) for i in train])
        topics = LinearLabels(False, TOPIC_STRENGTH).fit(rows, [examples[i].topics for i in train])
        best_intent, best_role = intents.scores(asked).argmax(1), roles.scores(asked).argmax(1)
        likely = topics.scores(asked) >= TOPIC_THRESHOLD
        for place, i in enumerate(test):
            figures.add("intent", intents.labels[best_intent[place]] == examples[i].intent)
            figures.add("role", roles.labels[best_role[place]] == examples[i].role)
            _count_topics(figures, {topics.labels[j] for j in np.flatnonzero(likely[place])}, examples[i].topics)
    return [f"{folds} folds over {len(examples)} examples, the models alone", *figures.lines(_NAMES)]


def _count_topics(figures: Figures, found: set[str], wanted: frozenset[str]) -> None:
    for topic in wanted:
        figures.add("topic recall", topic in found)
    for topic in found:
        figures.add("topic precision", topic in wanted)


_SETS = (
    VIEWS,
    *(tuple(view for view in VIEWS if view != left) for left in VIEWS),
    *((view,) for view in VIEWS),
)
"""All views, all but one, and each alone."""


def ablation(examples: Sequence[Example], messages: Sequence[Message]) -> list[str]:
    """The validation messages with fewer views of the features, and with a bot that only knows keywords."""
    lines = ["Ablation on the validation messages (understanding alone)"]
    for views in _SETS:
        pipeline = Pipeline.fit(examples, views)
        lines += [f"  views {'+'.join(views)}", *_asked(messages, _by(pipeline))]
    lines += ["  keyword bot", *_asked(messages, keyword_bot)]
    return lines


def _by(pipeline: Pipeline) -> Callable[[str], tuple[str, str, set[str]]]:
    def ask(text: str) -> tuple[str, str, set[str]]:
        found = pipeline.understand(text)
        return found.intent, found.sighting.role.value, {topic.value for topic in found.sighting.topics}

    return ask


def _asked(messages: Sequence[Message], ask: Callable[[str], tuple[str, str, set[str]]]) -> list[str]:
    figures = Figures()
    for message in messages:
        intent, role, topics = ask(message.text)
        figures.add("intent", intent == message.intent)
        figures.add("role", role == message.role)
        _count_topics(figures, topics, message.topics)
    return [f"    {line}" for line in figures.lines(_NAMES)]


KEYWORDS = {
    "partner_violence": ("slaat", "geslagen", "mishandelt", "klap"),
    "child_abuse": ("kind slaan", "vader slaat", "moeder slaat", "papa slaat", "mama slaat"),
    "sexual_violence_recent": ("verkracht", "aangerand"),
    "suicidality": ("zelfmoord", "dood wil", "niet meer leven"),
    "stalking": ("stalkt", "volgt mij"),
    "forced_marriage": ("uitgehuwelijkt", "moet trouwen"),
    "elder_abuse": ("oma", "opa", "bejaard"),
    "financial_abuse": ("geld", "rekening"),
    "procedure_question": ("melding", "aangifte", "veilig thuis"),
    "privacy_question": ("anoniem", "privacy"),
    "human_request": ("medewerker", "een mens"),
}
"""What a simple keyword bot would look for; only to compare with."""


def keyword_bot(text: str) -> tuple[str, str, set[str]]:
    """The first topic whose keyword occurs; a child when an age under 18 or a parent is named."""
    plain = text.lower()
    hits = [topic for topic, words in KEYWORDS.items() if any(word in plain for word in words)]
    child = any(word in plain for word in ("papa", "mama", "ik ben 1", "klas"))
    other = any(word in plain for word in ("buurvrouw", "buurman", "vriendin wordt", "mijn zus"))
    role = "child" if child else "bystander" if other else "victim" if set(hits) & SITUATION_TOPICS else "unknown"
    return (hits[0] if hits else "nlu_fallback"), role, set(hits)
