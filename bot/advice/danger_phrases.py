"""The small phrase language of danger.yml: word groups and phrases over them. Must not know levels or kinds.

A phrase is words in order: `staat|sta` one of these, `{group}` an entry of a word group, `word?` may be left
out, `word*` any ending, `..` up to three, `...` seven and `....` fifteen words between, `^` the start and `$` the end
of the message. Parts joined by ` & ` may come in any order, close together in one sentence.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.advice.danger_text import Message, fold

_GAPS = {"..": 3, "...": 7, "....": 15}
# Any-order parts further apart than this are seldom about each other.
_REACH = 6

Span = tuple[int, int]
Places = Mapping[str, list[Span]]


class BadPhrase(ValueError):
    """A phrase or word group that cannot be understood; the message says why."""


class WordGroups:
    """Named lists of words and short word sequences, looked up once per message."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self.names = frozenset(groups)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._by_start: dict[str, list[str]] = {}
        self._single: dict[str, set[str]] = {name: set() for name in self.names}
        for name, entries in groups.items():
            for entry in entries:
                self._add(name, entry)
        self._starts = sorted({len(s) for s in self._by_start})

    def _add(self, name: str, entry: str) -> None:
        words = tuple(fold(entry.removesuffix("*")).split())
        if not words:
            raise BadPhrase(f"word group '{name}' has an empty entry")
        if entry.endswith("*"):
            if len(words) > 1 or len(words[0]) < 3:
                raise BadPhrase(f"'{entry}' in '{name}': * needs one word of three letters or more")
            self._by_start.setdefault(words[0], []).append(name)
            return
        self._by_first.setdefault(words[0], []).append((words, name))
        if len(words) == 1:
            self._single[name].add(words[0])

    def words_of(self, names: Iterable[str]) -> set[str]:
        """All entries of one word in these groups."""
        return {word for name in names for word in self._single[name]}

    def places(self, message: Message) -> dict[str, list[Span]]:
        """Where each group occurs, as (first word, one past the last word)."""
        found: dict[str, list[Span]] = {}
        words = message.words
        for i, word in enumerate(words):
            for sequence, name in self._by_first.get(word, ()):
                end = i + len(sequence)
                if words[i:end] == sequence and message.sentence[i] == message.sentence[end - 1]:
                    found.setdefault(name, []).append((i, end))
            for length in self._starts:
                if length > len(word):
                    break
                for name in self._by_start.get(word[:length], ()):
                    found.setdefault(name, []).append((i, i + 1))
        return found


@dataclass(frozen=True, slots=True)
class _Part:
    """One position in a phrase: a group name, or literal words (some with any ending)."""

    group: str | None
    words: frozenset[str]
    starts: tuple[str, ...]
    optional: bool
    gap: int

    def spans(self, message: Message, places: Places) -> list[Span]:
        """All spans of this part in the message."""
        if self.group is not None:
            return places.get(self.group, [])
        return [(i, i + 1) for i, w in enumerate(message.words) if self.fits(w)]

    def fits(self, word: str) -> bool:
        """Whether a literal part accepts this word."""
        return word in self.words or (bool(self.starts) and word.startswith(self.starts))


def _part(token: str, names: frozenset[str]) -> _Part:
    if token in _GAPS:
        return _Part(None, frozenset(), (), False, _GAPS[token])
    optional = token.endswith("?")
    token = token.removesuffix("?")
    if token.startswith("{") and token.endswith("}"):
        if token[1:-1] not in names:
            raise BadPhrase(f"unknown word group {token}")
        return _Part(token[1:-1], frozenset(), (), optional, 0)
    options = token.split("|")
    starts = tuple(fold(o[:-1]) for o in options if o.endswith("*"))
    words = frozenset(fold(o) for o in options if not o.endswith("*"))
    if not all(w.isalnum() for w in words) or not all(s.isalnum() for s in starts):
        raise BadPhrase(f"'{token}' is not a word, a {{group}} or a gap")
    return _Part(None, words, starts, optional, 0)


