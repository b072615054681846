"""Why the staff side refuses something. Must not hold a name, a code or anything else that was sent."""

from enum import StrEnum

from webchat.ports import NotAllowedNow


class Refusal(StrEnum):
    """The reasons; each is the name of a problem in content/medewerker_teksten.yml."""

    NO_SESSION = "no-session"
    WRONG_ROLE = "wrong-role"
    NOT_FROM_THE_CONSOLE = "not-from-the-console"
    LOGIN_REFUSED = "login-refused"
    LOGIN_LOCKED = "login-locked"
    LOGIN_BUSY = "login-busy"
    WEAK_PASSWORD = "weak-password"  # noqa: S105 - the name of a problem
    WRONG_CODE = "wrong-code"
    ENROLMENT_GONE = "enrolment-gone"
    NO_SUCH_ACCOUNT = "no-such-account"
    NAME_TAKEN = "name-taken"
    LAST_ADMINISTRATOR = "last-administrator"
    APPROVAL_GONE = "approval-gone"
    SECOND_PERSON_NEEDED = "second-person-needed"
    NO_PROVIDER = "no-provider"
    PROVIDER_AWAY = "provider-away"
    PROVIDER_REFUSED = "provider-refused"
    NO_SECOND_FACTOR = "no-second-factor"
    NO_ROLE = "no-role"
    STAFF_STORE_AWAY = "staff-store-away"


class StaffRefused(NotAllowedNow):
    """Not possible, or not for this person. ``seconds`` says when to try again, where that is known."""

    def __init__(self, refusal: Refusal, seconds: float | None = None) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.seconds = seconds


class StaffStoreUnavailable(StaffRefused):
    """The database does not answer; nothing was stored and nothing may be acknowledged."""

    def __init__(self) -> None:
        super().__init__(Refusal.STAFF_STORE_AWAY, 2.0)
