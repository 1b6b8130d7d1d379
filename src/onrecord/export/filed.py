"""Events as event data files them: dated, coded, one source against one target."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.export.archive import Numbered
from onrecord.knowledge.codebook import cameo, cameo_of, coded_type, plover
from onrecord.record import Actor, ArticleEntry, Event, EventType, Record

__all__ = ["Filed", "Pair", "filed_events", "pairs_of", "published_day"]


@dataclass(frozen=True, slots=True)
class Filed:
    """An event as event data has it.

    Attributes:
        key: `12/e1`: article and finding.
        event: As the record has it.
        type: PLOVER type under which it is filed: an announced deed as the announcement.
        mode: PLOVER mode, where the deed is filed as itself.
        cameo: CAMEO code of that type.
        goldstein: Its value.
        quad: Its quad class.
        day: When, or else when it was published.
        actors: Who act.
        recipients: Who are acted upon.
        article: Where it is told.
    """

    key: str
    event: Event
    type: EventType
    mode: str | None
    cameo: str
    goldstein: float
    quad: int
    day: dt.date | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    article: ArticleEntry


@dataclass(frozen=True, slots=True)
class Pair:
    """One source against one target; a side that nobody is on is None."""

    filed: Filed
    source: Actor | None
    target: Actor | None


def filed_events(each: Numbered) -> Iterator[Filed]:
    """Yield the events of a record that event data files: not those denied or only feared."""
    record = each.record
    for event in record.events:
        kind = coded_type(event.type, event.status)
        if kind is not None:
            yield _filed(each.number, record, event, kind)


def _filed(number: int, record: Record, event: Event, kind: EventType) -> Filed:
    itself = kind == event.type
    code = cameo(event.cameo if itself else cameo_of(kind))
    return Filed(
        key=f"{number}/{event.id}",
        event=event,
        type=kind,
        mode=event.mode if itself else None,
        cameo=code.code,
        goldstein=code.goldstein,
        quad=plover(kind).quad,
        day=_day(event) or published_day(record.article),
        actors=tuple(record.actor(name) for name in event.actors),
        recipients=tuple(record.actor(name) for name in event.recipients),
        article=record.article,
    )


def _day(event: Event) -> dt.date | None:
    """Return the day of an event; of an interval or month the first."""
    written = (event.on.date if event.on else None) or ""
    first = written.partition("/")[0][:10]
    padded = first + "-01-01"[len(first) - 10 :] if len(first) in (4, 7) else first
    try:
        return dt.date.fromisoformat(padded)
    except ValueError:
        return None


def published_day(article: ArticleEntry) -> dt.date | None:
    """Return the day of publication."""
    published = article.published
    return published.date() if isinstance(published, dt.datetime) else published


def pairs_of(filed: Filed) -> Iterator[Pair]:
    """Yield each source with each target, as CAMEO's data has them."""
    for source in filed.actors or (None,):
        for target in filed.recipients or (None,):
            if source is not None and source != target:
                yield Pair(filed, source, target)
