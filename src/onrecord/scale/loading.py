"""An archive of Parquet files into a store, in the order in which its articles were named."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

from onrecord.copies.rewriting import Rewriting
from onrecord.errors import StoreError
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
    if folder.told("archive.json") is None:
        raise StoreError(f"{address} holds no archive; the folder of one would be right")
    manifests = list(folder.manifests())
    arrivals_of = lru_cache(maxsize=_HELD)(partial(_arrivals, folder, manifests))
    progress = Progress()
    batch: list[_Place] = []
    for place in _places(folder, manifests):
        batch.append(place)
        if len(batch) >= BATCH:
            progress = _add(store, batch, arrivals_of, run_id, progress)
            tell(progress)
            batch = []
    progress = _add(store, batch, arrivals_of, run_id, progress)
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
    arrivals_of: Callable[[int], dict[str, Arrival]],
    run_id: int,
    progress: Progress,
) -> Progress:
    """Add what the store has not, and return how far that is."""
    known = store.known(each.sha256 for each in batch)
    fresh = [arrivals_of(each.part)[each.sha256] for each in batch if each.sha256 not in known]
    added = store.add(fresh, run_id=run_id) if fresh else 0
    return Progress(progress.added + added, progress.known + len(batch) - added)


def _arrivals(folder: Folder, manifests: list[Manifest], part: int) -> dict[str, Arrival]:
    """Return the articles of a part by the hashes of their texts."""
    files = manifests[part].files
    packed = {row["article_id"]: row["packed"] for row in _rows(folder, files["records"])}
    keys: dict[int, list[int]] = defaultdict(list)
    for row in _rows(folder, files.get("copy_keys", ())):
        keys[row["article_id"]].append(row["key"])
    return {
        row["sha256"]: Arrival(
            row["source"],
            unpack(packed[row["id"]], entry_of(row)),
            Prints(tuple(keys[row["id"]]), Rewriting(row["rewriting"], row["rewriting_odds"])),
        )
        for row in _rows(folder, files["articles"])
    }


def _rows(folder: Folder, paths: Iterable[str]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from folder.read(path).to_pylist()
