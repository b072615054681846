"""Fixtures of the whole gateway: visitors and staff through one application, on memory and a SQLite file."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest_asyncio

from tests.api.client import ORIGIN, Visitor
from tests.staff.house import Browser
from tests.turns.doubles import House
from webchat.adapters.sql import prepare
from webchat.app import Staff
from webchat.staff.accounts import new_account_id
from webchat.staff.ports import Account
from webchat.staff.roles import StaffRole


class WholeHouse(House):
    """A gateway with both sides. People at work are logged in without a form; the form has tests of its own."""

    def visitor(self) -> Visitor:
        return Visitor(self.gateway.app)

    async def at_work(self, name: str, *roles: StaffRole, **parts) -> Browser:
        side = self.gateway.staff
        assert side is not None
        account = Account(new_account_id(), name, name.title(), frozenset(roles), **parts)
        stores = side.cases.accounts._store
        assert await stores.add(account)
        session = await side.cases.sessions.begin(replace(account, enrolled=True))
        browser = Browser(self.gateway.app, ORIGIN.replace("http:", "https:"))
        browser.http.cookies.set("__Host-lichtpunt", session.cookie, domain="chat.example")
        return browser


@pytest_asyncio.fixture
async def house() -> AsyncIterator[WholeHouse]:
    # In memory: a disk takes its time to acknowledge every step.
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="lichtpunt-whole-") as folder:
        url = f"sqlite:///{folder}/staff.sqlite"
        await (await prepare(url)).close()
        made = WholeHouse(staff=Staff(url, "a secret of the test installation"))
        yield made
        assert made.gateway.staff is not None
        await made.gateway.staff.close()
