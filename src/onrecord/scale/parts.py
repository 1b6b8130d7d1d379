"""Write an archive in parts, as Parquet, where fsspec reaches; a part is there wholly or not.

A part's name follows from its articles, so that the same work done twice writes the same files. It
counts when its manifest is written, last of all.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.answers import Failed
from onrecord.store.folder import (
    FORMAT,
    REPLACED,
    TABLES,
    Manifest,
    counting,
    read_manifest,
)
from onrecord.store.parts import by_month, key_of, rows_of
from onrecord.store.rows import Row
from onrecord.store.writing import Arrival

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Folder", "table_of", "write_part"]

KEYS = sa.Table(
    "copy_keys",
    sa.MetaData(),
    sa.Column("key", sa.BigInteger),
    sa.Column("article_id", sa.BigInteger),
    sa.Column("position", sa.BigInteger),
    sa.Column("among", sa.BigInteger),
)
"""What articles are compared by; `position` is the article's place in what was read, `among` the
number of its keys."""


class Folder:
    """An archive that can be written to.

    Args:
        address: A folder, or a URL that fsspec knows (`s3://bucket/archive`).
    """

    def __init__(self, address: str) -> None:
        try:
            import fsspec
            import pyarrow.parquet  # noqa: F401 (what is needed is told at once)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"writing a folder needs {error.name}; `pip install 'onrecord[cluster]'` would be "
                "right"
            ) from None
        self.address = address
        self._system: Any
        self._system, self._root = fsspec.core.url_to_fs(address.rstrip("/"))

    def begin(self) -> None:
        """Make the folder if there is none.

        Raises:
            StoreError: Something else is there.
        """
        if self._system.exists(f"{self._root}/archive.json"):
            found = self.told("archive.json").get("format")
            if found != FORMAT:
                raise StoreError(
                    f"{self.address} is of format {found!r}; {FORMAT!r} would be right"
                )
            return
        if self._system.exists(self._root) and self._system.ls(self._root):
            raise StoreError(
                f"{self.address} holds something that is no archive; an empty folder would be right"
            )
        self.tell("archive.json", {"format": FORMAT})

    def require(self) -> None:
        """Make sure that there is an archive.

        Raises:
            StoreError: There is none.
        """
        if self.told("archive.json") is None:
            raise StoreError(f"{self.address} holds no archive; the folder of one would be right")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs on this machine's disks from writing here; ends with its process.

        Object stores know no locks: there, nothing is kept out.

        Raises:
            StoreError: Another run writes to the folder.
        """
        try:
            import fcntl
        except ModuleNotFoundError:  # Windows
            yield
            return
        if "file" not in self._system.protocol:
            yield
            return
        with (Path(self._root) / "writing.lock").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(
                    f"another run writes to {self.address}; this one would be right after it"
                ) from None
            yield

    def manifests(self) -> Iterator[Manifest]:
        """Yield the parts that count, by name."""
        for path in counting(self.names("manifest/*.json"), self.told(REPLACED)):
            yield self.manifest(path)

    def manifest(self, path: str) -> Manifest:
        """Return what a manifest says."""
        return read_manifest(self._system.cat_file(f"{self._root}/{path}").decode())

    def commit(self, manifest: Manifest) -> None:
        """Make a part count."""
        self.tell(f"manifest/{manifest.part}.json", asdict(manifest))

    def link(self, files: Mapping[str, Sequence[str]]) -> None:
        """Let what comparing all articles gave count, by table, in place of what was there."""
        earlier = self.told("linked.json") or {}
        self.tell("linked.json", {name: list(paths) for name, paths in files.items()})
        for path in (path for paths in earlier.values() for path in paths):
            self.remove(path)

    def paths(self, *tables: str) -> list[list[str]]:
        """Return the files of each table, of the parts that count, from the folder's top."""
        found: dict[str, list[str]] = {table: [] for table in tables}
        for manifest in self.manifests():
            for table in tables:
                found[table] += manifest.files.get(table, ())
        return list(found.values())

    def names(self, pattern: str) -> list[str]:
        """Return the files that fit a pattern, from the folder's top, in order."""
        found = self._system.glob(f"{self._root}/{pattern}")
        return sorted(path[len(self._root) + 1 :] for path in found)

    def read(self, path: str, columns: Sequence[str] | None = None) -> "pa.Table":
        """Return a Parquet file's table, or columns of it."""
        import pyarrow.parquet as pq

        with self._system.open(f"{self._root}/{path}", "rb") as file:
            return pq.read_table(file, columns=list(columns) if columns else None)

    def write(self, path: str, table: "pa.Table") -> None:
        """Write a Parquet file beside and move it to its place: half a file is never there."""
        import pyarrow.parquet as pq

        with self._beside(path) as beside, self._system.open(beside, "wb") as file:
            pq.write_table(table, file, compression="zstd")

    def told(self, path: str) -> Any:  # noqa: ANN401 (whatever JSON says)
        """Return what a JSON file says, or None if there is none."""
        try:
            return json.loads(self._system.cat_file(f"{self._root}/{path}"))
        except FileNotFoundError:
            return None

    def tell(self, path: str, what: object) -> None:
        """Write a JSON file, whole or not at all."""
        with self._beside(path) as beside:
            self._system.pipe_file(beside, json.dumps(what).encode())

    def remove(self, path: str) -> None:
        """Remove a file, or a folder with all that is in it, if it is there."""
        whole = f"{self._root}/{path}"
        if self._system.exists(whole):
            self._system.rm(whole, recursive=True)

    @contextmanager
    def _beside(self, path: str) -> Iterator[str]:
        """Give a path beside the one that it is moved to."""
        whole = f"{self._root}/{path}"
        beside = f"{whole}.{uuid.uuid4().hex}.part"
        self._system.makedirs(whole.rpartition("/")[0], exist_ok=True)
        yield beside
        self._system.mv(beside, whole)


