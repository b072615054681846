"""The console's stream of events. Must only translate between HTTP and the use case."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from starlette.responses import Response, StreamingResponse

from webchat.api.problems import PAD
from webchat.api.staff.desk import DESK, StaffDeskCases
from webchat.api.staff.guard import Guard
from webchat.staff.console_cursor import LONGEST
from webchat.staff.console_stream import ConsoleEvent
from webchat.staff.sessions import Session

_HEADERS = {"X-Accel-Buffering": "no"}


def add_events(routes: APIRouter, cases: StaffDeskCases, guard: Guard) -> None:
    """One route. An open stream does not keep an idle session open."""
    desk = Depends(guard.require_quietly(*DESK))

    @routes.get("/events", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
    async def events(
        who: Annotated[Session, desk], last_event_id: Annotated[str, Header(max_length=LONGEST)] = ""
    ) -> Response:
        cases.streams.check(who)
        body = _as_text(cases.streams.run(who, last_event_id))
        return StreamingResponse(body, media_type="text/event-stream", headers=_HEADERS)


async def _as_text(events: AsyncGenerator[ConsoleEvent | None, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(events):
        async for event in events:
            yield _frame(event)


def _frame(event: ConsoleEvent | None) -> bytes:
    """One event in the format of server-sent events, padded with a comment; a heartbeat is a comment alone."""
    if event is None:
        return b":\n\n"
    data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"))
    lines = f"id: {event.cursor}\nevent: {event.name}\ndata: {data}\n".encode()
    return lines + b":" + b" " * (-(len(lines) + 3) % PAD) + b"\n\n"
