"""A visitor's browser as far as HTTP goes. Must only use what the public API says."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import httpx
import uvicorn

from tests.turns.doubles import House

ORIGIN = "http://chat.example"


class Visitor:
    """Calls the API; ``begin`` opens a chat and keeps its token."""

    def __init__(self, app: Any = None, base: str = ORIGIN, address: str = "127.0.0.1") -> None:
        transport = httpx.ASGITransport(app, client=(address, 4242), raise_app_exceptions=True) if app else None
        self.http = httpx.AsyncClient(base_url=base, transport=transport, trust_env=False, timeout=10)
        self.token = ""

    @property
    def auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def begin(self) -> dict[str, Any]:
        answer = await self.http.post("/api/v1/chats", json={})
        assert answer.status_code == 201, answer.text
        body: dict[str, Any] = answer.json()
        self.token = body["token"]
        return body

    async def call(self, method: str, path: str, **parts: Any) -> httpx.Response:
        headers = {**self.auth, **parts.pop("headers", {})}
        return await self.http.request(method, f"/api/v1{path}", headers=headers, **parts)

    async def say(self, text: str, **parts: Any) -> httpx.Response:
        body = {"id": str(uuid.uuid4()), "text": text, **parts}
        return await self.call("POST", "/chats/current/messages", json=body)

    @asynccontextmanager
    async def stream(self, after: int = 0, **parts: Any) -> AsyncIterator[AsyncIterator[tuple[int, str, Any]]]:
        headers = {**self.auth, "Last-Event-ID": str(after)}
        async with self.http.stream("GET", "/api/v1/chats/current/events", headers=headers, **parts) as response:
            assert response.status_code == 200
            yield _events(response)


async def _events(response: httpx.Response) -> AsyncIterator[tuple[int, str, Any]]:
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line == "" and "data" in fields:
            yield int(fields["id"]), fields["event"], json.loads(fields["data"])
        if line == "":
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


class _Server(uvicorn.Server):
    def capture_signals(self) -> Any:
        return nullcontext()


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """The gateway on a real socket, for what needs one: streams and half-open lines. Gives its address."""
    config = uvicorn.Config(
        house.gateway.app, host="127.0.0.1", port=0, log_config=None, ws="none", http="h11", server_header=False
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        house.streams.drain()
        server.should_exit = True
        await task
