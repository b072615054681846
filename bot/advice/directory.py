"""The directory of organisations and what of it may be shown. Must not choose who gets which one.

Facts and their sources stand in content/organisations.yml; this module only enforces the rules at its top.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from bot.advice import hours as opening
from bot.advice.content_files import CONTENT, read_yaml
from bot.advice.errors import BadContent
from bot.advice.hours import Hours
from bot.advice.vocabulary import AgeBand

FILE = "organisations.yml"
SHOWN_CONFIDENCE = frozenset({"verified", "secondary"})
ALWAYS_SHOWN = frozenset({"112", "veilig-thuis"})
"""Kept even when nobody checked for two quarters: without them a visitor in danger would be left alone."""

QUARTER_IN_MONTHS = 3
SHORT_NUMBER = 3
"""Digits of the short numbers that cost nothing (112, 113)."""

CHECK_WEBSITE = "kijk op de website voor de actuele tijden"
NOT_ON_BILL = "Dit nummer staat niet op de telefoonrekening. Wis het wel uit de lijst met gebelde nummers."
MAY_BE_ON_BILL = "Dit nummer kan op de telefoonrekening staan. Wis het ook uit de lijst met gebelde nummers."
WIPE_HISTORY = "Wis dit nummer na het bellen uit de lijst met gebelde nummers."
_YEARS = {
    AgeBand.UNDER_8: (0, 7),
    AgeBand.FROM_8: (8, 11),
    AgeBand.FROM_12: (12, 15),
    AgeBand.FROM_16: (16, 17),
    AgeBand.ADULT: (18, 64),
    AgeBand.SENIOR: (65, 130),
}
_REQUIRED = (
    *("id", "name", "kind", "priority", "purpose", "target_groups", "phones", "website_confidence", "age"),
    *("confidence", "hours_confidence", "gecontroleerd_op", "opnieuw_voor", "hoe_controleren"),
)


class Freshness(StrEnum):
    """How long ago an entry should have been checked by a person."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Organisation:
    """One organisation with only what may be shown of it; ages in years, None is no limit."""

    id: str
    name: str
    kind: str
    priority: int
    purpose: str
    target_groups: frozenset[str]
    phone: str | None
    tel: str | None
    cost: str | None
    trace_hint: str | None
    website: str | None
    chat_url: str | None
    chat_hours: Hours | None
    hours: Hours | None
    hours_doubtful: bool
    age_min: int | None
    age_max: int | None
    confidence: str
    checked_on: date
    check_before: date
    how_to_check: str

    def is_open(self, now: datetime) -> bool | None:
        """Whether somebody answers at ``now``; None when the hours are not known."""
        return None if self.hours is None else self.hours.is_open(now)

    def is_chat_open(self, now: datetime) -> bool | None:
        """Whether its own chat is open at ``now``; None when it has none or its hours are not known."""
        if self.chat_url is None or self.chat_hours is None:
            return None
        return self.chat_hours.is_open(now)

    def hours_text(self, now: datetime) -> str:
        """Opening hours around ``now`` in Dutch; says so when they are unknown or come from an old source."""
        if self.hours is None and self.phone is None and self.website:
            return "kijk op de website"
        if self.hours is None:
            return CHECK_WEBSITE if self.website else "de tijden zijn niet bekend"
        text = self.hours.text(now)
        return f"{text}; {CHECK_WEBSITE}" if self.hours_doubtful else text

    def fits(self, age: AgeBand | None) -> bool:
        """Whether somebody of this age may turn to it; an unknown age fits."""
        if age is None:
            return True
        youngest, oldest = _YEARS[age]
        return (self.age_min is None or oldest >= self.age_min) and (self.age_max is None or youngest <= self.age_max)

    @property
    def allowed(self) -> bool:
        """Whether the display rules allow it at all, apart from its check date."""
        return self.priority != 9 and self.kind != "not-a-referral" and self.confidence != "unverified"

    def freshness(self, today: date) -> Freshness:
        """How its check date stands at ``today``: stale a quarter late, hidden two quarters late."""
        if today >= add_months(self.check_before, 2 * QUARTER_IN_MONTHS):
            return Freshness.STALE if self.id in ALWAYS_SHOWN else Freshness.HIDDEN
        if today >= add_months(self.check_before, QUARTER_IN_MONTHS):
            return Freshness.STALE
        return Freshness.DUE if today >= self.check_before else Freshness.FRESH


