"""What a visitor does with the page, in sentences. Must find things as people do: by role, name and place."""

import uuid
from typing import Any

import httpx
from playwright.sync_api import Page, expect

MARKER = "pimpelmees"
"""A word that occurs nowhere in the page, to search for afterwards."""


class Visitor:
    """One page at the chat. ``token`` is taken from the answer to the page's own call."""

    def __init__(self, page: Page, url: str, gateway: str = "") -> None:
        self.page = page
        self.url = url
        self.gateway = gateway or url
        self.token = ""
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", self._look_for_token)

    def _look_for_token(self, response: Any) -> None:
        if response.request.method == "POST" and response.url.endswith("/api/v1/chats") and response.status == 201:
            self.token = response.json()["token"]

    def arrive(self) -> "Visitor":
        """Open the page and wait until one can type."""
        self.page.goto(self.url)
        expect(self.page.get_by_label("Je bericht")).to_be_visible()
        return self

    def say(self, text: str, answer: str | None = "Dank je dat je dit vertelt") -> None:
        """Type and send; wait for an answer that contains ``answer``."""
        box = self.page.get_by_label("Je bericht")
        box.fill(text)
        box.press("Enter")
        if answer is not None:
            expect(self.log.locator(".msg").last).to_contain_text(answer)

    def start(self) -> "Visitor":
        """Arrive and say something with the marker in it, and leave a draft with it."""
        self.arrive()
        self.say(f"{MARKER} een")
        self.page.get_by_label("Je bericht").fill(f"{MARKER} concept")
        return self

    @property
    def log(self) -> Any:
        """The conversation."""
        return self.page.get_by_role("log")

    def lines(self) -> list[str]:
        """The text of each message, without the name of the speaker."""
        return self.log.locator(".msg").evaluate_all("nodes => nodes.map(n => n.children[1].textContent)")

    def dom(self) -> str:
        """All text in the document, hidden or not, and what is in the text field."""
        return str(
            self.page.evaluate(
                "document.documentElement.textContent"
                " + [...document.querySelectorAll('textarea')].map(t => t.value).join(' ')"
            )
        )

    def call(self, method: str, path: str, **parts: Any) -> httpx.Response:
        """Use this chat's token past the page and past any proxy."""
        with httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {self.token}"}) as http:
            return http.request(method, f"{self.gateway}api/v1{path}", **parts)

    def status_of_chat(self) -> int:
        """What the gateway answers to this chat's token: 200, or 410 when it is gone."""
        return self.call("GET", "/chats/current").status_code

    def say_from_elsewhere(self, text: str) -> None:
        """Say something with the same token, so that the page hears of it from the gateway only."""
        body = {"id": str(uuid.uuid4()), "text": text}
        assert self.call("POST", "/chats/current/messages", json=body).status_code == 200

    def waits_until_gone(self, seconds: float) -> bool:
        """Whether the gateway has forgotten the chat within so many seconds."""
        for _ in range(int(seconds * 10)):
            if self.status_of_chat() == 410:
                return True
            self.page.wait_for_timeout(100)
        return False
