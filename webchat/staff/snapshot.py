"""What one counsellor may see of the desk, as JSON. Must not show what their own seals do not open.

Seconds in it are as they were at the moment of looking; the console counts on by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webchat.handover.desk import Desk, Refused
from webchat.handover.envelopes import SealedForOthers, open_card
from webchat.handover.people import OnDuty
from webchat.handover.routing import Widening, is_overdue, load, order, why_not
from webchat.handover.tickets import Ticket
from webchat.staff.bench import card_key, is_invited
from webchat.staff.codename import Codenames
from webchat.staff.sessions import Session

AWAY_SECONDS = 25.0
"""The visitor's side says every 10 seconds that its line is up; after two that did not come it counts as away."""

_TIMES = frozenset({"waited_seconds", "away_seconds", "waits_since_seconds"})
_TOP_LEVEL = 3
_NOT_SHOWN = frozenset({"not-your-turn", "already-taken"})


@dataclass
class Cards:
    """Cards that one console has opened, for as long as it may see them, so that each is opened once."""

    who: Session = field(repr=False)
    _opened: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict, repr=False)

    def of(self, ticket: Ticket) -> dict[str, Any] | None:
        """What the visitor chose to show, or ``None`` when there is nothing to open it with (yet, or any more)."""
        seals = ticket.seals.get(self.who.id)
        if seals is None or not ticket.card:
            return None
        mark = (ticket.id, ticket.card, seals.card)
        if mark not in self._opened:
            try:
                self._opened[mark] = open_card(card_key(ticket, self.who), ticket.id, ticket.card)
            except (Refused, SealedForOthers):
                return None
        return self._opened[mark]

    def forget_others(self, tickets: Mapping[str, Ticket]) -> None:
        """Drop the cards of tickets that are gone, or whose keys are."""
        self._opened = {
            mark: card
            for mark, card in self._opened.items()
            if mark[0] in tickets and tickets[mark[0]].card and self.who.id in tickets[mark[0]].seals
        }


@dataclass(frozen=True)
class Snapshots:
    """Makes the views."""

    codenames: Codenames
    widening: Widening

    def of(self, desk: Desk, cards: Cards, now: float) -> dict[str, Any]:
        """The whole desk for one person. Somebody who is not on duty sees an empty one."""
        cards.forget_others(desk.tickets)
        look = _Look(desk, cards, now, self.widening, self.codenames.all(desk.tickets))
        duty = desk.duty.get(cards.who.account.id)
        if duty is None or duty.session != cards.who.id:
            return {"me": None, "on_duty": [], "queue": [], "chats": [], "help": []}
        return {
            "me": {**_person(desk, duty), "pause_offered": duty.pause_offered},
            "on_duty": [
                _colleague(desk, one) for one in sorted(desk.duty.values(), key=lambda one: (one.name, one.staff))
            ],
            "queue": look.queue(duty),
            "chats": [look.chat(ticket, duty.staff) for ticket in _chats(desk, duty.staff)],
            "help": look.calls_for_help(duty.staff),
        }

    def chat(self, desk: Desk, cards: Cards, ticket_id: str, now: float) -> dict[str, Any]:
        """One of the person's own chats. Raises ``KeyError`` when it is none of theirs."""
        found = [one for one in self.of(desk, cards, now)["chats"] if one["ticket"] == ticket_id]
        if not found:
            raise KeyError("no such chat")
        chat: dict[str, Any] = found[0]
        return chat


def without_times(view: Mapping[str, Any]) -> dict[str, Any]:
    """A view without what changes by itself each second, to see whether anything happened."""
    still = dict(view)
    for part in ("queue", "chats"):
        still[part] = [{name: value for name, value in one.items() if name not in _TIMES} for one in view[part]]
    return still


