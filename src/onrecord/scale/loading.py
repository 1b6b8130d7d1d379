"""An archive of Parquet files into a store, in the order in which its articles were named."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from onrecord.copies.rewriting import Rewriting
from onrecord.scale.ingest import BATCH, Progress
from onrecord.scale.parts import Folder
from onrecord.store.answers import Failed
from onrecord.store.archive import Store
from onrecord.store.copying import Prints
from onrecord.store.folder import Manifest
from onrecord.store.packing import entry_of, unpack
from onrecord.store.writing import Arrival

__all__ = ["load"]


class _Place(NamedTuple):
    """Where an article is, and which."""

    part: int
    sha256: str


_HELD = 4
"""Parts that are held in memory: what stands together was mostly read together."""


class _Part:
    """The articles of a part, unpacked one by one: a joined part has thousands."""

    def __init__(self, folder: Folder, files: Mapping[str, Sequence[str]]) -> None:
        self._packed = {
            row["article_id"]: row["packed"] for row in _rows(folder, files.get("records", ()))
        }
        self._keys: dict[int, list[int]] = defaultdict(list)
        for row in _rows(folder, files.get("copy_keys", ())):
            self._keys[row["article_id"]].append(row["key"])
        self._rows = {row["sha256"]: row for row in _rows(folder, files.get("articles", ()))}

    def arrival(self, sha256: str) -> Arrival:
        """Return the article whose text has this hash."""
        row = self._rows[sha256]
        return Arrival(
            row["source"],
            unpack(self._packed[row["id"]], entry_of(row)),
            Prints(
                tuple(self._keys[row["id"]]), Rewriting(row["rewriting"], row["rewriting_odds"])
            ),
        )


def load(
    store: Store,
    address: str,
    *,
    run_id: int,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Write the articles of an archive into a store, as if they had been read into it in order.

    Stopped at any moment, the store has every batch wholly or not at all; a later run goes on.

    Args:
        store: Where to.
        address: The archive.
        run_id: From `Store.begin_run`.
        tell: Called after each batch.

    Raises:
        StoreError: There is no archive.
    """
    folder = Folder(address)
    folder.require()
    manifests = list(folder.manifests())

    @lru_cache(maxsize=_HELD)
    def part_of(number: int) -> _Part:
        return _Part(folder, manifests[number].files)

    progress = Progress()
    batch: list[_Place] = []
    for place in _places(folder, manifests):
        batch.append(place)
        if len(batch) >= BATCH:
            progress = _add(store, batch, part_of, run_id, progress)
            tell(progress)
            batch = []
    progress = _add(store, batch, part_of, run_id, progress)
    failed = [Failed(*each) for manifest in manifests for each in manifest.failures]
    store.add((), failed, run_id=run_id)
    return Progress(progress.added, progress.known, len(failed))


def _places(folder: Folder, manifests: list[Manifest]) -> Iterator[_Place]:
    """Yield, in order of the articles, which part each is in, and its text's hash."""
    import pyarrow as pa

    tables = []
    for number, manifest in enumerate(manifests):
        for path in manifest.files.get("articles", ()):
            table = folder.read(path, ("position", "sha256"))
            part = pa.array([number] * table.num_rows, pa.int64())
            tables.append(table.append_column("part", part))
    if tables:
        ordered = pa.concat_tables(tables).sort_by("position")
        for some in ordered.to_batches(max_chunksize=BATCH):
            yield from (_Place(row["part"], row["sha256"]) for row in some.to_pylist())


def _add(
    store: Store,
    batch: list[_Place],
    part_of: Callable[[int], _Part],
    run_id: int,
    progress: Progress,
) -> Progress:
    """Add what the store has not, and return how far that is."""
    known = store.known(each.sha256 for each in batch)
    fresh = [part_of(each.part).arrival(each.sha256) for each in batch if each.sha256 not in known]
    added = store.add(fresh, run_id=run_id) if fresh else 0
    return Progress(progress.added + added, progress.known + len(batch) - added)


def _rows(folder: Folder, paths: Iterable[str]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from folder.read(path).to_pylist()
