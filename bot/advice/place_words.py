"""The words around a place name: who lives there, and is it a name at all. Must not know any place."""

from __future__ import annotations

from bot.advice.spelling import Token

IN = frozenset(
    {
        "in",
        "uit",
        "naar",
        "nabij",
        "vlakbij",
        "rond",
        "rondom",
        "gemeente",
        "regio",
        "omgeving",
        "stad",
        "dorp",
        "plaats",
        "woonplaats",
        "vanuit",
    }
)
NEAR = IN | frozenset({"te", "bij", "richting"})
_LIVES = frozenset({"woon", "woont", "wonen", "woonde", "woonden", "woonachtig", "wonend", "wonende"})
_COMES = frozenset({"kom", "komt", "komen", "ben", "is", "zijn"})
_SELF = frozenset({"ik", "k", "wij", "we"})
_NOT_SELF = frozenset({"je", "jij", "jullie", "u", "gij", "waar", "hij", "zij", "ze"})
_PART_OF = frozenset(
    {
        "buurt",
        "omgeving",
        "regio",
        "gemeente",
        "kant",
        "rand",
        "centrum",
        "noorden",
        "zuiden",
        "oosten",
        "westen",
        "ben",
        "is",
        "kom",
        "komt",
    }
)
NAME_PARTS = frozenset(
    {
        "meneer",
        "mevrouw",
        "mevr",
        "mw",
        "dhr",
        "juf",
        "meester",
        "dokter",
        "dr",
        "familie",
        "fam",
        "agent",
        "der",
        "ter",
    }
)
"""Before a surname: 'mevrouw Zwolle', 'van der Veere'."""

_FILLER = NEAR | _LIVES | frozenset({"ik", "hier", "nu", "ergens", "nl", "provincie"})
ARTICLES = frozenset({"de", "het", "een", "mijn", "ons", "onze", "zijn", "haar", "hun", "dat", "die"})
_BUT = frozenset({"maar", "want", "omdat", "terwijl"})
_FAR_BACK = 8
_PROVINCES = {
    "nh": "Noord-Holland", "noord holland": "Noord-Holland",
    "zh": "Zuid-Holland", "zuid holland": "Zuid-Holland",
    "nb": "Noord-Brabant", "noord brabant": "Noord-Brabant", "brabant": "Noord-Brabant", "lb": "Limburg",
    "l": "Limburg", "limburg": "Limburg", "gld": "Gelderland", "gelderland": "Gelderland", "ov": "Overijssel",
    "overijssel": "Overijssel", "twente": "Overijssel", "fr": "Friesland", "friesland": "Friesland",
    "gr": "Groningen", "gn": "Groningen", "groningen": "Groningen", "dr": "Drenthe", "drenthe": "Drenthe",
    "ut": "Utrecht", "utrecht": "Utrecht", "zld": "Zeeland", "zeeland": "Zeeland", "flevoland": "Flevoland",
}  # fmt: skip


def lives_at(words: list[Token], at: int, count: int) -> tuple[bool, bool]:
    """Whether someone is said to live at or come from this place, and whether that is the writer."""
    after = at + count
    if after + 1 < len(words) and words[after].word in _LIVES and not words[after].fresh:
        return True, words[after + 1].word in _SELF
    if at == 0 or words[at].fresh or not leads_to_place(words, at - 1):
        return False, False
    prepositions = 0
    for back in range(at - 1, max(-1, at - 1 - _FAR_BACK), -1):
        word = words[back].word
        if word in _LIVES or (word in _COMES and words[at - 1].word == "uit"):
            return True, _is_self(words, back)
        prepositions += word in ("in", "te", "uit", "naar")
        if words[back].fresh or word in _BUT or prepositions > 1:
            break
    return False, False


def leads_to_place(words: list[Token], before: int) -> bool:
    return words[before].word in NEAR | _LIVES or (words[before].word == "van" and is_part_of(words, before))


def is_part_of(words: list[Token], van: int) -> bool:
    return van > 0 and words[van - 1].word in _PART_OF


def _is_self(words: list[Token], verb: int) -> bool:
    around = {token.word for token in (*words[max(0, verb - 1) : verb], *words[verb + 1 : verb + 2])}
    if words[verb].word in ("woon", "kom", "ben"):
        return not around & _NOT_SELF
    if words[verb].word in ("woonachtig", "wonend", "wonende"):
        return any(token.word in _SELF for token in words[max(0, verb - 3) : verb])
    return bool(around & _SELF)


def is_whole(words: list[Token], at: int, count: int) -> bool:
    """Whether the message is this name and nothing else that matters."""
    return all(token.word in _FILLER for token in (*words[:at], *words[at + count :]))


def province_at(words: list[Token], at: int) -> tuple[str | None, int]:
    """The province that is written here, after 'in' or not, and how many words that takes."""
    skip = 1 if at < len(words) and words[at].word == "in" else 0
    for count in (2, 1):
        written = " ".join(token.word for token in words[at + skip : at + skip + count])
        if written in _PROVINCES and at + skip + count <= len(words):
            return _PROVINCES[written], skip + count
    return None, 0


def has_province(words: list[Token], at: int) -> bool:
    return province_at(words, at)[0] is not None
