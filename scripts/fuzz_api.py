"""Thousands of requests, right, nearly right and wrong, from the published description of the API. ``make nightly``.

Runs against the application in this process, with a bot and a store that are doubles, so that it needs nothing. Exit
code 1 at the first answer that is a server error, undocumented, no problem document, or repeats what was sent.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from scripts import fuzz_schemathesis
from tests.api.client import Visitor
from tests.privacy.guesses import documented, guess_tokens
from tests.turns.doubles import House
from webchat.chats import new_token

CASES = 3000
TOKENS = 100_000
LONGEST_ECHO = 12
"""A string of so many characters that was sent may not be in an error."""

JUNK: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)


@dataclass(frozen=True)
class Operation:
    """One documented call."""

    method: str
    path: str
    statuses: frozenset[int]
    body: Mapping[str, Any] | None

    @property
    def is_stream(self) -> bool:
        """Whether the answer only ends when it is told to."""
        return self.path.endswith("/events")


@dataclass(frozen=True)
class Request:
    """One request to try; ``content`` is the body as bytes."""

    operation: Operation
    headers: dict[str, bytes]
    params: dict[str, str]
    content: bytes
    living: bool


@dataclass
class Tally:
    """What was seen."""

    statuses: Counter[int] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)


def operations(schema: Mapping[str, Any]) -> list[Operation]:
    """All calls of the description."""
    found = []
    for path, item in schema["paths"].items():
        for method, one in item.items():
            content = one.get("requestBody", {}).get("content", {})
            body = content.get("application/json", {}).get("schema")
            found.append(Operation(method.upper(), path, frozenset(map(int, one["responses"])), body))
    return found


def values(schema: Mapping[str, Any], known: Mapping[str, Any]) -> SearchStrategy[Any]:
    """Values that fit a schema of the kind that this API publishes. Raises ``KeyError`` for another kind."""
    if "$ref" in schema:
        return values(known[schema["$ref"].rsplit("/", 1)[-1]], known)
    if "anyOf" in schema:
        return st.one_of([values(one, known) for one in schema["anyOf"]])
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    makers = {"string": _strings, "object": _objects, "array": _arrays}
    if schema["type"] in makers:
        return makers[schema["type"]](schema, known)
    plain: dict[str, SearchStrategy[Any]] = {
        "null": st.none(),
        "boolean": st.booleans(),
        "integer": st.integers(),
        "number": st.floats(),
    }
    return plain[schema["type"]]


def _strings(schema: Mapping[str, Any], _known: Mapping[str, Any]) -> SearchStrategy[Any]:
    if schema.get("format") == "uuid":
        return st.uuids().map(str)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    return st.text(min_size=schema.get("minLength", 0), max_size=min(schema.get("maxLength", 60), 2100))


def _arrays(schema: Mapping[str, Any], known: Mapping[str, Any]) -> SearchStrategy[Any]:
    return st.lists(values(schema["items"], known), max_size=min(schema.get("maxItems", 5), 5))


def _objects(schema: Mapping[str, Any], known: Mapping[str, Any]) -> SearchStrategy[Any]:
    fields = {name: values(one, known) for name, one in schema.get("properties", {}).items()}
    needed = {name: one for name, one in fields.items() if name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional={name: one for name, one in fields.items() if name not in needed})


@st.composite
def requests(draw: Any, calls: list[Operation], known: Mapping[str, Any]) -> Request:
    """A request to one of the calls: mostly a body that fits, sometimes nearly, sometimes bytes."""
    operation = draw(st.sampled_from(calls))
    fitting = values(operation.body, known) if operation.body else st.just({})
    nearly = st.tuples(fitting, st.dictionaries(st.text(max_size=12), JUNK, max_size=2)).map(_mixed)
    as_json = (fitting | nearly | JUNK).map(lambda value: json.dumps(value).encode())
    content = draw(as_json | st.binary(max_size=200) | st.just(b"x" * 20_000))
    headers: dict[str, bytes] = {"Content-Type": draw(st.sampled_from((b"application/json", b"text/plain", b"")))}
    living = draw(st.booleans())
    if not living:
        wrong = st.text(max_size=60).map(
            lambda text: text.encode("latin-1", "replace").replace(b"\n", b"").replace(b"\r", b"")
        )
        headers["Authorization"] = draw(st.just(f"Bearer {new_token()}".encode()) | wrong.map(lambda w: b"Bearer " + w))
    headers |= draw(st.sampled_from(({}, {"Origin": b"https://evil.example"}, {"Origin": b"http://chat.example"})))
    params = {}
    if operation.is_stream:
        params["wait"] = draw(st.sampled_from(("0", "-1", "26", "nan", "x")))
        headers["Last-Event-ID"] = draw(st.sampled_from((b"0", b"3", b"-1", b"x", b"9" * 30)))
    return Request(operation, headers, params, content, living)


def _mixed(pair: tuple[Any, dict[str, Any]]) -> Any:
    return {**pair[0], **pair[1]} if isinstance(pair[0], dict) else pair[1]


def problems_of(request: Request, answer: httpx.Response) -> list[str]:
    """What is wrong with an answer; empty when nothing is."""
    found = []
    if answer.status_code >= 500:
        found.append("a server error")
    if answer.status_code not in request.operation.statuses:
        found.append("a status that is not documented")
    if answer.status_code >= 400:
        if answer.headers.get("content-type") != "application/problem+json":
            found.append("no problem document")
        sent = [part for part in request.content.decode("utf-8", "replace").split('"') if len(part) >= LONGEST_ECHO]
        if any(part in answer.text for part in sent):
            found.append("repeats what was sent")
    return found


async def send(visitor: Visitor, house: House, request: Request) -> httpx.Response:
    """Send it; with a living chat when it asks for one."""
    headers: dict[str, Any] = dict(request.headers)
    if request.living:
        headers["Authorization"] = f"Bearer {await house.chat()}".encode()
    return await visitor.http.request(
        request.operation.method,
        request.operation.path,
        headers=headers,
        params=request.params,
        content=request.content,
        timeout=10,
    )


def run(cases: int) -> Tally:
    """Try so many requests. Raises ``AssertionError`` with the smallest bad one."""
    schema, tally = documented(), Tally()
    calls, known = operations(schema), schema["components"]["schemas"]
    loop = asyncio.new_event_loop()
    house = House()
    visitor = Visitor(house.gateway.app)

    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(requests(calls, known))
    def attempt(request: Request) -> None:
        answer = loop.run_until_complete(send(visitor, house, request))
        tally.statuses[answer.status_code] += 1
        tally.operations[f"{request.operation.method} {request.operation.path}"] += 1
        wrong = problems_of(request, answer)
        assert not wrong, f"{request.operation.method} {request.operation.path}: {answer.status_code}: {wrong}"

    attempt()
    loop.run_until_complete(visitor.http.aclose())
    loop.close()
    return tally


def main() -> int:
    """Fuzz, then guess tokens. Exit code 1 when something was wrong."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cases", type=int, default=CASES)
    arguments.add_argument("--tokens", type=int, default=TOKENS)
    arguments.add_argument("--schemathesis", action="store_true", help="let schemathesis do it, in its own environment")
    given_ = arguments.parse_args()
    if given_.schemathesis:
        return fuzz_schemathesis.main()
    began = time.monotonic()
    tally = run(given_.cases)
    took = time.monotonic() - began
    print(f"{tally.statuses.total()} requests to {len(tally.operations)} calls in {took:.0f} s, no fault")
    print("  " + ", ".join(f"{status}: {count}" for status, count in sorted(tally.statuses.items())))
    house = House()
    asyncio.run(house.chat())
    seen = asyncio.run(guess_tokens(house, given_.tokens))
    statuses = sorted({one.status for one in seen})
    print(f"{given_.tokens} guessed tokens: {len(seen)} different answer(s), status {statuses}")
    return 0 if statuses == [410] and len(seen) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
