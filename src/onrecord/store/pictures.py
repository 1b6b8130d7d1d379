"""What pages show of a store: the newest stories, networks, places, doubtful findings, runs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

import sqlalchemy as sa

from onrecord.knowledge.spelling import fold
from onrecord.store import schema
from onrecord.store.answers import (
    Disputed,
    Doubtful,
    Happened,
    Link,
    Run,
    Said,
    Scene,
    Story,
)
from onrecord.store.questions import Filters, ask_disputes, ask_events, ask_said

__all__ = [
    "ask_doubtful",
    "ask_names",
    "ask_network",
    "ask_newest_day",
    "ask_places",
    "ask_runs",
    "ask_sizes",
    "ask_today",
]

_a, _s, _e, _d = schema.articles, schema.statements, schema.events, schema.disputes
_sa, _ea = schema.statement_actors, schema.event_actors
_OF_STORY = 4
"""Statements of one story that are shown at once."""


def ask_today(connection: sa.Connection, *, limit: int, before: str | None = None) -> list[Story]:
    """Return the newest articles that are no copies, with what is said and done in them."""
    conditions: list[sa.ColumnElement[bool]] = [_a.c.replaced_by.is_(None), _a.c.copy_of.is_(None)]
    if before:
        conditions.append(_a.c.day <= before)
    names = ("id", "day", "outlet", "headline", "story_id", "words", "rewriting")
    query = sa.select(*(_a.c[name] for name in names)).where(*conditions)
    rows = connection.execute(
        query.order_by(_a.c.day.desc().nulls_last(), _a.c.id.desc()).limit(limit)
    ).all()
    numbers = tuple(row.id for row in rows)
    asked = Filters(articles=numbers, limit=200 * len(numbers) or 1)
    said = _by_article(ask_said(connection, asked))
    events = _by_article(ask_events(connection, asked))
    disputes = _by_article(ask_disputes(connection, asked))
    copies = _copies(connection, [row.story_id for row in rows if row.story_id is not None])
    reports = _independent(connection, [row.id for row in rows])
    return [
        Story(
            id=row.id,
            day=row.day,
            outlet=row.outlet,
            title=row.headline,
            words=row.words,
            rewriting=row.rewriting,
            reports=copies.get(row.story_id, 1) + len(reports[row.id]),
            independent=1 + len(reports[row.id]),
            related=tuple(sorted(reports[row.id])),
            said=tuple(said[row.id]),
            events=tuple(events[row.id]),
            disputes=tuple(disputes[row.id]),
        )
        for row in rows
    ]


_Line = TypeVar("_Line", Said, Happened, Disputed)


def _by_article(lines: Iterable[_Line]) -> dict[int, list[_Line]]:
    found: dict[int, list[_Line]] = defaultdict(list)
    for each in lines:
        found[int(each.id.partition("/")[0])].append(each)
    return found


def _copies(connection: sa.Connection, stories: Sequence[int]) -> dict[int | None, int]:
    """Return how many articles each group of copies has."""
    query = (
        sa.select(_a.c.story_id, sa.func.count())
        .where(_a.c.story_id.in_(stories), _a.c.replaced_by.is_(None))
        .group_by(_a.c.story_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _independent(connection: sa.Connection, articles: Sequence[int]) -> dict[int, set[int]]:
    """Return which other articles, copies left out, tell of an event that an article tells of.

    Only events with two parties and a day count: `talks` alone are held everywhere.
    """
    own, other = _e.alias("own"), _e.alias("other")
    query = (
        sa.select(own.c.article_id, other.c.article_id)
        .join(other, sa.and_(
            other.c.occurrence == own.c.occurrence, other.c.article_id != own.c.article_id
        ))
        .where(
            own.c.article_id.in_(articles),
            own.c.on.is_not(None),
            other.c.is_copy.is_(False),
            _ea_count(own.c.id) > 1,
        )
        .distinct()
        .limit(50 * max(len(articles), 1))
    )  # fmt: skip
    found: dict[int, set[int]] = defaultdict(set)
    for article, related in connection.execute(query):
        found[article].add(related)
    return found


def _ea_count(event: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    query = sa.select(sa.func.count(_ea.c.actor_id.distinct())).where(_ea.c.event_id == event)
    return query.scalar_subquery()


def ask_names(connection: sa.Connection, beginning: str, *, limit: int = 10) -> list[str]:
    """Return names in the store that begin so, the most mentioned first."""
    names, actors, seen = schema.actor_names, schema.actors, schema.appearances
    wanted = fold(beginning)
    if not wanted:
        return []
    number = sa.func.count(seen.c.article_id)
    query = (
        sa.select(actors.c.name)
        .join(names, names.c.actor_id == actors.c.id)
        .join(seen, seen.c.actor_id == actors.c.id)
        .where(names.c.name >= wanted, names.c.name < wanted + "\U0010ffff", ~actors.c.unnamed)
        .group_by(actors.c.id, actors.c.name)
        .order_by(number.desc(), actors.c.name)
        .limit(limit)
    )
    return list(dict.fromkeys(connection.scalars(query)))


def ask_network(
    connection: sa.Connection,
    *,
    relation: str,
    kind: str | None,
    since: str | None,
    until: str | None,
    limit: int,
) -> list[Link]:
    """Return who is related to whom most often.

    Args:
        connection: To the store.
        relation: `to` or `about` of statements, `acts` of events.
        kind: Only an act, or a PLOVER type.
        since: First day.
        until: Last day.
        limit: Most links.
    """
    events = relation == "acts"
    link, key = (_ea, "event_id") if events else (_sa, "statement_id")
    roles = {"to": ("speaker", "addressee"), "about": ("speaker", "about")}
    first, second = roles.get(relation, ("actor", "recipient"))
    one, other = link.alias("one"), link.alias("other")
    source, target = schema.actors.alias("source"), schema.actors.alias("target")
    value = sa.func.avg(_e.c.goldstein) if events else sa.literal(0.0)
    number = sa.func.count(one.c[key].distinct())
    joined = (
        one.join(other, other.c[key] == one.c[key])
        .join(source, source.c.id == one.c.actor_id)
        .join(target, target.c.id == other.c.actor_id)
    )
    if events:
        joined = joined.join(_e, _e.c.id == one.c.event_id)
    conditions: list[sa.ColumnElement[bool]] = [
        one.c.role == first, other.c.role == second, source.c.id != target.c.id,
        ~source.c.unnamed, ~target.c.unnamed,
    ]  # fmt: skip
    conditions += [one.c.day >= since] if since else []
    conditions += [one.c.day <= until] if until else []
    conditions += [one.c["type" if events else "act"] == kind] if kind else []
    ends = (source.c.name, source.c.country, target.c.name, target.c.country)
    query = (
        sa.select(*ends, number, value)
        .select_from(joined)
        .where(*conditions)
        .group_by(*ends)
        .order_by(number.desc(), source.c.name, target.c.name)
        .limit(limit)
    )
    return [
        Link(row[0], row[1], row[2], row[3], row[4], round(float(row[5] or 0.0), 2))
        for row in connection.execute(query)
    ]


def ask_places(
    connection: sa.Connection, *, since: str | None, until: str | None, limit: int
) -> list[Scene]:
    """Return where events came to pass, copies left out, the busiest places first."""
    number = sa.func.count(_e.c.occurrence.distinct())
    conditions: list[sa.ColumnElement[bool]] = [
        _e.c.lat.is_not(None),
        _e.c.lon.is_not(None),
        _e.c.is_copy.is_(False),
    ]
    conditions += [_e.c.day >= since] if since else []
    conditions += [_e.c.day <= until] if until else []
    columns = (_e.c.place, _e.c.country, _e.c.lat, _e.c.lon)
    query = (
        sa.select(*columns, number, sa.func.avg(_e.c.goldstein))
        .where(*conditions)
        .group_by(*columns)
        .order_by(number.desc(), _e.c.place)
        .limit(limit)
    )
    return [
        Scene(row[0], row[1], row[2], row[3], row[4], round(float(row[5]), 2))
        for row in connection.execute(query)
    ]


def ask_doubtful(connection: sa.Connection, *, limit: int) -> list[Doubtful]:
    """Return the least certain statements that nobody has looked at."""
    corrected = sa.select(schema.corrections.c.id).where(
        schema.corrections.c.article_id == _s.c.article_id,
        schema.corrections.c.finding == _s.c.finding,
        schema.corrections.c.withdrawn.is_(False),
    )
    names = ("article_id", "finding", "source", "cue", "content", "act", "confidence")
    query = (
        sa.select(*(_s.c[name] for name in names))
        .where(_s.c.is_copy.is_(False), ~corrected.exists())
        .order_by(_s.c.confidence, _s.c.id)
        .limit(limit)
    )
    return [
        Doubtful(f"{row[0]}/{row[1]}", row[2], row[3], row[4], row[5], row[6])
        for row in connection.execute(query)
    ]


def ask_runs(connection: sa.Connection, *, limit: int) -> list[Run]:
    """Return the latest runs, with how many articles each brought, and when the last of them."""
    runs = schema.runs
    brought = (  # from the index alone; an article's number grows with its time
        sa.select(_a.c.run_id, sa.func.count().label("number"), sa.func.max(_a.c.id).label("last"))
        .group_by(_a.c.run_id)
        .subquery()
    )
    number = sa.func.coalesce(brought.c.number, 0)
    latest = sa.case((_a.c.added_at >= runs.c.started_at, _a.c.added_at))
    query = (
        sa.select(runs.c.id, runs.c.command, runs.c.started_at, runs.c.ended_at, number, latest)
        .outerjoin(brought, brought.c.run_id == runs.c.id)
        .outerjoin(_a, _a.c.id == brought.c.last)
        .order_by(runs.c.id.desc())
        .limit(limit)
    )
    return [Run(*row) for row in connection.execute(query)]


def ask_newest_day(connection: sa.Connection) -> str | None:
    """Return the last day on which an article was published; None if no article has a day."""
    newest: str | None = connection.scalar(sa.select(sa.func.max(_a.c.day)))
    return newest


def ask_sizes(connection: sa.Connection) -> dict[str, int]:
    """Return about how many rows the main tables have: the highest numbers that were given.

    A folder's numbers do not count its rows, but its files do.
    """
    tables: Iterable[sa.Table] = (_a, _s, _e, _d)
    count = sa.func.count if connection.dialect.name == "duckdb" else sa.func.max
    return {table.name: connection.scalar(sa.select(count(table.c.id))) or 0 for table in tables}
