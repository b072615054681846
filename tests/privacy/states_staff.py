"""The states of spoken codes, questions and the console's forms. Same rules as ``states.py`` and ``states_desk.py``."""

from collections.abc import Sequence

from tests.privacy.canary import Marker
from tests.privacy.consoles import VISITOR, sentence, unknown
from tests.privacy.visitors import card, say
from tests.privacy.walk import State, Walk

OPENED = 3
"""Cards that are opened by phone: five tries a minute and person are let through."""


def a_code_to_call_with(walk: Walk, markers: Sequence[Marker]) -> None:
    """The card behind a code, opened by who answers the phone, once."""
    desk = walk.desk
    for place, marker in enumerate(markers):
        desk.ledger.allow(unknown([marker]), VISITOR)
        answer = walk.call("POST", "/chats/current/belcode", walk.open(), shows=True, json=card(marker))
        walk.expect(answer, 201)
        walk.codes.append(answer.json()["code"])
        if place < OPENED:
            desk.ledger.allow(unknown([marker]), desk.two.name)
            desk.two.call("POST", "/belcodes/open", 200, 429, json={"code": walk.codes[-1]})


def a_code_to_come_back_with(walk: Walk, markers: Sequence[Marker]) -> None:
    """The page closes, the chat stays, and the code brings back to it once."""
    for marker in markers:
        token = walk.open()
        say(walk, walk.desk, token, [marker])
        answer = walk.call("POST", "/chats/current/return-code", token, shows=True)
        walk.expect(answer, 201)
        walk.codes.append(answer.json()["code"])
        walk.expect(walk.call("POST", "/leave", json={"token": token, "reason": "closed"}), 204)
        back = walk.http.post("/api/v1/return", json={"code": walk.codes[-1]})
        walk.expect(back, 200, 429)
        if back.status_code == 200:
            assert back.json()["token"] == token
        walk.expect(walk.say(token, sentence(marker)), 200)


def a_question_left_and_answered(walk: Walk, markers: Sequence[Marker]) -> None:
    """Redacted for the next shift; the answer is for who has the code."""
    desk, left = walk.desk, {}
    for marker in markers[::2]:
        desk.ledger.allow(unknown([marker]), VISITOR, desk.one.name)
        answer = walk.call("POST", "/questions", shows=True, json={"text": sentence(marker)})
        walk.expect(answer, 201, 429)
        if answer.status_code == 201:
            walk.codes.append(answer.json()["code"])
            left[answer.json()["code"]] = marker
    assert left
    waiting = desk.one.call("GET", "/questions", 200).json()
    for question, marker in zip(waiting, markers[1::2], strict=False):
        desk.ledger.allow([marker.needle], VISITOR)
        desk.one.call("POST", f"/questions/{question['id']}/answer", 204, json={"text": sentence(marker)})
    for code in left:
        walk.expect(walk.call("POST", "/questions/read", shows=True, json={"code": code}), 200, 429)


def codes_that_open_nothing(walk: Walk, markers: Sequence[Marker]) -> None:
    """Words in the place of a code, on every route that takes one."""
    desk = walk.desk
    for marker in markers:
        for code in (marker.typed, f"appel peer {marker.needle} noot"):
            walk.expect(walk.call("POST", "/return", json={"code": code}), 404, 429)
            walk.expect(walk.call("POST", "/questions/read", json={"code": code}), 404, 429)
            desk.two.call("POST", "/belcodes/open", 404, 429, json={"code": code})


def a_login_that_is_wrong(walk: Walk, markers: Sequence[Marker]) -> None:
    """A name, a password, a code and a cookie that are something else."""
    desk = walk.desk
    origin = {"Origin": walk.product.base, "X-Lichtpunt": "console"}
    for place, marker in enumerate(markers):
        name = desk.two.name if place == 0 else marker.typed[:64]
        body = {"name": name, "password": marker.typed, "code": marker.typed[:40]}
        walk.expect(walk.call("POST", "/staff/login", headers=origin, json=body), 401, 429)
        walk.expect(walk.call("POST", "/staff/login", headers=origin, json={**body, marker.typed: 1}), 422)
        begin = {"token": marker.typed, "password": marker.typed}
        walk.expect(walk.call("POST", "/staff/enrol/begin", headers=origin, json=begin), 410, 422)
        cookie = {"Cookie": f"lichtpunt={marker.typed}".encode()}
        walk.expect(walk.call("GET", "/staff/me", headers=cookie), 401)


def words_in_the_consoles_forms(walk: Walk, markers: Sequence[Marker]) -> None:
    """Words where only closed lists, ids and numbers belong."""
    one = walk.desk.one
    for marker in markers:
        text = marker.typed
        one.call("PUT", "/presence", 422, json={"status": text})
        one.call("POST", f"/queue/{text}/claim", 404, 409, 422)
        one.call("POST", "/chats/niets/messages", 422, json={"id": text, "text": text})
        one.call("POST", "/chats/niets/transfer", 404, 422, json={"staff": text})
        one.call("POST", "/chats/niets/shadow", 422, json={"staff": text, text: text})
        one.call("POST", "/chats/niets/wrap-up", 422, json={"role": text})
        one.call("POST", "/chats/niets/wrap-up", 422, json={"remark": text})
        one.call("POST", "/questions/0123456789abcdef/answer", 404, json={"text": text})
        walk.expect(walk.call("PUT", "/staff/presence", json={"status": text}), 403, 422)


STAFF_STATES: tuple[State, ...] = (
    a_code_to_call_with,
    a_code_to_come_back_with,
    a_question_left_and_answered,
    codes_that_open_nothing,
    a_login_that_is_wrong,
    words_in_the_consoles_forms,
)
