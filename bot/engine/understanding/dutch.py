"""Reads Dutch with spaCy: words, lemmas and, when nl_core_news_md is installed, a meaning vector."""

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import spacy

from bot.engine.understanding.spelling import tokens

MODEL = "nl_core_news_md"
"""Cannot be had from PyPI; ``make model-nl`` installs it and the engine's image contains it."""

LONGEST = 400
"""Words read of one message; 2,000 characters hold fewer."""


@dataclass(frozen=True)
class Reading:
    """One message as words and lemmas of equal length. ``vector`` is ``None`` without the large model."""

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    vector: Any = None


class DutchReader:
    """Turns text into a ``Reading``. ``name`` says which pipeline does it."""

    def __init__(self, nlp: Any, name: str) -> None:
        self._nlp = nlp
        self.name = name
        self.dimensions = int(nlp.vocab.vectors_length) if name == MODEL else 0

    def read(self, text: str) -> Reading:
        """Read one message. Never raises on odd input; an empty text gives an empty reading."""
        words = tokens(text)[:LONGEST]
        if not words:
            return Reading((), (), np.zeros(self.dimensions, dtype=np.float32) if self.dimensions else None)
        doc = self._nlp(spacy.tokens.Doc(self._nlp.vocab, words=words))
        lemmas = tuple((token.lemma_ or token.text).lower() for token in doc)
        vector = np.asarray(doc.vector, dtype=np.float32) if self.dimensions else None
        return Reading(tuple(words), lemmas, vector)


def installed() -> bool:
    """Whether nl_core_news_md can be imported here."""
    return importlib.util.find_spec(MODEL) is not None


@lru_cache(maxsize=1)
def load() -> DutchReader:
    """The reader for this machine: nl_core_news_md when it is installed, else a blank Dutch pipeline with the
    lemma table of spacy-lookups-data."""
    if installed():
        # The parser and the entity recogniser cost most and nothing here asks for them.
        return DutchReader(spacy.load(MODEL, exclude=["parser", "ner"]), MODEL)
    nlp = spacy.blank("nl")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    return DutchReader(nlp, "blank")
