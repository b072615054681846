"""The handover over HTTP: what is accepted, what is refused, and the whole story on a real stream."""

import uuid

import pytest

from tests.api.client import Visitor, served
from tests.api.test_visitor import assert_problem
from tests.desk.builders import a_counsellor, a_desk_with
from tests.turns.doubles import CANARY, DANGER_WORDS, House
from webchat.handover.tickets import Ask, Ending

pytestmark = pytest.mark.asyncio

CARD = {
    "role": "child",
    "topics": ["child_abuse"],
    "region": "ijsselland",
    "urgency": "urgent",
    "hope": "listen",
    "hope_text": "rust",
    "free_to_talk": "yes",
    "with_conversation": True,
    "code_word": "appel",
}


async def ask(visitor: Visitor, **card):
    return await visitor.call("POST", "/chats/current/handover", json={"card": card})


async def ticket_of(house: House) -> str:
    (ticket,) = (await house.desk.look()).tickets
    return ticket


async def until(events, name: str) -> dict:
    async for _event_id, found, data in events:
        if found == name:
            return data
    raise AssertionError(name)


async def test_a_request_answers_with_place_and_card(house, visitor):
    await a_desk_with("Noor", house=house)
    await visitor.begin()
    answer = await ask(visitor, **CARD)
    assert answer.status_code == 202
    body = answer.json()
    assert set(body) == {"state", "queue", "card", "replies", "redacted_kinds"}
    assert body["card"] == CARD
    assert set(body["queue"]) == {"place", "typical_wait_seconds", "elsewhere", "returned"}
    assert (await visitor.call("GET", "/chats/current")).json()["queue"] == body["queue"]


async def test_every_field_of_the_card_may_be_left_out(house, visitor):
    await a_desk_with("Noor", house=house)
    await visitor.begin()
    card = (await ask(visitor)).json()["card"]
    assert set(card) == set(CARD)
    assert not any(card.values())


@pytest.mark.parametrize(
    "card",
    [
        {"role": "king"},
        {"hope": "xyz"},
        {"hope_text": "x" * 201},
        {"free_to_talk": "maybe"},
        {"code_word": "x" * 41},
        {"region": "atlantis"},
        {"region": "Zwolle 1"},
        {"topics": ["xyz"]},
        {"name": CANARY},
    ],
)
async def test_a_card_outside_the_lists_is_refused_and_repeats_nothing(house, visitor, card):
    await a_desk_with("Noor", house=house)
    await visitor.begin()
    answer = await ask(visitor, **card)
    assert answer.status_code in (413, 422)
    assert_problem(answer)
    assert CANARY not in answer.text and "xyz" not in answer.text
    assert (await house.desk.look()).tickets == {}


async def test_danger_on_the_card_brings_112_in_the_answer(house, visitor):
    await a_desk_with("Noor", house=house)
    await visitor.begin()
    replies = (await ask(visitor, hope_text=DANGER_WORDS)).json()["replies"]
    assert replies[0]["kind"] == "danger"
    assert replies[0]["referrals"][0]["id"] == "112"


async def test_availability_of_a_region_is_real(house, visitor):
    noor = a_counsellor(house, "Noor", regions=("ijsselland",))
    await noor.arrive()
    near = (await visitor.http.get("/api/v1/availability?region=ijsselland")).json()
    far = (await visitor.http.get("/api/v1/availability?region=limburg")).json()
    assert (near["available"], near["elsewhere"], far["available"], far["elsewhere"]) == (True, False, True, True)
    for region in ("atlantis", "Zwolle"):
        assert (await visitor.http.get(f"/api/v1/availability?region={region}")).status_code == 422
    await noor.departs()
    assert (await visitor.http.get("/api/v1/availability?region=ijsselland")).json()["available"] is False


