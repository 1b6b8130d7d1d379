"""Ask a store which articles are copies of which."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from onrecord.errors import NotFound
from onrecord.store import schema
from onrecord.store.answers import Copied

__all__ = ["ask_copies"]

_a, _c, _t = schema.articles, schema.copies, schema.stories


def ask_copies(
    connection: sa.Connection, *, article: int | None = None, limit: int = 50
) -> list[Copied]:
    """Return groups of copies, the newest group first, each with its original first.

    Args:
        connection: To the store.
        article: Only its group, and the reports of others that quote the same words.
        limit: Most groups.

    Raises:
        NotFound: There is no such article.
    """
    if article is None:
        query = sa.select(_t.c.id).order_by(_t.c.id.desc()).limit(limit)
        stories = connection.scalars(query).all()
        return [line for story in stories for line in _group(connection, story)]
    row = connection.execute(sa.select(_a.c.id, _a.c.story_id).where(_a.c.id == article)).first()
    if row is None:
        raise NotFound(f"there is no article {article} in the store")
    group = list(_group(connection, row.story_id)) if row.story_id is not None else []
    return group + list(_reports(connection, article, {each.id for each in group}))


def _group(connection: sa.Connection, story: int) -> Iterator[Copied]:
    first = connection.execute(sa.select(_t).where(_t.c.id == story)).mappings().one()
    query = sa.select(_a).where(_a.c.story_id == story, _a.c.replaced_by.is_(None))
    members = connection.execute(query.order_by(_a.c.day, _a.c.id)).mappings().all()
    original = first["original_id"]
    for row in sorted(members, key=lambda row: row["id"] != original):
        if row["id"] == original:
            yield _line(row, None, "original", first["reason"])
        else:
            yield _beside(connection, row, original)


def _beside(connection: sa.Connection, row: sa.RowMapping, original: int) -> Copied:
    """Return a member beside the original, or beside another if the two were never compared."""
    pairs = _pairs(connection, row["id"], kinds=("exact", "near", "cropped", "rewritten", "mixed"))
    pair = min(pairs, key=lambda each: (original not in _ends(each), -each["probability"]))
    return _line(row, original, pair["kind"], pair["why"], pair)


def _ends(pair: sa.RowMapping) -> tuple[int, int]:
    return pair["article_id"], pair["other_id"]


def _pairs(
    connection: sa.Connection, article: int, kinds: Iterable[str]
) -> Sequence[sa.RowMapping]:
    either = sa.or_(_c.c.article_id == article, _c.c.other_id == article)
    query = sa.select(_c).where(either, _c.c.kind.in_(list(kinds)))
    return connection.execute(query.order_by(_c.c.article_id, _c.c.other_id)).mappings().all()


def _reports(connection: sa.Connection, article: int, known: set[int]) -> Iterator[Copied]:
    for pair in _pairs(connection, article, kinds=("report",)):
        other = next(each for each in _ends(pair) if each != article)
        if other not in known:
            row = connection.execute(sa.select(_a).where(_a.c.id == other)).mappings().one()
            yield _line(row, None, "report", pair["why"], pair)


def _line(
    row: sa.RowMapping,
    original: int | None,
    kind: str,
    why: str | None,
    pair: sa.RowMapping | None = None,
) -> Copied:
    own = "share" if pair is None or pair["article_id"] == row["id"] else "other_share"
    return Copied(
        id=row["id"],
        copy_of=original,
        kind=kind,
        day=row["day"],
        outlet=row["outlet"],
        title=row["headline"],
        share=pair[own] if pair else 1.0,
        kept=pair["kept"] if pair else 1.0,
        quotes=pair["quotes"] if pair else 0,
        rewriting=row["rewriting"],
        why=why or "",
        source=row["source"],
        probability=pair["probability"] if pair else 1.0,
    )
