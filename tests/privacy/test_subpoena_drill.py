"""An order for everything: chats were held, and somebody gets the disk, both Redis servers and the logs."""

import re

import pytest

from tests.privacy import sinks
from tests.privacy.drill import interrogate
from tests.privacy.product import until
from tests.privacy.states import Walk
from webchat.chats import ChatKeys

STORIES = (
    "mijn vader slaat mijn moeder elke avond en ik ben bang",
    "ik ben Sanne Kwelderhof, ik woon op Zeewierstraat 12 en mijn bsn is 123456782",
    "de buurvrouw schreeuwt en de kinderen huilen altijd",
)
ENDED = 12
LIVING = 3


@pytest.fixture(scope="module")
def seeded(running):
    """Twelve chats that were held and ended, three that still live; the copy is taken then."""
    walk = Walk(running)
    with walk.http:
        walk.http.headers.update(
            {"Referer": "https://vorige.example/", "Cookie": "a=b", "X-Forwarded-For": "198.51.100.7"}
        )
        for place in range(ENDED + LIVING):
            token = walk.open()
            for story in STORIES:
                walk.expect(walk.say(token, story), 200)
            if place < ENDED:
                walk.expect(walk.call("DELETE", "/chats/current", token), 204)
        with running.redis("chats") as client:
            # Within ten minutes the gateway has this done by itself; until then the file holds what was wiped, sealed.
            until(lambda: client.info("persistence")["aof_rewrite_in_progress"] == 0)
            client.bgrewriteaof()
            until(lambda: client.info("persistence")["aof_rewrite_in_progress"] == 0)
        found = sinks.files(running.place.folder)
        for kind in ("chats", "engine"):
            with running.redis(kind) as client:
                found[f"redis {kind}"] = sinks.redis_content(client)
        assert any("appendonly" in name for name in found)
        yield walk, found
        for token in walk.tokens[ENDED:]:
            walk.call("DELETE", "/chats/current", token)


def test_nobody_can_say_who_was_there(seeded):
    _walk, found = seeded
    assert interrogate(found).who == {}


def test_nobody_can_say_what_was_said_or_understood(seeded):
    _walk, found = seeded
    assert interrogate(found).what == set()


def test_of_ended_chats_nothing_is_left_and_of_living_ones_only_when_they_were_active(seeded):
    walk, found = seeded
    keys = [ChatKeys.from_token(token) for token in walk.tokens]
    told = interrogate(found).moments
    for ended in keys[:ENDED]:
        assert ended.chat_id.encode() not in told
        assert ended.engine_id.encode() not in told
    assert {one.chat_id.encode() for one in keys[ENDED:]} <= set(told)
    assert not [name for name, data in found.items() if name.endswith(".log") and re.search(rb"\b[0-9a-f]{32}\b", data)]


def test_the_logs_give_counts_by_the_hour_and_no_line_that_belongs_to_a_chat(seeded):
    _walk, found = seeded
    counts = interrogate(found).counts
    assert sum(number for name, number in counts.items() if name.startswith("chat_opened")) >= ENDED + LIVING
    assert sum(number for name, number in counts.items() if name.startswith("chat_wiped")) >= ENDED
    own = {line.rsplit(" at=", 1)[0] for line in _own_lines(found)}
    fields = {part.split("=")[0] for line in own for part in line.split()[3:]}
    assert fields <= {"kind", "count", "status", "error", "reason", "port", "logger", "answer"}


def test_an_investigator_finds_what_a_careless_system_would_keep():
    """The control: with such logs and stores the same search names the visitor and tells the story."""
    chat = b"0123456789abcdef0123456789abcdef"
    careless = {
        "access.log": b'198.51.100.7 "GET /chat" Referer: https://x.example user-agent Mozilla/5.0 ' + chat,
        "app.log": b"2026-11-24T10:00:00+0000 INFO chat_opened\nanna@voorbeeld.example zei: mijn vader slaat mijn moeder",
        "redis": b"slots partner_violence victim_region bsn 123456782 tel 06" + b"12345678",
        "redis log": b"Authorization: Bearer abcdefghijklmnopqrstuvwxyz",
    }
    told = interrogate(careless)
    kinds = {name.split(" in ")[0] for name in told.who}
    assert kinds == {
        *("address of a connection", "browser", "page before", "e-mail address"),
        *("telephone number", "citizen number", "token"),
    }
    assert told.what == {"a Dutch text in app.log", "partner_violence in redis", "partner in redis"}
    assert told.moments == {chat: 1}
    assert told.counts == {"chat_opened 2026-11-24T10h": 1}


def _own_lines(found: dict[str, bytes]) -> list[str]:
    log = next(data for name, data in found.items() if name.endswith("gateway.log"))
    return [line for line in log.decode("utf-8").splitlines() if re.match(r"\d{4}-", line) and " library " not in line]
