"""Checks one new training example and writes it where it belongs. Must not accept words that somebody typed here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.advice.redaction import Redactor
from bot.advice.vocabulary import Role, Topic, Urgency
from bot.engine.understanding.language import DutchWords, sense
from scripts.evaluation.sets import CORPUS, Example, Message, Story

# fmt: off
VOICES = frozenset(
    {
        "plain", "minimising", "indirect", "slang", "typos", "voice_typing", "one_word", "long", "second_language",
        "simple", "formal", "child", "teen", "elderly", "emotional", "angry", "ashamed", "professional", "story_start",
    }
)
# fmt: on
"""How somebody types; the closed list of ``voice`` in data/nlu."""

SHINGLE = 4
NEAR = 0.85
"""Two texts are nearly the same when they share this part of their pieces of four letters (Jaccard)."""

NEAR_VALIDATION = 0.7
SHORT = 25
"""Texts up to so many letters ("ja", "mijn man slaat mij") may well be in both sets."""


def shingles(text: str) -> frozenset[str]:
    """The pieces of four letters of a text in lower case."""
    plain = " ".join(text.lower().split())
    return frozenset(plain[i : i + SHINGLE] for i in range(max(1, len(plain) - SHINGLE + 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The shared part of two sets of shingles, from 0 to 1."""
    return len(one & other) / len(one | other)


@dataclass(frozen=True)
class Known:
    """What a new example is held against."""

    examples: Sequence[Example]
    validation: Sequence[str]
    intents: Collection[str]

    @classmethod
    def of(
        cls,
        examples: Sequence[Example],
        messages: Iterable[Message],
        stories: Iterable[Story],
        intents: Collection[str],
    ) -> "Known":
        """Gather the corpus, every text of the validation set, and the intents of the domain."""
        said = [message.text for message in messages]
        said += [step.text for story in stories for step in story.steps if step.text]
        return cls(examples, said, intents)


def faults(example: Example, known: Known, redactor: Redactor) -> list[str]:
    """What is wrong with an example, in Dutch; empty when it may be added."""
    text = example.text.strip()
    if not text or "\n" in text:
        return ["de tekst moet één regel zijn"]
    return [
        *_lists(example, known.intents),
        *_twice(example, known.examples),
        *_validated(text, known.validation),
        *_language(example, known.examples),
        *_personal(example, redactor),
    ]


def _lists(example: Example, intents: Collection[str]) -> list[str]:
    wrong = []
    if example.intent not in intents:
        wrong.append(f"intent {example.intent} staat niet in bot/domain")
    for name, value, allowed in (
        ("role", example.role, {role.value for role in Role}),
        ("urgency", example.urgency, {urgency.value for urgency in Urgency}),
        ("voice", example.voice, VOICES),
    ):
        if value not in allowed:
            wrong.append(f"{name} {value} bestaat niet; kies uit {', '.join(sorted(allowed))}")
    unknown = sorted(example.topics - {topic.value for topic in Topic})
    return [*wrong, *(f"topic {topic} bestaat niet" for topic in unknown)]


def _twice(example: Example, examples: Sequence[Example]) -> list[str]:
    plain, marks = example.text.lower(), shingles(example.text)
    for one in examples:
        if one.text.lower() == plain:
            return [f"deze zin staat al in {one.file} bij {one.intent}"]
        if len(plain) > 30 and len(one.text) > 30 and likeness(marks, shingles(one.text)) > NEAR:
            return [f"bijna dezelfde zin staat al in {one.file}: {one.text}"]
    return []


def _validated(text: str, validation: Sequence[str]) -> list[str]:
    marks = shingles(text)
    for said in validation:
        same = said.lower() == text.lower() and len(text) > SHORT
        if same or (len(text) > SHORT and len(said) > SHORT and likeness(marks, shingles(said)) >= NEAR_VALIDATION):
            # The sentence itself is not shown: who reads it can no longer write freshly.
            return ["deze zin lijkt te veel op een bericht waarmee we meten; schrijf hem heel anders"]
    return []


def _language(example: Example, examples: Sequence[Example]) -> list[str]:
    words = DutchWords.of(one.text for one in examples if one.intent != Topic.OTHER_LANGUAGE.value)
    foreign = sense(words.words).of(example.text) != "nl"
    if foreign and example.intent != Topic.OTHER_LANGUAGE.value:
        return ["dit lijkt geen Nederlands; gebruik intent other_language of schrijf het anders"]
    return []


def _personal(example: Example, redactor: Redactor) -> list[str]:
    kinds = set(redactor.redact(example.text).kinds)
    if example.intent == "give_place":
        kinds -= {"place", "plaats", "postcode"}
    return [f"er staan gegevens van iemand in ({', '.join(sorted(kinds))}); haal ze weg"] if kinds else []


def add(example: Example, examples: Sequence[Example], folder: Path = CORPUS) -> Path:
    """Write the example into the file where its intent lives, in a block with the same metadata; returns the file.

    Raises ``ValueError`` when no file has examples of its intent.
    """
    homes = [one.file for one in examples if one.intent == example.intent]
    if not homes:
        raise ValueError(example.intent)
    path = folder / max(sorted(set(homes)), key=homes.count)
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    head = _head(example)
    for place in range(len(lines) - len(head) + 1):
        if lines[place : place + len(head)] == head:
            end = place + len(head)
            while end < len(lines) and lines[end].startswith("    - "):
                end += 1
            lines.insert(end, f"    - {example.text.strip()}")
            break
    else:
        lines += [*head, f"    - {example.text.strip()}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _head(example: Example) -> list[str]:
    topics = ", ".join(sorted(example.topics))
    about = f"role: {example.role}, topics: [{topics}], urgency: {example.urgency}, voice: {example.voice}"
    return [f"- intent: {example.intent}", f"  metadata: {{{about}}}", "  examples: |"]
