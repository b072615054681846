"""Ready replies, notes on regions and the rota. Must only make tables."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a team writes for itself."""
    op.create_table(
        "ready_replies",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("text", sa.String(600), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ready_replies"),
        sa.UniqueConstraint("word", name="uq_ready_replies_word"),
    )
    op.create_table(
        "region_notes",
        sa.Column("region", sa.String(60), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.PrimaryKeyConstraint("region", name="pk_region_notes"),
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("account", sa.String(16), nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_shifts_account", ondelete="CASCADE"),
    )
    op.create_table(
        "deviations",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("account", sa.String(16), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("works", sa.Boolean, nullable=False),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deviations"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_deviations_account", ondelete="CASCADE"),
    )
