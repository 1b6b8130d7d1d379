"""A record as rows of the store's tables, without their keys."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.article import Span
from onrecord.export.wording import heading
from onrecord.record import Actor, Dispute, Event, Place, Record, Statement, Time

__all__ = [
    "Row",
    "day_of",
    "dispute_row",
    "event_row",
    "fullness",
    "occurrence_of",
    "place_rows",
    "spoken",
]

Row = dict[str, Any]
"""Values by the names of columns, as SQLAlchemy takes them."""


@dataclass(frozen=True, slots=True)
class Days:
    """What day it was when an article appeared, for all that has no day of its own."""

    published: str | None

    def of(self, time: Time | None) -> str | None:
        """Return the first day that the time means, else the day of publication."""
        found = day_of(time)
        return found or self.published


def day_of(time: Time | None) -> str | None:
    """Return the first day of a resolved time as `2022-02-01`, or None if it names none.

    Example:
        >>> from onrecord.article import Span
        >>> day_of(Time("2022-01", "month", "in January", Span(0, 10, "in January"), "rule"))
        '2022-01-01'
    """
    if time is None or time.date is None:
        return None
    first = time.date.partition("/")[0].partition("T")[0]
    try:
        return dt.date.fromisoformat(first + "-01-01"[len(first) - 4 :]).isoformat()
    except ValueError:
        return None


def spoken(spans: Iterable[Span]) -> str:
    """Return the words of several spans, with an ellipsis where the text goes on between them."""
    return " … ".join(span.text for span in spans)


def statement_row(statement: Statement, days: Days) -> Row:
    """Return the row of `statements`, without its keys."""
    bounds = statement.content or statement.cue or statement.source
    return {
        "finding": statement.id,
        "day": days.of(statement.said_on),
        "said_on": statement.said_on.date if statement.said_on else None,
        "source": spoken(statement.source),
        "cue": spoken(statement.cue),
        "content": spoken(statement.content),
        "start": min((span.start for span in bounds), default=0),
        "end": max((span.end for span in bounds), default=0),
        "mode": statement.mode,
        "act": statement.act,
        "plover": statement.plover,
        "cameo": statement.cameo,
        "place": statement.place.name if statement.place else None,
        "hedged": statement.hedged,
        "confidence": round(statement.confidence, 4),
    }


def event_row(event: Event, days: Days, occurrence: str) -> Row:
    """Return the row of `events`, without its keys."""
    place = event.place
    return {
        "finding": event.id,
        "day": days.of(event.on),
        "on": event.on.date if event.on else None,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "status": event.status,
        "trigger": spoken(event.trigger),
        "sentence": event.text.text,
        "start": event.trigger[0].start if event.trigger else event.text.start,
        "end": event.trigger[-1].end if event.trigger else event.text.end,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "label": event.label,
        "confidence": round(event.confidence, 4),
        "occurrence": occurrence,
    }


REPORTED = frozenset({"happened", "ongoing", "claimed"})
"""Statuses of what is told as having come to pass; the rest is planned, feared or denied."""


def occurrence_of(event: Event, identities: Mapping[str, str], day: str | None) -> str:
    """Return a key that reports of one happening share: type, parties and day.

    A meeting of two has no order: its parties are sorted together.
    """
    actors = sorted(identities[each] for each in event.actors)
    recipients = sorted(identities[each] for each in event.recipients)
    if event.type in {"CONSULT", "AGREE", "COOPERATE"}:
        actors, recipients = sorted({*actors, *recipients}), []
    told = "" if event.status in REPORTED else event.status
    return "|".join((event.type, ";".join(actors), ";".join(recipients), day or "", told))


def dispute_row(dispute: Dispute, day: str | None) -> Row:
    """Return the row of `disputes`, without its keys."""
    return {
        "finding": dispute.id,
        "kind": dispute.kind,
        "day": day,
        "topic": dispute.topic.text,
        "why": dispute.why,
        "across": False,
        "confidence": round(dispute.confidence, 4),
    }


def place_rows(places: Sequence[Place]) -> list[Row]:
    """Return the rows of `places`, one a stretch of text."""
    rows = {
        place.span.start: {
            "start": place.span.start,
            "end": place.span.end,
            "name": place.name,
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "geonames": place.geonames,
        }
        for place in places
    }
    return list(rows.values())


def article_row(record: Record) -> Row:
    """Return what `articles` has from a record itself."""
    entry = record.article
    published = entry.published
    day = published.date() if isinstance(published, dt.datetime) else published
    return {
        "name": entry.id,
        "title": entry.title,
        "headline": heading(entry),
        "outlet": entry.outlet,
        "url": entry.url,
        "published": published.isoformat() if published else None,
        "published_from": entry.published_from,
        "day": day.isoformat() if day else None,
        "language": entry.language,
        "words": len(entry.text.split()),
        "text": entry.text,
        "sha256": entry.sha256,
    }


def actor_row(actor: Actor, identity: str) -> Row:
    """Return the row of `actors`, without its key."""
    return {
        "identity": identity,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "unnamed": actor.unnamed,
        "links": " ".join(actor.links),
    }


def fullness(actor: Row) -> tuple[str | int, ...]:
    """Return by what rows of one actor are ordered: the longest name is the fullest.

    What else differs decides among equal names, so that no order of articles does.
    """
    rest = (actor[name] or "" for name in ("name", "kind", "country", "sector", "links"))
    return len(actor["name"]), *rest, int(actor["unnamed"])
