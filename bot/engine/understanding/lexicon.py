"""Concepts behind words, from ``content/lexicon.yml``: features that a person can read. Must not decide anything."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.advice.errors import BadContent

_FILE = Path(__file__).resolve().parents[2] / "advice" / "content" / "lexicon.yml"
_LONGEST_PHRASE = 4


class Lexicon:
    """Finds the concepts of a tokenised text: single words, word beginnings and short phrases."""

    def __init__(self, concepts: dict[str, list[str]]) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._beginnings: dict[str, tuple[str, ...]] = {}
        self._phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.names = tuple(sorted(concepts))
        for concept, words in concepts.items():
            for word in words:
                self._add(concept, str(word).lower())

    @property
    def words(self) -> frozenset[str]:
        """The single words of the lexicon."""
        return frozenset(self._words)

    def _add(self, concept: str, word: str) -> None:
        if " " in word:
            phrase = tuple(word.split())
            self._phrases[phrase] = (*self._phrases.get(phrase, ()), concept)
        elif word.endswith("*"):
            self._beginnings[word[:-1]] = (*self._beginnings.get(word[:-1], ()), concept)
        else:
            self._words[word] = (*self._words.get(word, ()), concept)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The concepts of one word. Not cached: a cache would hold what visitors typed."""
        found = list(self._words.get(word, ()))
        for length in range(3, len(word) + 1):
            found.extend(self._beginnings.get(word[:length], ()))
        return tuple(dict.fromkeys(found))

    def of_tokens(self, words: Sequence[str], lemmas: Sequence[str]) -> list[tuple[str, ...]]:
        """For every token the concepts that it, its lemma, or a phrase starting at it stands for."""
        result = []
        for place, (word, lemma) in enumerate(zip(words, lemmas, strict=True)):
            found = [*self.of_word(word), *(self.of_word(lemma) if lemma != word else ())]
            for length in range(2, _LONGEST_PHRASE + 1):
                found.extend(self._phrases.get(tuple(words[place : place + length]), ()))
            result.append(tuple(dict.fromkeys(found)))
        return result


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read the lexicon. Raises ``BadContent`` when it is not a map of concept to words."""
    try:
        content: Any = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        concepts = content["begrippen"]
        return Lexicon({str(name): list(words) for name, words in concepts.items()})
    except (OSError, yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
        raise BadContent(_FILE.name, "moet een lijst 'begrippen: begrip: [woorden]' hebben") from error
