"""The public API as DESIGN §4 describes it."""

import uuid
from contextlib import AsyncExitStack

import pytest

from tests.api.client import ORIGIN, Visitor, served
from tests.turns.doubles import CANARY, DANGER_WORDS, AwayStore, House, ScriptedBot, away
from webchat.limits import Limits

pytestmark = pytest.mark.asyncio

REFERRAL = {"id", "name", "phone", "tel", "why", "open_now", "hours", "chat_url", "cost", "trace_hint"}


async def test_a_chat_from_the_first_word_to_the_last(visitor):
    opened = await visitor.begin()
    assert set(opened) == {"token", "state", "replies", "ends_at"}
    answer = await visitor.say("mijn man slaat mij")
    assert answer.status_code == 200
    assert set(answer.json()) == {"id", "state", "replies", "assessment", "redacted_kinds", "ends_at"}
    assert set(answer.json()["replies"][0]) == {"id", "text", "kind", "referrals", "choices"}
    assert (await visitor.call("DELETE", "/chats/current")).status_code == 204
    assert (await visitor.say("nog iets")).status_code == 410


async def test_the_emergency_card_is_written_out_for_the_page():
    visitor = Visitor(House(bot=ScriptedBot(away())).gateway.app)
    await visitor.begin()
    (card,) = (await visitor.say("help")).json()["replies"]
    assert card["kind"] == "emergency"
    assert all(set(referral) == REFERRAL for referral in card["referrals"])
    assert all(referral["tel"] for referral in card["referrals"])


async def test_the_same_id_gives_the_same_answer(visitor):
    await visitor.begin()
    body = {"id": str(uuid.uuid4()), "text": "hallo"}
    first = await visitor.call("POST", "/chats/current/messages", json=body)
    again = await visitor.call("POST", "/chats/current/messages", json=body)
    assert first.json() == again.json()


async def test_a_choice_is_a_message_too(visitor, house):
    await visitor.begin()
    body = {"id": str(uuid.uuid4()), "choice": "/yes"}
    assert (await visitor.call("POST", "/chats/current/messages", json=body)).status_code == 200
    assert house.bot.turns[0].choice == "yes"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": "no uuid", "text": "hoi"},
        {"text": "hoi"},
        {"id": str(uuid.uuid4())},
        {"id": str(uuid.uuid4()), "text": ""},
        {"id": str(uuid.uuid4()), "text": "hoi", "choice": "/yes"},
        {"id": str(uuid.uuid4()), "text": ["xyz"]},
        {"id": str(uuid.uuid4()), "text": "xyz", "extra": 1},
        {"id": str(uuid.uuid4()), "choice": "/restart"},
        {"id": str(uuid.uuid4()), "choice": '/xyz{"xyz": "xyz"}'},
        {"id": str(uuid.uuid4()), "text": "\u200b"},
        [],
        "hoi",
    ],
)
async def test_a_malformed_message_is_a_problem_that_repeats_nothing(visitor, body):
    await visitor.begin()
    answer = await visitor.call("POST", "/chats/current/messages", json=body)
    assert answer.status_code == 422
    assert_problem(answer)
    assert "xyz" not in answer.text
    assert "restart" not in answer.text


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b'{"id": 1e999}'])
async def test_what_is_no_json_is_a_problem(visitor, content):
    await visitor.begin()
    answer = await visitor.call("POST", "/chats/current/messages", content=content)
    assert answer.status_code == 422
    assert_problem(answer)


async def test_two_thousand_characters_pass_and_one_more_does_not(visitor):
    await visitor.begin()
    assert (await visitor.say("\u00e9" * 2000)).status_code == 200
    answer = await visitor.say(CANARY * 200)
    assert answer.status_code == 413
    assert_problem(answer)
    assert CANARY not in answer.text


@pytest.mark.parametrize("headers", [{}, {"Transfer-Encoding": "chunked"}])
async def test_a_body_that_is_too_large_is_not_read(visitor, headers):
    await visitor.begin()
    content = b" " * 40_000

    async def chunks():
        for _ in range(10):
            yield content[:4000]

    body = chunks() if headers else content
    answer = await visitor.call("POST", "/chats/current/messages", content=body)
    assert answer.status_code == 413
    assert_problem(answer)


async def test_a_choice_out_of_the_blue_is_refused_and_a_person_can_always_be_asked_for(visitor):
    await visitor.begin()
    answer = await visitor.call(
        "POST", "/chats/current/messages", json={"id": str(uuid.uuid4()), "choice": "/handover"}
    )
    assert answer.status_code == 200


async def test_too_fast_says_when_to_try_again():
    visitor = Visitor(House(limits=Limits()).gateway.app)
    await visitor.begin()
    answers = [await visitor.say("hoi") for _ in range(9)]
    assert [answer.status_code for answer in answers] == [200] * 8 + [429]
    assert answers[-1].headers["retry-after"] == "2"
    assert_problem(answers[-1])


