"""Run by Alembic, inside the transaction that ``Database.upgrade`` opened. Must not open connections of its own."""

from alembic import context

from webchat.adapters.sql.tables import metadata

# Alembic ends no transaction here: all steps are stored together with the lock that lets one gateway through.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
