"""Writes a stock Rasa project for comparison: our examples and rules, fixed answers, nothing of our code."""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from scripts.benching.script import SEED
from scripts.evaluation.sets import Example

ANSWER = "action_answer"
FALLBACK = "nlu_fallback"

_ACTIONS = '''"""Answers each intent with a fixed text."""

import json
from pathlib import Path

from rasa_sdk import Action

ANSWERS = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))


class Answer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=ANSWERS[tracker.latest_message["intent"]["name"]])
        return []
'''

_COUNTS: tuple[dict[str, Any], ...] = (
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
)
_FALLBACK_CLASSIFIER = {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1}

LINEAR: tuple[dict[str, Any], ...] = (*_COUNTS, {"name": "LogisticRegressionClassifier"}, _FALLBACK_CLASSIFIER)
"""The shipped classifier that needs no TensorFlow. RegexFeaturizer is left out: there are no patterns to match."""

DIET: tuple[dict[str, Any], ...] = (
    _COUNTS[0],
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    *_COUNTS[1:],
    {"name": "DIETClassifier", "epochs": 10, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 10, "constrain_similarities": True},
    _FALLBACK_CLASSIFIER,
)
"""What ``rasa init`` writes, with 10 instead of 100 epochs: how long an answer takes does not depend on them."""


def write(folder: Path, pipeline: Sequence[dict[str, Any]], examples: Sequence[Example], most: int | None) -> str:
    """Write the project into ``folder``; at most ``most`` examples an intent. Returns its fingerprint."""
    intents = _by_intent(examples, most)
    names = [*intents, FALLBACK]
    blocks = [{"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in intents.items()]
    rules = [{"rule": name, "steps": [{"intent": name}, {"action": ANSWER}]} for name in names]
    policies = [{"name": "MemoizationPolicy"}, {"name": "RulePolicy"}]
    config = {"recipe": "default.v1", "language": "nl", "pipeline": list(pipeline), "policies": policies}
    answers = {name: f"Dank je voor je bericht. Dit is het vaste antwoord op {name}." for name in names}
    files = {
        "config.yml": _yaml({"assistant_id": "peer", **config}),
        "domain.yml": _yaml({"version": "3.1", "intents": list(intents), "actions": [ANSWER]}),
        "data/nlu.yml": _yaml({"version": "3.1", "nlu": blocks}),
        "data/rules.yml": _yaml({"version": "3.1", "rules": rules}),
        "credentials.yml": "rest:\n",
        "peer_actions.py": _ACTIONS,
        "answers.json": json.dumps(answers, ensure_ascii=False, indent=1),
    }
    digest = hashlib.sha256()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        digest.update(f"{name}\n{text}".encode())
    return digest.hexdigest()[:12]


def _by_intent(examples: Sequence[Example], most: int | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        found[example.intent].append(example.text)
    rng = random.Random(SEED)
    return {
        name: texts if most is None or len(texts) <= most else rng.sample(texts, most)
        for name, texts in sorted(found.items())
    }


def _yaml(content: dict[str, Any]) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000))
