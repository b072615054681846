"""What the staff side needs from the outside: a database and, if wanted, an identity provider. Must not know which.

Every method of a store raises ``StaffStoreUnavailable``. ``now`` is the steady clock in seconds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from webchat.staff.roles import Skill, StaffRole


@dataclass(frozen=True)
class Account:
    """A member of staff. ``display_name`` (first name or alias) is all that colleagues see; no regions means national.

    ``enrolled`` is whether there is a password with a second factor. ``was_administrator_until`` is the moment until
    which somebody who lost that role still counts as a second pair of eyes.
    """

    id: str
    name: str = field(repr=False)
    display_name: str = field(repr=False)
    roles: frozenset[StaffRole]
    regions: tuple[str, ...] = ()
    skills: frozenset[Skill] = frozenset()
    most: int = 2
    disabled: bool = False
    subject: str | None = field(default=None, repr=False)
    was_administrator_until: float = 0.0
    enrolled: bool = False

    @property
    def is_administrator(self) -> bool:
        """Whether this person can act as an administrator now."""
        usable = self.enrolled or self.subject is not None
        return usable and not self.disabled and StaffRole.ADMINISTRATOR in self.roles


@dataclass(frozen=True)
class Credentials:
    """What is stored to check a login. ``totp`` is sealed; ``last_step`` is the newest code that was used."""

    password_hash: str = field(repr=False)
    totp: bytes = field(repr=False)
    last_step: int


@dataclass(frozen=True)
class Enrolment:
    """An open enrolment link. What ``begin`` made waits here until a code proves that the app has it."""

    token_hash: str = field(repr=False)
    account_id: str
    expires: float
    password_hash: str | None = field(default=None, repr=False)
    totp: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class StoredSession:
    """A console session as it rests: only the hash of its secret."""

    secret_hash: str = field(repr=False)
    id: str
    account_id: str
    started: float
    active: float


@dataclass(frozen=True)
class Tried:
    """A counted login: its ``number`` in a row, and the seconds to ``wait`` when it is locked (0 when it is not)."""

    number: int
    wait: float


class ApprovalKind(StrEnum):
    """What needs a second administrator."""

    ROLES = "roles"
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True)
class Approval:
    """Something one administrator asked and another may confirm until ``expires``. ``roles`` are those to add."""

    id: str
    kind: ApprovalKind
    account_id: str
    asked_by: str
    expires: float
    roles: frozenset[StaffRole] = frozenset()


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit log. ``minute`` is UTC, ``actor`` a pseudonym."""

    seq: int
    minute: str
    actor: str
    action: str
    result: str
    hash: str


@dataclass(frozen=True)
class AuditHead:
    """The end of the chain as the log itself remembers it. ``seal`` proves the other two."""

    seq: int
    hash: str
    seal: str


