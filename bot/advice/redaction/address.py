"""Finds streets and house numbers. Must not take a street word without a name ("een straat verder")."""

import re

from bot.advice.redaction.canvas import Canvas
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.rule_words import rule_words

_SUFFIX = (
    "straat|straatje|strjaat|straa|laan|laantje|weg|plein|gracht|kade|singel|dijk|hof|hofje|park|steeg|steegje|pad|dreef|plantsoen|wal|markt|"
    "boulevard|baan|ring|burg|borg|hoek|veld|akker|horst|haven|brink|erf|kamp|donk|rijk|meen|gaarde|stede|zicht|poort|wijk|tuin|berg|dal|oord|es|vaart|sloot|haag"
)
_SURE_SUFFIX = re.compile(
    r"(?:straat|straatje|str|laan|laantje|weg|plein|gracht|kade|singel|dijk|hof|hofje|park|steeg|pad|dreef|plantsoen|wal|markt|boulevard|gaarde|erf|brink)$"
)
_WORDS = "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)?e?n?(?:twintig|dertig|veertig|vijftig)|honderd"
_NUMBER = (
    r"(?:(?:huis)?(?:nummer|nr\.?|no\.?) ?)?(?:\d{1,4}|(?:" + _WORDS + r"))"
    r"(?: ?- ?\d{1,3}\b(?! ?(?:uur|keer|jaar|dag))| ?-?(?:bis|hs|huis|rood|zwart|boven|beneden|\d ?hoog|[ivx]{1,4})\b| ?-?[a-h]\b)?"
    r"(?! ?(?:uur|u\b|min|keer|x\b|jaar|jr|dag|week|weken|maand|euro|km|meter|kilometer|huizen|straten|deuren|procent|%|:\d|\.\d\d\b|kinderen|mensen|mannen|jongens))\b"
)
_AFTER = re.compile(r"[ ,]{1,2}(?:op )?" + _NUMBER)
_NUMBER_FIRST = re.compile(r"\b(?:op |huis)?(?:nummer|nr\.?|huisnummer) ?\d{1,4} ?-?(?:[a-h]\b|bis\b|hs\b)?")
_NUMBER_CUE = re.compile(
    r"\b(?:woon|woont|wonen|woonde|adres|straat|laan|buren|buurman|buurvrouw|huisnummer|\w+straat|\w+laan|\w*flat|portiek|galerij|familie|fam)\b|\x00"
)
_LIVES_AT = re.compile(
    r"\b(?:woon|woont|wonen|woonde|woonden|adres is|adres|wonend|zit|zitten|ben|kom|is)(?: (?:ik|wij|we|hij|zij|ze|nu|ook|samen|er|daar|naar))* ?(?:op|aan|in|:)? (?:de |het |'t )?"
    r"((?:[a-z'.-]+ ){1,3}?)(" + _NUMBER + r")(?=\s*(?:$|[,.!?;\x00]| (?:in|te|en|bij|met|hier|kom|bel)\b))"
)
_BARE = re.compile(
    r"\b(?:op|aan|naar|in|op:|adres) ((?:de |het |'t )(?:(?:grote|kleine|oude|nieuwe|lange|korte|hoge|lage) )?(?:dreef|brink|hof|dam|werf|laan|markt|wal|steeg|kade|singel|burcht|plein|dijk|gracht|hoek|kamp|brug|ring|berg|weide|meent|heuvel|donk|akker) "
    + _NUMBER
    + r")(?=\s*(?:$|[,.!?;\x00]| (?:in|te|en|kom|bel|snel|nu)\b))"
    r"|\b(laan van [a-z' ]{3,20}? \d{1,4}[a-z]?\b|plein '?\d{2,4} (?:nr\.? |nummer )?\d{1,4}[a-z]?\b)"
)
_LIVES = re.compile(r"\b(?:woon|woont|wonen|woonde|woonden|wonend|adres)\b")
_SPLIT = re.compile(
    r"\b([a-z'-]{3,}) (straat|laan|weg|plein|gracht|kade|singel|dijk|hof|park|steeg|pad|dreef|plantsoen) ("
    + _NUMBER
    + ")"
)
_NAMED = re.compile(r"\b(?:op|aan|naar|van) (?:de|het) ([a-z]{4,}) \d{1,4}[a-h]?(?=\s*(?:$|[,.!?;]))")
_PLAIN = re.compile(r"\b(?:naar|op|aan|adres|adres is) ([a-z]{5,}) \d{1,4}[a-h]?(?=\s*(?:$|[,.!?;]))")
_NOT_STREETS = rule_words("address.not_streets")
_SQUARES = rule_words("address.squares")
_LEFT = rule_words("address.left")
_LEFT_STOP = rule_words("address.left_stop")
_NO_PLACE = rule_words("address.no_place")
_HOUSE = re.compile(
    r"[ ,-]{1,3}((?:(?:huis)?(?:nummer|nr\.?) ?)?\d{1,4} ?(?:[a-h]\b|bis\b)?)(?=\s*(?:$|[,.!?;\n]| (?:in|en|te)\b))"
)
_OLD_SQUARE = re.compile(
    r"\b(?:woon|woont|wonen|woonde)(?: (?:ik|wij|we|hij|zij|ze|nu|ook|samen|nog))* (?:op|aan) (?:de|het) ((?:"
    + "|".join(sorted(rule_words("address.old")))
    + ") (?:"
    + "|".join(sorted(rule_words("address.old_squares")))
    + r"))\b(?! ?\d)"
)
_ARTICLES = frozenset({"de", "het", "'t", "een", "en"})