async def test_many_new_chats_from_one_network_are_slowed_down_and_another_is_not():
    house = House(limits=Limits())
    flood = Visitor(house.gateway.app, address="8.8.8.8")
    answers = [await flood.http.post("/api/v1/chats", json={}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [201] * 6 + [429]
    assert answers[-1].json()["replies"][0]["referrals"][0]["id"] == "112"
    neighbour = Visitor(house.gateway.app, address="8.8.8.200")
    assert (await neighbour.http.post("/api/v1/chats", json={})).status_code == 429
    other = Visitor(house.gateway.app, address="9.9.9.9")
    assert (await other.http.post("/api/v1/chats", json={})).status_code == 201
    house.clock.move(100)
    assert (await flood.http.post("/api/v1/chats", json={})).status_code == 201


async def test_unknown_wiped_and_expired_tokens_get_the_same_answer(house, visitor):
    bodies = []
    await visitor.begin()
    await visitor.call("DELETE", "/chats/current")
    bodies.append(await visitor.say("hoi"))
    await visitor.begin()
    house.clock.move(45 * 60)
    bodies.append(await visitor.say("hoi"))
    for token in ("A" * 43, "x", "A" * 4000, "dit is geen token"):
        visitor.token = token
        bodies.append(await visitor.say("hoi"))
    assert {answer.status_code for answer in bodies} == {410}
    assert len({answer.content for answer in bodies}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in bodies}) == 1
    assert_problem(bodies[0])


EVERY_CALL = [
    ("POST", "/chats/current/messages", {"id": str(uuid.uuid4()), "text": "hoi"}),
    ("GET", "/chats/current/events", None),
    ("GET", "/chats/current", None),
    ("PATCH", "/chats/current/assessment", {"role": "victim"}),
    ("POST", "/chats/current/handover", {"card": {}}),
    ("DELETE", "/chats/current/handover", None),
    ("POST", "/chats/current/handover/accept", None),
    ("POST", "/chats/current/consents", {"id": "a", "answer": "yes"}),
    ("POST", "/chats/current/signals", {"kind": "back"}),
    ("POST", "/chats/current/return-code", None),
    ("POST", "/chats/current/belcode", None),
    ("DELETE", "/chats/current", None),
]


@pytest.mark.parametrize(("method", "path", "body"), EVERY_CALL)
async def test_every_call_of_a_chat_needs_a_token_that_lives(visitor, method, path, body):
    nobody = await visitor.http.request(method, f"/api/v1{path}", json=body)
    assert nobody.status_code == 401
    assert_problem(nobody)
    visitor.token = "A" * 43
    gone = await visitor.call(method, path, json=body)
    assert gone.status_code == 410
    assert_problem(gone)


@pytest.mark.parametrize(("method", "path", "body"), EVERY_CALL)
async def test_every_call_of_a_chat_answers_503_with_numbers_while_the_store_is_away(method, path, body):
    store = AwayStore()
    visitor = Visitor(House(store=store).gateway.app)
    await visitor.begin()
    store.away = True
    answer = await visitor.call(method, path, json=body)
    assert answer.status_code == 503
    assert answer.json()["replies"][-1]["kind"] == "emergency"
    assert_problem(answer)


async def test_danger_is_answered_even_while_the_store_is_away():
    store = AwayStore()
    visitor = Visitor(House(store=store).gateway.app)
    await visitor.begin()
    store.away = True
    answer = await visitor.say(DANGER_WORDS)
    assert answer.json()["replies"][0]["kind"] == "danger"
    assert answer.headers["retry-after"] == "2"


async def test_the_assessment_can_be_corrected(visitor):
    await visitor.begin()
    answer = await visitor.call("PATCH", "/chats/current/assessment", json={"role": "child", "topics": ["stalking"]})
    assert answer.json()["assessment"]["role"] == "child"
    seen = (await visitor.call("GET", "/chats/current")).json()
    assert seen["assessment"]["topics"] == ["stalking"]
    assert seen["queue"] is None


@pytest.mark.parametrize("body", [{"role": "king"}, {"role": None}, {"region": "atlantis"}, {"safe": True}])
async def test_a_correction_outside_the_lists_is_refused(visitor, body):
    await visitor.begin()
    assert (await visitor.call("PATCH", "/chats/current/assessment", json=body)).status_code == 422


async def test_asking_for_a_person_is_honest(visitor):
    await visitor.begin()
    answer = await visitor.call("POST", "/chats/current/handover", json={"card": {"role": "victim"}})
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:lichtpunt:problem:nobody-available"
    assert answer.json()["replies"][0]["referrals"][0]["id"] == "veilig-thuis"
    assert (await visitor.http.get("/api/v1/availability")).json() == {
        "available": False,
        "waiting": 0,
        "typical_wait_seconds": None,
        "elsewhere": False,
    }


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", "/chats/current/handover", None),
        ("POST", "/chats/current/handover/accept", None),
        ("POST", "/chats/current/consents", {"id": "a", "answer": "yes"}),
        ("POST", "/questions", {"text": CANARY}),
        ("POST", "/questions/read", {"code": "een twee drie vier"}),
    ],
)
async def test_what_cannot_be_done_now_says_so_in_dutch(visitor, method, path, body):
    await visitor.begin()
    answer = await visitor.call(method, path, json=body)
    assert answer.status_code == 409
    assert_problem(answer)
    assert CANARY not in answer.text


