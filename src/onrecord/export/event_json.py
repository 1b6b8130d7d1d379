"""Events as JSON lines: PLOVER's elements, and what NGEC writes."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from onrecord.export.archive import Numbered
from onrecord.export.asides import text_aside
from onrecord.export.filed import Filed, filed_events, published_day
from onrecord.record import Actor, Place, Record

__all__ = ["write_ngec", "write_plover"]

_Entry = dict[str, Any]


def write_plover(records: Iterable[Numbered], path: Path) -> int:
    """Write the elements of PLOVER's manual, one event a line; return how many."""
    return _write(records, path, _plover)


def write_ngec(records: Iterable[Numbered], path: Path) -> int:
    """Write events with the keys of NGEC's formatter, one a line; return how many."""
    return _write(records, path, _ngec)


def _write(
    records: Iterable[Numbered], path: Path, entry: Callable[[Record, Filed], _Entry]
) -> int:
    count = 0
    with text_aside(path) as stream:
        for each in records:
            for filed in filed_events(each):
                stream.write(json.dumps(entry(each.record, filed), ensure_ascii=False) + "\n")
                count += 1
    return count


def _plover(record: Record, filed: Filed) -> _Entry:
    event, article = filed.event, filed.article
    told = {each.id: each for each in record.statements}
    return {
        "id": filed.key,
        "date": filed.day.isoformat() if filed.day else None,
        "source": [_party(actor) for actor in filed.actors],
        "target": [_party(actor) for actor in filed.recipients],
        "event": filed.type,
        "mode": filed.mode,
        "context": [],
        "quad": filed.quad,
        "goldstein": filed.goldstein,
        "cameo": filed.cameo,
        "status": event.status,
        "auxiliary": _auxiliary(event.status),
        "accordingTo": [
            " ".join(span.text for span in told[name].source) for name in event.according_to
        ],
        "text": event.text.text,
        "textInfo": {"start": event.text.start, "end": event.text.end, "story": article.id},
        "location": _location(event.place),
        "publisher": article.outlet,
        "publicationDate": day.isoformat() if (day := published_day(article)) else None,
        "url": article.url,
        "language": article.language,
        "coder": "OnRecord",
        "confidence": event.confidence,
    }


def _auxiliary(status: str) -> str | None:
    """Return PLOVER's auxiliary mode of a status."""
    return {"planned": "future", "demanded": "hypothetical"}.get(status)


def _party(actor: Actor) -> _Entry:
    return {
        "actorText": actor.mentions[0].text if actor.mentions else actor.name,
        "actorName": actor.name,
        "country": actor.country,
        "sector": actor.sector,
        "title": actor.title,
        "links": list(actor.links),
    }


def _location(place: Place | None) -> _Entry | None:
    if place is None:
        return None
    return {
        "placename": place.name,
        "country": place.country,
        "latitude": place.lat,
        "longitude": place.lon,
        "geonames": place.geonames,
        "text": place.span.text,
    }


def _ngec(record: Record, filed: Filed) -> _Entry:
    article, event = filed.article, filed.event
    published = published_day(article)
    start = event.text.start
    return {
        "id": f"{filed.key}_{filed.type}",
        "story_id": article.id,
        "event_type": filed.type,
        "event_mode": [filed.mode] if filed.mode else [],
        "contexts": [],
        "event_text": event.text.text,
        "headline": article.title or "",
        "publisher": article.outlet or "",
        "date": published.isoformat() if published else "",
        "pub_date": published.isoformat() if published else "",
        "date_resolved": filed.day.isoformat() if filed.day else "",
        "date_raw": event.on.text if event.on else "",
        "attributes": {
            "ACTOR": [_attribute(actor, start, event.text.end) for actor in filed.actors],
            "RECIP": [_attribute(actor, start, event.text.end) for actor in filed.recipients],
            "LOC": [_span(event.place, start)] if event.place else [],
            "DATE": [{"text": event.on.text}] if event.on else [],
        },
        "event_geolocation": _geolocation(event.place, start),
        "story_people": [each.name for each in record.actors if each.kind == "person"],
        "story_orgs": [each.name for each in record.actors if each.kind == "organization"],
        "story_locs": list(dict.fromkeys(each.name for each in record.places)),
        "goldstein": filed.goldstein,
        "quad_code": filed.quad,
        "version": "OnRecord",
    }


def _attribute(actor: Actor, start: int, end: int) -> _Entry:
    """Return an actor with its place within the event's sentence, if it is named there."""
    inside = [span for span in actor.mentions if start <= span.start and span.end <= end]
    wiki = next((link for link in actor.links if link.startswith("wikipedia:")), "")
    found = inside[0] if inside else None
    return {
        "text": found.text if found else actor.name,
        "qa_start_char": found.start - start if found else None,
        "qa_end_char": found.end - start if found else None,
        "qa_score": actor.confidence,
        "wiki": wiki.partition(":")[2],
        "country": actor.country or "",
        "code_1": actor.sector or "",
        "code_2": "",
        "title": actor.title or "",
    }


def _span(place: Place, start: int) -> _Entry:
    span = place.span
    return {
        "text": span.text, "qa_start_char": span.start - start, "qa_end_char": span.end - start,
    }  # fmt: skip


def _geolocation(place: Place | None, start: int) -> _Entry:
    if place is None:
        return {"reason": "No place is told for the event", "geo": None}
    found = {
        "search_placename": place.span.text,
        "resolved_placename": place.name,
        "country_code3": place.country or "",
        "geonameid": str(place.geonames or ""),
        "lat": place.lat,
        "lon": place.lon,
        "start_char": place.span.start - start,
        "end_char": place.span.end - start,
    }
    return {"reason": "The place that the text tells for the event", "geo": found}
