"""Names that no list knows, in the places of a sentence where a person is named. Must not take what may be a spelling error.

Rarer names stand here: a short word that is in no list, is no compound and does not sound like a word we know, without an
article before it.
"""

import re
from dataclasses import dataclass

from bot.advice.redaction.cues import CAPITALISED_WORDS, HUMAN_VERBS, KIN, NOT_A_NAME, TITLES
from bot.advice.redaction.rule_words import rule_words
from bot.advice.redaction.sounds import heard
from bot.advice.redaction.standing import Standing
from bot.advice.redaction.verbs import finite

_BEFORE = rule_words("loose.before")
_NOT_VERBS = rule_words("loose.not_verbs")
_THANKS = rule_words("loose.thanks")
_VERBS_HEARD = frozenset(map(heard, HUMAN_VERBS))
_SHORTEST, _LONGEST = 4, 10
_VOWEL = re.compile(r"[aeiouy]")
_NO_WORD = re.compile(r"[^aeiouy]{5}|[^aeiouy]{3}$|[aeiou]{5}|(.)\1\1|^(?:l[oe]l|ha|hi)+")


@dataclass(frozen=True)
class Loose(Standing):
    """The last rule for words that no list knows."""

    def loose_name(self, index: int) -> bool:
        """Whether an unknown word stands without an article after a preposition, a conjunction or a verb."""
        token = self.tokens[index]
        text = token.text.removesuffix("'s")
        if not _SHORTEST <= len(text) <= _LONGEST or token.acronym:
            return False
        placed = self._thanked(index) or (not token.gap.strip() and self._stands_free(index))
        owner = text != token.text and bool(KIN.match(self.text(index + 1)))
        if not (placed or owner) or not self._looks_like_name(text):
            return False
        if self.foreign() or self.english() or self._clitic(text):
            return False
        if self.text(index - 1) in {"ene", "zekere"}:
            return True
        return not self.lexicon.mistyped(text)

    def _clitic(self, text: str) -> bool:
        """ "heefdie", "slaatie": a verb with "hij" run into it; or a participle by ear ("gesndn")."""
        if text.endswith("ie") and heard(text[:-2]) in _VERBS_HEARD:
            return True
        return bool(re.match(r"^ge[^aeiou].*(?:[td]e?n?|e|n)$", text))

    def _stands_free(self, index: int) -> bool:
        previous = self.text(index - 1)
        if previous in _BEFORE:
            return True
        return previous not in _NOT_VERBS and (previous in HUMAN_VERBS or finite(previous, self.lexicon))

    def _thanked(self, index: int) -> bool:
        """ "dank je wel, X" at the very end."""
        token = self.tokens[index]
        return index + 1 == len(self.tokens) and token.gap == ", " and self.text(index - 1) in _THANKS

    def _looks_like_name(self, text: str) -> bool:
        if NOT_A_NAME.search(text) or KIN.match(text) or text in TITLES or CAPITALISED_WORDS.match(text):
            return False
        return not self.lexicon.made_of_words(text) and bool(_VOWEL.search(text)) and not _NO_WORD.search(text)
