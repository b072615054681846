"""Who may call what: every staff route, with every role and with none, and from where an unsafe call must come.

The routes are those of the application; one that is added without a guard, or without a line in the table, fails here.
"""

from dataclasses import replace

import pytest
from fastapi import APIRouter, Depends

from tests.staff.house import PREFIX
from tests.turns.doubles import House
from webchat.api.staff.guard import SAFE_METHODS, Door, Guard, Open, Required, doors, refuse_unguarded
from webchat.staff.roles import StaffRole

ANYBODY = None
EVERYONE = frozenset(StaffRole)
ADMINISTRATOR = frozenset({StaffRole.ADMINISTRATOR})
AUDITOR = frozenset({StaffRole.AUDITOR})

EXPECTED: dict[tuple[str, str], frozenset[StaffRole] | None] = {
    ("GET", "/login"): ANYBODY,
    ("POST", "/login"): ANYBODY,
    ("POST", "/enrol/begin"): ANYBODY,
    ("POST", "/enrol/finish"): ANYBODY,
    ("GET", "/oidc/start"): ANYBODY,
    ("GET", "/oidc/callback"): ANYBODY,
    ("GET", "/me"): EVERYONE,
    ("POST", "/logout"): EVERYONE,
    ("POST", "/password"): EVERYONE,
    ("GET", "/accounts"): ADMINISTRATOR,
    ("POST", "/accounts"): ADMINISTRATOR,
    ("PATCH", "/accounts/{account_id}"): ADMINISTRATOR,
    ("POST", "/accounts/{account_id}/enrolment"): ADMINISTRATOR,
    ("GET", "/approvals"): ADMINISTRATOR,
    ("POST", "/approvals/{approval_id}"): ADMINISTRATOR,
    ("GET", "/audit"): AUDITOR,
    ("GET", "/audit/verify"): AUDITOR,
}
"""Who may call each route; ``ANYBODY`` is for who is not logged in yet."""


def staff_doors(app) -> list[Door]:
    """Every way into the staff side of an application."""
    return [replace(door, path=door.path.removeprefix(PREFIX)) for door in doors(app, PREFIX)]


def filled(path: str) -> str:
    return path.replace("{account_id}", "nobody").replace("{approval_id}", "nothing")


async def test_every_route_says_who_may_call_it_and_the_table_agrees(house):
    declared = {}
    for door in staff_doors(house.app):
        (guard,) = door.guards
        declared[door.method, door.path] = ANYBODY if isinstance(guard, Open) else guard.roles
    assert declared == EXPECTED


def test_the_whole_gateway_has_no_staff_route_that_is_not_in_the_table():
    shell = House().gateway.app
    assert doors(shell._app, "/api/v1/chats")
    found = {(door.method, door.path) for door in staff_doors(shell._app)}
    assert found - set(EXPECTED) == set()


async def test_every_route_answers_every_role_as_the_table_says(house):
    people = {role: await house.person(role.value, role) for role in StaffRole}
    for door in staff_doors(house.app):
        method, path = door.method, door.path
        allowed = EXPECTED[method, path]
        nobody = house.browser()
        answer = await nobody.call(method, filled(path), json={})
        if allowed is ANYBODY:
            assert answer.status not in (401, 403), (method, path)
            continue
        assert (answer.status, answer.problem) == (401, "no-session"), (method, path)
        for role, person in people.items():
            browser = house.browser()
            browser.be(await house.cases.sessions.begin(person.account))
            answer = await browser.call(method, filled(path), json={})
            if role in allowed:
                assert answer.status not in (401, 403), (method, path, role)
            else:
                assert (answer.status, answer.problem) == (403, "wrong-role"), (method, path, role)


async def test_somebody_without_a_role_can_do_nothing(house):
    new = await house.person("new")
    for door in staff_doors(house.app):
        method, path = door.method, door.path
        if EXPECTED[method, path] is not ANYBODY:
            browser = house.browser()
            browser.be(await house.cases.sessions.begin(new.account))
            assert (await browser.call(method, filled(path), json={})).problem == "wrong-role"


FOREIGN = [
    {"Origin": None},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "https://other.example"},
    {"Origin": "http://console.example"},
    {"Origin": "https://console.example.other.example"},
    {"Origin": "https://console.example:444"},
    {"X-Lichtpunt": None},
    {"X-Lichtpunt": "other"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=[str(sorted(each.items())) for each in FOREIGN])
async def test_every_unsafe_route_refuses_a_call_from_elsewhere(house, headers):
    everything = await house.person("all", *StaffRole)
    checked = 0
    for door in staff_doors(house.app):
        method, path = door.method, door.path
        if method in SAFE_METHODS:
            continue
        browser = house.browser()
        session = await house.cases.sessions.begin(everything.account)
        browser.be(session)
        answer = await browser.call(method, filled(path), headers=headers, json={})
        assert (answer.status, answer.problem) == (403, "not-from-the-console"), (method, path)
        assert await house.cases.sessions.is_open(session)
        checked += 1
    assert checked >= 9


async def test_reading_needs_no_header_so_that_a_page_can_just_ask(house, ada):
    admin = await house.at_work(ada)
    plain = {"Origin": None, "X-Lichtpunt": None}
    assert (await admin.get("/accounts", headers=plain)).status == 200


async def test_no_safe_method_is_declared_for_something_that_changes(house):
    changing = {door.path for door in staff_doors(house.app) if door.method not in SAFE_METHODS}
    both = {door.path for door in staff_doors(house.app) if door.method in SAFE_METHODS} & changing
    assert both <= {"/accounts", "/login"}


def test_a_route_without_a_guard_stops_the_start():
    routes = APIRouter()

    @routes.get("/open-door")
    async def open_door() -> None: ...

    with pytest.raises(RuntimeError, match="/open-door needs exactly one guard"):
        refuse_unguarded(routes)


async def test_a_guard_on_the_router_counts_for_all_its_routes(house):
    guard = Guard(house.cases.sessions)
    routes = APIRouter(dependencies=[Depends(guard.require(StaffRole.PIKET))])

    @routes.get("/cards")
    async def cards() -> None: ...

    refuse_unguarded(routes)
    (door,) = doors(routes)
    (found,) = door.guards
    assert isinstance(found, Required)
    assert found.roles == {StaffRole.PIKET}


async def test_a_guard_without_roles_lets_nobody_through(house):
    everything = await house.person("all", *StaffRole)
    guard = Guard(house.cases.sessions)

    @house.app.get(f"{PREFIX}/closed", dependencies=[Depends(guard.require())])
    async def closed() -> None: ...

    browser = house.browser()
    browser.be(await house.cases.sessions.begin(everything.account))
    assert (await browser.get("/closed")).problem == "wrong-role"
