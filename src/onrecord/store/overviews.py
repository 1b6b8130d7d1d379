"""Ask a store for the whole of something: a person, a stretch of time, numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.answers import Counted, Moment, Profile, Role
from onrecord.store.questions import Filters, ask_events, ask_said, find_actors

__all__ = ["COUNTED_BY", "PER", "ask_counts", "ask_timeline", "ask_who"]

_s, _e, _a = schema.statements, schema.events, schema.articles
_sa, _ea, _actors = schema.statement_actors, schema.event_actors, schema.actors
_t = schema.tallies

_LINKS = re.compile(r" (?=[a-z]+:)")
"""What stands between two links of an actor; a title may have blanks too."""
_LATEST = 1_000
"""Events by which it is told with whom somebody has to do."""
_FEW = 8
"""Actors of one name that are looked up one by one."""
COUNTED_BY = ("act", "type", "status", "speaker", "actor", "country", "outlet", "day", "month")
PER = ("article", "source", "event")
"""How reports are counted: each article, each independent source (copies are one), each event."""


def ask_who(connection: sa.Connection, name: str) -> Profile:
    """Return what a store has of those with a name.

    Raises:
        NotFound: Nobody has it.
    """
    actors = find_actors(connection, name)
    table = _actors
    rows = connection.execute(sa.select(table).where(table.c.id.in_(actors))).all()
    main = max(rows, key=lambda row: (len(row.links), len(row.name)))
    parts = _by_what(connection, actors)
    return Profile(
        name=main.name,
        others=tuple(sorted({row.name for row in rows} - {main.name})),
        kind=main.kind,
        country=main.country,
        sector=main.sector,
        links=tuple(_LINKS.split(main.links)) if main.links else (),
        articles=_articles(connection, actors),
        roles=_roles(connection, actors),
        said=parts.get("speaker", ()),
        told=parts.get("addressee", ()),
        about=parts.get("about", ()),
        did=parts.get("actor", ()),
        done_to=parts.get("recipient", ()),
        with_whom=_partners(connection, actors),
        by_month=_months(connection, actors),
    )


def _articles(connection: sa.Connection, actors: Sequence[int]) -> int:
    table = schema.appearances
    once = len(actors) == 1  # a row an article: nothing has to be told apart
    number = sa.func.count() if once else sa.func.count(table.c.article_id.distinct())
    query = sa.select(number).select_from(table)
    return connection.scalar(query.where(table.c.actor_id.in_(actors))) or 0


def _roles(connection: sa.Connection, actors: Sequence[int]) -> tuple[Role, ...]:
    """Return the offices that articles give, with the days of the first and the last."""
    table = schema.appearances
    days = sa.func.min(table.c.day), sa.func.max(table.c.day), sa.func.count()
    query = (
        sa.select(table.c.title, *days)
        .where(table.c.actor_id.in_(actors), table.c.title.is_not(None))
        .group_by(table.c.title)
        .order_by(days[2].desc(), table.c.title)
        .limit(20)
    )
    return tuple(Role(*row) for row in connection.execute(query))


_Numbers = tuple[tuple[str, int], ...]


def _by_what(connection: sa.Connection, actors: Sequence[int]) -> dict[str, _Numbers]:
    """Return by part the acts and types of what they have it in, the most frequent first."""
    number = sa.func.sum(_t.c.number)
    query = (
        sa.select(_t.c.role, _t.c.what, number)
        .where(_t.c.actor_id.in_(actors))
        .group_by(_t.c.role, _t.c.what)
        .order_by(number.desc(), _t.c.what)
    )
    found: dict[str, _Numbers] = {}
    for role, what, times in connection.execute(query):
        found[role] = (*found.get(role, ()), (what, int(times)))
    return found


def _months(connection: sa.Connection, actors: Sequence[int]) -> _Numbers:
    """Return how many statements they made in each month."""
    query = (
        sa.select(_t.c.month, sa.func.sum(_t.c.number))
        .where(_t.c.actor_id.in_(actors), _t.c.role == "speaker", _t.c.month != "")
        .group_by(_t.c.month)
        .order_by(_t.c.month)
    )
    return tuple((month, int(times)) for month, times in connection.execute(query))


def _partners(connection: sa.Connection, actors: Sequence[int]) -> _Numbers:
    """Return with whom they share most of their latest events."""
    apart = [[actor] for actor in actors] if len(actors) <= _FEW else [actors]
    keys = {
        key
        for some in apart  # one by one they stand in an index by day; many have few events each
        for role in ("actor", "recipient")
        for key in connection.scalars(
            sa.select(_ea.c.event_id)
            .where(_ea.c.actor_id.in_(some), _ea.c.role == role)
            .order_by(_ea.c.day.desc())
            .limit(_LATEST)
        )
    }
    other = _ea.alias()
    number = sa.func.count()
    query = (
        sa.select(_actors.c.name, number)
        .select_from(other)
        .join(_actors, _actors.c.id == other.c.actor_id)
        .where(other.c.event_id.in_(sorted(keys)[-_LATEST:]), other.c.actor_id.not_in(actors))
        .group_by(_actors.c.name)
        .order_by(number.desc(), _actors.c.name)
        .limit(15)
    )
    return tuple((row[0], row[1]) for row in connection.execute(query))


def ask_timeline(connection: sa.Connection, filters: Filters) -> list[Moment]:
    """Return statements and events by day, an event once, however many articles tell of it."""
    events = dict(_once(connection, filters))
    said = [
        Moment(
            day=each.day,
            kind="statement",
            id=each.id,
            who=each.speakers,
            what=each.act,
            whom=each.addressees or each.about,
            words=each.content,
            quad=None,
            goldstein=None,
            reports=1,
            independent=1,
        )
        for each in (ask_said(connection, filters) if _is_act(filters) else ())
    ]
    ordered = sorted([*events, *said], key=_by_day)[-filters.limit :]
    reports = _reports(connection, {events[each] for each in ordered if each in events})
    return [
        replace(each, reports=reports[events[each]][0], independent=reports[events[each]][1])
        if each in events
        else each
        for each in ordered
    ]


def _by_day(moment: Moment) -> tuple[str, str, str]:
    return moment.day or "", moment.kind, moment.id


def _is_act(filters: Filters) -> bool:
    return filters.act is None or filters.act.islower()


def _once(connection: sa.Connection, filters: Filters) -> Iterator[tuple[Moment, str]]:
    """Yield each occurrence's newest event, with the occurrence."""
    if filters.act is not None and filters.act.islower():
        return
    found = ask_events(connection, filters)
    keys = _occurrences(connection, [each.id for each in found])
    seen: set[str] = set()
    for each in found:
        key = keys[each.id]
        if key in seen:
            continue
        seen.add(key)
        moment = Moment(
            day=each.day,
            kind="event",
            id=each.id,
            who=each.actors,
            what=each.type if each.status == "happened" else f"{each.type} ({each.status})",
            whom=each.recipients,
            words=each.sentence,
            quad=each.quad,
            goldstein=each.goldstein,
            reports=1,
            independent=1,
        )
        yield moment, key