def find(canvas: Canvas, lexicon: Lexicon) -> None:
    """Take streets with and without a number, and house numbers near a word for living somewhere."""
    text = canvas.folded
    has_digit = any(c.isdigit() for c in text) or bool(_LIVES.search(text))
    _after_postcode(canvas)
    _streets(canvas, lexicon)
    _capitalised(canvas, lexicon)
    for match in list(_OLD_SQUARE.finditer(text)):
        canvas.take(*match.span(1), "address")
    for match in list(_FLAT.finditer(text)):
        if lexicon.unknown(match.group(1)) and not lexicon.slip(match.group(1)):
            canvas.take(*match.span(1), "address")
    if not has_digit:
        return
    _split_and_bare(canvas, lexicon)
    _lived_in(canvas, lexicon)


def _after_postcode(canvas: Canvas) -> None:
    """ "2513 XX 10": the number right behind a postcode is the house number."""
    for span in [s for s in canvas.spans if s.kind == "postcode"]:
        number = _HOUSE.match(canvas.folded, span.end)
        if number:
            canvas.take(*number.span(1), "address")


def _split_and_bare(canvas: Canvas, lexicon: Lexicon) -> None:
    """ "beatrix straat 12", "op de brink 6"."""
    for match in list(_SPLIT.finditer(canvas.folded)):
        if match.group(1) not in lexicon.common and match.group(1) not in _LEFT_STOP:
            canvas.take(_left(canvas, match.start(1), lexicon), match.end(), "address")
    for match in list(_NAMED.finditer(canvas.folded)):
        word = match.group(1)
        if word not in lexicon.known and word not in _NO_PLACE | _COUNTED:
            canvas.take(match.start(1), match.end(), "address")
    for match in list(_PLAIN.finditer(canvas.folded)):
        if match.group(1) not in lexicon.known and match.group(1) not in _NO_PLACE | _COUNTED:
            canvas.take(match.start(1), match.end(), "address")
    for match in list(_BARE.finditer(canvas.folded)):
        canvas.take(*match.span(1 if match.group(1) else 2), "address")


def _lived_in(canvas: Canvas, lexicon: Lexicon) -> None:
    """ "ik woon op X 12", and a house number that stands before its street."""
    for match in list(_LIVES_AT.finditer(canvas.folded)):
        words = match.group(1).split()
        lives = bool(_LIVES.match(match.group()))
        if words and not any(w in _NO_PLACE for w in words) and (lives or _looks_like_street(words, lexicon)):
            canvas.take(match.start(1), match.end(2), "address")
    if not _NUMBER_CUE.search(canvas.folded):
        return
    for match in list(_NUMBER_FIRST.finditer(canvas.folded)):
        found = match.group()
        canvas.take(
            match.start() + (3 if found.startswith("op ") else 0), match.start() + len(found.rstrip()), "address"
        )


_CAPITALISED = re.compile(r"(?<![^\W\d_])((?:[A-Z][a-zé]{2,} ){1,3})\d{1,4} ?[a-h]?(?= ?(?:$|[,\n]| [A-Z]|\x00))")


def _capitalised(canvas: Canvas, lexicon: Lexicon) -> None:
    """ "Lange Haven 18b": capitals before a number that closes the line or is followed by a comma or a town."""
    if canvas.shouting:
        return
    for match in list(_CAPITALISED.finditer(canvas.text)):
        words = match.group(1).lower().split()
        if (
            "\x00" in canvas.folded[match.start() : match.end()]
            or words[-1] in _NO_PLACE
            or any(w in _COUNTED for w in words)
        ):
            continue
        if len(words) > 1:
            street = words[-1] not in lexicon.common or bool(_STREET_NOUN.match(words[-1]))
        else:
            street = words[0] not in lexicon.known and words[0] not in lexicon.names
        if street:
            canvas.take(match.start(), match.end(), "address")


