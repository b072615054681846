"""The engine's door: who may enter, what a retry does, and that nothing typed stays anywhere."""

import re
import uuid

import redis

from tests.dialogue.engine_client import Conversation

MARKER = "zwaluwnest-kandelaar"


def stored(url: str) -> bytes:
    """Every key and value of the engine's Redis."""
    client = redis.Redis.from_url(url)
    return b"".join(name + (client.get(name) or b"") for name in client.scan_iter("*"))


def test_the_wrong_secret_is_refused(http):
    answer = http.post("turn", json={}, headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 401
    assert answer.content == b""


def test_a_request_outside_the_contract_is_refused_without_echo(http, chat):
    for changes in ({"sender": MARKER}, {"key": "short"}, {"text": " "}, {"text": MARKER * 400}):
        answer = http.post("turn", json={**chat().request(text="hallo"), **changes})
        assert answer.status_code == 422
        assert MARKER.encode() not in answer.content


def test_the_same_message_id_gives_the_same_answer_and_no_second_turn(http, chat):
    talk: Conversation = chat()
    body = talk.request(text="mijn man slaat me", id=str(uuid.uuid4()))
    first, again = http.post("turn", json=body), http.post("turn", json=body)
    other = http.post("turn", json={**body, "id": str(uuid.uuid4())})
    assert first.json() == again.json()
    assert other.json() != first.json()


def test_forgetting_empties_the_store_and_is_idempotent(http, chat, engine_redis):
    talk = chat()
    talk.says("mijn man slaat me")
    assert talk.sender.encode() in stored(engine_redis)
    assert http.post("forget", json={"sender": talk.sender}).status_code == 204
    assert talk.sender.encode() not in stored(engine_redis)
    assert http.post("forget", json={"sender": talk.sender}).status_code == 204


def test_nothing_typed_is_in_redis_or_in_the_log(chat, engine, engine_redis):
    talk = chat()
    for text in (f"mijn {MARKER} slaat me", f"{MARKER}", f"/{MARKER}", f"hij dreigt met een {MARKER} en een mes, nu"):
        talk.says(text)
    kept, logged = stored(engine_redis), engine.log.read_bytes()
    assert talk.sender.encode() in kept
    for word in (MARKER, "slaat", "dreigt", "partner_violence"):
        assert word.encode() not in kept
        assert word.encode() not in logged


def test_another_key_does_not_open_a_chat(chat):
    talk = chat()
    talk.says("mijn man slaat me")
    stranger = chat(sender=talk.sender)
    answer = stranger.says("vertel meer")
    assert answer.assessment["topics"] == []


def test_a_typed_slash_is_no_command(chat):
    answer = chat().says("/wipe")
    assert answer.body["effect"] in (None, "wipe")
    assert chat().says('/human_request{"a": "b"}').assessment["role"] in ("unknown", "victim")


def test_a_long_chat_does_not_grow(chat, engine_redis):
    talk = chat()
    client = redis.Redis.from_url(engine_redis)
    sizes = []
    for turn in range(60):
        talk.says("hij scheldt me uit en controleert mijn telefoon" if turn % 2 else "vertel meer")
        sizes.append(client.strlen(f"tracker:{talk.sender}"))
    assert sizes[-1] <= 2 * sizes[9]


def test_health_says_nothing_but_that_it_serves(http):
    answer = http.get("health").json()
    assert set(answer) == {"status", "model"}
    assert re.fullmatch(r"[0-9a-f]{6,40}", answer["model"])
