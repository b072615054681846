"""Cards by phone and questions by code. Must only translate between HTTP and the use cases."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from webchat.api import wire_staff_codes as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.guard import Guard
from webchat.staff.codes import PhoneCards, ShiftQuestions
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session

QuestionId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]


@dataclass(frozen=True)
class StaffCodeCases:
    """The use cases that these routes call."""

    cards: PhoneCards
    questions: ShiftQuestions


def add_codes(routes: APIRouter, cases: StaffCodeCases, guard: Guard) -> None:
    """The phone worker opens a card; who works with chats answers questions."""
    desk = Depends(guard.require(StaffRole.COUNSELLOR, StaffRole.COORDINATOR))

    @routes.post("/belcodes/open", response_model=wire.PhoneCardOut)
    async def open_card(
        body: wire.CodeIn, who: Annotated[Session, Depends(guard.require(StaffRole.PIKET))]
    ) -> Response:
        return PaddedJson({"card": await cases.cards.open(who, body.code)})

    @routes.get("/questions", response_model=list[wire.QuestionOut])
    async def questions(who: Annotated[Session, desk]) -> Response:
        return PaddedJson([vars(question) for question in await cases.questions.waiting(who)])

    @routes.post("/questions/{question_id}/answer", status_code=204)
    async def answer(question_id: QuestionId, body: wire.AnswerTextIn, who: Annotated[Session, desk]) -> Response:
        await cases.questions.answer(who, question_id, body.text)
        return Response(status_code=204)
