"""The product with real accounts and real browsers; only the engine is a double."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.engine_double import EngineDouble
from tests.browser.visitor import Visitor
from tests.contract.redis_server import RedisServer, redis_server
from tests.story.people import Colleague, Worker, enrol
from tests.story.product import SECRET, Product

PEOPLE = ("noor", "sam", "mo")


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
