"""The staff side: accounts, logging in, sessions and the audit log. Must not know HTTP, SQL or any provider."""

from dataclasses import dataclass

from webchat.ports import Clock
from webchat.staff.accounts import Accounts
from webchat.staff.audit import Audit
from webchat.staff.enrolment import Enrolments
from webchat.staff.identity import ProviderLogin
from webchat.staff.keys import StaffKeys
from webchat.staff.login import Login
from webchat.staff.passwords import Passwords
from webchat.staff.ports import AccountStore, ApprovalStore, AuditStore, IdentityProvider, SessionStore
from webchat.staff.sessions import Sessions

__all__ = ["StaffCases", "StaffStores", "build_staff"]


@dataclass(frozen=True)
class StaffStores:
    """The four stores of the staff side."""

    accounts: AccountStore
    sessions: SessionStore
    approvals: ApprovalStore
    audit: AuditStore


@dataclass(frozen=True)
class StaffCases:
    """The use cases of the staff side."""

    login: Login
    accounts: Accounts
    enrolments: Enrolments
    sessions: Sessions
    audit: Audit
    provider: ProviderLogin

    async def sweep(self) -> None:
        """End what is too old. To be called every few seconds."""
        await self.sessions.sweep()
        await self.login.sweep()


def build_staff(
    stores: StaffStores,
    clock: Clock,
    secret: bytes,
    provider: IdentityProvider | None = None,
    passwords: Passwords | None = None,
) -> StaffCases:
    """Put the staff side together. ``secret`` is that of the installation, at least 32 bytes."""
    keys = StaffKeys(secret)
    hashing = passwords or Passwords()
    audit = Audit(stores.audit, keys, clock)
    sessions = Sessions(stores.sessions, stores.accounts, clock)
    login = Login(stores.accounts, stores.sessions, sessions, hashing, keys, audit, clock)
    enrolments = Enrolments(stores.accounts, hashing, keys, audit, login, clock)
    accounts = Accounts(stores.accounts, stores.approvals, sessions, enrolments, audit, clock)
    return StaffCases(
        login, accounts, enrolments, sessions, audit, ProviderLogin(provider, stores.accounts, sessions, login)
    )
