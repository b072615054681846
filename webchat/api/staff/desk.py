"""Being on duty and the queue. Must only translate between HTTP and the use cases."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from webchat.api import wire_staff_desk as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.guard import Guard
from webchat.ports import Clock
from webchat.staff.board import Board
from webchat.staff.console import Console
from webchat.staff.console_stream import ConsoleStreams
from webchat.staff.counsellor_talk import CounsellorTalk
from webchat.staff.presence_duty import Presence
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session
from webchat.staff.snapshot import Cards, Snapshots
from webchat.staff.wrapup import WrapUp

DESK = (StaffRole.COUNSELLOR, StaffRole.COORDINATOR)
"""Who works with chats."""

Ticket = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Colleague = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


@dataclass(frozen=True)
class StaffDeskCases:
    """The use cases that these routes call."""

    presence: Presence
    console: Console
    talk: CounsellorTalk
    wrap_up: WrapUp
    snapshots: Snapshots
    streams: ConsoleStreams
    board: Board
    clock: Clock


def add_desk(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    """Presence, and taking a chat."""
    desk = Depends(guard.require(*DESK))

    @routes.put("/presence", response_model=wire.PresenceOut)
    async def say_presence(body: wire.PresenceIn, who: Annotated[Session, desk]) -> Response:
        after = await cases.presence.say(who, body.status, body.most)
        return PaddedJson({"me": cases.snapshots.of(after, Cards(who), cases.clock.steady())["me"]})

    # The page does this by itself, so it keeps nobody logged in who has left their chair.
    @routes.post("/presence/beat", status_code=204)
    async def beat(who: Annotated[Session, Depends(guard.require_quietly(*DESK))]) -> Response:
        await cases.presence.beat(who)
        return Response(status_code=204)

    @routes.delete("/presence", status_code=204)
    async def leave(who: Annotated[Session, desk]) -> Response:
        await cases.presence.leave(who)
        return Response(status_code=204)

    @routes.post("/queue/{ticket}/claim", response_model=wire.ClaimOut)
    async def claim(ticket: Ticket, who: Annotated[Session, desk]) -> Response:
        after = await cases.console.claim(who, ticket)
        return PaddedJson({"chat": cases.snapshots.chat(after, Cards(who), ticket, cases.clock.steady())})