@pytest.mark.parametrize("kind", ["not_alone", "back", "cannot_talk_freely", "typing", "still_here"])
async def test_signals_are_taken(visitor, kind):
    await visitor.begin()
    assert (await visitor.call("POST", "/chats/current/signals", json={"kind": kind})).status_code == 204


async def test_an_unknown_signal_is_refused(visitor):
    await visitor.begin()
    assert (await visitor.call("POST", "/chats/current/signals", json={"kind": "x"})).status_code == 422


@pytest.mark.parametrize("content_type", ["text/plain;charset=UTF-8", "application/json"])
async def test_a_beacon_wipes_the_chat_whatever_its_content_type(visitor, content_type):
    await visitor.begin()
    body = f'{{"token": "{visitor.token}", "reason": "exit"}}'
    headers = {"Content-Type": content_type, "Origin": "null"}
    assert (await visitor.http.post("/api/v1/leave", content=body, headers=headers)).status_code == 204
    assert (await visitor.call("GET", "/chats/current")).status_code == 410
    assert (await visitor.http.post("/api/v1/leave", content=body, headers=headers)).status_code == 204


async def test_the_directory_is_shown_with_todays_hours(visitor):
    organisations = (await visitor.http.get("/api/v1/organisations")).json()
    by_id = {entry["id"]: entry for entry in organisations}
    assert by_id["veilig-thuis"]["open_now"] is True
    assert set(by_id["veilig-thuis"]) > REFERRAL


async def test_a_stream_resumes_where_it_was_and_ends_with_a_ticket(house):
    async with served(house) as address:
        visitor = Visitor(base=address)
        await visitor.begin()
        await visitor.say("een")
        async with visitor.stream() as events:
            first = [await anext(events) for _ in range(3)]
        await visitor.say("twee")
        async with visitor.stream(first[-1][0]) as events:
            second = [await anext(events) for _ in range(2)]
            await visitor.call("DELETE", "/chats/current")
            last = await anext(events)
            assert [event async for event in events] == []
        assert [event[0] for event in [*first, *second, last]] == [1, 2, 3, 4, 5, 6]
        assert [event[1] for event in [*first, *second, last]] == [
            *("reply", "message", "reply"),
            *("message", "reply", "ended"),
        ]
        ticket = {"ticket": last[2]["ticket"], "answer": "helped"}
        assert (await visitor.http.post("/api/v1/feedback", json=ticket)).status_code == 204
        assert (await visitor.http.post("/api/v1/feedback", json=ticket)).status_code == 409
        assert (await visitor.call("GET", "/chats/current/events")).status_code == 410
        await visitor.http.aclose()


async def test_a_streams_events_are_the_replies_of_the_post(house):
    async with served(house) as address:
        visitor = Visitor(base=address)
        await visitor.begin()
        answer = (await visitor.say("een")).json()
        async with visitor.stream(2) as events:
            event = await anext(events)
        assert event[2] == answer["replies"][0]
        await visitor.http.aclose()


async def test_the_first_byte_of_a_stream_comes_at_once_and_its_frames_are_padded(house):
    async with served(house) as address:
        visitor = Visitor(base=address)
        await visitor.begin()
        async with visitor.http.stream("GET", "/api/v1/chats/current/events", headers=visitor.auth) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            assert response.headers["x-accel-buffering"] == "no"
            chunks = response.aiter_raw()
            assert await anext(chunks) == b":\n\n"
            assert len(await anext(chunks)) % 256 == 0
        await visitor.http.aclose()


async def test_a_long_poll_gives_what_there_is_and_otherwise_waits(visitor):
    await visitor.begin()
    there = await visitor.call("GET", "/chats/current/events?wait=5")
    assert there.text.count("event: reply") == 1
    nothing = await visitor.call("GET", "/chats/current/events?wait=0", headers={"Last-Event-ID": "1"})
    assert nothing.status_code == 200
    assert "event:" not in nothing.text


@pytest.mark.parametrize("headers", [{"Last-Event-ID": "-1"}, {"Last-Event-ID": "x"}])
async def test_a_wrong_last_event_id_is_refused(visitor, headers):
    await visitor.begin()
    assert (await visitor.call("GET", "/chats/current/events", headers=headers)).status_code == 422


async def test_a_chat_has_so_many_streams_and_no_more(house):
    async with served(house) as address:
        visitor = Visitor(base=address)
        await visitor.begin()
        async with AsyncExitStack() as stack:
            streams = [await stack.enter_async_context(visitor.stream()) for _ in range(4)]
            assert [(await anext(events))[0] for events in streams] == [1, 1, 1, 1]
            refused = visitor.http.stream("GET", "/api/v1/chats/current/events", headers=visitor.auth)
            assert (await stack.enter_async_context(refused)).status_code == 429
        await visitor.http.aclose()


def assert_problem(answer) -> None:
    """A problem document with a Dutch detail, padded, for this status."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) % 256 == 0
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"].startswith("urn:lichtpunt:problem:")
    assert body["title"]
    assert body["detail"].endswith(".")
    assert ORIGIN not in answer.text
