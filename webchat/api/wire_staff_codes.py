"""The JSON of cards by phone and questions by code. Must not echo input in errors."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from webchat.api.wire import CardOut
from webchat.chats import LONGEST_TEXT


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, cache_strings="none")


class _Out(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class CodeIn(_In):
    """Four words that a caller read out."""

    code: Annotated[str, Field(min_length=1, max_length=200)]


class PhoneCardOut(_Out):
    """The card, this once."""

    card: CardOut


class QuestionOut(_Out):
    """A question without an answer, redacted."""

    id: str
    region: str | None
    asked_hours_ago: int
    text: str


class AnswerTextIn(_In):
    """The answer, for whoever has the code."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]
