"""Who may call what: every route, every role, every chat that is not one's own."""

import re
import uuid
from pathlib import Path

import pytest

from tests.staff_desk.house import House, texts
from webchat.api.staff.desk_routes import router
from webchat.api.staff.guard import Door, Guard, doors
from webchat.staff.roles import StaffRole

ROOT = Path(__file__).parents[2]

OF_A_CHAT = {
    ("POST", "messages"): {"id": str(uuid.UUID(int=7)), "text": "Hallo"},
    ("POST", "typing"): None,
    ("POST", "end"): None,
    ("POST", "back"): None,
    ("POST", "transfer"): {"staff": "id-ann"},
    ("POST", "shadow"): {"staff": "id-ann"},
    ("POST", "to-bot"): None,
    ("DELETE", "question"): None,
    ("POST", "colleague"): {"answer": "yes"},
    ("DELETE", "shadows/id-ann"): None,
    ("POST", "shadows/id-ann/speak"): None,
    ("POST", "help"): {"wanted": True},
    ("POST", "severe"): {"severe": True},
    ("POST", "warn"): None,
    ("POST", "abuse"): {"colleague": "id-ann"},
    ("POST", "abuse/judge"): {"answer": "yes"},
    ("POST", "wrap-up"): {},
}
"""Every route about one chat, with a body that is right."""

DESK = {StaffRole.COUNSELLOR, StaffRole.COORDINATOR}
ONLY_COORDINATOR = {"/board"}


def ways_in() -> tuple[Door, ...]:
    house = House()
    found = doors(router(house.cases, Guard(house.sessions)))
    assert len(found) >= 20
    return found


def test_the_table_of_chat_routes_is_complete():
    prefix = "/chats/{ticket}/"
    known = {(method, path.replace("id-ann", "{staff}")) for method, path in OF_A_CHAT}
    assert {
        (door.method, door.path.removeprefix(prefix)) for door in ways_in() if door.path.startswith(prefix)
    } == known


def test_each_route_is_for_the_desk_or_for_coordinators_and_for_nobody_else():
    for door in ways_in():
        (guard,) = door.guards
        assert guard.roles == ({StaffRole.COORDINATOR} if door.path in ONLY_COORDINATOR else DESK), door.path


def filled(door: Door, ticket: str) -> str:
    return door.path.replace("{ticket}", ticket).replace("{staff}", "id-ann")


@pytest.mark.parametrize("role", [*StaffRole, None])
async def test_each_route_refuses_each_role_that_has_no_business_there(house, role):
    person = house.person("pia", *([role] if role else [StaffRole.PIKET]))
    if role is None:
        person.http.cookies.clear()
    for door in ways_in():
        if role in door.guards[0].roles:
            continue
        answer = await person.call(door.method, filled(door, "abc"), {})
        assert answer.status_code == (403 if role else 401), door.path
    assert (await house.room.look()).duty == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example", "X-Lichtpunt": "console"},
        {"Origin": "http://localhost"},
        {"Origin": "null", "X-Lichtpunt": "console"},
        {"X-Lichtpunt": "console"},
    ],
)
async def test_no_unsafe_route_works_from_elsewhere_than_the_console(house, headers):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    del ann.http.headers["Origin"], ann.http.headers["X-Lichtpunt"]
    before = await house.room.look()
    for door in ways_in():
        if door.method == "GET":
            continue
        answer = await ann.call(door.method, filled(door, visitor.id), {}, headers=headers)
        assert answer.status_code == 403, door.path
    assert await house.room.look() == before


@pytest.mark.parametrize(("method", "path"), OF_A_CHAT)
async def test_a_chat_of_somebody_else_looks_exactly_like_one_that_does_not_exist(house, method, path):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    talking, waiting = await house.talking(ann), await house.visitor()
    called = await house.visitor()
    await ann.post(f"/queue/{called.id}/claim")
    ended = await house.talking(ann)
    await ended.leave()
    before = await house.room.look()
    answers = [
        await ben.call(method, f"/chats/{ticket}/{path}", OF_A_CHAT[method, path])
        for ticket in (talking.id, waiting.id, called.id, ended.id, "0123456789abcdef")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert answers[0].json()["type"] == "urn:lichtpunt:problem:ticket-gone"
    assert await house.room.look() == before
    assert await talking.reads() == []


@pytest.mark.parametrize(("method", "path"), OF_A_CHAT)
async def test_a_reader_may_only_read_and_go(house, method, path):
    ann, ben = await house.on_duty("ann"), await house.on_duty("ben")
    visitor = await house.talking(ann)
    await ann.post(f"/chats/{visitor.id}/shadow", {"staff": ben.id})
    await ben.post(f"/chats/{visitor.id}/colleague", {"answer": "yes"})
    await visitor.answer(yes=True)
    before = await house.room.look()
    answer = await ben.call(method, f"/chats/{visitor.id}/{path}", OF_A_CHAT[method, path])
    nothing_asked = path in ("colleague", "abuse/judge")
    assert answer.status_code == (409 if nothing_asked else 404)
    assert await house.room.look() == before


@pytest.mark.parametrize(("method", "path"), OF_A_CHAT)
async def test_an_older_session_of_the_same_person_does_nothing(house, method, path):
    old = await house.on_duty("ann")
    visitor = await house.talking(old)
    new = await house.on_duty("ann")
    answer = await old.call(method, f"/chats/{visitor.id}/{path}", OF_A_CHAT[method, path])
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:lichtpunt:problem:not-on-duty")
    assert (await new.view())["me"]["load"] == 0
    assert (await house.ticket(visitor.id)).holder is None


async def test_an_open_page_keeps_nobody_logged_in(house):
    ann = await house.on_duty("ann")
    touched = len(house.sessions.touched)
    await ann.post("/presence/beat")
    assert len(house.sessions.touched) == touched
    await ann.arrive()
    assert len(house.sessions.touched) == touched + 1


async def test_a_problem_never_repeats_what_was_sent(house):
    ann = await house.on_duty("ann")
    visitor = await house.talking(ann)
    sent = {
        "messages": {"id": "kanarie", "text": "kanarie"},
        "transfer": {"staff": "kanarie!"},
        "colleague": {"answer": "kanarie"},
        "help": {"wanted": "kanarie"},
        "wrap-up": {"role": "kanarie"},
    }
    for path, body in sent.items():
        answer = await ann.post(f"/chats/{visitor.id}/{path}", body)
        assert answer.status_code == 422 and "kanarie" not in answer.text, path
    assert "kanarie" not in (await ann.post("/chats/kanarie%20x/typing")).text


def test_every_refusal_has_words_for_the_screen():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("handover", "staff")
        for path in sorted((ROOT / "webchat" / folder).glob("*.py"))
    )
    named = set(re.findall(r'(?:Refused|NotAllowedNow)\("([a-z-]+)"\)', code)) | set(
        re.findall(r'return "([a-z]+-[a-z-]+)"', (ROOT / "webchat/handover/routing.py").read_text(encoding="utf-8"))
    )
    assert len(named) > 15 and named <= set(texts().problem_names), named - set(texts().problem_names)
