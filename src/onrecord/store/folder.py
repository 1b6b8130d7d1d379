"""A store in a folder of Parquet files: no server, no limit in size; it is asked through DuckDB.

    archive.json                                  what this is
    manifest/PART.json                            a part that is wholly there, and its files
    data/TABLE/month=2022-02/PART.parquet         its rows; actors and their names have no month
    linked.json, linked/TABLE/….parquet           what came of comparing all: copies, versions
    replaced.json                                 while parts are joined: which stands for which

A part counts from the moment its manifest is there; files of which no manifest tells are what a
killed run left.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.tallies import counted

__all__ = [
    "FORMAT",
    "LINKED",
    "REPLACED",
    "SHARED",
    "TABLES",
    "Manifest",
    "counting",
    "duckdb_engine",
    "is_folder",
    "read_manifest",
    "read_manifests",
]

FORMAT = "onrecord archive/2"
REPLACED = "replaced.json"
_ID = sa.BigInteger
_OWN = sa.MetaData()
LINKED: Mapping[str, sa.Table] = {
    table.name: table
    for table in (
        sa.Table(
            "article_links",
            _OWN,
            sa.Column("article_id", _ID),
            sa.Column("story_id", _ID),
            sa.Column("copy_of", _ID),
            sa.Column("replaced_by", _ID),
        ),
        sa.Table(
            "copied",
            _OWN,
            sa.Column("article_id", _ID),
            sa.Column("start", _ID),
            sa.Column("end", _ID),
        ),
        schema.copies,
        schema.stories,
        schema.swaps,
    )
}
"""What comparing all articles gives: `article_links` and the stretches that were `copied` beside
the store's own tables."""

SHARED: tuple[sa.Table, ...] = (schema.actors, schema.actor_names)
"""Tables whose rows belong to no article: parts repeat them."""

TABLES: tuple[sa.Table, ...] = (
    schema.articles,
    schema.records,
    *SHARED,
    schema.appearances,
    schema.statements,
    schema.statement_actors,
    schema.events,
    schema.event_actors,
    schema.event_statements,
    schema.disputes,
    schema.dispute_sides,
    schema.places,
)
"""What a part holds of articles that have been read, each table behind those it points at."""

