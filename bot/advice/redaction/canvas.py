"""The text that is being redacted, with what was found in it. Must not know what identifies somebody."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

TAKEN = "\x00"
KEPT = "\x01"
# Invisible characters (soft hyphen, zero width, bidi) could split a name so that no rule sees it.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00\x01]")
_TOKEN = re.compile("\x00+|\x01+|[^\\W_]+(?:['\\-][^\\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?\n…]")
_LETTERS = {
    "ı": "i",
    "’": "'",
    "‘": "'",
    "`": "'",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ß": "s",
    "æ": "a",
    "–": "-",
    "—": "-",
    "‑": "-",
}


class Token(NamedTuple):
    """One word: its place, its folded spelling, the text before it, whether a capital says something, and whether it is all capitals."""

    start: int
    end: int
    text: str
    gap: str
    opens: bool
    capital: bool
    acronym: bool


@dataclass(frozen=True)
class Span:
    """A stretch of the text that goes, and what kind it is; ``strong`` when the visitor gave it as a name."""

    start: int
    end: int
    kind: str
    strong: bool = False


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    first = unicodedata.normalize("NFKD", char)[0].lower()
    return first if len(first) == 1 else char


def fold(text: str) -> str:
    """The lower-case spelling without accents, one character for one, so that places stay valid."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_char, text))


def clean(text: str) -> str:
    """The text in composed form, without invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


class Canvas:
    """A text in which stretches are taken (they go) or kept (they stay whatever a later rule thinks)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.spans: list[Span] = []
        letters = [c for c in text if c.isalpha()]
        capitals = sum(c.isupper() for c in letters)
        self.shouting = len(letters) > 3 and capitals > 0.6 * len(letters)

    def take(self, start: int, end: int, kind: str, strong: bool = False) -> None:
        """Mark a stretch as going."""
        self.spans.append(Span(start, end, kind, strong))
        self._blank(start, end, TAKEN)

    def keep(self, start: int, end: int) -> None:
        """Mark a stretch as staying."""
        self._blank(start, end, KEPT)

    def _blank(self, start: int, end: int, mark: str) -> None:
        self.folded = self.folded[:start] + mark * (end - start) + self.folded[end:]

    def tokens(self) -> list[Token]:
        """The words in order; a taken or kept stretch is one token."""
        found: list[Token] = []
        last = 0
        starts = 0
        for match in _TOKEN.finditer(self.folded):
            gap = self.folded[last : match.start()]
            opens = not found or bool(_SENTENCE_END.search(gap))
            upper = not self.shouting and self.text[match.start()].isupper()
            starts += upper
            found.append(
                Token(
                    match.start(),
                    match.end(),
                    match.group(),
                    gap,
                    opens,
                    upper,
                    upper and self.text[match.start() : match.end()].isupper(),
                )
            )
            last = match.end()
        if len(found) > 3 and starts > 0.7 * len(found):  # Somebody Who Types Like This
            found = [token._replace(capital=False) for token in found]
        return found
