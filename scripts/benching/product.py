"""The whole product, started privately for a bench: two Redis, the engine, the gateway without limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import redis

from scripts import services
from scripts.benching.children import Children
from scripts.run import ENGINE_SECONDS

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Product:
    """Where the running product is. Redis URLs are of this run's private servers."""

    children: Children
    gateway_url: str
    engine_url: str
    engine_secret: str
    chats_redis: str
    engine_redis: str


@contextmanager
def running() -> Iterator[Product]:
    """The product until the block ends. Raises ``CannotRun``, or ``FileNotFoundError`` without redis-server."""
    place = services.Place.make()
    try:
        with Children() as children:
            urls = {}
            for kind in ("chats", "engine"):
                child, urls[kind] = services.redis(place, kind)
                children.start(child, 10)
            engine_port, port = services.free_port(), services.free_port()
            engine_url = f"http://{HOST}:{engine_port}"
            children.start(services.engine(place, urls["engine"], engine_port), ENGINE_SECONDS)
            environment = {
                "REDIS_URL": urls["chats"],
                "RASA_URL": engine_url,
                "HOST": HOST,
                "PORT": str(port),
                "LIMITS": "off",
                "DEMO": "0",
            }
            children.start(services.gateway(place, environment, HOST, port), 20)
            base = f"http://{HOST}:{port}"
            yield Product(children, base, engine_url, place.engine_secret, urls["chats"], urls["engine"])
    finally:
        place.remove()


def stored_bytes(url: str) -> int:
    """What all keys of a Redis take, by its own account."""
    with redis.Redis.from_url(url) as client:
        return sum(int(client.memory_usage(key) or 0) for key in client.scan_iter())
