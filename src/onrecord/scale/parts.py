"""Write an archive in parts, as Parquet, where fsspec reaches; a part is there wholly or not.

A part's name follows from its articles, so that the same work done twice writes the same files. It
counts when its manifest is written, last of all.
"""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.answers import Failed
from onrecord.store.folder import FORMAT, TABLES, Manifest, read_manifest
from onrecord.store.parts import by_month, key_of, rows_of
from onrecord.store.rows import Row
from onrecord.store.writing import Arrival

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Folder", "table_of"]

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
        self._system: fsspec.AbstractFileSystem
        self._system, self._root = fsspec.core.url_to_fs(address.rstrip("/"))

    def begin(self) -> None:
        """Make the folder if there is none.

        Raises:
            StoreError: Something else is there.
        """
        about = f"{self._root}/archive.json"
        if self._system.exists(about):
            found = json.loads(self._system.cat_file(about)).get("format")
            if found != FORMAT:
                raise StoreError(f"{about} is of format {found!r}; {FORMAT!r} would be right")
            return
        if self._system.exists(self._root) and self._system.ls(self._root):
            raise StoreError(
                f"{self.address} holds something that is no archive; an empty folder would be right"
            )
        self._put("archive.json", json.dumps({"format": FORMAT}))

    def manifests(self) -> list[Manifest]:
        """Return the parts that are wholly there, by name."""
        paths = self._system.glob(f"{self._root}/manifest/*.json")
        return [read_manifest(self._system.cat_file(path).decode()) for path in sorted(paths)]

    def write(
        self,
        arrivals: Sequence[Arrival],
        positions: Sequence[int],
        failed: Iterable[Failed],
    ) -> Manifest:
        """Write the files of a part, and return the manifest that `commit` makes it count by.

        Args:
            arrivals: Articles of different texts.
            positions: Their places in what was read.
            failed: What could not be read beside them.
        """
        made = rows_of(arrivals) if arrivals else {table.name: [] for table in TABLES}
        places = {
            key_of("articles", each.record.article.sha256): position
            for each, position in zip(arrivals, positions, strict=True)
        }
        failures = tuple((each.source, each.reason, each.at) for each in failed)
        articles = sorted(places)
        part = f"{key_of('part', *articles, *(source for source, _, _ in failures)):016x}"
        files: dict[str, list[str]] = {}
        for name, month, rows in by_month(made):
            path = f"data/{name}/{f'month={month}/' if month else ''}{part}.parquet"
            table = table_of(schema.METADATA.tables[name], rows)
            if name == "articles":
                placed = [[places[row["id"]] for row in rows]]
                table = table.append_column("position", placed)
            self._write(path, table)
            files.setdefault(name, []).append(path)
        keys = list(_key_rows(arrivals, positions))
        if keys:
            path = f"data/copy_keys/{part}.parquet"
            self._write(path, table_of(KEYS, keys))
            files["copy_keys"] = [path]
        told = {name: tuple(paths) for name, paths in files.items()}
        return Manifest(part, told, tuple(articles), failures)

    def commit(self, manifest: Manifest) -> None:
        """Make a part count."""
        line = {
            "part": manifest.part,
            "files": manifest.files,
            "articles": manifest.articles,
            "failures": manifest.failures,
        }
        self._put(f"manifest/{manifest.part}.json", json.dumps(line))

    def link(self, name: str, table: "pa.Table") -> None:
        """Write what comparing all articles gave."""
        self._write(f"linked/{name}.parquet", table)

    def paths(self, table: str) -> list[str]:
        """Return where the files of a table are, of the parts that count."""
        found = [path for each in self.manifests() for path in each.files.get(table, ())]
        return [f"{self._root}/{path}" for path in found]

    def read(self, table: str, columns: Sequence[str]) -> "pa.Table":
        """Return columns of a table, in memory."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        tables = [
            pq.ParquetFile(self._system.open(path)).read(columns=list(columns))
            for path in self.paths(table)
        ]
        return pa.concat_tables(tables) if tables else pa.table({name: [] for name in columns})

    @property
    def system(self) -> Any:  # noqa: ANN401 (fsspec has no types)
        """The file system, for what reads the files itself."""
        return self._system

    def _write(self, path: str, table: "pa.Table") -> None:
        """Write a file beside and move it to its place: half a file is never there."""
        import pyarrow.parquet as pq

        whole = f"{self._root}/{path}"
        self._system.makedirs(whole.rpartition("/")[0], exist_ok=True)
        with self._system.open(f"{whole}.part", "wb") as file:
            pq.write_table(table, file, compression="zstd")
        self._system.mv(f"{whole}.part", whole)

    def _put(self, path: str, text: str) -> None:
        whole = f"{self._root}/{path}"
        self._system.makedirs(whole.rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(f"{whole}.part", text.encode())
        self._system.mv(f"{whole}.part", whole)


def _key_rows(arrivals: Sequence[Arrival], positions: Sequence[int]) -> Iterable[Row]:
    for each, position in zip(arrivals, positions, strict=True):
        keys = each.known_prints.keys
        article = key_of("articles", each.record.article.sha256)
        for key in keys:
            yield {"key": key, "article_id": article, "position": position, "among": len(keys)}


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
