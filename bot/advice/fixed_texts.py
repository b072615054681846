"""The fixed texts of the web chat itself, from content/*_teksten.yml. Must not decide when they are shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.advice.errors import BadContent

FILE = "gateway_teksten.yml"
CONTENT = Path(__file__).parent / "content" / FILE
STAFF_CONTENT = CONTENT.with_name("medewerker_teksten.yml")
"""The problems of the staff side; they share one list of names with those of the visitors."""

CARDS = ("begroeting", "noodkaart", "niet_doorgegeven", "niemand_er", "niemand_er_kind")
HANDOVERS = (
    *("wachten", "nog_wachten", "knop_blijven", "knop_bellen", "knop_stoppen", "knop_opnieuw", "blijven", "bellen"),
    *("niet_in_rij", "begonnen", "overgenomen", "doorgegeven", "weggevallen", "teruggezet", "niet_gekozen"),
    *("andere_regio", "niet_gereageerd", "plek_weg", "gestopt", "terug_bij_bot", "leest_mee", "leest_niet_meer_mee"),
    *("schrijft_mee", "vraag_overdragen", "vraag_regio", "vraag_meelezen", "vraag_bot"),
)
DANGERS = ("algemeen", "kind", "medisch", "zelfdoding", "zelf_geweld")
KINDS = (
    *(
        "person",
        "phone",
        "email",
        "address",
        "postcode",
        "place",
        "organisation",
        "date_of_birth",
        "bsn",
        "iban",
    ),
    *("plate", "url", "handle", "ip", "case_number"),
)
"""Keys that the code asks for; a file without one of them is refused."""

_PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")
_FILLED_LATER = frozenset({"naam", "regio"})
_DIGITS = re.compile(r"\d{3,}")
_ALLOWED_DIGITS = frozenset({"2000"})


@dataclass(frozen=True)
class FixedText:
    """A text with the ids of the organisations below it, in order."""

    text: str
    referrals: tuple[str, ...]


@dataclass(frozen=True)
class ProblemText:
    """What went wrong, for people: a short title and a detail that may be shown."""

    title: str
    detail: str


class FixedTexts:
    """All fixed texts in one form of address, with numbers of the directory filled in."""

    def __init__(
        self,
        cards: Mapping[str, FixedText],
        dangers: Mapping[str, FixedText],
        problems: Mapping[str, ProblemText],
        left_out: Mapping[str, str],
        left_out_lines: tuple[str, str],
        handovers: Mapping[str, tuple[str, str]],
    ) -> None:
        self._cards = dict(cards)
        self._handovers = dict(handovers)
        self._dangers = dict(dangers)
        self._problems = dict(problems)
        self._left_out = dict(left_out)
        self._sentence, self._explanation = left_out_lines

    def card(self, name: str) -> FixedText:
        """One of ``CARDS``. Raises ``KeyError`` for any other name."""
        return self._cards[name]

    def danger(self, name: str) -> FixedText:
        """The first lines when there is danger now: one of ``DANGERS``."""
        return self._dangers[name]

    def handover(self, name: str, child: bool = False, naam: str = "", regio: str = "") -> str:
        """One of ``HANDOVERS``, for a child where the tone differs, with the name of a person or a region filled in."""
        text = self._handovers[name][child]
        return text.replace("{naam}", naam).replace("{regio}", regio)

    def problem(self, name: str) -> ProblemText:
        """Title and detail of a problem. Raises ``KeyError`` for a name that is not in the file."""
        return self._problems[name]

    @property
    def problem_names(self) -> tuple[str, ...]:
        """All names that ``problem`` knows."""
        return tuple(self._problems)

    def organisations(self) -> frozenset[str]:
        """The ids of all organisations that these texts refer to."""
        texts = (*self._cards.values(), *self._dangers.values())
        return frozenset(name for text in texts for name in text.referrals)

    def left_out(self, kinds: tuple[str, ...]) -> str:
        """What was left out of a message, in one sentence; kinds that are not known are called "iets"."""
        names = list(dict.fromkeys(self._left_out.get(kind, "iets") for kind in kinds)) or ["iets"]
        what = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " en " + names[-1]
        return self._sentence.replace("{wat}", what)

    def left_out_and_why(self, kinds: tuple[str, ...]) -> str:
        """The same with the reason, for the first time in a chat."""
        return f"{self.left_out(kinds)} {self._explanation}"


def load(
    phone_of: Callable[[str], str | None], formal: str = "je", path: Path = CONTENT, staff: Path = STAFF_CONTENT
) -> FixedTexts:
    """Read the files. ``phone_of`` gives the number of an organisation to show, ``formal`` is ``je`` or ``u``.

    Raises ``BadContent`` when a key is missing, an organisation is unknown or a number stands in a text.
    """
    reader, content = _read(path, phone_of, formal)
    staff_reader, staff_content = _read(staff, phone_of, formal)
    left_out = reader.mapping(content.get("weggelaten"), "weggelaten")
    kinds = reader.mapping(left_out.get("soorten"), "weggelaten.soorten")
    return FixedTexts(
        cards=reader.texts(content.get("kaarten"), "kaarten", CARDS),
        dangers=reader.texts(content.get("gevaar"), "gevaar", DANGERS),
        problems={
            **staff_reader.problems(staff_content.get("problemen")),
            **reader.problems(content.get("problemen")),
        },
        left_out={kind: reader.line(kinds, kind, "weggelaten.soorten") for kind in KINDS},
        left_out_lines=(
            reader.sentence(left_out, "zin", "weggelaten"),
            reader.line(left_out, "uitleg", "weggelaten"),
        ),
        handovers=reader.handovers(content.get("overdracht")),
    )


def _read(path: Path, phone_of: Callable[[str], str | None], formal: str) -> "tuple[_Reader, Mapping[str, Any]]":
    """One file with its source and date checked."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        raise BadContent(path.name, "cannot be read; put the file back or correct its YAML") from None
    reader = _Reader(path.name, phone_of, formal)
    content = reader.mapping(raw, "the file")
    for key in ("bron", "gecontroleerd_op", "status"):
        reader.need(content, key, "the file")
    return reader, content


