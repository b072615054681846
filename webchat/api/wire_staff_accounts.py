"""The JSON of logging in, accounts and the audit log. Must not echo input in errors: it may be a password."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from webchat.handover.people import HARD_MOST
from webchat.staff.accounts import Changed, Wanted
from webchat.staff.passwords import LONGEST
from webchat.staff.ports import Account, Approval, ApprovalKind, AuditRow
from webchat.staff.roles import Skill, StaffRole
from webchat.staff.second_factor import Invitation
from webchat.staff.sessions import IDLE_SECONDS, Session

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$")]
DisplayName = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S(?:[^\x00-\x1f]*\S)?$")]
Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{20,64}$")]
RegionId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
Regions = Annotated[list[RegionId], Field(max_length=25)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, cache_strings="none")


class _Out(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class LoginIn(_In):
    """``code`` is six digits of the app, or a recovery code."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    password: Password
    code: Annotated[str, Field(min_length=1, max_length=40)]


class PasswordIn(_In):
    """A change of one's own password."""

    current: Password
    new: Password


class EnrolBeginIn(_In):
    """The token of the link, and the password that the person chose."""

    token: Token
    password: Password


class EnrolFinishIn(_In):
    """The first code of the app."""

    token: Token
    code: Annotated[str, Field(min_length=1, max_length=12)]


class AccountIn(_In):
    """A new account."""

    name: Name
    display_name: DisplayName
    roles: set[StaffRole] = set()
    regions: Regions = []
    skills: set[Skill] = set()
    most: Annotated[int, Field(ge=1, le=HARD_MOST)] = 2

    def wanted(self) -> Wanted:
        """As the use case takes it."""
        return Wanted(frozenset(self.roles), tuple(self.regions), frozenset(self.skills), self.most)


class AccountChangeIn(_In):
    """What changes; what is left out stays."""

    roles: set[StaffRole] | None = None
    regions: Regions | None = None
    skills: set[Skill] | None = None
    most: Annotated[int, Field(ge=1, le=HARD_MOST)] | None = None
    disabled: bool | None = None

    def wanted(self) -> Wanted:
        """As the use case takes it."""
        return Wanted(
            None if self.roles is None else frozenset(self.roles),
            None if self.regions is None else tuple(self.regions),
            None if self.skills is None else frozenset(self.skills),
            self.most,
            self.disabled,
        )


class WaysInOut(_Out):
    """Whether one can also log in through the organisation, at ``/oidc/start``."""

    provider: bool


class MeOut(_Out):
    """Who is logged in. ``ends_at`` is the end of the shift; after ``idle_seconds`` without a call it ends too."""

    id: str
    name: str
    display_name: str
    roles: list[StaffRole]
    regions: list[str]
    skills: list[Skill]
    most: int
    ends_at: datetime
    idle_seconds: int

    @classmethod
    def of(cls, session: Session, ends_at: datetime) -> "MeOut":
        """From a session."""
        account = session.account
        return cls(
            id=account.id,
            name=account.name,
            display_name=account.display_name,
            roles=sorted(account.roles),
            regions=list(account.regions),
            skills=sorted(account.skills),
            most=account.most,
            ends_at=ends_at,
            idle_seconds=int(IDLE_SECONDS),
        )


class EnrolBeginOut(_Out):
    """The second factor, shown once; ``qr`` is an SVG as a data URI."""

    secret: str
    uri: str
    qr: str

    @classmethod
    def of(cls, invitation: Invitation) -> "EnrolBeginOut":
        """From an invitation."""
        return cls(secret=invitation.secret, uri=invitation.uri, qr=invitation.picture)


class EnrolFinishOut(_Out):
    """Shown once."""

    recovery_codes: list[str]


class AccountOut(_Out):
    """An account as administrators see it. ``pseudonym`` is its name in the audit log."""

    id: str
    name: str
    display_name: str
    roles: list[StaffRole]
    regions: list[str]
    skills: list[Skill]
    most: int
    disabled: bool
    enrolled: bool
    provider: bool
    pseudonym: str

    @classmethod
    def of(cls, account: Account, pseudonym: str) -> "AccountOut":
        """From an account."""
        return cls(
            id=account.id,
            name=account.name,
            display_name=account.display_name,
            roles=sorted(account.roles),
            regions=list(account.regions),
            skills=sorted(account.skills),
            most=account.most,
            disabled=account.disabled,
            enrolled=account.enrolled,
            provider=account.subject is not None,
            pseudonym=pseudonym,
        )


class ChangedOut(_Out):
    """What came of a change: the account now, what still waits for a second administrator, a link to pass on once."""

    account: AccountOut
    approval: str | None
    enrolment: str | None

    @classmethod
    def of(cls, changed: Changed, pseudonym: str) -> "ChangedOut":
        """From a change."""
        account = AccountOut.of(changed.account, pseudonym)
        return cls(account=account, approval=changed.approval_id, enrolment=changed.enrolment)


class ApprovalOut(_Out):
    """Something that waits for a second administrator. ``seconds`` is how long it still can be confirmed."""

    id: str
    kind: ApprovalKind
    account_id: str
    asked_by: str
    roles: list[StaffRole]
    seconds: int

    @classmethod
    def of(cls, approval: Approval, now: float) -> "ApprovalOut":
        """From an approval; ``now`` on the steady clock."""
        return cls(
            id=approval.id,
            kind=approval.kind,
            account_id=approval.account_id,
            asked_by=approval.asked_by,
            roles=sorted(approval.roles),
            seconds=max(0, int(approval.expires - now)),
        )


class AuditRowOut(_Out):
    """One row of the audit log."""

    seq: int
    minute: str
    actor: str
    action: str
    result: str
    hash: str

    @classmethod
    def of(cls, row: AuditRow) -> "AuditRowOut":
        """From a row."""
        return cls(seq=row.seq, minute=row.minute, actor=row.actor, action=row.action, result=row.result, hash=row.hash)


class AuditOut(_Out):
    """A page of the log; ``next`` is the number to ask the next page ``after``, null at the end."""

    rows: list[AuditRowOut]
    next: int | None


class AuditVerdictOut(_Out):
    """Whether the log is whole; if not, the number of the first row that was changed or removed."""

    verdict: Literal["whole", "broken"]
    first_broken: int | None
