"""Pictures of both sides of the handover, for docs/screenshots/. Must use nobody's chat: people and words are the tests'.

A real gateway with real accounts; only the engine is the tests' double. Called by `python -m scripts.screenshots`.
"""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.engine_double import EngineDouble
from tests.contract.redis_server import redis_server
from tests.story.people import Colleague, enrol
from tests.story.product import SECRET, Product

DESKTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DARK: dict[str, Any] = {"color_scheme": "dark"}
TOLD = ("mijn man slaat mij als hij gedronken heeft", "ik durf thuis niks te zeggen", "ik ben bang voor vanavond")
_SLOW = 20_000


@contextmanager
def product() -> Iterator[tuple[Product, Any]]:
    """A gateway with two people who can log in."""
    with redis_server() as redis, tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "staff.sqlite"
        # In a thread of its own: Playwright's loop runs in this one.
        with ThreadPoolExecutor(1) as pool:
            people = pool.submit(asyncio.run, enrol(f"sqlite:///{database}", SECRET, ("noor", "sam")))
        workers = people.result()
        engine = EngineDouble()
        made = Product(engine.url, redis.url, database)
        made.start()
        try:
            yield made, workers
        finally:
            made.kill()
            engine.stop()


def take(browser: Browser, save: Callable[[Page, str], None]) -> None:
    """All pictures of the handover. ``save`` writes one page under a name without its ending."""
    with product() as (made, workers):
        desk = browser.new_context(locale="nl-NL", **DESKTOP)
        noor = Colleague(desk.new_page(), made.url, workers["noor"]).log_in()
        noor.begin()
        save(noor.page, "console-leeg")
        phone = _visitor(browser, made, TOLD[0], {**PHONE, **DARK})
        save(phone, "wachten-telefoon-donker")
        others = [_visitor(browser, made, words, DESKTOP) for words in TOLD[1:]]
        expect(noor.cards).to_have_count(3, timeout=_SLOW)
        save(noor.page, "console-wachtrij")
        for _ in (phone, *others):
            noor.cards.first.get_by_role("button").first.click()
            _begin_who_is_called((phone, *others))
        noor.says("Dag, ik ben Noor. Fijn dat je dit vertelt. Ben je nu alleen?")
        noor.page.wait_for_timeout(1500)
        save(noor.page, "console-gesprekken")
        noor.page.emulate_media(color_scheme="dark")
        save(noor.page, "console-gesprekken-donker")
        save(phone, "met-een-mens-telefoon-donker")
        save(others[0], "met-een-mens")


def _visitor(browser: Browser, made: Product, words: str, options: dict[str, Any]) -> Page:
    page = browser.new_context(locale="nl-NL", **options).new_page()
    page.goto(f"{made.url}/")
    page.get_by_label("Je bericht").fill(words)
    page.get_by_label("Je bericht").press("Enter")
    page.wait_for_timeout(2500)
    more = page.get_by_role("button", name="Meer keuzes")
    if more.is_visible():
        more.click()
    button = page.get_by_role("button", name="Praat met een mens").first
    expect(button).to_be_visible(timeout=_SLOW)
    button.click()
    page.get_by_role("button", name="Vraag een medewerker").click()
    expect(page.get_by_role("region", name="Je staat in de rij")).to_be_visible(timeout=_SLOW)
    page.wait_for_timeout(800)
    return page


def _begin_who_is_called(pages: tuple[Page, ...]) -> None:
    for _ in range(100):
        for page in pages:
            button = page.get_by_role("button", name="Ja, begin")
            if button.is_visible():
                button.click()
                expect(page.get_by_role("group", name="Je praat met")).to_be_visible(timeout=_SLOW)
                return
            page.wait_for_timeout(100)
    raise SystemExit("nobody was called")
