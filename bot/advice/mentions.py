"""Finds what people say in so many words: age, relation, children in the home, how long it has gone on.

Plain patterns on lower-case text; guesses nothing. Works after redaction, which keeps ages and family words.
"""

import re
from dataclasses import dataclass

from bot.advice.vocabulary import AgeBand, Duration, Relation, Role, YesNo

_NUMBERS = {
    word: value
    for value, word in enumerate(
        [
            "nul",
            "een",
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
            "dertien",
            "veertien",
            "vijftien",
            "zestien",
            "zeventien",
            "achttien",
            "negentien",
            "twintig",
        ]
    )
}
_NUMBER = r"(\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"

_AGE = re.compile(
    r"\b(?:ik|k|ikk) ?(?:ben|word|bn|was net)(?: (?:nu|pas|nog|maar|net|bijna|al|een|vandaag|gewoon|zelf))* "
    + _NUMBER
    + r"\b(?! ?(?:keer|x|uur|euro|weken|week|maand|maanden|dagen|kilo|min|kinderen|kids|van de))"
    # "Ik ben vijf jaar geleden gevlucht", "ik ben al acht jaar bij hem": a time, no age.
    + r"(?! ?jaar (?:geleden|weg|bij|samen|getrouwd|gelukkig|gescheiden|alleen|thuis|met|in|uit|verder|lang|vrij|de|zijn)\b)"
)
_OWN_KIND = re.compile(
    r"\b(?:ik ben een|ben een|(?<!heb )(?<!ken )(?<!zie )(?<!hoor )ik,? een) (?:meisje|meid|jongen|kind|scholier) van "
    + _NUMBER
)
_ONLY_AGE = re.compile(r"^\W*(?:bijna |net |nu )?" + _NUMBER + r"(?: jaar(?: oud)?)?\W*$")
_GROUP = re.compile(r"\b(?:ik|k) zit (?:nu |nog |pas )?in (?:de )?groep ([1-8])\b")
_CLASS = re.compile(
    r"\b(?:ik|k) zit (?:nu |nog |pas )?in (?:de |het )?(?:brugklas|([1-6])e? ?(?:klas|vmbo|mavo|havo|vwo))"
)
_SENIOR = re.compile(r"\bik ben (?:al |nu )?(?:een )?(\d{2})(?: jaar)?\b")
_PROFESSION = (
    r"(?:leerkracht|leraar|lerares|docent|docente|mentor|juf|meester|huisarts|arts|kinderarts|jeugdarts|\w*verpleegkundige|"
    r"verloskundige|psycholoog|therapeut|maatschappelijk werker|jeugdwerker|jongerenwerker|pedagogisch medewerker|"
    r"intern begeleider|ib'er|tandarts|poh|poh-ggz|thuiszorgmedewerker|verzorgende|hulpverlener|wijkagent|"
    r"aandachtsfunctionaris|doktersassistente|fysiotherapeut|gezinsbegeleider|ambulant begeleider|kraamverzorgster|"
    r"bso-medewerker|gastouder)"
)
_AT_WORK = (
    r"(?:casemanager|thuiszorg|kraamzorg|wijkteam|wijkverpleging|consultatiebureau|reclassering|ggz|schuldhulp\w*|advocaat|"
    r"apotheker|decaan|bewindvoerder|leerplicht\w*|zorgcoördinator|schoolmaatschappelijk werk\w*|maatschappelijk werk)"
)
_PROFESSIONAL = re.compile(
    rf"\b(?:ik ben|ik werk als|werkzaam als|als) (?:(?:een|zelf|hier) )?(?:(?!geen)\w+ )?{_PROFESSION}\b(?! niet)"
    rf"|^(?:{_PROFESSION}|{_AT_WORK})(?: \w+){{0,2}}[,:]"
    r"|\b(?:mijn|onze|een) cli[eë]nt\w*\b|\b(?:mijn|onze) pati[eë]nt\w*\b"
)
_OF_ONESELF = re.compile(
    r"\b(?:mij|me|mezelf|thuis|buurvrouw|buurman|vrije tijd|vrijwillig\w*|oom|tante|opa|oma)\b"
    r"|\bmijn (?:man|vrouw|vriend\w*|partner|moeder|vader|zoon|dochter|ex\w*|kinderen|woning)\b"
)
"""Who names an own profession mostly asks for somebody else, unless the message is about home or about oneself."""

