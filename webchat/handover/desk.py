"""The desk as one value: who is on duty and which chats wait or are held. Must not change in place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from webchat.handover.people import OnDuty
from webchat.handover.tickets import Phase, Ticket

MOST_WAITS = 20
"""How many waiting times are remembered to say what is typical."""


class Refused(Exception):
    """A move that is not possible now. ``reason`` names a problem in the fixed texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Desk:
    """Everything the desk knows. ``waits`` holds (moment, seconds waited) of the last claims."""

    duty: Mapping[str, OnDuty] = field(default_factory=dict)
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    waits: tuple[tuple[float, float], ...] = ()

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket. Raises ``Refused`` when it is not at the desk (any more)."""
        found = self.tickets.get(ticket_id)
        if found is None:
            raise Refused("ticket-gone")
        return found

    def live(self, ticket_id: str) -> Ticket:
        """The ticket, when it is not over yet."""
        found = self.ticket(ticket_id)
        if found.is_over:
            raise Refused("ticket-gone")
        return found

    def held(self, ticket_id: str, staff: str) -> Ticket:
        """The ticket, when ``staff`` has it. Somebody else's looks the same as none at all."""
        found = self.tickets.get(ticket_id)
        if found is None or found.holder != staff:
            raise Refused("ticket-gone")
        return found

    def on_duty(self, staff: str) -> OnDuty:
        """The counsellor. Raises ``Refused`` when they are not on duty."""
        found = self.duty.get(staff)
        if found is None:
            raise Refused("not-on-duty")
        return found

    def put(self, ticket: Ticket) -> "Desk":
        """With this ticket instead of the earlier one."""
        return replace(self, tickets={**self.tickets, ticket.id: ticket})

    def without(self, ticket_id: str) -> "Desk":
        """Without this ticket."""
        return replace(self, tickets={name: one for name, one in self.tickets.items() if name != ticket_id})

    def put_duty(self, duty: OnDuty) -> "Desk":
        """With this counsellor as given."""
        return replace(self, duty={**self.duty, duty.staff: duty})

    def without_duty(self, staff: str) -> "Desk":
        """Without this counsellor."""
        return replace(self, duty={name: one for name, one in self.duty.items() if name != staff})

    def waiting(self) -> tuple[Ticket, ...]:
        """Those that nobody has."""
        return tuple(ticket for ticket in self.tickets.values() if ticket.phase is Phase.WAITING)

    def of(self, staff: str) -> tuple[Ticket, ...]:
        """Those that ``staff`` has, ended ones that are not wrapped up included."""
        return tuple(ticket for ticket in self.tickets.values() if ticket.holder == staff)

    def as_bytes(self) -> bytes:
        """JSON, to be encrypted."""
        values: dict[str, Any] = {
            "duty": [duty.as_dict() for duty in self.duty.values()],
            "tickets": [ticket.as_dict() for ticket in self.tickets.values()],
            "waits": [list(wait) for wait in self.waits],
        }
        return json.dumps(values, separators=(",", ":")).encode("utf-8")

    @classmethod
    def from_bytes(cls, text: bytes) -> "Desk":
        """Read ``as_bytes`` back."""
        values = json.loads(text)
        duty = (OnDuty.from_dict(one) for one in values["duty"])
        tickets = (Ticket.from_dict(one) for one in values["tickets"])
        return cls(
            {one.staff: one for one in duty},
            {one.id: one for one in tickets},
            tuple((at, seconds) for at, seconds in values["waits"]),
        )