def write_part(
    folder: Folder,
    arrivals: Sequence[Arrival],
    positions: Mapping[str, int],
    failed: Iterable[Failed] = (),
) -> Manifest:
    """Write the files of a part, and return the manifest that `commit` makes it count by.

    Args:
        folder: Where to.
        arrivals: Articles of different texts.
        positions: Their places in what was read, by their texts' hashes.
        failed: What could not be read beside them.
    """
    made = rows_of(arrivals) if arrivals else {table.name: [] for table in TABLES}
    places = {key_of("articles", sha256): position for sha256, position in positions.items()}
    articles = sorted(row["id"] for row in made["articles"])
    failures = tuple((each.source, each.reason, each.at) for each in failed)
    part = f"{key_of('part', *articles, *(source for source, _, _ in failures)):016x}"
    files: dict[str, list[str]] = {}
    for name, month, rows in by_month(made):
        path = f"data/{name}/{f'month={month}/' if month else ''}{part}.parquet"
        table = table_of(schema.METADATA.tables[name], rows)
        if name == "articles":
            table = table.append_column("position", [[places[row["id"]] for row in rows]])
        folder.write(path, table)
        files.setdefault(name, []).append(path)
    keys = list(_key_rows(arrivals, places))
    if keys:
        files["copy_keys"] = [f"data/copy_keys/{part}.parquet"]
        folder.write(files["copy_keys"][0], table_of(KEYS, keys))
    told = {name: tuple(paths) for name, paths in files.items()}
    return Manifest(part, told, tuple(articles), failures)


def _key_rows(arrivals: Iterable[Arrival], places: Mapping[int, int]) -> Iterator[Row]:
    for each in arrivals:
        keys = each.known_prints.keys
        article = key_of("articles", each.record.article.sha256)
        for key in keys:
            row = {"key": key, "article_id": article}
            yield row | {"position": places[article], "among": len(keys)}


def table_of(table: sa.Table, rows: Sequence[Row]) -> "pa.Table":
    """Return rows as an Arrow table of the columns of a store's table."""
    import pyarrow as pa

    kinds = {
        sa.BigInteger: pa.int64(),
        sa.Integer: pa.int64(),
        sa.Text: pa.string(),
        sa.Boolean: pa.bool_(),
        sa.Float: pa.float64(),
        sa.LargeBinary: pa.binary(),
    }
    fields = [(column.name, kinds[type(column.type)]) for column in table.columns]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(fields))
