"""Whether a store is sound: the database itself, its links, its records and texts."""

import hashlib
import random
from collections.abc import Iterator

import sqlalchemy as sa

from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.database import Database
from onrecord.store.tallies import counted

__all__ = ["find_faults"]

_SAMPLE = 200
"""Articles whose records and texts are looked at, if not all are."""
_MOST = 20
"""Faults that are told of at most."""


def find_faults(database: Database, *, thorough: bool) -> list[str]:
    """Return what is wrong with a store, each in a line; nothing if it is sound.

    Args:
        database: The store's.
        thorough: Look at every record and text rather than some.
    """
    with database.reading() as connection:
        found = list(_of_sqlite(connection)) if database.dialect == "sqlite" else []
        found += _of_links(connection)
        if thorough:
            found += _of_tallies(connection)
        found += _of_articles(connection, thorough=thorough)
    return found[:_MOST]


def _of_sqlite(connection: sa.Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check(10)"):
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points to a row of {parent} that is not there"


def _of_links(connection: sa.Connection) -> Iterator[str]:
    articles, records, stories = schema.articles, schema.records, schema.stories
    for article in connection.scalars(
        sa.select(articles.c.id)
        .outerjoin(records, records.c.article_id == articles.c.id)
        .where(records.c.article_id.is_(None))
        .limit(_MOST)
    ):
        yield f"article {article} has no record; `onrecord ingest` of its source reads it again"
    for story in connection.scalars(
        sa.select(stories.c.id)
        .outerjoin(articles, articles.c.id == stories.c.original_id)
        .where(articles.c.id.is_(None))
        .limit(_MOST)
    ):
        yield f"the original of group {story} is not there"


def _of_tallies(connection: sa.Connection) -> Iterator[str]:
    kept = sa.select(*schema.tallies.c)
    for one, other in ((counted(), kept), (kept, counted())):
        query = sa.except_(sa.select(one.subquery()), sa.select(other.subquery())).subquery()
        wrong = sa.select(query.c[0]).distinct().order_by(query.c[0]).limit(_MOST)
        for actor in connection.scalars(wrong):
            yield f"what is counted of actor {actor} is not what was found"


def _of_articles(connection: sa.Connection, *, thorough: bool) -> Iterator[str]:
    """Look at texts and records: the hash of the text, and that the record can be unpacked."""
    from onrecord.store.archive import read_record

    table = schema.articles
    numbers = list(connection.scalars(sa.select(table.c.id).order_by(table.c.id)))
    if not thorough and len(numbers) > _SAMPLE:
        chance = random.Random(len(numbers))  # noqa: S311 (which ones are looked at)
        numbers = sorted(chance.sample(numbers, _SAMPLE))
    for number in numbers:
        try:
            record = read_record(connection, number)
        except StoreError as error:
            yield str(error)
            continue
        text = record.article.text.encode("utf-8", "surrogatepass")
        if hashlib.sha256(text).hexdigest() != record.article.sha256:
            yield f"the text of article {number} was altered: its hash is another"
