"""Chooses at most three organisations for one situation. Must not hold rules of its own: those are data.

The table is content/verwijzingen.yml, with the order that holds when several rules apply at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from bot.advice import directory as organisations
from bot.advice import referral_table
from bot.advice.assessment import Assessment
from bot.advice.directory import Directory, Organisation
from bot.advice.hours import AMSTERDAM
from bot.advice.referral_table import Facts, Proposal, Table
from bot.advice.vocabulary import Role, Topic, Urgency

EMERGENCY = "112"
LIMIT = 3
_SEXUAL_FEELINGS = "sexual_feelings_children"
_LAST_RANK_KEPT_WHEN_CLOSED = "veilig_thuis"
"""A line that is closed now stands no higher than Veilig Thuis, which is always open."""


@dataclass(frozen=True)
class Referral:
    """An organisation of the directory and one Dutch sentence why it fits."""

    id: str
    why: str


class ReferralRules:
    """The referral table together with the directory it points into."""

    def __init__(self, table: Table, directory: Directory) -> None:
        self._table = table
        self._directory = directory

    def choose(
        self,
        assessment: Assessment,
        now: datetime,
        *,
        signals: frozenset[str] = frozenset(),
        wants_chat: bool = False,
        limit: int = LIMIT,
    ) -> tuple[Referral, ...]:
        """The organisations that fit, best first; when acute, 112 comes before them and is not counted.

        ``signals``: intent and danger kinds of this message. ``wants_chat``: open chats first within a rank.
        Raises ValueError for a moment without a time zone.
        """
        today = now.astimezone(AMSTERDAM).date()
        shown = {entry.id: entry for entry in self._directory.shown(today)}
        open_now = frozenset(entry.id for entry in shown.values() if entry.is_open(now))
        facts = Facts(assessment, signals, open_now)
        found = self._candidates(facts, shown)
        ordered = sorted(
            found.values(),
            key=lambda proposal: self._order(proposal, shown[proposal.organisation], now, wants_chat),
        )
        rest = _without_twins([one for one in ordered if one.organisation != EMERGENCY], shown)
        chosen = self._with_someone_open(rest, limit, open_now)
        if assessment.urgency is Urgency.ACUTE:
            chosen = [one for one in ordered if one.organisation == EMERGENCY] + chosen
        return tuple(Referral(one.organisation, one.why(assessment.role)) for one in chosen)

    def warnings(self, today: date) -> tuple[str, ...]:
        """One Dutch line per organisation in the table that the directory does not show."""
        named = {one.organisation for rule in self._table.rules for one in rule.proposals}
        hidden = sorted(name for name in named if not self._directory.is_shown(name, today))
        return tuple(f"{name}: staat in verwijzingen.yml maar wordt niet getoond" for name in hidden)

    def _candidates(self, facts: Facts, shown: dict[str, Organisation]) -> dict[str, Proposal]:
        """The best proposal per organisation: the highest rank, then the first row."""
        found: dict[str, Proposal] = {}
        for rule in self._table.rules:
            if not rule.holds(facts):
                continue
            for proposal in rule.proposals:
                entry = shown.get(proposal.organisation)
                if entry is None or not self._may_get(entry, facts):
                    continue
                earlier = found.get(entry.id)
                if earlier is None or proposal.rank < earlier.rank:
                    found.pop(entry.id, None)  # so that it stands at the row that gave it this rank
                    found[entry.id] = proposal
        return found

    def _may_get(self, entry: Organisation, facts: Facts) -> bool:
        role = facts.assessment.role
        if entry.id in self._table.perpetrator_lines:
            return self._may_get_perpetrator_line(facts)
        if not entry.fits(facts.assessment.age_band):
            return False
        if entry.id in self._table.for_everyone:
            return True
        groups = {Role.VICTIM, Role.BYSTANDER} if role is Role.UNKNOWN else {role}
        return bool(entry.target_groups & groups)

    def _may_get_perpetrator_line(self, facts: Facts) -> bool:
        """Never a victim's or child's own referral; who asks for the other person's sake may get it."""
        role = facts.assessment.role
        if role is Role.CHILD:
            return False
        if role is Role.PERPETRATOR or facts.signals & self._table.asks_for_perpetrator:
            return True
        if role is Role.VICTIM:
            return False
        return Topic.OWN_AGGRESSION in facts.assessment.topics or _SEXUAL_FEELINGS in facts.signals

    def _order(
        self, proposal: Proposal, entry: Organisation, now: datetime, wants_chat: bool
    ) -> tuple[int, bool, bool]:
        closed = entry.is_open(now) is False
        lowest = self._table.rank(_LAST_RANK_KEPT_WHEN_CLOSED)
        rank = max(proposal.rank, lowest) if closed else proposal.rank
        return rank, closed, wants_chat and not entry.is_chat_open(now)

    def _with_someone_open(self, ordered: list[Proposal], limit: int, open_now: frozenset[str]) -> list[Proposal]:
        """The first ``limit``; when nobody among them is open, the last gives way to somebody who is."""
        chosen = ordered[:limit]
        if not chosen or any(one.organisation in open_now for one in chosen):
            return chosen
        later = (one for one in ordered[limit:] if one.organisation in open_now)
        return [*chosen[: limit - 1], next(later, self._table.fallback)]


def _without_twins(ordered: Iterable[Proposal], shown: dict[str, Organisation]) -> list[Proposal]:
    """Every telephone number once; Veilig Thuis keeps its own number when another entry shares it."""
    ordered = list(ordered)
    veilig_thuis = shown["veilig-thuis"].tel
    has_veilig_thuis = any(one.organisation == "veilig-thuis" for one in ordered)
    used: set[str] = set()
    kept = []
    for one in ordered:
        tel = shown[one.organisation].tel
        shares = has_veilig_thuis and tel == veilig_thuis and one.organisation != "veilig-thuis"
        if shares or (tel is not None and tel in used):
            continue
        if tel is not None:
            used.add(tel)
        kept.append(one)
    return kept


@cache
def load() -> ReferralRules:
    """Reads table and directory once. Raises BadContent for a file that cannot be used."""
    directory = organisations.load()
    return ReferralRules(referral_table.read(directory), directory)
