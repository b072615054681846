"""A stock Rasa NLU project from our examples, and how its answers are judged. Must not run anything itself."""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.advice.understanding import SITUATION_TOPICS
from scripts.benching.script import SEED
from scripts.evaluation.figures import Figures
from scripts.evaluation.sets import Example, Message

NAMES = ("intent", "role", "topic recall", "topic precision")
FALLBACK = "nlu_fallback"
TRAIN_ARGUMENTS = ("--config", "config.yml", "--nlu", "nlu.yml", "--out", "models", "--fixed-model-name", "model")

_OWN_NAME = frozenset({"smalltalk", "out_of_scope", "abuse_of_service", "other_language", "human_request"})
_PRIVACY = frozenset({"ask_privacy", "ask_trace_visible"})
_NO_TOPIC = frozenset({"ask_what_can_you_do", "ask_who_are_you"})

_ASK = '''"""Understands the texts on standard input, one JSON list, and prints the rankings."""

import asyncio
import json
import os
import sys

printed = os.dup(1)
os.dup2(2, 1)

from rasa.core.agent import Agent


async def main():
    agent = Agent.load("models/model.tar.gz")
    found = []
    for text in json.load(sys.stdin):
        said = await agent.parse_message(text)
        ranking = [one["name"] for one in said["intent_ranking"]]
        found.append([said["intent"]["name"], *(name for name in ranking if name != "nlu_fallback")][:2])
    with os.fdopen(printed, "w") as out:
        json.dump(found, out)


asyncio.run(main())
'''


@dataclass(frozen=True)
class Answer:
    """What the stock pipeline says: ``name`` may be its fallback, ``best`` is the likeliest label behind it."""

    name: str
    best: str


def capped(examples: Sequence[Example], most: int | None) -> list[Example]:
    """All examples, or at most ``most`` of each intent and role, chosen by a fixed seed."""
    if most is None:
        return list(examples)
    groups: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.intent, example.role].append(example)
    rng = random.Random(SEED)
    return [one for group in groups.values() for one in (rng.sample(group, most) if len(group) > most else group)]


def pipeline(epochs: int) -> list[dict[str, object]]:
    """What ``rasa init`` writes for understanding; the response selector has nothing to select here."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": SEED},
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]


def write(folder: Path, examples: Sequence[Example], what: str, epochs: int) -> None:
    """Write the project; ``what`` (``intent`` or ``role``) is the label that DIET learns."""
    groups: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        groups[getattr(example, what)].append(example.text)
    blocks = [
        {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in sorted(groups.items())
    ]
    config = {"recipe": "default.v1", "assistant_id": "peer", "language": "nl", "pipeline": pipeline(epochs)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("config.yml", config), ("nlu.yml", {"version": "3.1", "nlu": blocks})):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "ask.py").write_text(_ASK, encoding="utf-8")


def questions(texts: Sequence[str]) -> str:
    """What ``ask.py`` reads."""
    return json.dumps(list(texts))


def answers(printed: str) -> list[Answer]:
    """What ``ask.py`` printed."""
    return [Answer(name, best) for name, best in json.loads(printed)]


def topics_of(intent: str) -> set[str]:
    """The topics that an intent stands for: the only way to topics that a stock pipeline has."""
    if intent in SITUATION_TOPICS or intent in _OWN_NAME:
        return {intent}
    if intent in _PRIVACY:
        return {"privacy_question"}
    return {"procedure_question"} if intent.startswith("ask_") and intent not in _NO_TOPIC else set()


def judge(figures: Figures, message: Message, intent: str, topics: set[str], role: str) -> None:
    """Count one validation message."""
    figures.add("intent", intent == message.intent)
    figures.add("role", role == message.role)
    for topic in message.topics:
        figures.add("topic recall", topic in topics)
    for topic in topics:
        figures.add("topic precision", topic in message.topics)
