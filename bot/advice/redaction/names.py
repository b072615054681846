"""Finds names of people by lists, cues and what the chat already gave. Must not take a word only because it is on a list."""

import re
from dataclasses import dataclass

from bot.advice.redaction.canvas import Canvas
from bot.advice.redaction.cues import (
    ARTICLES,
    BETWEEN,
    CALLED,
    GREETINGS,
    HUMAN_VERBS,
    KIN,
    NAME_WORDS,
    NOT_A_SUBJECT,
    TITLES,
    VERBS_AFTER_CALLED,
)
from bot.advice.redaction.introduced import Introduced
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.memory import NameMemory
from bot.advice.redaction.rule_words import rule_words
from bot.advice.redaction.standing import VERB_END, misspelt_verb
from bot.advice.redaction.surnames import Extender
from bot.advice.redaction.verbs import finite

_BREAK = re.compile(r"[.!?\n;]")
_ACTS = rule_words("names.acts")
_FORMAL = rule_words("names.formal")
_EVERYONE = rule_words("names.everyone")
_KIN_TITLES = frozenset({"ome", "oom", "tante", "opa", "oma"})
_NICK = rule_words("names.nick")
_PETTY = rule_words("names.petty")
_CALLED_SO = frozenset({"me", "mij", "hem", "haar"})
_SOMEBODY = frozenset({"me", "mij", "hem", "haar", "ons", "mijn"})
_NOT_BESIDE_KIN = rule_words("names.not_beside_kin")
STRONG, WEAK, NONE = 2, 1, 0


