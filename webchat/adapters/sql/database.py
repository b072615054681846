"""The database of the staff side: SQLite in a file, or PostgreSQL. Must never show an address in an error."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from webchat.staff.errors import StaffStoreUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"

_READING = "lichtpunt_reading"
_WAIT_SECONDS = 5
_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON")
"""Readers beside one writer; links checked; nothing acknowledged that is not on disk; deleted rows overwritten."""

_LOCKS = {"migrations": 8250101, "tries": 8250102, "audit": 8250103, "sessions": 8250104, "enrolments": 8250105}
"""Numbers of advisory locks in PostgreSQL; any that nobody else in this database uses."""


class UnfitDatabase(Exception):
    """This database cannot be used. One line that names DATABASE_URL and what to do, never its value."""

    def __init__(self, remedy: str) -> None:
        super().__init__(f"DATABASE_URL: {remedy}")
        self.remedy = remedy


class Database:
    """Connections of one gateway. ``sqlite:///relative``, ``sqlite:////absolute`` or ``postgresql://…``."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet. Raises ``UnfitDatabase``."""
        self._url = _translated(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = _sqlite(self._url) if self.is_sqlite else _postgresql(self._url)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may write: stored as a whole at the end, or not at all.

        Raises ``StaffStoreUnavailable``; ``IntegrityError`` passes, for the stores to translate.
        """
        with _driver_errors():
            async with self._engine.connect() as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that only reads; in SQLite it never waits for a writer."""
        with _driver_errors():
            async with self._engine.connect() as connection:
                await connection.execution_options(**{_READING: True})
                async with connection.begin():
                    yield connection

    async def one_at_a_time(self, connection: AsyncConnection, what: str) -> None:
        """Let no other transaction pass here until this one is over. In SQLite every writer is alone anyway."""
        if not self.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCKS[what]})

    async def upgrade(self) -> None:
        """Bring the tables up to date; several gateways may do so at once. Raises ``UnfitDatabase``."""
        if self.is_sqlite:
            _private_file(self._url)
        try:
            async with self._engine.connect() as connection, connection.begin():
                await self.one_at_a_time(connection, "migrations")
                await connection.run_sync(_run_migrations)
        except (SQLAlchemyError, OSError):
            raise UnfitDatabase(
                "cannot be opened or brought up to date; check that it is there and may be written"
            ) from None

    async def close(self) -> None:
        """Let go of connections."""
        await self._engine.dispose()


async def prepare(url: str) -> Database:
    """Open the database and bring its tables up to date. Raises ``UnfitDatabase``."""
    database = Database(url)
    try:
        await database.upgrade()
    except BaseException:
        await database.close()
        raise
    return database


@contextmanager
def _driver_errors() -> Iterator[None]:
    """Turns errors of the driver into ours, without their text: it may hold values and addresses."""
    try:
        yield
    except IntegrityError:
        raise
    except (SQLAlchemyError, OSError):
        raise StaffStoreUnavailable from None


def _translated(url: str) -> URL:
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        parts = URL.create("unknown")
    if parts.drivername == "sqlite" and parts.database not in (None, "", ":memory:") and not parts.host:
        return parts.set(drivername="sqlite+aiosqlite")
    if parts.drivername == "postgresql" and parts.database:
        return parts.set(drivername="postgresql+psycopg")
    raise UnfitDatabase("must be sqlite:///path/to/file or postgresql://user:password@host/name")


def _sqlite(url: URL) -> AsyncEngine:
    engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": _WAIT_SECONDS})

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        # The driver begins transactions of its own accord, and too late; we do it below instead.
        connection.isolation_level = None
        try:
            cursor = connection.cursor()
            for pragma in _PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except BaseException:
            connection.close()
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its place at once: a transaction that reads first and writes later would fail half way.
        reading = connection.get_execution_options().get(_READING)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL) -> AsyncEngine:
    return create_async_engine(
        url, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": _WAIT_SECONDS}
    )


def _private_file(url: URL) -> None:
    """Make the file, or its rights, such that only this account reads it; SQLite's side files follow them."""
    path = Path(str(url.database))
    with suppress(FileExistsError):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise
        except OSError:
            raise UnfitDatabase("its folder is missing or may not be written; make the folder first") from None
    try:
        path.chmod(0o600)
    except OSError:
        raise UnfitDatabase("its file belongs to somebody else; give it to the account that runs this") from None


def _run_migrations(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
