"""Open the database of a store: SQLite by path, PostgreSQL by URL, a folder through DuckDB."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from onrecord.errors import StoreError
from onrecord.store import migrations
from onrecord.store.folder import duckdb_engine, is_folder

__all__ = ["Database"]

WAIT_SECONDS = 60
"""How long a writer waits for another one: a batch takes a second or two."""
LOCK = 7_238_914_205
"""Number of PostgreSQL's advisory lock for writers of a store; any number of ours does."""
_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


class Database:
    """A store's database, with one way to read from it and one to write to it.

    Args:
        address: Path of an SQLite file, or of a folder (`onrecord.store.folder`), or
            `postgresql://...`.
        create: Whether to make the store if there is none, and to bring an older one forward.

    Raises:
        StoreError: There is no store, it cannot be opened, or it is of another version.
    """

    def __init__(self, address: str, *, create: bool = False) -> None:
        self.address = address
        if is_folder(address) and not create:
            self._engine = duckdb_engine(Path(address))
            return
        self._engine = _engine(address, create=create)
        try:
            with _told(address):
                self._prepare(create=create)
        except StoreError:
            self._engine.dispose()
            raise

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`, or `duckdb` where it is a folder."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the store throughout."""
        with _told(self.address), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes come in all at once, when the block ends without error.

        One writer at a time: others wait.

        Raises:
            StoreError: It is a folder, which is only read.
        """
        if self.dialect == "duckdb":
            raise StoreError(
                f"{self.address} is a folder, which is only read; a file would be right "
                "(onrecord store load makes one of it)"
            )
        with _told(self.address), self._engine.connect() as plain:
            connection = plain.execution_options(onrecord_writes=True)
            with connection.begin():
                if self.dialect == "postgresql":
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _prepare(self, *, create: bool) -> None:
        with self.reading() as connection:
            found = migrations.version_of(connection)
        if found == migrations.VERSION:
            return
        if not create or (found or 0) > migrations.VERSION:
            raise StoreError(_wrong_version(self.address, found))
        with self.writing() as connection:
            migrations.bring_forward(connection)


def _wrong_version(address: str, found: int | None) -> str:
    if found is None:
        return f"{address} holds no store; `onrecord ingest SOURCE --store {address}` makes one"
    if found > migrations.VERSION:
        return (
            f"{address} was made by a newer OnRecord (schema {found}; this one knows "
            f"{migrations.VERSION}); that version would be right"
        )
    return f"{address} is of schema {found}; `onrecord store migrate` brings it forward"


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Turn what a database raises into an error that names the store."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise StoreError(f"{address}: {_cause(error)}") from None
    except sa.exc.DatabaseError as error:
        if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError):
            raise
        raise StoreError(f"{address}: {_cause(error)}; a store would be right") from None


def _cause(error: sa.exc.DBAPIError) -> str:
    """Return what the database says, and what would be right where that is known."""
    told = str(error.orig).strip().partition("\n")[0] or type(error.orig).__name__
    name = getattr(error.orig, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return f"{told}; a disk with room would be right; what was written whole before is kept"
    if error.connection_invalidated:
        return f"{told}; the connection was lost; the same command goes on where it was"
    return told


def _engine(address: str, *, create: bool) -> sa.Engine:
    if address.startswith(_POSTGRES):
        return _postgresql(address)
    path = Path(address.removeprefix("sqlite:///"))
    if not path.exists() and not create:
        raise StoreError(
            f"there is no store at {path}; `onrecord ingest SOURCE --store {path}` makes one, and "
            "--store FILE or ONRECORD_STORE names another"
        )
    if path.is_dir() or (create and not path.parent.is_dir()):
        problem = "is a folder" if path.is_dir() else f"cannot be made: there is no {path.parent}"
        raise StoreError(f"{path} {problem}; a file in a folder would be right")
    return _sqlite(path)


def _sqlite(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        connect_args={"timeout": WAIT_SECONDS, "isolation_level": None},
    )
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    """Switch on what each SQLite connection needs."""
    for setting in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-64000",
        "mmap_size=1073741824",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: sa.Connection) -> None:
    """Begin a transaction; a writer takes the lock at once, so that it cannot fail half-way."""
    writes = connection.get_execution_options().get("onrecord_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(address: str) -> sa.Engine:
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"pool_pre_ping": True}
    try:
        return sa.create_engine(url, **options)
    except ModuleNotFoundError:
        raise StoreError(
            "a PostgreSQL store needs psycopg; `pip install 'onrecord[postgres]'` would be right"
        ) from None
