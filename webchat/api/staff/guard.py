"""Who may call which staff route, and from where. Must refuse by default; a route without a guard stops the start.

A guard is a dependency; it leaves its roles on itself, so that a test can walk every route with every role.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from webchat.staff.errors import Refusal, StaffRefused
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session, Sessions

COOKIE = "lichtpunt"
SECURE_COOKIE = "__Host-lichtpunt"
CONSOLE_HEADER = "X-Lichtpunt"
CONSOLE = "console"
"""A page of another site cannot send a header of its own without asking first, and nobody answers that question."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Open:
    """A route for who is not logged in yet. Unsafe methods must come from the console all the same."""

    async def __call__(self, request: Request) -> None:
        """Raises ``StaffRefused``."""
        check_source(request)


class Required:
    """A route for ``roles`` only. With ``counts`` a call is something the person did, and keeps the session open."""

    def __init__(self, sessions: Sessions, roles: frozenset[StaffRole], counts: bool) -> None:
        self.roles = roles
        self._sessions = sessions
        self._counts = counts

    async def __call__(self, request: Request) -> Session:
        """The session of the call. Raises ``StaffRefused``: no session, wrong role, or not from the console."""
        check_source(request)
        session = await self._sessions.find(request.cookies.get(cookie_name(request)))
        if session is None:
            raise StaffRefused(Refusal.NO_SESSION)
        if not session.roles & self.roles:
            raise StaffRefused(Refusal.WRONG_ROLE)
        if self._counts:
            await self._sessions.touch(session)
        return session


class Guard:
    """Makes guards. ``anybody()`` is for logging in only."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def require(self, *roles: StaffRole) -> Required:
        """For who has one of these roles; without roles nobody passes."""
        return Required(self._sessions, frozenset(roles), counts=True)

    def require_quietly(self, *roles: StaffRole) -> Required:
        """The same for what a page does by itself (streams, heartbeats): it does not keep an idle session open."""
        return Required(self._sessions, frozenset(roles), counts=False)

    def anybody(self) -> Open:
        """For who is not logged in yet."""
        return Open()


def check_source(request: Request) -> None:
    """Unsafe methods need our own origin and the console's header. Raises ``StaffRefused``."""
    if request.method in SAFE_METHODS:
        return
    own = request.headers.get("origin") == own_origin(request)
    if not own or request.headers.get(CONSOLE_HEADER) != CONSOLE:
        raise StaffRefused(Refusal.NOT_FROM_THE_CONSOLE)


def own_origin(request: Request) -> str:
    """Our origin as the browser sees it. TLS ends at a proxy, so the scheme follows from the name."""
    return f"{'http' if on_loopback(request) else 'https'}://{request.headers.get('host', '').lower()}"


def on_loopback(request: Request) -> bool:
    """Whether the browser uses a name of this machine over http; only there a cookie may go without ``Secure``."""
    try:
        name = urlsplit(f"//{request.headers.get('host', '')}").hostname
    except ValueError:
        return False
    return name in _LOOPBACK and request.url.scheme == "http"


def cookie_name(request: Request) -> str:
    """The name of the session cookie for this call."""
    return COOKIE if on_loopback(request) else SECURE_COOKIE


def set_session(request: Request, response: Response, session: Session) -> None:
    """Give the browser its session; it forgets it when it closes."""
    response.set_cookie(
        cookie_name(request),
        session.cookie,
        path="/",
        secure=not on_loopback(request),
        httponly=True,
        samesite="strict",
    )


def drop_session(request: Request, response: Response) -> None:
    """Take the session away from the browser."""
    response.delete_cookie(
        cookie_name(request), path="/", secure=not on_loopback(request), httponly=True, samesite="strict"
    )


@dataclass(frozen=True)
class Door:
    """One way in: a method and a path, with the guards that stand there."""

    method: str
    path: str
    guards: tuple[Open | Required, ...]


def doors(routes: APIRouter | FastAPI, prefix: str = "") -> tuple[Door, ...]:
    """All ways in below ``prefix``, those of included routers too, with the guards of the routers they belong to."""
    found = []
    for context in iter_route_contexts(routes.routes):
        path = context.path or ""
        if path.startswith(prefix):
            dependant = getattr(context, "dependant", None)
            guards = tuple(_guards(dependant)) if isinstance(dependant, Dependant) else ()
            found += [Door(method, path, guards) for method in sorted(context.methods or {"*"})]
    return tuple(found)


def refuse_unguarded(routes: APIRouter | FastAPI, prefix: str = "") -> None:
    """Raises ``RuntimeError`` when there is a way in below ``prefix`` without a guard, or with several."""
    for door in doors(routes, prefix):
        if len(door.guards) != 1:
            raise RuntimeError(f"{door.path} needs exactly one guard")


def _guards(dependant: Dependant) -> Iterator[Open | Required]:
    for inner in dependant.dependencies:
        if isinstance(inner.call, Open | Required):
            yield inner.call
        yield from _guards(inner)
