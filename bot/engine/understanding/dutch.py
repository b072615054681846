"""Reads Dutch with spaCy: words, lemmas and, when nl_core_news_md is installed, a meaning vector."""

import gzip
import importlib
import importlib.util
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
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


def lemma_table() -> dict[str, str]:
    """All Dutch forms with their lemma, as spacy-lookups-data has them. spaCy itself keeps the forms as hashes."""
    packed = files("spacy_lookups_data") / "data" / "nl_lemma_lookup.json.gz"
    table: dict[str, str] = json.loads(gzip.decompress(packed.read_bytes()))
    return table


class Lemmas:
    """The part of the lemma table that a model can use: forms of lemmas that occur in its examples or its lexicon.

    The whole table costs the engine 86 MB; forms of lemmas that no feature knows change nothing.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self.forms = dict(forms)

    @classmethod
    def useful(cls, readings: Iterable[Reading], others: Iterable[str]) -> "Lemmas":
        """Keep the forms whose lemma occurs in ``readings`` or is one of ``others``."""
        known = {lemma for reading in readings for lemma in reading.lemmas} | set(others)
        pairs = ((form.lower(), lemma.lower()) for form, lemma in lemma_table().items())
        return cls({form: lemma for form, lemma in pairs if lemma in known and form != lemma})

    def save(self, folder: Path) -> None:
        """Write the table as JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lemmas.json").write_text(json.dumps(self.forms, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Lemmas":
        """Read what ``save`` wrote."""
        return cls(json.loads((folder / "lemmas.json").read_text(encoding="utf-8")))


class DutchReader:
    """Turns text into a ``Reading``. ``name`` says which pipeline does it."""

    def __init__(self, nlp: Any, name: str, lemmas: Lemmas | None = None) -> None:
        self._nlp = nlp
        self._lemmas = lemmas
        self.name = name
        self.dimensions = int(nlp.vocab.vectors_length) if name == MODEL else 0

    def read(self, text: str) -> Reading:
        """Read one message. Never raises on odd input; an empty text gives an empty reading."""
        words = tokens(text)[:LONGEST]
        if not words:
            return Reading((), (), np.zeros(self.dimensions, dtype=np.float32) if self.dimensions else None)
        if self._lemmas is not None:
            # Without spaCy, whose vocabulary keeps every word it ever saw.
            return Reading(tuple(words), tuple(self._lemmas.forms.get(word, word) for word in words))
        doc = self._nlp(spacy.tokens.Doc(self._nlp.vocab, words=words))
        lemmas = tuple((token.lemma_ or token.text).lower() for token in doc)
        vector = np.asarray(doc.vector, dtype=np.float32) if self.dimensions else None
        return Reading(tuple(words), lemmas, vector)


def installed() -> bool:
    """Whether nl_core_news_md can be imported here."""
    return importlib.util.find_spec(MODEL) is not None


def _with_lemma_table() -> Any:
    nlp = spacy.blank("nl")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    return nlp


@lru_cache(maxsize=1)
def load() -> DutchReader:
    """The reader for training on this machine: nl_core_news_md when it is installed, else a blank Dutch pipeline
    with the whole lemma table of spacy-lookups-data."""
    if installed():
        # The parser and the entity recogniser cost most and nothing here asks for them.
        model = importlib.import_module(MODEL)
        return DutchReader(model.load(exclude=["parser", "ner"]), MODEL)
    return DutchReader(_with_lemma_table(), "blank")


def light(lemmas: Lemmas) -> DutchReader:
    """The reader for serving: the same pipeline, with only the lemmas that the model can use."""
    if installed():
        return load()
    return DutchReader(spacy.blank("nl"), "blank", lemmas)
