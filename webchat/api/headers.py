"""The outermost layer: headers on every response, body size, origin, and errors without words. Must log no request."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webchat.logs import Event, error_place, log

LARGEST_BODY = 16 * 1024

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
    "Strict-Transport-Security": "max-age=31536000",
}
"""WEB §1.5 and SECURITY S4; browsers ignore the last one over plain http."""

SHARED_SCRIPT = "/widget/knop.js"
"""The only thing that a page of another origin may load; pinned by its hash it needs the second header too."""

_SHARED_HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}

_UNWANTED = ("server", "set-cookie", "etag", "last-modified")
_STAFF = "/api/v1/staff/"
_FROM_PROVIDER = f"{_STAFF}oidc/callback"
"""A browser comes here from the identity provider, another site; state and nonce are checked there."""


def _tidy(headers: MutableHeaders, path: str) -> None:
    for name in _UNWANTED:
        # Staff log in; a visitor never gets a cookie.
        if name != "set-cookie" or not path.startswith(_STAFF):
            del headers[name]
    headers.update(SECURITY_HEADERS)
    if path == SHARED_SCRIPT:
        headers.update(_SHARED_HEADERS)


class Shell:
    """Wraps the whole application. ``problem`` makes the response of a named problem."""

    def __init__(self, app: ASGIApp, problem: Callable[[str], Response], failure: Callable[[], Response]) -> None:
        self._app = app
        self._problem = problem
        self._failure = failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _tidy(MutableHeaders(scope=message), scope["path"])
            await send(message)

        refusal = self._refusal(Headers(scope=scope), scope)
        if refusal is not None:
            await self._problem(refusal)(scope, receive, send_with_headers)
            return
        try:
            await self._app(scope, _counted(receive), send_with_headers)
        except Exception as error:  # noqa: BLE001 - the last stop: whatever comes out here would be logged with its text
            # Its message and traceback may hold what a visitor typed, so only the kind and the place are kept.
            log(Event.INTERNAL_ERROR, logging.ERROR, error=type(error).__name__, place=error_place(error))
            if not started:
                await self._failure()(scope, receive, send_with_headers)

    def _refusal(self, headers: Headers, scope: Scope) -> str | None:
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return "too-long"
        if scope["path"].startswith("/api/") and not _own_origin(headers, scope["path"]):
            return "foreign-origin"
        return None


def _own_origin(headers: Headers, path: str) -> bool:
    """Whether the request comes from our own page, or from something that is no page.

    With ``Referrer-Policy: no-referrer`` browsers send ``Origin: null`` with a beacon from our own page. So ``null``
    passes when the browser says it is same-origin, and for ``/leave``, which can do nothing without the token.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") != "cross-site" or path == _FROM_PROVIDER
    if origin == "null":
        site = headers.get("sec-fetch-site")
        return site == "same-origin" or (site is None and path.endswith("/leave"))
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    except ValueError:
        return False


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counting() -> Any:
        nonlocal size
        message = await receive()
        if message["type"] == "http.request":
            size += len(message.get("body", b""))
            if size > LARGEST_BODY:
                # The framework passes this one on; any other error it would call a parse error of its own.
                raise HTTPException(413)
        return message

    return counting
