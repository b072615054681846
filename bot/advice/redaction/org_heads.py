"""Names of organisations behind a head word ("basisschool de regenboog"). Must not take the head word alone."""

import re

from bot.advice.redaction.canvas import Token
from bot.advice.redaction.cues import HUMAN_VERBS, KIN
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.org_names import ARTICLES, FUNCTION, extend, joined, name_word
from bot.advice.redaction.rule_words import rule_words
from bot.advice.redaction.verbs import finite

# Words that a name follows: "basisschool de Regenboog", "vv De Meern", "praktijk de Linde".
HEADS = rule_words("organisations.heads")
# After these a plain word is nearly always the name; after the others it must be rare, unknown or have a capital.
_SURE_HEADS = rule_words("organisations.sure_heads")
# A place to work, eat or live: "de" plus any word that is not very common is its name.
_NAMED_HEADS = rule_words("organisations.named_heads")
# Words that "de" plus another noun follows without a name being meant ("in het ziekenhuis de dokter").
_BARE_HEADS = rule_words("organisations.bare_heads")
_LEVELS = rule_words("organisations.levels")
_BRANDS = rule_words("organisations.brands")
_CLUBS = rule_words("organisations.clubs")
# After "bij", "van" and the like these have no article only when their name follows ("bij kapsalon knip").
_NAMED_BARE = rule_words("organisations.named_bare")
_BEFORE_BARE = rule_words("organisations.before_bare")
_NOT_BARE = FUNCTION | HUMAN_VERBS | rule_words("organisations.not_bare")
_HEAD_END = re.compile(
    r"^[a-z]{3,}(?:vereniging|instelling|club|harmonie|woongroep|bedrijf|zorg|winkel|centrum|huis|praktijk|studio|garage|therapie|school|boerderij|park|theek|shop|dispuut)$"
)
# These stand without an article in plain sentences ("op school de hele dag").
_WITHOUT = frozenset(
    {"school", "huis", "thuis", "kantoor", "tv", "mbo", "hbo", "vmbo", "havo", "vwo", "mavo", "gemeente"}
)
# Alone these open the names of helplines ("centrum seksueel geweld"), so only "de" or "het" makes them a head.
_ONLY_WITH_ARTICLE = rule_words("organisations.places") | {"centrum", "behandelcentrum", "instelling"}
_OWN = frozenset({"mijn", "mn", "m'n", "onze", "ons", "haar", "zijn"})
# What was done there is no name ("bij voetbalclub gestopt").
_DONE = re.compile(r"^(?:ge|ver|be|ont|op|af|aan)[a-z]{2,}(?:d|t|en)$")
_CARE = re.compile(r"^(?:verpleegkundige|opgenomen|lig|ligt|lag|arts|behandeld|ok|ic|spoed|seh|verpleger|zaalarts)$")


def is_head(text: str) -> bool:
    """A kind of place that a name may follow."""
    return text in HEADS or bool(_HEAD_END.match(text))


