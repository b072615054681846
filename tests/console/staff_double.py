"""A double of the staff API with the real page files and headers, for tests of the console alone.

It answers as the contract of the API says; what happens at the desk is written by the test in ``state``.
"""

import asyncio
import json
import secrets
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.advice.vocabulary import AgeBand, Duration, Relation, Role, Topic, YesNo
from tests.console.double_state import CODE, PASSWORD, State
from webchat.api import staff_pages
from webchat.api.headers import Shell
from webchat.staff.wrapup import Advice, Length

COOKIE = "lichtpunt"
DETAILS = {
    "login-refused": "Naam, wachtwoord of code klopt niet. Probeer het nog eens.",
    "already-taken": "Een collega heeft dit gesprek al aangenomen.",
    "chats-open": "Je hebt nog gesprekken.",
    "unreadable": "Dit klopt niet.",
    "code-unknown": "Deze woorden kennen we niet.",
}
CODES: dict[str, frozenset[str]] = {
    "role": frozenset(Role),
    "age_band": frozenset(AgeBand),
    "relation": frozenset(Relation),
    "children_present": frozenset(YesNo),
    "duration": frozenset(Duration),
    "advice": frozenset(Advice),
    "length": frozenset(Length),
    "referral": frozenset({"veilig-thuis", "113"}),
}
Handler = Callable[[Request], Awaitable[Response]]


def problem(name: str, status: int = 409) -> Response:
    """A problem document."""
    body = {"type": f"urn:lichtpunt:problem:{name}", "title": name, "status": status, "detail": DETAILS.get(name, name)}
    return JSONResponse(body, status, media_type="application/problem+json")


def _fill(word: str, which: str | None) -> str:
    return {"phone": f"<{which}>", "tel": f"{which}"}[word]


