"""The socket that the gateway listens on."""

import socket

from webchat.main import _listen
from webchat.settings import Settings


def test_answers_do_not_wait_for_an_acknowledgement():
    """asyncio switches Nagle off for sockets that name their protocol; without it every answer takes 40 ms more."""
    settings = Settings.from_environ({"REDIS_URL": "memory://", "ENGINE_SECRET": "s" * 32, "PORT": "0"})
    with _listen(settings) as listening:
        assert listening.proto == socket.IPPROTO_TCP
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.proto == socket.IPPROTO_TCP
