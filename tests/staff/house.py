"""A staff side on a SQLite file with a clock that tests move, and a browser that talks to it."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pyotp
from argon2.exceptions import VerifyMismatchError
from fastapi import FastAPI

from bot.advice.fixed_texts import FixedTexts
from webchat.adapters.clocks import MovableClock
from webchat.adapters.sql import Database, staff_stores
from webchat.api.problems import Problems
from webchat.api.staff.guard import Guard, refuse_unguarded
from webchat.api.staff.routes import PREFIX, router
from webchat.ports import Clock
from webchat.staff import build_staff
from webchat.staff.accounts import new_account_id
from webchat.staff.passwords import Passwords
from webchat.staff.ports import Account, IdentityProvider
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session

ORIGIN = "https://console.example"
SECRET = b"a secret of the test installation"
PASSWORD = "vier losse gewone woorden"
START = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


class QuickHasher:
    """Counts its work, and is quick; the real one has its own test."""

    def __init__(self) -> None:
        self.checks = 0

    def hash(self, password: str) -> str:
        salt = secrets.token_hex(4)
        return salt + hashlib.sha256((salt + password).encode()).hexdigest()

    def verify(self, hash: str, password: str) -> bool:
        self.checks += 1
        if hash[8:] != hashlib.sha256((hash[:8] + password).encode()).hexdigest():
            raise VerifyMismatchError
        return True


@dataclass
class Person:
    """Somebody who works here, with what is on the phone and on paper."""

    account: Account
    secret: str
    recovery_codes: tuple[str, ...]
    password: str = PASSWORD


@dataclass
class Answer:
    """A response, shortened to what tests ask about."""

    response: httpx.Response

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def body(self) -> Any:
        return self.response.json()

    @property
    def problem(self) -> str | None:
        """The name of the problem, when this is a problem document."""
        if self.response.headers.get("content-type") != "application/problem+json":
            return None
        return str(self.body["type"]).removeprefix("urn:lichtpunt:problem:")


class Browser:
    """Calls the staff API as the console does; headers that are ``None`` are left out."""

    def __init__(self, app: Any, base: str = ORIGIN) -> None:
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 4242))
        self.http = httpx.AsyncClient(base_url=base, transport=transport, trust_env=False)
        self.base = base

    async def call(self, method: str, path: str, headers: dict[str, str | None] | None = None, **parts: Any) -> Answer:
        sent = {"Origin": self.base, "X-Lichtpunt": "console"} | (headers or {})
        kept = {name: value for name, value in sent.items() if value is not None}
        return Answer(await self.http.request(method, PREFIX + path, headers=kept, **parts))

    async def get(self, path: str, **parts: Any) -> Answer:
        return await self.call("GET", path, **parts)

    async def post(self, path: str, json: Any = None, **parts: Any) -> Answer:
        return await self.call("POST", path, json=json, **parts)

    def be(self, session: Session) -> None:
        """Have the cookie of this session."""
        self.http.cookies.set("__Host-lichtpunt", session.cookie, domain="console.example")


@dataclass
class StaffHouse:
    """Everything together."""

    database: Database
    texts: FixedTexts
    provider: IdentityProvider | None = None
    clock: Any = field(default_factory=lambda: MovableClock(START))

    def __post_init__(self) -> None:
        self.hasher = QuickHasher()
        self.stores = staff_stores(self.database)
        clock: Clock = self.clock
        self.cases = build_staff(self.stores, clock, SECRET, self.provider, Passwords(self.hasher))
        self.app = FastAPI(openapi_url=None)
        Problems(self.texts, lambda: ()).install(self.app)
        self.app.include_router(router(self.cases, Guard(self.cases.sessions), clock), prefix=PREFIX)
        refuse_unguarded(self.app, PREFIX)

    def browser(self, base: str = ORIGIN) -> Browser:
        return Browser(self.app, base)

    async def person(self, name: str, *roles: StaffRole) -> Person:
        """Somebody who finished enrolment."""
        account = Account(new_account_id(), name, name.title(), frozenset(roles))
        assert await self.stores.accounts.add(account)
        return await self.enrolled(account)

    async def enrolled(self, account: Account) -> Person:
        token = await self.cases.enrolments.issue(account.id)
        invitation = await self.cases.enrolments.begin(token, PASSWORD)
        codes = await self.cases.enrolments.finish(token, self.code(invitation.secret))
        stored = await self.stores.accounts.get(account.id)
        assert stored is not None
        return Person(stored, invitation.secret, codes)

    def code(self, secret: str, steps: int = 0) -> str:
        """What the app shows now, or so many steps of 30 seconds later."""
        return pyotp.TOTP(secret).at(self.clock.now() + timedelta(seconds=30 * steps))

    def next_code(self, person: Person) -> str:
        """A code that was not used yet: the next one, half a minute later."""
        self.clock.move(30)
        return self.code(person.secret)

    async def login(self, browser: Browser, person: Person, **changed: str) -> Answer:
        code = changed.get("code") or self.next_code(person)
        body = {"name": person.account.name, "password": person.password, "code": code} | changed
        return await browser.post("/login", body)

    async def at_work(self, person: Person) -> Browser:
        """A browser that is logged in."""
        browser = self.browser()
        assert (await self.login(browser, person)).status == 200
        return browser

    async def audited(self) -> list[tuple[str, str]]:
        """What the log says was done, and how it ended."""
        return [(row.action, row.result) for row in await self.cases.audit.rows()]
