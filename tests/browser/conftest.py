"""One browser, one gateway and one engine double for all browser tests; a fresh browser context for each of them."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.engine_double import EngineDouble
from tests.browser.neutral_site import NeutralSite
from tests.browser.proxy import FaultProxy
from tests.browser.visitor import Visitor
from tests.browser.with_person import come as come
from tests.browser.with_person import house as house
from tests.browser.with_person import on_duty as on_duty

ROOT = Path(__file__).parents[2]
NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="package")
def engine() -> Iterator[EngineDouble]:
    double = EngineDouble()
    yield double
    double.stop()


@pytest.fixture(scope="package")
def neutral() -> Iterator[NeutralSite]:
    site = NeutralSite()
    yield site
    site.stop()


@contextlib.contextmanager
def serving(addresses: list[str], port: str = "") -> Iterator[str]:
    """A gateway of its own: with the engine's address, the exit's, and that of a Redis if it needs one."""
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as found:
            port = str(found.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-m", "tests.browser.gateway", port, *addresses], cwd=ROOT)
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="package")
def gateway(engine: EngineDouble, neutral: NeutralSite) -> Iterator[str]:
    with serving([engine.url, neutral.url]) as url:
        yield url


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(url + "healthz", trust_env=False)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError("the gateway did not start")


@pytest.fixture
def proxy(gateway: str) -> Iterator[FaultProxy]:
    proxy = FaultProxy(int(gateway.rstrip("/").rsplit(":", 1)[1]))
    yield proxy
    proxy.stop()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    # For this package only: Playwright's loop must have stopped before other packages run theirs.
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    # The tests of Back need the back/forward cache, which Playwright switches off.
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts: list[Any] = []

    def make(**options: Any) -> Page:
        settings = {"viewport": {"width": 1366, "height": 768}, "locale": "nl-NL", **options}
        contexts.append(browser.new_context(**settings))
        contexts[-1].set_default_timeout(8000)
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_visitor(new_page: Callable[..., Page], gateway: str) -> Iterator[NewVisitor]:
    visitors: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        visitors.append(Visitor(new_page(**options), gateway))
        return visitors[-1]

    yield make
    assert [error for visitor in visitors for error in visitor.errors] == [], "an error in the page's own code"


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()
