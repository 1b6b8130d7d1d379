"""The questions that a store answers, as SQL for both databases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from onrecord.errors import NotFound, StoreError
from onrecord.knowledge.spelling import fold
from onrecord.record import ACTS, EVENT_TYPES
from onrecord.store import schema
from onrecord.store.answers import Disputed, Happened, Said
from onrecord.store.disputing import states_of
from onrecord.store.search import matches

__all__ = ["Filters", "ask_disputes", "ask_events", "ask_said", "find_actors", "is_named"]

_s, _a, _e, _d = schema.statements, schema.articles, schema.events, schema.disputes
_Names = dict[tuple[int, str], list[str]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; what is None does not matter.

    Attributes:
        by: Name of who speaks or acts.
        to: Name of who is spoken to or acted upon.
        about: Name of who is spoken about.
        act: What is done by saying it, or the type of an event.
        country: ISO 3166 alpha-3 code of who speaks or acts.
        status: Of an event.
        since: First day.
        until: Last day.
        text: Words and "phrases" that must be there; -word must not.
        article: Number of the article in which it was found; in a dispute, the answer.
        articles: Numbers of several.
        finding: Id within that article.
        copies: Whether statements that only a copy repeats are shown as well.
        limit: Most rows; the newest come first.
    """

    by: str | None = None
    to: str | None = None
    about: str | None = None
    act: str | None = None
    country: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    article: int | None = None
    articles: tuple[int, ...] = ()
    finding: str | None = None
    copies: bool = False
    limit: int = 50

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise StoreError(f"limit is {self.limit}; a whole number from 1 would be right")


def find_actors(connection: sa.Connection, name: str) -> tuple[int, ...]:
    """Return the actors that have the name, or whose name ends with it.

    Raises:
        NotFound: There is none; the message has names that begin alike.
    """
    names = schema.actor_names
    wanted = fold(name)
    alike = names.c.name.like(f"% {_plain(wanted)}", escape="\\")
    for condition in (names.c.name == wanted, alike):
        found = connection.scalars(sa.select(names.c.actor_id).where(condition).distinct()).all()
        if found:
            return tuple(sorted(found))
    raise NotFound(_unknown(connection, name, wanted))


def is_named(connection: sa.Connection, name: str) -> bool:
    """Tell whether somebody who is named in the store has exactly this name."""
    names, actors = schema.actor_names, schema.actors
    query = (
        sa.select(names.c.actor_id)
        .join(actors, actors.c.id == names.c.actor_id)
        .where(names.c.name == fold(name), actors.c.unnamed.is_(False))
        .limit(1)
    )
    return connection.scalar(query) is not None


