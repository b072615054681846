"""Questions left for the next shift. Must only make tables, never read what is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a question, sealed, for at most seven days."""
    op.create_table(
        "questions",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("code_id", sa.String(32), nullable=False),
        sa.Column("region", sa.String(60)),
        sa.Column("asked", sa.Double, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("question", sa.LargeBinary, nullable=False),
        sa.Column("public", sa.LargeBinary, nullable=False),
        sa.Column("answer", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("code_id", name="uq_questions_code_id"),
    )
