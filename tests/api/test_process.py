"""The gateway as a process: what it refuses to start with, what it logs, and how it stops."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import uvicorn

from tests.api.client import Visitor, _Server
from tests.contract.redis_server import redis_server
from tests.contract.test_bot import GOOD, EngineDouble

ROOT = Path(__file__).parents[2]
SECRET = "a long enough secret of the test engine"
TEXT = "mijn buurvrouw Kanariewoord slaat haar zoon, bel 06 12345678"
MARKERS = ("Kanariewoord", "kanariewoord", "12345678")


def run(**settings: str) -> "subprocess.CompletedProcess[str]":
    """Start the gateway with these settings alone, for something that should not start."""
    environ = {"PATH": os.environ["PATH"], "ENGINE_SECRET": SECRET, "REDIS_URL": "memory://", "PORT": "0", **settings}
    return subprocess.run(
        [sys.executable, "-m", "webchat.main"], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=30
    )


@pytest.mark.parametrize(
    ("key", "settings"),
    [
        ("PORT", {"PORT": "geheim"}),
        ("REDIS_URL", {"REDIS_URL": ""}),
        ("REDIS_URL", {"REDIS_URL": "unix:///geheim/redis.sock"}),
        ("ENGINE_SECRET", {"ENGINE_SECRET": "geheim"}),
        ("LIMITS", {"LIMITS": "off", "HOST": "0.0.0.0", "REDIS_URL": "redis://geheim"}),
        ("REDIS_URL", {"REDIS_URL": "redis://127.0.0.1:1"}),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_line_without_its_value(key, settings):
    done = run(**settings)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"{key}: ")
    assert "geheim" not in line


def test_a_port_that_is_taken_is_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(PORT=str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert done.stderr.startswith("PORT: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_redis_with_wrong_settings_is_one_line():
    with redis_server(maxmemory_policy="allkeys-lru") as server:
        done = run(REDIS_URL=server.url)
    assert done.returncode == 2
    assert done.stderr == "REDIS_URL: the setting maxmemory-policy of that Redis must be noeviction\n"


@pytest.mark.asyncio
async def test_a_whole_chat_at_debug_leaves_nothing_in_the_logs_and_the_process_stops_at_once(tmp_path):
    config = uvicorn.Config(
        EngineDouble(body={**GOOD, "effect": None}), port=0, log_config=None, lifespan="off", ws="none"
    )
    engine = _Server(config)
    serving = asyncio.create_task(engine.serve())
    while not engine.started:
        await asyncio.sleep(0.01)
    engine_port = engine.servers[0].sockets[0].getsockname()[1]
    log = tmp_path / "log"
    with redis_server() as redis, log.open("wb") as output:
        port = free_port()
        environ = {
            "PATH": os.environ["PATH"],
            "ENGINE_SECRET": SECRET,
            "REDIS_URL": redis.url,
            "RASA_URL": f"http://127.0.0.1:{engine_port}",
            "PORT": str(port),
            "LOG_LEVEL": "DEBUG",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "webchat.main"], cwd=ROOT, env=environ, stdout=output, stderr=output
        )
        try:
            visitor = Visitor(base=f"http://127.0.0.1:{port}")
            await until_up(visitor)
            tokens = await a_whole_chat(visitor)
            engine.should_exit = True
            await serving
            await visitor.begin()
            tokens.append(visitor.token)
            answer = (await visitor.say(TEXT)).json()
            assert answer["replies"][0]["kind"] == "emergency"
            async with visitor.stream() as events:
                await anext(events)
                process.send_signal(signal.SIGTERM)
                assert process.wait(10) in (0, -signal.SIGTERM)
            await visitor.http.aclose()
        finally:
            process.kill()
            process.wait()
    text = log.read_text(encoding="utf-8")
    for expected in ("started", "bot_failed", "chat_wiped", "library logger="):
        assert expected in text, "the log must hold something, or the search below proves nothing"
    for marker in (*MARKERS, *tokens, SECRET, "127.0.0.1", "redis.sock", "/api/v1", "httpx-agent"):
        assert marker not in text
    assert "Traceback" not in text


async def a_whole_chat(visitor: Visitor) -> list[str]:
    """Everything a visitor can do, with words that must not be found back."""
    visitor.http.headers["User-Agent"] = "httpx-agent"
    await visitor.begin()
    token = visitor.token
    assert (await visitor.say(TEXT)).json()["redacted_kinds"]
    assert (await visitor.say(TEXT * 100)).status_code == 413
    assert (await visitor.say(TEXT, extra=TEXT)).status_code == 422
    assert (await visitor.call("GET", f"/chats/current?{MARKERS[0]}")).status_code == 200
    assert (await visitor.call("GET", f"/{MARKERS[0]}")).status_code == 404
    await visitor.call("POST", "/chats/current/signals", json={"kind": "still_here"})
    await visitor.call("POST", "/questions", json={"text": TEXT})
    assert (await visitor.call("DELETE", "/chats/current")).status_code == 204
    assert (await visitor.say(TEXT)).status_code == 410
    return [token]


async def until_up(visitor: Visitor) -> None:
    """Wait until the process answers."""
    for _ in range(200):
        try:
            if (await visitor.http.get("/healthz")).status_code == 200:
                return
        except httpx.ConnectError:
            await asyncio.sleep(0.05)
    raise AssertionError("the gateway did not start")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
