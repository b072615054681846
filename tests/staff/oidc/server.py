"""Installs and starts the real OpenID provider of the tests. Must stop with the test that started it."""

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.staff.house import ORIGIN, Answer, Browser

HERE = Path(__file__).parent
INSTALLED = Path(__file__).parents[3] / ".cache" / "oidc-provider"
CALLBACK = f"{ORIGIN}/api/v1/staff/oidc/callback"
CLIENT_ID = "lichtpunt"
CLIENT_SECRET = "a secret that only the two of them know"
START_SECONDS = 30

PEOPLE = {
    "sam@organisation.example": {"given_name": "Sam", "groups": ["chat-night", "everybody"]},
    "kim@organisation.example": {"given_name": "kim@organisation.example", "groups": "chat-admin"},
    "bo@organisation.example": {"given_name": "Bo", "groups": ["everybody"]},
}


@dataclass
class Provider:
    """A running provider. ``issuer`` is what the gateway would get as OIDC_ISSUER."""

    issuer: str

    async def log_in(self, url: str, account: str, amr: tuple[str, ...] = (), acr: str | None = None) -> dict[str, str]:
        """What a person does at the provider's pages; gives the query with which the browser comes back."""
        async with httpx.AsyncClient(trust_env=False, base_url=self.issuer) as browser:
            page = (await browser.get(url)).headers["location"]
            assert page.startswith("/interaction/"), page
            said: dict[str, Any] = {"account": account, "amr": list(amr), "acr": acr}
            answer = await browser.post(page, json=said)
            assert answer.status_code == 303, answer.text
            back = (await browser.get(answer.headers["location"])).headers["location"]
        assert back.startswith(CALLBACK), back
        return dict(httpx.URL(back).params)


async def come_back(browser: Browser, query: dict[str, str]) -> Answer:
    """The last step, in the browser that began."""
    return await browser.get("/oidc/callback", params=query, headers={"Origin": None, "X-Lichtpunt": None})


@contextmanager
def openid_provider(**changed: Any) -> Iterator[Provider]:
    """Start a provider that knows one client, ours, and ``PEOPLE``."""
    install()
    port = _free_port()
    client = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uris": [CALLBACK],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
    }
    settings = {"port": port, "client": client, "accounts": PEOPLE, "claimsInIdToken": True} | changed
    process = subprocess.Popen(
        ["node", "provider.mjs", json.dumps(settings)],
        cwd=INSTALLED,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    patience = threading.Timer(START_SECONDS, process.kill)
    patience.start()
    try:
        assert process.stdout is not None
        # Before it listens it prints advice for production; when it dies the pipe ends.
        if not any(line.strip() == "listening" for line in iter(process.stdout.readline, "")):
            raise RuntimeError("the OpenID provider did not start; is node 20 or newer installed?")
        patience.cancel()
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        patience.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def install() -> None:
    """Once, and again when the pinned version changes. Fails loudly without npm: nothing is skipped."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "provider.mjs", INSTALLED)
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    marker = INSTALLED / "installed.json"
    if marker.exists() and marker.read_text(encoding="utf-8") == wanted:
        return
    shutil.copy(HERE / "package.json", INSTALLED)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=INSTALLED, check=True)
    marker.write_text(wanted, encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
