"""The rows of a store with keys that follow from what they hold, so that nobody hands out numbers.

Many processes write parts of one archive at once, on many machines. What they write has to fit
together: an article's number follows from its text, a statement's from the article and the finding,
an actor's from who it is. The same article gives the same rows wherever and however often it is
read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from onrecord.store import schema
from onrecord.store.database import Database
from onrecord.store.folder import TABLES
from onrecord.store.rows import Row
from onrecord.store.writing import Arrival, write_articles

__all__ = ["by_month", "key_of", "rows_of"]

_NAMED: Mapping[str, Callable[[Any, Mapping[int, int]], tuple[object, ...]]] = {
    "articles": lambda row, _: (row["sha256"],),
    "actors": lambda row, _: (row["identity"],),
    "statements": lambda row, articles: (articles[row["article_id"]], row["finding"]),
    "events": lambda row, articles: (articles[row["article_id"]], row["finding"]),
    "disputes": lambda row, articles: (articles[row["article_id"]], row["finding"]),
}
"""What each table's key is made of."""


def key_of(*parts: object) -> int:
    """Return the key that follows from the parts: 63 bits, so that it fits everywhere.

    Example:
        >>> key_of("articles", "a") == key_of("articles", "a") != key_of("articles", "b")
        True
    """
    digest = blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def rows_of(arrivals: Sequence[Arrival]) -> dict[str, list[Row]]:
    """Return the rows of every table of `TABLES` for articles of different texts.

    They are what a store would have of these articles if it knew no others; `articles.run_id`,
    which means something in one store only, is 0.
    """
    database = Database(":memory:", create=True)
    try:
        with database.writing() as connection:
            run = schema.runs.insert().values(
                id=1, command="", started_at="", program="", networks=""
            )
            connection.execute(run)
            write_articles(connection, arrivals, 1)
        with database.reading() as connection:
            return _with_keys(connection)
    finally:
        database.close()


def _with_keys(connection: sa.Connection) -> dict[str, list[Row]]:
    keys: dict[str, dict[int, int]] = {"runs": {1: 0}, "stories": {}}
    made: dict[str, list[Row]] = {}
    for table in TABLES:
        found = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        if table.name in _NAMED:
            named, articles = _NAMED[table.name], keys.get("articles", {})
            keys[table.name] = {
                row["id"]: key_of(table.name, *named(row, articles)) for row in found
            }
        made[table.name] = [_renumbered(table, row, keys) for row in found]
    return made


def _renumbered(table: sa.Table, row: Row, keys: Mapping[str, Mapping[int, int]]) -> Row:
    own = keys.get(table.name)
    if own is not None:
        row["id"] = own[row["id"]]
    for name, target in _links(table):
        if row[name] is not None:
            row[name] = keys[target][row[name]]
    return row


def _links(table: sa.Table) -> Iterator[tuple[str, str]]:
    """Yield the columns that point at other tables' rows, and those tables."""
    for column in table.columns:
        for link in column.foreign_keys:
            yield column.name, link.column.table.name


def month_of(day: str | None) -> str:
    """Return the part of an archive that a day's articles are in."""
    return day[:7] if day else "unknown"


def by_month(made: Mapping[str, Iterable[Row]]) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield table, month and rows, by day; shared tables have no month."""
    months = {row["id"]: month_of(row["day"]) for row in made["articles"]}
    owners: dict[str, dict[int, int]] = {
        table: {row["id"]: row["article_id"] for row in made[table]}
        for table in ("statements", "events", "disputes")
    }
    for table, rows in made.items():
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(months.get(_article_of(table, row, owners), ""), []).append(row)
        for month, members in sorted(groups.items()):
            yield table, month, sorted(members, key=lambda row: row.get("day") or "")


def _article_of(table: str, row: Row, owners: Mapping[str, Mapping[int, int]]) -> int:
    if table == "articles":
        return int(row["id"])
    if "article_id" in row:
        return int(row["article_id"])
    for name, owner in (("statement", "statements"), ("event", "events"), ("dispute", "disputes")):
        if f"{name}_id" in row and table.startswith(name):
            return owners[owner][row[f"{name}_id"]]
    return -1
