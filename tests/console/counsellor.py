"""What a counsellor does with the console, in sentences. Must find things as people do: by role, name and place."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.console.double_state import CODE, PASSWORD
from tests.console.staff_double import StaffDouble

MARKER = "pimpelmees"
"""A word that occurs nowhere in the page, to search for afterwards."""


class Counsellor:
    """One page at the console."""

    def __init__(self, page: Page, double: StaffDouble) -> None:
        self.page = page
        self.double = double
        self.state = double.state
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if "Content Security" in said.text else None)

    def log_in(self, name: str = "sanne") -> "Counsellor":
        """Open the console and log in."""
        self.page.goto(f"{self.double.url}/staff")
        self.page.get_by_label("Naam").fill(name)
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.page.get_by_label("Code uit je app").fill(CODE)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("navigation", name="Onderdelen")).to_be_visible()
        return self

    def on_duty(self, name: str = "sanne", **fields: Any) -> "Counsellor":
        """Log in as somebody who is on duty already."""
        staff = next(one.id for one in self.state.people.values() if one.name == name)
        self.state.on_duty(staff, **fields)
        self.log_in(name)
        expect(self.page.get_by_role("heading", name="Wachtrij")).to_be_visible()
        return self

    def card(self, codename: str) -> Locator:
        """A card in the queue."""
        return self.page.locator(".card", has_text=codename)

    def pane(self, codename: str) -> Locator:
        """A chat."""
        return self.page.get_by_role("region", name=codename, exact=True)

    def composer(self, codename: str) -> Locator:
        """Where one writes in a chat."""
        return self.pane(codename).get_by_label("Bericht aan de bezoeker")

    def dom(self) -> str:
        """All text in the document, hidden or not, with what is in fields."""
        return str(
            self.page.evaluate(
                "document.documentElement.innerHTML"
                " + [...document.querySelectorAll('textarea, input')].map(t => t.value).join(' ') + document.title"
            )
        )
