"""Alembic runs this; the connection, and the transaction it is in, are handed in by schema.py."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
