"""A lexicon of swaps that the archive learns from its own copies, each with its place."""

from collections.abc import Sequence

import sqlalchemy as sa

from onrecord.copies.rewriting import Rewriting, calibrated
from onrecord.copies.swaps import find_swaps, phrases_of, share_of_swaps
from onrecord.store import schema
from onrecord.store.answers import Learned

__all__ = ["ask_swaps", "learn_swaps", "verdict_of"]

_w, _a = schema.swaps, schema.articles
_SEEN = 2
"""Copies in which a swap must have been seen to count."""
_COPIES = 20
"""Copies that must have been learned from before anything is concluded."""
_SHARE, _HITS = 0.06, 8
"""Share and number of words of the lexicon from which an article bears its fingerprint; learned
from 126 copies of one tool, 1 clean article in 100 has a share of .048, and the median of copies
rewritten at 30 % .052."""
_MORE_REWRITTEN = 1.0
_OF_OUTLET = 200
"""Articles of an outlet by which its wording is known: the latest."""
_CHUNK = 500


def learn_swaps(connection: sa.Connection, article: int, other: int) -> None:
    """Learn from two articles, of which one is a rewritten copy: the one with the higher odds."""
    query = sa.select(_a.c.id, _a.c.text, _a.c.rewriting_odds).where(_a.c.id.in_((article, other)))
    rows = sorted(connection.execute(query).all(), key=lambda row: row.rewriting_odds or 0.0)
    if len(rows) < 2 or None in (rows[0].rewriting_odds, rows[1].rewriting_odds):
        return
    original, copy = rows
    if copy.rewriting_odds - original.rewriting_odds < _MORE_REWRITTEN:
        return
    known = sa.select(_w.c.start).where(_w.c.article_id == copy.id).limit(1)
    swaps = find_swaps(copy.text, original.text)
    if swaps and connection.scalar(known) is None:
        connection.execute(
            _w.insert(),
            [
                {
                    "article_id": copy.id,
                    "start": each.start,
                    "end": each.end,
                    "put": each.put,
                    "original": each.original,
                    "original_id": original.id,
                }
                for each in swaps
            ],
        )


def verdict_of(
    connection: sa.Connection, text: str, outlet: str | None, found: Rewriting
) -> Rewriting:
    """Return the verdict on an article's wording, with what the archive has learned.

    That is how its outlet words its other articles, and what copies put for which wording.
    """
    if outlet and found.odds is not None:
        query = sa.select(_a.c.rewriting_odds).where(
            _a.c.outlet == outlet, _a.c.rewriting_odds.is_not(None)
        )
        latest = query.order_by(_a.c.id.desc()).limit(_OF_OUTLET)
        found = calibrated(found, list(connection.scalars(latest)))
    if found.verdict in {"unknown", "fingerprint:spinner"} or not _has_learned(connection):
        return found
    phrases = phrases_of(text)
    share, hits = share_of_swaps(phrases, _lexicon(connection, phrases))
    if share >= _SHARE and hits >= _HITS:
        return Rewriting("fingerprint:archive", found.odds)
    return found


def _has_learned(connection: sa.Connection) -> bool:
    some = sa.select(_w.c.article_id).distinct().limit(_COPIES).subquery()
    return (connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0) >= _COPIES


def _lexicon(connection: sa.Connection, phrases: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the swaps that were seen often enough, of the wordings that a text has."""
    wordings = sorted({each for begins in phrases for each in begins})
    seen = sa.func.count(_w.c.article_id.distinct())
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wordings), _CHUNK):
        query = (
            sa.select(_w.c.put, _w.c.original, seen)
            .where(_w.c.put.in_(wordings[start : start + _CHUNK]))
            .group_by(_w.c.put, _w.c.original)
            .having(seen >= _SEEN)
        )
        for put, original, count in connection.execute(query):
            found[put] = max(found.get(put, (0, "")), (count, original))
    return {put: original for put, (_, original) in found.items()}


def ask_swaps(connection: sa.Connection, *, limit: int) -> list[Learned]:
    """Return the swaps that were seen in most copies, each with one of them."""
    seen = sa.func.count(_w.c.article_id.distinct())
    query = (
        sa.select(_w.c.put, _w.c.original, seen, sa.func.min(_w.c.article_id))
        .group_by(_w.c.put, _w.c.original)
        .having(seen >= _SEEN)
        .order_by(seen.desc(), _w.c.put, _w.c.original)
        .limit(limit)
    )
    return [Learned(*row) for row in connection.execute(query)]
