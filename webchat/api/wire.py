"""The JSON of the public API (DESIGN §4). Must not echo input in errors: what fails here was typed by a visitor."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.advice.vocabulary import AgeBand, Duration, Relation, ReplyKind, Role, Topic, Urgency, YesNo
from webchat.chats import LONGEST_TEXT, ChatState


class _In(BaseModel):
    # Without cache_strings="none" pydantic keeps short strings of bodies, a token among them, for later.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, cache_strings="none")


class _Out(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class NewChat(_In):
    """Nothing is asked to begin a chat."""


class NewMessage(_In):
    """A text or a choice, with an id of the client's own that makes it safe to send again."""

    id: UUID
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)] | None = None
    choice: Annotated[str, Field(min_length=2, max_length=120, pattern=r"^/[a-z0-9_./:-]+$")] | None = None
    send_anyway: bool = False

    @model_validator(mode="after")
    def _either(self) -> "NewMessage":
        if (self.text is None) == (self.choice is None):
            raise ValueError("either text or choice")
        return self


class Correction(_In):
    """Fields of the assessment that the visitor puts right; those left out stay as they are."""

    role: Role = Role.UNKNOWN
    topics: Annotated[list[Topic], Field(max_length=20)] = []
    urgency: Urgency = Urgency.NONE
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None
    age_band: AgeBand | None = None
    relation: Relation | None = None
    children_present: YesNo | None = None
    duration: Duration | None = None


class HandoverCard(_In):
    """What the visitor chose to show a counsellor; every field may be left out ("liever niet zeggen")."""

    role: Role | None = None
    topics: Annotated[list[Topic], Field(max_length=20)] = []
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None
    urgency: Urgency | None = None
    with_conversation: bool = False


class HandoverRequest(_In):
    """A request for a person in this chat."""

    card: HandoverCard


class ConsentAnswer(_In):
    """The answer to an open question for consent."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    answer: Literal["yes", "no"]


class Signal(_In):
    """Something about the visitor's situation or page that is not a message."""

    kind: Literal["not_alone", "back", "cannot_talk_freely", "typing", "still_here"]


class Code(_In):
    """A code of words that the visitor was given."""

    code: Annotated[str, Field(min_length=1, max_length=200)]


class NewQuestion(_In):
    """A question left for the next shift."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class Leave(_In):
    """Sent with sendBeacon when the page closes; the token is in the body because a beacon has no headers."""

    token: Annotated[str, Field(min_length=1, max_length=128)]
    reason: Literal["exit", "goodbye", "closed"] = "closed"


class Feedback(_In):
    """One fixed answer, with the ticket of the ``ended`` event."""

    ticket: Annotated[str, Field(min_length=1, max_length=64)]
    answer: Literal["helped", "partly", "not_helped"]


class ReferralOut(_Out):
    """An organisation to turn to. ``open_now`` is null when its hours are not known."""

    id: str
    name: str
    phone: str | None
    tel: str | None
    why: str
    open_now: bool | None
    hours: str | None
    chat_url: str | None
    cost: str | None
    trace_hint: str | None


class OrganisationOut(ReferralOut):
    """An organisation in the directory."""

    purpose: str
    website: str | None
    age_min: int | None
    age_max: int | None


class ChoiceOut(_Out):
    """A button; ``payload`` is what to send as ``choice``."""

    title: str
    payload: str


class ReplyOut(_Out):
    """Something the bot or the chat says."""

    id: str
    text: str
    kind: ReplyKind
    referrals: list[ReferralOut]
    choices: list[ChoiceOut]


class AssessmentOut(_Out):
    """What was understood. Never says that anyone is safe."""

    role: Role
    topics: list[Topic]
    urgency: Urgency
    region: str | None
    age_band: AgeBand | None
    relation: Relation | None
    children_present: YesNo | None
    duration: Duration | None


class ChatOpened(_Out):
    """A new chat. The token is shown only here."""

    token: str
    state: ChatState
    replies: list[ReplyOut]
    ends_at: datetime


class TurnOut(_Out):
    """The answer to one message."""

    id: UUID
    state: ChatState
    replies: list[ReplyOut]
    assessment: AssessmentOut
    redacted_kinds: list[str]
    ends_at: datetime


class ChatOut(_Out):
    """How a chat stands."""

    state: ChatState
    assessment: AssessmentOut
    ends_at: datetime


class QueuePlace(_Out):
    """A place in the queue, from 1."""

    place: int


class ChatWithQueue(ChatOut):
    """How a chat stands, with the place in the queue when it waits for a person."""

    queue: QueuePlace | None


class Availability(_Out):
    """Whether a person is there now. The typical wait is null when nothing honest can be said."""

    available: bool
    waiting: int
    typical_wait_seconds: int | None


class Problem(_Out):
    """RFC 9457. ``detail`` is Dutch and may be shown; ``replies`` help in the meantime."""

    type: str
    title: str
    status: int
    detail: str
    replies: list[ReplyOut] | None = None