_TYPES: Mapping[type[object], str] = {
    sa.BigInteger: "BIGINT",
    sa.Integer: "BIGINT",
    sa.Text: "VARCHAR",
    sa.Boolean: "BOOLEAN",
    sa.Float: "DOUBLE",
    sa.LargeBinary: "BLOB",
}
_OF_ARTICLE = ("appearances", "places")
_FOUND = ("statements", "events", "disputes")
_PARTIES = {
    "statement_actors": "statements",
    "event_actors": "events",
    "event_statements": "events",
    "dispute_sides": "disputes",
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """A part that is wholly there.

    Attributes:
        part: Its name.
        files: Its files, by table, from the folder's top.
        articles: Keys of its articles.
        failures: Source, reason and time of what could not be read.
    """

    part: str
    files: Mapping[str, tuple[str, ...]]
    articles: tuple[int, ...]
    failures: tuple[tuple[str, str, str], ...]


def is_folder(address: str) -> bool:
    """Tell whether an address is that of a folder: one that is there, or written with a slash."""
    return "://" not in address and (address.endswith("/") or Path(address).is_dir())


def read_manifest(line: str) -> Manifest:
    """Return the manifest that was written so."""
    told = json.loads(line)
    return Manifest(
        told["part"],
        {table: tuple(files) for table, files in told["files"].items()},
        tuple(told["articles"]),
        tuple((each[0], each[1], each[2]) for each in told["failures"]),
    )


def counting(names: Sequence[str], replaced: Mapping[str, str] | None) -> Iterator[str]:
    """Yield the manifests of the parts that count, of `manifest/PART.json`.

    Args:
        names: Those that are there.
        replaced: Of parts that were joined, in which part they are: where that one is there, they
            count no longer.
    """
    there = set(names)
    gone = {
        f"manifest/{part}.json"
        for part, joined in (replaced or {}).items()
        if f"manifest/{joined}.json" in there
    }
    yield from (name for name in names if name not in gone)


def read_manifests(folder: Path) -> Iterator[Manifest]:
    """Yield the parts of an archive in a folder of this machine.

    Raises:
        StoreError: There is no archive, or it is of another format.
    """
    about = folder / "archive.json"
    try:
        found = json.loads(about.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            f"{folder} holds no archive; `onrecord ingest SOURCE --engine ray --store {folder}/` "
            "makes one"
        ) from None
    if found != FORMAT:
        raise StoreError(f"{about} is of format {found!r}; {FORMAT!r} would be right")
    try:
        replaced = json.loads((folder / REPLACED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        replaced = None
    names = sorted(f"manifest/{path.name}" for path in (folder / "manifest").glob("*.json"))
    for name in counting(names, replaced):
        yield read_manifest((folder / name).read_text(encoding="utf-8"))


def duckdb_engine(folder: Path) -> sa.Engine:
    """Return an engine on which the folder's files look like a store's tables, to be read only.

    Raises:
        StoreError: There is no archive, or DuckDB is not installed.
    """
    parts = tuple(read_manifests(folder))
    try:
        engine = sa.create_engine("duckdb:///:memory:")
    except sa.exc.NoSuchModuleError:
        raise StoreError(
            "a folder is asked through DuckDB; `pip install 'onrecord[duckdb]'` would be right"
        ) from None
    with engine.begin() as connection:
        for command in _views(folder, parts):
            connection.exec_driver_sql(command)
    return engine


def _views(folder: Path, parts: tuple[Manifest, ...]) -> Iterator[str]:
    """Yield what makes the tables."""
    for table in TABLES:
        files = [str(folder / name) for part in parts for name in part.files.get(table.name, ())]
        yield f"CREATE VIEW raw_{table.name} AS {_source(table, files)}"
    try:
        linked = json.loads((folder / "linked.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        linked = {}
    for name, table in LINKED.items():
        files = [str(folder / each) for each in linked.get(name, ())]
        yield f"CREATE VIEW {name} AS {_source(table, files)}"
    yield from _ARTICLES
    for table in SHARED:
        yield f"CREATE VIEW {table.name} AS {_once(table)}"
    for name in _OF_ARTICLE:
        yield f"CREATE VIEW {name} AS SELECT * FROM raw_{name} WHERE {_CURRENT}"
    yield "CREATE VIEW records AS SELECT * FROM raw_records"
    yield from _found_views()
    for name, owner in _PARTIES.items():
        key = f"{owner.removesuffix('s')}_id"
        current = f"SELECT id FROM {owner}"
        every = f"CREATE VIEW {name} AS SELECT * FROM raw_{name}"
        yield f"{every} WHERE NOT {_ANY_REPLACED} OR {key} IN ({current})"
    yield f"CREATE VIEW tallies AS {_tallies()}"
    yield f"CREATE VIEW store_version AS SELECT {schema.VERSION} AS version"
    yield _failures(parts)
    for table in schema.METADATA.sorted_tables:
        yield f"CREATE VIEW IF NOT EXISTS {table.name} AS {_nothing(table)}"


_REPLACED = "SELECT article_id FROM article_links WHERE replaced_by IS NOT NULL"
_ANY_REPLACED = f"EXISTS ({_REPLACED})"
_CURRENT = f"article_id NOT IN ({_REPLACED})"
_ARTICLES = (
    "CREATE VIEW articles AS SELECT a.* REPLACE (l.story_id AS story_id, l.copy_of AS copy_of, "
    "l.replaced_by AS replaced_by) FROM raw_articles a LEFT JOIN article_links l ON "
    "l.article_id = a.id",
)


def _found_views() -> Iterator[str]:
    """Yield the views of findings: those of current articles, copied ones marked."""
    for name in ("statements", "events"):
        copied = (
            'EXISTS (SELECT 1 FROM copied c WHERE c.article_id = r.article_id AND r."start" >= '
            'c."start" AND r."start" < c."end")'
        )
        rows = f"SELECT r.* REPLACE ({copied} AS is_copy) FROM raw_{name} r"
        yield f"CREATE VIEW {name} AS {rows} WHERE {_CURRENT}"
    copied = "answer_id IN (SELECT id FROM statements WHERE is_copy)"
    rows = f"SELECT r.* REPLACE ({copied} AS is_copy) FROM raw_disputes r"
    yield f"CREATE VIEW disputes AS {rows} WHERE {_CURRENT}"


def _tallies() -> str:
    query = counted().compile(compile_kwargs={"literal_binds": True})
    names = ", ".join(column.name for column in schema.tallies.c)
    return f"SELECT * FROM ({query}) AS found({names})"


def _source(table: sa.Table, files: list[str]) -> str:
    if not files:
        return _nothing(table)
    listed = ", ".join(_quoted(each) for each in files)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = false)"


def _nothing(table: sa.Table) -> str:
    return _empty(
        f'CAST(NULL AS {_TYPES[type(column.type)]}) AS "{column.name}"' for column in table.columns
    )


def _empty(columns: Iterable[str]) -> str:
    return f"SELECT {', '.join(columns)} WHERE false"


def _once(table: sa.Table) -> str:
    """Return each row of a table that parts repeat, once: of an actor the fullest (`rows`)."""
    if "id" not in table.c:
        return f"SELECT DISTINCT * FROM raw_{table.name}"
    order = ", ".join(
        (
            "length(name)",
            *(f"coalesce({name}, '')" for name in ("name", "kind", "country", "sector", "links")),
            "CAST(unnamed AS INTEGER)",
        )
    )
    others = ", ".join(
        f'arg_max("{column.name}", ({order})) AS "{column.name}"'
        for column in table.columns
        if column.name != "id"
    )
    return f"SELECT id, {others} FROM raw_{table.name} GROUP BY id"


def _failures(parts: tuple[Manifest, ...]) -> str:
    """Return the view of what failed and was not read later, the latest reason for each."""
    told = [each for part in parts for each in part.failures]
    if not told:
        return f"CREATE VIEW failures AS {_nothing(schema.failures)}"
    rows = ", ".join(f"({', '.join(map(_quoted, each))})" for each in told)
    return (
        'CREATE VIEW failures AS SELECT row_number() OVER (ORDER BY max("at"), source) AS id, '
        'source, arg_max(reason, "at") AS reason, max("at") AS "at", 0 AS run_id '
        f'FROM (VALUES {rows}) v(source, reason, "at") '
        "WHERE source NOT IN (SELECT source FROM raw_articles) GROUP BY source"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\0", "") + "'"
