"""CON-01: two counsellors accept the same chat at the same moment, in two browsers, fifty times over."""

from collections.abc import Callable

import httpx
from playwright.sync_api import expect

from tests.story.people import Colleague
from tests.story.product import Product

ROUNDS = 50
PRESS = "document.querySelector('.card .accept')?.click()"


def someone_asks(http: httpx.Client) -> str:
    """A visitor who waits; only the token is needed to send them away again."""
    opened = http.post("/api/v1/chats", json={}).json()
    auth = {"Authorization": f"Bearer {opened['token']}"}
    assert http.post("/api/v1/chats/current/handover", json={"card": {}}, headers=auth).status_code == 202
    return str(opened["token"])


def who_has_it(pair: tuple[Colleague, ...]) -> list[Colleague]:
    """Those on whose screen the chat is, with time for a second one to get it wrongly."""
    for _ in range(100):
        if any(one.panes.count() for one in pair):
            break
        pair[0].page.wait_for_timeout(50)
    pair[0].page.wait_for_timeout(250)
    return [one for one in pair if one.panes.count()]


def test_con_01_of_two_who_accept_at_once_exactly_one_has_the_chat(
    product: Product, colleague: Callable[[str], Colleague]
) -> None:
    pair = (colleague("noor").begin(), colleague("sam").begin())
    with httpx.Client(base_url=product.url, trust_env=False) as http:
        for round_number in range(ROUNDS):
            token = someone_asks(http)
            for one in pair:
                expect(one.cards).to_have_count(1)
            # Who is asked first differs from round to round, so that neither always wins.
            for one in pair if round_number % 2 else reversed(pair):
                one.page.evaluate(PRESS)
            for one in pair:
                expect(one.cards).to_have_count(0)
            holders = who_has_it(pair)
            assert len(holders) == 1, f"round {round_number}: {len(holders)} have it"
            http.delete("/api/v1/chats/current", headers={"Authorization": f"Bearer {token}"})
            holders[0].wraps_up("Netjes gestopt")
