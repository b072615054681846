"""Guessing finds nothing: every wrong token gets the same answer, every route refuses strangers and has its headers."""

import pytest
import pytest_asyncio

from tests.api.client import Visitor
from tests.privacy.guesses import Guess, documented, guess_tokens, requests_of
from tests.turns.doubles import House
from webchat.api.headers import SECURITY_HEADERS
from webchat.chats import HARD_SECONDS, new_token

pytestmark = pytest.mark.asyncio

GUESSES = 10_000
LIVING = 20
REQUESTS = requests_of(documented())


@pytest.fixture
def house() -> House:
    return House()


@pytest_asyncio.fixture
async def visitor(house: House) -> Visitor:
    return Visitor(house.gateway.app)


async def test_ten_thousand_guesses_beside_living_chats_get_one_and_the_same_answer(house):
    living = [await house.chat() for _ in range(LIVING)]
    answers = await guess_tokens(house, GUESSES)
    assert len(answers) == 1
    (answer,) = answers
    assert answer.status == 410
    assert (await Visitor(house.gateway.app).http.get("/healthz")).status_code == 200
    for token in living:
        assert (await guess_tokens(house, 1, lambda token=token: token)).pop().status == 200


@pytest.mark.parametrize("method_and_path", [one for one in REQUESTS if one.needs_token], ids=str)
async def test_unknown_wiped_and_expired_tokens_get_the_same_answer_on_every_route(house, method_and_path):
    wiped, expired, unknown = await house.chat(), await house.chat(), new_token()
    await house.visit.wipe(wiped)
    almost = expired[:-2] + ("AA" if expired[-2:] != "AA" else "BA")
    seen = [await ask(house, method_and_path, token) for token in (unknown, wiped, almost, "x", "\u00e9" * 40)]
    house.clock.move(HARD_SECONDS)
    seen.append(await ask(house, method_and_path, expired))
    assert len(set(seen)) == 1
    assert seen[0][0] == 410


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
async def test_a_foreign_origin_is_refused_on_every_route(visitor, request_):
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        if request_.path == "/api/v1/leave" and headers.get("Origin") == "null":
            # A beacon of our own page says "null", and without the token in its body it can do nothing.
            continue
        answer = await visitor.http.request(request_.method, request_.path, json=request_.body, headers=headers)
        assert answer.status_code == 403
        assert "evil" not in answer.text


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
async def test_every_answer_of_every_route_has_the_headers_and_no_cookie(house, visitor, request_):
    await visitor.begin()
    tries = [
        {"json": request_.body},
        {"json": request_.body, "headers": visitor.auth},
        {"content": b"{"},
        {"json": request_.body, "headers": {"Authorization": f"Bearer {new_token()}"}},
        {"json": request_.body, "headers": {"Origin": "https://evil.example"}},
        {"content": b" " * 20_000},
        {"json": request_.body, "params": {"wait": "0"}, "headers": {**visitor.auth, "Last-Event-ID": "no"}},
    ]
    others = [{"method": "TRACE"}, {"method": "OPTIONS"}, {"path": f"{request_.path}/nothing"}]
    for parts in [*({"method": request_.method, **one} for one in tries), *others]:
        if request_.path.endswith("/events") and parts.get("headers") == visitor.auth:
            parts["params"] = {"wait": "0"}
        method, path = parts.pop("method", request_.method), parts.pop("path", request_.path)
        answer = await visitor.http.request(method, path, **parts)
        assert answer.status_code < 500
        assert {name.lower(): value for name, value in SECURITY_HEADERS.items()}.items() <= dict(answer.headers).items()
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert not {"set-cookie", "server", "etag", "last-modified", "x-powered-by"} & set(answer.headers)


@pytest.mark.parametrize(
    "path", ["/", "/visitor/privacy.html", "/visitor/main.mjs", "/nothing", "/healthz", "/visitor/../app.py"]
)
async def test_pages_have_the_headers_too(visitor, path):
    answer = await visitor.http.get(path)
    assert {name.lower(): value for name, value in SECURITY_HEADERS.items()}.items() <= dict(answer.headers).items()


async def ask(house: House, request_: Guess, token: str) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """Status, body and headers of one call with this token."""
    visitor = Visitor(house.gateway.app)
    headers = {"Authorization": f"Bearer {token}".encode()}
    answer = await visitor.http.request(request_.method, request_.path, json=request_.body, headers=headers)
    return answer.status_code, answer.content, tuple(sorted(answer.headers.items()))