@dataclass(frozen=True)
class _Look:
    desk: Desk
    cards: Cards
    now: float
    widening: Widening
    names: Mapping[str, str]

    def queue(self, duty: OnDuty) -> list[dict[str, Any]]:
        overdue = [ticket for ticket in self.desk.tickets.values() if is_overdue(ticket, self.now)]
        overdue.sort(key=lambda ticket: (ticket.unanswered or 0.0, ticket.id))
        # Somebody in the middle of a conversation that fell silent comes before those who have not begun.
        offered = [one for one in (*overdue, *order(self.desk, self.now)) if one.holder != duty.staff]
        refusals = [why_not(self.desk, ticket, duty, self.now, self.widening) for ticket in offered]
        # Who may not see a ticket is told that by the same rule that would refuse it; asking twice costs too much.
        return [
            self._waiting(ticket, duty, refusal)
            for ticket, refusal in zip(offered, refusals, strict=True)
            if refusal not in _NOT_SHOWN
        ]

    def _waiting(self, ticket: Ticket, duty: OnDuty, refusal: str | None) -> dict[str, Any]:
        # An invited colleague has the key of the card only, and with that nobody could go on with the conversation.
        if refusal is None and not ticket.seals[duty.session].talk:
            refusal = "not-sealed-yet"
        waited = self.now - ticket.asked_at
        return {
            **self._known(ticket),
            "waited_seconds": _seconds(waited),
            "elsewhere": bool(duty.regions) and ticket.region is not None and ticket.region not in duty.regions,
            "returned": ticket.returned.value if ticket.returned else None,
            "level": _TOP_LEVEL if ticket.danger else sum(waited >= step for step in self.widening.steps),
            "overdue": is_overdue(ticket, self.now),
            "may_claim": refusal is None,
            "why_not": refusal,
        }

    def chat(self, ticket: Ticket, staff: str) -> dict[str, Any]:
        away = self.now - ticket.seen
        is_away = away >= AWAY_SECONDS and not ticket.is_over
        return {
            **self._known(ticket),
            "as": _part(ticket, staff),
            "phase": ticket.phase.value,
            "severe": ticket.severe,
            "line": "away" if is_away else "up",
            "away_seconds": _seconds(away) if is_away else 0,
            "waits_since_seconds": None if ticket.unanswered is None else _seconds(self.now - ticket.unanswered),
            "question": _question(self.desk, ticket),
            "refused": ticket.refused,
            "shadows": [
                {"staff": name, "name": self._name(name), "speaks": name in ticket.speaking} for name in ticket.shadows
            ],
            "help": ticket.help,
            "warned": ticket.warned,
            "abuse_by_me": ticket.abuse_by == staff,
            "judge": ticket.abuse_by not in (None, staff) and staff in ticket.shadows,
            "ending": ticket.ending.value if ticket.ending else None,
        }

    def calls_for_help(self, staff: str) -> list[dict[str, Any]]:
        asking = [ticket for ticket in self.desk.tickets.values() if ticket.help and ticket.holder not in (None, staff)]
        return [
            {
                "ticket": ticket.id,
                "codename": self.names[ticket.id],
                "staff": ticket.holder,
                "name": self._name(ticket.holder or ""),
            }
            for ticket in sorted(asking, key=lambda one: one.id)
        ]

    def _known(self, ticket: Ticket) -> dict[str, Any]:
        return {
            "ticket": ticket.id,
            "codename": self.names[ticket.id],
            "urgency": ticket.urgency.value,
            "danger": ticket.danger,
            "flags": list(ticket.flags),
            "region": ticket.region,
            "card": self.cards.of(ticket),
        }

    def _name(self, staff: str) -> str | None:
        duty = self.desk.duty.get(staff)
        return duty.name if duty else None


def _chats(desk: Desk, staff: str) -> list[Ticket]:
    mine = [ticket for ticket in desk.tickets.values() if _part(ticket, staff) is not None]
    return sorted(mine, key=lambda ticket: (ticket.held_at or 0.0, ticket.id))


def _part(ticket: Ticket, staff: str) -> str | None:
    if ticket.holder == staff:
        return "holder"
    if staff in ticket.shadows:
        return "shadow"
    return "invited" if is_invited(ticket, staff) else None


def _person(desk: Desk, duty: OnDuty) -> dict[str, Any]:
    return {
        "staff": duty.staff,
        "name": duty.name,
        "status": duty.status.value,
        "load": load(desk, duty.staff),
        "most": duty.most,
    }


def _colleague(desk: Desk, duty: OnDuty) -> dict[str, Any]:
    return {**_person(desk, duty), "regions": list(duty.regions), "skills": list(duty.skills)}


def _question(desk: Desk, ticket: Ticket) -> dict[str, Any] | None:
    question = ticket.question
    if question is None:
        return None
    return {
        "id": question.id,
        "kind": question.kind.value,
        "by_name": desk.duty[question.by].name if question.by in desk.duty else None,
        "staff": question.staff,
        "region": question.region,
        "agreed": question.agreed,
    }


def _seconds(value: float) -> int:
    return max(0, int(value))
