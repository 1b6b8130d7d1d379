"""Records as tables: CSV, or Parquet with the columns' types."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from onrecord.article import Span
from onrecord.errors import InputError
from onrecord.export.archive import Numbered
from onrecord.export.asides import bytes_aside, folder_of, text_aside
from onrecord.record import Actor, Place, Record, Time

__all__ = ["COLUMNS", "harmless", "rows_of", "write_csv", "write_parquet"]

_TEXT, _INT, _FLOAT, _BOOL, _MANY = "string", "int64", "float64", "bool", "list"

COLUMNS: dict[str, dict[str, str]] = {
    "articles": {
        "article": _INT, "id": _TEXT, "title": _TEXT, "outlet": _TEXT, "url": _TEXT,
        "published": _TEXT, "published_from": _TEXT, "language": _TEXT, "sha256": _TEXT,
        "text": _TEXT,
    },
    "actors": {
        "article": _INT, "id": _TEXT, "name": _TEXT, "kind": _TEXT, "country": _TEXT,
        "sector": _TEXT, "title": _TEXT, "unnamed": _BOOL, "links": _MANY, "mentions": _INT,
        "confidence": _FLOAT,
    },
    "statements": {
        "article": _INT, "id": _TEXT, "speakers": _MANY, "speaker_ids": _MANY, "source": _TEXT,
        "cue": _TEXT, "content": _TEXT, "quoted": _MANY, "start": _INT, "end": _INT, "mode": _TEXT,
        "act": _TEXT, "plover": _TEXT, "cameo": _TEXT, "addressees": _MANY, "about": _MANY,
        "said_on": _TEXT, "place": _TEXT, "within": _TEXT, "denies": _MANY, "hedged": _BOOL,
        "confidence": _FLOAT,
    },
    "events": {
        "article": _INT, "id": _TEXT, "type": _TEXT, "mode": _TEXT, "cameo": _TEXT, "quad": _INT,
        "goldstein": _FLOAT, "status": _TEXT, "actors": _MANY, "actor_countries": _MANY,
        "recipients": _MANY, "recipient_countries": _MANY, "trigger": _TEXT, "sentence": _TEXT,
        "start": _INT, "end": _INT, "on": _TEXT, "place": _TEXT, "country": _TEXT, "lat": _FLOAT,
        "lon": _FLOAT, "according_to": _MANY, "disputed_by": _MANY, "label": _TEXT,
        "confidence": _FLOAT,
    },
    "disputes": {
        "article": _INT, "id": _TEXT, "kind": _TEXT, "claim": _TEXT, "answer": _TEXT,
        "topic": _TEXT, "why": _TEXT, "confidence": _FLOAT,
    },
}  # fmt: skip
"""The tables, their columns and what is in them; a list holds strings."""

_Row = dict[str, Any]
_BATCH = 500
"""Articles whose rows are written together."""


def rows_of(table: str, each: Numbered) -> list[_Row]:
    """Return the rows of one table that a record gives."""
    makers = {
        "articles": _articles,
        "actors": _actors,
        "statements": _statements,
        "events": _events,
        "disputes": _disputes,
    }
    return [{"article": each.number, **row} for row in makers[table](each.record)]


def _articles(record: Record) -> Iterator[_Row]:
    entry = record.article
    yield {
        "id": entry.id,
        "title": entry.title,
        "outlet": entry.outlet,
        "url": entry.url,
        "published": entry.published.isoformat() if entry.published else None,
        "published_from": entry.published_from,
        "language": entry.language,
        "sha256": entry.sha256,
        "text": entry.text,
    }


def _actors(record: Record) -> Iterator[_Row]:
    same = ("id", "name", "kind", "country", "sector", "title", "unnamed", "confidence")
    for actor in record.actors:
        row = {name: getattr(actor, name) for name in same}
        yield row | {"links": list(actor.links), "mentions": len(actor.mentions)}


def _statements(record: Record) -> Iterator[_Row]:
    actors = {actor.id: actor for actor in record.actors}
    same = ("id", "mode", "act", "plover", "cameo", "within", "hedged", "confidence")
    for each in record.statements:
        row = {name: getattr(each, name) for name in same}
        yield row | {
            "speakers": _names(each.speakers, actors),
            "speaker_ids": list(each.speakers),
            "source": _words(each.source),
            "cue": _words(each.cue),
            "content": _words(each.content),
            "quoted": [span.text for span in each.quoted],
            "start": each.content[0].start if each.content else None,
            "end": each.content[-1].end if each.content else None,
            "addressees": _names(each.addressees, actors),
            "about": _names(each.about, actors),
            "said_on": _date(each.said_on),
            "place": _place(each.place),
            "denies": list(each.denies),
        }


def _events(record: Record) -> Iterator[_Row]:
    actors = {actor.id: actor for actor in record.actors}
    same = ("id", "type", "mode", "cameo", "quad", "goldstein", "status", "label", "confidence")
    for each in record.events:
        row = {name: getattr(each, name) for name in same}
        yield row | {
            "actors": _names(each.actors, actors),
            "actor_countries": _countries(each.actors, actors),
            "recipients": _names(each.recipients, actors),
            "recipient_countries": _countries(each.recipients, actors),
            "trigger": _words(each.trigger),
            "sentence": each.text.text,
            "start": each.text.start,
            "end": each.text.end,
            "on": _date(each.on),
            "place": _place(each.place),
            "country": each.place.country if each.place else None,
            "lat": each.place.lat if each.place else None,
            "lon": each.place.lon if each.place else None,
            "according_to": list(each.according_to),
            "disputed_by": list(each.disputed_by),
        }


def _disputes(record: Record) -> Iterator[_Row]:
    same = ("id", "kind", "claim", "answer", "why", "confidence")
    for each in record.disputes:
        yield {name: getattr(each, name) for name in same} | {"topic": each.topic.text}


def _names(members: Sequence[str], actors: dict[str, Actor]) -> list[str]:
    return [actors[each].name for each in members]


def _countries(members: Sequence[str], actors: dict[str, Actor]) -> list[str]:
    return [code for each in members if (code := actors[each].country)]


def _words(spans: Sequence[Span]) -> str:
    return " … ".join(span.text for span in spans)


def _date(time: Time | None) -> str | None:
    return time.date if time else None


def _place(place: Place | None) -> str | None:
    return place.name if place else None


def harmless(value: object) -> object:
    """Return a cell so that a spreadsheet does not take it for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _cell(value: object) -> object:
    if isinstance(value, list):
        return harmless("; ".join(value))
    return harmless({True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value)


def write_csv(records: Iterable[Numbered], path: Path) -> int:
    """Write a folder of CSV files, one a table; return how many articles there are."""
    folder = folder_of(path)
    count = 0
    with ExitStack() as stack:
        writers = {}
        for table, columns in COLUMNS.items():
            stream = stack.enter_context(text_aside(folder / f"{table}.csv"))
            writers[table] = csv.DictWriter(stream, list(columns), lineterminator="\n")
            writers[table].writeheader()
        for each in records:
            count += 1
            for table, writer in writers.items():
                for row in rows_of(table, each):
                    writer.writerow({name: _cell(row[name]) for name in COLUMNS[table]})
    return count


def write_parquet(records: Iterable[Numbered], path: Path) -> int:
    """Write a folder of Parquet files, one a table; return how many articles there are.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise InputError("Parquet needs pyarrow: pip install 'onrecord[parquet]'") from None
    folder = folder_of(path)
    count = 0
    with ExitStack() as stack:
        writers = {}
        for table in COLUMNS:
            stream = stack.enter_context(bytes_aside(folder / f"{table}.parquet"))
            writers[table] = stack.enter_context(pq.ParquetWriter(stream, arrow_schema(table)))
        for together in _batches(records):
            count += len(together)
            for table, writer in writers.items():
                rows = [row for each in together for row in rows_of(table, each)]
                writer.write_table(_table(table, rows))
    return count


def _batches(records: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    together: list[Numbered] = []
    for each in records:
        together.append(each)
        if len(together) >= _BATCH:
            yield together
            together = []
    if together:
        yield together


def arrow_schema(table: str) -> Any:  # noqa: ANN401 (pyarrow is an extra)
    """Return a table's Arrow schema."""
    import pyarrow as pa

    kinds = {
        _TEXT: pa.string(),
        _INT: pa.int64(),
        _FLOAT: pa.float64(),
        _BOOL: pa.bool_(),
        _MANY: pa.list_(pa.string()),
    }
    return pa.schema([(name, kinds[kind]) for name, kind in COLUMNS[table].items()])


def _table(table: str, rows: list[_Row]) -> Any:  # noqa: ANN401
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=arrow_schema(table))
