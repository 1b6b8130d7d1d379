"""Join the small parts of an archive of Parquet files: many short runs leave many small files.

    replaced.json                                 which part stands in another's place

The parts that are joined and the one that they are joined into change places in one moment: when
that one's manifest is there, `replaced.json`, which was written before, tells that theirs count no
longer. What is killed before or after leaves an archive with the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.scale.parts import Folder
from onrecord.store.folder import REPLACED, SHARED, Manifest
from onrecord.store.parts import key_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ARTICLES", "Compacted", "compact"]

ARTICLES = 10_000
"""What a joined part has at most: who loads it holds its texts and packed records at once."""
_ONCE = frozenset(table.name for table in SHARED)


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many parts and files an archive had, and has."""

    parts_before: int = 0
    parts_after: int = 0
    files_before: int = 0
    files_after: int = 0


def compact(address: str, *, most: int = ARTICLES) -> Compacted:
    """Join small parts that stand near each other in the order of the articles.

    Args:
        address: The archive: a folder, or a URL that fsspec knows.
        most: Articles of a joined part.

    Raises:
        StoreError: There is no archive, or another run writes to it.
    """
    folder = Folder(address)
    folder.require()
    with folder.alone():
        _finish(folder)
        parts, files = _size(folder)
        for group in list(_groups(folder, most)):
            joined = _join(folder, group)
            folder.tell(REPLACED, {each.part: joined.part for each in group})
            folder.commit(joined)
            _finish(folder)
        parts_after, files_after = _size(folder)
    return Compacted(parts, parts_after, files, files_after)


def _finish(folder: Folder) -> None:
    """Remove what joined parts have replaced."""
    replaced: dict[str, str] = folder.told(REPLACED) or {}
    there = set(folder.names("manifest/*.json"))
    for part, joined in replaced.items():
        path = f"manifest/{part}.json"
        if path in there and f"manifest/{joined}.json" in there:
            for files in folder.manifest(path).files.values():
                for file in files:
                    folder.remove(file)
            folder.remove(path)
    folder.remove(REPLACED)


def _size(folder: Folder) -> tuple[int, int]:
    parts = files = 0
    for manifest in folder.manifests():
        parts += 1
        files += sum(map(len, manifest.files.values()))
    return parts, files


def _groups(folder: Folder, most: int) -> Iterator[list[Manifest]]:
    """Yield what is to be joined, of two parts or more, in the order of their articles."""
    small = [each for each in folder.manifests() if len(each.articles) * 2 <= most]
    group: list[Manifest] = []
    held = 0
    for each in sorted(small, key=lambda part: (_first(folder, part), part.part)):
        if group and held + len(each.articles) > most:
            if len(group) > 1:
                yield group
            group, held = [], 0
        group.append(each)
        held += len(each.articles)
    if len(group) > 1:
        yield group


def _first(folder: Folder, part: Manifest) -> int:
    """Return the place of a part's first article; -1 where nothing could be read."""
    import pyarrow.compute as pc

    tables = (folder.read(path, ("position",)) for path in part.files.get("articles", ()))
    return min((pc.min(table["position"]).as_py() for table in tables), default=-1)


def _join(folder: Folder, group: Sequence[Manifest]) -> Manifest:
    """Write the files of a part that holds what all of these hold, and return its manifest."""
    articles = sorted({article for each in group for article in each.articles})
    failures = tuple(failure for each in group for failure in each.failures)
    part = f"{key_of('joined', *(each.part for each in group)):016x}"
    files: dict[str, list[str]] = {}
    for name, place, paths in _places(group):
        path = f"{place}/{part}.parquet"
        folder.write(path, _joined(folder, name, paths))
        files.setdefault(name, []).append(path)
    told = {name: tuple(paths) for name, paths in files.items()}
    return Manifest(part, told, tuple(articles), failures)


def _places(group: Sequence[Manifest]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each table and folder (of a month, if it has any) with the files that lie there."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in group:
        for name, paths in each.files.items():
            for path in paths:
                found.setdefault((name, path.rpartition("/")[0]), []).append(path)
    for (name, place), together in sorted(found.items()):
        yield name, place, together


def _joined(folder: Folder, name: str, paths: Sequence[str]) -> "pa.Table":
    """Return the rows of all files: articles in their order, what parts repeat only once."""
    import pyarrow as pa

    table = pa.concat_tables([folder.read(path) for path in paths])
    if name == "articles":
        return table.sort_by("position")
    if name in _ONCE:
        return table.group_by(table.column_names, use_threads=False).aggregate([])
    return table
