"""NET-02, -05, -08 and -09, PERF-03 and J-02: lines that say nothing, servers that come back, and the slowest phone."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, Route, expect

from bot.advice import directory
from tests.browser.conftest import NewVisitor, serving
from tests.browser.engine_double import EngineDouble
from tests.browser.neutral_site import NeutralSite
from tests.browser.proxy import FaultProxy, Line
from tests.browser.test_weight import MOST_BYTES
from tests.browser.visitor import Visitor

AWAY = "Geen verbinding"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s and 400 ms there and back."""

HIDE = """hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange')); }"""


@pytest.fixture
def remote(new_page: Callable[..., Page], proxy: FaultProxy, gateway: str) -> Visitor:
    """A visitor behind a line that can fail."""
    return Visitor(new_page(), f"{proxy.url}/", gateway)


def _into_a_hole(remote: Visitor, proxy: FaultProxy, calm: int, late: int) -> None:
    """The line swallows everything; the page says so between so many seconds, and mends itself."""
    page = remote.page
    status = page.locator("#status")
    proxy.line = Line.HOLE
    page.clock.run_for(calm * 1000)
    expect(status).not_to_contain_text(AWAY)
    page.clock.run_for((late - calm) * 1000)
    expect(status).to_contain_text(AWAY)
    proxy.cut()
    remote.say_from_elsewhere("regel 4")
    proxy.line = Line.OK
    page.clock.run_for(31_000)
    expect(status).not_to_contain_text(AWAY)
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 4.")


def test_net_02_a_line_that_swallows_everything_is_told_within_45_seconds(remote: Visitor, proxy: FaultProxy) -> None:
    remote.page.clock.install()
    remote.arrive()
    remote.say("hallo")
    _into_a_hole(remote, proxy, 34, 45)


def test_net_02_with_a_person_it_is_told_within_25_seconds(remote: Visitor, proxy: FaultProxy) -> None:
    def waiting(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "state": "waiting"})

    remote.page.clock.install()
    remote.page.route("**/api/v1/chats/current/messages", waiting)
    remote.arrive()
    remote.say("hallo")
    remote.say_from_elsewhere("regel 1")
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 1.")
    _into_a_hole(remote, proxy, 14, 25)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    assert program, "redis-server is needed: apt-get install redis-server"
    path = tmp_path / "redis.sock"
    command = [program, "--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tmp_path)
    until = time.monotonic() + 10
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield f"unix://{path}"
    process.terminate()
    process.wait(10)


def test_net_05_a_restarted_gateway_goes_on_with_the_chat_and_without_its_store_says_it_is_gone(
    redis: str, engine: EngineDouble, neutral: NeutralSite, new_page: Callable[..., Page]
) -> None:
    address = [engine.url, neutral.url, redis]
    with serving(address) as first:
        port = first.rstrip("/").rsplit(":", 1)[1]
        visitor = Visitor(new_page(), first)
        visitor.arrive()
        visitor.say("regel 1", "antwoord 1.")
    status = visitor.page.locator("#status")
    expect(status).to_contain_text(AWAY)
    with serving(address, port):
        visitor.say("regel 2", None)
        expect(visitor.log.locator(".msg").last).to_contain_text("antwoord 2.", timeout=35_000)
        numbered = [line for line in visitor.lines() if line.startswith(("regel", "antwoord"))]
        assert numbered == ["regel 1", "antwoord 1.", "regel 2", "antwoord 2."]
    subprocess.run(["redis-cli", "-s", redis.removeprefix("unix://"), "flushall"], check=True, capture_output=True)
    with serving(address, port):
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Dit gesprek is gewist", timeout=35_000)
        calls: list[str] = []
        visitor.page.on("request", lambda request: calls.append(request.url))
        visitor.page.wait_for_timeout(5000)
        assert len(calls) <= 1


def test_net_08_a_proxy_that_buffers_is_told_not_to_and_a_line_is_there_within_a_second(remote: Visitor) -> None:
    told: list[str] = []
    remote.page.on(
        "response",
        lambda answer: told.append(answer.headers.get("x-accel-buffering", "")) if "/events" in answer.url else None,
    )
    remote.arrive()
    with remote.page.expect_response(lambda answer: answer.url.endswith("/messages")):
        remote.say("hallo")
    began = time.monotonic()
    remote.say_from_elsewhere("regel 3")
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 3.", timeout=1000)
    assert time.monotonic() - began < 1.5
    assert told == ["no"]


def test_net_09_what_was_missed_in_the_background_is_there_within_two_seconds(
    remote: Visitor, proxy: FaultProxy
) -> None:
    remote.page.clock.install()
    remote.arrive()
    remote.say("hallo")
    remote.page.evaluate(HIDE, True)
    proxy.cut()
    for number in range(3):
        remote.say_from_elsewhere(f"regel {number}")
    remote.page.clock.run_for(120_000)
    proxy.line = Line.OK
    remote.page.evaluate(HIDE, False)
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 2.", timeout=2000)


def _slowed(page: Page, processor: int = 6) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": processor})


def test_perf_03_on_a_slow_line_and_a_slow_phone_the_chat_is_there_in_time(new_visitor: NewVisitor) -> None:
    """The best of three: another program on the same machine may take the processor away for a moment."""
    took: list[tuple[float, float]] = []
    for _ in range(3):
        visitor = new_visitor()
        _slowed(visitor.page)
        began = time.monotonic()
        visitor.page.goto(visitor.url, wait_until="commit")
        door = visitor.page.get_by_role("button", name="Het gaat om mij")
        door.wait_for()
        composer = time.monotonic() - began
        began = time.monotonic()
        door.click()
        visitor.log.locator(".msg.bot").first.wait_for()
        took.append((composer, time.monotonic() - began))
        visitor.page.context.close()
        if composer <= 2.5 and took[-1][1] <= 4:
            break
    print(f"composer and first line, in seconds: {took}")
    assert took[-1][0] <= 2.5, took
    assert took[-1][1] <= 4.0, took


def test_j_02_a_neighbour_in_the_tram_gets_advice_and_a_number_with_buttons_only(
    new_visitor: NewVisitor, playwright: Playwright, proxy: FaultProxy, gateway: str
) -> None:
    page = new_visitor(**playwright.devices["Pixel 5"]).page
    page.set_default_timeout(15_000)
    visitor = Visitor(page, f"{proxy.url}/", gateway)
    _slowed(page, 1)
    page.goto(visitor.url)
    door = page.get_by_role("button", name="Ik maak me zorgen om een ander")
    door.wait_for()
    assert proxy.bytes_down <= MOST_BYTES, proxy.bytes_down
    door.tap()
    choice = page.get_by_role("button", name="Ik hoor ruzie bij een kind")
    choice.wait_for()
    proxy.cut()
    choice.tap()
    expect(page.locator("#status")).to_contain_text(AWAY)
    proxy.line = Line.OK
    line = directory.load().get("veilig-thuis")
    call = visitor.log.get_by_role("link", name=f"Bel {line.phone}")
    expect(call).to_have_attribute("href", f"tel:{line.tel}", timeout=20_000)
    words: list[Any] = visitor.lines()
    assert words.count("Ik hoor ruzie bij een kind") == 1
    assert visitor.status_of_chat() == 200
