"""A counsellor's own chats. Must only translate between HTTP and the use cases."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from webchat.api import wire_staff_desk as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.desk import DESK, Colleague, StaffDeskCases, Ticket
from webchat.api.staff.guard import Guard
from webchat.staff.sessions import Session


def add_chats(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    """All routes about one chat but taking and wrapping up."""
    _add_words(routes, cases, guard)
    _add_questions(routes, cases, guard)
    _add_company(routes, cases, guard)
    _add_weight(routes, cases, guard)
    _add_abuse(routes, cases, guard)


def _add_words(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    desk = Depends(guard.require(*DESK))

    @routes.post("/chats/{ticket}/messages", response_model=wire.SaidOut)
    async def say(ticket: Ticket, body: wire.SayIn, who: Annotated[Session, desk]) -> Response:
        await cases.talk.say(who, ticket, str(body.id), body.text)
        return PaddedJson({"id": str(body.id)})

    @routes.post("/chats/{ticket}/typing", status_code=204)
    async def typing(ticket: Ticket, who: Annotated[Session, desk]) -> Response:
        await cases.talk.typing(who, ticket)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/end", status_code=204)
    async def end(ticket: Ticket, who: Annotated[Session, desk]) -> Response:
        await cases.console.end(who, ticket)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/back", status_code=204)
    async def hand_back(ticket: Ticket, who: Annotated[Session, desk]) -> Response:
        await cases.console.hand_back(who, ticket)
        return Response(status_code=204)


def _add_questions(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    desk = Depends(guard.require(*DESK))

    @routes.post("/chats/{ticket}/transfer", status_code=204)
    async def transfer(ticket: Ticket, body: wire.TransferIn, who: Annotated[Session, desk]) -> Response:
        await cases.console.transfer(who, ticket, body.staff, body.region)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/shadow", status_code=204)
    async def ask_along(ticket: Ticket, body: wire.ColleagueIn, who: Annotated[Session, desk]) -> Response:
        await cases.console.ask_along(who, ticket, body.staff)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/to-bot", status_code=204)
    async def to_bot(ticket: Ticket, who: Annotated[Session, desk]) -> Response:
        await cases.console.back_to_bot(who, ticket)
        return Response(status_code=204)

    @routes.delete("/chats/{ticket}/question", status_code=204)
    async def take_back(ticket: Ticket, who: Annotated[Session, desk]) -> Response:
        await cases.console.take_back(who, ticket)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/colleague", status_code=204)
    async def answer(ticket: Ticket, body: wire.AnswerIn, who: Annotated[Session, desk]) -> Response:
        await cases.console.answer_colleague(who, ticket, body.answer == "yes")
        return Response(status_code=204)


def _add_company(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    desk = Depends(guard.require(*DESK))

    @routes.delete("/chats/{ticket}/shadows/{staff}", status_code=204)
    async def stop_reading(ticket: Ticket, staff: Colleague, who: Annotated[Session, desk]) -> Response:
        await cases.console.stop_reading(who, ticket, staff)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/shadows/{staff}/speak", status_code=204)
    async def let_speak(ticket: Ticket, staff: Colleague, who: Annotated[Session, desk]) -> Response:
        await cases.console.let_speak(who, ticket, staff)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/help", status_code=204)
    async def call_for_help(ticket: Ticket, body: wire.HelpIn, who: Annotated[Session, desk]) -> Response:
        await cases.console.call_for_help(who, ticket, body.wanted)
        return Response(status_code=204)


def _add_weight(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    desk = Depends(guard.require(*DESK))

    @routes.post("/chats/{ticket}/severe", status_code=204)
    async def weigh(ticket: Ticket, body: wire.SevereIn, who: Annotated[Session, desk]) -> Response:
        await cases.console.weigh(who, ticket, body.severe)
        return Response(status_code=204)


def _add_abuse(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    desk = Depends(guard.require(*DESK))

    @routes.post("/chats/{ticket}/warn", status_code=204)
    async def warn(ticket: Ticket, who: Annotated[Session, desk]) -> Response:
        await cases.talk.warn(who, ticket)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/abuse", status_code=204)
    async def report(ticket: Ticket, body: wire.AbuseIn, who: Annotated[Session, desk]) -> Response:
        await cases.console.report_abuse(who, ticket, body.colleague)
        return Response(status_code=204)

    @routes.post("/chats/{ticket}/abuse/judge", status_code=204)
    async def judge(ticket: Ticket, body: wire.AnswerIn, who: Annotated[Session, desk]) -> Response:
        await cases.console.judge_abuse(who, ticket, body.answer == "yes")
        return Response(status_code=204)
