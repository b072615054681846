"""Twenty chats in the middle of their story: with the bot, waiting, with a person. Must copy it all at one moment."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from redis import Redis

from tests.privacy import sinks
from tests.privacy.consoles import Consoles
from tests.privacy.product import Product
from tests.privacy.visitors import talking
from tests.privacy.walk import Walk
from webchat.chats import ChatKeys, unseal

CHATS = 20
WAITING = 6
WITH_A_PERSON = 4
"""Danger weighs double, and a counsellor carries four."""

STORIES = (
    "mijn echtgenoot heeft me gisteravond tegen de kast geduwd",
    "ik woon in Enschede en durf niet naar huis",
    "hiernaast hoor ik de peuter elke avond huilen, ik ben de buurvrouw",
    "hij dreigt met een keukenmes en staat voor de deur",
)
TO_A_PERSON = "in Enschede wordt de echtgenoot met een koekenpan bedreigd"
ANYWAY = "Mirabella Doornenbosch, Kastanjehof 17"
QUESTION = "kan mijn grootmoeder na de vakantie een rechercheur spreken"
WORDS = tuple(
    word
    for story in (*STORIES, TO_A_PERSON, ANYWAY, QUESTION)
    for word in re.findall(r"[A-Za-z]+", story)
    if len(word) >= 8 or word in ("Enschede", "peuter")
)
HEADERS = {
    "Referer": "http://vorige-pagina.example/zoeken",
    "Cookie": "sessie=koekjeswaarde",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.78",
    "Forwarded": "for=203.0.113.79",
}
_CHAT_KEY = re.compile(rb"c:([0-9a-f]{32})(?::[er])?")


@dataclass(frozen=True)
class Living:
    """The chats, the codes that were given out, and a copy of everything."""

    product: Product
    tokens: tuple[str, ...]
    codes: dict[str, str]
    cookies: tuple[str, ...]
    sinks: dict[str, bytes]
    values: dict[str, set[bytes]]
    by_chat: dict[str, set[bytes]]
    rows: dict[str, list[tuple[object, ...]]]
    desk: bytes
    closed: dict[str, bytes]

    @property
    def keys(self) -> list[ChatKeys]:
        return [ChatKeys.from_token(token) for token in self.tokens]

    @property
    def copied(self) -> dict[str, bytes]:
        """Both Redis servers, the database and the folder of the product: what somebody would carry away."""
        own = str(self.product.place.folder)
        return {name: data for name, data in self.sinks.items() if name.startswith((own, "redis ", "sql"))}

    @property
    def logs(self) -> dict[str, bytes]:
        return {name: data for name, data in self.copied.items() if name.endswith(".log")}

    def talks(self) -> list[ChatKeys]:
        """The conversations with a person, by way of the visitors' own tokens."""
        found = []
        for keys in self.keys:
            for value in self.by_chat[keys.chat_id]:
                if len(value) > 300 and value[1] == _NOTES and (talk := unseal(keys, value)[1].get("talk")):
                    found.append(ChatKeys.from_token(talk))
        return found


_NOTES = 1


@contextmanager
def living_chats(running: Product) -> Iterator[Living]:
    """Until the end of the block the counsellors stay on duty."""
    walk = Walk(running)
    walk.http.headers.update(HEADERS)
    try:
        for _ in range(CHATS):
            token = walk.open()
            for story in STORIES:
                walk.expect(walk.say(token, story), 200)
        _go_to_people(walk, walk.desk)
        codes = _give_codes(walk)
        yield _copied(walk, codes)
    finally:
        walk.close()


def _card(with_conversation: bool) -> dict[str, object]:
    return {"card": {"role": "victim", "hope_text": STORIES[0], "with_conversation": with_conversation}}


def _go_to_people(walk: Walk, desk: Consoles) -> None:
    for place in range(WITH_A_PERSON):
        person, token = desk.people[place % 2], walk.tokens[place]
        _token, ticket = talking(walk, person, _card(place < 2), token)
        walk.expect(walk.say(token, TO_A_PERSON), 200)
        walk.expect(walk.say(token, ANYWAY, send_anyway=True), 200)
        person.says(ticket, STORIES[0])
    for place in range(WITH_A_PERSON, WITH_A_PERSON + WAITING):
        filled = _card(place % 2 == 0)
        walk.expect(walk.call("POST", "/chats/current/handover", walk.tokens[place], json=filled), 202)


def _give_codes(walk: Walk) -> dict[str, str]:
    calls = {
        "call": ("/chats/current/belcode", walk.tokens[-1], _card(False)),
        "return": ("/chats/current/return-code", walk.tokens[-2], None),
        "question": ("/questions", None, {"text": QUESTION}),
    }
    codes = {}
    for purpose, (path, token, body) in calls.items():
        answer = walk.call("POST", path, token, json=body)
        walk.expect(answer, 201)
        codes[purpose] = answer.json()["code"]
    return codes


def _copied(walk: Walk, codes: dict[str, str]) -> Living:
    product, values, by_chat = walk.product, {}, {}
    for kind in ("chats", "engine"):
        with product.redis(kind) as client:
            values[kind] = sinks.redis_values(client)
    with product.redis("chats") as client:
        for key in client.scan_iter("c:*"):
            if found := _CHAT_KEY.fullmatch(key):
                by_chat.setdefault(found[1].decode(), set()).update(_values_of(client, key))
        desk = client.hget("c:desk", "state") or b""
        closed = {key.decode().removeprefix("c:code:"): client.get(key) or b"" for key in client.scan_iter("c:code:*")}
    cookies = tuple(cookie for person in walk.desk.people for cookie in person.cookies)
    everything = sinks.all_of(product, ())
    return Living(
        product, tuple(walk.tokens), codes, cookies, everything, values, by_chat, rows_of(product), desk, closed
    )


def _values_of(client: Redis, key: bytes) -> set[bytes]:
    kind = client.type(key)
    return set(sinks.flat(client.hgetall(key) if kind == b"hash" else client.lrange(key, 0, -1)))


def rows_of(product: Product) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the staff database by table."""
    with closing(sqlite3.connect(f"file:{product.staff.database}?mode=ro", uri=True)) as line:
        tables = [name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: line.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}  # noqa: S608
