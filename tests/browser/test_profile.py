"""A browser that is killed in the middle of a chat leaves no typed word and no token on the disk, in any file of its profile."""

import os
import signal
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from tests.browser.visitor import Visitor
from tests.privacy.encodings import Search

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
SAID = "pimpelmeesgezegd"
DRAFT = "pimpelmeesconcept"
CONTROL = "pimpelmeescontrole"


def _opened(playwright: Playwright, profile: Path) -> BrowserContext:
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path="/usr/bin/chromium", args=ARGUMENTS, locale="nl-NL"
    )
    context.set_default_timeout(8000)
    return context


def _killed(profile: Path) -> None:
    """kill -9 of every process of this browser; nothing gets a chance to tidy up."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if str(profile).encode() in told:
                os.kill(int(entry.name), signal.SIGKILL)


def _found(profile: Path, words: list[str]) -> set[str]:
    search = Search(words)
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert len(files) > 20, "this is no profile"
    return {f"{hit.needle} in {path.name}" for path in files for hit in search.find(path.read_bytes())}


def test_the_profile_of_a_killed_browser_holds_nothing_of_the_chat(
    playwright: Playwright, gateway: str, tmp_path: Path
) -> None:
    context = _opened(playwright, tmp_path)
    visitor = Visitor(context.pages[0], gateway).arrive()
    visitor.say(f"{SAID} een")
    visitor.page.get_by_label("Je bericht").fill(f"{DRAFT} op kerkstraat 12")
    visitor.page.get_by_role("group", name="Weglaten?").wait_for()
    assert visitor.token
    _killed(tmp_path)
    assert _found(tmp_path, [SAID, DRAFT, visitor.token]) == set()


def test_what_a_page_does_store_is_found_in_the_profile(playwright: Playwright, gateway: str, tmp_path: Path) -> None:
    context = _opened(playwright, tmp_path)
    Visitor(context.pages[0], gateway).arrive().page.evaluate(f"localStorage.setItem('x', '{CONTROL}')")
    context.close()
    assert _found(tmp_path, [CONTROL])
