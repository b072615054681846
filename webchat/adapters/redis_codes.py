"""What belongs to spoken codes, in Redis, until it is used or too old. Must not hold a code or a key."""

from contextlib import suppress
from typing import Any

from redis.exceptions import RedisError

from webchat.adapters.redis_store import BACKSTOP_SECONDS, connect, translated

_TIME_BYTES = 8


class RedisCodeStore:
    """A ``CodeStore`` in Redis; the end is by the steady clock, the TTL of Redis is the backstop."""

    def __init__(self, url: str) -> None:
        self._redis = connect(url, pool=8)

    async def put(self, code_id: str, closed: bytes, seconds: float, now: float) -> None:
        """Keep it for so many seconds."""
        until = round((now + seconds) * 1000).to_bytes(_TIME_BYTES, "big")
        async with translated():
            await self._redis.set(f"c:code:{code_id}", until + closed, ex=round(seconds) + BACKSTOP_SECONDS)

    async def take(self, code_id: str, now: float) -> bytes | None:
        """Use a code up, in one step."""
        async with translated():
            found: Any = await self._redis.getdel(f"c:code:{code_id}")
        if found is None or round(now * 1000) >= int.from_bytes(found[:_TIME_BYTES], "big"):
            return None
        closed: bytes = found[_TIME_BYTES:]
        return closed

    async def close(self) -> None:
        """Let go of the connections."""
        with suppress(RedisError, OSError):
            await self._redis.aclose(close_connection_pool=True)