async def test_the_whole_story_on_a_stream():
    house = House(heartbeat=5.0)
    async with served(house) as address:
        (noor, sam) = (await a_desk_with("Noor", "Sam", house=house))[1]
        visitor = Visitor(base=address)
        await visitor.begin()
        async with visitor.stream() as events:
            assert (await ask(visitor, **CARD)).status_code == 202
            assert (await until(events, "state"))["state"] == "waiting"
            ticket = await noor.claim_first()
            assert (await until(events, "offer"))["name"] == "Noor"
            assert (await visitor.call("POST", "/chats/current/handover/accept")).status_code == 204
            assert (await until(events, "state"))["name"] == "Noor"
            answer = (await visitor.say(f"{CANARY} komt eraan")).json()
            assert (answer["replies"], answer["redacted_kinds"]) == ([], ["person"])
            assert (await visitor.say(f"{CANARY} komt eraan", send_anyway=True)).status_code == 200
            await noor.says(ticket, "ik ben er")
            assert (await until(events, "message"))["from"] == "visitor"
            question = await noor.asks(ticket, Ask.TRANSFER, sam)
            await sam.answers(ticket)
            assert (await until(events, "consent"))["id"] == question
            body = {"id": question, "answer": "yes"}
            assert (await visitor.call("POST", "/chats/current/consents", json=body)).status_code == 204
            assert (await until(events, "state"))["why"] == "transferred"
            await sam.ends(ticket)
            ended = await until(events, "ended")
        assert ended["reason"] == "counsellor"
        feedback = {"ticket": ended["ticket"], "answer": "helped"}
        assert (await visitor.http.post("/api/v1/feedback", json=feedback)).status_code == 204
        assert (await visitor.say("hallo?")).status_code == 410
        await visitor.http.aclose()


async def test_a_visitor_goes_back_to_the_bot_and_asks_again(house, visitor):
    (noor,) = (await a_desk_with("Noor", house=house))[1]
    await visitor.begin()
    await ask(visitor)
    assert (await visitor.call("DELETE", "/chats/current/handover")).status_code == 204
    assert (await visitor.say("hallo")).json()["state"] == "bot"
    assert (await ask(visitor)).status_code == 202
    assert len(await noor.queue()) == 1


@pytest.mark.parametrize("choice", ["/yes", "/handover"])
async def test_a_button_of_the_bot_is_refused_with_a_person_there(house, visitor, choice):
    (noor,) = (await a_desk_with("Noor", house=house))[1]
    await visitor.begin()
    await ask(visitor)
    await noor.claim_first()
    await visitor.call("POST", "/chats/current/handover/accept")
    body = {"id": str(uuid.uuid4()), "choice": choice}
    answer = await visitor.call("POST", "/chats/current/messages", json=body)
    assert answer.status_code == 409
    assert_problem(answer)


@pytest.mark.parametrize(
    ("reason", "ending"), [("exit", Ending.EXIT), ("goodbye", Ending.GOODBYE), ("closed", Ending.CLOSED)]
)
async def test_a_beacon_tells_the_counsellor_how_the_visitor_left(house, visitor, reason, ending):
    (noor,) = (await a_desk_with("Noor", house=house))[1]
    await visitor.begin()
    await ask(visitor)
    ticket = await noor.claim_first()
    body = {"token": visitor.token, "reason": reason}
    assert (await visitor.http.post("/api/v1/leave", json=body)).status_code == 204
    assert (await noor.ticket(ticket)).ending is ending
    assert (await visitor.call("GET", "/chats/current")).status_code == 410


async def test_wiping_everything_leaves_nothing_at_the_desk(house, visitor):
    await a_desk_with("Noor", house=house)
    await visitor.begin()
    await ask(visitor, **CARD)
    assert (await visitor.call("DELETE", "/chats/current")).status_code == 204
    assert (await house.desk.look()).tickets == {}


async def test_the_token_of_a_talk_opens_no_chat(house, visitor):
    (noor,) = (await a_desk_with("Noor", house=house))[1]
    await visitor.begin()
    await ask(visitor)
    visitor.token = await noor.token(await noor.claim_first())
    for method, path in (
        ("GET", "/chats/current"),
        ("GET", "/chats/current/events"),
        ("POST", "/chats/current/belcode"),
    ):
        assert (await visitor.call(method, path)).status_code == 410
