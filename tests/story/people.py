"""Staff with real accounts, and what they do at the console. Must find things as people do: by role, name and place."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp
from playwright.sync_api import Locator, Page, expect

from webchat.adapters.clocks import SystemClock
from webchat.adapters.sql import prepare, staff_stores
from webchat.staff import build_staff
from webchat.staff.accounts import new_account_id
from webchat.staff.ports import Account
from webchat.staff.roles import StaffRole

PASSWORD = "vier losse gewone woorden"
ROLES = frozenset({StaffRole.COUNSELLOR, StaffRole.COORDINATOR, StaffRole.PIKET})


@dataclass
class Worker:
    """Somebody who works here; a recovery code works once in the place of the app."""

    name: str
    codes: list[str]


async def enrol(url: str, secret: str, names: tuple[str, ...]) -> dict[str, Worker]:
    """People who finished enrolment."""
    database = await prepare(url)
    stores = staff_stores(database)
    cases = build_staff(stores, SystemClock(), secret.encode())
    found = {}
    for name in names:
        account = Account(new_account_id(), name, name.title(), ROLES, most=4)
        assert await stores.accounts.add(account)
        token = await cases.enrolments.issue(account.id)
        invitation = await cases.enrolments.begin(token, PASSWORD)
        code = pyotp.TOTP(invitation.secret).at(datetime.now(UTC))
        found[name] = Worker(name, list(await cases.enrolments.finish(token, code)))
    await database.close()
    return found


class Colleague:
    """One page at the console."""

    def __init__(self, page: Page, url: str, worker: Worker) -> None:
        self.page = page
        self.url = url
        self.worker = worker

    def log_in(self) -> "Colleague":
        """Through the form, with a code that was not used yet; then on duty."""
        self.page.goto(f"{self.url}/staff")
        self.page.get_by_label("Naam").fill(self.worker.name)
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.page.get_by_label("Code uit je app").fill(self.worker.codes.pop())
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("navigation", name="Onderdelen")).to_be_visible()
        return self

    def leave(self) -> None:
        """Log out, whatever is open."""
        self.page.context.request.post(
            f"{self.url}/api/v1/staff/logout", headers={"Origin": self.url, "X-Lichtpunt": "console"}
        )

    def becomes(self, status: str) -> "Colleague":
        """Beschikbaar, Bezet, Pauze or Einde dienst."""
        self.page.get_by_role("group", name="Hoe je erbij zit").get_by_text(status, exact=True).click()
        return self

    @property
    def cards(self) -> Locator:
        """Who waits."""
        return self.page.locator(".card")

    @property
    def panes(self) -> Locator:
        """The chats on the screen."""
        return self.page.locator(".pane")

    def says(self, text: str) -> None:
        """Write in the first chat."""
        box = self.panes.first.get_by_label("Bericht aan de bezoeker")
        box.fill(text)
        box.press("Enter")
