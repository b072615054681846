"""The JSON of what a team writes for itself. Must not echo input in errors."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from webchat.api.wire import OrganisationOut
from webchat.staff.team_data import LONGEST_NOTES, LONGEST_REPLY

_Minute = Annotated[int, Field(ge=0, le=2 * 24 * 60)]
_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{0,16}$")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, cache_strings="none")


class ReplyIn(_In):
    """A ready reply and the word that finds it."""

    word: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_REPLY, pattern=r"\S")]


class ReadyReplyOut(BaseModel):
    """A ready reply."""

    id: str
    word: str
    text: str


class NotesIn(_In):
    """The notes of a team on its region; never about a visitor."""

    text: Annotated[str, Field(max_length=LONGEST_NOTES)]


class RegionCardOut(BaseModel):
    """What stands beside a chat about its region."""

    region: str
    name: str
    partners: list[OrganisationOut]
    notes: str


class TurnInWeek(_In):
    """A weekly turn; ``weekday`` 0 is Monday, minutes from midnight."""

    id: _Id = ""
    account: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    weekday: Annotated[int, Field(ge=0, le=6)]
    begins: _Minute
    ends: _Minute


class TurnOnDate(_In):
    """A date on which the week is not followed."""

    id: _Id = ""
    account: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    date: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    works: bool
    begins: _Minute = 0
    ends: _Minute = 24 * 60


class RotaIn(_In):
    """The whole rota."""

    week: Annotated[list[TurnInWeek], Field(max_length=1000)]
    exceptions: Annotated[list[TurnOnDate], Field(max_length=2000)]


class PersonOut(BaseModel):
    """Somebody who can be planned."""

    id: str
    name: str


class RotaOut(BaseModel):
    """The whole rota, whose turn it is now, and who can be planned."""

    people: list[PersonOut]
    week: list[TurnInWeek]
    exceptions: list[TurnOnDate]
    planned_now: list[str]


class TeamOut(BaseModel):
    """A team: a region, or a national one."""

    id: str
    name: str
    on_duty: int
