"""Errors as problem documents (RFC 9457) with a Dutch detail. Must never repeat anything of the request."""

import json
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.advice.fixed_texts import FixedTexts
from webchat.logs import Event, log
from webchat.ports import ChatGone, NotAllowedNow, StoreUnavailable
from webchat.turns import TooFast
from webchat.turns.work import WorkNeeded

PAD = 256
"""Bodies are padded with spaces to a multiple of this, so that their length tells a network little."""

_STATUS = {
    "unreadable": 422,
    "unknown-choice": 422,
    "too-long": 413,
    "too-fast": 429,
    "too-many-chats": 429,
    "too-many-streams": 429,
    "chat-gone": 410,
    "no-token": 401,
    "foreign-origin": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "store-away": 503,
    "internal-error": 500,
    # The staff side, content/medewerker_teksten.yml.
    "no-session": 401,
    "login-refused": 401,
    "wrong-role": 403,
    "not-from-the-console": 403,
    "second-person-needed": 403,
    "no-second-factor": 403,
    "provider-refused": 403,
    "no-role": 403,
    "no-such-account": 404,
    "approval-gone": 404,
    "ticket-gone": 404,
    "no-provider": 404,
    "code-unknown": 404,
    "question-gone": 404,
    "reply-gone": 404,
    "region-unknown": 404,
    "code-too-often": 429,
    "enrolment-gone": 410,
    "weak-password": 422,
    "wrong-code": 422,
    "login-locked": 429,
    "login-busy": 429,
    "provider-away": 503,
    "staff-store-away": 503,
}
"""Problems that are not listed are 409: right, but not now."""

Replies = tuple[dict[str, Any], ...]


class PaddedJson(JSONResponse):
    """JSON padded to a multiple of ``PAD`` bytes. Of this class, so that the published description has the schemas."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The body, with spaces at its end."""
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        return body.ljust(-(-len(body) // PAD) * PAD)


class ProblemJson(PaddedJson):
    """The same with the media type of problem documents."""

    media_type = "application/problem+json"


class Problems:
    """Writes problem documents from the fixed texts. ``card`` gives replies for when nothing else can be said."""

    def __init__(self, texts: FixedTexts, card: Callable[[], Replies]) -> None:
        self._texts = texts
        self._card = card

    def response(
        self,
        name: str,
        replies: Replies = (),
        retry_after: float | None = None,
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> Response:
        """The document of one problem. ``retry_after`` in seconds; ``more``: further fields, never of a request."""
        status = _STATUS.get(name, 409)
        text = self._texts.problem(name)
        body: dict[str, Any] = {
            "type": f"urn:lichtpunt:problem:{name}",
            "title": text.title,
            "status": status,
            "detail": text.detail,
        }
        if replies:
            body["replies"] = list(replies)
        body |= more
        headers = {}
        if retry_after is not None:
            headers["Retry-After"] = str(max(1, math.ceil(retry_after)))
        if name == "no-token":
            headers["WWW-Authenticate"] = "Bearer"
        return ProblemJson(body, status_code=status, headers=headers)

    def internal_error(self) -> Response:
        """For an error nobody foresaw."""
        return self.response("internal-error", self._card())

    def install(self, app: FastAPI) -> None:
        """Replace every error answer of the framework: its own bodies repeat the input (SECURITY §8.2)."""
        app.add_exception_handler(Exception, self._unforeseen)
        app.add_exception_handler(RequestValidationError, self._invalid)
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(ChatGone, self._gone)
        app.add_exception_handler(TooFast, self._too_fast)
        app.add_exception_handler(NotAllowedNow, self._not_now)
        app.add_exception_handler(StoreUnavailable, self._store)
        _describe(app)

    async def _unforeseen(self, _request: Request, _error: Exception) -> Response:
        return self.internal_error()

    async def _invalid(self, _request: Request, error: Exception) -> Response:
        kinds = {entry["type"] for entry in error.errors()} if isinstance(error, RequestValidationError) else set()
        return self.response("too-long" if "string_too_long" in kinds else "unreadable")

    async def _http(self, _request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        named = {
            401: "no-token",
            403: "foreign-origin",
            404: "not-found",
            405: "method-not-allowed",
            413: "too-long",
        }
        response = self.response(named.get(status, "unreadable"))
        if status == 405 and isinstance(error, HTTPException) and error.headers:
            response.headers.update({"Allow": error.headers.get("Allow", "")})
        return response

    async def _gone(self, _request: Request, _error: Exception) -> Response:
        return self.response("chat-gone")

    async def _too_fast(self, _request: Request, error: Exception) -> Response:
        name, seconds = (error.reason, error.seconds) if isinstance(error, TooFast) else ("too-fast", 1.0)
        log(Event.LIMITED, reason=name)
        more = {"challenge": error.challenge} if isinstance(error, WorkNeeded) else {}
        return self.response(name, self._card() if name == "too-many-chats" else (), seconds, more)

    async def _not_now(self, _request: Request, error: Exception) -> Response:
        name, replies = (error.reason, error.replies) if isinstance(error, NotAllowedNow) else ("internal-error", ())
        return self.response(name, replies, getattr(error, "seconds", None))

    async def _store(self, _request: Request, error: Exception) -> Response:
        replies = error.replies if isinstance(error, StoreUnavailable) else ()
        return self.response("store-away", replies or self._card(), 2.0)


def _describe(app: FastAPI) -> None:
    """Say in the published description what errors are: problem documents, which the framework calls plain JSON."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        schema = plain()
        answers = [
            one for item in schema["paths"].values() for call in item.values() for one in call["responses"].items()
        ]
        for status, answer in answers:
            content = answer.get("content", {})
            if status >= "400" and "application/json" in content:
                content[ProblemJson.media_type] = content.pop("application/json")
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
