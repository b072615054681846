"""Fixtures of the console's tests: one house on memory adapters, and a real Redis for what needs one."""

from collections.abc import Iterator

import pytest

from tests.contract.redis_server import RedisServer, redis_server
from tests.staff_desk.house import House


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server
