"""While many chats begin, the page solves a sum and gets its chat; when it cannot, the numbers are there."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, NewVisitor
from tests.browser.engine_double import EngineDouble
from webchat.limits import ALL_BURST

SECRET = "only-for-these-tests-and-nothing-else"


@pytest.fixture
def crowded(engine: EngineDouble) -> Iterator[str]:
    """A gateway with its limits on, at which more chats began just now than it takes without work."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    told = {
        "PORT": str(port), "REDIS_URL": "memory://", "RASA_URL": engine.url, "ENGINE_SECRET": SECRET, "LIMITS": "on",
        "LOG_LEVEL": "WARNING", "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "webchat.main"], cwd=ROOT, env=told)
    url = f"http://127.0.0.1:{port}/"
    try:
        with httpx.Client(base_url=url, trust_env=False) as http:
            until = time.monotonic() + 40
            while not _answers(http):
                assert time.monotonic() < until and process.poll() is None, "the gateway did not start"
            _crowd(http)
            yield url
    finally:
        process.terminate()
        process.wait(10)


def _answers(http: httpx.Client) -> bool:
    try:
        return http.get("/healthz").status_code == 200
    except httpx.TransportError:
        time.sleep(0.1)
        return False


def _crowd(http: httpx.Client) -> None:
    """Open chats until one is refused."""
    for _ in range(3 * ALL_BURST):
        if http.post("/api/v1/chats", json={}).status_code == 429:
            return
    raise AssertionError("nothing was refused")


@contextmanager
def _pressing(url: str) -> Iterator[None]:
    """Others keep asking: one a second is let in without work, and that must not be the page, however slow it is."""
    stop = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=url, trust_env=False) as http:
            while not stop.wait(0.05):
                http.post("/api/v1/chats", json={})

    asking = threading.Thread(target=ask)
    with httpx.Client(base_url=url, trust_env=False) as http:
        _crowd(http)
    asking.start()
    try:
        yield
    finally:
        stop.set()
        asking.join()


def test_under_load_the_page_solves_a_sum_and_gets_its_chat(new_visitor: NewVisitor, crowded: str) -> None:
    visitor = new_visitor()
    visitor.url = visitor.gateway = crowded
    statuses: list[int] = []
    visitor.page.on(
        "response", lambda answer: statuses.append(answer.status) if answer.url.endswith("/v1/chats") else None
    )
    visitor.arrive()
    with _pressing(crowded):
        visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
    assert statuses == [429, 201]
    assert visitor.status_of_chat() == 200


def test_a_browser_that_cannot_solve_it_shows_the_numbers_and_waits(new_visitor: NewVisitor, crowded: str) -> None:
    visitor = new_visitor()
    visitor.url = visitor.gateway = crowded
    visitor.page.route("**/*-worker.mjs", lambda route: route.abort())
    visitor.arrive()
    with _pressing(crowded):
        visitor.say("mijn man slaat mij", None)
        expect(visitor.log.get_by_role("link", name="112")).to_be_visible()
    # One a second is let in without work, so waiting is enough.
    expect(visitor.log.locator(".msg").last).to_contain_text("mensen die je kunnen helpen", timeout=15_000)
