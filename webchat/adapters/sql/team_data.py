"""Ready replies, notes and the rota in SQL. Must not hold anything about visitors."""

from sqlalchemy import delete, insert, select, update

from webchat.adapters.sql.database import Database
from webchat.adapters.sql.tables_desk import deviations, ready_replies, region_notes, shifts
from webchat.staff.team_data import Deviation, ReadyReply, Rota, Shift


class SqlTeamData:
    """A ``TeamStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def replies(self) -> tuple[ReadyReply, ...]:
        """See the port."""
        async with self._database.reading() as connection:
            return tuple(ReadyReply(**row._mapping) for row in await connection.execute(select(ready_replies)))

    async def put_reply(self, reply: ReadyReply) -> None:
        """See the port."""
        async with self._database.session() as connection:
            changed = update(ready_replies).where(ready_replies.c.id == reply.id).values(**vars(reply))
            if (await connection.execute(changed)).rowcount == 0:
                await connection.execute(insert(ready_replies).values(**vars(reply)))

    async def remove_reply(self, reply_id: str) -> bool:
        """See the port."""
        async with self._database.session() as connection:
            done = await connection.execute(delete(ready_replies).where(ready_replies.c.id == reply_id))
        return done.rowcount == 1

    async def notes(self, region: str) -> str:
        """See the port."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(region_notes.c.text).where(region_notes.c.region == region))
            return str(found.scalar_one_or_none() or "")

    async def put_notes(self, region: str, text: str) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(delete(region_notes).where(region_notes.c.region == region))
            await connection.execute(insert(region_notes).values(region=region, text=text))

    async def rota(self) -> Rota:
        """See the port."""
        async with self._database.reading() as connection:
            week = tuple(Shift(**row._mapping) for row in await connection.execute(select(shifts)))
            others = tuple(Deviation(**row._mapping) for row in await connection.execute(select(deviations)))
        return Rota(week, others)

    async def put_rota(self, rota: Rota) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(delete(shifts))
            await connection.execute(delete(deviations))
            if rota.week:
                await connection.execute(insert(shifts), [vars(turn) for turn in rota.week])
            if rota.exceptions:
                await connection.execute(insert(deviations), [vars(turn) for turn in rota.exceptions])
