"""Accounts: who works here, with which roles. Must not give anybody power over others without a second person."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from webchat.handover.people import DEFAULT_MOST, HARD_MOST
from webchat.ports import Clock
from webchat.staff.audit import Audit, AuditAction, AuditResult
from webchat.staff.enrolment import Enrolments, enrolment_path
from webchat.staff.errors import Refusal, StaffRefused
from webchat.staff.ports import Account, AccountStore, Approval, ApprovalKind, ApprovalStore
from webchat.staff.roles import FOUR_EYES, Skill, StaffRole
from webchat.staff.sessions import Sessions

APPROVAL_SECONDS = 24 * 3600.0
FORMER_SECONDS = 24 * 3600.0
"""Somebody who stops being an administrator counts as a second person this long, so that nobody becomes the only one
by removing the others and then does alone what needs two."""

FIRST_NAME = "beheerder"


@dataclass(frozen=True)
class Wanted:
    """What an administrator fills in for an account; ``None`` leaves it as it is."""

    roles: frozenset[StaffRole] | None = None
    regions: tuple[str, ...] | None = None
    skills: frozenset[Skill] | None = None
    most: int | None = None
    disabled: bool | None = None


@dataclass(frozen=True)
class Changed:
    """The account as it is now, the id of what waits for a second administrator, and an enrolment path if made."""

    account: Account
    approval_id: str | None = None
    enrolment: str | None = field(default=None, repr=False)


def new_account_id() -> str:
    """An opaque id."""
    return secrets.token_hex(8)


class Accounts:
    """What administrators do with accounts."""

    def __init__(
        self,
        store: AccountStore,
        approvals: ApprovalStore,
        sessions: Sessions,
        enrolments: Enrolments,
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._store = store
        self._approvals = approvals
        self._sessions = sessions
        self._enrolments = enrolments
        self._audit = audit
        self._clock = clock

    async def everybody(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        return await self._store.everybody()

    async def get(self, account_id: str) -> Account:
        """One account. Raises ``StaffRefused``."""
        account = await self._store.get(account_id)
        if account is None:
            raise StaffRefused(Refusal.NO_SUCH_ACCOUNT)
        return account

    async def ensure_first_administrator(self) -> str | None:
        """The enrolment path of the first administrator, while no administrator can log in; otherwise ``None``."""
        everybody = await self._store.everybody()
        if any(account.is_administrator for account in everybody):
            return None
        first = next((account for account in everybody if account.name == FIRST_NAME), None)
        if first is None:
            roles = frozenset({StaffRole.ADMINISTRATOR})
            first = Account(new_account_id(), FIRST_NAME, "Beheerder", roles, most=DEFAULT_MOST)
            if not await self._store.add(first):
                return None  # another gateway, started at the same moment, prints the link
        if first.enrolled or first.disabled:
            return None
        return enrolment_path(await self._enrolments.issue(first.id))

    async def add(self, by: Account, name: str, display_name: str, wanted: Wanted) -> Changed:
        """A new account with an enrolment link. Roles that need a second administrator come later."""
        roles = wanted.roles or frozenset()
        alone = await self._is_only_administrator(by)
        account = Account(
            id=new_account_id(),
            name=name.strip().casefold(),
            display_name=display_name.strip(),
            roles=roles if alone else roles - FOUR_EYES,
            regions=wanted.regions or (),
            skills=wanted.skills or frozenset(),
            most=_within(wanted.most or DEFAULT_MOST),
        )
        if not await self._store.add(account):
            raise StaffRefused(Refusal.NAME_TAKEN)
        await self._audit.record(by.id, AuditAction.ACCOUNT_ADDED)
        approval = await self._grant(by, account, roles & FOUR_EYES, alone)
        path = enrolment_path(await self._enrolments.issue(account.id))
        return Changed(account, approval, path)

    async def change(self, by: Account, account_id: str, wanted: Wanted) -> Changed:
        """Change an account. Losing a role or being disabled ends its session at once.

        Somebody who is disabled loses the roles that need two people, so that coming back needs two people as well.
        """
        account = await self.get(account_id)
        disabled = account.disabled if wanted.disabled is None else wanted.disabled
        roles = account.roles if wanted.roles is None else wanted.roles
        roles = roles - FOUR_EYES if disabled else roles
        alone = await self._is_only_administrator(by)
        granted = (roles - account.roles) & FOUR_EYES
        kept = roles if alone else roles - granted
        await self._keep_an_administrator(account, kept, disabled)
        changed = replace(
            account,
            roles=kept,
            regions=account.regions if wanted.regions is None else wanted.regions,
            skills=account.skills if wanted.skills is None else wanted.skills,
            most=account.most if wanted.most is None else _within(wanted.most),
            disabled=disabled,
        )
        if account.is_administrator and not changed.is_administrator:
            changed = replace(changed, was_administrator_until=self._clock.steady() + FORMER_SECONDS)
        await self._store.change(changed)
        if changed.roles != account.roles or changed.disabled:
            await self._sessions.end_of(account.id)
        gone = changed.disabled and not account.disabled
        await self._audit.record(by.id, AuditAction.ACCOUNT_DISABLED if gone else AuditAction.ACCOUNT_CHANGED)
        return Changed(changed, await self._grant(by, changed, granted, alone))

    async def new_enrolment(self, by: Account, account_id: str) -> Changed:
        """A new link. For somebody who has a second factor this takes it away, and so needs two people."""
        account = await self.get(account_id)
        if not account.enrolled:
            await self._audit.record(by.id, AuditAction.ACCOUNT_CHANGED)
            return Changed(account, enrolment=enrolment_path(await self._enrolments.issue(account.id)))
        if not await self._is_only_administrator(by):
            return Changed(account, await self._ask(by, ApprovalKind.SECOND_FACTOR, account, frozenset()))
        await self._audit.record(by.id, AuditAction.SECOND_FACTOR_RESET, AuditResult.ALONE)
        return Changed(account, enrolment=await self._reset(account))

    async def waiting(self) -> tuple[Approval, ...]:
        """What waits for a second administrator."""
        return await self._approvals.all(self._clock.steady())

    async def approve(self, by: Account, approval_id: str) -> Changed:
        """Confirm what another administrator asked. Never by the one who asked, nor by the one it is about."""
        now = self._clock.steady()
        approval = await self._approvals.get(approval_id, now)
        if approval is None:
            raise StaffRefused(Refusal.APPROVAL_GONE)
        if by.id in (approval.asked_by, approval.account_id):
            raise StaffRefused(Refusal.SECOND_PERSON_NEEDED)
        asker = await self._store.get(approval.asked_by)
        account = await self._store.get(approval.account_id)
        # Who asked must still be an administrator: otherwise one person decides after all.
        if asker is None or not asker.is_administrator or account is None or account.disabled:
            raise StaffRefused(Refusal.APPROVAL_GONE)
        if not await self._approvals.take(approval_id, now):
            raise StaffRefused(Refusal.APPROVAL_GONE)
        if approval.kind is ApprovalKind.SECOND_FACTOR:
            path = await self._reset(account)
            await self._audit.record(by.id, AuditAction.SECOND_FACTOR_RESET)
            return Changed(account, enrolment=path)
        account = replace(account, roles=account.roles | approval.roles)
        await self._store.change(account)
        await self._sessions.end_of(account.id)
        await self._audit.record(by.id, AuditAction.ROLES_GRANTED)
        return Changed(account)

    async def _grant(self, by: Account, account: Account, roles: frozenset[StaffRole], alone: bool) -> str | None:
        if not roles:
            return None
        if alone:
            await self._audit.record(by.id, AuditAction.ROLES_GRANTED, AuditResult.ALONE)
            return None
        return await self._ask(by, ApprovalKind.ROLES, account, roles)

    async def _ask(self, by: Account, kind: ApprovalKind, account: Account, roles: frozenset[StaffRole]) -> str:
        expires = self._clock.steady() + APPROVAL_SECONDS
        approval = Approval(secrets.token_hex(8), kind, account.id, by.id, expires, roles)
        await self._approvals.add(approval)
        asked = AuditAction.ROLES_GRANTED if kind is ApprovalKind.ROLES else AuditAction.SECOND_FACTOR_RESET
        await self._audit.record(by.id, asked, AuditResult.ASKED)
        return approval.id

    async def _reset(self, account: Account) -> str:
        await self._store.forget_credentials(account.id)
        await self._sessions.end_of(account.id)
        return enrolment_path(await self._enrolments.issue(account.id))

    async def _is_only_administrator(self, by: Account) -> bool:
        now = self._clock.steady()
        others = (account for account in await self._store.everybody() if account.id != by.id)
        return not any(account.is_administrator or account.was_administrator_until > now for account in others)

    async def _keep_an_administrator(self, account: Account, roles: Iterable[StaffRole], disabled: bool) -> None:
        if not account.is_administrator or (StaffRole.ADMINISTRATOR in roles and not disabled):
            return
        others = (other for other in await self._store.everybody() if other.id != account.id)
        if not any(other.is_administrator for other in others):
            raise StaffRefused(Refusal.LAST_ADMINISTRATOR)


def _within(most: int) -> int:
    return max(1, min(HARD_MOST, most))
