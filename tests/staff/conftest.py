"""Fixtures of the staff side: a house on a fresh SQLite file, and people in it."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.advice import directory, fixed_texts
from bot.advice.fixed_texts import FixedTexts
from tests.staff.house import Browser, Person, StaffHouse
from webchat.adapters.sql import Database, prepare
from webchat.staff.roles import StaffRole


@pytest.fixture(scope="session")
def texts() -> FixedTexts:
    organisations = directory.load()
    return fixed_texts.load(lambda name: organisations.get(name).phone)


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory: every step is on disk before it is acknowledged, and a disk takes its time."""
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="lichtpunt-staff-") as name:
        yield Path(name)


@pytest_asyncio.fixture
async def database(folder: Path) -> AsyncIterator[Database]:
    made = await prepare(f"sqlite:///{folder}/staff.db")
    yield made
    await made.close()


@pytest.fixture
def house(database: Database, texts: FixedTexts) -> StaffHouse:
    return StaffHouse(database, texts)


@pytest.fixture
def browser(house: StaffHouse) -> Browser:
    return house.browser()


@pytest_asyncio.fixture
async def sam(house: StaffHouse) -> Person:
    return await house.person("sam", StaffRole.COUNSELLOR)


@pytest_asyncio.fixture
async def ada(house: StaffHouse) -> Person:
    return await house.person("ada", StaffRole.ADMINISTRATOR)


@pytest_asyncio.fixture
async def bea(house: StaffHouse) -> Person:
    return await house.person("bea", StaffRole.ADMINISTRATOR)
