"""Find the copies of articles as they arrive, and keep the groups that they form.

An article is compared with those that share most of its keys, so that what one costs does not grow
with the archive. What it copies best decides its group; a mash-up of two stories joins one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from onrecord.copies.alignment import align
from onrecord.copies.index import COMMON, POSTINGS, likeliest
from onrecord.copies.keys import copy_keys
from onrecord.copies.original import Member, choose_original
from onrecord.copies.rewriting import Rewriting, rewriting_of
from onrecord.copies.verdict import Verdict, compare
from onrecord.copies.words import Words, cut
from onrecord.store import schema
from onrecord.store.learning import learn_swaps

__all__ = [
    "Prints",
    "copied_stretches",
    "find_copies",
    "join_copies",
    "mark_copies",
    "prints_of",
]

_CHUNK = 500
_WHOLE = 0.8
"""Share of an article that is copied from which all that it says is."""
_STRONG = 0.6
"""Share from which an article that copies two groups shows that they are one."""


@dataclass(frozen=True, slots=True)
class Prints:
    """What an article is compared by; made where it is read, on any core.

    Attributes:
        keys: From `copy_keys`.
        rewriting: How it is worded.
    """

    keys: tuple[int, ...]
    rewriting: Rewriting


def prints_of(text: str, language: str | None) -> Prints:
    """Return what an article is compared by."""
    return Prints(copy_keys(cut(text)), rewriting_of(text, language))


@lru_cache(maxsize=256)
def _words(text: str) -> Words:
    return cut(text)


def find_copies(
    connection: sa.Connection, article_id: int, text: str, keys: Sequence[int]
) -> int | None:
    """Compare an article with the store, note down what it is a copy of, and remember its keys.

    Returns:
        The group that it belongs to now, if it is a copy or has one.
    """
    verdicts = {
        other: verdict
        for other, other_text, common in _candidates(connection, article_id, keys)
        if (verdict := compare(_words(text), _words(other_text), common=common)) is not None
    }
    return join_copies(connection, article_id, verdicts)


def join_copies(
    connection: sa.Connection, article_id: int, verdicts: Mapping[int, Verdict]
) -> int | None:
    """Note down what an article is a copy of, learn from it, and return its group, if any."""
    _note(connection, article_id, verdicts)
    for other, verdict in verdicts.items():
        if verdict.kind == "rewritten":
            learn_swaps(connection, article_id, other)
    return _join(connection, article_id, verdicts)


def _candidates(
    connection: sa.Connection, article_id: int, keys: Sequence[int]
) -> list[tuple[int, str, float]]:
    """Return the articles that share most keys; and store the keys.

    Returns:
        Number and text of each, and the share of the shared keys that many articles have.
    """
    table = schema.copy_keys
    holders: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        query = sa.select(table.c.key, table.c.article_id).where(table.c.key.in_(some))
        for key, other in connection.execute(query):
            holders[key].append(other)
    rows = [
        {"key": key, "article_id": article_id}
        for key in keys
        if len(holders.get(key, ())) < POSTINGS
    ]
    if rows:
        connection.execute(table.insert(), rows)
    votes = Counter(other for others in holders.values() for other in others)
    common = Counter(
        other for others in holders.values() if len(others) > COMMON for other in others
    )
    articles = schema.articles
    query = sa.select(articles.c.id, articles.c.text).where(
        articles.c.id.in_(likeliest(votes, len(keys))), articles.c.replaced_by.is_(None)
    )
    found = connection.execute(query.order_by(articles.c.id)).all()
    return [(row.id, row.text, common[row.id] / votes[row.id]) for row in found]


def _note(connection: sa.Connection, article_id: int, verdicts: Mapping[int, Verdict]) -> None:
    if verdicts:
        connection.execute(
            schema.copies.insert(),
            [
                {
                    "article_id": article_id,
                    "other_id": other,
                    "kind": verdict.kind,
                    "probability": verdict.probability,
                    "share": verdict.one,
                    "other_share": verdict.other,
                    "kept": verdict.kept,
                    "quotes": verdict.quotes,
                    "sentences": verdict.sentences,
                    "why": verdict.why,
                }
                for other, verdict in verdicts.items()
            ],
        )


def _join(
    connection: sa.Connection, article_id: int, verdicts: Mapping[int, Verdict]
) -> int | None:
    """Put the article into the group of what it copies best; join groups that are one."""
    copied = {other: each for other, each in verdicts.items() if each.is_copy}
    if not copied:
        return None
    best = max(copied, key=lambda other: (max(copied[other].one, copied[other].other), -other))
    strong = [other for other, each in copied.items() if min(each.one, each.other) >= _STRONG]
    groups = _groups(connection, {best, *strong})
    story = groups.get(best) or _new_story(connection, best)
    table = schema.articles
    for old in sorted({each for each in groups.values() if each is not None and each != story}):
        moved = table.update().where(table.c.story_id == old)
        connection.execute(moved.values(story_id=story))
        connection.execute(schema.stories.delete().where(schema.stories.c.id == old))
    alone = [other for other in strong if groups.get(other) is None and other != best]
    joined = table.update().where(table.c.id.in_([article_id, *alone]))
    connection.execute(joined.values(story_id=story))
    return story


def _groups(connection: sa.Connection, articles: Iterable[int]) -> dict[int, int | None]:
    table = schema.articles
    query = sa.select(table.c.id, table.c.story_id).where(table.c.id.in_(list(articles)))
    return {row.id: row.story_id for row in connection.execute(query)}


def _new_story(connection: sa.Connection, first: int) -> int:
    insert = schema.stories.insert().values(original_id=first).returning(schema.stories.c.id)
    story: int = connection.execute(insert).scalar_one()
    table = schema.articles
    connection.execute(table.update().where(table.c.id == first).values(story_id=story))
    return story


def mark_copies(connection: sa.Connection, stories: Iterable[int | None]) -> None:
    """Choose each group's original anew, and mark what the other articles only repeat."""
    for story in sorted({each for each in stories if each is not None}):
        table = schema.articles
        names = ("id", "day", "words", "rewriting_odds", "text", "copy_of")
        rows = connection.execute(
            sa.select(*(table.c[name] for name in names))
            .where(table.c.story_id == story, table.c.replaced_by.is_(None))
            .order_by(table.c.id)
        ).all()
        if rows:
            _mark_story(connection, story, rows)


