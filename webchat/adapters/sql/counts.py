"""Counters in SQL. Must only add; nothing here lowers, removes or reads one."""

from collections.abc import Mapping

from sqlalchemy.dialects import postgresql, sqlite

from webchat.adapters.sql.database import Database
from webchat.adapters.sql.tables_desk import counts
from webchat.staff.wrapup import Cell


class SqlCounts:
    """A ``CountStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, quarter: str, cells: Mapping[Cell, int]) -> None:
        """See the port."""
        async with self._database.session() as connection:
            # In order: two gateways then never wait for each other, and the place of a row in the file says nothing
            # about which chat was the first to choose it.
            for (code, value), number in sorted(cells.items()):
                row: dict[str, str | int] = {"quarter": quarter, "code": code, "value": value, "number": number}
                await connection.execute(_on_sqlite(row) if self._database.is_sqlite else _on_postgresql(row))


def _on_sqlite(row: dict[str, str | int]) -> sqlite.Insert:
    added = sqlite.insert(counts).values(**row)
    return added.on_conflict_do_update(
        index_elements=list(counts.primary_key), set_={"number": counts.c.number + added.excluded.number}
    )


def _on_postgresql(row: dict[str, str | int]) -> postgresql.Insert:
    added = postgresql.insert(counts).values(**row)
    return added.on_conflict_do_update(
        index_elements=list(counts.primary_key), set_={"number": counts.c.number + added.excluded.number}
    )
