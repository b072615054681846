"""Names of organisations behind a head word ("basisschool de regenboog"). Must not take the head word alone."""

import re

from bot.advice.redaction.canvas import Token
from bot.advice.redaction.cues import HUMAN_VERBS
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.org_names import ARTICLES, FUNCTION, extend, joined, name_word
from bot.advice.redaction.rule_words import rule_words

# Words that a name follows: "basisschool de Regenboog", "vv De Meern", "praktijk de Linde".
HEADS = rule_words("organisations.heads")
# After these a plain word is nearly always the name; after the others it must be rare, unknown or have a capital.
_SURE_HEADS = rule_words("organisations.sure_heads")
# A place to work, eat or live: "de" plus any word that is not very common is its name.
_NAMED_HEADS = rule_words("organisations.named_heads")
# Words that "de" plus another noun follows without a name being meant ("in het ziekenhuis de dokter").
_BARE_HEADS = rule_words("organisations.bare_heads")
_LEVELS = rule_words("organisations.levels")
_CLUBS = rule_words("organisations.clubs")
# After "bij", "van" and the like these have no article only when their name follows ("bij kapsalon knip").
_NAMED_BARE = rule_words("organisations.named_bare")
_BEFORE_BARE = rule_words("organisations.before_bare")
_NOT_BARE = FUNCTION | HUMAN_VERBS | rule_words("organisations.not_bare")
_HEAD_END = re.compile(
    r"^[a-z]{3,}(?:vereniging|instelling|club|harmonie|woongroep|bedrijf|zorg|winkel|centrum|huis|praktijk|studio|garage|therapie|scoutinggroep)$"
)
_CARE = re.compile(r"^(?:verpleegkundige|opgenomen|lig|ligt|lag|arts|behandeld|ok|ic|spoed|seh|verpleger|zaalarts)$")


def headed(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "basisschool de regenboog", "vv de meern": the head word with its name."""
    if tokens[index].text not in HEADS and not _HEAD_END.match(tokens[index].text):
        return None
    bare = _bare(tokens, index, lexicon)
    if bare is not None:
        return index, bare
    surname = _surname(tokens, index, lexicon)
    if surname is not None:
        return index, surname
    first = index + 1
    while joined(tokens, first) and tokens[first].text in ARTICLES and first - index < 4:
        if tokens[first].text in {"al", "op", "an", "ar"} and not (
            joined(tokens, first + 1) and name_word(tokens[first + 1], lexicon)
        ):
            return None
        first += 1
    if not joined(tokens, first):
        return None
    if _two_words(tokens, index, first, lexicon):
        return index, first + 1
    return (index, extend(tokens, first, lexicon)) if _follows_head(tokens, index, first, lexicon) else None


def _bare(tokens: list[Token], index: int, lexicon: Lexicon) -> int | None:
    """ "sv houten", "bij sportclub kracht en vriendschap": where the name ends that follows a head without an article."""
    head, first = tokens[index].text, index + 1
    before = tokens[index - 1].text if index else ""
    club = head in _CLUBS
    if not club and not (before in _BEFORE_BARE and (head in _NAMED_BARE or _HEAD_END.match(head))):
        return None
    if joined(tokens, first) and tokens[first].text in {"de", "het", "t"} and before in _BEFORE_BARE:
        named = joined(tokens, first + 1) and tokens[first + 1].text not in _NOT_BARE
        if not named or tokens[first + 1].text.endswith("en"):
            return None
        more = joined(tokens, first + 2) and tokens[first + 2].text not in _NOT_BARE
        return first + 2 if more and tokens[first + 1].text in lexicon.common else first + 1
    if not joined(tokens, first) or tokens[first].text in _NOT_BARE or tokens[first].text in ARTICLES:
        return None
    if not club and tokens[first].text.endswith(("te", "de")):
        return None
    if _and_another(tokens, first):
        return first + 2
    more = joined(tokens, first + 1) and tokens[first + 1].text not in _NOT_BARE and not club
    return first + 1 if more else first


def _and_another(tokens: list[Token], first: int) -> bool:
    """ "kracht en vriendschap"."""
    return (
        joined(tokens, first + 2)
        and tokens[first + 1].text == "en"
        and joined(tokens, first + 1)
        and tokens[first + 2].text not in _NOT_BARE
    )


def _surname(tokens: list[Token], index: int, lexicon: Lexicon) -> int | None:
    """ "dansschool van der meer": the last token of a surname right after the head."""
    for last in range(min(index + 3, len(tokens) - 1), index, -1):
        phrase = " ".join(t.text for t in tokens[index + 1 : last + 1])
        if phrase in lexicon.surnames and all(joined(tokens, place) for place in range(index + 1, last + 1)):
            return last
    return None


def hospital(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "opgenomen in het X", with a word that no list has."""
    first = index + 2
    if tokens[index].text not in {"in", "op"} or not joined(tokens, first) or tokens[index + 1].text != "het":
        return None
    near = any(_CARE.match(t.text) for t in tokens[max(0, index - 4) : index])
    word = tokens[first].text
    return (first, first) if near and lexicon.unknown(word) and not lexicon.slip(word) else None


def _two_words(tokens: list[Token], index: int, first: int, lexicon: Lexicon) -> bool:
    """ "restaurant de gouden leeuw": an ordinary word that another one follows."""
    if first == index + 1 or tokens[index].text not in _NAMED_HEADS | _SURE_HEADS or tokens[first].text in FUNCTION:
        return False
    return tokens[first].text in lexicon.known and joined(tokens, first + 1) and tokens[first + 1].text not in FUNCTION


def _follows_head(tokens: list[Token], index: int, first: int, lexicon: Lexicon) -> bool:
    """Whether the word after the head and its articles is a name."""
    head, token, article = tokens[index].text, tokens[first], first > index + 1
    if token.text in FUNCTION or (token.text in lexicon.common and not (token.capital and article)):
        return False
    opens_name = name_word(token, lexicon)
    needs_name = (
        head in _LEVELS or head == "school" or (tokens[first - 1].text in {"van", "op"} and head not in _SURE_HEADS)
    )
    if needs_name and not opens_name:
        return False
    clear = lexicon.names.get(token.text, "") in ("N", "S") or token.text in lexicon.capitals
    if head in _SURE_HEADS or token.capital or (article and head not in _BARE_HEADS):
        return True
    return opens_name and (clear or not lexicon.slip(token.text))
