"""Codes of four words as both sides meet them, through the real routes: come back, call, leave a question."""

import pytest

from tests.turns.doubles import CANARY, DANGER_WORDS, everything
from webchat.chats import HARD_SECONDS, IDLE_SECONDS
from webchat.desk.codes import CALL_SECONDS
from webchat.desk.questions import QUESTION_SECONDS
from webchat.staff.roles import StaffRole

pytestmark = pytest.mark.asyncio

CARD = {"role": "victim", "region": "ijsselland", "hope": "advice", "hope_text": f"rust, {CANARY}"}


async def a_code(visitor, path: str, body=None) -> str:
    answer = await visitor.call("POST", path, json=body)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    assert len(code.split()) == 4
    return code


def problem(answer) -> str:
    return str(answer.json()["type"]).rpartition(":")[2]


async def test_a_return_code_brings_the_visitor_back_from_another_device(house):
    visitor, other = house.visitor(), house.visitor()
    await visitor.begin()
    code = await a_code(visitor, "/chats/current/return-code")
    closed = await visitor.http.post("/api/v1/leave", json={"token": visitor.token, "reason": "closed"})
    assert closed.status_code == 204
    house.clock.move(IDLE_SECONDS + 60)
    back = await other.call("POST", "/return", json={"code": code.upper().replace(" ", "-")})
    assert back.status_code == 200
    other.token = back.json()["token"]
    assert back.json()["state"] == "bot"
    assert (await other.call("GET", "/chats/current")).status_code == 200
    again = await house.visitor().call("POST", "/return", json={"code": code})
    assert (again.status_code, problem(again)) == (404, "code-unknown")


async def test_after_coming_back_closing_the_page_wipes_again(house):
    visitor = house.visitor()
    await visitor.begin()
    code = await a_code(visitor, "/chats/current/return-code")
    assert (await visitor.call("POST", "/return", json={"code": code})).status_code == 200
    await visitor.http.post("/api/v1/leave", json={"token": visitor.token, "reason": "closed"})
    assert (await visitor.call("GET", "/chats/current")).status_code == 410


@pytest.mark.parametrize("reason", ["exit", "goodbye"])
async def test_the_exit_wipes_even_with_a_code_and_the_code_opens_nothing(house, reason):
    visitor = house.visitor()
    await visitor.begin()
    code = await a_code(visitor, "/chats/current/return-code")
    await visitor.http.post("/api/v1/leave", json={"token": visitor.token, "reason": reason})
    answer = await visitor.call("POST", "/return", json={"code": code})
    assert (answer.status_code, problem(answer)) == (404, "code-unknown")


async def test_a_return_code_ends_with_the_chat(house):
    visitor = house.visitor()
    await visitor.begin()
    code = await a_code(visitor, "/chats/current/return-code")
    house.clock.move(HARD_SECONDS)
    assert (await visitor.call("POST", "/return", json={"code": code})).status_code == 404


async def test_a_night_story_the_phone_worker_opens_the_card_once(house):
    visitor = house.visitor()
    await visitor.begin()
    nobody = await visitor.call("POST", "/chats/current/handover", json={"card": CARD})
    assert (nobody.status_code, problem(nobody)) == (409, "nobody-available")
    answer = (await visitor.call("POST", "/chats/current/belcode", json={"card": CARD})).json()
    assert answer["redacted_kinds"] == ["person"]
    assert CANARY not in everything(answer)
    house.clock.move(CALL_SECONDS - 1)
    piket = await house.at_work("pim", StaffRole.PIKET)
    opened = await piket.post("/belcodes/open", {"code": answer["code"]})
    assert opened.status == 200
    assert opened.body["card"] == answer["card"]
    assert opened.body["card"]["hope_text"] == "rust, [naam 1]"
    assert (await piket.post("/belcodes/open", {"code": answer["code"]})).problem == "code-unknown"


async def test_a_belcode_is_gone_after_two_hours(house):
    visitor = house.visitor()
    await visitor.begin()
    code = await a_code(visitor, "/chats/current/belcode", {"card": CARD})
    house.clock.move(CALL_SECONDS)
    piket = await house.at_work("pim", StaffRole.PIKET)
    assert (await piket.post("/belcodes/open", {"code": code})).status == 404


