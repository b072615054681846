"""Finds towns and neighbourhoods. Must not take countries, provinces or a word that only looks like a town."""

import re

from bot.advice.redaction.canvas import Canvas, Token
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.rule_words import rule_words
from bot.advice.redaction.verbs import clipped

_BEFORE = rule_words("places.before")
_LIVES = re.compile(
    r"\b(?:woon|woont|wonen|woonde|woonden|wonend|wonende|woont|verhuis\w*|verhuiz\w*|kom|komt|komen|geboren|opgegroeid|gemeente|dorp|woonplaats|studeer\w*)\b"
)
_LIVES_IN = rule_words("places.lives_in")
_ENDS = rule_words("places.ends")
_DIRECTIONS = rule_words("places.directions")
_TITLES = rule_words("places.titles")
_GENERIC = re.compile(
    r"(?:ziekenhuis|huis|straat|school|wijk|dorp|stad|buurt|flat|kamer|opvang|instelling|gevangenis|tent|caravan|auto|azc|kerk|groep|plek|complex|gebouw|woning|appartement|"
    r"kelder|schuur|garage|boot|centrum|afdeling|unit|kliniek|gezin|box|loods|pand|hotel|hostel|stal|boerderij|camping|bungalow|chalet|wagen|kamp|tehuis|familie|cel|zolder|studio|villa)$"
)
_DISTRICT = re.compile(r"^[a-z]{4,}(?:wijk|buurt|kwartier)$")


def find(canvas: Canvas, lexicon: Lexicon) -> None:
    """Take every place of the gazetteer, the longest first, and an unknown word after "ik woon in"."""
    tokens = canvas.tokens()
    lives = bool(_LIVES.search(canvas.folded))
    index = 0
    while index < len(tokens):
        length = _match(tokens, index, lexicon, lives)
        if length == 0:
            index += 1
            continue
        last = index + length
        while last < len(tokens) and tokens[last].text in _DIRECTIONS and tokens[last].gap in (" ", "-", " - "):
            last += 1
        canvas.take(tokens[index].start, tokens[last - 1].end, "place")
        index = last


def _match(tokens: list[Token], index: int, lexicon: Lexicon, lives: bool) -> int:
    """How many tokens from here are a place; 0 for none."""
    token = tokens[index]
    for length in range(min(lexicon.place_starts.get(token.text, 0), len(tokens) - index), 0, -1):
        name = " ".join(t.text for t in tokens[index : index + length])
        if all(t.gap in (" ", "-", "  ") for t in tokens[index + 1 : index + length]) and name in lexicon.places:
            verb = index > 0 and tokens[index - 1].text == "te" and not lives and clipped(name, lexicon)
            if not verb and _accept(tokens, index, length, lexicon.places[name], lexicon, lives):
                return length
    head = token.text.split("-")[0]
    if "-" in token.text and lexicon.places.get(head) == "P" and token.text.split("-")[1] in _DIRECTIONS:
        return 1
    parts = token.text.split("-")
    if len(parts) == 2 and all(lexicon.places.get(part) and part not in lexicon.common for part in parts):
        return 1
    if "'" in token.text and token.text.endswith("'s") and lexicon.places.get(token.text[:-2]) == "P":
        return 1
    return _unknown(tokens, index, lexicon)


def _accept(tokens: list[Token], index: int, length: int, kind: str, lexicon: Lexicon, lives: bool) -> bool:
    token = tokens[index]
    previous = tokens[index - 1].text if index else ""
    before_that = tokens[index - 2].text if index > 1 else ""
    if previous in _TITLES or (previous in {"van", "von", "de", "der", "den"} and _is_name(tokens, index - 2, lexicon)):
        return False
    if length > 1 and token.text in {"de", "het"}:
        last = tokens[index + length - 1]
        return last.capital or (last.text not in lexicon.known and previous in _BEFORE | {"op", "van"})
    if kind == "P" and (length > 1 or len(token.text) > 3 or previous in _BEFORE):
        return True
    if previous not in _BEFORE and not (length > 1):
        return False
    following = tokens[index + length] if index + length < len(tokens) else None
    closes = following is None or bool(re.search(r"[,.!?;\n]", following.gap)) or following.text in _ENDS
    if following is not None and following.text in {"wonen", "woont", "woon", "woonde"} and previous in {"in", "te"}:
        return True
    lives_here = before_that in _LIVES_IN or (index > 2 and tokens[index - 3].text in _LIVES_IN)
    if token.text in lexicon.common:
        return (closes and (lives_here or (lives and previous in {"in", "uit", "te", "naar"}))) or (
            token.capital and previous in {"in", "te", "naar"} and closes
        )
    if token.text in lexicon.known:
        return token.capital or (closes and lives) or lives_here
    return True


def _is_name(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    if index < 0:
        return False
    text = tokens[index].text
    return (
        text in _TITLES
        or (text == "van" and _is_name(tokens, index - 1, lexicon))
        or lexicon.names.get(text, "") in ("N", "D")
    )


def _unknown(tokens: list[Token], index: int, lexicon: Lexicon) -> int:
    """An unknown word after "woon in" is a town we do not know, or one with a typing error."""
    token = tokens[index]
    if _quarter(tokens, index, lexicon):
        return 1
    if index < 2 or tokens[index - 1].text not in {"in", "te"} or token.text[0] in "\x00\x01":
        district = (
            index
            and tokens[index - 1].text in {"de", "in"}
            and _DISTRICT.match(token.text)
            and lexicon.unknown(token.text)
        )
        return 1 if district and any(t.text in _BEFORE for t in tokens[max(0, index - 2) : index]) else 0
    lives = any(t.text in _LIVES_IN for t in tokens[max(0, index - 4) : index])
    if not lives or not lexicon.unknown(token.text) or _GENERIC.search(token.text) or len(token.text) < 3:
        return 0
    return 1


def _quarter(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """ "ik woon in de X", with a word that is no building and no slip: a neighbourhood we do not know."""
    token = tokens[index]
    if index < 3 or tokens[index - 1].text != "de" or tokens[index - 2].text != "in" or not token.text[0].isalpha():
        return False
    lives = any(t.text in _LIVES_IN for t in tokens[max(0, index - 6) : index])
    fits = len(token.text) > 4 and lexicon.unknown(token.text) and not _GENERIC.search(token.text)
    return lives and fits and not lexicon.slip(token.text)