class StaffDouble:
    """Runs in a thread. ``demo`` and ``oidc`` as the real pages have them."""

    def __init__(self, demo: bool = False, oidc: bool = False) -> None:
        self.state = State()
        self.refuses_beats = False
        self.is_cut = False
        self.streams = 0
        pages = FastAPI(routes=[Route("/api/v1/organisations", _organisations)], openapi_url=None)
        pages.mount("/api/v1/staff", Starlette(routes=self._routes()))
        pages.include_router(staff_pages.router(_fill, demo, oidc))
        shell = Shell(pages, lambda name: problem(name, 403), _failure)
        config = uvicorn.Config(
            shell,
            port=0,
            log_config=None,
            access_log=False,
            ws="none",
            http="h11",
            lifespan="off",
        )
        config.timeout_graceful_shutdown = 1
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """End the server."""
        self._server.should_exit = True
        self._thread.join(10)

    def cut(self) -> None:
        """Every stream breaks, and no call gets through."""
        self.is_cut = True

    def mend(self) -> None:
        """The line is there again."""
        self.is_cut = False

    def called(self, method: str, end: str) -> list[Any]:
        """The bodies of the calls to addresses that end so."""
        return [body for verb, path, body in self.state.calls if verb == method and path.endswith(end)]

    # --- routes ---------------------------------------------------------------------------------------------------

    def _routes(self) -> list[Route]:
        table: list[tuple[str, str, Handler]] = [
            ("POST", "/login", self._login),
            ("POST", "/logout", self._logout),
            ("GET", "/me", self._me),
            ("POST", "/enrol/begin", _enrol_begin),
            ("POST", "/enrol/finish", _enrol_finish),
            ("GET", "/events", self._events),
            ("PUT", "/presence", self._presence),
            ("DELETE", "/presence", self._leave),
            ("POST", "/presence/beat", self._beat),
            ("POST", "/queue/{ticket}/claim", self._claim),
            ("GET", "/canned", self._canned),
            ("POST", "/belcodes/open", _belcode),
            ("GET", "/board", _board),
            ("GET", "/accounts", self._accounts),
            ("GET", "/approvals", _approvals),
            ("GET", "/audit", _audit),
            ("GET", "/audit/verify", _verify),
            ("GET", "/region-cards/{region}", _region),
            ("GET", "/rota", _rota),
            ("PUT", "/rota", _rota),
            ("POST", "/chats/{ticket}/wrap-up", self._wrap_up),
            ("POST", "/chats/{ticket}/{what:path}", self._do),
            ("DELETE", "/chats/{ticket}/{what:path}", self._do),
        ]
        return [Route(path, self._recorded(handler), methods=[method]) for method, path, handler in table]

    def _recorded(self, handler: Handler) -> Handler:
        async def record(request: Request) -> Response:
            if self.is_cut:
                raise ConnectionResetError
            if request.method != "GET":
                if request.headers.get("x-lichtpunt") != "console":
                    return problem("not-from-the-console", 403)
                text = await request.body()
                path = request.url.path.removeprefix("/api/v1/staff")
                self.state.calls.append((request.method, path, json.loads(text) if text else None))
            return await handler(request)

        return record

    def _who(self, request: Request) -> str:
        return self.state.sessions.get(request.cookies.get(COOKIE, ""), "")

    async def _login(self, request: Request) -> Response:
        body = await request.json()
        found = [one for one in self.state.people.values() if one.name == body["name"]]
        if not found or body["password"] != PASSWORD or body["code"] != CODE:
            return problem("login-refused", 401)
        secret = secrets.token_urlsafe(32)
        self.state.sessions[secret] = found[0].id
        answer = JSONResponse({"id": found[0].id})
        answer.set_cookie(COOKIE, secret, path="/", httponly=True, samesite="strict")
        return answer

    async def _logout(self, request: Request) -> Response:
        self.state.sessions.pop(request.cookies.get(COOKIE, ""), None)
        return Response(status_code=204)

    async def _me(self, request: Request) -> Response:
        person = self.state.people.get(self._who(request))
        if person is None:
            return problem("no-session", 401)
        shown = ("id", "name", "display_name", "most")
        body: dict[str, Any] = {name: getattr(person, name) for name in shown}
        return JSONResponse({**body, "roles": list(person.roles), "regions": list(person.regions), "skills": []})

    async def _presence(self, request: Request) -> Response:
        body = await request.json()
        self.refuses_beats = False
        self.state.on_duty(self._who(request), body["status"], body.get("most"))
        return JSONResponse({"me": self.state.view(self._who(request))["me"]})

    async def _leave(self, request: Request) -> Response:
        who = self._who(request)
        if self.state.load(who):
            return problem("chats-open")
        self.state.people[who].duty = None
        self.state.changed()
        return Response(status_code=204)

    async def _beat(self, request: Request) -> Response:
        return problem("not-on-duty") if self.refuses_beats else Response(status_code=204)

    async def _claim(self, request: Request) -> Response:
        who = self._who(request)
        with self.state.lock:
            ticket = self.state.tickets.get(request.path_params["ticket"])
            why = "already-taken" if ticket is None else self.state.why_not(ticket, self.state.people[who])
            if ticket is None or why is not None:
                return problem(why or "already-taken")
            ticket.holder, ticket.phase = who, "called"
            self.state.changed()
            return JSONResponse({"chat": {}})

    async def _canned(self, _request: Request) -> Response:
        return JSONResponse(self.state.canned)

    async def _accounts(self, _request: Request) -> Response:
        shown = ("id", "name", "display_name", "most")
        people = [{name: getattr(one, name) for name in shown} for one in self.state.people.values()]
        rest = {"roles": ["counsellor"], "regions": [], "skills": [], "disabled": False, "enrolled": True}
        return JSONResponse([{**one, **rest, "provider": False, "pseudonym": "9f3a"} for one in people])

    async def _wrap_up(self, request: Request) -> Response:
        codes = await request.json()
        for name, value in codes.items():
            values = value if isinstance(value, list) else [value]
            allowed = frozenset(Topic) if name == "kinds" else CODES.get(name, frozenset())
            if not set(values) <= {str(one) for one in allowed}:
                return problem("unreadable", 422)
        with self.state.lock:
            self.state.tickets.pop(request.path_params["ticket"])
            self.state.changed()
        return Response(status_code=204)

    async def _do(self, request: Request) -> Response:
        who, ticket, what = self._who(request), request.path_params["ticket"], request.path_params["what"]
        body = json.loads(await request.body() or b"{}")
        if what == "messages":
            speaker = "counsellor" if self.state.tickets[ticket].holder == who else "colleague"
            name = self.state.people[who].display_name
            self.state.say(ticket, speaker, body["text"], name, id=body["id"])
            return JSONResponse({"id": body["id"]})
        self._move(who, ticket, f"{request.method} {what}", body)
        return Response(status_code=204)

    def _move(self, who: str, ticket: str, what: str, body: dict[str, Any]) -> None:
        state = self.state
        question = {"id": "q", "kind": "transfer", "staff": body.get("staff"), "region": body.get("region")}
        moves: dict[str, Callable[[], None]] = {
            "POST end": lambda: state.end(ticket, "counsellor"),
            "POST transfer": lambda: state.change(ticket, question={**question, "agreed": "region" in body}),
            "POST shadow": lambda: state.change(ticket, question={**question, "kind": "shadow", "agreed": False}),
            "POST to-bot": lambda: state.change(ticket, question={**question, "kind": "to_bot", "agreed": True}),
            "DELETE question": lambda: state.change(ticket, question=None),
            "POST help": lambda: state.change(ticket, help=body["wanted"]),
            "POST severe": lambda: state.change(ticket, severe=body["severe"]),
            "POST warn": lambda: state.change(ticket, warned=True),
            "POST abuse": lambda: state.change(ticket, abuse_by=who, shadows=[body["colleague"]]),
            "POST back": lambda: state.change(ticket, holder=None, phase="waiting", returned="handed_back"),
            "POST colleague": lambda: state.change(ticket, question=self._answered(ticket, body["answer"])),
        }
        moves.get(what, lambda: None)()

    def _answered(self, ticket: str, answer: str) -> dict[str, Any] | None:
        question = self.state.tickets[ticket].question or {}
        return {**question, "agreed": True} if answer == "yes" else None

    async def _events(self, request: Request) -> Response:
        who = self._who(request)
        if not who:
            return problem("no-session", 401)
        cursor = request.headers.get("last-event-id", "")
        after = json.loads(urlsafe_b64decode(cursor)) if cursor else {}
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(request, who, after), media_type="text/event-stream", headers=headers)

    async def _stream(self, request: Request, who: str, after: dict[str, int]) -> AsyncIterator[bytes]:
        self.streams += 1
        seen = -1
        yield b":\n\n"
        try:
            while not self._server.should_exit:
                if self.is_cut:
                    raise ConnectionResetError
                if who not in self.state.sessions.values():
                    yield _frame("bye", {"reason": "session-ended"}, after)
                    return
                if seen != self.state.version:
                    seen = self.state.version
                    yield _frame("desk", self.state.view(who), after)
                    for event in self.state.lines(who, after):
                        after = {**after, event["ticket"]: event["n"]}
                        yield _frame("talk", event, after)
                await asyncio.sleep(0.02)
        finally:
            self.streams -= 1