@dataclass(frozen=True)
class Finder(Introduced):
    """The rules that make a word a name."""

    def strength(self, index: int) -> int:
        """How sure it is that the word is a name: NONE, WEAK or STRONG."""
        token = self.tokens[index]
        if not token.text[0].isalpha():
            return NONE
        kind = self.kind(index)
        if kind == "X":
            return WEAK if token.text == "ben" and self.signs(index) else NONE
        if self._strong_cue(index) and self._fits_strong(index, kind):
            return STRONG
        if kind in "NS" or token.text in self.given or token.text.removesuffix("'s") in self.given:
            return WEAK
        return WEAK if self._weak(index, kind) else NONE

    def _weak(self, index: int, kind: str) -> bool:
        """A name by where it stands."""
        if self._initial(index, kind) or self.introduced(index, kind):
            return True
        if kind == "D":
            return not self._counted(index) and (self.text(index - 1) not in ARTICLES or self.tokens[index].capital)
        if kind in "AW":
            return self._ambiguous(index, kind)
        return kind == "U" and (self.unknown_name(index) or self.loose_name(index))

    def _counted(self, index: int) -> bool:
        """ "max 10 minuten", "no joke", "mark" as money."""
        following = self.text(index + 1)
        if self.text(index) in {"max", "mark"}:
            return following[:1].isdigit() or following == "euro" or self.text(index - 1)[:1].isdigit()
        return self.text(index) == "joke" and self.text(index - 1) in {"no", "als", "n", "leuke", "flauwe"}

    def _initial(self, index: int, kind: str) -> bool:
        """ "A. Bouzid": a word right after an initial."""
        token = self.tokens[index]
        previous = self.text(index - 1)
        if len(previous) != 1 or not previous.isalpha() or token.gap not in (". ", ".") or len(token.text) < 3:
            return False
        return kind in "USWA" or (token.capital and token.text not in self.lexicon.common)

    def _strong_cue(self, index: int) -> bool:
        """ "hij heet X", "zijn naam is X", "juf X", "noem mij X"."""
        gap = self.tokens[index].gap
        previous = self.text(index - 1)
        if index == 0 or _BREAK.search(gap.replace(". ", "", 1) if previous in TITLES else gap):
            return False
        if previous in TITLES:
            return True
        back, steps = index - 1, 0
        while back >= 0 and steps < 4 and (self.text(back) in BETWEEN or self.text(back) in {"me", "mij"}):
            if self.text(back) in {"is", "was"} and any(
                self.text(j) in NAME_WORDS for j in range(max(0, back - 4), back)
            ):
                return True
            back -= 1
            steps += 1
        return self._cued(index, back, steps)

    def _cued(self, index: int, back: int, steps: int) -> bool:
        """Whether the word at ``back``, ``steps`` small words before the name, announces one."""
        cue, previous, gap = self.text(back), self.text(index - 1), self.tokens[index].gap
        if cue in NAME_WORDS:
            plain = index - back == 1 and ":" not in gap and self.kind(index) in "-VW"
            return "," not in gap and not plain and (steps <= 1 or previous in {"is", "was"})
        if cue in CALLED:
            return self.text(back - 1) not in NOT_A_SUBJECT and previous not in {"dat", "die"}
        if re.match(r"^no+em(?:en|t|d|de)?$", cue):
            return steps <= 3 and (previous in _CALLED_SO or previous in {"maar", "even", "gewoon"})
        if self._nicknamed(index):
            return True
        if previous == "die" and self.text(index + 1) in {"heet", "heette", "heten"}:
            return True
        if re.match(r"^noem(?:t|de|den|en)?$", self.text(index - 2)) and previous in {"zich", "zichzelf"}:
            return True
        return self.text(index + 1).startswith("noem") and previous in _CALLED_SO

    def _nicknamed(self, index: int) -> bool:
        """ "ze noemen hem kleine X" with a word that is in no dictionary, so no abuse."""
        if self.text(index - 1) not in _NICK or self.text(index - 2) not in _CALLED_SO | {"zich", "zichzelf"}:
            return False
        return self.text(index - 3).startswith("noem") and self.kind(index) in "UNDSA"

    def _fits_strong(self, index: int, kind: str) -> bool:
        """Whether a word after a strong cue can be a name at all."""
        text, previous = self.text(index), self.text(index - 1)
        if text in VERBS_AFTER_CALLED or text in TITLES or text in ARTICLES or KIN.match(text):
            return False
        if kind in "NDSA":
            return True
        if kind in "VW":
            return self._rare_name_fits(index, kind)
        if kind == "U":
            if previous in TITLES and misspelt_verb(text, self.text(index + 1), self.lexicon):
                return previous in _FORMAL or self.tokens[index].capital
            return len(text) > 1 and (previous not in TITLES or previous in _FORMAL or not self.lexicon.mistyped(text))
        return self._word_fits(index)

    def _rare_name_fits(self, index: int, kind: str) -> bool:
        token, previous = self.tokens[index], self.text(index - 1)
        if (
            previous in TITLES
            and kind == "V"
            and token.text not in self.lexicon.common
            and previous not in {"familie", "fam"}
        ):
            return True
        if (kind == "V" and previous in CALLED and self.ends(index)) or (token.capital and not token.opens):
            return True
        formal = previous in _FORMAL
        if previous in {"familie", "fam"} and token.text in self.lexicon.common:
            return kind == "W" and self.ends(index) and self.text(index + 1) not in HUMAN_VERBS
        return formal or (previous not in TITLES and token.text not in self.lexicon.common)

    def _word_fits(self, index: int) -> bool:
        """An ordinary word that no list knows as a name ("hij heet zonnetje")."""
        token, previous = self.tokens[index], self.text(index - 1)
        capital = token.capital and not token.opens
        if self._everyone_calls(index):
            return True
        if any(self.text(j).startswith("noem") for j in (*range(max(0, index - 3), index), index + 1)):
            asked = any(self.text(j) == "noem" for j in range(max(0, index - 3), index))
            return asked and previous in {"maar", "me", "mij"} and (capital or token.text not in self.lexicon.known)
        formal = previous in _FORMAL and not VERB_END.search(token.text) and token.text not in self.lexicon.common
        if formal and (token.text not in self.lexicon.known or self.ends(index)):
            return True
        if previous in _KIN_TITLES and self.ends(index) and token.text not in self.lexicon.known:
            return (
                len(token.text) > 2 and not VERB_END.search(token.text) and not self.lexicon.made_of_words(token.text)
            )
        if previous in TITLES or token.text in self.lexicon.common:
            return False
        closes = index + 1 == len(self.tokens) or bool(re.search(r"[,.!?\n]", self.tokens[index + 1].gap))
        if capital or (closes and previous in CALLED and self.text(index - 2) not in {"", "hoe"}):
            return True
        return token.text not in self.lexicon.known and previous in CALLED | {"is", "was"} | BETWEEN | NAME_WORDS

    def _everyone_calls(self, index: int) -> bool:
        """ "iedereen noemt me beertje": a pet name that all use, no term of abuse."""
        text = self.text(index)
        if not text.endswith(("tje", "pje", "kje")) or text in _PETTY or self.text(index - 1) not in _CALLED_SO:
            return False
        return self.text(index - 2).startswith("noem") and self.text(index - 3) in _EVERYONE

    def _ambiguous(self, index: int, kind: str) -> bool:
        """A word that is also a name needs a cue."""
        token, previous = self.tokens[index], self.text(index - 1)
        if previous in ARTICLES:
            return False
        capital = token.capital and not token.opens
        if kind == "W":
            return capital and token.text not in self.lexicon.common
        if self.kin_before(index) and kind == "A" and self._after_own_kin(index):
            return True
        placed = self.ends(index) and (
            self.kin_before(index) or previous in GREETINGS or (previous == "ben" and self.text(index - 2) == "ik")
        )
        if previous == "met" and self.text(index + 1) in {"gaat", "ging"} and self.text(index + 2) == "het":
            return True
        acts = (self.text(index + 1) in _ACTS or self._does_to(index)) and (
            token.opens or previous in {"dat", "want", "en", "maar"}
        )
        return capital or placed or acts or self.age_follows(index) or self.neighbour(index) or self.told(index)

    def _does_to(self, index: int) -> bool:
        """ "X heeft me", "X wil hem": only a person has or wants somebody."""
        return (
            self.text(index + 1) in {"heeft", "had", "wil", "wilde", "laat", "liet"}
            and self.text(index + 2) in _SOMEBODY
        )

    def _after_own_kin(self, index: int) -> bool:
        """ "mijn dochter sterre eet niet": a noun after "mijn dochter" is her name, unless it is a season or an adjective."""
        following = self.text(index + 1)
        if following in {"uit", "met", "die", "op", "in"}:
            return True
        return self.text(index) not in _NOT_BESIDE_KIN and finite(following, self.lexicon)


def find(canvas: Canvas, lexicon: Lexicon, memory: NameMemory) -> None:
    """Take every name with its surname; names given with a strong cue in this message go everywhere in it."""
    tokens = canvas.tokens()
    finder = Finder(tokens, lexicon, memory.given)
    found = _pass(finder)
    fresh = frozenset(tokens[i].text for i, s in found.items() if s == STRONG or finder.kind(i) == "U")
    fresh = frozenset(t for t in fresh if t not in lexicon.common and len(t) > 1)
    if fresh - memory.given:
        finder = Finder(tokens, lexicon, memory.given | fresh)
        found = _pass(finder) | {i: s for i, s in found.items() if s == STRONG}
    extender = Extender(tokens, lexicon, finder.kind)
    done = -1
    for first, last, strong in extender.spans(found):
        if first > done:
            canvas.take(tokens[first].start, tokens[last].end, "person", strong or tokens[first].text in fresh)
            done = last


def _pass(finder: Finder) -> dict[int, int]:
    return {i: s for i in range(len(finder.tokens)) if (s := finder.strength(i)) != NONE}
