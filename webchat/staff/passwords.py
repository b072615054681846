"""Passwords of staff, as argon2id. Must not log, keep or return one, nor take longer for one name than for another."""

import asyncio
import secrets
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webchat.staff.errors import Refusal, StaffRefused

SHORTEST = 12
LONGEST = 200
"""Characters. Long is what counts; there is always a second factor beside it."""

_LEAST_VARIED = 5
AT_ONCE = 2
MOST_WAITING = 20
"""A flood of logins uses at most two threads; beyond this queue it is told to come back."""


class Hasher(Protocol):
    """What is needed of argon2-cffi."""

    def hash(self, password: str) -> str:
        """A new hash with its own salt."""
        ...

    def verify(self, hash: str, password: str) -> bool:
        """True, or raises ``VerificationError``."""
        ...


def _argon2id() -> Hasher:
    # 19 MiB, two passes, one lane: the smallest of the settings that OWASP's cheat sheet on password storage advises.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class Passwords:
    """Hashes and checks, off the event loop. Every check costs one hash, also when there is nothing to check."""

    def __init__(self, hasher: Hasher | None = None) -> None:
        self._hasher = hasher or _argon2id()
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    async def hash(self, password: str, name: str) -> str:
        """What to store. Raises ``StaffRefused`` when it is too weak, or too many wait."""
        if not is_strong(password, name):
            raise StaffRefused(Refusal.WEAK_PASSWORD)
        async with self._turn():
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is the one. ``None`` (no such person) takes the same time and is never right."""
        async with self._turn():
            right = await asyncio.to_thread(self._matches, stored or self._nobody, password)
        return right and stored is not None

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def _turn(self) -> "_Turn":
        return _Turn(self)


class _Turn:
    """One place at the hasher."""

    def __init__(self, passwords: Passwords) -> None:
        self._of = passwords

    async def __aenter__(self) -> None:
        if self._of._inside >= AT_ONCE + MOST_WAITING:
            raise StaffRefused(Refusal.LOGIN_BUSY, 5.0)
        self._of._inside += 1
        try:
            await self._of._turns.acquire()
        except BaseException:
            self._of._inside -= 1
            raise

    async def __aexit__(self, *_error: object) -> None:
        self._of._turns.release()
        self._of._inside -= 1


def is_strong(password: str, name: str) -> bool:
    """Long enough, not one sign over and over, and without the name somebody logs in with."""
    if not SHORTEST <= len(password) <= LONGEST:
        return False
    return len(set(password)) >= _LEAST_VARIED and name.casefold() not in password.casefold()
