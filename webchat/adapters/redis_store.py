"""Chats in Redis: ciphertext, counters and times, nothing else. Must not hold a key or keep a chat past its end."""

import asyncio
import hmac
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from webchat.adapters.redis_script import STEP
from webchat.chats import HARD_SECONDS, IDLE_SECONDS, LEFT_SECONDS, MOST_EVENTS, ChatKeys, Times
from webchat.logs import Event, log
from webchat.ports import ChatGone, Commit, Committed, Outcome, StoredChat, StoreUnavailable

BACKSTOP_SECONDS = 150 * 60
"""How long after its end Redis itself removes a chat that no gateway swept. Longer than a step of two hours of the
wall clock, which Redis counts its TTL by: such a step may not end a running chat."""

FULL_SHARE = 0.8
"""Above this share of maxmemory no new chats are taken; running ones go on (SECURITY R9)."""

_ENDS = "c:ends"
_CHANGED = "c:changed"
_POOL = 64
_TIMEOUT = 2.0
_REWRITE_SECONDS = 600.0
_LOOK_AGAIN_SECONDS = 15.0


def connect(url: str, pool: int = _POOL, timeout: float | None = _TIMEOUT) -> Redis:
    """A client whose pool waits for a free connection instead of failing the 65th caller (SECURITY §7.2)."""
    return Redis(
        connection_pool=BlockingConnectionPool.from_url(
            url,
            max_connections=pool,
            timeout=_TIMEOUT,
            socket_timeout=timeout,
            socket_connect_timeout=_TIMEOUT,
        )
    )


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Turn what redis-py raises into the one error of the ports; its message may hold an address."""
    try:
        yield
    except (RedisError, OSError) as error:
        log(Event.STORE_FAILED, error=type(error).__name__)
        raise StoreUnavailable from None


class RedisStore:
    """A ``ChatStore`` in Redis. One connection listens for changes on behalf of all streams of this process."""

    def __init__(self, url: str) -> None:
        self._redis = connect(url)
        self._listening = connect(url, pool=2, timeout=None)
        self._step = self._redis.register_script(STEP)
        self._wakers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None
        # True at the start: an earlier process may have been stopped between a wipe and its rewrite.
        self._wiped_since_rewrite = True
        self._rewritten_at = 0.0
        self._full_checked_at = -1.0
        self._full = False

    async def create(self, keys: ChatKeys, notes: bytes, events: tuple[bytes, ...], now: float) -> StoredChat:
        """Begin a chat; refused with ``StoreUnavailable`` when Redis is nearly full."""
        await self._refuse_when_full(now)
        answer = await self._run("create", keys, now, notes=notes, events=events)
        if answer[0] != b"stored":
            raise StoreUnavailable
        return StoredChat(notes, 0, Times(_ms(now) / 1000, _ms(now) / 1000), len(events))

    async def load(self, keys: ChatKeys, now: float) -> StoredChat:
        """The chat as it is."""
        async with translated():
            pipe = self._redis.pipeline(transaction=True)
            pipe.hmget(_hash(keys), ["auth", "version", "started", "active", "seen", "kept", "notes"])
            pipe.llen(_events(keys))
            values, last_event = await pipe.execute()
        times = _usable(values, keys, now)
        return StoredChat(values[6], int(values[1]), times, int(last_event))

    async def result(self, keys: ChatKeys, tag: bytes, now: float) -> bytes | None:
        """The result stored for a message, or ``None``."""
        found: bytes | None = await self._guarded(keys, now, "hget", _results(keys), tag)
        return found

    async def commit(self, keys: ChatKeys, commit: Commit, now: float) -> Committed:
        """Append and remember in one step of the script."""
        answer = await self._run(
            "commit",
            keys,
            now,
            commit.notes,
            commit.events,
            commit.version,
            commit.tag,
            commit.result,
            commit.activity,
            commit.keep,
        )
        outcome = Outcome(answer[0].decode("ascii"))
        if outcome in (Outcome.CONFLICT, Outcome.FULL):
            return Committed(outcome)
        self._wake(keys.chat_id)
        return Committed(outcome, answer[1], _times(answer[2:6]))

    async def seen(self, keys: ChatKeys, now: float) -> None:
        """A stream of this chat is open at ``now``."""
        await self._run("seen", keys, now)

    async def events(self, keys: ChatKeys, after: int, now: float) -> tuple[tuple[int, bytes], ...]:
        """The events with an id above ``after``; the id is the place in the list, so there are no gaps."""
        found: Sequence[bytes] = await self._guarded(keys, now, "lrange", _events(keys), after, -1)
        return tuple(enumerate(found, start=after + 1))

    async def changed(self, keys: ChatKeys, after: int, seconds: float) -> None:
        """Wait for a word from any gateway, at most ``seconds``; looks again now and then in case one was lost."""
        waker = asyncio.Event()
        self._wakers[keys.chat_id].add(waker)
        try:
            self._listen()
            async with translated():
                there, length = await self._there(keys)
            if there and length <= after:
                async with asyncio.timeout(min(seconds, _LOOK_AGAIN_SECONDS)):
                    await waker.wait()
        except TimeoutError:
            pass
        finally:
            self._wakers[keys.chat_id].discard(waker)
            if not self._wakers[keys.chat_id]:
                del self._wakers[keys.chat_id]

    async def wipe(self, keys: ChatKeys, now: float) -> None:
        """Remove all of the chat at once; the append-only file is rewritten soon after."""
        await self._run("wipe", keys, now)
        self._wiped_since_rewrite = True
        self._wake(keys.chat_id)

    async def sweep(self, now: float) -> tuple[str, ...]:
        """Remove chats past their end, and have the append-only file forget what was wiped."""
        async with translated():
            ended: Sequence[Any] = await self._redis.zrangebyscore(_ENDS, "-inf", _ms(now), start=0, num=500)
            names = tuple(chat_id.decode("ascii") for chat_id in ended)
            if names:
                pipe = self._redis.pipeline(transaction=True)
                for name in names:
                    pipe.unlink(f"c:{name}", f"c:{name}:e", f"c:{name}:r")
                    pipe.publish(_CHANGED, name)
                pipe.zrem(_ENDS, *names)
                await pipe.execute()
                self._wiped_since_rewrite = True
        await self._rewrite(now)
        for name in names:
            self._wake(name)
        return names

    async def put_ticket(self, ticket_hash: str, now: float) -> None:
        """Make a feedback ticket valid."""
        async with translated():
            await self._redis.set(f"c:ticket:{ticket_hash}", str(_ms(now + LEFT_SECONDS)), ex=2 * LEFT_SECONDS)

    async def take_ticket(self, ticket_hash: str, now: float) -> bool:
        """Use a ticket up."""
        async with translated():
            until: Any = await self._redis.getdel(f"c:ticket:{ticket_hash}")
        return until is not None and _ms(now) < int(until)

    async def close(self) -> None:
        """Stop listening and let go of the connections."""
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener
        for client in (self._redis, self._listening):
            with suppress(RedisError, OSError):
                await client.aclose(close_connection_pool=True)

    async def _run(
        self,
        mode: str,
        keys: ChatKeys,
        now: float,
        notes: bytes = b"",
        events: tuple[bytes, ...] = (),
        version: int = 0,
        tag: bytes | None = None,
        result: bytes = b"",
        activity: bool = False,
        keep: bool = False,
    ) -> list[bytes]:
        limits = [_ms(seconds) for seconds in (now, IDLE_SECONDS, HARD_SECONDS, LEFT_SECONDS, BACKSTOP_SECONDS)]
        fixed: list[str | int | bytes] = [mode, keys.chat_id, keys.authenticator_hash, *limits, MOST_EVENTS]
        async with translated():
            answer: list[bytes] = await self._step(
                keys=[_hash(keys), _events(keys), _results(keys), _ENDS],
                args=[*fixed, version, notes, tag or b"", result, int(activity), int(keep), *events],
            )
        if answer[0] == b"gone":
            raise ChatGone
        return answer

    async def _guarded(self, keys: ChatKeys, now: float, command: str, *args: Any) -> Any:
        """One read of a chat, together with the proof that it may be read."""
        async with translated():
            pipe = self._redis.pipeline(transaction=True)
            pipe.hmget(_hash(keys), ["auth", "version", "started", "active", "seen", "kept"])
            getattr(pipe, command)(*args)
            values, found = await pipe.execute()
        _usable(values, keys, now)
        return found

    async def _there(self, keys: ChatKeys) -> tuple[bool, int]:
        pipe = self._redis.pipeline(transaction=False)
        pipe.exists(_hash(keys))
        pipe.llen(_events(keys))
        there, length = await pipe.execute()
        return bool(there), int(length)

    async def _refuse_when_full(self, now: float) -> None:
        if now - self._full_checked_at >= 1.0 or now < self._full_checked_at:
            async with translated():
                memory: dict[str, Any] = await self._redis.info("memory")
            self._full_checked_at = now
            most = int(memory.get("maxmemory", 0))
            self._full = most > 0 and int(memory["used_memory"]) > FULL_SHARE * most
        if self._full:
            log(Event.STORE_NEARLY_FULL)
            raise StoreUnavailable

    async def _rewrite(self, now: float) -> None:
        """Wiped ciphertext stays in the append-only file until it is rewritten (SECURITY §3.2)."""
        if self._wiped_since_rewrite and now - self._rewritten_at >= _REWRITE_SECONDS:
            # Before the call, so that a wipe during it asks for the next rewrite.
            self._wiped_since_rewrite = False
            try:
                await self._redis.bgrewriteaof()
                self._rewritten_at = now
            except (RedisError, OSError):
                # Refused when the server's rules do not allow it or a rewrite runs already: the next sweep asks again.
                self._wiped_since_rewrite = True

    def _listen(self) -> None:
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen_for_ever())

    async def _listen_for_ever(self) -> None:
        """Pass on the names of changed chats; after a lost connection everybody looks for themselves."""
        while True:
            with suppress(RedisError, OSError):
                async with self._listening.pubsub() as channel:
                    await channel.subscribe(_CHANGED)
                    async for message in channel.listen():
                        if message["type"] == "message":
                            self._wake(message["data"].decode("ascii"))
            for name in tuple(self._wakers):
                self._wake(name)
            await asyncio.sleep(0.5)

    def _wake(self, chat_id: str) -> None:
        for waker in self._wakers.get(chat_id, ()):
            waker.set()


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _hash(keys: ChatKeys) -> str:
    return f"c:{keys.chat_id}"


def _events(keys: ChatKeys) -> str:
    return f"c:{keys.chat_id}:e"


def _results(keys: ChatKeys) -> str:
    return f"c:{keys.chat_id}:r"


def _times(values: Sequence[bytes | None]) -> Times:
    started, active, seen = (int(value) / 1000 if value else None for value in values[:3])
    return Times(started or 0.0, active or 0.0, seen, values[3] == b"1")


def _usable(values: Sequence[bytes | None], keys: ChatKeys, now: float) -> Times:
    """The times of a chat that exists, belongs to this token and has not ended. Raises ``ChatGone``."""
    if values[0] is None or not hmac.compare_digest(values[0], keys.authenticator_hash):
        raise ChatGone
    times = _times(values[2:6])
    if now >= times.gone:
        raise ChatGone
    return times
