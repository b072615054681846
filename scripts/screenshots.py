"""Writes pictures of the page's states to docs/screenshots/. Must use nobody's chat: the tests' engine
double answers, and for `gesprek` the whole product.

`python -m scripts.screenshots [FOLDER]`, with chromium on the path of the browser tests.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from scripts import screenshots_desk
from scripts.evaluation.running import running_product
from tests.browser.engine_double import EngineDouble

ROOT = Path(__file__).parents[1]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DARK: dict[str, Any] = {"color_scheme": "dark"}


def _say(page: Page, text: str) -> None:
    page.get_by_label("Je bericht").fill(text)
    page.get_by_label("Je bericht").press("Enter")
    _settle(page)


def _settle(page: Page) -> None:
    page.wait_for_timeout(900)


def _start(page: Page) -> None:
    _settle(page)


def _cards(page: Page) -> None:
    page.get_by_role("button", name="Het gaat om mij").click()
    _settle(page)
    _say(page, "mijn man slaat mij als hij gedronken heeft")


def _conversation(page: Page) -> None:
    """For the README: the whole product answers, with its trained model."""
    page.get_by_role("button", name="Het gaat om mij").click()
    page.wait_for_timeout(2500)
    _say(page, "mijn man heeft me vorige week geslagen, ik weet niet wat ik moet doen")
    page.wait_for_timeout(2500)


def _danger(page: Page) -> None:
    _say(page, "hij staat nu voor de deur met een mes en slaat de deur in")


def _child(page: Page) -> None:
    page.get_by_role("button", name="Ik ben jonger dan 18").click()
    _settle(page)


def _child_line(page: Page) -> None:
    _child(page)
    page.get_by_role("button", name="Er is ruzie bij ons thuis").click()
    _settle(page)


def _nobody(page: Page) -> None:
    page.get_by_role("button", name="Liever meteen een mens?").click()
    _settle(page)


def _away(page: Page) -> None:
    _say(page, "hallo")
    page.context.set_offline(True)
    _say(page, "mijn zus is bang voor haar vriend")


def _covered(page: Page) -> None:
    _say(page, "hallo")
    page.get_by_role("button", name="Er is iemand").click()
    _settle(page)


def _ended(page: Page) -> None:
    _say(page, "hallo")
    page.get_by_role("button", name="Wis alles").click()
    page.get_by_role("button", name="Ja, wis alles").click()
    _settle(page)


def _safety(page: Page) -> None:
    page.goto(f"{page.url}visitor/veiligheid.html")


def _button(page: Page) -> None:
    page.goto(f"{page.url}widget")
    page.get_by_label("Tekst op de knop").fill("Chat met ons")


def _easy(page: Page) -> None:
    _say(page, "hallo")
    page.get_by_role("button", name="Makkelijke taal").click()
    _settle(page)


def _themed(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        style = (ROOT / "webchat" / "pages" / "themes" / f"{name}.css").read_text(encoding="utf-8")
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", style
        )
        _cards(page)

    return act


STATES: list[tuple[str, Callable[[Page], None], dict[str, Any]]] = [
    ("start", _start, DESKTOP),
    ("start-telefoon", _start, PHONE),
    ("start-telefoon-donker", _start, PHONE | DARK),
    ("verwijzingen", _cards, DESKTOP),
    ("verwijzingen-donker", _cards, DESKTOP | DARK),
    ("verwijzingen-telefoon", _cards, PHONE),
    ("gevaar", _danger, DESKTOP),
    ("gevaar-telefoon", _danger, PHONE),
    ("kind-telefoon", _child, PHONE),
    ("kindertelefoon-telefoon", _child_line, PHONE),
    ("niemand-in-de-chat", _nobody, DESKTOP),
    ("geen-verbinding-telefoon", _away, PHONE),
    ("er-is-iemand", _covered, DESKTOP),
    ("gewist", _ended, DESKTOP),
    ("veilig-chatten-telefoon", _safety, PHONE),
    ("makkelijke-taal", _easy, DESKTOP),
    ("thema-utrecht", _themed("utrecht"), DESKTOP),
    ("thema-rvo", _themed("rvo"), DESKTOP),
    ("thema-rvo-donker-telefoon", _themed("rvo"), PHONE | DARK),
    ("knop-plaatsen", _button, DESKTOP),
    ("vergroot-400-procent", _start, {"viewport": {"width": 320, "height": 256}}),
]


def main() -> int:
    """Write all pictures. Returns the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    engine = EngineDouble()
    exit_url = "https://www.knmi.nl/"
    gateway = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.gateway", str(port), engine.url, exit_url], cwd=ROOT
    )
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_for(f"{url}healthz")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for name, act, options in STATES:
                _picture(browser, url, folder / f"{name}.png", act, options)
            screenshots_desk.take(browser, lambda page, name: _save(page, folder / f"{name}.png"))
            browser.close()
    finally:
        gateway.terminate()
        gateway.wait(10)
        engine.stop()
    _real(folder)
    return 0


def _real(folder: Path) -> None:
    """A conversation with the whole product, for the README."""
    with running_product() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        _picture(browser, f"{base}/", folder / "gesprek.png", _conversation, DESKTOP)
        _picture(browser, f"{base}/", folder / "gesprek-telefoon.png", _conversation, PHONE)
        browser.close()


def _picture(browser: Browser, url: str, path: Path, act: Callable[[Page], None], options: dict[str, Any]) -> None:
    with browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", **options) as context:
        page = context.new_page()
        page.goto(url)
        act(page)
        _save(page, path)


def _save(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    print(path.name, path.stat().st_size)


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            with urlopen(url, timeout=1):
                return
        except URLError:
            time.sleep(0.2)
    raise SystemExit("the gateway did not start")


if __name__ == "__main__":
    sys.exit(main())
