"""Take in what many machines will read: the articles of all sources, each with its place.

    sources.json                 what was ever named, in order: a source's number is its place here
    taken/GROUP.json             a group of sources that has been taken in, and its files
    taken/GROUP-NUMBER.parquet   its articles

An article's place is made of the number of its source and of its own within, so that it is the same
however often and by whom it is taken in. `taken` is kept until all of it has been read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.article import Article
from onrecord.intake.normalise import normalised
from onrecord.intake.outcomes import Intake, Refused, Taken
from onrecord.intake.remote import is_remote, print_of
from onrecord.intake.sources import take
from onrecord.intake.web import is_url
from onrecord.scale.parts import Folder
from onrecord.store.packing import published_of
from onrecord.store.parts import key_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Group", "Source", "article_of", "groups_of", "number_sources", "stage"]

ROWS = 1_000
"""Articles of one file: what a machine has to hold at once to get at one of them."""
_FILES, _BYTES = 500, 64_000_000
"""What one group has at most, of small sources; a large one is a group of its own."""
_COLUMNS = (
    ("position", "int64"),
    ("key", "int64"),
    *(
        (name, "string")
        for name in (
            *("source", "refused", "text", "id", "title", "outlet", "url"),
            *("published", "published_from", "language"),
        )
    ),
)
_BITS = 32
"""Articles that one source can have, as a power of two."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something with articles in it.

    Attributes:
        number: Its place among all that were ever named.
        name: As it was named.
        address: As another machine finds it.
        size: Bytes, 0 where that is not known.
        state: By what a change is noticed.
    """

    number: int
    name: str
    address: str
    size: int
    state: str


@dataclass(frozen=True, slots=True)
class Group:
    """Sources that are taken in together; the name changes when one of them does."""

    sources: tuple[Source, ...]

    @property
    def name(self) -> str:
        """What its files are called."""
        told = (part for each in self.sources for part in (each.number, each.state))
        return f"{self.sources[0].number:08d}-{key_of('group', *told):016x}"


def number_sources(folder: Folder, names: Iterable[str]) -> list[Source]:
    """Give each source its number, the same as in earlier runs, in order of the numbers."""
    known: list[str] = folder.told("sources.json") or []
    numbers = {name: number for number, name in enumerate(known)}
    wanted = list(dict.fromkeys(names))
    fresh = [name for name in wanted if name not in numbers]
    if fresh:
        folder.tell("sources.json", [*known, *fresh])
        numbers |= {name: number for number, name in enumerate(fresh, len(known))}
    return sorted((_source(numbers[name], name) for name in wanted), key=lambda each: each.number)


def _source(number: int, name: str) -> Source:
    if is_url(name):
        return Source(number, name, name, 0, "")
    address = name if is_remote(name) else str(Path(name).resolve())
    size, state = print_of(address)
    return Source(number, name, address, size, state)


def groups_of(sources: Iterable[Source]) -> list[Group]:
    """Return the sources in groups of about the same size, in their order."""
    groups: list[list[Source]] = []
    size = _BYTES
    for each in sources:
        if size + each.size > _BYTES or len(groups[-1]) >= _FILES:
            groups.append([])
            size = 0
        groups[-1].append(each)
        size += each.size
    return [Group(tuple(members)) for members in groups]


def stage(folder: Folder, group: Group, intake: Intake) -> list[str]:
    """Take a group in, unless it has been, and return the files with its articles."""
    told = folder.told(f"taken/{group.name}.json")
    if told is not None:
        return list(told)
    files: list[str] = []
    rows: list[dict[str, Any]] = []
    for source in group.sources:
        for row in _rows(source, intake):
            rows.append(row)
            if len(rows) >= ROWS:
                files.append(_write(folder, group, len(files), rows))
                rows = []
    if rows:
        files.append(_write(folder, group, len(files), rows))
    folder.tell(f"taken/{group.name}.json", files)
    return files


def _rows(source: Source, intake: Intake) -> Iterator[dict[str, Any]]:
    for row, found in enumerate(take(source.address, intake)):
        name = found.source.replace(source.address, source.name, 1)
        place = {"position": source.number << _BITS | row, "source": name}
        yield place | _row(found)


def _row(found: Taken | Refused) -> dict[str, Any]:
    if isinstance(found, Refused):
        return {"refused": str(found.error)}
    article = normalised(found.article)
    return {
        "key": key_of("articles", article.sha256),
        "text": article.text,
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "language": article.language,
    }


def article_of(row: Mapping[str, Any]) -> Taken:
    """Return the article that a row of `taken` holds."""
    names = ("text", "id", "title", "outlet", "url", "published_from", "language")
    fields = {name: row[name] for name in names}
    return Taken(row["source"], Article(published=published_of(row["published"]), **fields))


def _write(folder: Folder, group: Group, number: int, rows: Sequence[dict[str, Any]]) -> str:
    path = f"taken/{group.name}-{number:06d}.parquet"
    folder.write(path, _table(rows))
    return path


def _table(rows: Sequence[dict[str, Any]]) -> "pa.Table":
    import pyarrow as pa

    fields = [(name, getattr(pa, kind)()) for name, kind in _COLUMNS]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(fields))
