import hashlib

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from onrecord.store.schema import METADATA, VERSION

HASHES = {
    (1, "sqlite"): "bff78c275d4eafe2",
    (1, "postgresql"): "e655c2008b4eaeb1",
}
"""A change of the tables needs a new VERSION, a migration, and a line here."""


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=lambda d: d.name)
def test_the_tables_are_those_of_this_version(dialect):
    tables = METADATA.sorted_tables
    commands = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    for table in tables:
        indexes = sorted(table.indexes, key=lambda index: index.name)
        commands += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    digest = hashlib.sha256("\n".join(commands).encode()).hexdigest()[:16]
    assert HASHES[VERSION, dialect.name] == digest


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
