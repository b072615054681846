"""What belongs to spoken codes, in the memory of this process. Must not be used off loopback."""


class MemoryCodeStore:
    """A ``CodeStore`` of a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, bytes]] = {}

    async def put(self, code_id: str, closed: bytes, seconds: float, now: float) -> None:
        """Keep it for so many seconds."""
        self._kept = {name: (until, one) for name, (until, one) in self._kept.items() if now < until}
        self._kept[code_id] = (now + seconds, closed)

    async def take(self, code_id: str, now: float) -> bytes | None:
        """Use a code up."""
        until, closed = self._kept.pop(code_id, (0.0, b""))
        return closed if now < until else None

    async def close(self) -> None:
        """Forget everything."""
        self._kept.clear()
