"""The coordinator's board. Must only translate between HTTP and the use case."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from webchat.api import wire_staff_desk as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.desk import StaffDeskCases
from webchat.api.staff.guard import Guard
from webchat.staff.roles import StaffRole


def add_board(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    """One route, which the page asks by itself again and again."""
    coordinator = Depends(guard.require_quietly(StaffRole.COORDINATOR))

    @routes.get("/board", response_model=wire.BoardOut, dependencies=[coordinator])
    async def board() -> Response:
        return PaddedJson(await cases.board.look())
