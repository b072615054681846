"""Every state of the product, with something typed in each. A new state is a function and a line in ``STATES``.

A state types every marker it is given, says with ``walk.expect`` which answer makes it that state, and leaves the
product as it found it. Those of the handover stand in ``states_desk.py`` and ``states_staff.py``.
"""

import json
import signal
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.privacy.canary import Marker
from tests.privacy.product import answers, until
from tests.privacy.states_desk import DESK_STATES
from tests.privacy.states_staff import STAFF_STATES
from tests.privacy.walk import MANY, State, Walk, has_card, sentences, wipe_all

__all__ = ["STATES", "State", "Walk", "walk_through", "wipe_all"]


def a_first_message(walk: Walk, markers: Sequence[Marker]) -> None:
    """The very first words of a chat."""
    for marker in markers:
        walk.expect(walk.say(walk.open(), f"mijn man {marker.typed} heeft me vorige week geslagen"), 200)


def answers_to_questions(walk: Walk, markers: Sequence[Marker]) -> None:
    """What people say when the bot asks who, where, how long and whether there is danger."""
    forms = (
        "ik woon op {}",
        "bel me op {}",
        "mijn bsn is {}",
        "ik heet {}",
        "al vijf jaar, sinds {}",
        "nee, {} is weg",
    )
    sentences(walk, markers, *forms)


def words_that_redaction_does_not_know(walk: Walk, markers: Sequence[Marker]) -> None:
    """Misses: no capital, no cue, letters apart, inside other words."""
    sentences(walk, markers, "{}", "die {} van hiernaast gilt elke nacht", "xx{}xx", "wat is een {} eigenlijk", "/{}")


def danger_now(walk: Walk, markers: Sequence[Marker]) -> None:
    """112 comes first and the text still goes through redaction."""
    sentences(walk, markers, "hij staat nu voor de deur met een mes, {}", "{} slaat me nu, help")


def too_much_at_once(walk: Walk, markers: Sequence[Marker]) -> None:
    """Too many characters, and a body that is not even read."""
    token = walk.open()
    for marker in markers:
        walk.expect(walk.say(token, f"{marker.typed} " * 250), 413)
        walk.expect(walk.say(token, f"{marker.typed} " * 2500), 413)


def what_is_no_json_and_what_does_not_fit(walk: Walk, markers: Sequence[Marker]) -> None:
    """Broken and misshapen bodies on every route that takes one."""
    token = walk.open()
    path = "/chats/current/messages"
    for marker in markers:
        text, known = marker.typed, str(uuid.uuid4())
        for content in (
            f'{{"id": "{known}", "text": "{text}',
            f"{text}",
            f'{{"text": "\\ud800 {text}", "id": "{known}"}}',
        ):
            walk.expect(walk.call("POST", path, token, content=content.encode()), 422)
        bodies: tuple[Any, ...] = (
            {"id": text, "text": "hoi"},
            {"id": known, "text": "hoi", text: text},
            {"id": known, "text": [text]},
            {"id": known, "text": text, "choice": f"/{text}"},
            [text],
        )
        for body in bodies:
            walk.expect(walk.call("POST", path, token, json=body), 422)
        for method, other in (
            ("POST", "/chats"),
            ("PATCH", "/chats/current/assessment"),
            ("POST", "/chats/current/handover"),
            ("POST", "/chats/current/consents"),
            ("POST", "/chats/current/signals"),
            ("POST", "/return"),
            ("POST", "/questions"),
            ("POST", "/feedback"),
            ("POST", "/leave"),
        ):
            walk.expect(walk.call(method, other, token, json={"region": text, text: text}), 422)


def a_choice_that_was_never_offered(walk: Walk, markers: Sequence[Marker]) -> None:
    """Payloads that look right and ones that do not."""
    token = walk.open()
    for marker in markers:
        plain = "".join(letter for letter in marker.needle.lower() if letter.isascii() and letter.isalnum())
        for choice in (f"/{plain}", f"/region:{plain}", f"/{marker.typed}", f'/inform{{"name": "{marker.typed}"}}'):
            body = {"id": str(uuid.uuid4()), "choice": choice}
            walk.expect(walk.call("POST", "/chats/current/messages", token, json=body), 422)


def words_around_the_message(walk: Walk, markers: Sequence[Marker]) -> None:
    """In the token, the path, the query and the headers: where a log would have them from."""
    token = walk.open()
    for marker in markers:
        plain = marker.typed.encode().decode("latin-1")
        for wrong in (plain, f"{token[:-4]}{plain}", f"Bearer {plain}"):
            headers = {"Authorization": f"Bearer {wrong}".encode("latin-1")}
            walk.expect(walk.call("GET", "/chats/current", headers=headers), 410)
        about = {"Cookie": f"a={plain}", "Referer": f"http://{plain}/", "X-Forwarded-For": plain, "User-Agent": plain}
        sent = {name: value.encode("latin-1") for name, value in about.items()}
        walk.expect(walk.call("GET", f"/chats/current?{marker.typed}", token, headers=sent), 200)
        walk.expect(walk.call("GET", f"/{marker.typed}", headers=sent), 404)
        walk.expect(walk.call("PUT", "/chats", headers=sent, content=marker.typed.encode()), 405)
        walk.expect(walk.call("GET", "/availability", headers={"Origin": f"http://{plain}".encode("latin-1")}), 403)
        last = {"Last-Event-ID": plain.encode("latin-1")}
        walk.expect(walk.call("GET", f"/chats/current/events?wait={marker.typed}", token, headers=last), 422)


