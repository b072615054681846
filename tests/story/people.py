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
        self.page.get_by_role("button", name="Log in").press("Enter")
        expect(self.page.get_by_role("navigation", name="Onderdelen")).to_be_visible()
        return self

    def leave(self) -> None:
        """Log out, whatever is open; a browser that died cannot."""
        if self.page.is_closed():
            return
        self.page.context.request.post(
            f"{self.url}/api/v1/staff/logout", headers={"Origin": self.url, "X-Lichtpunt": "console"}
        )

    def becomes(self, status: str) -> "Colleague":
        """Beschikbaar, Bezet, Pauze or Einde dienst."""
        self.page.get_by_role("group", name="Mijn status").get_by_role("button", name=status).press("Enter")
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

    def begin(self) -> "Colleague":
        """Begin the shift, available for four chats."""
        self.page.get_by_role("button", name="Begin mijn dienst").press("Enter")
        expect(self.page.get_by_role("heading", name="Wachtrij")).to_be_visible()
        return self

    def asks_in_dialog(self, colleague: str) -> None:
        """Choose a colleague in the open dialog and ask."""
        dialog = self.page.get_by_role("dialog")
        choice = dialog.get_by_label("Collega")
        choice.select_option(choice.locator("option", has_text=colleague).get_attribute("value") or "")
        dialog.get_by_role("button", name="Vraag het").first.press("Enter")
        expect(dialog).to_have_count(0)

    def ends(self) -> None:
        """End the first chat, in two steps."""
        self.panes.first.get_by_role("button", name="Beëindigen").press("Enter")
        self.panes.first.get_by_role("button", name="Zeker?").press("Enter")

    def wraps_up(self, ending: str) -> None:
        """See how it ended and close it with the codes left as they are."""
        expect(self.panes.first).to_contain_text(ending)
        self.panes.first.locator(".wrap-form button").last.press("Enter")
        expect(self.panes).to_have_count(0)

    def dom(self) -> str:
        """All that is in the document, with what is in fields."""
        script = (
            "document.documentElement.innerHTML + [...document.querySelectorAll('textarea, input')].map(t => t.value)"
        )
        return str(self.page.evaluate(script))
