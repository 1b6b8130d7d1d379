"""Make one event of the several mentions of one: same kind, same parties, nothing against it."""

from collections.abc import Iterable
from dataclasses import replace

from onrecord.reading.events.cast import unique
from onrecord.record import Event, EventStatus

__all__ = ["REAL", "merge_events", "number_events"]

REAL: frozenset[EventStatus] = frozenset({"happened", "ongoing", "claimed"})
"""Statuses of what is told as having taken place."""
_ORDER: tuple[EventStatus, ...] = (
    "happened",
    "ongoing",
    "claimed",
    "planned",
    "demanded",
    "hypothetical",
    "denied",
)


def merge_events(found: Iterable[tuple[str, Event]]) -> tuple[Event, ...]:
    """Merge events, each given with the lemma of its trigger, in order of the text.

    Two mentions are one event where type and reality agree, their parties are the same or one
    names fewer of them by a related word, and neither date nor place speaks against it. A mention
    that names nobody is only ever a mention of an event that another one tells.
    """
    told = list(found)
    nameless = [each for each in told if not each[1].actors and not each[1].recipients]
    named = [each for each in told if each[1].actors or each[1].recipients]
    merged: list[Event] = []
    by_parties: dict[tuple[object, ...], int] = {}
    by_word: dict[tuple[object, ...], int] = {}
    for lemma, event in (*named, *nameless):
        same = by_parties.get(_parties(event))
        if same is None:
            same = by_word.get(_word(lemma, event))
            if same is not None and _fits(event, merged[same]) and _overlap(merged[same], event):
                merged[same] = replace(
                    merged[same], actors=event.actors, recipients=event.recipients
                )
            elif same is not None and not _fits(merged[same], event):
                same = None
        if same is not None and _same_setting(merged[same], event):
            merged[same] = _together(merged[same], event)
        elif event.actors or event.recipients:
            same = len(merged)
            merged.append(event)
        if same is not None:
            by_parties[_parties(merged[same])] = same
            by_word[_word(lemma, event)] = same
    return tuple(merged)


def number_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events in order of their first trigger, numbered `e1`, `e2`, ..."""
    ordered = sorted(events, key=lambda each: (each.trigger[0].start, each.type, each.actors))
    return tuple(replace(each, id=f"e{number}") for number, each in enumerate(ordered, 1))


def _word(lemma: str, event: Event) -> tuple[object, ...]:
    """Return what mentions by related words share: `invade` and `invasion` begin alike."""
    return event.type, lemma[:4], _reality(event)


def _parties(event: Event) -> tuple[object, ...]:
    return (event.type, _reality(event), frozenset(event.actors), frozenset(event.recipients))


def _reality(event: Event) -> str:
    return "real" if event.status in REAL else event.status


def _fits(known: Event, event: Event) -> bool:
    """Tell whether a mention that names fewer parties may be the known event."""
    return set(event.actors) <= {*known.actors} and set(event.recipients) <= {*known.recipients}


def _overlap(known: Event, event: Event) -> bool:
    """Tell whether both are told by the same words."""
    return any(trigger.overlaps(each) for trigger in event.trigger for each in known.trigger)


def _same_setting(one: Event, other: Event) -> bool:
    return _same_time(one, other) and (
        one.place is None or other.place is None or one.place.name == other.place.name
    )


def _same_time(one: Event, other: Event) -> bool:
    first, second = one.on and one.on.date, other.on and other.on.date
    if not first or not second:
        return True
    return first.startswith(second) or second.startswith(first)


def _together(known: Event, event: Event) -> Event:
    """Return the known event with the other's trigger, and what it tells more or more firmly."""
    firm = min((known, event), key=lambda each: _ORDER.index(each.status))
    told = any(not each.according_to for each in (known, event))
    return replace(
        known,
        trigger=known.trigger
        if _overlap(known, event)
        else tuple(sorted((*known.trigger, *event.trigger))),
        text=min(known.text, event.text),
        mode=known.mode or event.mode,
        on=known.on or event.on,
        place=known.place or event.place,
        status=firm.status,
        according_to=() if told else unique((*known.according_to, *event.according_to)),
        disputed_by=unique((*known.disputed_by, *event.disputed_by)),
        confidence=max(known.confidence, event.confidence),
    )