class AccountStore(Protocol):
    """Accounts with what they log in with."""

    async def add(self, account: Account) -> bool:
        """Store a new account. False when the name or the subject is taken."""
        ...

    async def get(self, account_id: str) -> Account | None:
        """One account."""
        ...

    async def by_name(self, name: str) -> Account | None:
        """The account that logs in with ``name``."""
        ...

    async def by_subject(self, subject: str) -> Account | None:
        """The account that an identity provider knows as ``subject``."""
        ...

    async def everybody(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        ...

    async def change(self, account: Account) -> None:
        """Store everything of an account except its id, name, subject and credentials."""
        ...

    async def credentials(self, account_id: str) -> Credentials | None:
        """What to check a login with, when the account is enrolled."""
        ...

    async def set_password(self, account_id: str, password_hash: str) -> None:
        """Another password."""
        ...

    async def forget_credentials(self, account_id: str) -> None:
        """Password, second factor and recovery codes are gone at once."""
        ...

    async def use_step(self, account_id: str, step: int) -> bool:
        """Use a time step up. False when this step or a later one was used already; atomic."""
        ...

    async def use_recovery_code(self, account_id: str, code_hash: str) -> bool:
        """Use a recovery code up. False when it is unknown or used already; atomic."""
        ...

    async def put_enrolment(self, enrolment: Enrolment) -> None:
        """Open an enrolment link; one that was open for the same account is gone."""
        ...

    async def enrolment(self, token_hash: str, now: float) -> Enrolment | None:
        """The open enrolment, unless it has expired."""
        ...

    async def prepare_enrolment(self, token_hash: str, password_hash: str, totp: bytes) -> bool:
        """Keep what ``begin`` made. False when the link is gone."""
        ...

    async def finish_enrolment(self, enrolment: Enrolment, step: int, code_hashes: tuple[str, ...]) -> bool:
        """Move exactly what ``enrolment`` holds to its account and close the link, in one step; atomic.

        False when the link is gone or holds something else by now.
        """
        ...


class SessionStore(Protocol):
    """Console sessions and failed logins; several gateways share them."""

    async def put(self, session: StoredSession) -> bool:
        """Store a session, in the place of any other of the same account. True when there was another."""
        ...

    async def find(self, secret_hash: str) -> StoredSession | None:
        """The session with this secret."""
        ...

    async def touch(self, secret_hash: str, now: float) -> None:
        """The person did something at ``now``."""
        ...

    async def remove(self, secret_hash: str) -> bool:
        """End a session. False when it was gone already."""
        ...

    async def remove_of(self, account_id: str) -> bool:
        """End the session of an account. False when there was none."""
        ...

    async def remove_older(self, started: float, active: float) -> tuple[str, ...]:
        """End sessions that started before ``started`` or were active before ``active``; gives their account ids."""
        ...

    async def count_try(self, key: str, most: int, lock_seconds: float, now: float) -> Tried:
        """Count a login before it is checked; atomic.

        The try number ``most`` still goes on, and locks those after it unless ``clear_tries`` follows.
        """
        ...

    async def clear_tries(self, key: str) -> None:
        """The login was right."""
        ...

    async def forget_tries(self, before: float) -> None:
        """Remove counts of which the last try was before ``before``."""
        ...


class ApprovalStore(Protocol):
    """What waits for a second administrator."""

    async def add(self, approval: Approval) -> None:
        """Remember it; one of the same kind for the same account is replaced."""
        ...

    async def all(self, now: float) -> tuple[Approval, ...]:
        """What still can be confirmed."""
        ...

    async def get(self, approval_id: str, now: float) -> Approval | None:
        """One of them."""
        ...

    async def take(self, approval_id: str, now: float) -> bool:
        """Use it up. False when it is unknown, used or expired; atomic."""
        ...


class AuditStore(Protocol):
    """The append-only log. There is no method that changes or removes a row."""

    async def append(self, make: Callable[[AuditHead | None], tuple[AuditRow, AuditHead]]) -> None:
        """Store the row and the head that ``make`` works out from the head so far; one at a time."""
        ...

    async def rows(self, after: int, most: int) -> tuple[AuditRow, ...]:
        """Rows with a number above ``after``, in order."""
        ...

    async def head(self) -> AuditHead | None:
        """The end of the chain; ``None`` for an empty log."""
        ...


@dataclass(frozen=True)
class Attempt:
    """A login that is on its way to an identity provider. ``ticket`` goes into a short-lived cookie."""

    url: str = field(repr=False)
    ticket: str = field(repr=False)


@dataclass(frozen=True)
class Identity:
    """Who somebody is according to the identity provider, the second factor included."""

    subject: str = field(repr=False)
    display_name: str = field(repr=False)
    roles: frozenset[StaffRole]


class IdentityProvider(Protocol):
    """An organisation's own login. Methods raise ``StaffRefused``."""

    async def begin(self, redirect_uri: str) -> Attempt:
        """Where to send the browser."""
        ...

    async def finish(self, ticket: str, answer: Mapping[str, str], redirect_uri: str) -> Identity:
        """Who came back. ``answer`` is the query of the callback; a ticket works once."""
        ...
