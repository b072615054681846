"""Whether a word that no list knows stands where only a name stands. Must not look at words that a dictionary has."""

import re
from dataclasses import dataclass

from bot.advice.redaction.cues import CAPITALISED_WORDS, GREETINGS, HUMAN_VERBS, KIN, NOT_A_NAME, TITLES
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.reader import Reader
from bot.advice.redaction.rule_words import rule_words
from bot.advice.redaction.verbs import finite

_INVERTED = HUMAN_VERBS | {"luistert", "helpt", "snapt"}
_ASKING = frozenset({"waarom", "wanneer", "hoe", "toen", "daarom", "gisteren", "gister", "vandaag", "nu"})
_LITTLE_VERBS = frozenset({"die", "dat", "en", "is", "zijn", "heb", "hebben"})
_PREPOSITIONS = rule_words("standing.prepositions")
_SURE_PREPOSITIONS = rule_words("standing.sure_prepositions")
_LINKING = rule_words("standing.linking")
_AFTER_LINKING = rule_words("standing.after_linking")
_MEETS = rule_words("standing.meets")
_AFTER_MET = rule_words("standing.after_met")
_INFINITIVES = rule_words("standing.infinitives")
_STATES = rule_words("standing.states")
_FEELS = rule_words("standing.feels")
_AFTER_VERB = rule_words("standing.after_verb")
_TOLD = rule_words("standing.told")
_WANTS = frozenset({"wil", "wilde", "wou", "niet", "hoop", "hoopte", "zegt", "zei", "denk", "dacht", "weet", "wist"})
_PEOPLE = frozenset(
    {"het", "gaat", "zorgen", "ik", "hij", "zij", "ze", "mij", "mijn", "bang", "getrouwd", "relatie", "zwanger"}
)
# How children and people who write by ear spell: each pair is (as typed, as it is written).
_BY_EAR = (
    (r"^s[gk]", "sch"), (r"d$", "t"), (r"t$", "d"), (r"dt$", "t"), (r"dt$", "d"), (r"d$", "dt"), (r"ei", "ij"), (r"ij", "ei"),
    (r"au", "ou"), (r"ou", "au"), (r"ch", "g"), (r"g", "ch"), (r"ie", "i"), (r"i", "ie"), (r"y", "ij"), (r"k", "c"), (r"z", "s"),
    (r"s", "z"), (r"sch(?=t)", "s"), (r"v", "f"), (r"f", "v"), (r"([bdfgklmnprst])(?=[aeiou])", r"\1\1"), (r"(.)\1", r"\1"),
)  # fmt: skip
VERB_END = re.compile(r"(?:[td]|de|te|en|den|ten)$")


def misspelt_verb(text: str, following: str, lexicon: Lexicon) -> bool:
    """True for a word that sounds like a verb we know, or has the ending of one before a word that follows verbs."""
    if len(text) < 4 or not VERB_END.search(text):
        return False
    once = {re.sub(typed, written, text) for typed, written in _BY_EAR}
    if any(word in lexicon.words or word in HUMAN_VERBS for word in once):
        return True
    if any(re.sub(typed, written, word) in lexicon.known for word in once for typed, written in _BY_EAR):
        return True
    return following in _AFTER_VERB | {"en"} and bool(re.search(r"[^aeiou][td]$|[aeiou]{2}[td]$", text))


