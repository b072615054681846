"""The router of codes and team data, with its guards checked. Must not know any adapter."""

from fastapi import APIRouter

from webchat.api.problems import PaddedJson
from webchat.api.staff.codes import StaffCodeCases, add_codes
from webchat.api.staff.guard import Guard, refuse_unguarded
from webchat.api.staff.routes import ERRORS
from webchat.api.staff.team import StaffTeamCases, add_team


def router(codes: StaffCodeCases, team: StaffTeamCases, guard: Guard) -> APIRouter:
    """The routes, to be placed under ``routes.PREFIX``. Raises ``RuntimeError`` when one has no guard."""
    routes = APIRouter(responses=ERRORS, default_response_class=PaddedJson)
    add_codes(routes, codes, guard)
    add_team(routes, team, guard)
    refuse_unguarded(routes)
    return routes
