"""Accounts and their credentials in SQL. Must not read a password or a code: it sees hashes and sealed bytes."""

from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from webchat.adapters.sql.database import Database
from webchat.adapters.sql.tables import accounts, enrolments, recovery_codes
from webchat.staff.ports import Account, Credentials, Enrolment
from webchat.staff.roles import Skill, StaffRole


class SqlAccounts:
    """An ``AccountStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, account: Account) -> bool:
        """See the port."""
        values = {"id": account.id, "name": account.name, "subject": account.subject, "last_step": 0}
        try:
            async with self._database.session() as connection:
                await connection.execute(insert(accounts).values(**values, **_changeable(account)))
        except IntegrityError:
            return False
        return True

    async def get(self, account_id: str) -> Account | None:
        """See the port."""
        return await self._one(accounts.c.id == account_id)

    async def by_name(self, name: str) -> Account | None:
        """See the port."""
        return await self._one(accounts.c.name == name)

    async def by_subject(self, subject: str) -> Account | None:
        """See the port."""
        return await self._one(accounts.c.subject == subject)

    async def everybody(self) -> tuple[Account, ...]:
        """See the port."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(accounts).order_by(accounts.c.name))
            return tuple(_account(row) for row in rows)

    async def change(self, account: Account) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(update(accounts).where(accounts.c.id == account.id).values(**_changeable(account)))

    async def credentials(self, account_id: str) -> Credentials | None:
        """See the port."""
        columns = select(accounts.c.password_hash, accounts.c.totp, accounts.c.last_step)
        async with self._database.reading() as connection:
            row = (await connection.execute(columns.where(accounts.c.id == account_id))).first()
        if row is None or row.password_hash is None or row.totp is None:
            return None
        return Credentials(row.password_hash, row.totp, row.last_step)

    async def set_password(self, account_id: str, password_hash: str) -> None:
        """See the port."""
        async with self._database.session() as connection:
            await connection.execute(
                update(accounts).where(accounts.c.id == account_id).values(password_hash=password_hash)
            )

    async def forget_credentials(self, account_id: str) -> None:
        """See the port."""
        gone = {"password_hash": None, "totp": None, "last_step": 0}
        async with self._database.session() as connection:
            await connection.execute(update(accounts).where(accounts.c.id == account_id).values(**gone))
            await connection.execute(delete(recovery_codes).where(recovery_codes.c.account_id == account_id))

    async def use_step(self, account_id: str, step: int) -> bool:
        """See the port."""
        mine = (accounts.c.id == account_id) & (accounts.c.last_step < step)
        async with self._database.session() as connection:
            done = await connection.execute(update(accounts).where(mine).values(last_step=step))
        return done.rowcount == 1

    async def use_recovery_code(self, account_id: str, code_hash: str) -> bool:
        """See the port."""
        codes = recovery_codes.c
        async with self._database.session() as connection:
            done = await connection.execute(
                delete(recovery_codes).where(codes.account_id == account_id, codes.code_hash == code_hash)
            )
        return done.rowcount == 1

    async def put_enrolment(self, enrolment: Enrolment) -> None:
        """See the port."""
        values = {
            "token_hash": enrolment.token_hash,
            "account_id": enrolment.account_id,
            "expires": enrolment.expires,
            "password_hash": enrolment.password_hash,
            "totp": enrolment.totp,
        }
        async with self._database.session() as connection:
            await self._database.one_at_a_time(connection, "enrolments")
            await connection.execute(delete(enrolments).where(enrolments.c.account_id == enrolment.account_id))
            await connection.execute(insert(enrolments).values(**values))

    async def enrolment(self, token_hash: str, now: float) -> Enrolment | None:
        """See the port."""
        open_now = (enrolments.c.token_hash == token_hash) & (enrolments.c.expires > now)
        async with self._database.reading() as connection:
            row = (await connection.execute(select(enrolments).where(open_now))).first()
        return Enrolment(row.token_hash, row.account_id, row.expires, row.password_hash, row.totp) if row else None

    async def prepare_enrolment(self, token_hash: str, password_hash: str, totp: bytes) -> bool:
        """See the port."""
        async with self._database.session() as connection:
            done = await connection.execute(
                update(enrolments)
                .where(enrolments.c.token_hash == token_hash)
                .values(password_hash=password_hash, totp=totp)
            )
        return done.rowcount == 1

    async def finish_enrolment(self, enrolment: Enrolment, step: int, code_hashes: tuple[str, ...]) -> bool:
        """See the port."""
        async with self._database.session() as connection:
            done = await connection.execute(
                delete(enrolments).where(
                    enrolments.c.token_hash == enrolment.token_hash, enrolments.c.totp == enrolment.totp
                )
            )
            if done.rowcount != 1:
                return False
            await _enrol(connection, enrolment, step, code_hashes)
        return True

    async def _one(self, condition: ColumnElement[bool]) -> Account | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(accounts).where(condition))).first()
        return _account(row) if row else None


async def _enrol(connection: AsyncConnection, enrolment: Enrolment, step: int, code_hashes: tuple[str, ...]) -> None:
    owner = enrolment.account_id
    values = {"password_hash": enrolment.password_hash, "totp": enrolment.totp, "last_step": step}
    await connection.execute(update(accounts).where(accounts.c.id == owner).values(**values))
    await connection.execute(delete(recovery_codes).where(recovery_codes.c.account_id == owner))
    await connection.execute(
        insert(recovery_codes), [{"account_id": owner, "code_hash": code_hash} for code_hash in code_hashes]
    )


def _changeable(account: Account) -> dict[str, Any]:
    return {
        "display_name": account.display_name,
        "roles": sorted(account.roles),
        "regions": list(account.regions),
        "skills": sorted(account.skills),
        "most": account.most,
        "disabled": account.disabled,
        "was_administrator_until": account.was_administrator_until,
    }


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        roles=frozenset(StaffRole(role) for role in row.roles),
        regions=tuple(row.regions),
        skills=frozenset(Skill(skill) for skill in row.skills),
        most=row.most,
        disabled=row.disabled,
        subject=row.subject,
        was_administrator_until=row.was_administrator_until,
        enrolled=row.password_hash is not None and row.totp is not None,
    )
