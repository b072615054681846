"""Sealed questions in SQL, at most seven days. Must not read what is in them."""

from sqlalchemy import Row, delete, insert, select, update

from webchat.adapters.sql.database import Database
from webchat.adapters.sql.tables_desk import questions
from webchat.ports import QuestionRow


class SqlQuestions:
    """A ``QuestionStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, row: QuestionRow) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(insert(questions).values(**vars(row)))

    async def open(self, now: float) -> tuple[QuestionRow, ...]:
        """See the port."""
        wanted = select(questions).where(questions.c.until > now, questions.c.answer.is_(None))
        async with self._database.reading() as connection:
            return tuple(_row(row) for row in await connection.execute(wanted))

    async def find(self, code_id: str, now: float) -> QuestionRow | None:
        """See the port."""
        wanted = select(questions).where(questions.c.until > now, questions.c.code_id == code_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(wanted)).first()
        return None if row is None else _row(row)

    async def answer(self, question_id: str, sealed: bytes) -> bool:
        """See the port."""
        open_one = (questions.c.id == question_id) & questions.c.answer.is_(None)
        async with self._database.session() as connection:
            done = await connection.execute(update(questions).where(open_one).values(answer=sealed))
        return done.rowcount == 1

    async def remove(self, code_id: str) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(delete(questions).where(questions.c.code_id == code_id))

    async def sweep(self, now: float) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(delete(questions).where(questions.c.until <= now))


def _row(row: Row[tuple[object, ...]]) -> QuestionRow:
    return QuestionRow(**row._mapping)
