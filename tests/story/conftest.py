"""The product with real accounts and real browsers; only the engine is a double."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from scripts import services
from tests.browser.engine_double import EngineDouble
from tests.browser.visitor import Visitor
from tests.contract.redis_server import RedisServer, redis_server
from tests.story.people import Colleague, Worker, enrol

# Several browsers and a gateway share the machine here; what takes long elsewhere has its own, stricter test.
expect.set_options(timeout=20_000)

SECRET = "a secret of the story, long enough for it"
PEOPLE = ("noor", "sam", "mo")


class Product:
    """A gateway on a real Redis and a SQLite file that can be killed and started again."""

    def __init__(self, engine_url: str, redis_url: str, database: Path) -> None:
        self.port = services.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "REDIS_URL": redis_url,
            "RASA_URL": engine_url,
            "ENGINE_SECRET": "only-for-these-tests-and-nothing-else",
            "DATABASE_URL": f"sqlite:///{database}",
            "STAFF_SECRET": SECRET,
            "LIMITS": "off",
            "LOG_LEVEL": "WARNING",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "webchat.main"], cwd=services.ROOT, env=self.environment, stdin=subprocess.DEVNULL
        )
        for _ in range(600):
            if services.answers(f"{self.url}/healthz"):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("the gateway did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)


@pytest.fixture(scope="package")
def engine() -> Iterator[EngineDouble]:
    double = EngineDouble()
    yield double
    double.stop()


@pytest.fixture(scope="package")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="package")
def workers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Worker]]:
    database = tmp_path_factory.mktemp("staff") / "staff.sqlite"
    return database, asyncio.run(enrol(f"sqlite:///{database}", SECRET, PEOPLE))


@pytest.fixture(scope="package")
def product(engine: EngineDouble, redis: RedisServer, workers: tuple[Path, dict[str, Worker]]) -> Iterator[Product]:
    made = Product(engine.url, redis.url, workers[0])
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    contexts = []

    def make() -> Page:
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL"))
        contexts[-1].set_default_timeout(15_000)
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(new_page: Callable[[], Page], product: Product) -> Visitor:
    return Visitor(new_page(), f"{product.url}/")


@pytest.fixture
def colleague(
    new_page: Callable[[], Page], product: Product, workers: tuple[Path, dict[str, Worker]]
) -> Iterator[Callable[[str], Colleague]]:
    made: list[Colleague] = []

    def arrive(name: str) -> Colleague:
        made.append(Colleague(new_page(), product.url, workers[1][name]))
        return made[-1].log_in()

    yield arrive
    for one in made:
        one.leave()