class Directory:
    """All organisations by id, and which of them may be shown."""

    def __init__(self, organisations: tuple[Organisation, ...]) -> None:
        self._by_id = {organisation.id: organisation for organisation in organisations}

    def __contains__(self, organisation_id: object) -> bool:
        return organisation_id in self._by_id

    def get(self, organisation_id: str) -> Organisation:
        """The organisation, shown or not. Raises KeyError for an id that does not exist."""
        return self._by_id[organisation_id]

    def all(self) -> tuple[Organisation, ...]:
        """Every entry in the order of the file, also what is never shown."""
        return tuple(self._by_id.values())

    def shown(self, today: date | None = None) -> tuple[Organisation, ...]:
        """What people may see; with ``today`` also without what nobody checked for two quarters."""
        return tuple(entry for entry in self._by_id.values() if self._is_shown(entry, today))

    def is_shown(self, organisation_id: str, today: date | None = None) -> bool:
        """Whether this id exists and may be shown."""
        entry = self._by_id.get(organisation_id)
        return entry is not None and self._is_shown(entry, today)

    def due(self, today: date) -> tuple[tuple[Organisation, Freshness], ...]:
        """Shown entries that a person must check, longest waiting first; ``how_to_check`` says how."""
        waiting = [(entry, entry.freshness(today)) for entry in self.shown()]
        late = [(entry, state) for entry, state in waiting if state is not Freshness.FRESH]
        return tuple(sorted(late, key=lambda pair: (pair[0].check_before, pair[0].priority, pair[0].id)))

    def warnings(self, today: date) -> tuple[str, ...]:
        """One Dutch line per entry that is a quarter or more late."""
        lines = {
            Freshness.STALE: "moest gecontroleerd zijn voor",
            Freshness.HIDDEN: "wordt niet meer getoond; controle was nodig voor",
        }
        return tuple(
            f"{entry.id}: {lines[state]} {entry.check_before.isoformat()}"
            for entry, state in self.due(today)
            if state in lines
        )

    @staticmethod
    def _is_shown(entry: Organisation, today: date | None) -> bool:
        return entry.allowed and (today is None or entry.freshness(today) is not Freshness.HIDDEN)


@cache
def load(path: Path = CONTENT / FILE) -> Directory:
    """Reads and checks the directory, once per file. Raises BadContent that names entry, key and remedy."""
    data = read_yaml(path)
    entries = data.get("organisations")
    if not isinstance(entries, list) or not entries:
        raise BadContent(path.name, "organisations: verwacht een lijst met organisaties")
    found: dict[str, Organisation] = {}
    for position, entry in enumerate(entries, start=1):
        name = entry.get("id") if isinstance(entry, dict) else None
        try:
            organisation = _organisation(entry)
        except (AttributeError, KeyError, TypeError, ValueError, NumberParseException) as problem:
            where = name or f"organisatie {position}"
            raise BadContent(path.name, f"{where}: {problem}") from problem
        if organisation.id in found:
            raise BadContent(path.name, f"{organisation.id}: dit id komt twee keer voor; kies een ander")
        found[organisation.id] = organisation
    missing = sorted(ALWAYS_SHOWN - found.keys())
    if missing:
        raise BadContent(path.name, f"{missing[0]}: ontbreekt; deze mag nooit weg")
    return Directory(tuple(found.values()))