class Phrase:
    """One phrase of danger.yml, ready to be looked for."""

    def __init__(self, text: str, names: frozenset[str]) -> None:
        self.text = text
        tokens = text.split()
        self._at_start = tokens[:1] == ["^"]
        self._at_end = tokens[-1:] == ["$"]
        tokens = tokens[self._at_start : len(tokens) - self._at_end]
        self._any_order = "&" in tokens
        self._parts = tuple(_part(t, names) for t in tokens if t != "&")
        if not self._parts or self._parts[0].gap or self._parts[0].optional or self._parts[-1].gap:
            raise BadPhrase(f"'{text}' must begin with a word or group and not end in a gap")
        must = [p for p in self._parts if not p.optional and not p.gap]
        self._groups = frozenset(p.group for p in must if p.group is not None)
        self._literals = tuple(p for p in must if p.group is None)
        self.literals = frozenset(w for p in self._parts for w in p.words)
        self.denies = any(p.words & {"niet", "geen", "not", "nooit"} for p in must)

    @property
    def keys(self) -> frozenset[str]:
        """Words of which a message needs one before `find` can succeed, or else one `{group}`; may be empty."""
        exact = [p.words for p in self._literals if not p.starts]
        if exact:
            return min(exact, key=len)
        return frozenset({f"{{{min(self._groups)}}}"}) if self._groups else frozenset()

    def find(self, message: Message, places: Places, vocabulary: frozenset[str]) -> Iterator[Span]:
        """Spans where this phrase occurs; `vocabulary` is the set of the message's words."""
        if self._possible(places, vocabulary):
            yield from self._find_near(message, places) if self._any_order else self._find_ordered(message, places)

    def _possible(self, places: Places, vocabulary: frozenset[str]) -> bool:
        if not self._groups <= places.keys():
            return False
        return not any(
            p.words.isdisjoint(vocabulary) and not any(w.startswith(p.starts) for w in vocabulary if p.starts)
            for p in self._literals
        )

    def _find_ordered(self, message: Message, places: Places) -> Iterator[Span]:
        for start, end in self._parts[0].spans(message, places):
            if self._at_start and start:
                continue
            last = self._follow(message, places, 1, end)
            if last is not None and (not self._at_end or last == len(message.words)):
                yield start, last

    def _follow(self, message: Message, places: Places, index: int, at: int) -> int | None:
        """End of the match of the parts from `index` on when they begin at word `at`, or None."""
        if index == len(self._parts):
            return at
        part = self._parts[index]
        if part.gap:
            return self._skip(message, places, index + 1, at, part.gap)
        for end in self._ends(message, places, part, at):
            last = self._follow(message, places, index + 1, end)
            if last is not None:
                return last
        return self._follow(message, places, index + 1, at) if part.optional else None

    def _skip(self, message: Message, places: Places, index: int, at: int, gap: int) -> int | None:
        sentence = message.sentence[at - 1]
        for step in range(gap + 1):
            here = at + step
            if here >= len(message.words) or message.sentence[here] != sentence:
                return None
            last = self._follow(message, places, index, here)
            if last is not None:
                return last
        return None

    @staticmethod
    def _ends(message: Message, places: Places, part: _Part, at: int) -> list[int]:
        if at >= len(message.words) or message.sentence[at] != message.sentence[at - 1]:
            return []
        if part.group is not None:
            return [e for s, e in places.get(part.group, ()) if s == at]
        return [at + 1] if part.fits(message.words[at]) else []

    def _find_near(self, message: Message, places: Places) -> Iterator[Span]:
        options = sorted((p.spans(message, places) for p in self._parts), key=len)
        for anchor in options[0]:
            taken = [anchor]
            for spans in options[1:]:
                near = _nearest(message, anchor, taken, spans)
                if near is None:
                    break
                taken.append(near)
            else:
                yield min(s for s, _ in taken), max(e for _, e in taken)


def _nearest(message: Message, anchor: Span, taken: list[Span], spans: list[Span]) -> Span | None:
    """The free span nearest to the anchor in its sentence, within reach."""
    best: Span | None = None
    best_distance = _REACH + 1
    for start, end in spans:
        distance = start - anchor[1] if start >= anchor[1] else anchor[0] - end
        if distance >= best_distance or message.sentence[start] != message.sentence[anchor[0]]:
            continue
        if any(start < e and s < end for s, e in taken):
            continue
        best, best_distance = (start, end), max(distance, 0)
    return best
