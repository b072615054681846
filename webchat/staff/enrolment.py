"""Enrolment by a link that works once: a password and a second factor of one's own. Must not show a secret twice."""

import secrets

from webchat.ports import Clock
from webchat.staff.audit import Audit, AuditAction
from webchat.staff.errors import Refusal, StaffRefused
from webchat.staff.keys import StaffKeys, token_hash
from webchat.staff.login import Login
from webchat.staff.passwords import Passwords
from webchat.staff.ports import Account, AccountStore, Enrolment
from webchat.staff.second_factor import (
    Invitation,
    invitation,
    matching_step,
    new_recovery_codes,
    new_secret,
    plain_recovery_code,
)

LINK_SECONDS = 24 * 3600.0
NEVER = -1
"""No code was used yet, so the first one counts whatever its time."""


def enrolment_path(token: str) -> str:
    """Where the link leads. The token is in the fragment, which browsers do not send to a server."""
    return f"/staff#enrol={token}"


class Enrolments:
    """Issues links and lets a person finish one."""

    def __init__(
        self, accounts: AccountStore, passwords: Passwords, keys: StaffKeys, audit: Audit, login: Login, clock: Clock
    ) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._keys = keys
        self._audit = audit
        self._login = login
        self._clock = clock

    async def issue(self, account_id: str) -> str:
        """A new token for this account; an older link stops working."""
        token = secrets.token_urlsafe(32)
        expires = self._clock.steady() + LINK_SECONDS
        await self._accounts.put_enrolment(Enrolment(token_hash(token), account_id, expires))
        return token

    async def begin(self, token: str, password: str) -> Invitation:
        """Choose a password and get a second factor. Can be repeated until it is finished.

        Raises ``StaffRefused``: the link is gone, the password too weak.
        """
        enrolment, account = await self._open(token)
        password_hash = await self._passwords.hash(password, account.name)
        secret = new_secret()
        sealed = self._keys.seal(secret.encode(), account.id)
        if not await self._accounts.prepare_enrolment(enrolment.token_hash, password_hash, sealed):
            raise StaffRefused(Refusal.ENROLMENT_GONE)
        return invitation(secret, account.name)

    async def finish(self, token: str, code: str) -> tuple[str, ...]:
        """Prove that the app has the second factor; the link is used up. Gives the recovery codes, this once."""
        enrolment, account = await self._open(token)
        secret = self._keys.open(enrolment.totp, account.id) if enrolment.totp else None
        if secret is None:
            raise StaffRefused(Refusal.WRONG_CODE)
        step = matching_step(secret.decode(), code.replace(" ", ""), self._clock.now(), NEVER)
        if step is None:
            raise StaffRefused(Refusal.WRONG_CODE)
        codes = new_recovery_codes()
        hashes = tuple(self._keys.mark("recovery code", account.id, plain_recovery_code(each)) for each in codes)
        if not await self._accounts.finish_enrolment(enrolment, step, hashes):
            raise StaffRefused(Refusal.ENROLMENT_GONE)
        await self._login.unlock(account.name)
        await self._audit.record(account.id, AuditAction.ENROLLED)
        return codes

    async def _open(self, token: str) -> tuple[Enrolment, Account]:
        enrolment = await self._accounts.enrolment(token_hash(token), self._clock.steady())
        account = await self._accounts.get(enrolment.account_id) if enrolment else None
        if enrolment is None or account is None or account.disabled:
            raise StaffRefused(Refusal.ENROLMENT_GONE)
        return enrolment, account