class _Reader:
    """Reads entries and complains with the name of the key."""

    def __init__(self, file: str, phone_of: Callable[[str], str | None], formal: str) -> None:
        self._file = file
        self._phone_of = phone_of
        self._suffix = "_u" if formal == "u" else ""

    def mapping(self, value: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise BadContent(self._file, f"{where} must have keys")
        return {str(key): entry for key, entry in value.items()}

    def need(self, entry: Mapping[str, Any], key: str, where: str) -> Any:
        if entry.get(key) in (None, ""):
            raise BadContent(self._file, f"{where} has no {key}; add it")
        return entry[key]

    def sentence(self, entry: Mapping[str, Any], key: str, where: str) -> str:
        text = str(entry.get(key + self._suffix) or self.need(entry, key, where)).strip()
        if any(digits not in _ALLOWED_DIGITS for digits in _DIGITS.findall(_PLACEHOLDER.sub("", text))):
            raise BadContent(self._file, f"{where}.{key} holds a number; write the id of the organisation as {{id}}")
        return text

    def line(self, entry: Mapping[str, Any], key: str, where: str, later: frozenset[str] = frozenset()) -> str:
        def fill(found: re.Match[str]) -> str:
            return found[0] if found[1] in later else self._phone(found[1], where)

        return _PLACEHOLDER.sub(fill, self.sentence(entry, key, where))

    def handovers(self, value: Any) -> dict[str, tuple[str, str]]:
        """Each text twice: for everybody, and for a child."""
        entries, found = self.mapping(value, "overdracht"), {}
        for name in HANDOVERS:
            where = f"overdracht.{name}"
            entry = self.mapping(entries.get(name), where)
            text = self.line(entry, "tekst", where, _FILLED_LATER)
            # A child is never addressed formally, so its text has one form.
            child = self.line({"tekst": entry.get("tekst_kind") or entry["tekst"]}, "tekst", where, _FILLED_LATER)
            found[name] = (text, child)
        return found

    def texts(self, value: Any, where: str, wanted: tuple[str, ...]) -> dict[str, FixedText]:
        entries = self.mapping(value, where)
        return {name: self._text(entries.get(name), f"{where}.{name}") for name in wanted}

    def problems(self, value: Any) -> dict[str, ProblemText]:
        found = {}
        for name, raw in self.mapping(value, "problemen").items():
            where = f"problemen.{name}"
            entry = self.mapping(raw, where)
            found[name] = ProblemText(self.line(entry, "titel", where), self.line(entry, "uitleg", where))
        return found

    def _text(self, value: Any, where: str) -> FixedText:
        entry = self.mapping(value, where)
        referrals = entry.get("verwijzingen")
        if not isinstance(referrals, list):
            raise BadContent(self._file, f"{where} has no list of verwijzingen; use [] for none")
        for name in referrals:
            self._phone(str(name), where)
        return FixedText(self.line(entry, "tekst", where), tuple(str(name) for name in referrals))

    def _phone(self, organisation: str, where: str) -> str:
        try:
            phone = self._phone_of(organisation)
        except KeyError:
            phone = None
        if phone is None:
            raise BadContent(self._file, f"{where} names {organisation}, which has no number in organisations.yml")
        return phone
