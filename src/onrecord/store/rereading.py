"""Which articles were read by older networks, and their new records in place of the old."""

from collections.abc import Mapping

import sqlalchemy as sa

from onrecord.article import Article
from onrecord.record import Record
from onrecord.store import schema
from onrecord.store.packing import FORMAT, pack, published_of

__all__ = ["replace_records", "stale_articles"]

_a, _r = schema.articles, schema.runs


def stale_articles(
    connection: sa.Connection, run_id: int, *, after: int, limit: int
) -> list[tuple[int, Article]]:
    """Return articles that were read by another program or other networks than a run's."""
    own = connection.execute(sa.select(_r).where(_r.c.id == run_id)).mappings().one()
    other = sa.or_(_r.c.program != own["program"], _r.c.networks != own["networks"])
    query = (
        sa.select(_a)
        .join(_r, _r.c.id == _a.c.run_id)
        .where(other, _a.c.id > after)
        .order_by(_a.c.id)
        .limit(limit)
    )
    return [(row["id"], _article(row)) for row in connection.execute(query).mappings()]


def _article(row: sa.RowMapping) -> Article:
    """Return the article as it came in; a date that was read from its text is read again."""
    given = row["published_from"] in {"given", "page"}
    return Article(
        text=row["text"],
        id=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=published_of(row["published"]) if given else None,
        published_from=row["published_from"] if given else None,
    )


def replace_records(connection: sa.Connection, records: Mapping[int, Record], run_id: int) -> None:
    """Keep new records of articles, and note down which run made them."""
    table = schema.records
    for article, record in records.items():
        update = table.update().where(table.c.article_id == article)
        connection.execute(update.values(format=FORMAT, packed=pack(record)))
        entry = record.article
        day = entry.published.isoformat() if entry.published else None
        connection.execute(
            _a.update()
            .where(_a.c.id == article)
            .values(
                run_id=run_id,
                published=day,
                published_from=entry.published_from,
                day=day[:10] if day else None,
                language=entry.language,
            )
        )
