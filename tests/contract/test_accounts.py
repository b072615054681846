"""What the staff stores promise: the same suite over a SQLite file and over a real PostgreSQL."""

import asyncio
import importlib
import os
import pkgutil
import stat
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

import webchat.adapters.sql as sql
from tests.contract.postgres_server import PostgresServer, postgres_server
from webchat.adapters.clocks import MovableClock
from webchat.adapters.sql import Database, UnfitDatabase, prepare, staff_stores
from webchat.adapters.sql.tables import metadata
from webchat.ports import NotAllowedNow
from webchat.staff import StaffStores
from webchat.staff.audit import Audit, AuditAction, AuditResult
from webchat.staff.errors import StaffStoreUnavailable
from webchat.staff.keys import StaffKeys
from webchat.staff.ports import Account, Approval, ApprovalKind, Enrolment, StoredSession
from webchat.staff.roles import Skill, StaffRole

pytestmark = pytest.mark.asyncio

NOW = 1_800_000_000.0


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/staff.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.fresh()


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    made = await prepare(url)
    yield made
    await made.close()


@pytest.fixture
def stores(database: Database) -> StaffStores:
    return staff_stores(database)


def an_account(name: str = "sam", **parts) -> Account:
    values = {"id": f"id-{name}", "display_name": name.title(), "roles": frozenset({StaffRole.COUNSELLOR})}
    return Account(name=name, **(values | parts))


async def an_enrolled_account(stores: StaffStores, name: str = "sam", codes: tuple[str, ...] = ("c1", "c2")) -> Account:
    account = an_account(name)
    await stores.accounts.add(account)
    await stores.accounts.put_enrolment(Enrolment(f"token-{name}", account.id, NOW + 10))
    await stores.accounts.prepare_enrolment(f"token-{name}", "hash", b"sealed")
    enrolment = await stores.accounts.enrolment(f"token-{name}", NOW)
    assert enrolment is not None
    assert await stores.accounts.finish_enrolment(enrolment, 100, codes)
    return replace(account, enrolled=True)


async def test_the_tables_in_code_are_those_that_the_migrations_make(database):
    for module in pkgutil.iter_modules(sql.__path__, "webchat.adapters.sql."):
        if module.name.split(".")[-1].startswith("tables"):
            importlib.import_module(module.name)
    async with database.reading() as connection:
        different = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
    assert different == []


async def test_several_gateways_can_bring_one_database_up_to_date_at_once(url):
    databases = await asyncio.gather(*(prepare(url) for _ in range(4)))
    assert await staff_stores(databases[0]).accounts.add(an_account())
    assert await staff_stores(databases[3]).accounts.get("id-sam") == an_account()
    for each in databases:
        await each.close()


async def test_an_account_comes_back_as_it_was_stored(stores):
    account = an_account(
        roles=frozenset({StaffRole.PIKET, StaffRole.COORDINATOR}),
        regions=("drenthe", "haaglanden"),
        skills=frozenset({Skill.NIGHT, Skill.CHILD}),
        most=3,
        subject="subject",
    )
    assert await stores.accounts.add(account)
    assert await stores.accounts.get(account.id) == account
    assert await stores.accounts.by_name("sam") == account
    assert await stores.accounts.by_subject("subject") == account
    assert await stores.accounts.by_name("nobody") is None
    assert await stores.accounts.credentials(account.id) is None
    changed = replace(account, roles=frozenset(), disabled=True, most=1, was_administrator_until=NOW)
    await stores.accounts.change(changed)
    assert await stores.accounts.everybody() == (changed,)


async def test_a_name_and_a_subject_belong_to_one_account(stores):
    assert await stores.accounts.add(an_account("sam", subject="one"))
    assert not await stores.accounts.add(an_account("sam", id="other"))
    assert not await stores.accounts.add(an_account("kim", subject="one"))
    assert [account.name for account in await stores.accounts.everybody()] == ["sam"]


async def test_an_enrolment_gives_credentials_once_and_until_it_expires(stores):
    account = an_account()
    await stores.accounts.add(account)
    await stores.accounts.put_enrolment(Enrolment("first", account.id, NOW + 10))
    await stores.accounts.put_enrolment(Enrolment("second", account.id, NOW + 10))
    assert await stores.accounts.enrolment("first", NOW) is None
    assert await stores.accounts.enrolment("second", NOW + 10) is None
    assert await stores.accounts.prepare_enrolment("second", "hash", b"sealed")
    assert not await stores.accounts.prepare_enrolment("first", "hash", b"sealed")
    prepared = await stores.accounts.enrolment("second", NOW)
    assert not await stores.accounts.finish_enrolment(replace(prepared, totp=b"older"), 7, ("c1",))
    done = await asyncio.gather(*(stores.accounts.finish_enrolment(prepared, 7, ("c1", "c2")) for _ in range(5)))
    assert sorted(done) == [False, False, False, False, True]
    found = await stores.accounts.credentials(account.id)
    assert (found.password_hash, found.totp, found.last_step) == ("hash", b"sealed", 7)
    assert (await stores.accounts.get(account.id)).enrolled


