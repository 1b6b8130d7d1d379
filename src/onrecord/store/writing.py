"""Put records into a store: a batch of articles comes in whole, or not at all."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from onrecord.record import Actor, Dispute, Event, Record, Statement
from onrecord.store import rows, schema
from onrecord.store.answers import Failed
from onrecord.store.copying import Prints, find_copies, mark_copies, prints_of
from onrecord.store.disputing import dispute_across
from onrecord.store.identity import identity_of, names_of
from onrecord.store.learning import verdict_of
from onrecord.store.packing import FORMAT, pack
from onrecord.store.rows import Row
from onrecord.store.tallies import add_tallies, take_tallies

__all__ = [
    "Arrival",
    "add_articles",
    "delete_findings",
    "forget_failures",
    "known_hashes",
    "known_sources",
    "note_failures",
    "now",
    "write_articles",
    "write_findings",
]

CHUNK = 500
"""Values of one IN list; SQLite takes 32,766 parameters, old builds 999."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that has been read, where it was found, and what it is compared by."""

    source: str
    record: Record
    prints: Prints | None = None

    @property
    def known_prints(self) -> Prints:
        """What it is compared by, made now if its reader did not."""
        entry = self.record.article
        return self.prints or prints_of(entry.text, entry.language)


def now() -> str:
    """Return the time in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Yield the values in lists that fit into one question."""
    ordered = list(values)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def known_hashes(connection: sa.Connection, hashes: Iterable[str]) -> set[str]:
    """Return those hashes whose articles the store has."""
    column = schema.articles.c.sha256
    return {
        known
        for chunk in chunks(hashes)
        for known in connection.scalars(sa.select(column).where(column.in_(chunk)))
    }


def known_sources(connection: sa.Connection, sources: Iterable[str]) -> set[str]:
    """Return those of the sources from which an article came, or failed to come."""
    columns = (schema.articles.c.source, schema.failures.c.source)
    return {
        known
        for chunk in chunks(sources)
        for column in columns
        for known in connection.scalars(sa.select(column).where(column.in_(chunk)))
    }


def add_articles(
    connection: sa.Connection, arrivals: Sequence[Arrival], run_id: int
) -> dict[int, Record]:
    """Add articles with all that was found in them, and return their records by row.

    An article whose text the store has is left out; one with a known URL and another text is a new
    version: the earlier one stays, and its findings leave the tables.
    """
    known = known_hashes(connection, (each.record.article.sha256 for each in arrivals))
    fresh: dict[str, Arrival] = {}
    for each in arrivals:
        if each.record.article.sha256 not in known:
            fresh.setdefault(each.record.article.sha256, each)
    added: dict[int, Record] = {}
    for each in fresh.values():
        added |= _add_article(connection, each, run_id)
    return added


def _add_article(connection: sa.Connection, arrival: Arrival, run_id: int) -> dict[int, Record]:
    """Add one article and compare it with those before it, whatever batch they came in."""
    prints, article = arrival.known_prints, arrival.record.article
    verdict = verdict_of(connection, article.text, article.outlet, prints.rewriting)
    prints = replace(prints, rewriting=verdict)
    article_id = _insert_article(connection, arrival, prints, run_id)
    _replace_earlier(connection, article_id, article.url)
    story = find_copies(connection, article_id, article.text, prints.keys)
    added = {article_id: arrival.record}
    _store_records(connection, added)
    write_findings(connection, added)
    mark_copies(connection, [story])
    dispute_across(connection, [article_id])
    return added


def write_articles(connection: sa.Connection, arrivals: Sequence[Arrival], run_id: int) -> None:
    """Write articles with their records and findings, compared with no others.

    Texts must be different ones.
    """
    added = {
        _insert_article(connection, each, each.known_prints, run_id): each.record
        for each in arrivals
    }
    _store_records(connection, added)
    write_findings(connection, added)


def _insert_article(
    connection: sa.Connection, arrival: Arrival, prints: Prints, run_id: int
) -> int:
    values = rows.article_row(arrival.record) | {
        "source": arrival.source,
        "added_at": now(),
        "run_id": run_id,
        "rewriting": prints.rewriting.verdict,
        "rewriting_odds": prints.rewriting.odds,
    }
    return _keys(connection, schema.articles, [values])[0]


def _replace_earlier(connection: sa.Connection, article_id: int, url: str | None) -> None:
    """Let the article stand for the one that its address had until now."""
    if not url:
        return
    table = schema.articles
    earlier = connection.scalars(
        sa.select(table.c.id).where(
            table.c.url == url, table.c.replaced_by.is_(None), table.c.id != article_id
        )
    ).all()
    if earlier:
        delete_findings(connection, earlier)
        condition = table.c.id.in_(earlier)
        connection.execute(table.update().where(condition).values(replaced_by=article_id))


