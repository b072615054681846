"""Whether a Redis may hold chats: its running settings against SECURITY §3.5. Must not change any setting."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.exceptions import NoPermissionError, RedisError, ResponseError

from webchat.adapters.redis_store import connect


class UnfitRedis(Exception):
    """This Redis cannot be used. ``remedy`` is one line that says what to change."""

    def __init__(self, remedy: str) -> None:
        super().__init__(remedy)
        self.remedy = remedy


_WANTED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "save": (("",), 'must be "" (no snapshots on disk)'),
    "appendonly": (("yes",), "must be yes"),
    "appendfsync": (("everysec", "always"), "must be everysec"),
    "maxmemory-policy": (("noeviction",), "must be noeviction"),
    "slowlog-max-len": (("0",), "must be 0"),
    "enable-debug-command": (("no",), "must be no"),
}


async def check(url: str) -> tuple[str, ...]:
    """Ask the running Redis for its settings. Returns the names of those it does not show.

    Raises ``UnfitRedis`` when it cannot be reached, does not let itself be asked, or keeps chats in a way that it
    should not.
    """
    client = connect(url, pool=1)
    try:
        shown = {name: await _setting(client, name) for name in (*_WANTED, "maxmemory", "dir")}
    except (NoPermissionError, ResponseError):
        raise UnfitRedis("does not show its settings; allow CONFIG GET and INFO for this account") from None
    except (RedisError, OSError):
        raise UnfitRedis("no Redis answers there; start it or correct the address") from None
    finally:
        await client.aclose(close_connection_pool=True)
    for name, (allowed, rule) in _WANTED.items():
        value = shown[name]
        if value is not None and value not in allowed:
            raise UnfitRedis(f"the setting {name} of that Redis {rule}")
    if shown["maxmemory"] == "0":
        raise UnfitRedis("the setting maxmemory of that Redis must be set, at most a quarter of its tmpfs")
    if urlsplit(url).scheme == "unix" and shown["dir"] and _may_be_on_disk(shown["dir"]):
        raise UnfitRedis("the setting dir of that Redis must be on tmpfs, for instance under /dev/shm")
    return tuple(name for name, value in shown.items() if value is None)


async def _setting(client: Redis, name: str) -> str | None:
    answer: Mapping[Any, Any] = await client.config_get(name)
    return {_word(key): _word(value) for key, value in answer.items()}.get(name)


def _word(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def in_memory(directory: str, mounts: str) -> bool:
    """Whether a directory is on tmpfs, by the text of /proc/mounts."""
    real = directory.rstrip("/") + "/"
    entries = [line.split() for line in mounts.splitlines()]
    holding = [entry for entry in entries if len(entry) > 2 and real.startswith(entry[1].rstrip("/") + "/")]
    return bool(holding) and max(holding, key=lambda entry: len(entry[1]))[2] in ("tmpfs", "ramfs")


def _may_be_on_disk(directory: str) -> bool:
    """Whether a directory of this machine is on a disk. One that is not visible from here cannot be judged."""
    if not os.path.isdir(directory):
        return False
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    except OSError:
        return False
    return not in_memory(os.path.realpath(directory), mounts)
