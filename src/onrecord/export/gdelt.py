"""GDELT 2.0: events, mentions, and the Global Knowledge Graph's quotations.

Columns are those of GDELT's codebooks (Event Database 2.0; GKG 2.1); files have no line of names.
What GDELT takes from sources that we do not have (tone, themes, regions and numbers of places) is
empty.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onrecord.export.archive import Numbered
from onrecord.export.asides import text_aside
from onrecord.export.filed import Pair, filed_events, pairs_of
from onrecord.knowledge.countries import countries
from onrecord.knowledge.country_codes import fips_of
from onrecord.record import Actor, ArticleEntry, Place, Record

__all__ = ["write_events", "write_gkg", "write_mentions"]

_APART = str.maketrans("#;", "  ")
"""What stands between places and their parts in GKG."""
EVENT_COLUMNS, MENTION_COLUMNS, GKG_COLUMNS = 61, 16, 27
_COUNTRY, _US_CITY, _CITY = 1, 3, 4
"""GDELT's kinds of places: a country, a city of the United States, another city."""
_WEB, _CITATION = 1, 2
"""GDELT's kinds of sources: a page, or another document that is cited by its name."""


def write_events(records: Iterable[Numbered], path: Path) -> int:
    """Write the 61 columns of GDELT's event table; return how many rows."""
    return _write(path, (row for each in records for row in _events(each)))


def write_mentions(records: Iterable[Numbered], path: Path) -> int:
    """Write the 16 columns of GDELT's mentions table; return how many rows."""
    return _write(path, (row for each in records for row in _mentions(each)))


def write_gkg(records: Iterable[Numbered], path: Path) -> int:
    """Write the 27 columns of GKG 2.1, one article a row; return how many."""
    return _write(path, (_knowledge(each) for each in records))


def _write(path: Path, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with text_aside(path) as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE,
                            escapechar=None, quotechar=None)  # fmt: skip
        for row in rows:
            writer.writerow([_flat(value) for value in row])
            count += 1
    return count