_STREET_NOUN = re.compile(f"(?:{_SUFFIX})$")
_COUNTED = rule_words("address.counted")


def _looks_like_street(words: list[str], lexicon: Lexicon) -> bool:
    return len(words) == 1 and lexicon.unknown(words[0]) and bool(re.search(f"(?:{_SUFFIX})$", words[0]))


_STREET_WORD = re.compile(r"\b[a-z'][a-z'.-]*(?:" + _SUFFIX + r"|str\.?)(?![a-z'])")
_CERTAIN = re.compile(r"(?:straat|straatje|laan|gracht|kade|singel|steeg|dreef|plantsoen)$")
_FLAT = re.compile(r"\b(?:de|het) ([a-z]{4,}(?:flat|toren))\b")
_NEAR = re.compile(r"\b(?:woon|woont|wonen|woonde|zit|zitten|sta|staat|verstopt|ben|kom|adres)\b")
_LOOSE = re.compile(r"(?:weg|plein|dijk|hof|park|pad|markt|wal|boulevard|gaarde|erf|brink)$")
_HITTING = re.compile(
    r"^(?:te|ge|ver|be|aan|af|in|op|over|toe|uit|om|dicht|door|mis|neer|stuk|dood|terug)*(?:slaan|gaan|staan|gedaan|daan)$"
)
_BEFORE = re.compile(r"(?:\b(?:op|aan|in|naar|van|de|het|langs|uit|adres)|[,;:(\x00])\s*$")


def _streets(canvas: Canvas, lexicon: Lexicon) -> None:
    """Street words with a name in them; the number after it goes along."""
    for match in list(_STREET_WORD.finditer(canvas.folded)):
        word = match.group()
        if "\x00" in canvas.folded[match.start() : match.end()] or len(word) < 5 or _HITTING.match(word):
            continue
        number = _AFTER.match(canvas.folded, match.end())
        start = _left(canvas, match.start(), lexicon)
        if word.rstrip(".") in _NOT_STREETS and not (number and start < match.start()):
            continue
        if number:
            known = word in lexicon.known and not _SURE_SUFFIX.search(word)
            capital = canvas.text[match.start()].isupper() and not canvas.shouting and word not in lexicon.words
            if (
                (_SURE_SUFFIX.search(word) and word not in lexicon.common)
                or capital
                or (lexicon.unknown(word) and _BEFORE.search(canvas.folded[: match.start()]) and not known)
            ):
                canvas.take(start, number.end(), "address")
        elif (_CERTAIN.search(word) and word not in lexicon.common) or (
            _LOOSE.search(word)
            and (lexicon.unknown(word) or word in _SQUARES or _lived_near(canvas, match.start(), word, lexicon))
            and _BEFORE.search(canvas.folded[: match.start()])
        ):
            canvas.take(start, match.end(), "address")


def _lived_near(canvas: Canvas, start: int, word: str, lexicon: Lexicon) -> bool:
    """A rare street word after "op de", with somebody who lives or is there."""
    before = canvas.folded[max(0, start - 30) : start]
    return (
        word not in lexicon.known
        and bool(re.search(r"\b(?:op|aan) (?:de|het) $", before))
        and bool(_NEAR.search(before))
    )


def _left(canvas: Canvas, start: int, lexicon: Lexicon) -> int:
    """Where the street name begins: titles, particles, names and capitals before it belong to it."""
    best = start
    position = start
    for _ in range(5):
        before = re.search(r"([\w'.]+)([ -])$", canvas.folded[:position])
        if before is None or "\x00" in before.group():
            break
        word = before.group(1)
        capital = canvas.text[before.start(1)].isupper() and not canvas.shouting
        name = lexicon.names.get(word, "") in ("N", "D", "S")
        if word in _LEFT_STOP or not (word in _LEFT or capital or name or re.fullmatch(r"[a-z]\.|[a-z]", word)):
            break
        position = before.start(1)
        sentence_start = position == 0 or canvas.folded[max(0, position - 2) : position].strip() in {".", "!", "?"}
        if word not in _ARTICLES and not (capital and sentence_start and word in lexicon.words and word not in _LEFT):
            best = position
    if best != start:  # "van der Helstlaan" starts at its particle
        particle = re.search(r"\bvan (?:de |der |den )?$", canvas.folded[:best])
        return particle.start() if particle and best == start else best
    particle = re.search(r"\bvan (?:de|der|den) $", canvas.folded[:start])
    return particle.start() if particle and lexicon.unknown(re.split(r"[ ,]", canvas.folded[start:])[0]) else start
