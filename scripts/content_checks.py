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
from bot.advice.understanding import SITUATION_TOPICS
from bot.advice.vocabulary import Role

ORDINARY_ROLES = (Role.VICTIM, Role.BYSTANDER, Role.CHILD, Role.PROFESSIONAL)
SHORT_NUMBERS = frozenset({"112", "113"})

_WORD = re.compile(r"[a-zA-ZÀ-ÿ]+(?:[-’'][a-zA-ZÀ-ÿ]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"’”]?\s+")
_NUMBER = re.compile(r"\+?\d[\d\s().-]{6,}\d")
_SITE = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:nl|com|org|nu)\b", re.IGNORECASE)
_FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
_PLACE_HOLDER = re.compile(r"[{}]")
_KNOWN_HOLDERS = re.compile(r"\{regio\}")


@dataclass(frozen=True)
class Text:
    """One text that a visitor reads: where it stands, for whom, and in which field."""

    file: str
    owner: str
    field: str
    audience: str
    text: str

    def fault(self, what: str) -> str:
        """A fault of this text, with its place."""
        return f"{self.file}, '{self.owner}', {self.field}: {what}"


def texts_of(answers: Answers) -> Iterator[Text]:
    """Every text of every answer, with its reader."""
    for answer in answers.all:
        reader = "kind" if answer.roles == {Role.CHILD} else "volwassen"
        fields = (
            ("herkenning", answer.recognition),
            ("tekst", answer.texts),
            ("meer", answer.more),
            ("wat_zeggen", (answer.say,) if answer.say else ()),
            ("als_boos", (answer.angry,) if answer.angry else ()),
        )
        for field, values in fields:
            for value in values:
                yield Text(answer.file, answer.id, field, reader, value)
        if answer.easy:
            yield Text(answer.file, answer.id, "makkelijk", "makkelijk", answer.easy)


def fixed_texts(variants: dict[str, dict[str, tuple[str, ...]]], file: str) -> Iterator[Text]:
    """The fixed sentences of a file of ``name: {audience: [text]}``."""
    for name, audiences in variants.items():
        for audience, lines in audiences.items():
            for line in lines:
                yield Text(file, name, audience, audience, line)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in _SENTENCE_END.split(text.strip()) if _WORD.search(one)]


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
    """LANG-05: "je" everywhere; never mixed with "u"."""
    if _FORMAL.search(text.text):
        yield text.fault("hier staat 'u' of 'uw', en elders 'je'; schrijf 'je' of 'jij'")


def forbidden(text: Text, rules: dict[str, Any]) -> Iterator[str]:
    """DESIGN §6.7: what the bot never says."""
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
    where = f"{answer.file}, '{answer.id}'"
    if answer.check_again_before < today:
        yield f"{where}: had voor {answer.check_again_before} opnieuw gecontroleerd moeten zijn; controleer en pas de datums aan"
    if answer.checked_on > today:
        yield f"{where}: 'gecontroleerd_op' ligt in de toekomst"
    if answer.status not in ("ok", "laat_controleren"):
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
        if name not in intents and name != "handover":
            yield f"knoppen.yml: knop '{name}' is geen onderwerp of vraag van de bot"
        long = {title for title in (button.title, button.child_title) if len(title) > 36}
        yield from (
            f"knoppen.yml: de titel '{title}' is te lang voor een knop op een telefoon (36 tekens)" for title in long
        )
