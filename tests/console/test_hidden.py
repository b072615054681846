"""CON-08: a console behind another tab still says on its tab that somebody waits.

In Firefox, whose tabs can really be switched; the tone is heard in CON-07, since no sound card is here to play it.
"""

from collections.abc import Iterator

import pytest

from tests.browser.engines import Firefox, wait_for
from tests.console.double_state import CODE, PASSWORD
from tests.console.staff_double import StaffDouble


@pytest.fixture
def firefox() -> Iterator[Firefox]:
    started = Firefox()
    yield started
    started.stop()


def titles(firefox: Firefox) -> list[str]:
    """What stands on the tabs, whichever is in front."""
    return list(firefox.chrome("return Array.from(gBrowser.tabs, (tab) => tab.label);"))


def test_con_08_a_new_card_is_announced_while_another_tab_is_in_front(double: StaffDouble, firefox: Firefox) -> None:
    double.state.on_duty("s1")
    firefox.go(f"{double.url}/staff")
    wait_for(lambda: firefox.run("return document.querySelector('input[autocomplete=username]') !== null"), "a form")
    firefox.type("input[autocomplete=username]", "sanne")
    firefox.type("input[autocomplete=current-password]", PASSWORD)
    firefox.type("input[autocomplete=one-time-code]", CODE)
    firefox.click("form .button")
    wait_for(lambda: firefox.run("return document.querySelector('#queue-title') !== null"), "the queue")
    firefox.chrome("gBrowser.selectedTab = gBrowser.addTrustedTab('about:blank');")
    wait_for(lambda: firefox.run("return document.hidden"), "a tab behind another")
    double.state.waiting()
    wait_for(lambda: any(title.startswith("(1) ") for title in titles(firefox)), "a number on the tab")
    firefox.chrome("gBrowser.selectedTab = gBrowser.tabs[0];")
    wait_for(lambda: not firefox.run("return document.hidden"), "the tab in front again")
    assert firefox.run("return document.querySelectorAll('.card').length") == 1
