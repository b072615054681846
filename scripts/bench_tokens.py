"""Whether time tells a wiped token from an unknown one. ``python -m scripts.bench_tokens``; measures.

Starts a gateway and a Redis of its own, asks with each kind in turn and prints medians (less than 5 % apart is good).
"""

import argparse
import statistics
import sys
import time
from collections import defaultdict

import httpx

from scripts import services
from webchat.chats import new_token

ROUNDS = 3000
GATE = 0.05


def measure(client: httpx.Client, tokens: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds per answer, by kind of token; the kinds take turns so that both see the same machine."""
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for place in range(rounds):
        for kind, some in tokens.items():
            headers = {"Authorization": f"Bearer {some[place % len(some)]}"}
            began = time.perf_counter()
            answer = client.get("/api/v1/chats/current", headers=headers)
            taken[kind].append((time.perf_counter() - began) * 1000)
            if answer.status_code != 410:
                raise RuntimeError(f"{kind}: {answer.status_code}")
    return dict(taken)


def main() -> int:
    """Measure and print. Exit code 1 with ``--gate`` when a median differs by 5 % or more; else 0: a figure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gate", action="store_true")
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    options = arguments.parse_args()
    rounds = options.rounds
    place, port = services.Place.make(), services.free_port()
    redis, url = services.redis(place, "chats")
    settings = {"REDIS_URL": url, "PORT": str(port), "LIMITS": "off", "RASA_URL": "http://127.0.0.1:9"}
    gateway = services.gateway(place, settings, "127.0.0.1", port)
    try:
        for child in (redis, gateway):
            child.start()
            if not child.wait_until_healthy(30, lambda: False):
                raise RuntimeError(f"{child.name}: {child.last_line()}")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            wiped = [client.post("/api/v1/chats", json={}).json()["token"] for _ in range(200)]
            for token in wiped:
                client.delete("/api/v1/chats/current", headers={"Authorization": f"Bearer {token}"})
            kinds = {"unknown": [new_token() for _ in wiped], "wiped": wiped, "no token at all": ["x" * 43] * 200}
            taken = measure(client, kinds, rounds)
    finally:
        gateway.stop()
        redis.stop()
        place.remove()
    middle, worst = statistics.median(taken["unknown"]), 0.0
    for kind, times in taken.items():
        own = statistics.median(times)
        spread = statistics.quantiles(times, n=20)[-1]
        worst = max(worst, abs(own - middle) / middle)
        print(f"{kind:16} median {own:.3f} ms, p95 {spread:.3f} ms, {100 * (own - middle) / middle:+.1f} % of unknown")
    print(
        f"{3 * rounds} answers, all 410; medians differ by {100 * worst:.1f} % at most (gate: less than {100 * GATE:.0f} %)"
    )
    return 1 if options.gate and worst >= GATE else 0


if __name__ == "__main__":
    sys.exit(main())
