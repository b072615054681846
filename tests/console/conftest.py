"""One browser for the tests of the console, and a double of the staff API for each of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.console.counsellor import Counsellor
from tests.console.staff_double import StaffDouble

NewCounsellor = Callable[..., Counsellor]


@pytest.fixture
def double() -> Iterator[StaffDouble]:
    started = StaffDouble()
    yield started
    started.stop()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    # For this package only: Playwright's loop must have stopped before other packages run theirs.
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
def new_counsellor(new_page: Callable[..., Page], double: StaffDouble) -> Iterator[NewCounsellor]:
    made: list[Counsellor] = []

    def make(**options: Any) -> Counsellor:
        made.append(Counsellor(new_page(**options), double))
        return made[-1]

    yield make
    assert [error for one in made for error in one.errors] == [], "an error in the page's own code"


@pytest.fixture
def counsellor(new_counsellor: NewCounsellor) -> Counsellor:
    return new_counsellor()
