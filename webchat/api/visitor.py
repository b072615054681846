"""The routes of the visitor API (DESIGN §4). Must only translate between HTTP and the use cases."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from webchat.api import wire
from webchat.api.problems import PAD, PaddedJson
from webchat.handover.tickets import Ending
from webchat.limits import Limits
from webchat.ports import ChatGone, Clock, NotAllowedNow
from webchat.turns import Codes, Conversation, Handover, Said, Streams, Visit, Wish
from webchat.turns.stream import StreamEvent
from webchat.turns.work import Challenge

_bearer = HTTPBearer(auto_error=False, description="The token of POST /chats")
_STREAM_HEADERS = {"X-Accel-Buffering": "no"}
_PROBLEM = {"model": wire.Problem}
_ERRORS: dict[int | str, dict[str, Any]] = {code: _PROBLEM for code in (401, 403, 409, 410, 413, 422, 429, 500, 503)}


@dataclass(frozen=True)
class VisitorCases:
    """The use cases that the routes call."""

    conversation: Conversation
    streams: Streams
    visit: Visit
    handover: Handover
    codes: Codes
    limits: Limits
    clock: Clock


async def _token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None:
        raise HTTPException(401)
    return credentials.credentials


Token = Annotated[str, Depends(_token)]


def _address(request: Request) -> str | None:
    """The visitor's address, from the socket only; it goes no further than a counter in memory."""
    return request.client.host if request.client else None


def router(cases: VisitorCases) -> APIRouter:
    """All visitor routes, to be placed under ``/api/v1``."""
    routes = APIRouter(responses=_ERRORS, default_response_class=PaddedJson)
    _add_chat(routes, cases)
    _add_events(routes, cases.streams)
    _add_visit(routes, cases.visit)
    _add_handover(routes, cases.handover)
    _add_codes(routes, cases.codes, cases.limits, cases.clock)
    _add_leaving(routes, cases)
    return routes


def _add_chat(routes: APIRouter, cases: VisitorCases) -> None:
    @routes.post("/chats", status_code=201, response_model=wire.ChatOpened)
    async def open_chat(body: wire.NewChat, request: Request) -> Response:
        work = body.work
        solved = (Challenge(**work.challenge.model_dump()), work.answer) if work else None
        return PaddedJson(await cases.conversation.open_chat(_address(request), solved), status_code=201)

    @routes.post("/chats/current/messages", response_model=wire.TurnOut)
    async def send_message(body: wire.NewMessage, token: Token) -> Response:
        said = Said(str(body.id), body.text, body.choice, body.send_anyway)
        return PaddedJson(await cases.conversation.visitor_said(token, said))


def _add_events(routes: APIRouter, streams: Streams) -> None:
    @routes.get(
        "/chats/current/events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def events(
        token: Token,
        request: Request,
        last_event_id: Annotated[int, Header(ge=0, le=1_000_000)] = 0,
        wait: Annotated[float | None, Query(ge=0, le=25)] = None,
    ) -> Response:
        keys = await streams.open(token)
        body = _as_text(streams.run(keys, last_event_id, wait, streams.bucket(_address(request))))
        return StreamingResponse(body, media_type="text/event-stream", headers=_STREAM_HEADERS)


def _add_visit(routes: APIRouter, visit: Visit) -> None:
    @routes.get("/chats/current", response_model=wire.ChatWithQueue)
    async def look(token: Token) -> Response:
        return PaddedJson(await visit.look(token))

    @routes.patch("/chats/current/assessment", response_model=wire.ChatOut)
    async def correct(body: wire.Correction, token: Token) -> Response:
        return PaddedJson(await visit.correct(token, body.model_dump(mode="json", exclude_unset=True)))

    @routes.post("/chats/current/signals", status_code=204)
    async def signal(body: wire.Signal, token: Token) -> Response:
        await visit.signal(token, body.kind)
        return Response(status_code=204)

    @routes.get("/availability", response_model=wire.Availability)
    async def availability(region: Annotated[str | None, Query(pattern=wire.REGION)] = None) -> Response:
        return PaddedJson(await visit.availability(region))

    @routes.get("/organisations", response_model=list[wire.OrganisationOut])
    async def organisations() -> Response:
        return PaddedJson(visit.organisations())