def everything_beside_talking(walk: Walk, markers: Sequence[Marker]) -> None:
    """A person refused, corrections, signals, codes, questions left: with words where none belong."""
    token = walk.open()
    for marker in markers:
        text = marker.typed
        walk.refused(walk.call("POST", "/chats/current/handover", token, json={"card": {"role": "victim"}}))
        walk.expect(walk.call("POST", "/chats/current/handover", token, json={"card": {"role": text}}), 422)
        walk.expect(walk.call("PATCH", "/chats/current/assessment", token, json={"role": "bystander"}), 200)
        walk.expect(walk.call("PATCH", "/chats/current/assessment", token, json={"topics": [text]}), 422)
        walk.expect(walk.call("PATCH", "/chats/current/assessment", token, json={"region": "atlantis"}), 422)
        walk.expect(walk.call("POST", "/chats/current/signals", token, json={"kind": "not_alone"}), 204)
        walk.expect(walk.call("POST", "/chats/current/signals", token, json={"kind": text}), 422)
        walk.expect(walk.call("POST", "/chats/current/consents", token, json={"id": text[:64], "answer": "yes"}), 409)
        walk.expect(walk.call("POST", "/questions", json={"text": f"{text} slaat me nu, help"}), 409, 429)
        walk.refused(walk.call("POST", "/questions/read", json={"code": text}))
        walk.refused(walk.call("POST", "/return", json={"code": text}))
        walk.expect(walk.call("POST", "/feedback", json={"ticket": text[:64], "answer": "helped"}), 409)
        walk.expect(walk.say(token, text, send_anyway=True), 409)
    walk.expect(walk.say(token, f"ik wil een mens spreken, {markers[0].typed}"), 200)


def the_engine_hangs(walk: Walk, markers: Sequence[Marker]) -> None:
    """SIGSTOP: the visitor gets the card in time; the engine reads what was sent when it wakes up."""
    tokens = [walk.open() for _ in markers]
    walk.product.send("engine", signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(min(32, len(markers))) as pool:
            sent = [
                pool.submit(walk.say, token, f"{marker.typed} slaat me vaak")
                for token, marker in zip(tokens, markers, strict=True)
            ]
        for one in sent:
            assert has_card(one.result())
    finally:
        walk.product.send("engine", signal.SIGCONT)
    until(lambda: walk.product.children["engine"].healthy(), 60)


def the_engine_is_dead(walk: Walk, markers: Sequence[Marker]) -> None:
    """kill -9: the card again, and a chat that begins without an engine."""
    walk.product.kill("engine")
    for place in range(0, len(markers), MANY):
        token = walk.open()
        for marker in markers[place : place + MANY]:
            answer = walk.say(token, f"{marker.typed} slaat me")
            walk.expect(answer, 200)
            assert has_card(answer)
    walk.product.start("engine")


def the_engine_has_no_memory(walk: Walk, markers: Sequence[Marker]) -> None:
    """Its Redis is killed: the engine fails in the middle of a turn, with the text at hand."""
    token = walk.open()
    walk.product.kill("engine-redis")
    for place, marker in enumerate(markers):
        token = walk.open() if place % MANY == 0 else token
        answer = walk.say(token, f"mijn vriend {marker.typed} schreeuwt elke dag")
        walk.expect(answer, 200)
        assert has_card(answer)
    walk.product.start("engine-redis")
    until(lambda: not has_card(walk.say(token, "hallo")))


def the_chats_store_is_dead(walk: Walk, markers: Sequence[Marker]) -> None:
    """kill -9 of the Redis of the chats: nothing is acknowledged, and 503 brings the card."""
    token = walk.open()
    walk.product.kill("chats")
    for marker in markers:
        answer = walk.say(token, f"mijn man {marker.typed} komt eraan met een mes")
        walk.expect(answer, 503)
        assert answer.json()["replies"]
        walk.expect(walk.call("POST", "/return", json={"code": marker.typed}), 503, 429)
    walk.product.start("chats")
    until(lambda: answers(walk.product.redis("chats")))
    walk.expect(walk.say(token, f"{markers[0].typed} is weg"), 200)


def wiping_and_leaving(walk: Walk, markers: Sequence[Marker]) -> None:
    """The three ways out, and what is typed afterwards."""
    for place, marker in enumerate(markers):
        token = walk.open()
        walk.expect(walk.say(token, f"mijn zus {marker.typed} wordt geslagen"), 200)
        if place % 3 == 0:
            walk.expect(walk.call("DELETE", "/chats/current", token), 204)
        elif place % 3 == 1:
            beacon = json.dumps({"token": token, "reason": "closed"}).encode()
            walk.expect(walk.call("POST", "/leave", content=beacon, headers={"Content-Type": "text/plain"}), 204)
        else:
            assert walk.say(token, "wis alles").json()["state"] == "ended"
        walk.expect(walk.say(token, f"ben je daar nog? {marker.typed}"), 410)


STATES: tuple[State, ...] = (
    a_first_message,
    answers_to_questions,
    words_that_redaction_does_not_know,
    danger_now,
    too_much_at_once,
    what_is_no_json_and_what_does_not_fit,
    a_choice_that_was_never_offered,
    words_around_the_message,
    everything_beside_talking,
    the_engine_hangs,
    the_engine_is_dead,
    the_engine_has_no_memory,
    the_chats_store_is_dead,
    wiping_and_leaving,
    *DESK_STATES,
    *STAFF_STATES,
)
"""Counsellors come on duty with the first state that needs them, after those in which nobody may be there."""


def walk_through(walk: Walk, deal: Callable[[State], Sequence[Marker]], states: Sequence[State] = STATES) -> None:
    """Be in every state; ``deal`` says which markers are typed there."""
    for state in states:
        walk.state = state.__name__
        walk.http.cookies.clear()
        state(walk, deal(state))
