"""Grows a first name into a whole name, and finds surnames that stand alone. Must not decide whether a first name is one."""

import re
from collections.abc import Callable, Iterator

from bot.advice.redaction.canvas import Token
from bot.advice.redaction.cues import HUMAN_VERBS, KIN, PARTICLES, TITLES
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.rule_words import rule_words

_INITIALS = re.compile(r"^[a-z]$")
# Surnames with a particle that are also plain Dutch ("de groot", "de boer") need a title or a name before them.
_PLAIN = rule_words("surnames.plain")
_NICK = rule_words("names.nick")
_AFTER_NICK = rule_words("names.after_nick")
_VERBS = HUMAN_VERBS | {"spreek", "hier", "uit", "van", "en", "heet"}
_MAX_PARTICLES = 3


class Extender:
    """Spans of tokens that together are one name."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, kind: Callable[[int], str]) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._kind = kind
        words = [token.text for token in tokens if token.text.isalpha()]
        self._foreign = len(words) > 3 and sum(map(lexicon.unknown, words)) > 0.34 * len(words)

    def spans(self, found: dict[int, int]) -> Iterator[tuple[int, int, bool]]:
        """(first, last, strong) of each whole name, from left to right."""
        index = 0
        while index < len(self._tokens):
            if index in found:
                last = self._grow(index, found)
                yield self._initials_before(index), last, found[index] == 2
                index = last + 1
                continue
            alone = self._alone(index)
            if alone is not None:
                yield self._initials_before(index), alone, True
                index = alone
            index += 1

    def _joined(self, index: int) -> bool:
        return (
            index < len(self._tokens)
            and self._tokens[index].gap in (" ", "-", ". ", ".", "  ", " - ")
            and self._tokens[index].text[0] not in "\x00\x01"
        )

    def _grow(self, index: int, found: dict[int, int]) -> int:
        """The last token of the name that starts here."""
        last = index
        for _ in range(4):
            after = last + 1
            if not self._joined(after) or (
                "." in self._tokens[after].gap and not _INITIALS.match(self._tokens[last].text)
            ):
                break
            if after in found and self._kind(after) in "NDSU":
                last = after
                continue
            tail = self._particle_tail(after)
            if tail is not None:
                last = tail
                continue
            if self._surname(after):
                last = after
                continue
            break
        return last

    def _surname(self, index: int) -> bool:
        """A word right after a first name that is its surname."""
        token = self._tokens[index]
        kind = self._kind(index)
        if kind in "NS":
            return True
        if kind == "W" or kind == "A":
            return token.capital or (
                token.text not in self._lexicon.common
                and (
                    index + 1 >= len(self._tokens)
                    or self._tokens[index + 1].gap != " "
                    or kind == "W"
                    or (self._kind(index - 1) == "N" and self._tokens[index + 1].text in _VERBS)
                )
            )
        if (
            kind == "U"
            and not self._foreign
            and self._closes(index)
            and self._kind(index - 1) == "N"
            and not self._lexicon.mistyped(token.text)
        ):
            return True
        if token.capital and (kind in "U-" and token.text not in self._lexicon.common):
            return True
        return (
            bool(_INITIALS.match(token.text))
            and token.text not in {"u", "x", "n", "k", "t"}
            and (token.capital or index + 1 >= len(self._tokens) or self._tokens[index + 1].gap.startswith("."))
        )

    def _closes(self, index: int) -> bool:
        """The word ends its part of the sentence, or a person's verb follows."""
        if index + 1 >= len(self._tokens):
            return True
        following = self._tokens[index + 1]
        return bool(re.search(r"[,.!?\n(:;]", following.gap)) or following.text in _VERBS

    def _particle_tail(self, index: int) -> int | None:
        """The last token of "van den berg" starting here, if it is a surname."""
        end = index
        while (
            end < len(self._tokens)
            and end - index < _MAX_PARTICLES
            and self._tokens[end].text in PARTICLES
            and (end == index or self._joined(end))
        ):
            end += 1
        if end == index or not self._joined(end):
            return None
        token = self._tokens[end]
        if not token.text[0].isalpha():
            return None
        phrase = " ".join(t.text for t in self._tokens[index : end + 1])
        kind = self._kind(end)
        phrase = phrase.split("-")[0] if " " in phrase.split("-")[0] else phrase
        if phrase in self._lexicon.surnames or kind == "S":
            return end
        arabic = self._tokens[end - 1].text in {"el", "al", "ait", "ben", "bin", "abou", "abu", "bou"}
        if arabic and (kind in "NSU" or (kind == "-" and token.text not in self._lexicon.known)):
            return end
        if token.capital and token.text not in self._lexicon.common:
            return end
        rare = kind == "U" and not self._lexicon.mistyped(token.text) and not self._lexicon.made_of_words(token.text)
        if rare or (
            self._lexicon.places.get(token.text) == "P" and end - index >= 1 and self._tokens[index].text == "van"
        ):
            return end
        short = self._tokens[index].text in {"v", "vd", "v.d"}
        compound = end - index >= 2 and self._tokens[end - 1].text in {"der", "den", "ter", "ten"}
        return end if (short or compound) and token.text not in {"buren"} else None

    def _titled_tail(self, index: int) -> int | None:
        """ "mevrouw ter braak": after a title old particles make a surname of any word that is not common."""
        end = index + 1
        if self._tokens[index].text not in {"ter", "ten", "den", "der"} or not self._joined(end):
            return None
        return end if self._tokens[end].text not in self._lexicon.common else None

    def _initials_before(self, index: int) -> int:
        """The first token of "p. de boer" or "a.b. jansen" when only initials stand before the name, or of "lange piet"."""
        first = index
        if index > 1 and self._joined(index) and self._tokens[index - 1].text in _NICK:
            nick = self._tokens[index - 1]
            called = self._tokens[index - 2].text in _AFTER_NICK or (nick.capital and not nick.opens)
            return index - 1 if called else index
        while (
            first > 0
            and _INITIALS.match(self._tokens[first - 1].text)
            and self._tokens[first].gap.startswith((".", " "))
            and (self._tokens[first].gap.startswith(".") or self._tokens[first - 1].capital)
        ):
            first -= 1
        return first

    def _old_surname(self, index: int, previous: str) -> int | None:
        """ "van der X" anywhere and "bij ter X"; in chats "van der" may also mean "of her", so no common word."""
        first = self._tokens[index].text
        place = index + 2 if first in {"van", "von"} else index + 1
        if not self._joined(place) or not self._joined(place - 1):
            return None
        word = self._tokens[place].text
        if first in {"van", "von"}:
            old = self._tokens[index + 1].text in {"der", "den"} and self._kind(place) in "NDSAW"
            return place if old and word not in self._lexicon.common and not KIN.match(word) else None
        after = first in {"ter", "ten"} and previous in {"bij", "met", "van", "voor", "door"}
        return place if after and word not in self._lexicon.known else None

    def _alone(self, index: int) -> int | None:
        """A surname with particles and no first name: after a title or an initial, or one that can be nothing else."""
        token = self._tokens[index]
        if token.text not in PARTICLES or token.text[0] == "\x00":
            return None
        previous = self._tokens[index - 1].text if index else ""
        titled = previous in TITLES or previous in {"heet", "naam", "achternaam", "heten"}
        initial = bool(_INITIALS.match(previous)) and token.gap.startswith(".")
        if titled or initial:
            tail = self._particle_tail(index) or self._titled_tail(index)
            if tail is not None:
                return tail
        old = self._old_surname(index, previous)
        if old is not None:
            return old
        for end in range(min(index + 3, len(self._tokens) - 1), index, -1):
            phrase = " ".join(t.text for t in self._tokens[index : end + 1])
            if phrase in self._lexicon.surnames and all(self._joined(j) for j in range(index + 1, end + 1)):
                plain = self._tokens[end].text in _PLAIN or self._tokens[end].text in self._lexicon.known
                sure = previous in TITLES or KIN.match(previous) or self._tokens[end].text not in _PLAIN
                capital = self._tokens[end].capital and (token.capital or sure)
                return end if not plain or titled or initial or capital else None
        if (
            token.text in {"el", "al", "ait", "ben", "bin"}
            and self._joined(index + 1)
            and self._kind(index + 1) in "SU"
            and token.text not in {"al", "ben"}
        ):
            return index + 1
        return None
