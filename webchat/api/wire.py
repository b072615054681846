"""The JSON of the public API (DESIGN §4). Must not echo input in errors: what fails here was typed by a visitor."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.advice.vocabulary import AgeBand, Duration, Relation, ReplyKind, Role, Topic, Urgency, YesNo
from webchat.chats import LONGEST_TEXT, ChatState

REGION = r"^[a-z0-9-]{1,60}$"
Hope = Literal["advice", "listen", "plan", "unsure"]
FreeToTalk = Literal["yes", "no", "unknown"]


class _In(BaseModel):
    # Without cache_strings="none" pydantic keeps short strings of bodies, a token among them, for later.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, cache_strings="none")


class _Out(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


_Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{32,64}$")]


class WorkChallenge(_In):
    """A sum for the browser while many chats begin: find the number whose PBKDF2 key begins with ``key_prefix``."""

    algorithm: Literal["PBKDF2/SHA-256"]
    nonce: _Hex
    salt: _Hex
    cost: Annotated[int, Field(ge=1, le=1_000_000)]
    key_prefix: _Hex
    expires_at: Annotated[int, Field(ge=0, le=1 << 53)]
    signature: _Hex


class WorkDone(_In):
    """The challenge as it came, with the number that was found."""

    challenge: WorkChallenge
    answer: Annotated[int, Field(ge=0, le=1_000_000)]


class NewChat(_In):
    """Nothing is asked to begin a chat. ``work`` only after an answer 429 that brought a challenge."""

    work: WorkDone | None = None


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
    region: Annotated[str, Field(pattern=REGION)] | None = None
    age_band: AgeBand | None = None
    relation: Relation | None = None
    children_present: YesNo | None = None
    duration: Duration | None = None


class HandoverCard(_In):
    """What the visitor chose to show a counsellor; every field may be left out ("liever niet zeggen")."""

    role: Role | None = None
    topics: Annotated[list[Topic], Field(max_length=20)] = []
    region: Annotated[str, Field(pattern=REGION)] | None = None
    urgency: Urgency | None = None
    hope: Hope | None = None
    hope_text: Annotated[str, Field(max_length=200)] | None = None
    free_to_talk: FreeToTalk | None = None
    with_conversation: bool = False
    code_word: Annotated[str, Field(max_length=40)] | None = None


class HandoverRequest(_In):
    """A request for a person in this chat."""

    card: HandoverCard


class ConsentAnswer(_In):
    """The answer to an open question for consent."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    answer: Literal["yes", "no"]


class Signal(_In):
    """Something about the visitor's situation or page that is not a message."""

    kind: Literal["not_alone", "back", "cannot_talk_freely", "free", "typing", "still_here"]


class Code(_In):
    """A code of words that the visitor was given."""

    code: Annotated[str, Field(min_length=1, max_length=200)]


class NewQuestion(_In):
    """A question left for the next shift; a region when the visitor chose one."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None


class ReadQuestion(Code):
    """The code of a question. With ``wipe`` question and answer are removed at once."""

    wipe: bool = False


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
    """A place in the queue, from 1. ``elsewhere``: somebody is there, but nobody of the region that was asked for.

    ``returned``: a person had this chat and it waits in front again.
    """

    place: int
    typical_wait_seconds: int | None
    elsewhere: bool
    returned: bool


class ChatWithQueue(ChatOut):
    """How a chat stands, with the place in the queue when it waits for a person."""

    queue: QueuePlace | None


class CardOut(_Out):
    """The card as a counsellor will see it: redacted, with nothing that the visitor left out."""

    role: Role | None
    topics: list[Topic]
    region: str | None
    urgency: Urgency | None
    hope: Hope | None
    hope_text: str | None
    free_to_talk: FreeToTalk | None
    with_conversation: bool
    code_word: str | None


class HandoverOut(_Out):
    """The chat waits for a person. ``replies`` also come as events; 112 is among them when the card asks for it.

    ``queue`` is null when somebody is there already and asks whether to begin.
    """

    state: ChatState
    queue: QueuePlace | None
    card: CardOut | None
    replies: list[ReplyOut]
    redacted_kinds: list[str]


class CodeOut(_Out):
    """Four words, shown only here."""

    code: str
    valid_until: datetime


class CallCodeOut(CodeOut):
    """A code for the phone, with the card that it opens."""

    card: CardOut
    redacted_kinds: list[str]


class QuestionLeft(CodeOut):
    """A code for the answer, with the question as it will be read."""

    text: str
    redacted_kinds: list[str]


class QuestionState(_Out):
    """How a question stands."""

    state: Literal["open", "answered", "wiped"]
    answer: str | None


class Availability(_Out):
    """Whether a person is there now. The typical wait is null when nothing honest can be said."""

    available: bool
    waiting: int
    typical_wait_seconds: int | None
    elsewhere: bool


class Problem(_Out):
    """RFC 9457. ``detail`` is Dutch and may be shown; ``replies`` help in the meantime.

    ``challenge`` comes with 429 for a new chat: solved, it opens the chat at once.
    """

    type: str
    title: str
    status: int
    detail: str
    replies: list[ReplyOut] | None = None
    challenge: WorkChallenge | None = None
