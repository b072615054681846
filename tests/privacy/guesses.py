"""Many wrong tokens, and one valid request of every documented route. Must not know more than the public description."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.turns.doubles import House
from webchat.chats import new_token

VALID: dict[str, Any] = {
    "/chats": {},
    "/chats/current/messages": {"id": "0b9a3c1e-0000-4000-8000-000000000000", "text": "hallo"},
    "/chats/current/assessment": {"role": "bystander"},
    "/chats/current/handover": {"card": {}},
    "/chats/current/belcode": {"card": {}},
    "/chats/current/consents": {"id": "1", "answer": "yes"},
    "/chats/current/signals": {"kind": "still_here"},
    "/return": {"code": "een twee drie vier"},
    "/questions": {"text": "een vraag"},
    "/questions/read": {"code": "een twee drie vier"},
    "/leave": {"token": "x"},
    "/feedback": {"ticket": "x", "answer": "helped"},
}
"""A body that fits, for the routes that take one."""


@dataclass(frozen=True)
class Guess:
    """One route as it is called properly."""

    method: str
    path: str
    needs_token: bool
    body: Any = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def __hash__(self) -> int:
        return hash(str(self))


@dataclass(frozen=True)
class Seen:
    """What somebody who guesses can see."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@cache
def documented() -> dict[str, Any]:
    """The published description of the API."""
    app: Any = House().gateway.app
    schema: dict[str, Any] = app._app.openapi()
    return schema


def requests_of(schema: dict[str, Any]) -> list[Guess]:
    """A valid request of every operation."""
    found = []
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            takes_body = "requestBody" in operation
            body = VALID[path.removeprefix("/api/v1")] if takes_body else None
            found.append(Guess(method.upper(), path, bool(operation.get("security")), body))
    return found


async def guess_tokens(house: House, count: int, make: Callable[[], str] = new_token) -> set[Seen]:
    """Look at a chat with so many tokens, straight through the application. Returns the different answers."""
    seen: set[Seen] = set()
    for _ in range(count):
        seen.add(await _look(house, make()))
    return seen


async def _look(house: House, token: str) -> Seen:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/v1/chats/current",
        "raw_path": b"/api/v1/chats/current",
        "query_string": b"",
        "headers": [(b"host", b"chat.example"), (b"authorization", f"Bearer {token}".encode())],
        "client": ("127.0.0.1", 1),
        "server": ("chat.example", 80),
    }
    parts: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        parts.append(message)

    await house.gateway.app(scope, receive, send)
    body = b"".join(part.get("body", b"") for part in parts[1:])
    return Seen(parts[0]["status"], tuple(sorted(parts[0]["headers"])), body)
