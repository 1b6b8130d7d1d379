"""A store of articles and their records, and the questions it answers."""

import datetime as dt
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from onrecord.errors import NotFound, StoreError
from onrecord.record import ArticleEntry, Record
from onrecord.store import schema, writing
from onrecord.store.answers import Answers, ArticleLine, Copied, Disputed, Failed, Happened, Said
from onrecord.store.database import Database
from onrecord.store.groups import ask_copies
from onrecord.store.packing import unpack
from onrecord.store.questions import Filters, ask_disputes, ask_events, ask_said
from onrecord.store.writing import Arrival

__all__ = ["Store", "open_store"]


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
        names = ("id", "name", "day", "outlet", "title", "url", "words", "source", "replaced_by")
        columns = [table.c[name] for name in names]
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(*columns).order_by(table.c.id.desc()).limit(limit))
            return Answers(ArticleLine, [ArticleLine(*row) for row in rows])

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

    def failures(self) -> Answers[Failed]:
        """Return what could not be taken in or read, the latest first."""
        table = schema.failures
        columns = (table.c.source, table.c.reason, table.c.at)
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(*columns).order_by(table.c.id.desc()))
            return Answers(Failed, [Failed(*row) for row in rows])

    def record(self, article: int) -> Record:
        """Return the record of the article with this number.

        Raises:
            NotFound: There is no such article.
        """
        records, articles = schema.records, schema.articles
        query = (
            sa.select(articles, records.c.packed)
            .join(records, records.c.article_id == articles.c.id)
            .where(articles.c.id == article)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"there is no article {article} in the store")
        return unpack(row["packed"], _entry(row))

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


def _entry(row: sa.RowMapping) -> ArticleEntry:
    return ArticleEntry(
        id=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=_published(row["published"]),
        published_from=row["published_from"],
        language=row["language"],
        text=row["text"],
        sha256=row["sha256"],
    )


def _published(written: str | None) -> dt.date | dt.datetime | None:
    if written is None:
        return None
    kind = dt.datetime if len(written) > len("2022-02-02") else dt.date
    return kind.fromisoformat(written)
