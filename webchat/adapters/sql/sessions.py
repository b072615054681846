"""Console sessions and counted logins in SQL. Must not see a secret or a name: it stores their hashes."""

from sqlalchemy import delete, insert, or_, select, update

from webchat.adapters.sql.database import Database
from webchat.adapters.sql.tables import login_tries, sessions
from webchat.staff.ports import StoredSession, Tried


class SqlSessions:
    """A ``SessionStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, session: StoredSession) -> bool:
        """See the port."""
        values = {
            "secret_hash": session.secret_hash,
            "id": session.id,
            "account_id": session.account_id,
            "started": session.started,
            "active": session.active,
        }
        async with self._database.session() as connection:
            await self._database.one_at_a_time(connection, "sessions")
            done = await connection.execute(delete(sessions).where(sessions.c.account_id == session.account_id))
            await connection.execute(insert(sessions).values(**values))
        return done.rowcount > 0

    async def find(self, secret_hash: str) -> StoredSession | None:
        """See the port."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(sessions).where(sessions.c.secret_hash == secret_hash))).first()
        return StoredSession(row.secret_hash, row.id, row.account_id, row.started, row.active) if row else None

    async def touch(self, secret_hash: str, now: float) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(update(sessions).where(sessions.c.secret_hash == secret_hash).values(active=now))

    async def remove(self, secret_hash: str) -> bool:
        """See the port."""
        async with self._database.session() as connection:
            done = await connection.execute(delete(sessions).where(sessions.c.secret_hash == secret_hash))
        return done.rowcount > 0

    async def remove_of(self, account_id: str) -> bool:
        """See the port."""
        async with self._database.session() as connection:
            done = await connection.execute(delete(sessions).where(sessions.c.account_id == account_id))
        return done.rowcount > 0

    async def remove_older(self, started: float, active: float) -> tuple[str, ...]:
        """See the port."""
        old = or_(sessions.c.started <= started, sessions.c.active <= active)
        async with self._database.reading() as connection:
            if (await connection.execute(select(sessions.c.id).where(old).limit(1))).first() is None:
                return ()
        async with self._database.session() as connection:
            gone = await connection.execute(delete(sessions).where(old).returning(sessions.c.account_id))
            return tuple(gone.scalars())

    async def count_try(self, key: str, most: int, lock_seconds: float, now: float) -> Tried:
        """See the port."""
        async with self._database.session() as connection:
            await self._database.one_at_a_time(connection, "tries")
            row = (await connection.execute(select(login_tries).where(login_tries.c.key == key))).first()
            if row is not None and row.locked_until > now:
                return Tried(row.number, row.locked_until - now)
            number = 1 if row is None or row.number >= most else row.number + 1
            values = {"number": number, "locked_until": now + lock_seconds if number >= most else 0.0, "last": now}
            if row is None:
                await connection.execute(insert(login_tries).values(key=key, **values))
            else:
                await connection.execute(update(login_tries).where(login_tries.c.key == key).values(**values))
        return Tried(number, 0.0)

    async def clear_tries(self, key: str) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(delete(login_tries).where(login_tries.c.key == key))

    async def forget_tries(self, before: float) -> None:
        """See the port."""
        old = login_tries.c.last < before
        async with self._database.reading() as connection:
            if (await connection.execute(select(login_tries.c.key).where(old).limit(1))).first() is None:
                return
        async with self._database.session() as connection:
            await connection.execute(delete(login_tries).where(old))
