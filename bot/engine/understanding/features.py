"""Turns a reading into a sparse row of weighted features. Knows nothing about what they are used for."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.engine.understanding import lexicon
from bot.engine.understanding.dutch import Reading, lemma_table
from bot.engine.understanding.meaning import DIMENSIONS, Meaning

Array = np.ndarray[Any, np.dtype[Any]]
Concepts = Sequence[tuple[str, ...]]
"""The concepts of each word of a reading."""

COUNTED: dict[str, tuple[int, float]] = {"word": (2, 1.0), "char": (4, 1.0), "concept": (3, 0.7)}
"""Per view of counted features: how often one must occur to be kept, and the weight of the view beside the others."""

MEANING = "meaning"
MEANING_WEIGHT = 0.7
MEANING_AXES = 128
"""The view of the sentence encoder, its weight, and along how many axes points are told apart: those on which the
examples differ most. All 512 cost twice the time to train and gain nothing (docs/understanding.md)."""

VIEWS = (*COUNTED, MEANING)

_CHAR_SIZES = (2, 3, 4, 5)


def words_view(reading: Reading, concepts: Concepts) -> Iterator[str]:
    """Lemmas and pairs of them."""
    lemmas = reading.lemmas
    for place, lemma in enumerate(lemmas):
        yield lemma
        if place + 1 < len(lemmas):
            yield f"{lemma} {lemmas[place + 1]}"


def chars_view(reading: Reading, concepts: Concepts) -> Iterator[str]:
    """Pieces of two to five letters within words: robust against spelling, and compounds share their parts."""
    for word in reading.words:
        padded = f" {word} "
        for size in _CHAR_SIZES:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def concepts_view(reading: Reading, concepts: Concepts) -> Iterator[str]:
    """Concepts, and which concept follows which with at most four words between."""
    recent: list[tuple[int, str]] = []
    for place, found in enumerate(concepts):
        for concept in found:
            yield concept
            for before, earlier in recent:
                if place - before <= 5 and earlier != concept:
                    yield f"{earlier}>{concept}"
        recent.extend((place, concept) for concept in found)
        recent = [one for one in recent if place - one[0] <= 5]


_MAKERS = {"word": words_view, "char": chars_view, "concept": concepts_view}


def concepts_of(reading: Reading) -> Concepts:
    """The concepts of every word."""
    return lexicon.load().of_tokens(reading.words, reading.lemmas)


class Featurizer:
    """Several views beside each other: TF-IDF of counted features, each view of length one times its weight, and the
    point of the message in the encoder's space, from the middle of the examples.

    ``views`` limits which are used (for ablations). What ``fit`` learned is stored as JSON and npz.
    """

    def __init__(self, views: Sequence[str] = VIEWS) -> None:
        self.views = tuple(views)
        self._counting = tuple(view for view in self.views if view in COUNTED)
        self._places: dict[str, dict[str, int]] = {}
        self._idf: dict[str, Array] = {}
        self._meaning: Meaning | None = None
        self._middle: Array = np.zeros(DIMENSIONS, dtype=np.float32)
        self._axes: Array = np.zeros((DIMENSIONS, MEANING_AXES), dtype=np.float32)

    @property
    def size(self) -> int:
        """The number of columns."""
        return sum(len(places) for places in self._places.values()) + (MEANING_AXES if MEANING in self.views else 0)

    def fit(self, readings: Sequence[Reading]) -> "Featurizer":
        """Learn which features occur often enough, how rare each is, and where the middle of all meanings is."""
        concepts = [concepts_of(reading) for reading in readings]
        for view in self._counting:
            least, _ = COUNTED[view]
            counts: Counter[str] = Counter()
            for reading, found in zip(readings, concepts, strict=True):
                counts.update(set(_MAKERS[view](reading, found)))
            kept = sorted(feature for feature, count in counts.items() if count >= least)
            self._places[view] = {feature: place for place, feature in enumerate(kept)}
            seen = np.array([counts[feature] for feature in kept], dtype=np.float64)
            self._idf[view] = (np.log((1 + len(readings)) / (1 + seen)) + 1).astype(np.float32)
        if MEANING in self.views:
            texts = [_text(reading) for reading in readings]
            self._meaning = Meaning.of_texts([*texts, *lemma_table()])
            points = self._meaning.points(texts)
            self._middle = points.mean(axis=0)
            # Eigenvalues come smallest first.
            self._axes = np.linalg.eigh(np.cov(points.T))[1][:, : -MEANING_AXES - 1 : -1].astype(np.float32)
        return self

    def row(self, reading: Reading) -> csr_matrix:
        """One row of shape ``(1, size)``."""
        return self.rows([reading])

    def rows(self, readings: Sequence[Reading]) -> csr_matrix:
        """Many rows of shape ``(n, size)``."""
        counted = [self._counted(reading) for reading in readings]
        points = self._points(readings)
        columns, values, ends = [], [], [0]
        for place, (where, what) in enumerate(counted):
            if points is not None:
                where = np.concatenate([where, np.arange(self.size - MEANING_AXES, self.size, dtype=np.int32)])
                what = np.concatenate([what, points[place]])
            columns.append(where)
            values.append(what)
            ends.append(ends[-1] + len(where))
        return csr_matrix(
            (np.concatenate(values), np.concatenate(columns), np.array(ends)), shape=(len(readings), self.size)
        )

    def _counted(self, reading: Reading) -> tuple[Array, Array]:
        """Columns and values of the counted features that occur."""
        columns = [np.zeros(0, dtype=np.int32)]
        values = [np.zeros(0, dtype=np.float32)]
        offset = 0
        concepts = concepts_of(reading)
        for view in self._counting:
            places, idf = self._places[view], self._idf[view]
            counts = Counter(place for f in _MAKERS[view](reading, concepts) if (place := places.get(f)) is not None)
            if counts:
                where = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
                often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
                weights = (1 + np.log(often)) * idf[where]
                columns.append(where + offset)
                values.append((weights * (COUNTED[view][1] / np.linalg.norm(weights))).astype(np.float32))
            offset += len(places)
        return np.concatenate(columns), np.concatenate(values)

    def _points(self, readings: Sequence[Reading]) -> Array | None:
        if self._meaning is None:
            return None
        points = self._meaning.points([_text(reading) for reading in readings])
        return np.asarray((points - self._middle) @ self._axes * MEANING_WEIGHT, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write vocabularies and weights as JSON and npz; no pickles, which could carry code."""
        folder.mkdir(parents=True, exist_ok=True)
        words = {view: sorted(places, key=places.__getitem__) for view, places in self._places.items()}
        (folder / "features.json").write_text(
            json.dumps({"views": self.views, "features": words}, ensure_ascii=False), encoding="utf-8"
        )
        np.savez_compressed(folder / "idf.npz", middle=self._middle, axes=self._axes, **self._idf)
        if self._meaning is not None:
            self._meaning.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Featurizer":
        """Read what ``save`` wrote."""
        stored = json.loads((folder / "features.json").read_text(encoding="utf-8"))
        made = cls(stored["views"])
        made._places = {view: {f: i for i, f in enumerate(words)} for view, words in stored["features"].items()}
        with np.load(folder / "idf.npz") as arrays:
            made._idf = {view: arrays[view] for view in made._counting}
            made._middle, made._axes = arrays["middle"], arrays["axes"]
        if MEANING in made.views:
            made._meaning = Meaning.load(folder)
        return made


def _text(reading: Reading) -> str:
    """What the encoder reads: the words after repair of their spelling."""
    return " ".join(reading.words)
