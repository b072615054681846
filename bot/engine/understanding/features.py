"""Turns a reading into a sparse row of weighted features. Knows nothing about what they are used for."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack

from bot.engine.understanding import lexicon
from bot.engine.understanding.dutch import Reading

Array = np.ndarray[Any, np.dtype[Any]]
Concepts = Sequence[tuple[str, ...]]
"""The concepts of each word of a reading."""

VIEWS: dict[str, tuple[int, float]] = {"word": (2, 1.0), "char": (4, 1.0), "concept": (3, 0.7)}
"""Per view: how often a feature must occur to be kept, and the weight of the view beside the others."""

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
    """A TF-IDF of several views, each of length one, times the view's weight.

    ``views`` limits which are used (for ablations). Vocabularies are learned by ``fit`` and stored as JSON.
    """

    def __init__(self, views: Sequence[str] = tuple(VIEWS)) -> None:
        self.views = tuple(views)
        self._places: dict[str, dict[str, int]] = {}
        self._idf: dict[str, Array] = {}

    @property
    def size(self) -> int:
        """The number of columns."""
        return sum(len(places) for places in self._places.values())

    def fit(self, readings: Sequence[Reading]) -> "Featurizer":
        """Learn which features occur often enough, and how rare each is."""
        concepts = [concepts_of(reading) for reading in readings]
        for view in self.views:
            least, _ = VIEWS[view]
            counts: Counter[str] = Counter()
            for reading, found in zip(readings, concepts, strict=True):
                counts.update(set(_MAKERS[view](reading, found)))
            kept = sorted(feature for feature, count in counts.items() if count >= least)
            self._places[view] = {feature: place for place, feature in enumerate(kept)}
            seen = np.array([counts[feature] for feature in kept], dtype=np.float64)
            self._idf[view] = (np.log((1 + len(readings)) / (1 + seen)) + 1).astype(np.float32)
        return self

    def row(self, reading: Reading) -> csr_matrix:
        """One row of shape ``(1, size)``."""
        columns: list[Array] = []
        values: list[Array] = []
        offset = 0
        concepts = concepts_of(reading)
        for view in self.views:
            places, idf = self._places[view], self._idf[view]
            counts = Counter(place for f in _MAKERS[view](reading, concepts) if (place := places.get(f)) is not None)
            if counts:
                where = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
                often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
                weights = (1 + np.log(often)) * idf[where]
                columns.append(where + offset)
                values.append(weights * (VIEWS[view][1] / np.linalg.norm(weights)))
            offset += len(places)
        if not columns:
            return csr_matrix((1, self.size), dtype=np.float32)
        where, what = np.concatenate(columns), np.concatenate(values).astype(np.float32)
        return csr_matrix((what, where, np.array([0, len(where)])), shape=(1, self.size))

    def rows(self, readings: Iterable[Reading]) -> csr_matrix:
        """Many rows of shape ``(n, size)``."""
        return vstack([self.row(reading) for reading in readings], format="csr", dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write vocabularies and weights as JSON and npz; no pickles, which could carry code."""
        folder.mkdir(parents=True, exist_ok=True)
        words = {view: sorted(places, key=places.__getitem__) for view, places in self._places.items()}
        (folder / "features.json").write_text(
            json.dumps({"views": self.views, "features": words}, ensure_ascii=False), encoding="utf-8"
        )
        np.savez_compressed(folder / "idf.npz", **self._idf)

    @classmethod
    def load(cls, folder: Path) -> "Featurizer":
        """Read what ``save`` wrote."""
        stored = json.loads((folder / "features.json").read_text(encoding="utf-8"))
        made = cls(tuple(stored["views"]))
        made._places = {view: {f: i for i, f in enumerate(words)} for view, words in stored["features"].items()}
        with np.load(folder / "idf.npz") as arrays:
            made._idf = {view: arrays[view] for view in made.views}
        return made