async def test_a_time_step_is_used_once_however_many_ask_at_once(stores):
    account = await an_enrolled_account(stores)
    assert not await stores.accounts.use_step(account.id, 100)
    used = await asyncio.gather(*(stores.accounts.use_step(account.id, 101) for _ in range(8)))
    assert used.count(True) == 1
    assert not await stores.accounts.use_step(account.id, 101)
    assert await stores.accounts.use_step(account.id, 102)


async def test_a_recovery_code_is_used_once_however_many_ask_at_once(stores):
    account = await an_enrolled_account(stores)
    other = await an_enrolled_account(stores, "kim")
    used = await asyncio.gather(*(stores.accounts.use_recovery_code(account.id, "c1") for _ in range(8)))
    assert used.count(True) == 1
    assert not await stores.accounts.use_recovery_code(account.id, "c1")
    assert await stores.accounts.use_recovery_code(other.id, "c1")


async def test_forgetting_credentials_takes_all_of_them_from_one_account(stores):
    account = await an_enrolled_account(stores)
    other = await an_enrolled_account(stores, "kim")
    await stores.accounts.forget_credentials(account.id)
    assert await stores.accounts.credentials(account.id) is None
    assert not await stores.accounts.use_recovery_code(account.id, "c2")
    assert await stores.accounts.credentials(other.id) is not None
    await stores.accounts.set_password(other.id, "new")
    assert (await stores.accounts.credentials(other.id)).password_hash == "new"


async def test_a_person_has_one_session(stores):
    await stores.accounts.add(an_account("sam"))
    await stores.accounts.add(an_account("kim"))
    first = StoredSession("h1", "s1", "id-sam", NOW, NOW)
    second = StoredSession("h2", "s2", "id-sam", NOW + 1, NOW + 1)
    assert not await stores.sessions.put(first)
    assert not await stores.sessions.put(StoredSession("h3", "s3", "id-kim", NOW, NOW))
    assert await stores.sessions.put(second)
    assert await stores.sessions.find("h1") is None
    assert await stores.sessions.find("h2") == second
    await stores.sessions.touch("h2", NOW + 50)
    assert (await stores.sessions.find("h2")).active == NOW + 50
    assert await stores.sessions.remove("h2")
    assert not await stores.sessions.remove("h2")
    assert await stores.sessions.remove_of("id-kim")
    assert not await stores.sessions.remove_of("id-kim")


async def test_logins_of_one_person_at_once_leave_one_session(stores):
    await stores.accounts.add(an_account())
    many = [StoredSession(f"h{number}", f"s{number}", "id-sam", NOW, NOW) for number in range(8)]
    replaced = await asyncio.gather(*(stores.sessions.put(session) for session in many))
    assert replaced.count(False) == 1
    assert sum([await stores.sessions.find(session.secret_hash) is not None for session in many]) == 1


async def test_old_sessions_are_removed_and_named(stores):
    for name, started, active in (("sam", 0, 50), ("kim", 20, 20), ("bo", 20, 50)):
        await stores.accounts.add(an_account(name))
        await stores.sessions.put(StoredSession(f"h-{name}", f"s-{name}", f"id-{name}", NOW + started, NOW + active))
    assert sorted(await stores.sessions.remove_older(NOW + 10, NOW + 30)) == ["id-kim", "id-sam"]
    assert await stores.sessions.remove_older(NOW + 10, NOW + 30) == ()


async def test_tries_are_counted_before_they_are_checked_and_lock_after_the_last(stores):
    tried = await asyncio.gather(*(stores.sessions.count_try("key", 5, 900, NOW) for _ in range(12)))
    assert sorted(each.number for each in tried if each.wait == 0) == [1, 2, 3, 4, 5]
    assert all(each.wait == 900 for each in tried if each.wait > 0)
    assert (await stores.sessions.count_try("key", 5, 900, NOW + 899)).wait == 1
    assert (await stores.sessions.count_try("other", 5, 900, NOW)).number == 1
    after = await stores.sessions.count_try("key", 5, 900, NOW + 900)
    assert (after.number, after.wait) == (1, 0)
    await stores.sessions.clear_tries("key")
    assert (await stores.sessions.count_try("key", 5, 900, NOW + 901)).number == 1
    await stores.sessions.forget_tries(NOW + 1)
    assert (await stores.sessions.count_try("other", 5, 900, NOW + 2)).number == 1
    assert (await stores.sessions.count_try("key", 5, 900, NOW + 902)).number == 2


