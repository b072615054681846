"""What the words of one message alone say about danger. Must not remember, log or answer anything.

The knowledge is in content/danger.yml. A finding never says that somebody is safe: NONE means only that these
words do not speak of danger now. The levels follow the safety rules: danger now, perhaps now, neither.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.advice import danger_languages
from bot.advice.danger_context import MARKS, TIMES, Context
from bot.advice.danger_phrases import BadPhrase, Phrase, Span, WordGroups
from bot.advice.danger_text import Reader
from bot.advice.errors import BadContent
from bot.advice.vocabulary import Danger

CONTENT = Path(__file__).parent / "content" / "danger.yml"

# Longer messages are cut: the gateway accepts 2,000 characters, this only bounds the work on anything else.
_LONGEST = 8000

KINDS = frozenset(
    {
        "violence_now",
        "weapon_now",
        "hiding",
        "on_the_way",
        "medical",
        "child_in_danger",
        "overdose",
        "suicide_now",
        "suicide_thoughts",
        "about_to_hurt",
        "sexual_now",
        "fear_of_death",
        "death_threat",
        "announced_time",
        "weapon_present",
        "strangulation_recent",
        "strangulation_past",
        "stalking",
        "leaving",
        "pregnancy",
        "abducted_now",
    }
)
_TENSES = frozenset({"present", "perfect", "state"})
_SHIELDS = frozenset({"past", "habitual", "negated", "hypothetical", "fiction", "joke", "over"})
_KEYS = frozenset(
    {
        "id",
        "kind",
        "level",
        "now",
        "soon",
        "today",
        "days",
        "past_kind",
        "tense",
        "ignores",
        "why",
        "say",
        "except",
    }
)
_ORDER = {Danger.NONE: 0, Danger.UNCLEAR: 1, Danger.ACUTE: 2}


@dataclass(frozen=True, slots=True)
class DangerFinding:
    """The highest level that a message's words reach, and every kind that was recognised in it."""

    level: Danger
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One danger: phrases, and what they mean beside words of time."""

    id: str
    kind: str
    past_kind: str | None
    tense: str
    level: Danger
    now: Danger
    soon: Danger
    today: Danger
    days: Danger
    shields: frozenset[str]
    phrases: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    level: Danger
    kind: str


class DangerWords:
    """Recognises danger in raw text. Holds no state between messages."""

    def __init__(
        self,
        reader: Reader,
        groups: WordGroups,
        not_meant: Iterable[Phrase],
        not_now: Iterable[Phrase],
        patterns: Iterable[_Pattern],
    ) -> None:
        self._reader = reader
        self._languages = danger_languages.load()
        self._groups = groups
        self._not_meant = tuple(not_meant)
        self._not_now = tuple(not_now)
        # Most phrases are ruled out by one word: looking only at the others keeps a message under half a ms.
        self._index: dict[str, list[tuple[int, _Pattern, Phrase]]] = {}
        self._always: list[tuple[int, _Pattern, Phrase]] = []
        entries = enumerate((pattern, phrase) for pattern in patterns for phrase in pattern.phrases)
        for number, (pattern, phrase) in entries:
            for key in phrase.keys:
                self._index.setdefault(key, []).append((number, pattern, phrase))
            if not phrase.keys:
                self._always.append((number, pattern, phrase))

    def detect(self, text: str) -> DangerFinding:
        """Level and kinds of one message as it was typed, before anything is removed. Never raises."""
        kinds = set(self._languages.detect(text[:_LONGEST]))
        level = Danger.ACUTE if kinds else Danger.NONE
        for _, hit in self._look(text):
            kinds.add(hit.kind)
            level = max(level, hit.level, key=_ORDER.__getitem__)
        return DangerFinding(level, frozenset(kinds))

    def explain(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """Pattern id, level and kind of every hit, for an editor at work. Holds nothing of the text."""
        return tuple((pattern.id, hit.level.value, hit.kind) for pattern, hit in self._look(text))

    def _look(self, text: str) -> Iterable[tuple[_Pattern, _Hit]]:
        message = self._reader.read(text[:_LONGEST])
        vocabulary = frozenset(message.words)
        places = self._groups.places(message)
        hidden = [s for p in self._not_meant for s in p.find(message, places, vocabulary)]
        timeless = hidden + [s for p in self._not_now for s in p.find(message, places, vocabulary)]
        seen = {n: kept for n, spans in places.items() if (kept := _visible(spans, timeless if n in TIMES else hidden))}
        context = Context(message, seen)
        present = (*vocabulary, *(f"{{{name}}}" for name in seen))
        likely = {entry[0]: entry for key in present for entry in self._index.get(key, ())}
        for _, pattern, phrase in (*self._always, *likely.values()):
            for hit in _hits(pattern, phrase, context, vocabulary, hidden):
                yield pattern, hit


def _visible(spans: list[Span], hidden: list[Span]) -> list[Span]:
    if not hidden:
        return spans
    return [(s, e) for s, e in spans if not any(s < he and hs < e for hs, he in hidden)]


def _hits(
    pattern: _Pattern, phrase: Phrase, context: Context, vocabulary: frozenset[str], hidden: list[Span]
) -> Iterable[_Hit]:
    for span in phrase.find(context.message, context.places, vocabulary):
        if any(span[0] < e and s < span[1] for s, e in hidden):
            continue
        if _excepted(pattern, context, vocabulary, span):
            continue
        hit = _judge(pattern, phrase, context, span)
        if hit is not None:
            yield hit


def _excepted(pattern: _Pattern, context: Context, vocabulary: frozenset[str], span: Span) -> bool:
    sentence = context.message.sentence
    return any(
        sentence[s] == sentence[span[0]]
        for phrase in pattern.exceptions
        for s, _ in phrase.find(context.message, context.places, vocabulary)
    )


def _judge(pattern: _Pattern, phrase: Phrase, context: Context, span: Span) -> _Hit | None:
    """The level of one match in its clause, or None when its words say that it is not about now."""
    if context.is_shielded(span, pattern.shields, denies=phrase.denies):
        return None
    now = context.says_now(span)
    if "past" in pattern.shields and context.is_past(span, pattern.tense):
        return _Hit(Danger.NONE, pattern.past_kind) if pattern.past_kind else None
    if "habitual" in pattern.shields and context.is_habitual(span, pattern.tense):
        return _Hit(Danger.UNCLEAR, pattern.kind) if now and pattern.now is Danger.ACUTE else None
    level = _level(pattern, context, span, now=now)
    if level is Danger.ACUTE and pattern.tense == "perfect" and "over" in pattern.shields and context.says_over():
        level = Danger.UNCLEAR
    return _Hit(level, pattern.kind)


def _level(pattern: _Pattern, context: Context, span: Span, *, now: bool) -> Danger:
    if now or context.cries():
        return pattern.now
    if context.near(span, "days"):
        return pattern.days
    if context.near(span, "soon"):
        return pattern.soon
    return pattern.today if context.near(span, "today") else pattern.level


@lru_cache(maxsize=4)
def load(path: Path = CONTENT) -> DangerWords:
    """Reads danger.yml, once for each file; raises BadContent with file, key and remedy when it cannot be used."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadContent(path.name, f"cannot be read as YAML ({type(error).__name__}); mend the file") from None
    if not isinstance(data, dict):
        raise BadContent(path.name, "must be a mapping with spelling, words, not_meant, not_now and patterns")
    try:
        return _build(data)
    except (BadPhrase, KeyError, TypeError, AttributeError) as error:
        raise BadContent(path.name, f"{error}; mend this key") from None


