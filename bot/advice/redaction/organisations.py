"""Finds schools, employers, clubs, practices and houses of prayer by name. Must not take the bare word ("op school")."""

import re

from bot.advice.redaction.canvas import Canvas, Token
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.org_frames import KIND_OF_PLACE, framed, year_of_club
from bot.advice.redaction.org_heads import HEADS, headed, hospital
from bot.advice.redaction.org_names import FUNCTION, TAILS, extend, joined, name_word
from bot.advice.redaction.org_unknown import unknown
from bot.advice.redaction.rule_words import rule_words

_OPEN_TAILS = frozenset({"college", "lyceum", "scholengemeenschap"})
_COMPOUND = re.compile(
    r"^[a-z'-]{3,}(?:school|college|lyceum|gymnasium|moskee|kerk|ziekenhuis|kliniek|praktijk|apotheek|kapel|basiliek|synagoge|bakkerij)$"
)
_GENERIC_ROOT = re.compile(
    r"^(?:basis|middelbare|hoge|dans|muziek|taal|zwem|koran|rij|kook|avond|dag|speciale?|jenaplan|dalton|montessori|vrije|christelijke|openbare|islamitische|katholieke|kleuter|lagere|praktijk|"
    r"sport|judo|boks|ballet|kunst|toneel|huisartsen?|tandarts(?:en)?|fysio|groeps|groep|huis|dorps|stads|streek|kinder|dieren|oog|brug|mytyl|tytyl|zmlk|zmok|vso|so|sbo|thuis|turkse|zomer|ouder|lees|schakel|isk|peuter|psychologen|psycho|logopedie|verloskundigen?|academisch|academie|zieken|priv.|internet|online|video|mode|kap|vlieg|toneel|vroede|verslavings|abortus)+$"
)
_WORK = re.compile(
    r"\b(?:werk|werkt|werken|werkte|gewerkt|werkzaam|kok|monteur|chauffeur|portier|schoonmaker|schoonmaakster|ober|kassiere|kassamedewerker|beveiliger|lasser|ontslagen|vast contract|uitzendkracht|roei|roeit|roeien|ontgroening|stage|stagiair|stagiaire|baan|baantje|bijbaan|bijbaantje|baas|collega|collegas|collega's|vrijwilliger|solliciteer|solliciteren|dienst|rijdt|bedrijf|medewerker|verpleegkundige|begeleider|voetbal|voetbalt|voetballen|hockey|hockeyt|turn|zwem|train|traint|sport|speelt|lid|trainer|coach|leider|kaderlid)\b"
)
_AT = frozenset({"bij", "voor", "van"})
_SCHOOL = re.compile(
    r"\b(?:brugklas|eindexamen|zit|zitten|zat|ga|gaat|gaan|ging|leerling|klas|les|juf|meester|leerkracht|leraar|lerares|docent|docente|directeur|mentor|stage|werk|werkt|opleiding|studeer|studeert|schorsing|geschorst|groep|ib'er|begeleider|dominee|imam|pastoor|priester|voorzitter|ouderling|koor|jeugdleider|conrector|teamleider)\b"
)
_STAFF = re.compile(
    r"\b(?:juf|meester|leerkracht|leraar|lerares|docent|docente|directeur|ib'er|ib-er|intern begeleider|conrector|conciërge|teamleider|dominee|imam|pastoor|priester|voorzitter|ouderling)\b"
)
_SCHOOL_NAMES = rule_words("organisations.school_names")
_KNOWN = re.compile(
    r"\b(?:olvg|amc|vumc|vumc|amsterdam umc|lumc|umcg|umc(?: utrecht)?|mumc|azm|radboud(?:umc| umc)?|erasmus mc|sophia kinderziekenhuis|wilhelmina kinderziekenhuis|isala|rijnstate|gelre|haga(?:ziekenhuis)?|franciscus gasthuis|maasstad|ikazia|"
    r"canisius(?: wilhelmina)?|jeroen bosch(?: ziekenhuis)?|catharina ziekenhuis|viecuri|zuyderland|amphia|bravis|elkerliek|spaarne gasthuis|noordwest ziekenhuis|medisch spectrum twente|mst|"
    r"noorderpoort|deltion|graafschap college|aventus|rijn ijssel|albeda|zadkine|koning willem i college|summa college|roc(?: van [a-z]+| [a-z]+)|alfa[- ]college|friesland college|drenthe college|mbo (?:utrecht|rijnland|amersfoort)|"
    r"fontys|avans|saxion|inholland|windesheim|hogeschool (?:van )?(?:utrecht|rotterdam|amsterdam|leiden|arnhem|nijmegen|zeeland|den haag)|universiteit (?:van )?(?:utrecht|amsterdam|leiden|groningen|tilburg|twente|maastricht|nijmegen)|parnassia|arkin|altrecht|ggz (?:ingeest|drenthe|friesland|centraal|oost brabant|breburg)|lentis|dimence|mediant|antes|levvel|spirit|intermetzo|pluryn|horizon jeugdzorg|jeugdbescherming west|samen veilig)\b"
)
_PLACES_WITH_NAMES = re.compile(
    r"(?:school|club|bedrijf|vereniging|opvang|praktijk|kerk|moskee|college|winkel|restaurant|crèche|creche|bso|stichting|instelling|zaak|werkgever|tehuis|huis)$"
)
_SHOPS = re.compile(r"(?:markt|winkel|zaak|keten|fabriek|bedrijf|bank|club|restaurant|bureau|warenhuis|werkgever)$")
_BRANDS = rule_words("organisations.brands")


