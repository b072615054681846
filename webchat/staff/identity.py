"""Logging in through an organisation's own identity provider. Must not accept a login with one factor."""

from collections.abc import Mapping
from dataclasses import replace

from webchat.staff.accounts import new_account_id
from webchat.staff.errors import Refusal, StaffRefused
from webchat.staff.keys import token_hash
from webchat.staff.login import Login
from webchat.staff.ports import Account, AccountStore, Attempt, Identity, IdentityProvider
from webchat.staff.sessions import Session, Sessions

_SHOWN = 16


class ProviderLogin:
    """Turns an identity into a session. The account is made at the first login; its roles follow the provider."""

    def __init__(self, provider: IdentityProvider | None, accounts: AccountStore, sessions: Sessions, login: Login):
        self._provider = provider
        self._accounts = accounts
        self._sessions = sessions
        self._login = login

    @property
    def is_set(self) -> bool:
        """Whether there is a provider at all."""
        return self._provider is not None

    async def begin(self, redirect_uri: str) -> Attempt:
        """Where to send the browser. Raises ``StaffRefused``, also when no provider is set."""
        return await self._needed().begin(redirect_uri)

    async def finish(self, ticket: str, answer: Mapping[str, str], redirect_uri: str) -> Session:
        """The session of who came back. Raises ``StaffRefused``."""
        identity = await self._needed().finish(ticket, answer, redirect_uri)
        if not identity.roles:
            raise StaffRefused(Refusal.NO_ROLE)
        return await self._login.enter(await self._account(identity))

    def _needed(self) -> IdentityProvider:
        if self._provider is None:
            raise StaffRefused(Refusal.NO_PROVIDER)
        return self._provider

    async def _account(self, identity: Identity) -> Account:
        # The provider's own id may be an e-mail address, so only its hash is kept.
        subject = token_hash(identity.subject)
        account = await self._accounts.by_subject(subject)
        if account is None:
            name = f"oidc-{subject[:_SHOWN]}"
            account = Account(new_account_id(), name, identity.display_name, identity.roles, subject=subject)
            if not await self._accounts.add(account):
                raise StaffRefused(Refusal.PROVIDER_REFUSED)
            return account
        if account.disabled:
            raise StaffRefused(Refusal.PROVIDER_REFUSED)
        account = replace(account, display_name=identity.display_name, roles=identity.roles)
        await self._accounts.change(account)
        return account
