"""Words around a match that move it in time or take its meaning away. Must not know any pattern."""

from bot.advice.danger_phrases import Places, Span
from bot.advice.danger_text import Message

# Groups of danger.yml that this module reads; the file must hold each of them.
MARKS = frozenset(
    {
        "now",
        "soon",
        "today",
        "days",
        "past",
        "past_verbs",
        "habit",
        "if",
        "fiction",
        "joke",
        "not",
        "cannot",
        "cry",
        "over",
    }
)
# Groups that a phrase under `not_now` takes away.
TIMES = frozenset({"now", "soon", "today", "past"})
# Words between a marker and a match beyond which they are about different things in text without full stops.
_NEAR = 6
_FAR = 12
_IF_REACH = 4
# A distance beyond any reach.
_ELSEWHERE = 1000


class Context:
    """One message with its word groups found: answers questions about the surroundings of a match."""

    def __init__(self, message: Message, places: Places) -> None:
        self.message = message
        self.places = places

    def cries(self) -> bool:
        """Whether the message calls for help."""
        return "cry" in self.places

    def says_over(self) -> bool:
        """Whether the message says that the one who hurts is gone, or the writer somewhere else."""
        return "over" in self.places

    def says_now(self, span: Span) -> bool:
        """Whether a now-word stands in the clause of the match or right beside it."""
        return self._distance(span, "now") <= _NEAR

    def near(self, span: Span, group: str) -> bool:
        """Whether a word of a time group belongs to the match."""
        return self._distance(span, group) <= _FAR

    def is_past(self, span: Span, tense: str) -> bool:
        """Whether the nearest words of time say that it was long ago. A nearer now-word wins, except inside the match."""
        past = self._distance(span, "past")
        if tense == "perfect":
            past = min(past, self._told_back(span), self._distance_before(span, "past"))
        else:
            past = min(past, self._distance(span, "days"))
        reach = _NEAR if tense == "present" else _FAR
        present = min(self._distance(span, "now"), self._distance(span, "today"))
        return past <= reach and (past < present or past == present == 0)

    def _told_back(self, span: Span) -> int:
        """Distance to a "had", "was" that stands before the match: "hij had me opgesloten"."""
        clause = self.message.clause[span[0]]
        return min(
            (
                self._gap(span, s, e)
                for s, e in self.places.get("past_verbs", ())
                if s < span[1] - 1 and self.message.clause[s] == clause and span[0] - e <= _IF_REACH
            ),
            default=_ELSEWHERE,
        )

    def is_habitual(self, span: Span, tense: str) -> bool:
        """Whether it happens "elke week", "vaak", "als hij dronken is"."""
        if self._distance(span, "habit") <= _NEAR:
            return True
        follows = (s for s, _ in self.places.get("if", ()) if self._same_sentence(s, span))
        return tense == "present" and any(0 <= s - span[1] <= 1 for s in follows)

    def is_shielded(self, span: Span, shields: frozenset[str], *, denies: bool) -> bool:
        """Whether it is told as untrue: invented, supposed, a joke or denied."""
        if "fiction" in shields and self._in_sentence(span, "fiction"):
            return True
        if "joke" in shields and self._in_sentence(span, "joke"):
            return True
        if "hypothetical" in shields and self._supposed(span):
            return True
        return "negated" in shields and not denies and self._denied(span)

    def _supposed(self, span: Span) -> bool:
        first = self.message.clause[span[0]]
        return any(
            s <= span[0] and span[0] - e <= _IF_REACH and self.message.clause[s] == first
            for s, e in self.places.get("if", ())
        )

    def _denied(self, span: Span) -> bool:
        """A "niet" inside the match or beside it, other than the one of "ik weet niet"."""
        elsewhere = self.places.get("cannot", ())
        # "niet hij houdt me vast": a subject begins something new, the "niet" was of the words before.
        opens = any(s == span[0] for s, _ in self.places.get("who", ()))
        for start, end in self.places.get("not", ()):
            if any(s < end and start < e for s, e in elsewhere) or not self._same_sentence(start, span):
                continue
            before = 0 <= span[0] - end <= 1 and not opens
            if before or span[0] <= start < span[1] or 0 <= start - span[1] <= 1:
                return True
        return False

    def _same_sentence(self, word: int, span: Span) -> bool:
        return self.message.sentence[word] == self.message.sentence[span[0]]

    def _in_sentence(self, span: Span, group: str) -> bool:
        return any(self._same_sentence(s, span) for s, _ in self.places.get(group, ()))

    def _distance(self, span: Span, group: str) -> int:
        """Words between the match and the nearest word of a group in its clauses."""
        clause = self.message.clause
        low, high = clause[span[0]], clause[span[1] - 1]
        return min(
            (self._gap(span, s, e) for s, e in self.places.get(group, ()) if low <= clause[s] <= high),
            default=_ELSEWHERE,
        )

    def _distance_before(self, span: Span, group: str) -> int:
        """As `_distance`, to a word in the clause before: "vroeger werd ik geslagen en opgesloten"."""
        low = self.message.clause[span[0]]
        return min(
            (
                self._gap(span, s, e)
                for s, e in self.places.get(group, ())
                if self.message.clause[s] == low - 1 and self._same_sentence(s, span)
            ),
            default=_ELSEWHERE,
        )

    @staticmethod
    def _gap(span: Span, start: int, end: int) -> int:
        if start < span[1] and span[0] < end:
            return 0
        return start - span[1] if start >= span[1] else span[0] - end