def _occurrences(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the occurrence of each event, by `12/e1`."""
    articles = sorted({int(each.partition("/")[0]) for each in ids})
    found: dict[str, str] = {}
    for start in range(0, len(articles), 500):
        query = sa.select(_e.c.article_id, _e.c.finding, _e.c.occurrence).where(
            _e.c.article_id.in_(articles[start : start + 500])
        )
        found |= {f"{row[0]}/{row[1]}": row[2] for row in connection.execute(query)}
    return found


def _reports(connection: sa.Connection, keys: set[str]) -> dict[str, tuple[int, int]]:
    """Return how many articles tell of an occurrence, and how many independent ones."""
    ordered = sorted(keys)
    found: dict[str, tuple[int, int]] = {}
    source = sa.func.coalesce(-_a.c.story_id, _a.c.id)
    for start in range(0, len(ordered), 500):
        query = (
            sa.select(
                _e.c.occurrence,
                sa.func.count(_e.c.article_id.distinct()),
                sa.func.count(source.distinct()),
            )
            .join(_a, _a.c.id == _e.c.article_id)
            .where(_e.c.occurrence.in_(ordered[start : start + 500]))
            .group_by(_e.c.occurrence)
        )
        found |= {row[0]: (row[1], row[2]) for row in connection.execute(query)}
    return found


def ask_counts(
    connection: sa.Connection, *, of: str, by: str, per: str, filters: Filters
) -> list[Counted]:
    """Count statements or events.

    Args:
        connection: To the store.
        of: statements or events.
        by: What they are told apart by: one of `COUNTED_BY`.
        per: One of `PER`: each article counts, or copies count once, or (of events) reports of one
            happening count once.
        filters: Which; `since`, `until`, `country`, `act`.

    Raises:
        StoreError: There is no such thing to count or to tell apart by.
    """
    columns = _columns(of)
    if by not in columns:
        raise StoreError(f"{of} by {by!r}: one of these would be right: {', '.join(columns)}")
    if per not in PER or (per == "event" and of != "events"):
        raise StoreError(f"per {per!r}: one of these would be right: {', '.join(PER)}")
    table = _s if of == "statements" else _e
    units = {
        "article": sa.func.count(table.c.id.distinct()),
        "source": sa.func.count(sa.case((table.c.is_copy.is_(False), table.c.id)).distinct()),
        "event": sa.func.count(_e.c.occurrence.distinct()),
    }
    key, number = columns[by].label("key"), units[per].label("number")
    query = sa.select(key, number).select_from(_joined(of, by)).where(*_where(of, filters))
    order = (key,) if by in ("day", "month") else (number.desc(), key)
    rows = connection.execute(query.group_by(key).order_by(*order).limit(filters.limit))
    return [Counted(row.key, row.number) for row in rows]


def _columns(of: str) -> dict[str, sa.ColumnElement[Any]]:
    if of not in ("statements", "events"):
        raise StoreError(f"{of!r} cannot be counted; statements or events would be right")
    table, kind = (_s, "act") if of == "statements" else (_e, "type")
    link = _sa if of == "statements" else _ea
    columns: dict[str, sa.ColumnElement[Any]] = {
        kind: table.c[kind],
        "speaker" if of == "statements" else "actor": _actors.c.name,
        "country": link.c.country,
        "outlet": _a.c.outlet,
        "day": table.c.day,
        "month": sa.func.substr(table.c.day, 1, 7),
    }
    return columns if of == "statements" else columns | {"status": _e.c.status}


def _joined(of: str, by: str) -> sa.FromClause:
    table, link = (_s, _sa) if of == "statements" else (_e, _ea)
    key, role = ("statement_id", "speaker") if of == "statements" else ("event_id", "actor")
    source: sa.FromClause = table
    if by == "outlet":
        source = source.join(_a, _a.c.id == table.c.article_id)
    if by in ("speaker", "actor", "country"):
        held = sa.and_(link.c[key] == table.c.id, link.c.role == role)
        source = source.join(link, held).join(_actors, _actors.c.id == link.c.actor_id)
    return source


def _where(of: str, filters: Filters) -> list[sa.ColumnElement[bool]]:
    table, kind = (_s, "act") if of == "statements" else (_e, "type")
    found: list[sa.ColumnElement[bool]] = []
    if filters.since:
        found.append(table.c.day >= filters.since)
    if filters.until:
        found.append(table.c.day <= filters.until)
    if filters.act:
        found.append(table.c[kind] == filters.act)
    return found
