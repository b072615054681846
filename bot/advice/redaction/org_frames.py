"""Finds organisations with an ordinary name by the sentence they stand in. Must not take groups, trades or things to sit on.

"zit op de windwijzer in groep 8", "trainer van de kikkers", "studeer aan de hanze": the words around decide, since the name
is a word of the dictionary.
"""

import re

from bot.advice.redaction.canvas import Token
from bot.advice.redaction.cues import KIN, NOT_A_NAME
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.org_heads import HEADS, is_head, name_free
from bot.advice.redaction.org_names import FUNCTION, extend, joined
from bot.advice.redaction.rule_words import rule_words

_SITS = rule_words("org_frames.sits")
_PLAYS = rule_words("org_frames.plays")
_LEADS = rule_words("org_frames.leads")
_STUDIES = rule_words("org_frames.studies")
_STAFF = rule_words("org_frames.staff")
_GROUPS = rule_words("org_frames.groups")
_WORKS = rule_words("org_frames.works")
_LEARNS = rule_words("org_frames.learns")
_PROFESSIONALS = rule_words("org_frames.professionals")
# Kinds of help and of work that many places give: no name.
_SERVICES = rule_words("org_frames.services")
_NO_HOBBY = frozenset({"school", "kamers", "schoot", "bank", "bed", "zolder", "straat", "les", "bezoek"})
KIND_OF_PLACE = re.compile(
    r"(?:school|club|vereniging|ploeg|team|groep|bond|raad|commissie|partij|bestuur|koor|orkest|kerk|jeugd|bad|hal|"
    r"(?:voetbal|sport|speel|hockey|tennis|ijs|schaats)(?:veld|baan)|zaal|les|training|competitie|wedstrijd|faculteit|academie|"
    r"universiteit|opleiding|afdeling|bouw|opvang|poli|kant|tafel|mat|bank|kussen|stoel|rek)$"
)
_CLASS = re.compile(
    r"^(?:groep|klas|brugklas|havo|vwo|vmbo|mavo|mbo|gymnasium|atheneum|leerjaar|[1-6]?[hvm][1-6]?[a-f]?|[1-6][a-f]?)$"
)
_PEOPLE = re.compile(r"(?:[^aeiou]ers?|aars?|isten|tjes|jes|genoten|mannen|vrouwen|anen|innen)$")
_ARTICLES = frozenset({"de", "het", "'t", "t"})
_NEAR = 5


