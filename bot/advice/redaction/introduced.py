"""Words made a name by how they are brought in ("X is mijn dochter", "X uit mijn klas"). Must not look at lists of names only."""

from dataclasses import dataclass

from bot.advice.redaction.cues import ARTICLES, KIN, POSSESSIVE, SIGN_OFFS, TITLES
from bot.advice.redaction.loose import Loose
from bot.advice.redaction.rule_words import rule_words

_WHICH = rule_words("names.which")
_NEAR_HERE = frozenset({"hiernaast", "hierboven", "hieronder", "boven", "beneden", "hierachter"})
_MONTHS = frozenset({"april", "mei", "juni", "june", "august", "mercedes"})
_OURS = frozenset({"mijn", "me", "mn", "m'n", "onze", "ons"})
_CIRCLES = frozenset({"klas", "school", "groep", "team", "straat", "buurt", "werk", "flat", "club", "familie", "dorp"})


@dataclass(frozen=True)
class Introduced(Loose):
    """Rules for words that may also be ordinary ones."""

    def introduced(self, index: int, kind: str) -> bool:
        """Even a word that is rarely a name is one here."""
        token = self.tokens[index]
        if token.opens and self.text(index + 1) == "van" and self.text(index + 2) in _NEAR_HERE:
            return len(token.text) > 2 and token.text not in self.lexicon.known
        if kind not in "UADVW" or self.text(index - 1) in ARTICLES:
            return False
        if kind == "V" and token.capital and not token.opens and token.text not in self.lexicon.common | _MONTHS:
            return True
        if self.text(index + 1) == "leren" and self.text(index + 2) == "kennen":
            return True
        if self.signs(index) and kind in "AUVW" and token.text not in {"terug"}:
            return True
        return token.opens and (self._opens_with(index, kind) or self._is_kin(index))

    def signs(self, index: int) -> bool:
        """The last word after "groetjes"."""
        return index + 1 == len(self.tokens) and (
            self.text(index - 1) in SIGN_OFFS or (self.text(index - 2) in SIGN_OFFS and self.text(index - 1) == "van")
        )

    def _opens_with(self, index: int, kind: str) -> bool:
        """ "X en ik", "X uit mijn klas" at the start of a sentence."""
        following, second = self.text(index + 1), self.text(index + 2)
        if kind == "A" and following == "en" and second in {"ik", "wij"}:
            return True
        ours = following in {"uit", "van", "bij"} and second in _OURS and self.text(index + 3) in _CIRCLES
        return kind in "UA" and ours

    def _is_kin(self, index: int) -> bool:
        """ "X is mijn (jongste) dochter", "X is de naam van"."""
        if self.text(index + 1) not in {"is", "was"}:
            return False
        third = self.text(index + 2)
        who = index + 4 if self.text(index + 3) in _WHICH else index + 3
        return (third in POSSESSIVE and bool(KIN.match(self.text(who)) or self.text(who) in TITLES)) or (
            third == "de" and self.text(index + 3) == "naam"
        )
