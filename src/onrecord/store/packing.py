"""A record as few bytes, and back, without loss.

A record is written as the values of its fields, in their order, without their names; a span is its
two offsets, because the article's text, which the store keeps apart, holds its characters.
"""

import dataclasses
import datetime as dt
import json
import types
import zlib
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin

from onrecord.article import Span
from onrecord.errors import StoreError
from onrecord.record import ArticleEntry, Record
from onrecord.schema import field_types

__all__ = ["FORMAT", "entry_of", "pack", "published_of", "unpack"]

FORMAT = "onrecord/1 packed/1"
LEVEL = 6
"""Of zlib: higher levels gain under one per cent and take twice the time."""


def pack(record: Record) -> bytes:
    """Return the findings of a record as bytes; the article's entry is left out."""
    values = [_write(getattr(record, name)) for name, _ in _found_fields()]
    line = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(line.encode(), LEVEL)


def unpack(packed: bytes, entry: ArticleEntry) -> Record:
    """Return the record whose findings were packed.

    Raises:
        StoreError: The bytes are damaged.
    """
    try:
        values = json.loads(zlib.decompress(packed))
        fields = _found_fields()
        found = {
            name: _read(kind, value, entry.text)
            for (name, kind), value in zip(fields, values, strict=True)
        }
    except (ValueError, TypeError, IndexError, zlib.error) as error:
        raise StoreError(
            f"the record of article {entry.id} is damaged ({error}); reading the article again "
            "(onrecord reread) would be right"
        ) from None
    return Record(article=entry, **found)


def entry_of(row: Mapping[str, Any]) -> ArticleEntry:
    """Return the entry of an article that a row of `articles` holds."""
    return ArticleEntry(
        id=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=published_of(row["published"]),
        published_from=row["published_from"],
        language=row["language"],
        text=row["text"],
        sha256=row["sha256"],
    )


def published_of(written: str | None) -> dt.date | dt.datetime | None:
    """Return a publication date that is kept as ISO 8601."""
    if written is None:
        return None
    kind = dt.datetime if len(written) > len("2022-02-02") else dt.date
    return kind.fromisoformat(written)


def _found_fields() -> tuple[tuple[str, Any], ...]:
    return tuple(each for each in field_types(Record) if each[0] not in {"article", "format"})


def _write(value: Any) -> Any:  # noqa: ANN401 (whatever a record holds)
    owner: Any = type(value)
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_write(each) for each in value]
    if dataclasses.is_dataclass(value):
        return [_write(getattr(value, name)) for name, _ in field_types(owner)]
    return value.isoformat() if isinstance(value, dt.date) else value


def _read(kind: Any, value: Any, text: str) -> Any:  # noqa: ANN401
    origin = get_origin(kind)
    if kind is Span:
        start, end = value
        return Span(start, end, text[start:end])
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], each, text) for each in value)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(_some(kind), value, text)
    if dataclasses.is_dataclass(kind):
        return _read_object(kind, value, text)
    return value


def _some(kind: Any) -> Any:  # noqa: ANN401
    """Return what an optional value is when there is one."""
    return next(each for each in get_args(kind) if each is not type(None))


def _read_object(owner: Any, values: Any, text: str) -> Any:  # noqa: ANN401
    fields = field_types(owner)
    return owner(
        **{
            name: _read(kind, value, text)
            for (name, kind), value in zip(fields, values, strict=True)
        }
    )
