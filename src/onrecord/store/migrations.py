"""Make the tables of a store, and bring those of an older version forward."""

from collections.abc import Callable

import sqlalchemy as sa

from onrecord.store.schema import METADATA, VERSION, store_version, tallies
from onrecord.store.search import create_index
from onrecord.store.tallies import add_tallies

__all__ = ["MIGRATIONS", "VERSION", "bring_forward", "version_of"]


def _with_tallies(connection: sa.Connection) -> None:
    tallies.create(connection)
    add_tallies(connection)


MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (_with_tallies,)
"""The step at place N brings a store from version N + 1 to N + 2."""


def version_of(connection: sa.Connection) -> int | None:
    """Return the version of the store's schema, or None if there is no store."""
    if not sa.inspect(connection).has_table(store_version.name):
        return None
    return connection.scalar(sa.select(store_version.c.version))


def bring_forward(connection: sa.Connection) -> None:
    """Make the tables, or change those that are there, in the connection's transaction."""
    found = version_of(connection)
    if found is None:
        METADATA.create_all(connection)
        create_index(connection)
        connection.execute(store_version.insert().values(version=VERSION))
        return
    for step in MIGRATIONS[found - 1 :]:
        step(connection)
    connection.execute(store_version.update().values(version=VERSION))