async def test_an_approval_is_used_once_and_within_its_time(stores):
    await stores.accounts.add(an_account("sam"))
    roles = frozenset({StaffRole.AUDITOR})
    older = Approval("a1", ApprovalKind.ROLES, "id-sam", "id-sam", NOW + 10, roles)
    newer = replace(older, id="a2", expires=NOW + 20)
    other = Approval("a3", ApprovalKind.SECOND_FACTOR, "id-sam", "id-sam", NOW + 30)
    for approval in (older, newer, other):
        await stores.approvals.add(approval)
    assert await stores.approvals.all(NOW) == (newer, other)
    assert await stores.approvals.get("a2", NOW + 20) is None
    assert not await stores.approvals.take("a2", NOW + 20)
    taken = await asyncio.gather(*(stores.approvals.take("a3", NOW) for _ in range(5)))
    assert taken.count(True) == 1


def an_audit(stores: StaffStores) -> Audit:
    return Audit(stores.audit, StaffKeys(b"s" * 32), MovableClock(datetime(2026, 11, 25, 3, 4, 59, tzinfo=UTC)))


async def test_the_audit_log_holds_a_minute_a_pseudonym_an_action_and_a_result(stores):
    audit = an_audit(stores)
    await audit.record("id-sam", AuditAction.LOGIN)
    await audit.record("id-sam", AuditAction.CHAT_CLAIMED, AuditResult.REFUSED)
    first, second = await audit.rows()
    assert (first.seq, first.minute, first.action, first.result) == (1, "2026-11-25T03:04Z", "login", "done")
    assert (second.seq, second.action, second.result) == (2, "chat_claimed", "refused")
    assert first.actor == second.actor == audit.pseudonym("id-sam")
    assert "sam" not in str((first, second))
    assert await audit.rows(after=1) == (second,)


async def test_rows_that_are_added_at_once_form_one_whole_chain(stores):
    audit = an_audit(stores)
    assert await audit.verify() is None
    await asyncio.gather(*(audit.record(f"id-{number}", AuditAction.LOGIN) for number in range(20)))
    assert [row.seq for row in await audit.rows()] == list(range(1, 21))
    assert await audit.verify() is None


@pytest.mark.parametrize(
    ("tampering", "first_broken"),
    [
        (["UPDATE audit SET result = 'refused' WHERE seq = 2"], 2),
        (["UPDATE audit SET actor = 'somebody' WHERE seq = 4"], 4),
        (["DELETE FROM audit WHERE seq = 3"], 3),
        (["DELETE FROM audit WHERE seq = 1"], 1),
        (["DELETE FROM audit WHERE seq > 3"], 4),
        (["DELETE FROM audit"], 1),
        (["DELETE FROM audit WHERE seq = 4", "UPDATE audit_head SET seq = 3"], 4),
        (["DELETE FROM audit_head"], 1),
    ],
)
async def test_a_changed_or_removed_row_is_found(database, stores, tampering, first_broken):
    audit = an_audit(stores)
    for number in range(4):
        await audit.record(f"id-{number}", AuditAction.LOGIN)
    async with database.session() as connection:
        for statement in tampering:
            await connection.execute(text(statement))
    assert await audit.verify() == first_broken


async def test_a_transaction_that_fails_stores_nothing(database, stores):
    async def half() -> None:
        async with database.session() as connection:
            await connection.execute(text("INSERT INTO login_tries VALUES ('key', 1, 0, 0)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half()
    assert (await stores.sessions.count_try("key", 5, 900, NOW)).number == 1


async def test_a_database_that_fails_says_so_without_the_words_of_the_driver(database):
    with pytest.raises(StaffStoreUnavailable) as failed:
        async with database.session() as connection:
            await connection.execute(text("SELECT geheim FROM nowhere"))
    assert isinstance(failed.value, NotAllowedNow)
    assert "geheim" not in str(failed.value)


@pytest.mark.parametrize(
    "address",
    [
        "geheim",
        "",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://geheim@host/geheim",
        "postgresql://geheim@host",
        "postgresql+asyncpg://geheim@host/geheim",
        "sqlite+aiosqlite:///geheim",
        "sqlite:////nowhere/geheim/staff.db",
        "postgresql://geheim:geheim@/geheim?host=/nowhere/geheim",
        "postgresql://geheim:geheim@127.0.0.1:1/geheim",
        "postgresql://geheim:geheim@127.0.0.1:geheim/geheim",
    ],
)
async def test_an_address_that_cannot_be_used_is_one_line_without_its_value(address):
    with pytest.raises(UnfitDatabase) as refused:
        await prepare(address)
    line = str(refused.value)
    assert line.startswith("DATABASE_URL: ")
    assert "geheim" not in line
    assert "\n" not in line


async def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "staff.db").write_text("this is a letter, not a database " * 50)
    with pytest.raises(UnfitDatabase):
        await prepare(f"sqlite:///{tmp_path}/staff.db")


async def test_the_sqlite_files_are_for_this_account_only(tmp_path):
    file = tmp_path / "staff.db"
    file.touch(0o644)
    os.chmod(file, 0o644)
    database = await prepare(f"sqlite:///{file}")
    await staff_stores(database).accounts.add(an_account())
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    await database.close()
    assert rights == {"staff.db": 0o600, "staff.db-wal": 0o600, "staff.db-shm": 0o600}
