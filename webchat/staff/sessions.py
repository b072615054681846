"""Sessions of the console: who is logged in, and until when. Must not store what could open one."""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from webchat.ports import Clock
from webchat.staff.ports import Account, AccountStore, SessionStore, StoredSession
from webchat.staff.roles import StaffRole

IDLE_SECONDS = 30 * 60.0
"""Without anything done by the person; streams and heartbeats of the page do not count."""

HARD_SECONDS = 9 * 3600.0
"""One shift."""

_TOUCH_SECONDS = 30.0
"""Activity is stored at most this often."""

_SECRET_BYTES = 32


@dataclass(frozen=True)
class Session:
    """An open session. ``secret`` exists in the cookie and while a call runs; ``id`` tells nothing about it."""

    account: Account
    secret: bytes = field(repr=False)
    id: str
    started: float
    active: float

    @property
    def roles(self) -> frozenset[StaffRole]:
        """What the person may do now; read anew at each call."""
        return self.account.roles

    @property
    def cookie(self) -> str:
        """The value for the cookie."""
        return base64.urlsafe_b64encode(self.secret).decode().rstrip("=")


OnEnd = Callable[[str], Awaitable[None]]
"""Called with the id of an account whose session has just ended, for whatever reason."""


class Sessions:
    """Begins, finds and ends sessions; one a person."""

    def __init__(self, store: SessionStore, accounts: AccountStore, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock
        self.on_end: list[OnEnd] = []

    async def begin(self, account: Account) -> Session:
        """A new session with a new secret; an older one of the same person ends."""
        secret = secrets.token_bytes(_SECRET_BYTES)
        now = self._clock.steady()
        session = Session(account, secret, _fingerprint(secret), now, now)
        replaced = await self._store.put(StoredSession(_hash(secret), session.id, account.id, now, now))
        if replaced:
            await self._tell(account.id)
        return session

    async def find(self, cookie: str | None) -> Session | None:
        """The session of a cookie, or ``None``. One that is too old, or of a disabled account, ends here."""
        secret = _secret_of(cookie)
        stored = await self._store.find(_hash(secret)) if secret else None
        if secret is None or stored is None:
            return None
        account = await self._accounts.get(stored.account_id)
        now = self._clock.steady()
        if account is None or account.disabled or not _in_time(stored, now):
            await self._end(stored.secret_hash, stored.account_id)
            return None
        return Session(account, secret, stored.id, stored.started, stored.active)

    async def is_open(self, session: Session) -> bool:
        """For a stream that runs for long: whether its session is still there and within its time."""
        found = await self._store.find(_hash(session.secret))
        return found is not None and _in_time(found, self._clock.steady())

    async def touch(self, session: Session) -> None:
        """The person did something."""
        now = self._clock.steady()
        if now - session.active >= _TOUCH_SECONDS:
            await self._store.touch(_hash(session.secret), now)

    async def end(self, session: Session) -> None:
        """Log out."""
        await self._end(_hash(session.secret), session.account.id)

    async def end_of(self, account_id: str) -> None:
        """End whatever session the account has, at once."""
        if await self._store.remove_of(account_id):
            await self._tell(account_id)

    async def sweep(self) -> None:
        """End the sessions whose time has passed, so that their hooks run without a call of theirs."""
        now = self._clock.steady()
        for account_id in await self._store.remove_older(now - HARD_SECONDS, now - IDLE_SECONDS):
            await self._tell(account_id)

    def ends_at(self, session: Session) -> datetime:
        """When the shift ends, on the wall clock."""
        return self._clock.now() + timedelta(seconds=session.started + HARD_SECONDS - self._clock.steady())

    async def _end(self, secret_hash: str, account_id: str) -> None:
        if await self._store.remove(secret_hash):
            await self._tell(account_id)

    async def _tell(self, account_id: str) -> None:
        for callback in self.on_end:
            await callback(account_id)


def _in_time(stored: StoredSession, now: float) -> bool:
    return now < stored.started + HARD_SECONDS and now < stored.active + IDLE_SECONDS


def _hash(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()


def _fingerprint(secret: bytes) -> str:
    return hashlib.sha256(b"lichtpunt session id" + secret).hexdigest()[:32]


def _secret_of(cookie: str | None) -> bytes | None:
    try:
        secret = base64.b64decode((cookie or "") + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == _SECRET_BYTES else None
