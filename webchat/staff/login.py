"""Logging in and out, with two factors always. Must not tell which part of a login was wrong."""

from webchat.ports import Clock
from webchat.staff.audit import Audit, AuditAction, AuditResult
from webchat.staff.errors import Refusal, StaffRefused
from webchat.staff.keys import StaffKeys
from webchat.staff.passwords import Passwords
from webchat.staff.ports import Account, AccountStore, Credentials, SessionStore
from webchat.staff.second_factor import is_recovery_code, matching_step, plain_recovery_code
from webchat.staff.sessions import Session, Sessions

MOST_TRIES = 5
LOCK_SECONDS = 15 * 60.0
"""Five wrong logins for one name, whichever factor was wrong, and it rests for a quarter of an hour."""

_FORGET_TRIES_SECONDS = 24 * 3600.0


class Login:
    """Checks password and second factor. Unknown names are counted, locked and timed as known ones are."""

    def __init__(
        self,
        accounts: AccountStore,
        store: SessionStore,
        sessions: Sessions,
        passwords: Passwords,
        keys: StaffKeys,
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._store = store
        self._sessions = sessions
        self._passwords = passwords
        self._keys = keys
        self._audit = audit
        self._clock = clock

    async def login(self, name: str, password: str, code: str) -> Session:
        """A new session. Raises ``StaffRefused``: refused, locked or busy."""
        account = await self._accounts.by_name(name.strip().casefold())
        number = await self._count_try(name)
        credentials = await self._accounts.credentials(account.id) if account and not account.disabled else None
        right = await self._passwords.verify(credentials.password_hash if credentials else None, password)
        if not (right and account and credentials and await self._second_factor(account.id, credentials, code)):
            raise await self._refusal(account, number)
        await self._store.clear_tries(self._key(name))
        return await self.enter(account)

    async def enter(self, account: Account) -> Session:
        """Begin a session for somebody who has proved who it is."""
        session = await self._sessions.begin(account)
        await self._audit.record(account.id, AuditAction.LOGIN)
        return session

    async def logout(self, session: Session) -> None:
        """End the session."""
        await self._sessions.end(session)
        await self._audit.record(session.account.id, AuditAction.LOGOUT)

    async def change_password(self, session: Session, current: str, new: str) -> None:
        """Another password. A wrong ``current`` counts as a wrong login. Raises ``StaffRefused``.

        The session keeps its secret: the chats that the person has open are sealed to it.
        """
        account = session.account
        number = await self._count_try(account.name)
        credentials = await self._accounts.credentials(account.id)
        if not await self._passwords.verify(credentials.password_hash if credentials else None, current):
            raise await self._refusal(account, number)
        await self._store.clear_tries(self._key(account.name))
        await self._accounts.set_password(account.id, await self._passwords.hash(new, account.name))
        await self._audit.record(account.id, AuditAction.PASSWORD_CHANGED)

    async def unlock(self, name: str) -> None:
        """Forget the wrong logins of a name: its second factor is new."""
        await self._store.clear_tries(self._key(name))

    async def sweep(self) -> None:
        """Forget counts of names that nobody tried for a day."""
        await self._store.forget_tries(self._clock.steady() - _FORGET_TRIES_SECONDS)

    async def _count_try(self, name: str) -> int:
        # Counted before it is checked, so that many tries at once are not more tries.
        tried = await self._store.count_try(self._key(name), MOST_TRIES, LOCK_SECONDS, self._clock.steady())
        if tried.wait > 0:
            raise StaffRefused(Refusal.LOGIN_LOCKED, tried.wait)
        return tried.number

    async def _refusal(self, account: Account | None, number: int) -> StaffRefused:
        # One row a lock, not one a try: a flood of wrong logins must not fill the log.
        if account is not None and number == MOST_TRIES:
            await self._audit.record(account.id, AuditAction.LOGIN, AuditResult.REFUSED)
        return StaffRefused(Refusal.LOGIN_REFUSED)

    async def _second_factor(self, account_id: str, credentials: Credentials, code: str) -> bool:
        if is_recovery_code(code):
            used = self._keys.mark("recovery code", account_id, plain_recovery_code(code))
            return await self._accounts.use_recovery_code(account_id, used)
        secret = self._keys.open(credentials.totp, account_id)
        if secret is None:
            return False
        step = matching_step(secret.decode(), code.replace(" ", ""), self._clock.now(), credentials.last_step)
        return step is not None and await self._accounts.use_step(account_id, step)

    def _key(self, name: str) -> str:
        return self._keys.mark("login name", name.strip().casefold())
