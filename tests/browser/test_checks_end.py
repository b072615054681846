"""SAF-13 and NET-10: what the page says when its chat went by itself; and the line that told when that would be."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.engine_double import EngineDouble
from tests.browser.house import House
from tests.browser.neutral_site import NeutralSite
from tests.browser.proxy import FaultProxy, Line
from tests.browser.visitor import MARKER, Visitor
from tests.browser.with_person import box_of, open_codes
from webchat.adapters.clocks import MovableClock
from webchat.chats import HARD_SECONDS, IDLE_SECONDS, LEFT_SECONDS

AWAY = "Geen verbinding"
EVENING = datetime(2026, 3, 1, 22, 10, 5, tzinfo=ZoneInfo("Europe/Amsterdam"))
"""What the visitor's device says; the gateway has another time, as with a phone whose clock is wrong."""


class Ageing:
    """A gateway whose time a test moves."""

    def __init__(self, house: House, clock: MovableClock) -> None:
        self.house = house
        self._clock = clock

    def grows_older(self, seconds: float) -> None:
        """Let the gateway's time pass."""

        async def move() -> None:
            self._clock.move(seconds)

        self.house.do(move())


@pytest.fixture(scope="module")
def ageing(
    engine: EngineDouble, neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Ageing]]:
    clock = MovableClock(datetime.now(UTC))
    house = House(engine.url, neutral.url, tmp_path_factory.mktemp("ageing") / "staff.db", clock=clock)

    def now() -> Ageing:
        # As late as it is: the page reads how long it has from the difference with the date of the answer.
        clock.move((datetime.now(UTC) - clock.now()).total_seconds())
        return Ageing(house, clock)

    yield now
    house.stop()


@pytest.fixture
def line(ageing: Callable[[], Ageing]) -> Iterator[FaultProxy]:
    proxy = FaultProxy(int(ageing().house.url.rstrip("/").rsplit(":", 1)[1]))
    yield proxy
    proxy.stop()


def _is_gone_and_calm(visitor: Visitor) -> None:
    """The end in words, the numbers in sight, nothing of the chat, and not one request more in ten minutes."""
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit gesprek is gewist")
    assert MARKER not in visitor.dom()
    for number in (page.locator(".calls a"), page.locator("#numbers a")):
        expect(number.first).to_be_visible()
    assert page.locator(".calls a").count() == 2
    expect(page.locator("#status")).to_have_text("")
    # The stream may stay open for the one question afterwards, a few seconds at most.
    page.clock.run_for(5000)
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url))
    page.clock.run_for(600_000)
    assert calls == []
    assert visitor.errors == []


def test_saf_13_net_10_after_the_grace_time_the_page_says_it_is_gone_and_asks_no_more(
    new_page: Callable[..., Page], ageing: Callable[[], Ageing], line: FaultProxy
) -> None:
    gateway = ageing()
    page = new_page()
    page.clock.install()
    visitor = Visitor(page, f"{line.url}/", gateway.house.url).start()
    line.cut()
    expect(page.locator("#status")).to_contain_text(AWAY)
    gateway.grows_older(LEFT_SECONDS - 60)
    assert visitor.status_of_chat() == 200
    assert MARKER in visitor.dom()
    gateway.grows_older(120)
    assert visitor.status_of_chat() == 410
    line.line = Line.OK
    page.clock.run_for(31_000)
    _is_gone_and_calm(visitor)


def test_saf_13_within_the_grace_time_the_chat_goes_on(
    new_page: Callable[..., Page], ageing: Callable[[], Ageing], line: FaultProxy
) -> None:
    gateway = ageing()
    page = new_page()
    page.clock.install()
    visitor = Visitor(page, f"{line.url}/", gateway.house.url).start()
    line.cut()
    expect(page.locator("#status")).to_contain_text(AWAY)
    gateway.grows_older(LEFT_SECONDS - 60)
    line.line = Line.OK
    page.clock.run_for(31_000)
    expect(page.locator("#status")).not_to_contain_text(AWAY)
    visitor.say("regel 5", "antwoord 5.")


