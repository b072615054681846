"""The referral table of content/verwijzingen.yml, read and checked. Must not hold a rule of its own.

A rule is data: when its conditions hold, and which organisations it proposes with which rank and reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.advice.assessment import Assessment
from bot.advice.content_files import CONTENT, read_yaml
from bot.advice.directory import Directory
from bot.advice.errors import BadContent
from bot.advice.vocabulary import AgeBand, Relation, Role, Topic, Urgency, YesNo

FILE = "verwijzingen.yml"
UNKNOWN_AGE = "onbekend"
MOST_WORDS = 26
_WHY = "waarom"
_WHY_KEYS = {
    Role.CHILD: ("waarom_kind", _WHY),
    Role.BYSTANDER: ("waarom_omstander", _WHY),
    Role.PROFESSIONAL: ("waarom_professional", "waarom_omstander", _WHY),
    Role.PERPETRATOR: ("waarom_pleger", _WHY),
}
_REASONS = frozenset({_WHY, "waarom_kind", "waarom_omstander", "waarom_professional", "waarom_pleger"})


@dataclass(frozen=True)
class Facts:
    """What the conditions of a rule look at; ``open_now``: ids of shown organisations that are open."""

    assessment: Assessment
    signals: frozenset[str]
    open_now: frozenset[str]


@dataclass(frozen=True)
class Proposal:
    """One organisation that a rule proposes; ``rank`` counts from 0, the most important."""

    organisation: str
    rank: int
    reasons: Mapping[str, str]

    def why(self, role: Role) -> str:
        """The one sentence for somebody with this role."""
        keys = _WHY_KEYS.get(role, (_WHY,))
        return next(self.reasons[key] for key in keys if key in self.reasons)


@dataclass(frozen=True)
class Rule:
    """A row of the table: every condition must hold."""

    id: str
    conditions: tuple[tuple[str, frozenset[str]], ...]
    proposals: tuple[Proposal, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether all conditions hold."""
        return all(_CHECKS[name](facts, values) for name, values in self.conditions)


@dataclass(frozen=True)
class Table:
    """The whole file; ``fallback`` is who is added when nobody else is open."""

    rules: tuple[Rule, ...]
    ranks: tuple[str, ...]
    perpetrator_lines: frozenset[str]
    asks_for_perpetrator: frozenset[str]
    for_everyone: frozenset[str]
    fallback: Proposal

    def rank(self, name: str) -> int:
        """The place of a rank in the order of the table."""
        return self.ranks.index(name)


def _any_topic(facts: Facts) -> frozenset[str]:
    return frozenset(topic.value for topic in facts.assessment.topics)


def _age(facts: Facts) -> str:
    age = facts.assessment.age_band
    return age.value if age else UNKNOWN_AGE


_CHECKS: dict[str, Callable[[Facts, frozenset[str]], bool]] = {
    "rol": lambda facts, values: facts.assessment.role.value in values,
    "niet_rol": lambda facts, values: facts.assessment.role.value not in values,
    "onderwerp": lambda facts, values: bool(_any_topic(facts) & values),
    "niet_onderwerp": lambda facts, values: not _any_topic(facts) & values,
    "niet_alleen": lambda facts, values: not _any_topic(facts) or not _any_topic(facts) <= values,
    "onderwerp_of_signaal": lambda facts, values: bool((_any_topic(facts) | facts.signals) & values),
    "urgentie": lambda facts, values: facts.assessment.urgency.value in values,
    "niet_urgentie": lambda facts, values: facts.assessment.urgency.value not in values,
    "regio": lambda facts, values: facts.assessment.region in values,
    "leeftijd": lambda facts, values: _age(facts) in values,
    "relatie": lambda facts, values: facts.assessment.relation in values,
    "kinderen": lambda facts, values: facts.assessment.children_present in values,
    "signaal": lambda facts, values: bool(facts.signals & values),
    "open": lambda facts, values: bool(facts.open_now & values),
    "dicht": lambda facts, values: not facts.open_now & values,
}
_ROLES = frozenset(role.value for role in Role)
_TOPICS = frozenset(topic.value for topic in Topic)
_URGENCIES = frozenset(urgency.value for urgency in Urgency)
_CLOSED_LISTS: dict[str, frozenset[str]] = {
    "rol": _ROLES,
    "niet_rol": _ROLES,
    "onderwerp": _TOPICS,
    "niet_onderwerp": _TOPICS,
    "niet_alleen": _TOPICS,
    "urgentie": _URGENCIES,
    "niet_urgentie": _URGENCIES,
    "leeftijd": frozenset(age.value for age in AgeBand) | {UNKNOWN_AGE},
    "relatie": frozenset(relation.value for relation in Relation),
    "kinderen": frozenset(answer.value for answer in YesNo),
}


