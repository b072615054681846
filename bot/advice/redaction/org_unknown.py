"""Finds organisations by an article, a capital or commas beside a word that is no ordinary one. Must not take a misspelt noun.

"over het hoornbeeck", "bij Horizon", "op mijn werk, Bruynzeel,": here no word around says what kind of place it is.
"""

import re

from bot.advice.redaction.canvas import Token
from bot.advice.redaction.cues import CAPITALISED_WORDS, KIN, NOT_A_NAME, TITLES
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.org_frames import KIND_OF_PLACE
from bot.advice.redaction.org_heads import is_head
from bot.advice.redaction.org_names import FUNCTION, joined
from bot.advice.redaction.rule_words import rule_words

_PREPOSITIONS = frozenset({"op", "over", "in", "bij", "naar", "aan", "voor"})
_ARTICLES = frozenset({"de", "het", "'t"})
_PLACES = re.compile(
    r"^(?:werk|baan|stage|stageplek|bijbaan|opleiding|studie|dispuut|sport|judo|turnen|zwemles|balletles|instelling|koor|orkest|band|team|sportschool)$|"
    r"(?:school|club|vereniging|koor|orkest|kerk|moskee|gemeente|praktijk|bedrijf|winkel|opvang|instelling|stichting|huis|zaak|bureau|werkgever)$"
)
_GROUPS = re.compile(
    r"(?:groep|locatie|team|leiding|begeleiding|afdeling|baas|chef|directeur|directrice|eigenaar|personeel)$"
)
_SCHOOL_NAMES = rule_words("organisations.school_names")
_OWN = frozenset({"mijn", "mn", "m'n", "onze", "ons", "haar", "zijn"})
_LONGEST = 3


def unknown(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The tokens of the name that follows the preposition or the kind of place at ``index``."""
    text = tokens[index].text
    if text in _PREPOSITIONS and joined(tokens, index + 1):
        article = tokens[index + 1].text in _ARTICLES
        first = index + 2 if article else index + 1
        if not joined(tokens, first):
            return None
        if (article and _strange(tokens[first], lexicon)) or (text == "bij" and _capital_name(tokens[first], lexicon)):
            return first, _run(tokens, first)
    if text == "van" and _of_group(tokens, index, lexicon):
        return index + 2, _run(tokens, index + 2)
    return _apposed(tokens, index, lexicon) or _owned(tokens, index, lexicon)


def _of_group(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """ "de groep van de rading"."""
    if not index or not _GROUPS.search(tokens[index - 1].text) or not joined(tokens, index + 2):
        return False
    return tokens[index + 1].text in _ARTICLES and _strange(tokens[index + 2], lexicon)


def _strange(token: Token, lexicon: Lexicon, plural: bool = False) -> bool:
    """A word of no list, that is no compound, no slip and no spelling by ear."""
    text = token.text
    if not 4 <= len(text) <= 12 or token.acronym or not lexicon.unknown(text) or KIND_OF_PLACE.search(text):
        return False
    if NOT_A_NAME.search(text) or KIN.match(text) or text in TITLES or CAPITALISED_WORDS.match(text):
        return False
    if text.endswith(("en", "je", "jes")) or (text.endswith("s") and not plural):
        return False
    if lexicon.made_of_words(text) or text in lexicon.places:
        return False
    return not lexicon.mistyped(text)


def _capital_name(token: Token, lexicon: Lexicon) -> bool:
    """ "bij Horizon": a capital in the middle of a sentence on a word that schools and institutions are called by."""
    return token.capital and not token.opens and token.text in _SCHOOL_NAMES and token.text not in lexicon.common


def _run(tokens: list[Token], first: int) -> int:
    """Further words with a capital belong to the name."""
    last = first
    while joined(tokens, last + 1) and last - first < _LONGEST and tokens[last + 1].capital:
        last += 1
    return last


def _apposed(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "een koor, con amore, en": one to three rare words between commas behind a kind of place."""
    first = index + 1
    if first >= len(tokens) or tokens[first].gap != ", " or not _PLACES.search(tokens[index].text):
        return None
    if tokens[first].text in _ARTICLES:
        first += 1
    last = first
    while last + 1 < len(tokens) and last - first < _LONGEST and not re.search(r"[,.!?;\n]", tokens[last + 1].gap):
        last += 1
    if last - first >= _LONGEST or not all(_rare(token, lexicon) for token in tokens[first : last + 1]):
        return None
    return first, last


def _owned(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "mijn bedrijf softworks", "ons dispuut helios": a strange word right behind a kind of place of one's own."""
    first = index + 1
    if not index or tokens[index - 1].text not in _OWN or not _PLACES.search(tokens[index].text):
        return None
    if not joined(tokens, first) or not _strange(tokens[first], lexicon, plural=True):
        return None
    return first, _run(tokens, first)


def _rare(token: Token, lexicon: Lexicon) -> bool:
    text = token.text
    if not text[0].isalpha() or text in FUNCTION or KIN.match(text) or text in lexicon.common:
        return False
    if is_head(text) and text not in lexicon.known:
        return True
    if len(text) < 3 or not re.search(r"[aeiouy]", text):
        return False
    return lexicon.unknown(text) or token.capital or lexicon.names.get(text, "X") in "NSW"