def framed(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The tokens of a name that starts after the preposition at ``index``; None when the sentence tells nothing."""
    if tokens[index].text not in {"op", "bij", "van", "aan", "naar"}:
        return None
    first = index + 1
    while joined(tokens, first) and tokens[first].text in _ARTICLES and first - index < 2:
        first += 1
    article = first > index + 1
    if not joined(tokens, first) or not _can_be_name(tokens, first, article, lexicon):
        return None
    before = [t.text for t in tokens[max(0, index - _NEAR) : index]]
    if article:
        fits = _with_article(tokens, index, first, before, lexicon)
    else:
        fits = _without_article(tokens, index, before, lexicon)
    return (first, _end(tokens, first, lexicon)) if fits else None


def _with_article(tokens: list[Token], index: int, first: int, before: list[str], lexicon: Lexicon) -> bool:
    preposition = tokens[index].text
    if _of_professional(tokens, index, first, lexicon):
        return True
    if preposition in {"op", "naar"}:
        if preposition == "op" and (_teaches(tokens, index, first, lexicon) or _they_do(tokens, first, lexicon)):
            return True
        return _sits(tokens, first, before)
    if preposition == "bij" and any(word in _WORKS for word in before) and lexicon.unknown(tokens[first].text):
        return not _PEOPLE.search(tokens[first].text) and tokens[first].text not in _SERVICES
    if preposition == "aan":
        return any(word in _STUDIES for word in before)
    return _plays(tokens, index, first, before, lexicon)


def _without_article(tokens: list[Token], index: int, before: list[str], lexicon: Lexicon) -> bool:
    """ "werkt bij gom", "zit op turnen bij turnlust", "doe mbo bij scalda": a single noun has no article only as a name."""
    token = tokens[index + 1]
    if tokens[index].text != "bij" or token.text in _SERVICES or is_head(token.text):
        return False
    if not name_free(token, lexicon):
        return False
    if token.text.endswith("s") or token.text in lexicon.places or NOT_A_NAME.search(token.text):
        return False
    return _hobby(before) or any(word in _WORKS or word in _LEARNS for word in before[-4:])


def _of_professional(tokens: list[Token], index: int, first: int, lexicon: Lexicon) -> bool:
    """ "mijn psycholoog van de viersprong", "mijn mentor op het spectrum"."""
    if index < 2 or tokens[index].text not in {"van", "op", "bij"} or tokens[index - 1].text not in _PROFESSIONALS:
        return False
    text = tokens[first].text
    return text not in _SERVICES and name_free(tokens[first], lexicon) and not _PEOPLE.search(text)


def _hobby(before: list[str]) -> bool:
    """ "zit op toneel bij ..."."""
    return (
        len(before) > 2
        and before[-2] == "op"
        and before[-1] not in _NO_HOBBY
        and before[-3] in {"zit", "zitten", "zat", "ga", "gaat"}
    )


def _can_be_name(tokens: list[Token], first: int, article: bool, lexicon: Lexicon) -> bool:
    """Not common, no group of people, no kind of place and no bare first name."""
    text = tokens[first].text
    if not text[0].isalpha() or text in lexicon.common or text in FUNCTION | _GROUPS | HEADS:
        return False
    if len(text) < 3 or tokens[first].acronym or KIN.match(text) or KIND_OF_PLACE.search(text):
        return False
    return article or lexicon.names.get(text, "") not in ("N", "D", "A", "V", "X")


def _sits(tokens: list[Token], first: int, before: list[str]) -> bool:
    """ "zit op de X in groep 8", "op het X in 4 havo": a class follows at once."""
    if not any(word in _SITS for word in before) or not joined(tokens, first + 1):
        return False
    if tokens[first + 1].text not in {"in", "groep", "klas"}:
        return False
    following = [t.text for t in tokens[first + 1 : first + 4]]
    return any(_CLASS.match(word) for word in following)


def _they_do(tokens: list[Token], first: int, lexicon: Lexicon) -> bool:
    """ "op de X zeggen ze": somewhere with people."""
    if first + 2 >= len(tokens) or lexicon.made_of_words(tokens[first].text) or not joined(tokens, first + 1):
        return False
    if tokens[first].text in lexicon.known:
        return False
    return tokens[first + 1].text.endswith("en") and tokens[first + 2].text in {"ze", "we", "zij", "wij"}


def _teaches(tokens: list[Token], index: int, first: int, lexicon: Lexicon) -> bool:
    """ "ik ben juf op de X", "leerkracht van groep 5 op de X": the clause ends there or goes on with "en" or "in"."""
    staff = tokens[index - 1].text in _STAFF or (
        index > 3 and tokens[index - 2].text in {"groep", "klas"} and tokens[index - 4].text in _STAFF
    )
    if not staff or not name_free(tokens[first], lexicon):
        return False
    last = first + 1
    return last == len(tokens) or bool(re.search(r"[,.!?\n]", tokens[last].gap)) or tokens[last].text in {"en", "in"}


def _plays(tokens: list[Token], index: int, first: int, before: list[str], lexicon: Lexicon) -> bool:
    """ "voetbalt bij de zwaluwen", "trainer van de kikkers", "zit op toneel bij de X"."""
    if tokens[index].text == "van":
        plays = bool(index) and tokens[index - 1].text in _LEADS
    else:
        plays = _hobby(before) or any(word in _PLAYS | _LEADS for word in before)
    people = _PEOPLE.search(tokens[first].text) and tokens[first].text in lexicon.words
    return plays and not people


def _end(tokens: list[Token], first: int, lexicon: Lexicon) -> int:
    """Where the name ends; the year of a club goes along ("de kikkers 74")."""
    last = extend(tokens, first, lexicon)
    return last + 1 if year_of_club(tokens, last + 1) else last


def year_of_club(tokens: list[Token], index: int) -> bool:
    """ "sparta 74", "kikkers '68": two digits at the end of a club's name, no count of anything."""
    if index >= len(tokens) or not re.fullmatch(r"\d{2}", tokens[index].text) or tokens[index].gap not in {" ", " '"}:
        return False
    return index + 1 >= len(tokens) or tokens[index + 1].text in {"en", "maar", "waar", "met", "die", "want"}
