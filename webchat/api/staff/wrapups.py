"""Closing a chat with codes. Must only translate between HTTP and the use case; there is no field for words."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from webchat.api import wire_staff_desk as wire
from webchat.api.staff.desk import DESK, StaffDeskCases, Ticket
from webchat.api.staff.guard import Guard
from webchat.staff.sessions import Session


def add_wrap_ups(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    """One route."""
    desk = Depends(guard.require(*DESK))

    @routes.post("/chats/{ticket}/wrap-up", status_code=204)
    async def wrap_up(ticket: Ticket, body: wire.WrapUpIn, who: Annotated[Session, desk]) -> Response:
        await cases.wrap_up.close(who, ticket, body.codes())
        return Response(status_code=204)