def test_net_10_a_message_after_the_grace_time_gets_the_same_end(
    new_page: Callable[..., Page], ageing: Callable[[], Ageing], line: FaultProxy
) -> None:
    gateway = ageing()
    page = new_page()
    page.clock.install()
    visitor = Visitor(page, f"{line.url}/", gateway.house.url).start()
    line.cut()
    visitor.say(f"{MARKER} twee", None)
    expect(page.locator("#status")).to_contain_text("staat klaar")
    gateway.grows_older(LEFT_SECONDS + 60)
    line.line = Line.OK
    page.clock.run_for(31_000)
    _is_gone_and_calm(visitor)


def _at_ten_past_ten(new_page: Callable[..., Page], gateway: Ageing) -> Visitor:
    page = new_page(timezone_id="Europe/Amsterdam")
    page.clock.install(time=EVENING)
    visitor = Visitor(page, gateway.house.url)
    visitor.arrive()
    visitor.say(f"{MARKER} een")
    return visitor


def _clock_after(seconds: float) -> str:
    return (EVENING + timedelta(seconds=seconds)).strftime("%H:%M")


def test_a11y_10_the_line_says_when_the_chat_goes_by_itself_and_then_it_goes(
    new_page: Callable[..., Page], ageing: Callable[[], Ageing]
) -> None:
    gateway = ageing()
    visitor = _at_ten_past_ten(new_page, gateway)
    page = visitor.page
    line = page.locator("#side").get_by_text("Dit gesprek gaat vanzelf weg om")
    assert _clock_after(IDLE_SECONDS) == "22:55"
    expect(line).to_have_text("Dit gesprek gaat vanzelf weg om 22:55. Opnieuw laden wist het ook.")
    page.clock.fast_forward(10 * 60_000)
    visitor.say(f"{MARKER} twee")
    expect(line).to_contain_text("om 23:05.")
    page.clock.fast_forward((IDLE_SECONDS - 120) * 1000)
    page.clock.run_for(6000)
    expect(page.get_by_role("alert")).to_contain_text("Om 23:05 wordt dit gesprek gewist.")
    expect(line).to_contain_text("om 23:05.")
    gateway.grows_older(IDLE_SECONDS + 60)
    page.clock.fast_forward(120_000)
    page.clock.run_for(6000)
    _is_gone_and_calm(visitor)


def test_a11y_10_a_sign_of_life_moves_the_line(new_page: Callable[..., Page], ageing: Callable[[], Ageing]) -> None:
    visitor = _at_ten_past_ten(new_page, ageing())
    page = visitor.page
    page.clock.fast_forward((IDLE_SECONDS - 120) * 1000)
    page.clock.run_for(6000)
    page.get_by_role("button", name="Ik ben er nog").click()
    # The gateway's time stood still: the whole idle time begins again at 22:53 of this device.
    expect(page.locator("#side").get_by_text("Dit gesprek gaat vanzelf weg om")).to_contain_text("om 23:38.")


def test_with_a_code_the_line_says_until_when_it_brings_the_visitor_back(
    new_page: Callable[..., Page], ageing: Callable[[], Ageing]
) -> None:
    visitor = _at_ten_past_ten(new_page, ageing())
    page = visitor.page
    open_codes(visitor)
    page.get_by_role("button", name="Code om terug te komen").click()
    box_of(visitor, "Code om terug te komen").get_by_role("button", name="Maak een code").click()
    expect(box_of(visitor, "Code om terug te komen").get_by_text("Geldig tot")).to_be_visible()
    expect(page.locator("#side")).to_contain_text(f"terugkomen tot {_clock_after(HARD_SECONDS)}.")
    expect(page.locator("#side")).not_to_contain_text("vanzelf weg om")
