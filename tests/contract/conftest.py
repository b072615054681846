"""Fixtures of the contract suites: one Redis for the run, and both stores in turn."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.contract.redis_server import RedisServer, redis_server
from webchat.adapters.memory_store import MemoryStore
from webchat.adapters.redis_store import RedisStore
from webchat.ports import ChatStore


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest_asyncio.fixture(params=["memory", "redis"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[ChatStore]:
    made: ChatStore
    if request.param == "memory":
        made = MemoryStore()
    else:
        server: RedisServer = request.getfixturevalue("redis")
        with server.client() as client:
            client.flushall()
        made = RedisStore(server.url)
    yield made
    await made.close()
