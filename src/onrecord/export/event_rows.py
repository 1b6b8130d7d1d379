"""Events as POLECAT's and ICEWS's tab-separated columns.

Columns and their order are those of the weekly files of POLECAT (Dataverse, 2023) and the yearly
ones of ICEWS. POLECAT writes `None` for what is missing and `; ` between several values.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.export.archive import Numbered
from onrecord.export.asides import text_aside
from onrecord.export.filed import Filed, Pair, filed_events, pairs_of, published_day
from onrecord.knowledge.countries import countries, name_of
from onrecord.record import Actor, Record

__all__ = ["ICEWS", "POLECAT", "write_icews", "write_polecat"]

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
_NONE = "None"
_LANGUAGES = {"en": "English"}


def write_polecat(records: Iterable[Numbered], path: Path) -> int:
    """Write POLECAT's 40 columns, one event a row; return how many events."""
    return _write(records, path, POLECAT, _polecat_rows)


def write_icews(records: Iterable[Numbered], path: Path) -> int:
    """Write ICEWS's 20 columns, one source against one target a row; return how many rows."""
    return _write(records, path, ICEWS, _icews_rows)


def _write(
    records: Iterable[Numbered],
    path: Path,
    columns: Sequence[str],
    rows: Callable[[Numbered], Iterator[Sequence[Any]]],
) -> int:
    count = 0
    with text_aside(path) as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(columns)
        for each in records:
            for row in rows(each):
                writer.writerow([_flat(value) for value in row])
                count += 1
    return count


def _flat(value: object) -> object:
    """Return a value without tabs and line ends, which other readers of these files trip over."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _polecat_rows(each: Numbered) -> Iterator[list[Any]]:
    story = _story(each.record)
    for filed in filed_events(each):
        place = filed.event.place
        published = published_day(filed.article)
        yield [
            filed.key,
            filed.day.isoformat() if filed.day else _NONE,
            filed.type,
            filed.mode or _NONE,
            filed.goldstein,
            filed.quad,
            _NONE,
            *_party(filed.actors),
            *_party(filed.recipients),
            place.name if place else _NONE,
            _NONE,
            _NONE,
            _NONE,
            (name_of(place.country or "") if place else None) or _NONE,
            _or_none(place.lat if place else None),
            _or_none(place.lon if place else None),
            _or_none(place.geonames if place else None),
            place.span.text if place else _NONE,
            _NONE,
            filed.article.outlet or _NONE,
            published.isoformat() if published else _NONE,
            *story,
            _LANGUAGES.get(filed.article.language or "", _NONE),
            "OnRecord",
        ]


def _or_none(value: object) -> object:
    return _NONE if value is None else value


def _party(actors: Sequence[Actor]) -> list[str]:
    """Return the eight columns of one side."""
    cows = {code: country.cow for code, country in countries().items()}
    links = (link for actor in actors for link in actor.links if link.startswith("wikipedia:"))
    first = [actor.mentions[0].text if actor.mentions else actor.name for actor in actors]
    return [
        _joined(actor.name for actor in actors),
        _joined(name_of(actor.country or "") or actor.country for actor in actors),
        _joined(str(cow) for actor in actors if (cow := cows.get(actor.country or ""))),
        _joined(actor.sector for actor in actors[:1]),
        _joined(actor.sector for actor in actors),
        _joined(actor.title for actor in actors),
        _joined(first),
        _joined(link.partition(":")[2] for link in links),
    ]


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value for value in values if value) or _NONE


def _story(record: Record) -> tuple[str, str, str]:
    """Return the people, organizations and places that an article names."""
    people = (actor.name for actor in record.actors if _is(actor, "person"))
    bodies = (actor.name for actor in record.actors if _is(actor, "organization"))
    places = dict.fromkeys(place.name for place in record.places)
    return _joined(people), _joined(bodies), _joined(places)


def _is(actor: Actor, kind: str) -> bool:
    return actor.kind == kind and not actor.unnamed


def _icews_rows(each: Numbered) -> Iterator[list[Any]]:
    for filed in filed_events(each):
        for number, pair in enumerate(pairs_of(filed)):
            yield _icews_row(filed, pair, number, _sentence_number(each.record, filed))


def _icews_row(filed: Filed, pair: Pair, number: int, sentence: int) -> list[Any]:
    place = filed.event.place
    return [
        f"{filed.key}.{number}" if number else filed.key,
        filed.day.isoformat() if filed.day else "",
        *_icews_party(pair.source),
        " ".join(span.text for span in filed.event.trigger),
        filed.cameo,
        filed.goldstein,
        *_icews_party(pair.target),
        filed.article.id,
        sentence,
        filed.article.outlet or "",
        place.name if place else "",
        "",
        "",
        (name_of(place.country or "") if place else None) or "",
        place.lat if place and place.lat is not None else "",
        place.lon if place and place.lon is not None else "",
    ]


def _icews_party(actor: Actor | None) -> list[str]:
    if actor is None:
        return ["", "", ""]
    return [actor.name, actor.sector or "", name_of(actor.country or "") or actor.country or ""]


def _sentence_number(record: Record, filed: Filed) -> int:
    """Return which of the article's sentences with events it is, counted from 1."""
    starts = sorted({event.text.start for event in record.events})
    return starts.index(filed.event.text.start) + 1
