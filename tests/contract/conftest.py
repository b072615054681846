"""Fixtures of the contract suites: one Redis for the run, and both stores in turn."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.contract.postgres_server import PostgresServer, postgres_server
from tests.contract.redis_server import RedisServer, redis_server
from webchat.adapters.memory_codes import MemoryCodeStore
from webchat.adapters.memory_desk import MemoryDeskStore
from webchat.adapters.memory_store import MemoryStore
from webchat.adapters.redis_codes import RedisCodeStore
from webchat.adapters.redis_desk import RedisDeskStore
from webchat.adapters.redis_store import RedisStore
from webchat.adapters.sql import Database, prepare
from webchat.ports import ChatStore, CodeStore, DeskStore


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


@pytest_asyncio.fixture(params=["memory", "redis"])
async def desk_stores(request: pytest.FixtureRequest) -> AsyncIterator[tuple[DeskStore, DeskStore]]:
    """Two gateways' view of one desk; in memory both are the same object."""
    if request.param == "memory":
        only = MemoryDeskStore()
        yield only, only
        return
    server: RedisServer = request.getfixturevalue("redis")
    with server.client() as client:
        client.flushall()
    one, other = RedisDeskStore(server.url), RedisDeskStore(server.url)
    yield one, other
    await one.close()
    await other.close()


@pytest_asyncio.fixture(params=["memory", "redis"])
async def codes(request: pytest.FixtureRequest) -> AsyncIterator[CodeStore]:
    made: CodeStore
    if request.param == "memory":
        made = MemoryCodeStore()
    else:
        server: RedisServer = request.getfixturevalue("redis")
        made = RedisCodeStore(server.url)
    yield made
    await made.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/staff.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.fresh()


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    made = await prepare(url)
    yield made
    await made.close()