def _mark_story(connection: sa.Connection, story: int, rows: Sequence[sa.Row[Any]]) -> None:
    reworded = _is_reworded(connection, [row.id for row in rows])
    members = [
        Member(row.id, row.day, row.words, row.rewriting_odds if reworded else None) for row in rows
    ]
    original, reason = choose_original(members)
    stories, table = schema.stories, schema.articles
    update = stories.update().where(stories.c.id == story)
    connection.execute(update.values(original_id=original, reason=reason))
    first = next(row.text for row in rows if row.id == original)
    for row in rows:
        source = None if row.id == original else original
        if row.copy_of != source:
            update = table.update().where(table.c.id == row.id)
            connection.execute(update.values(copy_of=source))
            _mark_findings(connection, row.id, row.text, first if source else None)


def _is_reworded(connection: sa.Connection, articles: Sequence[int]) -> bool:
    """Tell whether some of them differ in wording; cut or edited ones say nothing about who did."""
    table = schema.copies
    query = sa.select(table.c.article_id).where(
        table.c.article_id.in_(articles), table.c.kind.in_(("rewritten", "mixed"))
    )
    return connection.scalar(query.limit(1)) is not None


def _mark_findings(
    connection: sa.Connection, article_id: int, text: str, original: str | None
) -> None:
    """Mark what stands in sentences that the original has too."""
    ranges = copied_stretches(text, original) if original is not None else ()
    for table in (schema.statements, schema.events):
        own = table.c.article_id == article_id
        connection.execute(table.update().where(own).values(is_copy=ranges is None))
        if ranges:
            starts = connection.execute(sa.select(table.c.id, table.c.start).where(own)).all()
            within = [row.id for row in starts if _lies_in(row.start, ranges)]
            for start in range(0, len(within), _CHUNK):
                some = table.c.id.in_(within[start : start + _CHUNK])
                connection.execute(table.update().where(some).values(is_copy=True))
    answers = sa.select(schema.statements.c.id).where(
        schema.statements.c.article_id == article_id, schema.statements.c.is_copy
    )
    disputes = schema.disputes
    own = disputes.c.article_id == article_id
    repeated = disputes.c.answer_id.in_(answers)
    connection.execute(disputes.update().where(own).values(is_copy=False))
    connection.execute(disputes.update().where(own, repeated).values(is_copy=True))


def copied_stretches(text: str, original: str) -> list[tuple[int, int]] | None:
    """Return the stretches of a text that the original has too; None for all of it."""
    words = _words(text)
    alignment = align(words, _words(original))
    if alignment.one >= _WHOLE:
        return None
    places = (words.sentences[pair.one] for pair in alignment.pairs)
    return [(words.starts[first], words.ends[last - 1]) for first, last in places]


def _lies_in(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in ranges)