def find(canvas: Canvas, lexicon: Lexicon) -> None:
    """Take names of organisations; the head word goes along only when it is part of the name."""
    for match in list(_KNOWN.finditer(canvas.folded)):
        if match.group().split()[-1] not in FUNCTION:
            canvas.take(*match.span(), "organisation")
    tokens = canvas.tokens()
    school = bool(_SCHOOL.search(canvas.folded))
    staff = bool(_STAFF.search(canvas.folded))
    index = 0
    while index < len(tokens):
        found = (
            headed(tokens, index, lexicon)
            or _tailed(tokens, index, lexicon)
            or _compound(tokens, index, lexicon)
            or _employer(tokens, index, lexicon)
            or _called(tokens, index)
            or _shop(tokens, index)
            or framed(tokens, index, lexicon)
            or unknown(tokens, index, lexicon)
            or hospital(tokens, index, lexicon)
            or (school and _school(tokens, index, lexicon, staff))
        )
        if found:
            first, last = found
            canvas.take(tokens[first].start, tokens[last].end, "organisation")
            index = last + 1
        else:
            index += 1


def _tailed(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "vechtdal college", "al fath moskee": from the first word of the name."""
    token = tokens[index]
    if (token.text in FUNCTION and token.text != "al") or token.text[0] in "\x00\x01":
        return None
    if (
        token.text != "al"
        and token.text in lexicon.common
        and not (
            index + 1 < len(tokens)
            and tokens[index + 1].text in {"college", "lyceum"}
            and index
            and tokens[index - 1].text == "het"
        )
    ):
        return None
    for length in (1, 2, 3):
        last = index + length
        if not joined(tokens, last):
            return None
        if tokens[last].text in TAILS:
            named = name_word(token, lexicon) and not lexicon.slip(token.text)
            saint = token.text in {"st", "sint", "al", "el"}
            open_tail = tokens[last].text in _OPEN_TAILS and not _GENERIC_ROOT.match(token.text)
            school_name = token.text in _SCHOOL_NAMES
            return (
                (index, last)
                if (named or saint or open_tail or school_name) and not _GENERIC_ROOT.match(token.text)
                else None
            )
        if tokens[last].text in FUNCTION - {"van"}:
            return None
    return None


def _compound(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    token = tokens[index].text
    if not _COMPOUND.match(token) or token in lexicon.words or token in HEADS:
        return None
    root = re.sub(
        r"(?:basis)?(?:school|college|lyceum|gymnasium|moskee|kerk|ziekenhuis|kliniek|praktijk|apotheek|kapel|basiliek|synagoge|bakkerij)$",
        "",
        token,
    )
    if _GENERIC_ROOT.match(root) or len(root) < 3 or (lexicon.slip(token) and root not in lexicon.names):
        return None
    first = index - 1 if index and tokens[index - 1].text in {"st", "sint"} else index
    return first, extend(tokens, index, lexicon)


def _called(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """ "mijn school heet (het) X"."""
    if (
        tokens[index].text not in {"heet", "heette", "genaamd"}
        or index == 0
        or not _PLACES_WITH_NAMES.search(tokens[index - 1].text)
    ):
        return None
    first = index + 1
    while joined(tokens, first) and tokens[first].text in {"de", "het", "t", "nu"}:
        first += 1
    if not joined(tokens, first) or tokens[first].text in FUNCTION:
        return None
    last = first
    while joined(tokens, last + 1) and last - first < 2 and tokens[last + 1].text not in FUNCTION:
        last += 1
    return first, last


def _brand(tokens: list[Token], index: int) -> int:
    """How many tokens from here are a well-known employer or club; 0 for none."""
    for length in (2, 1):
        if (
            index + length <= len(tokens)
            and "_".join(re.sub("'s$", "", t.text).replace("-", "_") for t in tokens[index : index + length]) in _BRANDS
        ):
            return length
    return 0


def _shop(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """ "in de supermarkt plus": a well-known name right behind the kind of shop."""
    if index == 0 or not _SHOPS.search(tokens[index - 1].text) or not joined(tokens, index):
        return None
    brand = _brand(tokens, index)
    return (index, index + brand - 1) if brand else None


def _employer(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "werk bij (de) X"."""
    if tokens[index].text not in _AT or index + 1 >= len(tokens):
        return None
    cue = any(_WORK.fullmatch(t.text) for t in tokens[max(0, index - 6) : index])
    first = index + 1
    while joined(tokens, first) and tokens[first].text in {"de", "het", "'t"}:
        first += 1
    if not joined(tokens, first):
        return None
    brand = _brand(tokens, first)
    if brand and (cue or tokens[index].text == "bij"):
        return first, first + brand - (not year_of_club(tokens, first + brand))
    if not cue:
        return None
    token = tokens[first]
    firm = (
        lexicon.names.get(token.text) in ("N", "D", "S")
        and joined(tokens, first + 1)
        and lexicon.unknown(tokens[first + 1].text)
    )
    if (
        firm
        and tokens[index].text == "bij"
        and any(t.text in {"werk", "werkt", "werken", "werkte", "stage"} for t in tokens[max(0, index - 4) : index])
    ):
        return first, extend(tokens, first, lexicon)
    if (
        tokens[index].text == "bij"
        and not _person(token, lexicon)
        and name_word(token, lexicon)
        and not lexicon.mistyped(token.text)
    ):
        return first, extend(tokens, first, lexicon)
    return None


def _person(token: Token, lexicon: Lexicon) -> bool:
    return lexicon.names.get(token.text, "") in ("N", "D", "X")


def _school(tokens: list[Token], index: int, lexicon: Lexicon, staff: bool) -> tuple[int, int] | None:
    """ "zit op het Stedelijk", "juf op de Klimop"."""
    if tokens[index].text not in {"op", "van", "naar"} or index + 2 >= len(tokens) + 1:
        return None
    first = index + 1
    article = False
    while joined(tokens, first) and tokens[first].text in {"de", "het", "'t"}:
        article = True
        first += 1
    if not joined(tokens, first):
        return None
    token = tokens[first]
    cue = any(_SCHOOL.fullmatch(t.text) for t in tokens[max(0, index - 4) : index])
    if (
        not cue
        or token.text in FUNCTION
        or token.text in HEADS
        or token.text in lexicon.common
        or KIND_OF_PLACE.search(token.text)
        or (lexicon.names.get(token.text) in ("X", "N", "D") and not (article and lexicon.names[token.text] == "N"))
    ):
        return None
    named = article and token.text in _SCHOOL_NAMES
    unusual = (
        tokens[index].text == "op"
        and not token.text.endswith("en")
        and name_word(token, lexicon)
        and not lexicon.mistyped(token.text)
        and (token.text not in lexicon.places or article)
    )
    rare = (
        staff
        and article
        and (tokens[index].text == "op" or bool(_STAFF.fullmatch(tokens[index - 1].text)))
        and token.text not in lexicon.known
        and not token.text.endswith("en")
        and (lexicon.unknown(token.text) or not token.text.endswith("s"))
        and len(token.text) > 3
    )
    if named or unusual or rare:
        return first, extend(tokens, first, lexicon)
    return None
