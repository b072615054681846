"""NET-07: the token is in no address, in no Referer, in no line that a proxy would log, and in no log of the gateway."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ROOT
from tests.browser.engine_double import EngineDouble
from tests.browser.proxy import FaultProxy
from tests.browser.visitor import Visitor
from tests.privacy.encodings import Search

SECRET = "only-for-these-tests-and-nothing-else"
# Not at the start of a line: the body of the request before ends without one.
HEAD = re.compile(rb"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (/\S*) HTTP/1\.1\r\n(.*?)\r\n\r\n", re.DOTALL)
REFERER = re.compile(rb"^referer: (.*?)\r?$", re.MULTILINE | re.IGNORECASE)
AGENT = re.compile(rb"^user-agent: (.*?)\r?$", re.MULTILINE | re.IGNORECASE)
NEUTRAL = "<!doctype html><title>Weer</title><h1>Het weer</h1>"


@dataclass(frozen=True)
class Running:
    """The gateway as it is served, logging all it can, behind a proxy that keeps what went by."""

    url: str
    proxy: FaultProxy
    log: Path

    def access_lines(self) -> list[bytes]:
        """What a web server in front would write by habit: request line, referer and browser."""
        lines = []
        for method, target, head in HEAD.findall(self.proxy.told):
            referer, agent = (found.findall(head) or [b"-"] for found in (REFERER, AGENT))
            lines.append(b'"%s %s HTTP/1.1" "%s" "%s"' % (method, target, referer[0], agent[0]))
        return lines


@pytest.fixture
def running(engine: EngineDouble, tmp_path: Path) -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    told = {
        "PORT": str(port), "REDIS_URL": "memory://", "RASA_URL": engine.url, "ENGINE_SECRET": SECRET, "LIMITS": "off",
        "LOG_LEVEL": "DEBUG", "EXIT_URL": "https://weer.example/", "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    log = tmp_path / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "webchat.main"], cwd=ROOT, env=told, stdout=written, stderr=subprocess.STDOUT
        )
    url = f"http://127.0.0.1:{port}/"
    proxy = FaultProxy(port)
    try:
        until = time.monotonic() + 40
        with httpx.Client(base_url=url, trust_env=False) as http:
            while not _answers(http):
                assert time.monotonic() < until and process.poll() is None, "the gateway did not start"
        yield Running(url, proxy, log)
    finally:
        proxy.stop()
        process.terminate()
        process.wait(15)


def _answers(http: httpx.Client) -> bool:
    try:
        return http.get("/healthz").status_code == 200
    except httpx.TransportError:
        time.sleep(0.1)
        return False


def _holds(token: str, content: bytes) -> bool:
    return any(True for _ in Search([token]).find(content))


def test_net_07_no_line_of_a_proxy_and_no_log_of_the_gateway_holds_the_token(
    new_page: Callable[..., Page], running: Running
) -> None:
    page = new_page()
    referers: list[str] = []

    def weather(route: Route) -> None:
        referers.append(route.request.headers.get("referer", ""))
        route.fulfill(body=NEUTRAL, content_type="text/html")

    page.route("https://weer.example/**", weather)
    visitor = Visitor(page, f"{running.proxy.url}/", running.url).start()
    page.get_by_role("link", name="Veilig chatten").click()
    page.get_by_role("dialog").get_by_role("button", name="Terug naar het gesprek").click()
    page.get_by_role("button", name="Ik kan niet vrij praten").click()
    running.proxy.cut()
    expect(page.locator("#status")).to_contain_text("Geen verbinding")
    running.proxy.line = running.proxy.line.OK
    visitor.say("regel 1", "antwoord 1.")
    page.get_by_role("link", name="Verlaat deze site").click()
    page.wait_for_url("https://weer.example/")
    assert visitor.waits_until_gone(2)

    token = visitor.token
    assert _holds(token, running.proxy.told), "the proxy did not see the token at all, so nothing was tested"
    lines = running.access_lines()
    paths = b"\n".join(lines)
    for path in (b"POST /api/v1/chats ", b"/chats/current/messages", b"/chats/current/events", b"/signals", b"/leave"):
        assert path in paths, path
    assert not _holds(token, paths)
    assert referers == [""]
    log = running.log.read_bytes()
    assert b"chat_opened" in log
    assert b"chat_wiped" in log
    assert not _holds(token, log)


def test_net_07_a_token_in_an_address_is_found_by_this_search_and_stays_out_of_the_log_even_then(
    new_page: Callable[..., Page], running: Running
) -> None:
    visitor = Visitor(new_page(), f"{running.proxy.url}/", running.url).start()
    token = visitor.token
    with httpx.Client(trust_env=False, base_url=running.proxy.url) as http:
        assert http.get(f"/api/v1/chats/current?token={token}").status_code == 401
        http.get("/healthz", headers={"Referer": f"http://elders.example/{token}"})
        http.post(f"/api/v1/leave/{token}", content=token)
    planted = [line for line in running.access_lines() if _holds(token, line)]
    assert len(planted) == 3
    assert not _holds(token, running.log.read_bytes())
