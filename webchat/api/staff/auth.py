"""Logging in and out of the console. Must only translate between HTTP and the use cases."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from webchat.api import wire_staff_accounts as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.guard import (
    Guard,
    cookie_name,
    drop_session,
    on_loopback,
    own_origin,
    set_session,
)
from webchat.staff import StaffCases
from webchat.staff.errors import StaffRefused
from webchat.staff.roles import EVERYONE
from webchat.staff.sessions import Session

CONSOLE_PAGE = "/staff"
_TICKET_SECONDS = 600
_CALLBACK = "/api/v1/staff/oidc/callback"


def add_auth(routes: APIRouter, cases: StaffCases, guard: Guard) -> None:
    """All routes about one's own login."""
    _add_login(routes, cases, guard)
    _add_enrolment(routes, cases, guard)
    _add_provider(routes, cases, guard)


def _add_login(routes: APIRouter, cases: StaffCases, guard: Guard) -> None:
    everyone = Depends(guard.require(*EVERYONE))

    @routes.get("/login", response_model=wire.WaysInOut, dependencies=[Depends(guard.anybody())])
    async def ways_in() -> Response:
        return PaddedJson({"provider": cases.provider.is_set})

    @routes.post("/login", response_model=wire.MeOut, dependencies=[Depends(guard.anybody())])
    async def login(body: wire.LoginIn, request: Request) -> Response:
        session = await cases.login.login(body.name, body.password, body.code)
        answer = PaddedJson(_me(cases, session))
        set_session(request, answer, session)
        return answer

    @routes.post("/logout", status_code=204)
    async def logout(session: Annotated[Session, everyone], request: Request) -> Response:
        await cases.login.logout(session)
        answer = Response(status_code=204)
        drop_session(request, answer)
        return answer

    # The page asks this by itself to know whether it is still logged in.
    @routes.get("/me", response_model=wire.MeOut)
    async def me(session: Annotated[Session, Depends(guard.require_quietly(*EVERYONE))]) -> Response:
        return PaddedJson(_me(cases, session))

    @routes.post("/password", status_code=204)
    async def change_password(body: wire.PasswordIn, session: Annotated[Session, everyone]) -> Response:
        await cases.login.change_password(session, body.current, body.new)
        return Response(status_code=204)


def _add_enrolment(routes: APIRouter, cases: StaffCases, guard: Guard) -> None:
    anybody = Depends(guard.anybody())

    @routes.post("/enrol/begin", response_model=wire.EnrolBeginOut, dependencies=[anybody])
    async def begin(body: wire.EnrolBeginIn) -> Response:
        invitation = await cases.enrolments.begin(body.token, body.password)
        return PaddedJson(wire.EnrolBeginOut.of(invitation).model_dump(mode="json"))

    @routes.post("/enrol/finish", response_model=wire.EnrolFinishOut, dependencies=[anybody])
    async def finish(body: wire.EnrolFinishIn) -> Response:
        codes = await cases.enrolments.finish(body.token, body.code)
        return PaddedJson({"recovery_codes": list(codes)})


def _add_provider(routes: APIRouter, cases: StaffCases, guard: Guard) -> None:
    anybody = Depends(guard.anybody())

    @routes.get("/oidc/start", status_code=303, dependencies=[anybody])
    async def start(request: Request) -> Response:
        try:
            attempt = await cases.provider.begin(own_origin(request) + _CALLBACK)
        except StaffRefused as refused:
            return _back_to_console(refused)
        answer = RedirectResponse(attempt.url, 303)
        # Lax and not strict: the browser comes back from another site, and must still have this one.
        answer.set_cookie(
            _ticket_name(request),
            attempt.ticket,
            max_age=_TICKET_SECONDS,
            path="/",
            secure=not on_loopback(request),
            httponly=True,
            samesite="lax",
        )
        return answer

    @routes.get("/oidc/callback", status_code=303, dependencies=[anybody])
    async def callback(request: Request) -> Response:
        ticket = request.cookies.get(_ticket_name(request), "")
        answer: Response
        try:
            session = await cases.provider.finish(ticket, dict(request.query_params), own_origin(request) + _CALLBACK)
        except StaffRefused as refused:
            answer = _back_to_console(refused)
        else:
            answer = RedirectResponse(CONSOLE_PAGE, 303)
            set_session(request, answer, session)
        answer.delete_cookie(_ticket_name(request), path="/", secure=not on_loopback(request), httponly=True)
        return answer


def _back_to_console(refused: StaffRefused) -> Response:
    # A person looks at this answer, so the console says it in words; the fragment is never sent to a server.
    return RedirectResponse(f"{CONSOLE_PAGE}#problem={refused.refusal.value}", 303)


def _ticket_name(request: Request) -> str:
    return f"{cookie_name(request)}-oidc"


def _me(cases: StaffCases, session: Session) -> object:
    return wire.MeOut.of(session, cases.sessions.ends_at(session)).model_dump(mode="json")
