"""Proof of work: a small sum that a browser must solve while many chats begin at once. Must never keep a visitor out.

The scheme is that of ALTCHA: find the number for which PBKDF2 gives a known beginning. The signature covers the answer
too, so that checking costs one HMAC and somebody who sends nonsense costs us nothing.
"""

import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from webchat.limits import Limits
from webchat.turns.room import TooFast

ALGORITHM = "PBKDF2/SHA-256"
COST = 5000
"""Rounds for one try: about 1.2 ms in a browser."""

LEAST_TRIES, MOST_TRIES = 200, 400
"""Half a second on a desktop computer, one to three on an old telephone."""

EXPIRES_SECONDS = 600.0
PREFIX_BYTES = 16
_MOST_USED = 20_000


@dataclass(frozen=True)
class Challenge:
    """One sum. Bytes are in hex; ``expires_at`` is the steady clock of this process, in whole seconds."""

    algorithm: str
    nonce: str
    salt: str
    cost: int
    key_prefix: str
    expires_at: int
    signature: str


class WorkNeeded(TooFast):
    """Many chats begin now: solve ``challenge``, or wait, or call one of the numbers."""

    def __init__(self, seconds: float, challenge: dict[str, Any]) -> None:
        super().__init__("too-many-chats", seconds)
        self.challenge = challenge


class Work:
    """Makes and checks challenges. The key is in memory only; a restart makes open challenges worthless."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._used: dict[str, float] = {}

    def challenge(self, now: float) -> dict[str, Any]:
        """A new challenge as JSON. ``now`` is the steady clock."""
        nonce, salt = secrets.token_hex(16), secrets.token_hex(16)
        answer = LEAST_TRIES + secrets.randbelow(MOST_TRIES - LEAST_TRIES + 1)
        prefix = derive(nonce, salt, COST, answer)[:PREFIX_BYTES].hex()
        expires = int(now + EXPIRES_SECONDS)
        signature = self._sign(nonce, salt, COST, prefix, expires, answer)
        return asdict(Challenge(ALGORITHM, nonce, salt, COST, prefix, expires, signature))

    def accept(self, challenge: Challenge, answer: int, now: float) -> bool:
        """Whether this is a challenge of ours, solved, not expired and not used before. Uses it up."""
        fields = (challenge.nonce, challenge.salt, challenge.cost, challenge.key_prefix, challenge.expires_at)
        signature = self._sign(*fields, answer)
        if not hmac.compare_digest(signature, challenge.signature):
            return False
        if now >= challenge.expires_at or signature in self._used:
            return False
        if len(self._used) >= _MOST_USED:
            self.sweep(now)
        self._used[signature] = challenge.expires_at
        return True

    def sweep(self, now: float) -> None:
        """Forget used challenges that have expired; when there are still too many, forget them all: it fails open."""
        self._used = {signature: expires for signature, expires in self._used.items() if expires > now}
        if len(self._used) >= _MOST_USED:
            self._used.clear()

    def _sign(self, nonce: str, salt: str, cost: int, prefix: str, expires: int, answer: int) -> str:
        signed = f"{ALGORITHM}|{nonce}|{salt}|{cost}|{prefix}|{expires}|{answer}"
        return hmac.new(self._key, signed.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class Door:
    """Lets visitors begin a chat: at once in calm times, with work while many come."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._work = Work()

    def enter(self, address: str | None, solved: tuple[Challenge, int] | None, now: float) -> None:
        """Return when a chat may begin; ``address`` only counts in memory. Raises ``WorkNeeded``."""
        wait = self._limits.new_chat(address, now)
        if wait > 0 and not (solved and self._work.accept(*solved, now)):
            raise WorkNeeded(wait, self._work.challenge(now))


def derive(nonce: str, salt: str, cost: int, counter: int) -> bytes:
    """What one try gives: 32 bytes. Nonce and salt in hex."""
    password = bytes.fromhex(nonce) + counter.to_bytes(4, "big")
    return hashlib.pbkdf2_hmac("sha256", password, bytes.fromhex(salt), cost)
