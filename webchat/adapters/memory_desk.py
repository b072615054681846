"""The desk in the memory of this process, with the behaviour of the Redis one. Must not be used off loopback."""

import asyncio


class MemoryDeskStore:
    """A ``DeskStore`` of one variable."""

    def __init__(self) -> None:
        self._version = 0
        self._sealed = b""
        self._loud = 0
        self._wakers: set[asyncio.Event] = set()

    async def load(self, known: int) -> tuple[int, bytes] | None:
        """The version and the sealed state, when it is another than ``known``."""
        return None if known == self._version else (self._version, self._sealed)

    async def swap(self, version: int, sealed: bytes, loud: bool) -> bool:
        """Put a new state when the version still is ``version``."""
        if version != self._version:
            return False
        self._version, self._sealed = version + 1, sealed
        if loud:
            self._loud = self._version
            for waker in self._wakers:
                waker.set()
        return True

    async def changed(self, version: int, seconds: float) -> None:
        """Wait for a louder state, at most ``seconds``."""
        if self._loud > version:
            return
        waker = asyncio.Event()
        self._wakers.add(waker)
        try:
            async with asyncio.timeout(seconds):
                await waker.wait()
        except TimeoutError:
            pass
        finally:
            self._wakers.discard(waker)

    async def close(self) -> None:
        """Nothing to let go of."""