def _add_handover(routes: APIRouter, handover: Handover) -> None:
    @routes.post("/chats/current/handover", status_code=202, response_model=wire.HandoverOut)
    async def ask_for_person(body: wire.HandoverRequest, token: Token) -> Response:
        return PaddedJson(await handover.ask(token, _wish(body.card)), status_code=202)

    @routes.delete("/chats/current/handover", status_code=204)
    async def stop(token: Token) -> Response:
        await handover.stop(token)
        return Response(status_code=204)

    @routes.post("/chats/current/handover/accept", status_code=204)
    async def accept(token: Token) -> Response:
        await handover.accept(token)
        return Response(status_code=204)

    @routes.post("/chats/current/consents", status_code=204)
    async def consent(body: wire.ConsentAnswer, token: Token) -> Response:
        await handover.consent(token, body.id, body.answer == "yes")
        return Response(status_code=204)


def _add_codes(routes: APIRouter, codes: Codes, limits: Limits, clock: Clock) -> None:
    def who(request: Request) -> bytes | None:
        return limits.who(_address(request), clock.steady())

    @routes.post("/chats/current/return-code", status_code=201, response_model=wire.CodeOut)
    async def return_code(token: Token) -> Response:
        return PaddedJson(await codes.return_code(token), status_code=201)

    @routes.post("/chats/current/belcode", status_code=201, response_model=wire.CallCodeOut)
    async def call_code(token: Token, body: wire.HandoverRequest | None = None) -> Response:
        wish = _wish(body.card) if body else Wish()
        return PaddedJson(await codes.call_code(token, wish), status_code=201)

    @routes.post("/return", response_model=wire.ChatOpened)
    async def come_back(body: wire.Code, request: Request) -> Response:
        return PaddedJson(await codes.come_back(body.code, who(request)))

    @routes.post("/questions", status_code=201, response_model=wire.QuestionLeft)
    async def leave_question(body: wire.NewQuestion, request: Request) -> Response:
        return PaddedJson(await codes.leave_question(body.text, body.region, who(request)), status_code=201)

    @routes.post("/questions/read", response_model=wire.QuestionState)
    async def read_answer(body: wire.ReadQuestion, request: Request) -> Response:
        return PaddedJson(await codes.read_answer(body.code, body.wipe, who(request)))


def _wish(card: wire.HandoverCard) -> Wish:
    """Fields as they are named in ``Wish``, with the closed lists already checked."""
    return Wish(**{**dict(card), "topics": tuple(card.topics)})


def _add_leaving(routes: APIRouter, cases: VisitorCases) -> None:
    @routes.delete("/chats/current", status_code=204)
    async def wipe(token: Token) -> Response:
        await cases.visit.wipe(token)
        return Response(status_code=204)

    @routes.post(
        "/leave",
        status_code=204,
        openapi_extra={"requestBody": {"content": {"application/json": {"schema": wire.Leave.model_json_schema()}}}},
    )
    async def leave(request: Request) -> Response:
        # sendBeacon sends text/plain unless asked otherwise, so the body is read whatever its type.
        try:
            body = wire.Leave.model_validate_json(await request.body())
        except ValidationError:
            raise NotAllowedNow("unreadable") from None
        with suppress(ChatGone):
            if body.reason == "closed":
                await cases.visit.close_page(body.token)
            else:
                await cases.visit.wipe(body.token, Ending(body.reason))
        return Response(status_code=204)

    @routes.post("/feedback", status_code=204)
    async def feedback(body: wire.Feedback) -> Response:
        await cases.streams.feedback(body.ticket, body.answer)
        return Response(status_code=204)


async def _as_text(events: AsyncGenerator[StreamEvent | None, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(events):
        async for event in events:
            yield _frame(event)


def _frame(event: StreamEvent | None) -> bytes:
    """One event in the format of server-sent events, padded with a comment; a heartbeat is a comment alone."""
    if event is None:
        return b":\n\n"
    data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"))
    lines = f"id: {event.event_id}\nevent: {event.name}\ndata: {data}\n".encode()
    padding = -(len(lines) + 3) % PAD
    return lines + b":" + b" " * padding + b"\n\n"
