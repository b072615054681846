"""What the visitors of a bench say. From the training corpus by a fixed seed; never from validation."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.evaluation.sets import Example

SEED = 20261124

KINDS = ("situation", "question", "talk", "place", "button")
"""In the order of ``SHARES``."""

CYCLE = 10
"""The long chat says the same after so many turns."""

SHARES = (8, 5, 3, 1, 3)
"""Of every 20 messages; a visitor mostly tells, asks, presses buttons, and names a place once or twice."""

_PLACE = "give_place"
_ENDING = frozenset({"wipe", "stop", "goodbye", "human_request"})
"""They end the chat or leave the bot; what is measured is the bot."""

_TALK = ("gesprek.yml", "gevoelens.yml", "smalltalk.yml", "out_of_scope.yml")
_LONGEST = 1500


@dataclass(frozen=True)
class Step:
    """One message. A ``button`` presses what the last answer offers; ``text`` is typed when it offers nothing."""

    kind: str
    text: str
    intent: str


@dataclass(frozen=True)
class Material:
    """The examples that may be said, by kind."""

    by_kind: dict[str, list[Example]]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> "Material":
        """Sort the corpus into kinds; what would end a chat is left out."""
        found: dict[str, list[Example]] = {kind: [] for kind in KINDS}
        for example in examples:
            if example.intent not in _ENDING and len(example.text) <= _LONGEST:
                found[kind_of(example)].append(example)
        found["button"] = found["talk"]
        return cls(found)

    def chat(self, length: int, rng: random.Random) -> list[Step]:
        """One visitor's messages in order. The first always tells or asks something."""
        kinds = ["situation", *rng.choices(KINDS, SHARES, k=length - 1)]
        return [self.step(kind, rng) for kind in kinds]

    def step(self, kind: str, rng: random.Random) -> Step:
        """One message of a kind."""
        example = rng.choice(self.by_kind[kind])
        return Step(kind, example.text, example.intent)


def kind_of(example: Example) -> str:
    """``situation``, ``question``, ``talk`` or ``place``."""
    if example.intent == _PLACE:
        return "place"
    if example.intent.startswith("ask_"):
        return "question"
    return "talk" if example.file in _TALK else "situation"


def chats(examples: Iterable[Example], count: int, length: int, seed: int = SEED) -> list[list[Step]]:
    """The same chats for the same corpus and seed."""
    material, rng = Material.of(examples), random.Random(seed)
    return [material.chat(length, rng) for _ in range(count)]


def texts(examples: Sequence[Example], count: int, seed: int = SEED) -> list[str]:
    """Texts to be understood one by one, from the whole corpus."""
    return [example.text for example in random.Random(seed).sample(list(examples), count)]


def cycle(examples: Iterable[Example], length: int, seed: int = SEED) -> list[Step]:
    """One long chat that says the same ten things over and over, so that early and late turns are alike."""
    material, rng = Material.of(examples), random.Random(seed)
    kinds = ("situation", "question") * (CYCLE // 2)
    said = [material.step(kind, rng) for kind in kinds]
    return [said[number % CYCLE] for number in range(length)]
