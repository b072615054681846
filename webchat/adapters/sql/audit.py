"""The audit log in SQL. Must only add rows; nothing here changes or removes one."""

from collections.abc import Callable

from sqlalchemy import insert, select, update

from webchat.adapters.sql.database import Database
from webchat.adapters.sql.tables import audit, audit_head
from webchat.staff.ports import AuditHead, AuditRow


class SqlAudit:
    """An ``AuditStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, make: Callable[[AuditHead | None], tuple[AuditRow, AuditHead]]) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await self._database.one_at_a_time(connection, "audit")
            found = (await connection.execute(select(audit_head))).first()
            row, head = make(AuditHead(found.seq, found.hash, found.seal) if found else None)
            values = {
                "seq": row.seq,
                "minute": row.minute,
                "actor": row.actor,
                "action": row.action,
                "result": row.result,
                "hash": row.hash,
            }
            await connection.execute(insert(audit).values(**values))
            ahead = {"seq": head.seq, "hash": head.hash, "seal": head.seal}
            if found is None:
                await connection.execute(insert(audit_head).values(id=1, **ahead))
            else:
                await connection.execute(update(audit_head).values(**ahead))

    async def rows(self, after: int, most: int) -> tuple[AuditRow, ...]:
        """See the port."""
        page = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(most)
        async with self._database.reading() as connection:
            found = await connection.execute(page)
            return tuple(AuditRow(r.seq, r.minute, r.actor, r.action, r.result, r.hash) for r in found)

    async def head(self) -> AuditHead | None:
        """See the port."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(audit_head))).first()
        return AuditHead(row.seq, row.hash, row.seal) if row else None
