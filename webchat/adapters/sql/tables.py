"""The tables of the staff side as code. Must match the migrations; a test compares the two on both databases.

Times are seconds of the steady clock (about Unix time). Other modules add tables to the same ``metadata``.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _owner() -> ForeignKey:
    return ForeignKey("accounts.id", ondelete="CASCADE")


accounts = Table(
    "accounts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("display_name", String(64), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("regions", JSON, nullable=False),
    Column("skills", JSON, nullable=False),
    Column("most", Integer, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("subject", String(64), unique=True),
    Column("was_administrator_until", Double, nullable=False),
    Column("password_hash", String(255)),
    Column("totp", LargeBinary),
    Column("last_step", BigInteger, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("account_id", String(16), _owner(), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(16), _owner(), nullable=False, unique=True),
    Column("expires", Double, nullable=False),
    Column("password_hash", String(255)),
    Column("totp", LargeBinary),
)

sessions = Table(
    "sessions",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("account_id", String(16), _owner(), nullable=False, unique=True),
    Column("started", Double, nullable=False),
    Column("active", Double, nullable=False),
)

login_tries = Table(
    "login_tries",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("locked_until", Double, nullable=False),
    Column("last", Double, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("account_id", String(16), _owner(), nullable=False),
    Column("asked_by", String(16), _owner(), nullable=False),
    Column("expires", Double, nullable=False),
    Column("roles", JSON, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("minute", String(17), nullable=False),
    Column("actor", String(16), nullable=False),
    Column("action", String(32), nullable=False),
    Column("result", String(16), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
