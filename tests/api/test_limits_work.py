"""Many chats at once: a sum for the browser, never a closed door; and no more than twenty streams from one network."""

import pytest

from tests.api.client import Visitor
from tests.turns.doubles import House
from webchat.limits import ALL_BURST, CHAT_BURST, STREAMS, Limits
from webchat.turns.work import COST, EXPIRES_SECONDS, LEAST_TRIES, MOST_TRIES, PREFIX_BYTES, Challenge, Work, derive

ADDRESS = "8.8.8.8"
OTHER = "9.9.9.9"
pytestmark = pytest.mark.asyncio


@pytest.fixture
def house() -> House:
    return House(limits=Limits())


@pytest.fixture
def visitor(house: House) -> Visitor:
    return Visitor(house.gateway.app, address=ADDRESS)


def solve(challenge):
    """What a browser does: try until the key begins as it should."""
    for answer in range(MOST_TRIES + 1):
        key = derive(challenge["nonce"], challenge["salt"], challenge["cost"], answer)
        if key.hex().startswith(challenge["key_prefix"]):
            return answer
    raise AssertionError("no answer")


async def ask(visitor, **body):
    return await visitor.http.post("/api/v1/chats", json=body)


async def challenged(visitor):
    """Open chats until work is asked for; gives the challenge."""
    for _ in range(ALL_BURST + 2):
        answer = await ask(visitor)
        if answer.status_code == 429:
            return answer.json()["challenge"]
        assert answer.status_code == 201
    raise AssertionError("no work was asked")


async def test_in_calm_times_nobody_is_asked_to_work(house, visitor):
    for _ in range(50):
        assert (await ask(visitor)).status_code == 201
        house.clock.move(100)


async def test_over_the_limit_of_a_network_the_answer_has_numbers_a_time_and_a_challenge(visitor):
    for _ in range(CHAT_BURST):
        assert (await ask(visitor)).status_code == 201
    answer = await ask(visitor)
    body = answer.json()
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "100"
    assert body["replies"][0]["kind"] == "emergency"
    assert [one["id"] for one in body["replies"][0]["referrals"]]
    assert body["challenge"]["cost"] == COST
    assert len(body["challenge"]["key_prefix"]) == 2 * PREFIX_BYTES


async def test_who_solves_it_gets_a_chat_at_once(visitor):
    challenge = await challenged(visitor)
    answer = solve(challenge)
    assert LEAST_TRIES <= answer <= MOST_TRIES
    opened = await ask(visitor, work={"challenge": challenge, "answer": answer})
    assert opened.status_code == 201
    assert opened.json()["token"]


async def test_who_waits_instead_gets_a_chat_too(house, visitor):
    await challenged(visitor)
    house.clock.move(100)
    assert (await ask(visitor)).status_code == 201


async def test_another_network_is_not_asked(house, visitor):
    await challenged(visitor)
    assert (await ask(Visitor(house.gateway.app, address=OTHER))).status_code == 201


async def test_when_many_networks_open_more_than_one_a_second_all_are_asked(house):
    for place in range(ALL_BURST):
        assert (await ask(Visitor(house.gateway.app, address=f"8.8.{place}.8"))).status_code == 201
    assert (await ask(Visitor(house.gateway.app, address=OTHER))).status_code == 429
    house.clock.move(1)
    assert (await ask(Visitor(house.gateway.app, address=OTHER))).status_code == 201


async def test_a_solution_counts_once(visitor):
    challenge = await challenged(visitor)
    work = {"challenge": challenge, "answer": solve(challenge)}
    assert (await ask(visitor, work=work)).status_code == 201
    assert (await ask(visitor, work=work)).status_code == 429


async def test_a_solution_expires_after_ten_minutes(house):
    work, now = Work(), house.clock.steady()
    challenge = work.challenge(now)
    answer = solve(challenge)
    assert not work.accept(Challenge(**challenge), answer, now + EXPIRES_SECONDS)
    assert work.accept(Challenge(**challenge), answer, now + EXPIRES_SECONDS - 1)


@pytest.mark.parametrize("change", [{"cost": 1}, {"key_prefix": "0" * 32}, {"salt": "0" * 32}, {"expires_at": 1 << 40}])
async def test_a_challenge_that_was_changed_opens_nothing(visitor, change):
    challenge = await challenged(visitor)
    work = {"challenge": challenge | change, "answer": solve(challenge)}
    assert (await ask(visitor, work=work)).status_code == 429


async def test_a_challenge_of_another_process_and_a_guess_open_nothing(house, visitor):
    challenge = await challenged(visitor)
    other = Work().challenge(house.clock.steady())
    assert (await ask(visitor, work={"challenge": other, "answer": solve(other)})).status_code == 429
    wrong = solve(challenge) - 1
    assert (await ask(visitor, work={"challenge": challenge, "answer": wrong})).status_code == 429


async def test_used_solutions_are_forgotten_when_they_could_not_be_used_any_more():
    work = Work()
    challenge = work.challenge(0.0)
    assert work.accept(Challenge(**challenge), solve(challenge), 0.0)
    work.sweep(EXPIRES_SECONDS + 1)
    assert not work._used


async def test_a_limiter_that_breaks_lets_everybody_in(house, visitor):
    house.limits._chats = None
    for _ in range(CHAT_BURST + 3):
        assert (await ask(visitor)).status_code == 201


async def test_one_network_has_at_most_twenty_streams_open(house):
    buckets = []
    for _ in range(STREAMS):
        buckets.append(house.streams.bucket(ADDRESS))
        house.limits.stream_began(buckets[-1])
    visitor = Visitor(house.gateway.app, address=ADDRESS)
    visitor.token = await house.chat()
    refused = await visitor.call("GET", "/chats/current/events", params={"wait": 0})
    assert refused.status_code == 429
    assert "retry-after" in refused.headers
    other = Visitor(house.gateway.app, address=OTHER)
    other.token = visitor.token
    assert (await other.call("GET", "/chats/current/events", params={"wait": 0})).status_code == 200
    house.limits.stream_ended(buckets[0])
    assert (await visitor.call("GET", "/chats/current/events", params={"wait": 0})).status_code == 200


async def test_a_stream_that_ends_is_not_counted_any_more(house, visitor):
    visitor.token = await house.chat()
    for _ in range(STREAMS + 5):
        assert (await visitor.call("GET", "/chats/current/events", params={"wait": 0})).status_code == 200
    assert not house.limits._streams


async def test_streams_through_a_proxy_are_not_counted_together(house):
    assert house.streams.bucket("10.0.0.1") is None
    assert house.streams.bucket(None) is None


async def test_an_address_is_nowhere_in_what_counts_streams(house):
    house.limits.stream_began(house.streams.bucket(ADDRESS))
    assert ADDRESS not in repr(vars(house.limits)) + repr(house.limits._streams)
    assert bytes([8, 8, 8, 0]) not in b"".join(house.limits._streams)