def _flat(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _number(pair: Pair, place: int) -> int:
    """Return a whole number that stands for an event's row, the same in events and mentions."""
    article, _, finding = pair.filed.key.partition("/e")
    return (int(article) * 1000 + int(finding)) * 100 + place


def _events(each: Numbered) -> Iterator[list[Any]]:
    for filed in filed_events(each):
        for place, pair in enumerate(pairs_of(filed)):
            yield _event(pair, place)


def _event(pair: Pair, place: int) -> list[Any]:
    filed = pair.filed
    added = _stamp(filed.article)
    where = filed.event.place
    return [
        _number(pair, place),
        *_dates(filed.day),
        *_actor(pair.source),
        *_actor(pair.target),
        int(filed.event.text.start == 0),
        filed.cameo,
        filed.cameo[:3],
        filed.cameo[:2],
        filed.quad,
        filed.goldstein,
        len(filed.event.trigger),
        1,
        1,
        "",
        *_geo(None),
        *_geo(None),
        *_geo(where),
        added,
        filed.article.url or filed.article.id,
    ]


def _dates(day: dt.date | None) -> list[Any]:
    """Return the day as GDELT writes it: 20220202, 202202, 2022, 2022.0877."""
    if day is None:
        return ["", "", "", ""]
    fraction = round(day.year + (day.timetuple().tm_yday - 1) / 365, 4)
    return [f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", fraction]


def _stamp(article: ArticleEntry) -> str:
    published = article.published
    if isinstance(published, dt.datetime):
        zoned = published.astimezone(dt.UTC) if published.tzinfo else published
        return f"{zoned:%Y%m%d%H%M%S}"
    return f"{published:%Y%m%d}000000" if published else ""


def _actor(actor: Actor | None) -> list[str]:
    """Return the ten columns of an actor; its code is country and role, as CAMEO writes it."""
    if actor is None:
        return [""] * 10
    country = actor.country if actor.country not in {"IGO", "NGO"} else ""
    role = actor.sector or ""
    group = actor.country if actor.country in {"IGO", "NGO"} else ""
    code = f"{country or ''}{role}" or group or ""
    return [code, actor.name.upper(), country or "", group or "", "", "", "", role, "", ""]


def _geo(place: Place | None) -> list[Any]:
    """Return the eight columns of a place; a country's number is its FIPS code."""
    if place is None:
        return [0, "", "", "", "", "", "", ""]
    known = countries().get(place.country or "")
    country = known.name if known else ""
    is_country = place.name == country
    kind = _COUNTRY if is_country else _US_CITY if place.country == "USA" else _CITY
    fips = fips_of(place.country)
    name = place.name if is_country or not country else f"{place.name}, {country}"
    at = ("" if value is None else value for value in (place.lat, place.lon))
    return [kind, name, fips, "", "", *at, fips if is_country else ""]


def _mentions(each: Numbered) -> Iterator[list[Any]]:
    article = each.record.article
    starts = sorted({event.text.start for event in each.record.events})
    for filed in filed_events(each):
        for place, pair in enumerate(pairs_of(filed)):
            for trigger in filed.event.trigger:
                yield [
                    _number(pair, place),
                    f"{filed.day:%Y%m%d}000000" if filed.day else "",
                    _stamp(article),
                    _WEB if article.url else _CITATION,
                    _host(article),
                    article.url or article.id,
                    starts.index(filed.event.text.start) + 1,
                    _offset(pair.source, trigger.start),
                    _offset(pair.target, trigger.start),
                    trigger.start,
                    1,
                    round(filed.event.confidence * 100 / 10) * 10,
                    len(article.text),
                    "",
                    "",
                    "",
                ]


def _host(article: ArticleEntry) -> str:
    return urlsplit(article.url or "").hostname or article.outlet or ""


def _offset(actor: Actor | None, near: int) -> int:
    """Return where the actor is named nearest to the event, or -1."""
    if actor is None or not actor.mentions:
        return -1
    return min((mention.start for mention in actor.mentions), key=lambda at: abs(at - near))


def _knowledge(each: Numbered) -> list[Any]:
    record, article = each.record, each.record.article
    stamp = _stamp(article)
    people = [actor for actor in record.actors if actor.kind == "person" and not actor.unnamed]
    bodies = [actor for actor in record.actors if actor.kind == "organization"]
    row: list[Any] = [""] * GKG_COLUMNS
    row[0] = f"{stamp}-{each.number}"
    row[1] = stamp
    row[2] = _WEB if article.url else _CITATION
    row[3] = _host(article)
    row[4] = article.url or article.id
    row[9], row[10] = _located(record.places)
    row[11], row[12] = _named(people)
    row[13], row[14] = _named(bodies)
    row[22] = "#".join(_quotations(record))
    row[23] = ";".join(f"{actor.name},{at}" for actor, at in _mentioned([*people, *bodies]))
    return row


def _located(places: Sequence[Place]) -> tuple[str, str]:
    """Return places, each once, and every mention of one with its offset."""
    fields = [[str(value).translate(_APART) for value in _geo(place)] for place in places]
    plain = dict.fromkeys("#".join([*each[:4], *each[5:]]) for each in fields)
    at = (place.span.start for place in places)
    full = ("#".join([*each, str(start)]) for each, start in zip(fields, at, strict=True))
    return ";".join(plain), ";".join(full)


def _named(actors: Sequence[Actor]) -> tuple[str, str]:
    """Return names, and names with offsets."""
    plain = ";".join(dict.fromkeys(actor.name for actor in actors))
    return plain, ";".join(f"{actor.name},{at}" for actor, at in _mentioned(actors))


def _mentioned(actors: Sequence[Actor]) -> Iterator[tuple[Actor, int]]:
    for actor in actors:
        for mention in actor.mentions:
            yield actor, mention.start


def _quotations(record: Record) -> Iterator[str]:
    """Yield each quotation as `offset|length|verb|quotation`."""
    for statement in record.statements:
        verb = " ".join(span.text for span in statement.cue)
        for span in statement.quoted:
            quotation = span.text.replace("|", " ").replace("#", " ")
            yield f"{span.start}|{span.end - span.start}|{verb}|{quotation}"
