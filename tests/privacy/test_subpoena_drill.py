"""An order for everything: chats were held, with people too, and somebody gets disk, Redis, database and logs."""

import re

import pytest

from tests.privacy import sinks
from tests.privacy.drill import interrogate
from tests.privacy.living import rows_of
from tests.privacy.product import until
from tests.privacy.states import Walk
from tests.privacy.visitors import talking
from webchat.chats import ChatKeys
from webchat.staff.wrapup import FLUSH_CHATS

STORIES = (
    "mijn vader slaat mijn moeder elke avond en ik ben bang",
    "ik ben Sanne Kwelderhof, ik woon op Zeewierstraat 12 en mijn bsn is 123456782",
    "de buurvrouw schreeuwt en de kinderen huilen altijd",
)
ENDED = 24
LIVING = 3
WITH_A_PERSON = 20
"""Of the chats that ended, so many were with a counsellor, who wrapped them up: as many as are counted together."""


@pytest.fixture(scope="module")
def seeded(running):
    """Chats that were held and ended, most with a person, three that still live; the copy is taken then."""
    walk = Walk(running)
    try:
        walk.http.headers.update(
            {"Referer": "https://vorige.example/", "Cookie": "a=b", "X-Forwarded-For": "198.51.100.7"}
        )
        for place in range(ENDED + LIVING):
            token = walk.open()
            for story in STORIES[: 1 if place < WITH_A_PERSON else None]:
                walk.expect(walk.say(token, story), 200)
            if place < WITH_A_PERSON:
                _to_a_person(walk, token)
            elif place < ENDED:
                walk.expect(walk.call("DELETE", "/chats/current", token), 204)
        until(lambda: bool(rows_of(running)["counts"]))
        with running.redis("chats") as client:
            # Within ten minutes the gateway has this done by itself; until then the file holds what was wiped, sealed.
            until(lambda: client.info("persistence")["aof_rewrite_in_progress"] == 0)
            client.bgrewriteaof()
            until(lambda: client.info("persistence")["aof_rewrite_in_progress"] == 0)
        found = sinks.files(running.place.folder)
        for kind in ("chats", "engine"):
            with running.redis(kind) as client:
                found[f"redis {kind}"] = sinks.redis_content(client)
        found["sql"] = sinks.sql_content(running.staff.database)
        assert any("appendonly" in name for name in found)
        yield walk, found
    finally:
        for token in walk.tokens[ENDED:]:
            walk.call("DELETE", "/chats/current", token)
        walk.close()


def _to_a_person(walk: Walk, token: str) -> None:
    """A counsellor takes the chat, hears the story, ends it and wraps it up."""
    person = walk.desk.one
    _token, ticket = talking(walk, person, None, token)
    walk.expect(walk.say(token, STORIES[0]), 200)
    person.says(ticket, "dank je wel voor het vertellen, misschien kan iemand vandaag komen")
    person.closes(ticket)
    walk.expect(walk.say(token, "ben je daar nog"), 410)


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


def test_the_database_gives_who_of_the_staff_did_what_by_the_minute_and_nothing_of_a_visitor(running, seeded):
    """What can be produced: pseudonyms, actions and minutes; with the staff secret the pseudonyms become accounts."""
    _walk, _found = seeded
    rows = rows_of(running)
    actions = {row[3] for row in rows["audit"]}
    assert {"login", "on_duty", "chat_claimed", "chat_ended"} <= actions
    for _seq, minute, actor, _action, result, chained in rows["audit"]:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", minute)
        assert re.fullmatch(r"[0-9a-f]{16}", actor)
        assert re.fullmatch(r"[0-9a-f]{64}", chained)
        assert result in {"done", "asked", "alone", "refused"}
    assert {row[2] for row in rows["audit"]} & {row[0] for row in rows["accounts"]} == set()


def test_the_counts_are_of_at_least_twenty_chats_together_and_hold_no_row_for_a_chat(running, seeded):
    """A quarter, a code, a value and a number: nothing that joins two codes, and no moment."""
    _walk, _found = seeded
    counts = rows_of(running)["counts"]
    by_code: dict[tuple[object, object], int] = {}
    for quarter, code, _value, number in counts:
        assert re.fullmatch(r"\d{4}Q[1-4]", str(quarter))
        if code != "counsellor.kinds":
            by_code[quarter, code] = by_code.get((quarter, code), 0) + int(number)
    assert len(by_code) > 5
    assert all(number >= FLUSH_CHATS for number in by_code.values())


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