def _frame(name: str, data: dict[str, Any], after: dict[str, int]) -> bytes:
    cursor = urlsafe_b64encode(json.dumps(after).encode()).decode()
    return f"id: {cursor}\nevent: {name}\ndata: {json.dumps(data)}\n:   \n\n".encode()


def _failure() -> Response:
    return problem("internal-error", 500)


async def _organisations(_request: Request) -> Response:
    return JSONResponse([{"id": "veilig-thuis", "name": "Veilig Thuis"}, {"id": "113", "name": "Zelfmoordpreventie"}])


QR = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Cpath d='M1 1h3v3H1z'/%3E%3C/svg%3E"


async def _enrol_begin(_request: Request) -> Response:
    return JSONResponse({"secret": "ABCDEFGHIJKLMNOP", "uri": "otpauth://totp/x", "qr": QR})


async def _enrol_finish(request: Request) -> Response:
    if (await request.json())["code"] != CODE:
        return problem("wrong-code")
    return JSONResponse({"recovery_codes": [f"aaaa-bbbb-cccc-000{number}" for number in range(10)]})


async def _belcode(request: Request) -> Response:
    if (await request.json())["code"] != "appel boom citroen dak":
        return problem("code-unknown", 404)
    return JSONResponse({"card": {"role": "child", "topics": ["child_witness"], "region": "drenthe"}})


async def _board(_request: Request) -> Response:
    person = {"staff": "s1", "name": "Sanne", "status": "available", "regions": ["utrecht"], "skills": [], "chats": 2}
    hour = {"claimed": None, "or_more": False, "typical_wait_seconds": None}
    body = {"waiting": 3, "longest_wait_seconds": 95, "overdue": 1, "on_duty": [{**person, "load": 3, "most": 4}]}
    return JSONResponse({**body, "last_hour": hour})


async def _approvals(_request: Request) -> Response:
    waiting = {"id": "a1", "kind": "roles", "account_id": "s2", "asked_by": "s1", "roles": ["auditor"], "seconds": 3600}
    return JSONResponse([waiting])


async def _audit(_request: Request) -> Response:
    row = {"seq": 1, "minute": "2026-11-25T03:12", "actor": "9f3a", "action": "login", "result": "done", "hash": "00"}
    return JSONResponse({"rows": [row], "next": None})


async def _verify(_request: Request) -> Response:
    return JSONResponse({"verdict": "whole", "first_broken": None})


async def _region(request: Request) -> Response:
    partners = [{"id": "veilig-thuis", "name": "Veilig Thuis", "phone": "<veilig-thuis>", "hours": "dag en nacht"}]
    notes = "Na 23 uur eerst de achterwacht bellen."
    return JSONResponse({"region": request.path_params["region"], "name": "x", "partners": partners, "notes": notes})


async def _rota(_request: Request) -> Response:
    turn = {"id": "a1", "account": "s1", "weekday": 2, "begins": 1380, "ends": 1860}
    return JSONResponse({"week": [turn], "exceptions": [], "planned_now": ["s1"]})
