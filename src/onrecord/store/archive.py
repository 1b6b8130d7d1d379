"""A store of articles and their records, and the questions it answers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from onrecord.article import Article
from onrecord.errors import NotFound, StoreError
from onrecord.record import Record
from onrecord.store import correcting, pictures, schema, writing
from onrecord.store.answers import (
    ArticleLine,
    Copied,
    Corrected,
    Counted,
    Disputed,
    Doubtful,
    Failed,
    Happened,
    Learned,
    Link,
    Moment,
    Profile,
    Run,
    Said,
    Scene,
    Story,
)
from onrecord.store.database import Database
from onrecord.store.groups import ask_copies
from onrecord.store.health import find_faults
from onrecord.store.learning import ask_swaps
from onrecord.store.overlay import corrected
from onrecord.store.overviews import ask_counts, ask_timeline, ask_who
from onrecord.store.packing import entry_of, unpack
from onrecord.store.questions import Filters, ask_disputes, ask_events, ask_said, is_named
from onrecord.store.rereading import replace_records, stale_articles
from onrecord.store.table import Answers
from onrecord.store.versions import Change, changes_between
from onrecord.store.writing import Arrival

__all__ = ["Store", "open_store", "read_record"]


def open_store(address: str, *, create: bool = False) -> "Store":
    """Open a store.

    Args:
        address: Path of an SQLite file, or a `postgresql://` URL.
        create: Whether to make it if there is none.

    Raises:
        StoreError: There is none, or it cannot be opened.
    """
    return Store(Database(str(address), create=create))


class Store:
    """Articles, their records, and what is found in them. Use `open_store` to get one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store's connections."""
        self._database.close()

    def said(self, **asked: Any) -> Answers[Said]:  # noqa: ANN401 (the fields of Filters)
        """Return statements, the newest first; `Filters` says what can be asked.

        Raises:
            NotFound: Nobody in the store has a name that is asked for.
        """
        with self._database.reading() as connection:
            return Answers(Said, ask_said(connection, _filters(asked)))

    def events(self, **asked: Any) -> Answers[Happened]:  # noqa: ANN401
        """Return events, the newest first; `act` is the PLOVER type.

        Raises:
            NotFound: Nobody in the store has a name that is asked for.
        """
        with self._database.reading() as connection:
            return Answers(Happened, ask_events(connection, _filters(asked)))

    def disputes(self, **asked: Any) -> Answers[Disputed]:  # noqa: ANN401
        """Return disputes, the newest first: `by` who answers, `to` whose claim, `act` the kind.

        Raises:
            NotFound: Nobody in the store has a name that is asked for.
        """
        with self._database.reading() as connection:
            return Answers(Disputed, ask_disputes(connection, _filters(asked)))

    def articles(self, *, limit: int = 50) -> Answers[ArticleLine]:
        """Return articles, the last added first."""
        table = schema.articles
        names = ("id", "name", "day", "outlet", "headline", "url", "words", "source", "replaced_by")
        columns = [table.c[name] for name in names]
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(*columns).order_by(table.c.id.desc()).limit(limit))
            return Answers(ArticleLine, [ArticleLine(*row) for row in rows])

    def today(self, *, limit: int = 20, before: str | None = None) -> Answers[Story]:
        """Return the newest articles that are no copies, with what is said and done in them."""
        with self._database.reading() as connection:
            return Answers(Story, pictures.ask_today(connection, limit=limit, before=before))

    def names(self, beginning: str, *, limit: int = 10) -> list[str]:
        """Return names in the store that begin so, the most mentioned first."""
        with self._database.reading() as connection:
            return pictures.ask_names(connection, beginning, limit=limit)

    def network(
        self,
        relation: str = "acts",
        *,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 150,
    ) -> Answers[Link]:
        """Return who speaks `to` or `about` whom, or `acts` on whom, most often."""
        with self._database.reading() as connection:
            found = pictures.ask_network(
                connection, relation=relation, kind=kind, since=since, until=until, limit=limit
            )
            return Answers(Link, found)

    def places(
        self, *, since: str | None = None, until: str | None = None, limit: int = 500
    ) -> Answers[Scene]:
        """Return where events came to pass, the busiest places first."""
        with self._database.reading() as connection:
            found = pictures.ask_places(connection, since=since, until=until, limit=limit)
            return Answers(Scene, found)

    def doubtful(self, *, limit: int = 20) -> Answers[Doubtful]:
        """Return the least certain statements that nobody has looked at."""
        with self._database.reading() as connection:
            return Answers(Doubtful, pictures.ask_doubtful(connection, limit=limit))

    def runs(self, *, limit: int = 20) -> Answers[Run]:
        """Return the latest runs, with how many articles each brought."""
        with self._database.reading() as connection:
            return Answers(Run, pictures.ask_runs(connection, limit=limit))

    def faults(self, *, thorough: bool = False) -> list[str]:
        """Return what is wrong with the store, each in a line; nothing if it is sound."""
        return find_faults(self._database, thorough=thorough)

    def sizes(self) -> dict[str, int]:
        """Return about how many articles, statements, events and disputes there are."""
        with self._database.reading() as connection:
            return pictures.ask_sizes(connection)

    def newest_day(self) -> str | None:
        """Return the last day on which an article was published, or None."""
        with self._database.reading() as connection:
            return pictures.ask_newest_day(connection)

    def timeline(self, **asked: Any) -> Answers[Moment]:  # noqa: ANN401
        """Return statements and events by day, the earliest first, each event once.

        Raises:
            NotFound: Nobody in the store has a name that is asked for.
        """
        with self._database.reading() as connection:
            return Answers(Moment, ask_timeline(connection, _filters(asked)))

    def is_named(self, name: str) -> bool:
        """Tell whether somebody who is named in the store has exactly this name."""
        with self._database.reading() as connection:
            return is_named(connection, name)

    def who(self, name: str) -> Profile:
        """Return what the store has of those with a name.

        Raises:
            NotFound: Nobody has it.
        """
        with self._database.reading() as connection:
            return ask_who(connection, name)

    def count(
        self,
        of: str,
        *,
        by: str,
        per: str = "article",
        **asked: Any,  # noqa: ANN401
    ) -> Answers[Counted]:
        """Count statements or events.

        Args:
            of: statements or events.
            by: act or type, speaker or actor, status, country, outlet, day, month.
            per: `article` counts each, `source` counts copies once, `event` counts reports of one
                happening once.
            asked: `since`, `until`, `act`, `limit`.

        Raises:
            StoreError: There is no such thing to count, or to tell apart by.
        """
        filters = _filters({"limit": 1000} | asked)
        with self._database.reading() as connection:
            return Answers(Counted, ask_counts(connection, of=of, by=by, per=per, filters=filters))

    def changes(self, article: int) -> Answers[Change]:
        """Return what changed in what was said since the article's earlier version.

        Raises:
            NotFound: There is no such article, or it has no earlier version.
        """
        table = schema.articles
        with self._database.reading() as connection:
            query = sa.select(sa.func.max(table.c.id)).where(table.c.replaced_by == article)
            earlier: int | None = connection.scalar(query)
        if earlier is None:
            self.record(article)
            raise NotFound(f"article {article} has no earlier version in the store")
        found = changes_between(self.record(earlier), self.record(article))
        return Answers(Change, found)

    def copies(self, article: int | None = None, *, limit: int = 50) -> Answers[Copied]:
        """Return groups of copies, each with its original first, the newest group first.

        Args:
            article: Only the group of the article with this number, and other reports that quote
                the same words.
            limit: Most groups.

        Raises:
            NotFound: There is no such article.
        """
        with self._database.reading() as connection:
            return Answers(Copied, ask_copies(connection, article=article, limit=limit))

    def swaps(self, *, limit: int = 100) -> Answers[Learned]:
        """Return the wordings that rewritten copies have for those of their originals."""
        with self._database.reading() as connection:
            return Answers(Learned, ask_swaps(connection, limit=limit))

    def failures(self) -> Answers[Failed]:
        """Return what could not be taken in or read, the latest first."""
        table = schema.failures
        columns = (table.c.source, table.c.reason, table.c.at)
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(*columns).order_by(table.c.id.desc()))
            return Answers(Failed, [Failed(*row) for row in rows])

    def record(self, article: int, *, as_read: bool = False) -> Record:
        """Return the record of the article with this number, as people corrected it.

        Args:
            article: Its number.
            as_read: Without the corrections.

        Raises:
            NotFound: There is no such article.
        """
        with self._database.reading() as connection:
            record = read_record(connection, article)
            made = correcting.corrections_of(connection, [article])[article]
        return record if as_read else corrected(record, made)

    def records(
        self, *, since: str | None = None, until: str | None = None, copies: bool = False
    ) -> Iterator[tuple[int, Record]]:
        """Yield the current articles' numbers and records, as people corrected them, in order.

        Args:
            since: First day of publication.
            until: Last day.
            copies: Copies of other articles as well.
        """
        table = schema.articles
        conditions: list[sa.ColumnElement[bool]] = [table.c.replaced_by.is_(None)]
        conditions += [] if copies else [table.c.copy_of.is_(None)]
        conditions += [table.c.day >= since] if since else []
        conditions += [table.c.day <= until] if until else []
        with self._database.reading() as connection:
            query = sa.select(table.c.id).where(*conditions).order_by(table.c.id)
            numbers = connection.scalars(query).all()
        for number in numbers:
            yield number, self.record(number)

    def corrected_articles(self) -> list[int]:
        """Return the numbers of the articles that people said something about."""
        table = schema.corrections
        query = sa.select(table.c.article_id).where(table.c.withdrawn.is_(False)).distinct()
        with self._database.reading() as connection:
            return sorted(connection.scalars(query))

    def correct(
        self, finding: str, action: str, *, by: str, reason: str = "", **fields: str
    ) -> None:
        """Confirm, correct or reject a finding; it holds when the article is read anew, too.

        Args:
            finding: `12/s3`.
            action: confirm, correct or reject.
            by: Who says so.
            reason: Why.
            fields: What is set, such as `act="deny"`; several names with `;` between them.

        Raises:
            NotFound: There is no such article.
            StoreError: No such finding, action or field, or a value that the field cannot have.
        """
        number, _, name = finding.partition("/")
        if not number.isdigit() or not name:
            raise StoreError(f"{finding!r} is no finding; 12/s3 would be right")
        article = int(number)
        with self._database.writing() as connection:
            made = correcting.corrections_of(connection, [article])[article]
            record = corrected(read_record(connection, article), made)
            said = correcting.Said(action, fields, by, reason)
            after = correcting.note_correction(connection, article, record, name, said)
            self._rewrite(connection, {article: after})

    def withdraw(self, correction: int) -> None:
        """Take back the correction with this number.

        Raises:
            NotFound: There is no such correction, or it was taken back before.
        """
        with self._database.writing() as connection:
            article = correcting.withdraw(connection, correction)
            made = correcting.corrections_of(connection, [article])[article]
            self._rewrite(connection, {article: corrected(read_record(connection, article), made)})

    def corrections(
        self, article: int | None = None, *, limit: int | None = 50
    ) -> Answers[Corrected]:
        """Return corrections, the latest first, also those that were taken back."""
        with self._database.reading() as connection:
            return Answers(
                Corrected, correcting.ask_corrections(connection, article=article, limit=limit)
            )

    def _rewrite(self, connection: sa.Connection, records: Mapping[int, Record]) -> None:
        current = _current(connection, list(records))
        correcting.rewrite(connection, {each: records[each] for each in current})

    def stale(self, run_id: int, *, after: int = 0, limit: int = 64) -> list[tuple[int, Article]]:
        """Return articles that were read by another program or networks than those of a run.

        Args:
            run_id: The run.
            after: Only articles with higher numbers.
            limit: Most articles.
        """
        with self._database.reading() as connection:
            return stale_articles(connection, run_id, after=after, limit=limit)

    def replace(self, records: Mapping[int, Record], *, run_id: int) -> None:
        """Put records that were made anew in place of those that are there; corrections hold."""
        with self._database.writing() as connection:
            replace_records(connection, records, run_id)
            made = correcting.corrections_of(connection, list(records))
            after = {each: corrected(records[each], made[each]) for each in records}
            self._rewrite(connection, after)

    def begin_run(self, command: str, *, program: str, networks: str) -> int:
        """Note down that a command begins to write, and return the run's number.

        Args:
            command: What is run.
            program: Version of OnRecord.
            networks: Which networks read: names and hashes.
        """
        with self._database.writing() as connection:
            insert = schema.runs.insert().returning(schema.runs.c.id)
            values = {
                "command": command,
                "started_at": writing.now(),
                "program": program,
                "networks": networks,
            }
            run_id: int = connection.execute(insert, values).scalar_one()
            return run_id

    def end_run(self, run_id: int) -> None:
        """Note down that a run came to its end; one that was killed has none."""
        table = schema.runs
        with self._database.writing() as connection:
            update = table.update().where(table.c.id == run_id)
            connection.execute(update.values(ended_at=writing.now()))

    def number_of(self, sha256: str) -> int:
        """Return the number of the article with a text's hash.

        Raises:
            NotFound: The store has none.
        """
        table = schema.articles
        with self._database.reading() as connection:
            query = sa.select(table.c.id).where(table.c.sha256 == sha256)
            number: int | None = connection.scalar(query)
        if number is None:
            raise NotFound("the store has no article with this text")
        return number

    def known_sources(self, sources: Iterable[str]) -> set[str]:
        """Return those of the sources from which an article came, or failed to come."""
        with self._database.reading() as connection:
            return writing.known_sources(connection, sources)

    def feed_state(self, url: str) -> str | None:
        """Return what was kept of a feed, or None."""
        table = schema.feeds
        with self._database.reading() as connection:
            state: str | None = connection.scalar(
                sa.select(table.c.state).where(table.c.url == url)
            )
            return state

    def keep_feed_state(self, url: str, state: str) -> None:
        """Keep what a feed said last."""
        table = schema.feeds
        with self._database.writing() as connection:
            connection.execute(table.delete().where(table.c.url == url))
            connection.execute(table.insert().values(url=url, state=state))

    def known(self, hashes: Iterable[str]) -> set[str]:
        """Return those of the texts' hashes whose articles are in the store."""
        with self._database.reading() as connection:
            return writing.known_hashes(connection, hashes)

    def add(
        self, arrivals: Sequence[Arrival], failed: Sequence[Failed] = (), *, run_id: int
    ) -> int:
        """Add articles and failures, all or none, and return how many articles are new."""
        with self._database.writing() as connection:
            added = writing.add_articles(connection, arrivals, run_id)
            writing.note_failures(connection, failed, run_id)
            writing.forget_failures(connection, [each.source for each in arrivals])
            return len(added)


def read_record(connection: sa.Connection, article: int) -> Record:
    """Return an article's record as it was read.

    Raises:
        NotFound: There is no such article.
    """
    records, articles = schema.records, schema.articles
    query = (
        sa.select(articles, records.c.packed)
        .join(records, records.c.article_id == articles.c.id)
        .where(articles.c.id == article)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"there is no article {article} in the store")
    return unpack(row["packed"], entry_of(dict(row)))


def _current(connection: sa.Connection, articles: Sequence[int]) -> list[int]:
    """Return those that no later version has replaced."""
    table = schema.articles
    query = sa.select(table.c.id).where(table.c.id.in_(articles), table.c.replaced_by.is_(None))
    return list(connection.scalars(query.order_by(table.c.id)))


def _filters(asked: dict[str, Any]) -> Filters:
    asked = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asked.items()
    }
    unknown = sorted(set(asked) - set(Filters.__dataclass_fields__))
    if unknown:
        known = ", ".join(Filters.__dataclass_fields__)
        raise StoreError(f"there is no {unknown[0]!r} to ask by; there are: {known}")
    return Filters(**asked)