def read(directory: Directory, path: Path = CONTENT / FILE) -> Table:
    """Reads and checks the table. Raises BadContent that names the rule, the key and the remedy."""
    data = read_yaml(path)
    try:
        ranks = tuple(data["rangen"])
        reasons: Mapping[str, Mapping[str, str]] = data["redenen"]
        for organisation, written in reasons.items():
            _check_reasons(organisation, written, directory)
        rules = tuple(_rule(row, ranks, reasons) for row in data["regels"])
        fallback = Proposal(data["terugval"], len(ranks), reasons[data["terugval"]])
        table = Table(
            rules=rules,
            ranks=ranks,
            perpetrator_lines=frozenset(data["alleen_voor_plegers"]),
            asks_for_perpetrator=frozenset(data["vraag_om_hulp_voor_pleger"]),
            for_everyone=frozenset(data["voor_iedereen"]),
            fallback=fallback,
        )
        _check_ids(table, directory)
    except KeyError as problem:
        raise BadContent(path.name, f"sleutel {problem.args[0]} ontbreekt") from problem
    except (AttributeError, TypeError, ValueError) as problem:
        raise BadContent(path.name, str(problem)) from problem
    return table


def _rule(row: Mapping[str, Any], ranks: tuple[str, ...], reasons: Mapping[str, Mapping[str, str]]) -> Rule:
    conditions = tuple((name, _values(row["id"], name, values)) for name, values in row["als"].items())
    return Rule(row["id"], conditions, tuple(_proposal(row["id"], item, ranks, reasons) for item in row["dan"]))


def _values(rule: str, name: str, values: Any) -> frozenset[str]:
    if name not in _CHECKS:
        raise ValueError(f"{rule}: onbekende voorwaarde {name}; kies uit {', '.join(sorted(_CHECKS))}")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{rule}.{name}: verwacht een lijst met woorden (getallen tussen aanhalingstekens)")
    wrong = sorted(set(values) - _CLOSED_LISTS.get(name, frozenset(values)))
    if wrong:
        raise ValueError(f"{rule}.{name}: {wrong[0]} bestaat niet; zie bot/advice/vocabulary.py")
    return frozenset(values)


def _proposal(
    rule: str, item: Mapping[str, Any], ranks: tuple[str, ...], reasons: Mapping[str, Mapping[str, str]]
) -> Proposal:
    organisation = item["organisatie"]
    if item["rang"] not in ranks:
        raise ValueError(f"{rule}: onbekende rang {item['rang']}; kies uit {', '.join(ranks)}")
    if organisation not in reasons:
        raise ValueError(f"{rule}: {organisation} heeft geen zin bij 'redenen'")
    own = {key: value for key, value in item.items() if key in _REASONS}
    for key, value in own.items():
        _check_sentence(f"{rule}.{organisation}.{key}", value)
    return Proposal(organisation, ranks.index(item["rang"]), {**reasons[organisation], **own})


def _check_reasons(organisation: str, written: Mapping[str, str], directory: Directory) -> None:
    if organisation not in directory:
        raise ValueError(f"redenen.{organisation}: staat niet in organisations.yml")
    groups = directory.get(organisation).target_groups
    needed = {_WHY} | ({"waarom_kind"} if "child" in groups else set())
    missing = sorted(needed - written.keys())
    if missing:
        raise ValueError(f"redenen.{organisation}.{missing[0]}: ontbreekt")
    for key, value in written.items():
        _check_sentence(f"redenen.{organisation}.{key}", value)


def _check_sentence(where: str, sentence: object) -> None:
    """One sentence that can be read at once, without a number that belongs in the directory."""
    if not isinstance(sentence, str) or not sentence.endswith(".") or ". " in sentence:
        raise ValueError(f"{where}: schrijf één zin met een punt erachter")
    if len(sentence.split()) > MOST_WORDS:
        raise ValueError(f"{where}: de zin is langer dan {MOST_WORDS} woorden")
    digits = "".join(letter for letter in sentence if letter.isdigit())
    if len(digits) > len("112") and "jaar" not in sentence:
        raise ValueError(f"{where}: een telefoonnummer hoort alleen in organisations.yml")


def _check_ids(table: Table, directory: Directory) -> None:
    for rule in table.rules:
        for name, values in rule.conditions:
            unknown = sorted(value for value in values if name in ("open", "dicht") and value not in directory)
            if unknown:
                raise ValueError(f"{rule.id}.{name}: {unknown[0]} staat niet in organisations.yml")
    lists = table.perpetrator_lines | table.for_everyone
    unknown = sorted(organisation for organisation in lists if organisation not in directory)
    if unknown:
        raise ValueError(f"{unknown[0]} staat niet in organisations.yml")