def add_months(day: date, months: int) -> date:
    """The same day some calendar months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _organisation(entry: Mapping[str, Any]) -> Organisation:
    for key in _REQUIRED:
        if entry.get(key) is None:
            raise ValueError(f"{key}: ontbreekt")
    phone = next((p for p in entry["phones"] if p.get("confidence") in SHOWN_CONFIDENCE), None)
    for written in entry["phones"]:
        _check_phone(written)
    website = entry.get("website") if entry["website_confidence"] in SHOWN_CONFIDENCE else None
    chat = entry.get("chat") or {}
    return Organisation(
        id=str(entry["id"]),
        name=entry["name"],
        kind=entry["kind"],
        priority=int(entry["priority"]),
        purpose=entry["purpose"],
        target_groups=frozenset(entry["target_groups"]),
        phone=phone["number"] if phone else None,
        tel=phone["tel"] if phone else None,
        cost=phone["kosten_tekst"] if phone else None,
        trace_hint=_trace_hint(phone) if phone else None,
        website=website,
        chat_url=_chat_url(chat, website),
        chat_hours=opening.parse(chat.get("hours")),
        # Hours say when the telephone is answered: without a number that may be shown they would mislead.
        hours=opening.parse(entry.get("hours")) if phone else None,
        hours_doubtful=entry["hours_confidence"] != "verified",
        age_min=entry["age"].get("min"),
        age_max=entry["age"].get("max"),
        confidence=entry["confidence"],
        checked_on=_day(entry, "gecontroleerd_op"),
        check_before=_day(entry, "opnieuw_voor"),
        how_to_check=entry["hoe_controleren"],
    )


def _check_phone(written: Mapping[str, Any]) -> None:
    """A digit that is wrong in one of two spellings, or a number that cannot exist, must not reach anyone."""
    number, tel = written["number"], written["tel"]
    if not isinstance(tel, str) or not isinstance(number, str):
        raise ValueError("phones: zet nummers tussen aanhalingstekens")
    if re.sub(r"[ \-]", "", number) != tel:
        raise ValueError("phones: number en tel verschillen; controleer de cijfers")
    if not written.get("kosten_tekst"):
        raise ValueError("phones.kosten_tekst: ontbreekt; schrijf in gewone woorden wat bellen kost")
    parsed = phonenumbers.parse(tel, "NL")
    # The library does not know every short number, so for three digits only the spelling is compared.
    if len(tel) != SHORT_NUMBER and not phonenumbers.is_valid_number(parsed):
        raise ValueError("phones: dit is geen bestaand Nederlands nummer; controleer de cijfers")
    paid = phonenumbers.number_type(parsed) == PhoneNumberType.PREMIUM_RATE
    if paid and "rekening" not in written["kosten_tekst"]:
        raise ValueError("phones.kosten_tekst: zeg dat bellen geld kan kosten en op de rekening kan staan")


def _trace_hint(phone: Mapping[str, Any]) -> str | None:
    """What calling leaves behind; ``op_rekening: nee`` stands only where a source says so."""
    if phone["tel"] == "112":
        return None
    if phone.get("op_rekening") == "nee":
        return NOT_ON_BILL
    parsed = phonenumbers.parse(phone["tel"], "NL")
    free = phonenumbers.number_type(parsed) == PhoneNumberType.TOLL_FREE or len(phone["tel"]) == SHORT_NUMBER
    return WIPE_HISTORY if free else MAY_BE_ON_BILL


def _chat_url(chat: Mapping[str, Any], website: str | None) -> str | None:
    url = chat.get("url")
    confirmed = str(chat.get("confidence", "")).split(" ")[0] in SHOWN_CONFIDENCE
    return str(url) if chat.get("available") and url and (confirmed or url == website) else None


def _day(entry: Mapping[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(str(entry[key]))
    except (TypeError, ValueError) as problem:
        raise ValueError(f"{key}: schrijf een datum als 2027-02-22") from problem