_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(rf"\b(?:m'?n|mijn|haar|zijn|der|onze?) (?:{words})\b"))
    for relation, words in (
        (
            Relation.EX_PARTNER,
            r"ex\w*(?:[- ](?:man|vrouw|vriend|vriendin|partner))?|vorige (?:man|vriend|vriendin|vrouw)",
        ),
        (Relation.PARTNER, r"man|vrouw|partner|vriend|vriendje|echtgenoot|echtgenote|verloofde"),
        (Relation.PARENT, r"(?:stief|pleeg)?(?:vader|moeder|papa|mama|ouders)|pa|ma|pap|mam|stiefpa|stiefma"),
        (Relation.CHILD, r"(?:stief)?(?:zoon|dochter)|kleinzoon|kleindochter"),
        (Relation.SIBLING, r"(?:stief|half)?(?:broer|zus|broertje|zusje)"),
        (Relation.OTHER_FAMILY, r"oom|tante|neef|nicht|opa|oma|schoon\w+|zwager|familie"),
        (Relation.CARER, r"verzorger|verzorgster|mantelzorger|thuishulp|begeleider"),
        (Relation.KNOWN_PERSON, r"baas|collega|trainer|coach|buurman|buurvrouw|huisgenoot|leraar|kennis"),
    )
)
_CHILDREN = re.compile(
    r"\b(?:de|mijn|m'?n|onze|ons|haar|zijn|hun|twee|drie|vier|\d) (?:\w+ )?(?:kinderen|kids|kindjes|kleintjes|zoontjes?|dochtertjes?|baby|peuter|kleuter)\b"
)
_NO_CHILDREN = re.compile(r"\b(?:geen|heb geen|we hebben geen|zonder) (?:kinderen|kids)\b")
_DURATION = re.compile(
    r"\b(?:al|sinds|duurt|al zo'?n|ongeveer)(?: (?:zeker|ruim|bijna|meer dan|ongeveer|zo'?n|een|wel))* ?"
    + _NUMBER
    + r"? ?(dag|dagen|week|weken|maand|maanden|jaar|jaren)\b"
)
_MANY_YEARS = re.compile(r"\b(?:al jaren|jarenlang|mijn hele leven|zolang ik|al heel lang|mijn hele jeugd)\b")

_SIGNALS = (
    (
        "habitual",
        re.compile(
            r"\b(?:elke|iedere|elk|ieder) (?:nacht|avond|dag|ochtend|week|weekend|maand|keer)\b"
            r"|\b(?:altijd|vaak|regelmatig|dagelijks|wekelijks|al (?:weken|maanden|jaren|een tijdje))\b"
        ),
    ),
    (
        "says_now",
        re.compile(r"\b(?:nu|nou|op dit moment|momenteel|net|zojuist|daarnet|vannacht|vanavond|straks|help)\b"),
    ),
    (
        "hurts_me",
        re.compile(
            r"\bmijn? (?:\w+ ){1,4}?(?:slaat|sloeg|schopt|schopte|bedreigt|bedreigde|dwingt|dwong|controleert|stalkt|wurgt|"
            r"wurgde|mishandelt|mishandelde|verkrachtte|kleineert|vernedert|knijpt|duwt|duwde|bijt|beet) (?:me|mij)\b"
            r"|\b(?:van|uit|met|op) mijn (?:eigen )?(?:rekening|geld|bankpas|pinpas|pas|pensioen|spaargeld|portemonnee)\b"
        ),
    ),
    (
        "own_adult",
        re.compile(
            r"\b(?:mijn|m'?n|onze|ons) (?:(?:ex-?)?(?:man|vrouw|echtgeno\w+|verloofde)|exman|exvrouw|(?:stief|pleeg)?(?:zoon|"
            r"zoontje|dochter|dochtertje)|kinderen|kids|kleinkind\w*|kleinzoon|kleindochter|schoon\w+|baby|collega'?s?|"
            r"werkgever|huwelijk)\b"
        ),
    ),
    (
        "other_hurt",
        re.compile(
            r"\b(?:mijn|m'?n|een|de|onze) (?:\w+ )?(?:zus|zusje|broer|broertje|vriendin|dochter|zoon|moeder|mama|tante|oma|opa|"
            r"nicht\w*|neef\w*|collega|buur\w+|schoon\w+|kleinkind|kleinzoon|kleindochter|huisgeno\w+|klasgeno\w+|maat|kennis) "
            r"(?:\w+ ){0,2}(?:wordt|word|werd|is|was) (?:\w+ ){0,6}?(?:geslagen|mishandeld|misbruikt|verkracht|aangerand|"
            r"bedreigd|geschopt|gestalkt|gechanteerd|gewurgd|vernederd|uitgescholden|gekleineerd|belaagd|gedwongen|uitgebuit|"
            r"bestolen|verwaarloosd|opgesloten|uitgehuwelijkt|besneden|afgeperst|betast|toegetakeld)\b(?! door (?:mij|mijn))"
        ),
    ),
    (
        "hurts_other",
        re.compile(
            r"\bik (?:heb|had) (?:\w+ ){0,2}(?:haar|hem|mijn (?:\w+ )?(?:vrouw|man|vriend\w*|zoon\w*|dochter\w*|kind\w*|moeder|"
            r"vader|partner|ex\w*|peuter|baby)) (?:\w+ ){0,6}?(?:geslagen|geschopt|geknepen|gewurgd|uitgescholden|mishandeld|"
            r"gestompt|geschud|gekleineerd|vastgepakt)\b"
            r"|\bik (?:sla|schop|mep) (?:mijn|mn|haar|hem|ze)\b|\b(?:sla|schop|mep) ik (?:haar|hem|mijn|ze)\b"
        ),
    ),
    (
        "denies_suicide",
        re.compile(
            r"\b(?:ga|zal|wil|doe|zou|ging) (?:mezelf|mijzelf|me|mij) (?:echt |heus |zelf )?(?:niks|niets|nooit iets)\b"
            r"|\bik wil (?:echt |helemaal )?niet dood\b|\b(?:ben|heb) (?:echt |helemaal )?(?:niet suicidaal|geen zelfmoord\w*)"
        ),
    ),
    (
        "abroad",
        re.compile(
            r"\b(?:ben|zit|zitten|vast|achtergelaten) (?:\w+ ){0,3}in (?:het buitenland|marokko|turkije|somali\w+|pakistan|irak|iran|afghanistan|egypte|syri\w+|india)\b"
        ),
    ),
    (
        "hard_of_hearing",
        re.compile(
            r"\b(?:ik ben|ben) (?:\w+ ){0,2}(?:doof|slechthorend|doofblind)\b|\bkan niet (?:praten|spreken|horen)\b"
        ),
    ),
    (
        "sexual_feelings_children",
        re.compile(
            r"\b(?:seksuele|opgewonden|aangetrokken|verliefd\w*|pedo\w*) (?:\w+ ){0,6}(?:kind|kinderen|meisjes|jongetjes|minderjarige\w*)\b|\bpedo(?:fiel|fiele|seksu\w+)\b"
        ),
    ),
)


