"""Ready replies, region cards, rota and teams. Must only translate between HTTP and the use cases."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from webchat.api import wire_staff_team as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.guard import Guard
from webchat.staff.accounts import Accounts
from webchat.staff.region_cards import RegionCards
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session
from webchat.staff.team_data import Deviation, ReadyReply, Rota, Shift, TeamData
from webchat.staff.teams import Teams

ReplyId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_AT_THE_DESK = frozenset({StaffRole.COUNSELLOR, StaffRole.COORDINATOR, StaffRole.PIKET})
RegionId = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$")]


@dataclass(frozen=True)
class StaffTeamCases:
    """The use cases that these routes call."""

    data: TeamData
    cards: RegionCards
    teams: Teams
    accounts: Accounts


def add_team(routes: APIRouter, cases: StaffTeamCases, guard: Guard) -> None:
    """Everybody at the desk reads; a coordinator writes."""
    _add_replies(routes, cases.data, guard)
    _add_regions(routes, cases, guard)
    _add_rota(routes, cases, guard)


def _add_replies(routes: APIRouter, data: TeamData, guard: Guard) -> None:
    reader = Depends(guard.require_quietly(StaffRole.COUNSELLOR, StaffRole.COORDINATOR))
    writer = Depends(guard.require(StaffRole.COORDINATOR))

    @routes.get("/canned", response_model=list[wire.ReadyReplyOut], dependencies=[reader])
    async def replies() -> Response:
        return PaddedJson([vars(reply) for reply in await data.replies()])

    @routes.post("/canned", status_code=201, response_model=wire.ReadyReplyOut)
    async def add(body: wire.ReplyIn, who: Annotated[Session, writer]) -> Response:
        return PaddedJson(vars(await data.add_reply(who, body.word, body.text)), status_code=201)

    @routes.put("/canned/{reply_id}", response_model=wire.ReadyReplyOut)
    async def change(reply_id: ReplyId, body: wire.ReplyIn, who: Annotated[Session, writer]) -> Response:
        return PaddedJson(vars(await data.change_reply(who, ReadyReply(reply_id, body.word, body.text))))

    @routes.delete("/canned/{reply_id}", status_code=204)
    async def remove(reply_id: ReplyId, who: Annotated[Session, writer]) -> Response:
        await data.remove_reply(who, reply_id)
        return Response(status_code=204)


def _add_regions(routes: APIRouter, cases: StaffTeamCases, guard: Guard) -> None:
    reader = Depends(guard.require_quietly(StaffRole.COUNSELLOR, StaffRole.COORDINATOR, StaffRole.PIKET))

    @routes.get("/region-cards/{region}", response_model=wire.RegionCardOut, dependencies=[reader])
    async def card(region: RegionId) -> Response:
        return PaddedJson(await cases.cards.card(region))

    @routes.put("/region-cards/{region}/notes", status_code=204)
    async def write_notes(
        region: RegionId, body: wire.NotesIn, who: Annotated[Session, Depends(guard.require(StaffRole.COORDINATOR))]
    ) -> Response:
        cases.cards.name(region)
        await cases.data.write_notes(who, region, body.text)
        return Response(status_code=204)

    @routes.get("/teams", response_model=list[wire.TeamOut], dependencies=[reader])
    async def teams() -> Response:
        return PaddedJson(await cases.teams.now())


def _add_rota(routes: APIRouter, cases: StaffTeamCases, guard: Guard) -> None:
    reader = Depends(guard.require_quietly(StaffRole.COUNSELLOR, StaffRole.COORDINATOR))

    @routes.get("/rota", response_model=wire.RotaOut, dependencies=[reader])
    async def rota() -> Response:
        return PaddedJson(await _as_json(cases, await cases.data.rota()))

    @routes.put("/rota", response_model=wire.RotaOut)
    async def plan(
        body: wire.RotaIn, who: Annotated[Session, Depends(guard.require(StaffRole.COORDINATOR))]
    ) -> Response:
        week = tuple(Shift(**turn.model_dump()) for turn in body.week)
        exceptions = tuple(Deviation(**turn.model_dump()) for turn in body.exceptions)
        return PaddedJson(await _as_json(cases, await cases.data.plan(who, Rota(week, exceptions))))


async def _as_json(cases: StaffTeamCases, rota: Rota) -> dict[str, object]:
    people = [one for one in await cases.accounts.everybody() if not one.disabled and one.roles & _AT_THE_DESK]
    return {
        "people": [{"id": one.id, "name": one.display_name} for one in people],
        "week": [vars(turn) for turn in rota.week],
        "exceptions": [vars(turn) for turn in rota.exceptions],
        "planned_now": sorted(await cases.data.planned_now()),
    }
