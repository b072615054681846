"""Words, clauses and sentences of one message, made comparable. Must not judge and must not keep any text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Letters that Unicode does not decompose, as they are typed in Turkish, Polish and German.
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})
# The apostrophes that people type, and invisible characters that would cut a word in two.
_DROPPED = re.compile("['’‘`´\u00ad\u200b-\u200f\u2060\ufeff]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_PIECE = re.compile(r"[^\W_]+|[.!?…;:\n,()\"“”/–—]")
_SENTENCE_END = frozenset(".!?…;\n")
# Shorter words have too many honest neighbours ("slaat", "staat", "slaap") to be guessed at.
_SHORTEST_GUESS = 7


@dataclass(frozen=True, slots=True)
class Message:
    """The words of a message; `clause` and `sentence` number the part that each word is in."""

    words: tuple[str, ...]
    clause: tuple[int, ...]
    sentence: tuple[int, ...]


def fold(text: str) -> str:
    """Lower case without accents, apostrophes, invisible characters or stretched letters ("heeelp")."""
    lowered = _DROPPED.sub("", text.lower().translate(_LETTERS))
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _STRETCHED.sub(r"\1", plain)


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


class Reader:
    """Turns raw text into a `Message`: spelling, near misses of long danger words, clauses."""

    def __init__(
        self,
        spelling: Mapping[str, str],
        symbols: Mapping[str, str],
        clause_words: Iterable[str],
        danger_words: Iterable[str],
        left_alone: Iterable[str],
    ) -> None:
        self._spelling = {fold(k): fold(v).split() for k, v in spelling.items()}
        self._symbols = dict(symbols)
        self._clause_words = frozenset(clause_words)
        self._known = frozenset(w for w in danger_words if len(w) >= _SHORTEST_GUESS)
        self._left_alone = frozenset(left_alone)
        self._one_missing: dict[str, str] = {}
        for word in sorted(self._known):
            for shorter in _deletions(word):
                self._one_missing.setdefault(shorter, word)

    def read(self, text: str) -> Message:
        """The message in comparable words. Never raises on what people type."""
        for symbol, word in self._symbols.items():
            if symbol in text:
                text = text.replace(symbol, f" {word} ")
        words: list[str] = []
        clauses: list[int] = []
        sentences: list[int] = []
        clause = sentence = 0
        for piece in _PIECE.findall(fold(text)):
            if not piece.isalnum():
                clause += 1
                sentence += piece in _SENTENCE_END
                continue
            if piece in self._clause_words:
                clause += 1
            for word in self._spell(piece):
                words.append(word)
                clauses.append(clause)
                sentences.append(sentence)
        return Message(tuple(words), tuple(clauses), tuple(sentences))

    def _spell(self, word: str) -> list[str]:
        replacement = self._spelling.get(word)
        if replacement is not None:
            return replacement
        if len(word) < _SHORTEST_GUESS - 1 or word in self._known or word in self._left_alone:
            return [word]
        return [self._guess(word)]

    def _guess(self, word: str) -> str:
        """A long danger word with one letter missing, doubled or swapped; else the word itself.

        Another letter in its place is not guessed: "gestolen" is not "gestoken".
        """
        missing = self._one_missing.get(word)
        if missing is not None:
            return missing
        for i in range(len(word) - 1):
            swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
            if swapped in self._known:
                return swapped
        for shorter in _deletions(word):
            if shorter in self._known:
                return shorter
        return word