@dataclass(frozen=True)
class Standing(Reader):
    """What stands around a word."""

    def unknown_name(self, index: int) -> bool:
        """A word no list knows is a name only after a cue, and never when it is a slip of the finger."""
        token = self.tokens[index]
        text = token.text
        if len(text) < 2 or token.acronym or NOT_A_NAME.search(text) or KIN.match(text) or text in TITLES:
            return False
        if CAPITALISED_WORDS.match(text) or self.foreign() or not self._cue(index):
            return False
        if self.english() and not (token.capital or self.kin_before(index)):
            return False
        if self.kin_before(index) and not token.capital and misspelt_verb(text, self.text(index + 1), self.lexicon):
            return False
        return self._after_kin(index) or not self.lexicon.mistyped(text)

    def _cue(self, index: int) -> bool:
        """Whether anything around the word says that it is a name."""
        token, previous, following = self.tokens[index], self.text(index - 1), self.text(index + 1)
        if (token.capital and not token.opens) or self.kin_before(index):
            return True
        if previous == "ben" and self.text(index - 2) == "ik" and self._myself(index):
            return True
        if (
            (previous in GREETINGS and index + 1 == len(self.tokens))
            or self.age_follows(index)
            or self.neighbour(index)
        ):
            return True
        if token.opens and len(token.text) >= 4 and following not in _LITTLE_VERBS and finite(following, self.lexicon):
            return True
        if previous == "op" and self.text(index - 2) in {"verliefd", "boos"}:
            return True
        return self.name_like(token.text) and self._in_sentence(index, previous, following)

    def _in_sentence(self, index: int, previous: str, following: str) -> bool:
        """The middle of a sentence: after a preposition, a verb that takes people, or a linking word."""
        if previous in _INVERTED and self.text(index - 2) in _ASKING:
            return True
        if following in {"mijn", "mn", "m'n"} and (KIN.match(self.text(index + 2)) or self.text(index + 2) in TITLES):
            return True
        if self.tokens[index].opens and following == "en" and self.text(index + 2) in {"ik", "wij"}:
            return True
        return self._after_preposition(index, previous, following) or self._beside_verb(index, previous, following)

    def _after_preposition(self, index: int, previous: str, following: str) -> bool:
        """ "bang voor X", "wat moet ik tegen X zeggen", "volgens X"."""
        if previous in _SURE_PREPOSITIONS:
            return self.ends(index) or following in _INVERTED
        return previous in _PREPOSITIONS and (self.ends(index) or following in _INFINITIVES) and self._late(index)

    def _beside_verb(self, index: int, previous: str, following: str) -> bool:
        """ "toen X weer", "is X erg stil", "iedereen zegt X", "ik ken X"."""
        if (previous in _STATES and following in _FEELS) or (previous in _LINKING and following in _AFTER_LINKING):
            return not self.lexicon.slip(self.text(index))
        if previous in {"zegt", "zeggen"} and self.text(index - 2) in {"iedereen", "ze", "men"} and self.ends(index):
            return True
        if self.told(index) or (
            previous == "dat" and self.text(index - 2) in _WANTS and finite(following, self.lexicon)
        ):
            return not self.lexicon.slip(self.text(index))
        return previous in _MEETS and (self.ends(index) or following in _AFTER_MET)

    def _after_kin(self, index: int) -> bool:
        """ "mijn zus X slaat", "mijn ex X Jansen": so sure that a spelling near a word does not matter."""
        if not self.kin_before(index):
            return False
        following = self.text(index + 1)
        verb = following not in {"en", "die", "dat", "zijn", "heb", "hebben"} and finite(following, self.lexicon)
        return verb or (index + 1 < len(self.tokens) and self.kind(index + 1) == "S")

    def told(self, index: int) -> bool:
        """ "ik heb X gezegd dat": who was told or asked, and no word for how."""
        return self.text(index - 1) in {"heb", "heeft", "hebben", "had"} and self.text(index + 1) in _TOLD

    def _myself(self, index: int) -> bool:
        """ "ik ben X" at the end, before a comma, "en ik" or an age; adjectives stand there too, but they are longer."""
        text = self.text(index)
        if len(text) > 10 or (len(text) > 7 and text.endswith("er")):
            return False
        if index + 1 >= len(self.tokens) or self.age_follows(index) or self.text(index + 1)[:1].isdigit():
            return True
        gap = self.tokens[index + 1].gap
        return gap.strip() in {",", ".", "!", ":"} or (
            self.text(index + 1) in {"en", "uit"}
            and self.text(index + 2) not in {"heb", "op", "me", "heel", "ook", "dat", "daarom", "nu", "moe", "bang"}
        )

    def _late(self, index: int) -> bool:
        """The preposition stands in a sentence about people, not in a list of things."""
        return any(self.text(place) in _PEOPLE for place in range(max(0, index - 8), index))
