"""Every staff route of the composed gateway, with every role: what is not allowed here is refused."""

import pytest

from tests.api.client import ORIGIN
from tests.staff.house import Browser
from webchat.api.staff.guard import Open, Required, doors
from webchat.console import PREFIX
from webchat.staff.roles import StaffRole

pytestmark = pytest.mark.asyncio

DESK = {StaffRole.COUNSELLOR, StaffRole.COORDINATOR}
LEAD = {StaffRole.COORDINATOR}
ADMIN = {StaffRole.ADMINISTRATOR}
AUDITOR = {StaffRole.AUDITOR}
EVERYBODY = set(StaffRole)
NOT_YET = None
"""A route for who is not logged in yet."""

ALLOWED = {
    "login": NOT_YET,
    "enrol": NOT_YET,
    "oidc": NOT_YET,
    "logout": EVERYBODY,
    "me": EVERYBODY,
    "password": EVERYBODY,
    "accounts": ADMIN,
    "approvals": ADMIN,
    "audit": AUDITOR,
    "presence": DESK,
    "events": DESK,
    "queue": DESK,
    "chats": DESK,
    "board": LEAD,
    "questions": DESK,
    "belcodes": {StaffRole.PIKET},
    "GET canned": DESK,
    "canned": LEAD,
    "GET region-cards": DESK | {StaffRole.PIKET},
    "region-cards": LEAD,
    "teams": DESK | {StaffRole.PIKET},
    "GET rota": DESK,
    "rota": LEAD,
}
"""By the first word of the path, with the method in front where methods differ."""


def allowed(method: str, path: str) -> set[StaffRole] | None:
    word = path.removeprefix(PREFIX).split("/")[1]
    return ALLOWED[f"{method} {word}"] if f"{method} {word}" in ALLOWED else ALLOWED[word]


def staff_doors(house):
    side = house.gateway.staff
    assert side is not None
    return [door for router in side.routers for door in doors(router)]


async def test_every_route_has_exactly_the_roles_of_this_table(house):
    found = staff_doors(house)
    assert len(found) > 45
    for door in found:
        wanted = allowed(door.method, PREFIX + door.path)
        (guard,) = door.guards
        if wanted is NOT_YET:
            assert isinstance(guard, Open), door
        else:
            assert isinstance(guard, Required), door
            assert set(guard.roles) == wanted, door


async def test_every_role_is_refused_where_it_does_not_belong_and_nobody_passes_without_a_session(house):
    people = {role: await house.at_work(role.value, role) for role in StaffRole}
    stranger = Browser(house.gateway.app, ORIGIN.replace("http:", "https:"))
    for door in staff_doors(house):
        wanted = allowed(door.method, PREFIX + door.path)
        if wanted is NOT_YET:
            continue
        path = door.path.replace("{region}", "ijsselland").replace("{", "").replace("}", "")
        assert (await stranger.call(door.method, path)).status == 401, door
        for role, browser in people.items():
            if role not in wanted:
                assert (await browser.call(door.method, path)).status == 403, (door, role)


async def test_no_unsafe_route_can_be_called_from_another_page(house):
    for door in staff_doors(house):
        if door.method in ("GET", "HEAD"):
            continue
        browser = Browser(house.gateway.app, ORIGIN.replace("http:", "https:"))
        for headers in ({"Origin": None}, {"Origin": "https://evil.example"}, {"X-Lichtpunt": None}):
            answer = await browser.call(door.method, door.path.replace("{", "").replace("}", ""), headers)
            assert answer.status in (401, 403), (door, headers)