def _store_records(connection: sa.Connection, added: Mapping[int, Record]) -> None:
    if added:
        connection.execute(
            schema.records.insert(),
            [
                {"article_id": article_id, "format": FORMAT, "packed": pack(record)}
                for article_id, record in added.items()
            ],
        )


def delete_findings(connection: sa.Connection, articles: Sequence[int]) -> None:
    """Take what was found in the articles out of the tables; their records stay."""
    take_tallies(connection, articles)
    for table in (schema.disputes, schema.events, schema.statements, schema.places):
        connection.execute(table.delete().where(table.c.article_id.in_(articles)))
    gone = schema.appearances.c.article_id.in_(articles)
    connection.execute(schema.appearances.delete().where(gone))


def write_findings(connection: sa.Connection, records: Mapping[int, Record]) -> None:
    """Write the rows of everything found in the articles, by the articles' rows."""
    actor_ids = _actor_ids(connection, records)
    for article_id, record in records.items():
        _Findings(connection, article_id, record, actor_ids).write()
    for some in chunks(records):
        add_tallies(connection, some)


def _actor_ids(connection: sa.Connection, records: Mapping[int, Record]) -> dict[str, int]:
    """Return the rows of all actors by their identity; those that are new are written.

    Of what articles say of one actor, that with the longest name is kept.
    """
    met: dict[str, Row] = {}
    names: set[tuple[str, str]] = set()
    for record in records.values():
        for actor in record.actors:
            identity = identity_of(actor, record.article.sha256)
            row = rows.actor_row(actor, identity)
            met[identity] = max(met.get(identity, row), row, key=rows.fullness)
            names |= {(name, identity) for name in names_of(actor)}
    table = schema.actors
    known = _known_actors(connection, met)
    for identity, row in known.items():
        if rows.fullness(met[identity]) > rows.fullness(row):
            update = table.update().where(table.c.id == row["id"])
            connection.execute(update.values(met[identity]))
    new = [identity for identity in met if identity not in known]
    made = _keys(connection, table, [met[identity] for identity in new])
    found = {identity: row["id"] for identity, row in known.items()}
    found |= dict(zip(new, made, strict=True))
    _write_names(connection, [(name, found[identity]) for name, identity in sorted(names)])
    return found


def _known_actors(connection: sa.Connection, identities: Iterable[str]) -> dict[str, Row]:
    table = schema.actors
    found: dict[str, Row] = {}
    for chunk in chunks(identities):
        query = sa.select(table).where(table.c.identity.in_(chunk))
        found |= {row["identity"]: dict(row) for row in connection.execute(query).mappings()}
    return found


def _write_names(connection: sa.Connection, names: Sequence[tuple[str, int]]) -> None:
    table = schema.actor_names
    known: set[tuple[str, int]] = set()
    for chunk in chunks({actor_id for _, actor_id in names}):
        query = sa.select(table.c.name, table.c.actor_id).where(table.c.actor_id.in_(chunk))
        known |= {(name, actor) for name, actor in connection.execute(query)}
    new = [{"name": name, "actor_id": actor} for name, actor in names if (name, actor) not in known]
    if new:
        connection.execute(table.insert(), new)


def _keys(connection: sa.Connection, table: sa.Table, values: Sequence[Row]) -> list[int]:
    """Insert rows and return their keys, in the same order."""
    if not values:
        return []
    insert = table.insert().returning(table.c.id, sort_by_parameter_order=True)
    return list(connection.scalars(insert, values))


