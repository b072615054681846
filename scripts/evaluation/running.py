"""A private instance of the whole product for as long as an evaluation lasts."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from scripts import services
from scripts.process import Child


class DoesNotStart(Exception):
    """A process of the product did not become healthy; the message names it."""


def _start(stack: ExitStack, child: Child, seconds: float) -> None:
    child.start()
    stack.callback(child.stop)
    if not child.wait_until_healthy(seconds, lambda: False):
        raise DoesNotStart(f"{child.name}: {child.last_line()}")


@contextmanager
def running_product() -> Iterator[str]:
    """Start both Redis, the engine and the gateway without limits; yields the gateway's address."""
    with ExitStack() as stack:
        place = services.Place.make()
        stack.callback(place.remove)
        urls = {}
        for kind in ("chats", "engine"):
            child, urls[kind] = services.redis(place, kind)
            _start(stack, child, 10)
        engine_port, port = services.free_port(), services.free_port()
        _start(stack, services.engine(place, urls["engine"], engine_port), 90)
        environment = {
            "REDIS_URL": urls["chats"],
            "RASA_URL": f"http://127.0.0.1:{engine_port}",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "LIMITS": "off",
        }
        _start(stack, services.gateway(place, environment, "127.0.0.1", port), 20)
        yield f"http://127.0.0.1:{port}"
