"""The JSON of the console's work with chats. Must not echo input in errors: a counsellor may have typed it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.advice.vocabulary import AgeBand, Duration, Relation, Role, Topic, YesNo
from webchat.chats import LONGEST_TEXT
from webchat.handover.people import HARD_MOST, Status
from webchat.handover.tickets import Ending
from webchat.staff.wrapup import Advice, Length

StaffId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
RegionId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
Yes = Literal["yes", "no"]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, cache_strings="none")


class _Out(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class PresenceIn(_In):
    """How somebody is, and how many chats they can have at once."""

    status: Status
    most: Annotated[int, Field(ge=1, le=HARD_MOST)] | None = None


class SayIn(_In):
    """A message, with an id of the console's own that makes it safe to send again."""

    id: UUID
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]


class TransferIn(_In):
    """To whom: one colleague, or a region."""

    staff: StaffId | None = None
    region: RegionId | None = None

    @model_validator(mode="after")
    def _either(self) -> "TransferIn":
        if (self.staff is None) == (self.region is None):
            raise ValueError("either staff or region")
        return self


class ColleagueIn(_In):
    """A colleague."""

    staff: StaffId


class AnswerIn(_In):
    """An answer to an open question."""

    answer: Yes


class HelpIn(_In):
    """Whether somebody to think along is welcome."""

    wanted: bool


class SevereIn(_In):
    """Whether this chat is heavy."""

    severe: bool


class AbuseIn(_In):
    """The colleague who is asked to look."""

    colleague: StaffId


class WrapUpIn(_In):
    """The codes of a chat, every one from a closed list; what is left out counts as unknown."""

    role: Role | None = None
    age_band: AgeBand | None = None
    kinds: Annotated[list[Topic], Field(max_length=20)] = []
    relation: Relation | None = None
    children_present: YesNo | None = None
    duration: Duration | None = None
    advice: Advice | None = None
    referral: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None
    length: Length | None = None
    ending: Ending | None = None

    def codes(self) -> dict[str, tuple[str, ...]]:
        """Values by table."""
        chosen = self.model_dump(mode="json", exclude_none=True)
        return {table: tuple(value) if isinstance(value, list) else (value,) for table, value in chosen.items()}


class MeOut(_Out):
    """Oneself at the desk."""

    staff: str
    name: str
    status: Status
    load: int
    most: int
    pause_offered: bool


class PresenceOut(_Out):
    """How one is on duty now."""

    me: MeOut


class ClaimOut(_Out):
    """The chat that was taken, as in the ``desk`` event."""

    chat: dict[str, Any]


class SaidOut(_Out):
    """The message that was stored."""

    id: UUID


class BoardPersonOut(_Out):
    """A person on duty."""

    staff: str
    name: str
    status: Status
    regions: list[str]
    skills: list[str]
    chats: int
    load: int
    most: int


class LastHourOut(_Out):
    """Counts of the past; null when there were too few to say. ``or_more``: at least so many."""

    claimed: int | None
    or_more: bool
    typical_wait_seconds: int | None


class BoardOut(_Out):
    """How busy it is."""

    waiting: int
    longest_wait_seconds: int | None
    overdue: int
    on_duty: list[BoardPersonOut]
    last_hour: LastHourOut
