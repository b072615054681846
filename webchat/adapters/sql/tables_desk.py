"""The tables of the desk as code. Must match the migrations; must not get a column that could join two values."""

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Integer, LargeBinary, String, Table

from webchat.adapters.sql.tables import metadata

counts = Table(
    "counts",
    metadata,
    Column("quarter", String(6), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("value", String(60), primary_key=True),
    Column("number", BigInteger, nullable=False),
)
"""How often a value of a code was chosen in a quarter: no row for a chat, no moment, nothing that joins two codes."""

questions = Table(
    "questions",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("code_id", String(32), nullable=False, unique=True),
    Column("region", String(60)),
    Column("asked", Double, nullable=False),
    Column("until", Double, nullable=False),
    Column("question", LargeBinary, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("answer", LargeBinary),
)
"""What visitors left for the next shift, sealed, at most seven days."""

ready_replies = Table(
    "ready_replies",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("word", String(40), nullable=False, unique=True),
    Column("text", String(600), nullable=False),
)

region_notes = Table(
    "region_notes",
    metadata,
    Column("region", String(60), primary_key=True),
    Column("text", String(4000), nullable=False),
)

shifts = Table(
    "shifts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("account", String(16), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
)

deviations = Table(
    "deviations",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("account", String(16), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("date", String(10), nullable=False),
    Column("works", Boolean, nullable=False),
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
)
"""The rota: the week of each person, and the dates on which it is not followed."""
