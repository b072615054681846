"""Firefox and WebKit behind the few acts that the tests of leaving need. Must know nothing of the chat."""

import contextlib
import gc
import logging
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from marionette_driver import By as MarionetteBy
from marionette_driver.marionette import ActionSequence, Marionette
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

SHIFT = "\ue008"
"""The Shift key, as WebDriver calls it."""

_SCREEN = "1366x900x24"


class Engine(Protocol):
    """One window of one browser."""

    def go(self, address: str) -> None:
        """Type an address."""

    def back(self) -> None:
        """Press Back."""

    def address(self) -> str:
        """Where the window is."""

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a function body in the page."""

    def click(self, selector: str) -> None:
        """Click as a person does."""

    def type(self, selector: str, text: str) -> None:
        """Type into a field, key by key."""

    def press(self, *keys: str) -> None:
        """Press keys together and let go of them."""

    def stop(self) -> None:
        """Close the browser."""


def needed(program: str, package: str) -> str:
    """Where a program is. A missing one is a failure, never a skipped test."""
    found = shutil.which(program)
    assert found, f"{program} is needed for the tests of leaving: apt-get install {package}"
    return found


def wait_for(look: Callable[[], Any], what: str, seconds: float = 8.0) -> Any:
    """What ``look`` finds, as soon as it finds something; the browser may be in between two pages."""
    until = time.monotonic() + seconds
    problem: Exception | None = None
    while time.monotonic() < until:
        try:
            found = look()
        except Exception as error:
            found, problem = None, error
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"never happened: {what}") from problem


@contextlib.contextmanager
def _its_own_sockets() -> Iterator[None]:
    """The client of Marionette forgets to close what it looks for its port with. Warnings are errors here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


class Firefox:
    """Firefox without a screen, over Marionette. ``chrome`` runs in the browser itself."""

    def __init__(self) -> None:
        logging.getLogger("mozversion").setLevel(logging.WARNING)
        # A file of its own: the client removes the log it is given before it starts, even a device.
        self._folder = tempfile.TemporaryDirectory(prefix="lichtpunt-firefox-")
        with _its_own_sockets():
            self.driver = Marionette(
                bin=needed("firefox-esr", "firefox-esr"),
                headless=True,
                port=0,
                prefs={"network.proxy.type": 0, "browser.sessionstore.interval": 200},
                gecko_log=os.path.join(self._folder.name, "log"),
                startup_timeout=90,
            )
            self.driver.start_session()
        self.driver.timeout.page_load = 20

    def go(self, address: str) -> None:
        self.driver.navigate(address)

    def back(self) -> None:
        self.driver.go_back()

    def address(self) -> str:
        return str(self.driver.get_url())

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, script_args=arguments)

    def click(self, selector: str) -> None:
        self.driver.find_element(MarionetteBy.CSS_SELECTOR, selector).click()

    def type(self, selector: str, text: str) -> None:
        self.driver.find_element(MarionetteBy.CSS_SELECTOR, selector).send_keys(text)

    def press(self, *keys: str) -> None:
        sequence = ActionSequence(self.driver, "key", "keyboard")
        for key in keys:
            sequence.key_down(key)
        for key in reversed(keys):
            sequence.key_up(key)
        sequence.perform()

    def chrome(self, script: str) -> Any:
        """Run a function body with the rights of the browser, for what no page can ask for."""
        with self.driver.using_context("chrome"):
            return self.driver.execute_script(script)

    def stop(self) -> None:
        with _its_own_sockets():
            self.driver.quit()
            self.driver.cleanup()
        self._folder.cleanup()


class WebKit:
    """WebKitGTK's own small browser, on a screen in memory."""

    def __init__(self) -> None:
        driver = needed("WebKitWebDriver", "webkit2gtk-driver")
        read, write = os.pipe()
        self._screen = subprocess.Popen(
            [needed("Xvfb", "xvfb"), "-displayfd", str(write), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            display = told.readline().strip()
        settings = {"DISPLAY": f":{display}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        service = Service(driver, env={**os.environ, **settings})
        options = Options()
        # A page that comes back and starts itself anew never counts as loaded here; the tests wait for what they look for.
        options.page_load_strategy = "none"
        self.driver = webdriver.WebKitGTK(options=options, service=service)

    def go(self, address: str) -> None:
        self.run("window.before = true")
        self.driver.get(address)
        loaded = "return !window.before && document.readyState === 'complete'"
        wait_for(lambda: self.address() == address and self.run(loaded), "a page that was asked for")

    def back(self) -> None:
        self.driver.back()

    def address(self) -> str:
        return str(self.driver.current_url)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def click(self, selector: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def type(self, selector: str, text: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def press(self, *keys: str) -> None:
        chain = ActionChains(self.driver)
        for key in keys:
            chain.key_down(key)
        for key in reversed(keys):
            chain.key_up(key)
        chain.perform()

    def stop(self) -> None:
        self.driver.quit()
        self._screen.terminate()
        self._screen.wait(10)
