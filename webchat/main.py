"""`python -m webchat.main`: checks everything, then serves. Must say in one line what is wrong, never with a value."""

import asyncio
import ctypes
import gc
import os
import resource
import socket
import sys
from types import FrameType

import uvicorn

from bot.advice.errors import BadContent
from webchat import logs
from webchat.adapters.redis_check import UnfitRedis, check
from webchat.adapters.sql import UnfitDatabase, prepare
from webchat.app import Gateway, from_settings
from webchat.logs import Event, log
from webchat.settings import MEMORY_URL, BadSetting, Settings

UNUSABLE = 2
"""Exit code when a setting, a content file, the port or Redis cannot be used."""

DRAIN_SECONDS = 10

FORGET_SECONDS = 4
"""How often objects that only refer to each other are let go."""

_PR_SET_DUMPABLE = 4

_WIPING = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165"}
"""Read by Python and glibc at the start of a process only: every object that is freed is overwritten at once.
Without it, freed text stays in the heap until something else needs the place, chats later (docs/threat-model.md)."""


class _DrainingServer(uvicorn.Server):
    """Lets the open streams end at the first signal, so that the process stops within ``DRAIN_SECONDS``."""

    def __init__(self, config: uvicorn.Config, gateway: Gateway) -> None:
        super().__init__(config)
        self._gateway = gateway

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by uvicorn for SIGTERM and SIGINT."""
        self._gateway.streams.drain()
        if self._gateway.staff is not None:
            self._gateway.staff.drain()
        super().handle_exit(sig, frame)


def main() -> int:
    """Run the gateway until it is told to stop. Returns the exit code."""
    _wipe_what_is_freed()
    _close_memory()
    try:
        settings = Settings.from_environ(os.environ)
        logs.configure(settings.log_level)
        gateway = from_settings(settings)
        if settings.redis_url != MEMORY_URL:
            for name in asyncio.run(check(settings.redis_url)):
                log(Event.STORE_SETTING_UNKNOWN, kind=name)
        if settings.database_url is not None:
            asyncio.run(_bring_up_to_date(settings.database_url))
        listening = _listen(settings)
    except (BadSetting, BadContent, UnfitDatabase) as error:
        return _refuse(str(error))
    except UnfitRedis as error:
        return _refuse(f"REDIS_URL: {error.remedy}")
    return _serve(gateway, listening)


async def _bring_up_to_date(url: str) -> None:
    """The tables of the staff side, before anything is served. Raises ``UnfitDatabase``."""
    await (await prepare(url)).close()


def _wipe_what_is_freed() -> None:
    """Start this same program again, as the same process, unless it runs with ``_WIPING`` already."""
    if sys.platform == "linux" and not _WIPING.items() <= dict(os.environ).items():
        os.execve(sys.executable, sys.orig_argv, {**os.environ, **_WIPING})  # noqa: S606 - it is this very program


def _close_memory() -> None:
    """No core file of this process, and its memory and environment are for root alone (SECURITY §2, threat 4)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _listen(settings: Settings) -> socket.socket:
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise BadSetting("HOST", "is not an address of this machine") from None
    # With the protocol named, asyncio switches Nagle off; without, every answer waits 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError:
        listening.close()
        raise BadSetting("PORT", "is in use or not allowed here; stop the other process or choose another") from None
    listening.set_inheritable(True)
    return listening


def _serve(gateway: Gateway, listening: socket.socket) -> int:
    config = uvicorn.Config(
        gateway.app,
        log_config=None,
        access_log=False,
        ws="none",
        http="h11",
        loop="asyncio",
        lifespan="on",
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        h11_max_incomplete_event_size=16 * 1024,
        callback_notify=_let_go,
        timeout_notify=FORGET_SECONDS,
    )
    # What was read at the start stays anyway: without it the rounds of ``_let_go`` take about a millisecond.
    gc.collect()
    gc.freeze()
    log(Event.STARTED, port=listening.getsockname()[1])
    _DrainingServer(config, gateway).run(sockets=[listening])
    return 0


async def _let_go() -> None:
    """Free what only refers to itself: an error and its frames hold the request in which it happened, and Python by
    itself looks for such rings only when a quarter more objects have come, chats later."""
    gc.collect()


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)
    return UNUSABLE


if __name__ == "__main__":
    sys.exit(main())
