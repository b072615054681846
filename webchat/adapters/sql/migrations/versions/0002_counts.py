"""Counters of wrap-up codes. Must only make tables, never read what is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A number for each value of each code in a quarter."""
    op.create_table(
        "counts",
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("quarter", "code", "value", name="pk_counts"),
    )
