"""The desk as all gateways share it: read, move, wait for a change. Must not decide who comes.

The state rests encrypted under a key of the installation: it holds no word that was said, but which regions are
asked for and how urgently is nobody's business either (docs/decisions/0009).
"""

import asyncio
import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webchat.handover.desk import Desk
from webchat.handover.presence import Presence
from webchat.handover.routing import Widening, presence
from webchat.handover.time_moves import sweep
from webchat.ports import Clock, DeskStore, StoreUnavailable

ATTEMPTS = 12
_NONCE_BYTES = 12
_BLOCK = 1024
_BOUND = b"lichtpunt desk 1"

Move = Callable[[Desk, float], Desk]
"""From the desk and the steady time to the next desk; raises ``Refused``."""


class DeskRoom:
    """One desk. ``secret`` is shared by all gateways of an installation."""

    def __init__(self, store: DeskStore, clock: Clock, secret: bytes, widening: Widening | None = None) -> None:
        self.clock = clock
        self.widening = widening or Widening()
        self._store = store
        self._box = AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lichtpunt desk").derive(secret))
        self._version = 0
        self._desk = Desk()
        self._moving = asyncio.Lock()

    async def look(self) -> Desk:
        """The desk as it is now, time passed included. Raises ``StoreUnavailable``."""
        await self._refresh()
        return sweep(self._desk, self.clock.steady())

    async def move(self, work: Move, loud: bool = True) -> Desk:
        """Make one move and store it; again when another gateway moved in between. Returns the new desk.

        ``loud=False`` is for signs of life that nobody waits for. Raises what ``work`` raises, and
        ``StoreUnavailable``.
        """
        async with self._moving:
            for attempt in range(ATTEMPTS):
                await self._refresh()
                now, version, before = self.clock.steady(), self._version, self._desk
                swept = sweep(before, now)
                after = work(swept, now)
                if after is before:
                    return after
                if await self._store.swap(version, self._seal(after), loud or swept is not before):
                    self._version, self._desk = version + 1, after
                    return after
                await asyncio.sleep(secrets.randbelow(10 * (attempt + 1)) / 1000)
        raise StoreUnavailable

    async def sweep(self) -> None:
        """Let time do its work; called every few seconds by each gateway."""
        await self.move(lambda desk, _now: desk)

    async def changed(self, seconds: float) -> None:
        """Return when something at the desk may have changed since the last look, or after ``seconds``."""
        await self._store.changed(self._version, seconds)

    async def presence(self, region: str | None = None) -> Presence:
        """Whether a person can come."""
        return presence(await self.look(), region, self.clock.steady())

    async def close(self) -> None:
        """Let go of connections."""
        await self._store.close()

    async def _refresh(self) -> None:
        found = await self._store.load(self._version)
        if found is not None:
            self._version, sealed = found
            self._desk = self._open(sealed) if sealed else Desk()

    def _seal(self, desk: Desk) -> bytes:
        text = desk.as_bytes()
        padded = text.ljust(-(-len(text) // _BLOCK) * _BLOCK)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, padded, _BOUND)

    def _open(self, sealed: bytes) -> Desk:
        try:
            return Desk.from_bytes(self._box.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _BOUND))
        except InvalidTag:
            # Another installation's secret, or somebody changed it: consoles and visitors come back by themselves.
            return Desk()
