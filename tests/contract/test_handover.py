"""One warm handover over both kinds of store, by two gateways: what memory promises, Redis keeps."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.contract.redis_server import RedisServer
from tests.desk.builders import a_desk_with, a_talk
from tests.desk.people import VisitorOnPage
from tests.turns.doubles import House
from webchat.adapters.memory_desk import MemoryDeskStore
from webchat.adapters.memory_store import MemoryStore
from webchat.adapters.redis_desk import RedisDeskStore
from webchat.adapters.redis_store import RedisStore
from webchat.chats import Sealed
from webchat.handover.tickets import Ask

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(params=["memory", "redis"])
async def houses(request: pytest.FixtureRequest) -> AsyncIterator[tuple[House, House]]:
    """Two gateways on one pair of stores and one clock."""
    if request.param == "memory":
        stores = [(MemoryStore(), MemoryDeskStore())] * 2
    else:
        server: RedisServer = request.getfixturevalue("redis")
        with server.client() as client:
            client.flushall()
        stores = [(RedisStore(server.url), RedisDeskStore(server.url)) for _ in range(2)]
    (store, desk), (other_store, other_desk) = stores
    house = House(store=store, desk_store=desk)
    yield house, House(store=other_store, desk_store=other_desk, clock=house.clock)
    for one, other in stores:
        await one.close()
        await other.close()


async def test_a_whole_handover_by_two_gateways_loses_and_doubles_nothing(houses):
    house, other = houses
    _house, (noor, sam) = await a_desk_with("Noor", "Sam", house=house)
    visitor, ticket = await a_talk(house, noor, hope="listen", with_conversation=True)
    elsewhere = VisitorOnPage(other, visitor.token, visitor.last)
    await elsewhere.says("een")
    await noor.says(ticket, "twee")
    heard = [event.data for event in await elsewhere.hears() if event.name == "message"]
    assert [one["text"] for one in heard] == ["een", "twee"]
    question = await noor.asks(ticket, Ask.TRANSFER, sam)
    await sam.answers(ticket)
    await elsewhere.answers(question)
    assert [event.data["name"] for event in await elsewhere.hears() if event.name == "state"] == ["Sam"]
    lines = [line.data for line in await sam.reads(ticket) if line.kind is Sealed.MESSAGE and not line.data["history"]]
    assert [line["text"] for line in lines] == ["een", "twee"]
    await sam.ends(ticket)
    (ended,) = await elsewhere.hears()
    assert ended.data["reason"] == "counsellor"
    await sam.wraps_up(ticket)
    assert (await house.desk.look()).tickets == {}


async def test_nothing_of_a_handover_is_left_in_redis_but_the_empty_desk(redis):
    with redis.client() as client:
        client.flushall()
    house = House(store=RedisStore(redis.url), desk_store=RedisDeskStore(redis.url))
    _house, (noor,) = await a_desk_with("Noor", house=house)
    visitor, ticket = await a_talk(house, noor, hope_text="hoopgeheim")
    await visitor.says("praatgeheim")
    with redis.client() as client:
        everything = b"".join(client.dump(name) for name in client.keys("*"))
    assert b"geheim" not in everything
    await house.visit.wipe(visitor.token)
    await noor.wraps_up(ticket)
    with redis.client() as client:
        assert {name for name in client.keys("*")} == {b"c:desk"}
    await house.store.close()
    await house.desk_store.close()
