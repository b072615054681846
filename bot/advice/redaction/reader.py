"""One message as the name rules read it: what class each word has and what stands around it. Must not decide what goes."""

import re
from dataclasses import dataclass

from bot.advice.redaction.canvas import Token
from bot.advice.redaction.cues import ARTICLES, HUMAN_VERBS, KIN, POSSESSIVE
from bot.advice.redaction.lexicon import Lexicon, collapse
from bot.advice.redaction.rule_words import rule_words
from bot.advice.redaction.verbs import clipped

_ENGLISH_HE = re.compile(r"\bhe (?:is|was|has|will|wants|said)\b")  # "he" alone is Dutch too
_ENGLISH = rule_words("reader.english")
_AGE = re.compile(r"^\d{1,2}$")
_BREAK = re.compile(r"[.!?\n;]")


@dataclass(frozen=True)
class Reader:
    """One message: its words, the lists, and the names the chat gave before."""

    tokens: list[Token]
    lexicon: Lexicon
    given: frozenset[str]

    def text(self, index: int) -> str:
        """The folded word at a place; empty outside the message."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def kind(self, index: int) -> str:
        """The class of the word: a letter of the name list, ``U`` unknown, ``-`` an ordinary word."""
        token = self.tokens[index].text
        letter = self.lexicon.names.get(token)
        if letter:
            return "A" if letter == "N" and clipped(token, self.lexicon) else letter
        if token in self.lexicon.words or not token[0].isalpha():
            return "-"
        return self._derived(token)

    def _derived(self, token: str) -> str:
        """Names in another dress: "lisa's", "tims", "anne-marie", "jessicaaa"."""
        names = self.lexicon.names
        base = token.removesuffix("'s")
        if base != token:
            return (
                "N"
                if names.get(base) in ("N", "D", "S")
                else names.get(base, "U" if self.lexicon.unknown(base) else "-")
            )
        if "-" in token:
            parts = [p for p in token.split("-") if p]
            if all(names.get(p, "") in ("N", "D", "A", "S", "V") for p in parts) or (
                names.get(parts[0], "") == "N" and len(parts) < 4
            ):
                return "N"
            return "-"
        if len(token) > 3 and token.endswith("s") and names.get(token[:-1]) in ("N", "D"):
            return "N"
        for ending in ("tje", "je", "ke"):
            if (
                token.endswith(ending)
                and len(token) - len(ending) >= 3
                and names.get(token[: -len(ending)]) in ("N", "D")
            ):
                return "N"
        if (
            len(token) >= 4
            and collapse(token) in self.lexicon.collapsed
            and collapse(token) not in self.lexicon.collapsed_known
        ):
            return "N"
        return "U" if self.lexicon.unknown(token) else "-"

    def ends(self, index: int) -> bool:
        """The word closes its part of the sentence, or a person's verb or an age follows."""
        if index + 1 >= len(self.tokens):
            return True
        following = self.tokens[index + 1]
        if re.search(r"[,.!?\n(:)]", following.gap):
            return True
        if following.text in HUMAN_VERBS:
            return True
        return following.text == "van" and bool(_AGE.match(self.text(index + 2)))

    def age_follows(self, index: int) -> bool:
        if index + 1 >= len(self.tokens):
            return False
        following = self.tokens[index + 1]
        after = index + 3 if self.text(index + 2) in {"pas", "bijna", "nu", "net"} else index + 2
        if following.text in {"van", "is"} and _AGE.match(self.text(after)):
            return True
        return bool(_AGE.match(following.text)) and (
            "(" in following.gap or "," in following.gap or self.text(index + 2) in {"jaar", "jr", "jarige"}
        )

    def kin_before(self, index: int) -> bool:
        if index == 0 or not KIN.match(self.text(index - 1)) or _BREAK.search(self.tokens[index].gap):
            return False
        if self.tokens[index].gap.strip() not in {"", ",", ":", "(", '"', "'", "-"}:
            return False
        before = self.text(index - 2)
        return index == 1 or before in POSSESSIVE or before[:1] == "\x00" or before.endswith(("'s", "e"))

    def neighbour(self, index: int) -> bool:
        """ "X en <name>", "<name>, X"."""
        if (
            index >= 2
            and self.text(index - 1) in {"en", "of"}
            and self.text(index - 2)[:1].isalpha()
            and self.kind(index - 2) in "ND"
        ):
            return True
        if index >= 1 and self.tokens[index].gap.strip() == "," and self.kind(index - 1) == "N":
            return True
        return (
            self.text(index + 1) in {"en", "of"}
            and index + 2 < len(self.tokens)
            and self.text(index + 2)[:1].isalpha()
            and self.kind(index + 2) == "N"
            and self.text(index - 1) not in ARTICLES
        )

    def english(self) -> bool:
        """A small word of English stands in it: there an unknown word is no name without a capital."""
        sentence = " ".join(t.text for t in self.tokens)
        return any(t.text in _ENGLISH for t in self.tokens) or bool(_ENGLISH_HE.search(sentence))

    def name_like(self, text: str) -> bool:
        """Short, and no compound of ordinary words."""
        return text in self.lexicon.capitals or (3 <= len(text) <= 9 and not self.lexicon.compound(text))

    def foreign(self) -> bool:
        """Most words are in no Dutch list: another language, where no cue of ours means anything."""
        words = [t.text for t in self.tokens if t.text.isalpha()]
        return len(words) > 3 and sum(self.lexicon.unknown(w) for w in words) > 0.34 * len(words)
