"""What waits for a second administrator, in SQL. Must not decide who may confirm."""

from typing import Any

from sqlalchemy import Row, delete, insert, select

from webchat.adapters.sql.database import Database
from webchat.adapters.sql.tables import approvals
from webchat.staff.ports import Approval, ApprovalKind
from webchat.staff.roles import StaffRole


class SqlApprovals:
    """An ``ApprovalStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, approval: Approval) -> None:
        """See the port."""
        values = {
            "id": approval.id,
            "kind": approval.kind.value,
            "account_id": approval.account_id,
            "asked_by": approval.asked_by,
            "expires": approval.expires,
            "roles": sorted(approval.roles),
        }
        same = (approvals.c.kind == approval.kind.value) & (approvals.c.account_id == approval.account_id)
        async with self._database.session() as connection:
            await connection.execute(delete(approvals).where(same))
            await connection.execute(insert(approvals).values(**values))

    async def all(self, now: float) -> tuple[Approval, ...]:
        """See the port."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(approvals).where(approvals.c.expires > now).order_by(approvals.c.expires, approvals.c.id)
            )
            return tuple(_approval(row) for row in rows)

    async def get(self, approval_id: str, now: float) -> Approval | None:
        """See the port."""
        known = (approvals.c.id == approval_id) & (approvals.c.expires > now)
        async with self._database.reading() as connection:
            row = (await connection.execute(select(approvals).where(known))).first()
        return _approval(row) if row else None

    async def take(self, approval_id: str, now: float) -> bool:
        """See the port."""
        async with self._database.session() as connection:
            found = await connection.execute(
                delete(approvals).where(approvals.c.id == approval_id, approvals.c.expires > now)
            )
            await connection.execute(delete(approvals).where(approvals.c.expires <= now))
        return found.rowcount == 1


def _approval(row: Row[Any]) -> Approval:
    roles = frozenset(StaffRole(role) for role in row.roles)
    return Approval(row.id, ApprovalKind(row.kind), row.account_id, row.asked_by, row.expires, roles)
