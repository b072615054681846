"""Giving and using spoken codes, for both sides. Must not keep a code or what it opens in the clear."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from webchat.handover.codes import CodeKeys, new_code, tidy
from webchat.limits import Limiter
from webchat.ports import Clock, CodeStore, NotAllowedNow

RETURN = "return"
CALL = "call"
QUESTION = "question"
"""What a code is for; one for one thing opens nothing else."""

CALL_SECONDS = 2 * 60 * 60.0
"""A belcode is for the next call."""

TRIES, TRIES_SECONDS = 5, 60.0
ALL_TRIES, ALL_SECONDS = 60, 60.0
_EVERYBODY = b"everybody"


class Tries:
    """How often somebody may guess: five times a minute, and all together sixty times."""

    def __init__(self) -> None:
        self._one = Limiter(TRIES, TRIES_SECONDS / TRIES)
        self._all = Limiter(ALL_TRIES, ALL_SECONDS / ALL_TRIES)

    def count(self, who: bytes | None, now: float) -> None:
        """Count a try of ``who``; ``None`` is somebody who cannot be told apart from others, behind one proxy.

        Raises ``NotAllowedNow`` when it is one too many.
        """
        too_often = who is not None and self._one.wait(who, now) > 0
        if too_often or self._all.wait(_EVERYBODY, now) > 0:
            raise NotAllowedNow("code-too-often")


class SpokenCodes:
    """Codes of this installation; ``secret`` is shared by its gateways and needed beside the code itself."""

    def __init__(self, store: CodeStore, clock: Clock, secret: bytes) -> None:
        self._store = store
        self._clock = clock
        self._secret = secret

    async def give(self, purpose: str, content: Mapping[str, Any], seconds: float) -> tuple[str, datetime]:
        """A new code that opens ``content`` once, and until when. Raises ``StoreUnavailable``."""
        code = new_code()
        keys = await self.keys(purpose, code)
        closed = keys.close(json.dumps(content, ensure_ascii=False).encode("utf-8"))
        await self._store.put(keys.id, closed, seconds, self._clock.steady())
        return code, self.until(seconds)

    async def use(self, purpose: str, typed: str) -> dict[str, Any]:
        """What a code opens; from now on it opens nothing. Raises ``NotAllowedNow`` for a code that does not fit."""
        keys = await self.keys(purpose, tidy(typed) or typed)
        closed = await self._store.take(keys.id, self._clock.steady())
        text = keys.open(closed) if closed is not None else None
        if text is None:
            raise NotAllowedNow("code-unknown")
        content: dict[str, Any] = json.loads(text)
        return content

    async def keys(self, purpose: str, code: str) -> CodeKeys:
        """What a code stands for; the work is done beside the event loop and costs the same for a wrong code."""
        return await asyncio.to_thread(CodeKeys.derive, code, self._secret, purpose)

    def until(self, seconds: float) -> datetime:
        """When so many seconds have passed, in whole minutes."""
        return (self._clock.now() + timedelta(seconds=seconds)).replace(second=0, microsecond=0)

    async def close(self) -> None:
        """Let go of connections."""
        await self._store.close()