def _build(data: Mapping[str, Any]) -> DangerWords:
    groups = WordGroups({str(name): [str(w) for w in words] for name, words in data["words"].items()})
    missing = MARKS - groups.names
    if missing:
        raise BadPhrase(f"words: group '{min(missing)}' is missing")
    patterns = [_pattern(entry, groups.names) for entry in data["patterns"]]
    ids = [p.id for p in patterns]
    if len(ids) != len(set(ids)):
        raise BadPhrase(f"patterns: id '{next(i for i in ids if ids.count(i) > 1)}' is used twice")
    not_meant = [Phrase(str(m), groups.names) for m in data["not_meant"]]
    not_now = [Phrase(str(m), groups.names) for m in data["not_now"]]
    reader = Reader(
        {str(k): str(v) for k, v in data["spelling"].items()},
        data["symbols"],
        [str(w) for w in data["clause_words"]],
        # Only danger words are guessed at: a guessed "niemand" would turn a cry into a denial.
        groups.words_of(groups.names - MARKS),
        {str(w) for w in data["left_alone"]} | groups.words_of(groups.names) | _literals(patterns, not_meant),
    )
    return DangerWords(reader, groups, not_meant, not_now, patterns)


def _literals(patterns: Iterable[_Pattern], masks: Iterable[Phrase]) -> set[str]:
    phrases = [p for pattern in patterns for p in (*pattern.phrases, *pattern.exceptions)]
    return {word for phrase in (*phrases, *masks) for word in phrase.literals}


def _pattern(entry: Mapping[str, Any], names: frozenset[str]) -> _Pattern:
    label = str(entry["id"])
    _check(entry, label)
    level = Danger(entry["level"])
    now = Danger(entry.get("now", level))
    try:
        phrases = tuple(Phrase(str(s), names) for s in entry["say"])
        exceptions = tuple(Phrase(str(s), names) for s in entry.get("except", ()))
    except BadPhrase as error:
        raise BadPhrase(f"patterns: '{label}': {error}") from None
    return _Pattern(
        id=label,
        kind=entry["kind"],
        past_kind=entry.get("past_kind"),
        tense=entry.get("tense", "present"),
        level=level,
        now=now,
        soon=Danger(entry.get("soon", level)),
        today=Danger(entry.get("today", level)),
        days=Danger(entry.get("days", Danger.NONE if entry.get("tense") == "perfect" else level)),
        shields=_SHIELDS - frozenset(entry.get("ignores", ())),
        phrases=phrases,
        exceptions=exceptions,
    )


def _check(entry: Mapping[str, Any], label: str) -> None:
    unknown = entry.keys() - _KEYS
    if unknown:
        raise BadPhrase(f"patterns: '{label}' has an unknown key '{min(unknown)}'")
    if not entry.get("why") or not entry.get("say"):
        raise BadPhrase(f"patterns: '{label}' needs a why and at least one phrase under say")
    if not {entry["kind"], entry.get("past_kind", entry["kind"])} <= KINDS:
        raise BadPhrase(f"patterns: '{label}' has a kind that is not in the closed list")
    levels = {entry[k] for k in ("level", "now", "soon", "today", "days") if k in entry}
    if not levels <= {d.value for d in Danger}:
        raise BadPhrase(f"patterns: '{label}' has a level that is not none, unclear or acute")
    if entry.get("tense", "present") not in _TENSES or not frozenset(entry.get("ignores", ())) <= _SHIELDS:
        raise BadPhrase(f"patterns: '{label}' has an unknown tense or shield")