def headed(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "basisschool de regenboog", "vv de meern": the head word with its name."""
    if tokens[index].text in _ONLY_WITH_ARTICLE and not is_head(tokens[index].text):
        return (index, index + 2) if _no_article(tokens, index, lexicon) else None
    if not is_head(tokens[index].text):
        return None
    at_once = _at_once(tokens, index, lexicon)
    if at_once is not None:
        return index, at_once
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


def _at_once(tokens: list[Token], index: int, lexicon: Lexicon) -> int | None:
    """The last token of a name that follows the head by its form alone."""
    bare = _bare(tokens, index, lexicon)
    if bare is not None:
        return bare
    if _two_words(tokens, index, index + 2, lexicon) and tokens[index + 1].text in {"de", "het"}:
        return index + 3
    owner = _surname(tokens, index, lexicon) or _owner(tokens, index, lexicon)
    if owner is not None:
        return owner
    if _beside(tokens, index, lexicon) or _no_article(tokens, index, lexicon):
        return index + 2
    return None


def _bare(tokens: list[Token], index: int, lexicon: Lexicon) -> int | None:
    """ "sv houten", "bij sportclub kracht en vriendschap": where the name ends that follows a head without an article."""
    head, first = tokens[index].text, index + 1
    before = tokens[index - 1].text if index else ""
    club = head in _CLUBS
    if not club and not (before in _BEFORE_BARE and (head in _NAMED_BARE or _HEAD_END.match(head))):
        return None
    if joined(tokens, first) and tokens[first].text in {"de", "het", "t"} and before in _BEFORE_BARE:
        return _with_article(tokens, first, lexicon)
    if not joined(tokens, first) or tokens[first].text in _NOT_BARE or tokens[first].text in ARTICLES:
        return None
    if not club and (tokens[first].text.endswith(("te", "de")) or _DONE.match(tokens[first].text)):
        return None
    if head.endswith("school") and head not in _NAMED_BARE and not _names_school(tokens, first, lexicon):
        return None
    if _and_another(tokens, first):
        return first + 2
    if club and joined(tokens, first + 1) and _pair(tokens, first):
        return first + 1
    more = joined(tokens, first + 1) and tokens[first + 1].text not in _NOT_BARE and not club
    return first + 1 if more else first


def _with_article(tokens: list[Token], first: int, lexicon: Lexicon) -> int | None:
    """ "bij manege de hoefslag": the last token of a name that starts with the article at ``first``."""
    named = joined(tokens, first + 1) and tokens[first + 1].text not in _NOT_BARE
    if not named or tokens[first + 1].text.endswith("en"):
        return None
    more = joined(tokens, first + 2) and tokens[first + 2].text not in _NOT_BARE
    return first + 2 if more and tokens[first + 1].text in lexicon.common else first + 1


def _pair(tokens: list[Token], first: int) -> bool:
    """ "vv oranje zwart", "SV Blauw Wit": two words that are a known club, or both with a capital."""
    two = tokens[first : first + 2]
    return "_".join(t.text for t in two) in _BRANDS or all(t.capital for t in two)


def _names_school(tokens: list[Token], first: int, lexicon: Lexicon) -> bool:
    """ "bij budoschool tanaka": after any kind of school only a clear name, or a rare word that closes the clause."""
    if name_word(tokens[first], lexicon):
        return not lexicon.slip(tokens[first].text)
    rare = tokens[first].text not in lexicon.known and name_free(tokens[first], lexicon)
    return rare and (first + 1 == len(tokens) or bool(re.search(r"[,.!?\n]", tokens[first + 1].gap)))


def _and_another(tokens: list[Token], first: int) -> bool:
    """ "kracht en vriendschap"."""
    return (
        joined(tokens, first + 2)
        and tokens[first + 1].text == "en"
        and joined(tokens, first + 1)
        and tokens[first + 2].text not in _NOT_BARE - {"zo"}
    )


def _surname(tokens: list[Token], index: int, lexicon: Lexicon) -> int | None:
    """ "dansschool van der meer": the last token of a surname right after the head."""
    for last in range(min(index + 3, len(tokens) - 1), index, -1):
        phrase = " ".join(t.text for t in tokens[index + 1 : last + 1])
        if phrase in lexicon.surnames and all(joined(tokens, place) for place in range(index + 1, last + 1)):
            return last
    return None


def _owner(tokens: list[Token], index: int, lexicon: Lexicon) -> int | None:
    """ "bij bouwbedrijf van wijnen": a head without an article that belongs to a name."""
    place = index + 1
    if not index or tokens[index - 1].text not in _BEFORE_BARE or not joined(tokens, place):
        return None
    if tokens[place].text != "van":
        return None
    while joined(tokens, place) and tokens[place].text in {"van", "der", "den", "de"}:
        place += 1
    if not joined(tokens, place) or tokens[place].text in _NOT_BARE or tokens[place].text in lexicon.common:
        return None
    return None if KIN.match(tokens[place].text) or tokens[place - 1].text == "de" else place


def _beside(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """ "op de bso de paraplu": a second "de" and a word that closes the clause can only be the name of the first."""
    last = index + 2
    if not joined(tokens, last) or tokens[index + 1].text not in {"de", "het"} or not index:
        return False
    before = tokens[index - 1].text
    if before not in {"de", "het"} | _OWN or not name_free(tokens[last], lexicon):
        return False
    if last + 1 == len(tokens) or re.search(r"[,.!?\n]", tokens[last + 1].gap):
        return True
    return before in _OWN and finite(tokens[last + 1].text, lexicon)


def _no_article(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """ "naar kerk de ark", "apotheek de vijzel weet": a kind of place without an article has one only within its name."""
    if (
        tokens[index].text in _WITHOUT
        or not joined(tokens, index + 2)
        or tokens[index + 1].text not in {"de", "het", "'t"}
    ):
        return False
    before = tokens[index - 1].text if index else ""
    starts = tokens[index].opens or before in _BEFORE_BARE | {"in", "uit", "bij"}
    return starts and name_free(tokens[index + 2], lexicon)


def name_free(token: Token, lexicon: Lexicon) -> bool:
    """An ordinary word that may be the name of a place: not common, one thing, no person and no verb."""
    return (
        token.text not in lexicon.common
        and token.text not in _NOT_BARE
        and not token.text.endswith("en")
        and not KIN.match(token.text)
        and not finite(token.text, lexicon)
    )


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
    if not joined(tokens, first + 1) or tokens[index].text not in _NAMED_HEADS | _SURE_HEADS:
        return False
    if first == index + 1 or tokens[first].text in FUNCTION or tokens[first].text not in lexicon.known:
        return False
    return tokens[first + 1].text not in _NOT_BARE and not finite(tokens[first + 1].text, lexicon)


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
