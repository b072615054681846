"""Starts the real engine once: Redis, the trained model, actions. Nothing here is replaced by a double."""

import shutil
from collections.abc import Callable, Iterator

import httpx
import pytest

from scripts import services
from scripts.process import Child
from scripts.services import Place
from tests.dialogue.engine_client import Conversation


@pytest.fixture(scope="session")
def engine_place() -> Iterator[Place]:
    place = Place.make()
    yield place
    shutil.rmtree(place.folder)


@pytest.fixture(scope="session")
def engine_redis(engine_place: Place) -> Iterator[str]:
    child, url = services.redis(engine_place, "engine")
    child.start()
    assert child.wait_until_healthy(10, lambda: False), child.last_line()
    yield url
    child.stop()


@pytest.fixture(scope="session")
def engine(engine_place: Place, engine_redis: str) -> Iterator[Child]:
    child = services.engine(engine_place, engine_redis, services.free_port())
    child.start()
    assert child.wait_until_healthy(60, lambda: False), child.last_line()
    yield child
    child.stop()


@pytest.fixture
def http(engine: Child, engine_place: Place) -> Iterator[httpx.Client]:
    base = f"http://127.0.0.1:{engine.environment['ENGINE_PORT']}/webhooks/lichtpunt/"
    with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {engine_place.engine_secret}"}) as client:
        yield client


@pytest.fixture
def chat(http: httpx.Client) -> Callable[..., Conversation]:
    """Start a conversation: ``chat()`` in the afternoon, ``chat(now=NIGHT)`` at night."""
    return lambda **kwargs: Conversation(http, **kwargs)