async def test_a_belcode_without_a_card_shows_nothing_of_the_chat(house):
    visitor = house.visitor()
    await visitor.begin()
    await visitor.say("mijn zus heet sanne")
    code = await a_code(visitor, "/chats/current/belcode")
    piket = await house.at_work("pim", StaffRole.PIKET)
    card = (await piket.post("/belcodes/open", {"code": code})).body["card"]
    assert not any(value for name, value in card.items() if name != "topics")


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.PIKET])
async def test_a_belcode_opens_for_no_other_role_and_stays_usable(house, role):
    visitor = house.visitor()
    await visitor.begin()
    code = await a_code(visitor, "/chats/current/belcode", {"card": CARD})
    assert (await (await house.at_work("sam", role)).post("/belcodes/open", {"code": code})).status == 403
    assert (await (await house.at_work("pim", StaffRole.PIKET)).post("/belcodes/open", {"code": code})).status == 200


async def test_a_stranger_may_guess_five_times_a_minute(house):
    piket = await house.at_work("pim", StaffRole.PIKET)
    answers = [await piket.post("/belcodes/open", {"code": "een twee drie vier"}) for _ in range(6)]
    assert [answer.problem for answer in answers] == ["code-unknown"] * 5 + ["code-too-often"]
    house.clock.move(60)
    assert (await piket.post("/belcodes/open", {"code": "een twee drie vier"})).problem == "code-unknown"


async def test_a_code_for_one_thing_opens_no_other(house):
    visitor = house.visitor()
    await visitor.begin()
    back = await a_code(visitor, "/chats/current/return-code")
    piket = await house.at_work("pim", StaffRole.PIKET)
    assert (await piket.post("/belcodes/open", {"code": back})).status == 404
    assert (await visitor.call("POST", "/questions/read", json={"code": back})).status_code == 404


async def test_a_question_left_at_night_is_answered_by_the_next_shift(house):
    visitor = house.visitor()
    left = await visitor.call("POST", "/questions", json={"text": f"mag {CANARY} dit weten"})
    assert left.status_code == 201
    assert left.json()["text"] == "mag [naam 1] dit weten"
    code = left.json()["code"]
    waiting = await visitor.call("POST", "/questions/read", json={"code": code})
    assert waiting.json() == {"state": "open", "answer": None}
    sam = await house.at_work("sam", StaffRole.COUNSELLOR)
    (question,) = (await sam.get("/questions")).body
    assert question["text"] == "mag [naam 1] dit weten"
    assert (await sam.post(f"/questions/{question['id']}/answer", {"text": "Dat beslis jij."})).status == 204
    assert (await sam.get("/questions")).body == []
    answered = await visitor.call("POST", "/questions/read", json={"code": code})
    assert answered.json() == {"state": "answered", "answer": "Dat beslis jij."}
    wiped = await visitor.call("POST", "/questions/read", json={"code": code, "wipe": True})
    assert wiped.json()["state"] == "wiped"
    assert (await visitor.call("POST", "/questions/read", json={"code": code})).status_code == 404


async def test_danger_in_a_question_gets_numbers_at_once_and_nothing_is_kept(house):
    visitor = house.visitor()
    for text, first in ((DANGER_WORDS, "danger"), ("ik ben bang", "emergency")):
        answer = await visitor.call("POST", "/questions", json={"text": text})
        assert (answer.status_code, problem(answer)) == (409, "question-danger")
        assert answer.json()["replies"][0]["kind"] == first
        assert answer.json()["replies"][0]["referrals"][0]["id"] == "112"
    sam = await house.at_work("sam", StaffRole.COUNSELLOR)
    assert (await sam.get("/questions")).body == []


async def test_a_question_of_another_region_is_not_shown_and_cannot_be_answered(house):
    visitor = house.visitor()
    await visitor.call("POST", "/questions", json={"text": "vraag", "region": "ijsselland"})
    far = await house.at_work("far", StaffRole.COUNSELLOR, regions=("limburg",))
    near = await house.at_work("near", StaffRole.COUNSELLOR, regions=("ijsselland",))
    assert (await far.get("/questions")).body == []
    (question,) = (await near.get("/questions")).body
    assert (await far.post(f"/questions/{question['id']}/answer", {"text": "nee"})).problem == "question-gone"


async def test_a_question_lives_seven_days(house):
    visitor = house.visitor()
    code = (await visitor.call("POST", "/questions", json={"text": "vraag"})).json()["code"]
    house.clock.move(QUESTION_SECONDS)
    assert (await visitor.call("POST", "/questions/read", json={"code": code})).status_code == 404
