"""The published API under schemathesis, a tool that knows nothing of ours. Must keep it out of our own environment.

It lives in an environment of its own under .cache (its pins are not ours), made on first use. The gateway runs as it
runs for visitors, with its Redis, and without an engine: then every turn is answered with the card, at once.
"""

import os
import re
import subprocess
import sys

from scripts import services

HOME = services.ROOT / ".cache" / "schemathesis"
PACKAGE = "schemathesis==4.32.5"
CASES = 2000
EXAMPLES = 100
"""For each operation in the random phase; with the systematic phases that is well over ``CASES``."""

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"

HOOKS = '''
import requests, schemathesis


@schemathesis.auth(refresh_interval=None)
class Token:
    """A living chat for every case."""

    def get(self, case, context):
        session = requests.Session()
        session.trust_env = False
        answer = session.post(case.operation.base_url.rstrip("/") + "/api/v1/chats", json={})
        return answer.json()["token"]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def map_case(context, case):
    """A stream ends only when it is told to; any wait that would be accepted is made short."""
    if case.operation.path.endswith("/events"):
        wait = (case.query or {}).get("wait")
        try:
            fits = wait in (None, "", "null") or 0 <= float(wait) <= 25
        except (TypeError, ValueError):
            fits = True
        if fits:
            case.query = {**(case.query or {}), "wait": 0}
    return case
'''


def program() -> str:
    """The schemathesis program; made when it is not there yet. Needs a package index then."""
    found = HOME / "bin" / "schemathesis"
    if not found.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        subprocess.run([str(HOME / "bin" / "pip"), "install", "--quiet", PACKAGE], check=True)
    (HOME / "lichtpunt_hooks.py").write_text(HOOKS, encoding="utf-8")
    return str(found)


def attack(url: str, examples: int) -> str:
    """Run it against a gateway; gives what it said. Its exit code is in ``CalledProcessError``."""
    command = [
        program(), "run", f"{url}/api/v1/openapi.json", "--checks", CHECKS, "--max-examples", str(examples), "--seed", "1",
        "--phases", "examples,coverage,fuzzing", "--suppress-health-check", "all", "--continue-on-failure", "--warnings", "off",
        "--request-timeout", "15", "--no-color", "--generation-database", "none",
    ]  # fmt: skip
    told = {**os.environ, "SCHEMATHESIS_HOOKS": "lichtpunt_hooks", "PYTHONPATH": str(HOME), "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(command, cwd=HOME, env=told, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise subprocess.CalledProcessError(done.returncode, "schemathesis", done.stdout, done.stderr)
    return done.stdout


def count(said: str) -> int:
    """How many cases it says that it tried; 0 when it does not say so."""
    found = re.search(r"(\d[\d,]*) generated", said)
    return int(found.group(1).replace(",", "")) if found else 0


def main(examples: int = EXAMPLES) -> int:
    """Start a gateway, attack it, stop it. Exit code 1 for a fault or for fewer than ``CASES`` cases."""
    place, port = services.Place.make(), services.free_port()
    redis, redis_url = services.redis(place, "chats")
    settings = {"REDIS_URL": redis_url, "PORT": str(port), "LIMITS": "off", "RASA_URL": "http://127.0.0.1:9"}
    gateway = services.gateway(place, settings, "127.0.0.1", port)
    try:
        for child in (redis, gateway):
            child.start()
            if not child.wait_until_healthy(30, lambda: False):
                raise RuntimeError(f"{child.name}: {child.last_line()}")
        said = attack(f"http://127.0.0.1:{port}", examples)
    except subprocess.CalledProcessError as error:
        print(error.stdout, error.stderr, sep="\n")
        print(f"schemathesis: faults after {count(error.stdout)} cases")
        return 1
    finally:
        gateway.stop()
        redis.stop()
        place.remove()
    tried = count(said)
    print(f"schemathesis: {tried} cases, 0 server errors, 0 undocumented statuses (gate: at least {CASES} cases)")
    return 0 if tried >= CASES else 1


if __name__ == "__main__":
    sys.exit(main())