class _Findings:
    """Writes what was found in one article."""

    def __init__(
        self,
        connection: sa.Connection,
        article_id: int,
        record: Record,
        actor_ids: Mapping[str, int],
    ) -> None:
        self._connection = connection
        self._record = record
        self._own = {"article_id": article_id, "is_copy": False}
        self._article = {"article_id": article_id}
        self._days = rows.Days(rows.article_row(record)["day"])
        sha256 = record.article.sha256
        self._identities = {each.id: identity_of(each, sha256) for each in record.actors}
        self._rows = {each.id: actor_ids[self._identities[each.id]] for each in record.actors}
        self._actors = {each.id: each for each in record.actors}

    def write(self) -> None:
        """Write all tables."""
        self._appearances()
        statements = self._statements()
        self._events(statements)
        self._disputes(statements)
        self._insert(schema.places, [row | self._article for row in self._places()])

    def _insert(self, table: sa.Table, values: Sequence[Row]) -> None:
        if values:
            self._connection.execute(table.insert(), values)

    def _places(self) -> list[Row]:
        return rows.place_rows(self._record.places)

    def _appearances(self) -> None:
        self._insert(
            schema.appearances,
            [
                self._article
                | {
                    "finding": actor.id,
                    "actor_id": self._rows[actor.id],
                    "title": actor.title,
                    "day": self._days.published,
                    "mentions": len(actor.mentions),
                }
                for actor in self._record.actors
            ],
        )

    def _statements(self) -> dict[str, int]:
        found = self._record.statements
        made = [self._own | rows.statement_row(each, self._days) for each in found]
        keys = _keys(self._connection, schema.statements, made)
        by_id = {each.id: key for each, key in zip(found, keys, strict=True)}
        self._link_within(found, by_id)
        self._insert(
            schema.statement_actors,
            [
                row
                for each, key in zip(found, keys, strict=True)
                for row in self._parties_of_statement(each, key)
            ],
        )
        return by_id

    def _link_within(self, found: Sequence[Statement], keys: Mapping[str, int]) -> None:
        table = schema.statements
        within = [
            {"own": keys[each.id], "outer": keys[outer]}
            for each in found
            if (outer := each.within) is not None and outer in keys
        ]
        if within:
            update = table.update().where(table.c.id == sa.bindparam("own"))
            self._connection.execute(update.values(within_id=sa.bindparam("outer")), within)

    def _parties_of_statement(self, statement: Statement, key: int) -> Iterable[Row]:
        day = self._days.of(statement.said_on)
        roles = (
            ("speaker", statement.speakers),
            ("addressee", statement.addressees),
            ("about", statement.about),
        )
        for role, members in roles:
            for row, actor in self._distinct(members):
                yield {
                    "statement_id": key,
                    "role": role,
                    "actor_id": row,
                    "country": actor.country,
                    "act": statement.act,
                    "day": day,
                }

    def _distinct(self, members: Iterable[str]) -> Iterable[tuple[int, Actor]]:
        """Yield each actor once: two of an article may be one in the archive."""
        return {self._rows[each]: self._actors[each] for each in members}.items()

    def _events(self, statements: Mapping[str, int]) -> None:
        found = self._record.events
        made = [self._own | rows.event_row(each, self._days, self._key(each)) for each in found]
        keys = _keys(self._connection, schema.events, made)
        parties = [
            row
            for each, key in zip(found, keys, strict=True)
            for row in self._parties_of_event(each, key)
        ]
        self._insert(schema.event_actors, parties)
        self._insert(
            schema.event_statements,
            [
                {"event_id": key, "role": role, "statement_id": statement}
                for each, key in zip(found, keys, strict=True)
                for role, members in (
                    ("according_to", each.according_to),
                    ("disputed_by", each.disputed_by),
                )
                for statement in sorted({statements[one] for one in members})
            ],
        )

    def _key(self, event: Event) -> str:
        return rows.occurrence_of(event, self._identities, self._days.of(event.on))

    def _parties_of_event(self, event: Event, key: int) -> Iterable[Row]:
        day = self._days.of(event.on)
        for role, members in (("actor", event.actors), ("recipient", event.recipients)):
            for row, actor in self._distinct(members):
                yield {
                    "event_id": key,
                    "role": role,
                    "actor_id": row,
                    "country": actor.country,
                    "sector": actor.sector,
                    "type": event.type,
                    "day": day,
                }

    def _disputes(self, statements: Mapping[str, int]) -> None:
        found = {(each.claim, each.answer): each for each in self._record.disputes}
        answers = {each.id: each for each in self._record.statements}
        made: list[Row] = []
        sides: list[Row] = []
        for each in found.values():
            day = self._days.of(answers[each.answer].said_on)
            ends = {"claim_id": statements[each.claim], "answer_id": statements[each.answer]}
            made.append(self._own | rows.dispute_row(each, day) | ends)
        for each, key in zip(
            found.values(), _keys(self._connection, schema.disputes, made), strict=True
        ):
            sides += self._sides(each, key, answers)
        self._insert(schema.dispute_sides, sides)

    def _sides(self, dispute: Dispute, key: int, known: Mapping[str, Statement]) -> Iterable[Row]:
        day = self._days.of(known[dispute.answer].said_on)
        for side, statement in (("claim", dispute.claim), ("answer", dispute.answer)):
            for row, _ in self._distinct(known[statement].speakers):
                yield {"dispute_id": key, "side": side, "actor_id": row, "day": day}


def note_failures(connection: sa.Connection, failed: Sequence[Failed], run_id: int) -> None:
    """Write down what could not be read; what failed before at the same place is replaced."""
    latest = {each.source: each for each in failed}
    forget_failures(connection, list(latest))
    if latest:
        connection.execute(
            schema.failures.insert(),
            [
                {"source": each.source, "reason": each.reason, "at": each.at, "run_id": run_id}
                for each in latest.values()
            ],
        )


def forget_failures(connection: sa.Connection, sources: Sequence[str]) -> None:
    """Take back the failures of sources that could be read after all."""
    table = schema.failures
    for chunk in chunks(sources):
        connection.execute(table.delete().where(table.c.source.in_(chunk)))
