import hashlib

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from tests.store.samples import TEXT, make_record

from onrecord import open_store
from onrecord.cli import main
from onrecord.errors import StoreError
from onrecord.store.schema import METADATA, VERSION, store_version, tallies
from onrecord.store.writing import Arrival

HASHES = {
    (1, "sqlite"): "bff78c275d4eafe2",
    (1, "postgresql"): "e655c2008b4eaeb1",
    (2, "sqlite"): "469a7b021f1946cc",
    (2, "postgresql"): "d370eea20ff007a9",
}
"""A change of the tables needs a new VERSION, a migration, and a line here."""


def digest(tables, dialect):
    commands = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    for table in tables:
        indexes = sorted(table.indexes, key=lambda index: index.name)
        commands += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return hashlib.sha256("\n".join(commands).encode()).hexdigest()[:16]


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=lambda d: d.name)
def test_the_tables_are_those_of_this_version(dialect):
    tables = METADATA.sorted_tables
    assert digest(tables, dialect) == HASHES[VERSION, dialect.name]
    first = [table for table in tables if table is not tallies]
    assert digest(first, dialect) == HASHES[1, dialect.name]


def columns_of(store):
    """Return what the database says of each column."""
    with store._database.reading() as connection:
        inspector = sa.inspect(connection)
        return {
            name: (
                [(each["name"], str(each["type"])) for each in inspector.get_columns(name)],
                inspector.get_pk_constraint(name)["constrained_columns"],
            )
            for name in inspector.get_table_names()
        }


def test_a_store_of_the_first_version_is_brought_forward(address):
    with open_store(address, create=True) as store:
        run = store.begin_run("test", program="0", networks="")
        store.add(
            [Arrival("a", make_record()), Arrival("b", make_record(TEXT + " So."))], run_id=run
        )
        columns, lavrov = columns_of(store), store.who("Lavrov")
        with store._database.writing() as connection:
            tallies.drop(connection)
            connection.execute(store_version.update().values(version=1))
    with pytest.raises(StoreError, match="store migrate"):
        open_store(address)
    result = CliRunner().invoke(main, ["store", "migrate", "--store", address])
    assert result.exit_code == 0, result.output
    with open_store(address) as store:
        assert store.who("Lavrov") == lavrov
        assert lavrov.by_month
        assert columns_of(store) == columns
        assert store.faults(thorough=True) == []


def test_what_is_counted_wrongly_is_a_fault(store, add):
    add(make_record())
    with store._database.writing() as connection:
        connection.execute(tallies.update().values(number=tallies.c.number + 1))
    assert any("is counted" in each for each in store.faults(thorough=True))
    with store._database.writing() as connection:
        connection.execute(tallies.update().values(number=tallies.c.number - 1))


def test_every_column_that_points_to_another_table_is_indexed_or_begins_a_key():
    for table in METADATA.sorted_tables:
        first = {next(iter(index.columns)).name for index in table.indexes}
        first |= {next(iter(table.primary_key.columns)).name}
        pointing = {(table.name, key.parent.name) for key in table.foreign_keys}
        left = {each for each in pointing if each[1] not in first | LEFT}
        assert left <= {("copy_keys", "article_id")}


LEFT = {"actor_id", "run_id", "story_id"}
"""Whose rows are never deleted, so that nothing looks for what points to them; articles, which
`copy_keys` points to, are not deleted either."""
