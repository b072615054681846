"""The desk's state in Redis: one sealed value with a version. Must not hold a key or look inside."""

import asyncio
from contextlib import suppress

from redis.exceptions import RedisError

from webchat.adapters.redis_store import connect, translated
from webchat.logs import Event, log

_KEY = "c:desk"
_CHANNEL = "c:desk-changed"
_TTL_SECONDS = 24 * 60 * 60
"""A desk that nobody moved for a day has nobody left; Redis may forget it."""

_SWAP = """
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if version ~= ARGV[1] then return 0 end
local next = string.format('%.0f', tonumber(version) + 1)
redis.call('HSET', KEYS[1], 'version', next, 'state', ARGV[2])
if ARGV[3] == '1' then
  redis.call('HSET', KEYS[1], 'loud', next)
  redis.call('PUBLISH', ARGV[5], next)
end
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1
"""


class RedisDeskStore:
    """A ``DeskStore`` in Redis. One connection listens on behalf of all who wait in this process."""

    def __init__(self, url: str) -> None:
        self._redis = connect(url, pool=16)
        self._listening = connect(url, pool=2, timeout=None)
        self._swap = self._redis.register_script(_SWAP)
        self._wakers: set[asyncio.Event] = set()
        self._listener: asyncio.Task[None] | None = None

    async def load(self, known: int) -> tuple[int, bytes] | None:
        """The version and the sealed state, when it is another than ``known``."""
        async with translated():
            version = await self._redis.hget(_KEY, "version")
            if int(version or 0) == known:
                return None
            version, sealed = await self._redis.hmget(_KEY, ["version", "state"])
        return int(version or 0), sealed or b""

    async def swap(self, version: int, sealed: bytes, loud: bool) -> bool:
        """Put a new state when the version still is ``version``."""
        async with translated():
            done = await self._swap(keys=[_KEY], args=[str(version), sealed, int(loud), _TTL_SECONDS, _CHANNEL])
        return bool(done)

    async def changed(self, version: int, seconds: float) -> None:
        """Wait for a louder state from any gateway, at most ``seconds``."""
        waker = asyncio.Event()
        self._wakers.add(waker)
        try:
            self._listen()
            async with translated():
                loud = await self._redis.hget(_KEY, "loud")
            if int(loud or 0) <= version:
                async with asyncio.timeout(seconds):
                    await waker.wait()
        except TimeoutError:
            pass
        finally:
            self._wakers.discard(waker)

    async def close(self) -> None:
        """Stop listening and let go of the connections."""
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener
        for client in (self._redis, self._listening):
            with suppress(RedisError, OSError):
                await client.aclose(close_connection_pool=True)

    def _listen(self) -> None:
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._hear())

    async def _hear(self) -> None:
        try:
            async with self._listening.pubsub(ignore_subscribe_messages=True) as words:
                await words.subscribe(_CHANNEL)
                # Something may have changed between the last look and this moment.
                self._wake()
                async for _word in words.listen():
                    self._wake()
        except (RedisError, OSError) as error:
            log(Event.STORE_FAILED, error=type(error).__name__)
        finally:
            # Whoever waited looks again, and the next to wait starts a new listener.
            self._wake()

    def _wake(self) -> None:
        for waker in self._wakers:
            waker.set()
