"""NET: lines that drop, answers that get lost, chats that are gone."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.proxy import FaultProxy, Line
from tests.browser.visitor import Visitor


@pytest.fixture
def remote(new_page: Callable[..., Page], proxy: FaultProxy, gateway: str) -> Visitor:
    """A visitor behind a line that can fail."""
    return Visitor(new_page(), f"{proxy.url}/", gateway)


def test_net_01_after_a_cut_everything_comes_once_and_in_order(remote: Visitor, proxy: FaultProxy) -> None:
    remote.arrive()
    remote.say("hallo")
    status = remote.page.get_by_role("status")
    proxy.cut()
    expect(status).to_contain_text("Geen verbinding", timeout=2000)
    began = time.monotonic()
    for number in range(20):
        remote.say_from_elsewhere(f"regel {number}")
    remote.page.wait_for_timeout(max(0.0, 5 - (time.monotonic() - began)) * 1000)
    proxy.line = Line.OK
    expect(status).not_to_contain_text("Geen verbinding", timeout=3000)
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 19.")
    numbered = [line for line in remote.lines() if line.startswith(("regel", "antwoord"))]
    assert numbered == [line for n in range(20) for line in (f"regel {n}", f"antwoord {n}.")]


def test_net_03_a_lost_answer_leads_to_one_message_and_one_turn(remote: Visitor, proxy: FaultProxy) -> None:
    remote.arrive()
    remote.say("hallo")
    ids: list[str] = []
    remote.page.on(
        "request",
        lambda request: ids.append(request.post_data_json["id"]) if request.url.endswith("/messages") else None,
    )
    proxy.line = Line.HALF_DOWN
    remote.say("regel 7", None)
    remote.page.wait_for_timeout(700)
    proxy.cut()
    expect(remote.page.get_by_role("status")).to_contain_text("Geen verbinding")
    proxy.line = Line.OK
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 7.")
    remote.page.wait_for_timeout(1500)
    assert remote.lines().count("regel 7") == 1
    assert remote.lines().count("antwoord 7.") == 1
    assert len(ids) >= 2
    assert len(set(ids)) == 1
    with httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {remote.token}"}) as http:
        events = http.get(f"{remote.gateway}api/v1/chats/current/events?wait=0").text
    assert events.count('"antwoord 7."') == 1


def test_net_04_what_is_said_without_a_line_arrives_in_order(remote: Visitor, proxy: FaultProxy) -> None:
    remote.arrive()
    remote.say("hallo")
    proxy.cut()
    remote.say("regel 1", None)
    remote.say("regel 2", None)
    expect(remote.page.get_by_role("status")).to_contain_text("2 berichten staan klaar")
    assert remote.lines()[-2:] == ["regel 1", "regel 2"]
    proxy.line = Line.OK
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 2.")
    assert remote.lines()[-4:] == ["regel 1", "regel 2", "antwoord 1.", "antwoord 2."]


def test_net_06_after_a_cut_only_what_is_missing_comes_again(remote: Visitor, proxy: FaultProxy) -> None:
    asked: list[int] = []
    remote.page.on(
        "request",
        lambda request: asked.append(int(request.headers["last-event-id"])) if "/events" in request.url else None,
    )
    remote.arrive()
    for number in range(5):
        remote.say(f"regel {number}", f"antwoord {number}.")
    remote.page.wait_for_timeout(300)
    assert asked == [0]
    proxy.cut()
    remote.say_from_elsewhere("regel 9")
    remote.page.wait_for_timeout(300)
    before = proxy.bytes_down
    proxy.line = Line.OK
    expect(remote.log.locator(".msg").last).to_contain_text("antwoord 9.")
    # Greeting (2), then question and answer five times.
    assert asked[-1] == 12
    assert proxy.bytes_down - before < 4000


def test_net_10_a_chat_that_is_gone_says_so_and_leaves_nothing(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    wiped = visitor.call("DELETE", "/chats/current")
    assert wiped.status_code == 204
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Alles is gewist")
    assert visitor.log.locator(".msg").count() == 0
    assert "hallo" not in visitor.dom()
    answers = [visitor.call("GET", "/chats/current")]
    visitor.token = "A" * 43
    answers.append(visitor.call("GET", "/chats/current"))
    assert [answer.status_code for answer in answers] == [410, 410]
    assert answers[0].content == answers[1].content


def test_net_10_a_message_into_a_chat_that_ran_out_of_time_ends_quietly(visitor: Visitor) -> None:
    calls: list[str] = []
    visitor.arrive()
    visitor.say("hallo")
    problem = {"type": "about:blank", "title": "Gesprek weg", "status": 410, "detail": "Dit gesprek is er niet meer."}
    visitor.page.route("**/api/v1/chats/current/**", lambda route: route.fulfill(status=410, json=problem))
    visitor.say("is daar nog iemand?", None)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Dit gesprek is gewist")
    visitor.page.on("request", lambda request: calls.append(request.url))
    visitor.page.wait_for_timeout(3500)
    assert calls == []


def test_a_store_that_is_away_shows_its_numbers_once_and_the_message_goes_again(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    ids: list[str] = []
    card: dict[str, Any] = {"id": "k1", "kind": "emergency", "text": "Bel bij gevaar.", "referrals": [], "choices": []}

    def away(route: Route) -> None:
        ids.append(route.request.post_data_json["id"])
        if len(ids) > 2:
            route.continue_()
            return
        body = {"status": 503, "detail": "Nog niet aangekomen", "replies": [{**card, "id": f"k{len(ids)}"}]}
        route.fulfill(status=503, json=body, headers={"Retry-After": "1"})

    visitor.page.route("**/api/v1/chats/current/messages", away)
    visitor.say("regel 3", "Bel bij gevaar.")
    expect(visitor.page.get_by_role("status")).to_contain_text("nog niet aangekomen")
    expect(visitor.log.locator(".msg").last).to_contain_text("antwoord 3.")
    assert visitor.lines().count("Bel bij gevaar.") == 1
    assert len(set(ids)) == 1


def test_a_proxy_that_holds_back_streams_is_met_with_short_polls(visitor: Visitor) -> None:
    visitor.page.clock.install()
    held: list[Route] = []

    def buffer(route: Route) -> None:
        if "wait=" in route.request.url:
            route.continue_()
        else:
            held.append(route)

    visitor.page.route("**/api/v1/chats/current/events*", buffer)
    visitor.arrive()
    visitor.say("hallo")
    visitor.page.wait_for_timeout(300)
    with visitor.page.expect_request(lambda request: "wait=" in request.url):
        visitor.page.clock.run_for(12_000)
    expect(visitor.page.get_by_role("status")).not_to_contain_text("Geen verbinding")
    visitor.say_from_elsewhere("regel 5")
    expect(visitor.log.locator(".msg").last).to_contain_text("antwoord 5.")
    assert len(held) == 1
    visitor.page.unroute_all(behavior="ignoreErrors")


def test_without_any_line_the_page_still_has_its_numbers(remote: Visitor, proxy: FaultProxy) -> None:
    remote.arrive()
    remote.page.get_by_label("Je bericht").focus()
    remote.page.wait_for_load_state("networkidle")
    proxy.cut()
    remote.say("hallo", None)
    expect(remote.page.get_by_role("status")).to_contain_text("Geen verbinding")
    assert remote.lines() == ["hallo"]
    expect(remote.page.locator(".calls a").first).to_be_visible()
    proxy.line = Line.OK
    expect(remote.log.locator(".msg").last).to_contain_text("Dank je dat je dit vertelt")


def test_when_the_chat_cannot_even_load_the_words_stay_and_the_numbers_open(remote: Visitor, proxy: FaultProxy) -> None:
    remote.arrive()
    proxy.cut()
    remote.say("hallo", None)
    expect(remote.page.get_by_role("status")).to_contain_text("De chat kan niet laden")
    expect(remote.page.locator("#numbers a").first).to_be_visible()
    assert remote.page.get_by_label("Je bericht").input_value() == "hallo"
    proxy.line = Line.OK
    remote.page.get_by_label("Je bericht").press("Enter")
    expect(remote.log.locator(".msg").last).to_contain_text("Dank je dat je dit vertelt")
