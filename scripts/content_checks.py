"""The checks of ``make content``: each returns faults as Dutch sentences that an editor understands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import textstat
from wordfreq import zipf_frequency

from bot.advice.answers import Answer, Answers
from bot.advice.checked import Checked
from bot.advice.directory import Directory
from bot.advice.understanding import SITUATION_TOPICS
from bot.advice.vocabulary import Role

ORDINARY_ROLES = (Role.VICTIM, Role.BYSTANDER, Role.CHILD, Role.PROFESSIONAL)
SHORT_NUMBERS = frozenset({"112", "113"})

_WORD = re.compile(r"[a-zA-ZÀ-ÿ]+(?:[-’'][a-zA-ZÀ-ÿ]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"’”]?\s+")
_NUMBER = re.compile(r"\+?\d[\d\s().-]{6,}\d")
_SITE = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:nl|com|org|nu)\b", re.IGNORECASE)
_QUOTED = re.compile(r"‘[^’]*(?:’[a-zé][^’]*)*’")
"""What somebody else says or is told: it keeps its own form of address."""
_FAMILIAR = re.compile(r"\b(?:je|jij|jou|jouw|jouwe|jezelf)\b", re.IGNORECASE)
_FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?:…‘“\"(–—] )(?<!^)(?<![‘“\"(])\b([A-Z][\w’-]*[\w])")
"""A word with a capital that does not begin a sentence or a quotation."""
_PLACE_HOLDER = re.compile(r"[{}]")
_KNOWN_HOLDERS = re.compile(r"\{regio\}")


@dataclass(frozen=True)
class Text:
    """One text that a visitor reads: where it stands, for whom, in which field, and whether it says "u"."""

    file: str
    owner: str
    field: str
    audience: str
    text: str
    polite: bool = False

    def fault(self, what: str) -> str:
        """A fault of this text, with its place."""
        return f"{self.file}, '{self.owner}', {self.field}: {what}"


def texts_of(answers: Answers) -> Iterator[Text]:
    """Every text of every answer, with its reader; for adults also as it is said with "u"."""
    for answer in answers.all:
        reader = "kind" if answer.roles == {Role.CHILD} else "volwassen"
        for field, value in _spoken(answer):
            yield Text(answer.file, answer.id, field, "makkelijk" if field == "makkelijk" else reader, value)
        if reader == "volwassen":
            for (field, plain), (_, polite) in zip(_spoken(answer), _spoken(answer.voiced(True)), strict=True):
                audience = "makkelijk" if field == "makkelijk" else reader
                yield from polite_twin(Text(answer.file, answer.id, field, audience, plain), polite)


def _spoken(answer: Answer) -> list[tuple[str, str]]:
    fields: tuple[tuple[str, tuple[str | None, ...]], ...] = (
        ("herkenning", answer.recognition),
        ("tekst", answer.texts),
        ("meer", answer.more),
        ("wat_zeggen", (answer.say,)),
        ("als_boos", (answer.angry,)),
        ("makkelijk", (answer.easy,)),
    )
    return [(field, value) for field, values in fields for value in values if value]


def polite_twin(plain: Text, polite: str) -> Iterator[Text]:
    """The text with "u", when it differs or should: what says neither "je" nor "u" needs no twin."""
    if polite != plain.text or _FAMILIAR.search(_QUOTED.sub("", polite)):
        yield Text(plain.file, plain.owner, f"{plain.field}_u", plain.audience, polite, polite=True)


def fixed_texts(variants: dict[str, dict[str, tuple[str, ...]]], file: str) -> Iterator[Text]:
    """The fixed sentences of a file of ``name: {audience: [text]}``; audiences in ``_u`` say "u"."""
    for name, audiences in variants.items():
        for audience, lines in audiences.items():
            if audience.endswith("_u"):
                continue
            twins = audiences.get(f"{audience}_u", lines)
            for line, twin in zip(lines, twins, strict=True):
                plain = Text(file, name, audience, audience, line)
                yield plain
                if audience != "kind":
                    yield from polite_twin(plain, twin)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in _SENTENCE_END.split(text.strip()) if _WORD.search(one)]


def organisations(text: Text, directory: Directory, rules: dict[str, Any]) -> Iterator[str]:
    """A name in a text is of an organisation that the directory shows, or one of the names that editors allow."""
    for name in _hidden_names(directory).findall(text.text):
        yield text.fault(f"'{name}' is in organisations.yml nog niet gecontroleerd; noem die organisatie niet")
    known = _known_names(directory, tuple(rules["namen"]))
    for sentence in sentences(text.text):
        unknown = [word for word in _NAME.findall(sentence) if word not in known]
        yield from (
            text.fault(f"'{word}' is een onbekende organisatie of naam; zet die in organisations.yml of bij 'namen'")
            for word in unknown
        )


@lru_cache(maxsize=4)
def _hidden_names(directory: Directory) -> re.Pattern[str]:
    """The names with a capital that the directory may not show."""
    names = [re.escape(one.name) for one in directory.all() if not one.allowed and one.name[0].isupper()]
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


@lru_cache(maxsize=4)
def _known_names(directory: Directory, allowed: tuple[str, ...]) -> frozenset[str]:
    names = (*allowed, *(one.name for one in directory.shown()))
    return frozenset(word for name in names for word in _WORD.findall(name))


def length(text: Text, rules: dict[str, Any]) -> Iterator[str]:
    """LANG-01: sentences not too long, messages not too many sentences."""
    limit = rules["grenzen"][text.audience]["zin"]
    parts = sentences(text.text)
    for part in parts:
        count = len(_WORD.findall(part))
        if count > limit:
            yield text.fault(f"een zin heeft {count} woorden en mag er {limit} hebben: maak er twee zinnen van")
    if len(parts) > rules["zinnen_per_bericht"]:
        yield text.fault(f"{len(parts)} zinnen in een bericht; maak het korter (hooguit {rules['zinnen_per_bericht']})")


def numbers(text: Text) -> Iterator[str]:
    """Numbers and sites stand in the directory only."""
    if _NUMBER.search(text.text):
        yield text.fault("hier staat een telefoonnummer; nummers staan alleen in organisations.yml")
    if _SITE.search(text.text):
        yield text.fault("hier staat een webadres; adressen staan alleen in organisations.yml")


def address_form(text: Text) -> Iterator[str]:
    """LANG-05: "je" or "u", never mixed. What stands in quotation marks is said by or to somebody else."""
    own = _QUOTED.sub("", text.text)
    if text.polite and _FAMILIAR.search(own):
        yield text.fault("hier staat 'je', 'jij' of 'jouw'; schrijf hier dezelfde tekst met 'u' en 'uw'")
    if not text.polite and _FORMAL.search(text.text):
        yield text.fault("hier staat 'u' of 'uw', en elders 'je'; schrijf 'je' of 'jij'")


def forbidden(text: Text, rules: dict[str, Any]) -> Iterator[str]:
    """What the bot never says: the list and its reasons stand in schrijfregels.yml."""
    for rule in rules["verboden"]:
        if re.search(rule["patroon"], text.text, re.IGNORECASE):
            yield text.fault(f"dit mag er niet staan: {rule['reden']}")


def place_holders(text: Text) -> Iterator[str]:
    """Only known place holders, and closed."""
    if _PLACE_HOLDER.search(_KNOWN_HOLDERS.sub("", text.text)):
        yield text.fault("een plaatshouder tussen accolades klopt niet; alleen {regio} bestaat")


@lru_cache(maxsize=20000)
def _is_plain(word: str, rare: float, ordinary: float) -> bool:
    """Frequent enough, or made of two ordinary words, as Dutch compounds are."""
    if zipf_frequency(word, "nl") >= rare or (word.endswith("s") and zipf_frequency(word[:-1], "nl") >= ordinary):
        return True
    if "-" in word:
        return all(_is_plain(part, rare, ordinary) for part in word.split("-") if len(part) > 2)
    for cut in range(3, len(word) - 2):
        first, second = word[:cut], word[cut:]
        for tail in (second, second[1:] if second[0] in "se" else "", second[2:] if second[:2] == "en" else ""):
            if len(tail) > 2 and min(zipf_frequency(first, "nl"), zipf_frequency(tail, "nl")) >= ordinary:
                return True
    return False


def rare_words(text: Text, rules: dict[str, Any]) -> Iterator[str]:
    """LANG-03: no rare word without an explanation."""
    for word in _WORD.findall(text.text):
        plain = word.lower().strip("'’")
        if len(plain) <= 3 or plain in rules["uitgelegd"]:
            continue
        if not _is_plain(plain, rules["zeldzaam_onder"], rules["gewoon_vanaf"]):
            yield text.fault(f"'{word}' is een zeldzaam woord; kies een gewoon woord of leg het uit bij 'uitgelegd'")


def readability(texts: Iterable[Text], rules: dict[str, Any]) -> Iterator[str]:
    """LANG-01 and LANG-02 per file and audience: mean sentence length and Flesch-Douma."""
    textstat.set_lang("nl")
    bundles: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        bundles.setdefault((text.file, text.audience), []).append(text.text)
    for (file, audience), parts in bundles.items():
        limits = rules["grenzen"][audience]
        found = [one for part in parts for one in sentences(part)]
        mean = sum(len(_WORD.findall(one)) for one in found) / len(found)
        if mean > limits["gemiddeld"]:
            yield f"{file} ({audience}): zinnen hebben gemiddeld {mean:.1f} woorden en mogen er {limits['gemiddeld']} hebben"
        score = textstat.flesch_reading_ease(" ".join(parts))
        # The formula is unstable on little text (fewer than about thirty words).
        if len(found) >= 6 and score < limits["flesch"]:
            yield f"{file} ({audience}): leesbaarheid is {score:.0f} en moet ten minste {limits['flesch']} zijn"


def sources(answer: Answer, today: date) -> Iterator[str]:
    """Every answer has a source and is checked in time."""
    origin = Checked(answer.sources, answer.checked_on, answer.check_again_before, answer.status)
    return checked_in_time(f"{answer.file}, '{answer.id}'", origin, today)


def checked_in_time(where: str, origin: Checked, today: date) -> Iterator[str]:
    """A source that is due, checked in the future or of an unknown status."""
    if origin.check_again_before < today:
        yield f"{where}: had voor {origin.check_again_before} opnieuw gecontroleerd moeten zijn; controleer en pas de datums aan"
    if origin.checked_on > today:
        yield f"{where}: 'gecontroleerd_op' ligt in de toekomst"
    if origin.status not in ("ok", "laat_controleren"):
        yield f"{where}: 'status' is ok of laat_controleren"


def coverage(answers: Answers, questions: Iterable[str]) -> Iterator[str]:
    """Every topic has an answer for every ordinary role, every question one for everybody."""
    for topic in sorted(SITUATION_TOPICS):
        for role in ORDINARY_ROLES:
            if answers.find(topic, role) is None:
                yield f"antwoorden: er is geen antwoord voor onderwerp '{topic}' en rol '{role}'"
    for question in sorted(questions):
        if answers.find(question, Role.UNKNOWN) is None:
            yield f"antwoorden: er is geen antwoord op vraag '{question}' voor iedereen (zonder rol)"


def links(answers: Answers, intents: frozenset[str]) -> Iterator[str]:
    """Every button exists, has a title and leads somewhere."""
    for answer in answers.all:
        where = f"{answer.file}, '{answer.id}'"
        yield from (
            f"{where}: knop '{name}' staat niet in knoppen.yml"
            for name in answer.buttons
            if name not in answers.buttons
        )
        yield from (
            f"{where}: 'bij: {key}' is geen onderwerp of vraag van de bot" for key in answer.keys if key not in intents
        )
    for name, button in answers.buttons.items():
        if name.partition(":")[0] not in intents and name != "handover":
            yield f"knoppen.yml: knop '{name}' is geen onderwerp of vraag van de bot"
        long = {title for title in (button.title, button.child_title) if len(title) > 36}
        yield from (
            f"knoppen.yml: de titel '{title}' is te lang voor een knop op een telefoon (36 tekens)" for title in long
        )