def _plain(words: str) -> str:
    """Return the words with what LIKE would read as a pattern marked as plain."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _unknown(connection: sa.Connection, name: str, wanted: str) -> str:
    table = schema.actor_names
    begins = table.c.name.like(f"{_plain(wanted[:4])}%", escape="\\")
    query = sa.select(table.c.name).where(begins).distinct().order_by(table.c.name).limit(5)
    near = connection.scalars(query).all() if wanted else ()
    hint = f"; names that begin alike: {', '.join(near)}" if near else ""
    return f"nobody in the store is called {name!r}{hint}"


@dataclass(frozen=True, slots=True)
class _Held:
    """That somebody plays a part: one of some actors, or anybody of a country."""

    role: str
    actors: tuple[int, ...] = ()
    country: str | None = None

    def fits(self, link: sa.FromClause) -> list[sa.ColumnElement[bool]]:
        """Return the conditions on a row of the table of parts."""
        found: list[sa.ColumnElement[bool]] = [link.c.role == self.role]
        if self.country is not None:
            return [*found, link.c.country == self.country]
        one = len(self.actors) == 1
        who = link.c.actor_id == self.actors[0] if one else link.c.actor_id.in_(self.actors)
        return [*found, who]

    def apart(self) -> list["_Held"]:
        """Return one for each actor, because an index gives the newest of one at once."""
        if len(self.actors) > _MOST_ACTORS:
            return [self]
        return [_Held(self.role, (each,)) for each in self.actors] or [self]


_MOST_ACTORS = 12
"""Actors of one name for whom each is asked alone; of more the newest are sorted out."""
_COUNTED = 2_000
"""Parts that are counted to find out which name has fewer."""


def _held(
    connection: sa.Connection, roles: dict[str, str | None], first: str, country: str | None
) -> list[_Held]:
    """Return the parts that are asked for; names are looked up."""
    found = [
        _Held(role, find_actors(connection, name))
        for role, name in roles.items()
        if name is not None
    ]
    if country:
        code = country.upper()
        if len(code) != 3 or not code.isalpha():
            raise StoreError(
                f"country is {country!r}; a code of three letters would be right (RUS)"
            )
        found.append(_Held(first, country=code))
    return found


@dataclass(frozen=True, slots=True)
class _Parts:
    """Statements or events with the table of those who play a part in them.

    Attributes:
        table: `statements` or `events`.
        link: Who plays a part.
        key: Column of `link` that points to `table`.
        kind: Column that both have: `act` or `type`.
    """

    table: sa.Table
    link: sa.Table
    key: str
    kind: str

    def newest(
        self, connection: sa.Connection, filters: Filters, held: Sequence[_Held],
        conditions: Sequence[sa.ColumnElement[bool]],
    ) -> list[int]:  # fmt: skip
        """Return the keys of the newest rows that fit, the newest first."""
        table = self.table
        where = [*conditions, *_common(table, filters)]
        if not held:
            query = sa.select(table.c.id).where(*where).order_by(*self._order(filters))
            return list(connection.scalars(query.limit(filters.limit)))
        driver = min(held, key=lambda each: self._size(connection, each))
        others = [each for each in held if each is not driver]
        rows = {
            (row.day or "", row.id)
            for each in driver.apart()
            for row in connection.execute(self._of(each, others, filters, where))
        }
        return [key for _, key in sorted(rows, reverse=True)[: filters.limit]]

    def _order(self, filters: Filters) -> tuple[sa.ColumnElement[Any], ...]:
        """Return the newest first; of some articles the last found first, by their own index."""
        table = self.table
        if filters.article is not None or filters.articles:
            return (table.c.article_id.desc(), table.c.id.desc())
        return (table.c.day.desc().nulls_last(), table.c.id.desc())

    def _size(self, connection: sa.Connection, held: _Held) -> int:
        some = sa.select(self.link.c[self.key]).where(*held.fits(self.link)).limit(_COUNTED)
        query = sa.select(sa.func.count()).select_from(some.subquery())
        return connection.scalar(query) or 0

    def _of(
        self, driver: _Held, others: Sequence[_Held], filters: Filters,
        where: Sequence[sa.ColumnElement[bool]],
    ) -> sa.Select[Any]:  # fmt: skip
        """Return the question for one actor or country, whose parts an index gives by day."""
        link, table = self.link, self.table
        fits = [*driver.fits(link), *_between(link.c.day, filters)]
        if filters.act:
            fits.append(link.c[self.kind] == filters.act)
        for each in others:
            other = link.alias()
            also = sa.select(sa.literal(1)).where(other.c[self.key] == table.c.id)
            fits.append(also.where(*each.fits(other)).exists())
        return (
            sa.select(table.c.id, table.c.day)
            .select_from(link.join(table, table.c.id == link.c[self.key]))
            .where(*fits, *where)
            .order_by(link.c.day.desc().nulls_last(), link.c[self.key].desc())
            .limit(filters.limit * 2)
        )


_STATEMENTS = _Parts(_s, schema.statement_actors, "statement_id", "act")
_EVENTS = _Parts(_e, schema.event_actors, "event_id", "type")


def _common(table: sa.Table, filters: Filters) -> Iterable[sa.ColumnElement[bool]]:
    """Yield the conditions that all questions share."""
    yield from _between(table.c.day, filters)
    if filters.article is not None:
        yield table.c.article_id == filters.article
    if filters.articles:
        yield table.c.article_id.in_(filters.articles)
    if filters.finding is not None:
        yield table.c.finding == filters.finding
    if not filters.copies:
        yield table.c.is_copy.is_(False)


def _between(day: sa.ColumnElement[Any], filters: Filters) -> Iterable[sa.ColumnElement[bool]]:
    if filters.since:
        yield day >= filters.since
    if filters.until:
        yield day <= filters.until


def _known(word: str, known: Sequence[str], what: str) -> str:
    for each in known:
        if each.casefold() == word.casefold():
            return each
    raise StoreError(f"{what} is {word!r}; one of these would be right: {', '.join(known)}")


def ask_said(connection: sa.Connection, filters: Filters) -> list[Said]:
    """Return the statements that are asked for, the newest first."""
    if filters.act:
        filters = replace(filters, act=_known(filters.act, ACTS, "act"))
    roles = {"speaker": filters.by, "addressee": filters.to, "about": filters.about}
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.act:
        conditions.append(_s.c.act == filters.act)
    if filters.text:
        conditions.append(matches(connection.dialect.name, _s, filters.text))
    held = _held(connection, roles, "speaker", filters.country)
    keys = _STATEMENTS.newest(connection, filters, held, conditions)
    rows = _rows(connection, _s, keys, (_a.c.outlet, _a.c.headline, _a.c.url))
    names = _names(connection, _STATEMENTS.link, _STATEMENTS.key, keys)
    return [_said(row, names) for row in rows]


def _rows(
    connection: sa.Connection,
    table: sa.Table,
    keys: Sequence[int],
    columns: Sequence[sa.ColumnElement[Any]],
) -> list[sa.RowMapping]:
    """Return rows with something of their articles, in the order of the keys."""
    found: dict[int, sa.RowMapping] = {}
    for start in range(0, len(keys), 500):
        query = (
            sa.select(table, *columns)
            .join(_a, _a.c.id == table.c.article_id)
            .where(table.c.id.in_(keys[start : start + 500]))
        )
        found |= {row["id"]: row for row in connection.execute(query).mappings()}
    return [found[key] for key in keys]


def _said(row: sa.RowMapping, names: _Names) -> Said:
    speakers = names[row["id"], "speaker"] or ([row["source"]] if row["source"] else [])
    return Said(
        id=f"{row['article_id']}/{row['finding']}",
        day=row["day"],
        speakers=tuple(speakers),
        act=row["act"],
        content=row["content"],
        addressees=tuple(names[row["id"], "addressee"]),
        about=tuple(names[row["id"], "about"]),
        mode=row["mode"],
        outlet=row["outlet"],
        title=row["headline"],
        url=row["url"],
        confidence=row["confidence"],
    )


def _names(connection: sa.Connection, link: sa.Table, key: str, ids: Sequence[int]) -> _Names:
    """Return the names of those who play a part in the rows, by row and role."""
    found: _Names = defaultdict(list)
    actors, role = schema.actors, "side" if link is schema.dispute_sides else "role"
    for start in range(0, len(ids), 500):
        query = (
            sa.select(link.c[key], link.c[role], actors.c.name)
            .join(actors, actors.c.id == link.c.actor_id)
            .where(link.c[key].in_(ids[start : start + 500]))
            .order_by(link.c[key], actors.c.id)
        )
        for row, part, name in connection.execute(query):
            found[row, part].append(name)
    return found


def ask_events(connection: sa.Connection, filters: Filters) -> list[Happened]:
    """Return the events that are asked for, the newest first."""
    if filters.act:
        filters = replace(filters, act=_known(filters.act, EVENT_TYPES, "type"))
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.act:
        conditions.append(_e.c.type == filters.act)
    if filters.status:
        conditions.append(_e.c.status == filters.status)
    roles = {"actor": filters.by, "recipient": filters.to}
    held = _held(connection, roles, "actor", filters.country)
    keys = _EVENTS.newest(connection, filters, held, conditions)
    rows = _rows(connection, _e, keys, (_a.c.outlet,))
    names = _names(connection, _EVENTS.link, _EVENTS.key, keys)
    return [_happened(row, names) for row in rows]


_SAME = ("day", "type", "mode", "cameo", "quad", "goldstein", "status", "place", "country")


def _happened(row: sa.RowMapping, names: _Names) -> Happened:
    return Happened(
        id=f"{row['article_id']}/{row['finding']}",
        actors=tuple(names[row["id"], "actor"]),
        recipients=tuple(names[row["id"], "recipient"]),
        sentence=row["sentence"],
        outlet=row["outlet"],
        confidence=row["confidence"],
        **{name: row[name] for name in _SAME},
    )


def ask_disputes(connection: sa.Connection, filters: Filters) -> list[Disputed]:
    """Return the disputes in which those asked for take a side, the newest first."""
    claim, answer = _s.alias("claim"), _s.alias("answer")
    order = _d.c.day.desc().nulls_last(), _d.c.id.desc()
    newest = _newest_disputes(connection, filters)
    query = (
        sa.select(
            _d,
            claim.c.content.label("claimed"),
            claim.c.article_id.label("claim_article"),
            claim.c.finding.label("claim_finding"),
            claim.c.source.label("claim_source"),
            answer.c.content.label("answered"),
            answer.c.finding.label("answer_finding"),
            answer.c.source.label("answer_source"),
        )
        .join(claim, claim.c.id == _d.c.claim_id)
        .join(answer, answer.c.id == _d.c.answer_id)
        .where(_d.c.id.in_(newest))  # so that only these bring their statements along
        .order_by(*order)
    )
    rows = connection.execute(query).mappings().all()
    keys = [row["id"] for row in rows]
    names = _names(connection, schema.dispute_sides, "dispute_id", keys)
    states = states_of(connection, keys)
    return [_disputed(row, names, *states[row["id"]]) for row in rows]


def _newest_disputes(connection: sa.Connection, filters: Filters) -> sa.Select[Any]:
    """Select the keys of the newest disputes that are asked for.

    Where it is one actor on one side, an index has them by day; else all of them are sorted.
    """
    link = schema.dispute_sides
    sides = {
        side: find_actors(connection, name)
        for side, name in (("answer", filters.by), ("claim", filters.to))
        if name is not None
    }
    query, day = sa.select(_d.c.id).where(*_common(_d, filters)), _d.c.day
    if filters.act:
        query = query.where(_d.c.kind == filters.act)
    if len(sides) == 1 and all(len(actors) == 1 for actors in sides.values()):
        query, day = query.join(link, link.c.dispute_id == _d.c.id), link.c.day
        query = query.where(*(_stands(side, actors) for side, actors in sides.items()))
    else:
        for side, actors in sides.items():
            query = query.where(
                _d.c.id.in_(sa.select(link.c.dispute_id).where(_stands(side, actors)))
            )
    return query.order_by(day.desc().nulls_last(), _d.c.id.desc()).limit(filters.limit)


def _stands(side: str, actors: Sequence[int]) -> sa.ColumnElement[bool]:
    link = schema.dispute_sides
    return sa.and_(link.c.side == side, link.c.actor_id.in_(actors))


def _disputed(row: sa.RowMapping, names: _Names, state: str, later: str) -> Disputed:
    return Disputed(
        id=f"{row['article_id']}/{row['finding']}",
        day=row["day"],
        kind=row["kind"],
        claimed_by=_side(row, names, "claim"),
        claim=row["claimed"],
        answered_by=_side(row, names, "answer"),
        answer=row["answered"],
        why=row["why"],
        claim_id=f"{row['claim_article']}/{row['claim_finding']}",
        answer_id=f"{row['article_id']}/{row['answer_finding']}",
        confidence=row["confidence"],
        state=state,
        later=later,
    )


def _side(row: sa.RowMapping, names: _Names, side: str) -> tuple[str, ...]:
    source = row[f"{side}_source"]
    return tuple(names[row["id"], side]) or ((source,) if source else ())