@dataclass(frozen=True)
class Mentions:
    """What was said. ``role`` only when the text itself settles it (an age under 18, an own profession).
    ``signals``: further facts that the referral rules know by name."""

    role: Role | None = None
    age_band: AgeBand | None = None
    relation: Relation | None = None
    children_present: YesNo | None = None
    duration: Duration | None = None
    signals: frozenset[str] = frozenset()


def find(text: str) -> Mentions:
    """Read the mentions of one message; everything that is not said stays ``None``."""
    plain = text.lower().replace("’", "'")
    age = _age(plain)
    band = age_band(age) if age is not None else None
    role = None
    if age is not None and age < 18:
        role = Role.CHILD
    elif _PROFESSIONAL.search(plain) and not _OF_ONESELF.search(plain):
        role = Role.PROFESSIONAL
    signals = {name for name, pattern in _SIGNALS if pattern.search(plain)}
    if age is not None and 18 <= age <= 25:
        signals.add("young_adult")
    return Mentions(role, band, _relation(plain), _children(plain), _duration(plain), frozenset(signals))


def age_band(years: int) -> AgeBand:
    """The band of an age in whole years."""
    for below, band in (
        (8, AgeBand.UNDER_8),
        (12, AgeBand.FROM_8),
        (16, AgeBand.FROM_12),
        (18, AgeBand.FROM_16),
        (65, AgeBand.ADULT),
    ):
        if years < below:
            return band
    return AgeBand.SENIOR


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _age(text: str) -> int | None:
    for pattern in (_AGE, _OWN_KIND, _ONLY_AGE):
        match = pattern.search(text)
        if match:
            given = next((group for group in match.groups() if group), None)
            # "ik ben een ..." is an article, not an age.
            if given and _number(given) > 3:
                return _number(given)
    match = _GROUP.search(text)
    if match:
        return int(match.group(1)) + 4
    match = _CLASS.search(text)
    if match:
        return 12 + int(match.group(1) or 1) - 1
    match = _SENIOR.search(text)
    return int(match.group(1)) if match and 3 < int(match.group(1)) < 100 else None


def _relation(text: str) -> Relation | None:
    first: tuple[int, Relation] | None = None
    for relation, pattern in _RELATIONS:
        match = pattern.search(text)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), relation)
    return first[1] if first else None


def _children(text: str) -> YesNo | None:
    if _NO_CHILDREN.search(text):
        return YesNo.NO
    return YesNo.YES if _CHILDREN.search(text) else None


def _duration(text: str) -> Duration | None:
    if _MANY_YEARS.search(text):
        return Duration.GT_5Y
    match = _DURATION.search(text)
    if not match:
        return None
    count = _number(match.group(1)) if match.group(1) else 2
    months = {"d": count / 30, "w": count / 4.3, "m": float(count), "j": count * 12.0}[match.group(2)[0]]
    for below, band in ((1, Duration.LT_1M), (6, Duration.M1_6), (12, Duration.M6_12), (60, Duration.Y1_5)):
        if months < below:
            return band
    return Duration.GT_5Y
