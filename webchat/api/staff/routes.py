"""The router of the staff accounts, with its guards checked. Must not know any adapter."""

from typing import Any

from fastapi import APIRouter

from webchat.api import wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.accounts import add_accounts
from webchat.api.staff.audit import add_audit
from webchat.api.staff.auth import add_auth
from webchat.api.staff.guard import Guard, refuse_unguarded
from webchat.ports import Clock
from webchat.staff import StaffCases

PREFIX = "/api/v1/staff"

_PROBLEM = {"model": wire.Problem}
ERRORS: dict[int | str, dict[str, Any]] = {
    code: _PROBLEM for code in (401, 403, 404, 409, 410, 413, 422, 429, 500, 503)
}


def router(cases: StaffCases, guard: Guard, clock: Clock) -> APIRouter:
    """The routes about accounts, to be placed under ``PREFIX``. Raises ``RuntimeError`` when one has no guard."""
    routes = APIRouter(responses=ERRORS, default_response_class=PaddedJson)
    add_auth(routes, cases, guard)
    add_accounts(routes, cases, guard, clock)
    add_audit(routes, cases, guard)
    refuse_unguarded(routes)
    return routes
