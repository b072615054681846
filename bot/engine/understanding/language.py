"""Says in which language a message is. Dutch with errors must not be taken for another language.

Scripts other than Latin speak for themselves. For Latin script two witnesses must agree: lingua (restricted to
the languages that matter), and the share of words that are Dutch in our own corpus.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingua import Language, LanguageDetectorBuilder

from bot.engine.understanding.spelling import chat_words

DUTCH = "nl"

_SPOKEN = (
    Language.DUTCH,
    Language.ENGLISH,
    Language.TURKISH,
    Language.POLISH,
    Language.SPANISH,
    Language.FRENCH,
    Language.GERMAN,
    Language.ROMANIAN,
    Language.PORTUGUESE,
    Language.SOMALI,
    Language.HUNGARIAN,
    Language.ITALIAN,
)

_SCRIPTS = (
    (re.compile("[؀-ۿݐ-ݿ]"), "ar"),
    (re.compile("[ሀ-፿]"), "ti"),
    (re.compile("[一-鿿]"), "zh"),
    (re.compile("[Ѐ-ӿ]"), "ru"),
)
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_BULGARIAN_ONLY = re.compile(r"\b(?:съм|не|ме|той|тя|мъж|много|от|ще|какво|моля|искам|съпруг\w*|бие)\b|ъ", re.I)
_RUSSIAN_ONLY = re.compile("[ыэёЫЭЁ]")
_PERSIAN = re.compile("[پچژگکی]")
_WORD = re.compile(r"[^\W\d_]+")
_PAPIAMENTO = re.compile(
    r"\b(?:mi|bo|nos|nan|ta|tabata|por|yuda|mester|kasa|casa|mucha|miedu|miedo|polis|awor|aki|ki|kiko|unda|danki|no|"
    r"mama|tata|dal|sla|hende|biba|wisa|bisa|sabi)\b",
    re.I,
)


@dataclass(frozen=True)
class DutchWords:
    """The words of the Dutch training corpus and of chat spelling, lower case."""

    words: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "DutchWords":
        """Collect the words of Dutch texts."""
        found = {word for text in texts for word in _WORD.findall(text.lower())}
        return cls(frozenset(found | set(chat_words())))

    def save(self, folder: Path) -> None:
        """Write one word per line."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "dutch.txt").write_text("\n".join(sorted(self.words)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "DutchWords":
        """Read what ``save`` wrote."""
        return cls(frozenset((folder / "dutch.txt").read_text(encoding="utf-8").split("\n")))


class LanguageSense:
    """Recognises the language of one message. ``dutch_words`` are the words of the Dutch training corpus."""

    def __init__(self, dutch_words: Collection[str]) -> None:
        self._dutch = frozenset(dutch_words)
        # Low accuracy keeps lingua at a third of the memory; the Dutch word share makes up for it.
        self._detector: Any = LanguageDetectorBuilder.from_languages(*_SPOKEN).with_low_accuracy_mode().build()

    def reads(self, text: str) -> bool:
        """Whether any word is Dutch, or there is no word at all to judge by."""
        words = _WORD.findall(text.lower())
        return not words or any(word in self._dutch for word in words)

    def of(self, text: str) -> str:
        """ISO 639-1 code (``pap`` for Papiamento)."""
        script = _script(text)
        if script:
            return script
        words = _WORD.findall(text.lower())
        if not words:
            return DUTCH
        share = sum(word in self._dutch for word in words) / len(words)
        if share >= 0.67:
            return DUTCH
        if len(words) >= 4 and share < 0.5 and len(_PAPIAMENTO.findall(text)) / len(words) >= 0.5:
            return "pap"
        best = self._detector.compute_language_confidence_values(text)[0]
        code = best.language.iso_code_639_1.name.lower()
        if code == DUTCH:
            return DUTCH
        # The fewer words there are, the surer the other language must be.
        needed = 0.75 if len(words) < 3 else 0.55 if share < 0.34 else 0.8
        return code if best.value >= needed else DUTCH


def speaks_for_itself(text: str) -> bool:
    """Whether a text is long enough, or of another script, to recognise its language alone."""
    return _script(text) is not None or len(_WORD.findall(text)) >= 4


def _script(text: str) -> str | None:
    letters = _WORD.findall(text)
    total = sum(len(word) for word in letters)
    for pattern, code in _SCRIPTS:
        found = len(pattern.findall(text))
        if total and found / total > 0.4:
            if code == "ar":
                return "fa" if len(_PERSIAN.findall(text)) > found * 0.04 else "ar"
            return _cyrillic(text) if code == "ru" else code
    return None


def _cyrillic(text: str) -> str:
    if _UKRAINIAN.search(text):
        return "uk"
    if not _RUSSIAN_ONLY.search(text) and _BULGARIAN_ONLY.search(text):
        return "bg"
    return "ru"


@lru_cache(maxsize=4)
def sense(dutch_words: frozenset[str]) -> LanguageSense:
    """A recogniser for a set of Dutch words, built once."""
    return LanguageSense(dutch_words)
