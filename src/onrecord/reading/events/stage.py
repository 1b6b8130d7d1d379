"""Find who did what to whom: PLOVER and CAMEO events with actors, status, time and place.

Frames matched on the parse propose events (`event_frames`, `event_scene`), statements add what is
done by speaking (`event_speech`), mentions of one event become one (`event_merge`).
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from onrecord.reading.document import Document
from onrecord.reading.events.cast import Cast, make_cast, unique
from onrecord.reading.events.merge import REAL, merge_events, number_events
from onrecord.reading.events.nations import adjectives, nation_at, nations_before, plurals
from onrecord.reading.events.proposals import proposed_events
from onrecord.reading.events.relate import relate
from onrecord.reading.events.scene import Scene, reported_events
from onrecord.reading.events.speech import find_speech_events, make_carriers
from onrecord.reading.events.targets import is_target
from onrecord.record import Actor, Dispute, Event, Place, Statement, Time

if TYPE_CHECKING:
    from onrecord.article import Span

__all__ = ["cast_of", "find_events", "relate", "without_labels"]

_Found: TypeAlias = Sequence[tuple[str, Event]]
"""Events, each with the lemma of its trigger."""

_ARMED = frozenset({"MIL", "REB", "COP", "CRM", "PRM", "UAF", "SPY"})
_ANSWER_WITHIN = 250
"""Characters between a demand and its rejection: two sentences."""
_OWNS_UP_WITHIN = 3
"""Sentences between an attack and who claims responsibility for it."""


def find_events(
    document: Document,
    parties: tuple[Actor, ...],
    statements: tuple[Statement, ...],
    disputes: tuple[Dispute, ...],
    times: tuple[Time, ...],
    places: tuple[Place, ...],
) -> tuple[Event, ...]:
    """Find the events that the article reports.

    Args:
        document: The article.
        parties: Its actors, and who else may be acted upon (`with_targets`).
        statements: Its statements.
        disputes: Its disputes.
        times: Its times.
        places: Its places.

    Returns:
        Events in order of their first trigger; ids `e1`, `e2`, ...
    """
    scene = Scene(
        document,
        cast_of(document, parties),
        make_carriers(document, statements, disputes),
        times,
        places,
    )
    told = tuple(_answered(tuple(reported_events(scene))))
    actors = [each for each in parties if not is_target(each)]
    told_of = frozenset(actor.id for actor in actors if actor.country or actor.sector)
    known = told_of - scene.cast.vague
    spoken = tuple(find_speech_events(document, statements, scene.cast, known))
    done = [event for _, event in (*told, *spoken) if event.actors and event.recipients]
    proposed = tuple(proposed_events(scene, done))
    told = tuple(_owned_up(document, statements, (*_without(told, proposed), *proposed)))
    in_order = sorted(
        (*_dated(told, spoken), *_unseen(told, spoken)),
        key=lambda each: (each[1].trigger[0].start, each[1].found_by),
    )
    return number_events(merge_events(in_order))


def without_labels(
    document: Document, events: tuple[Event, ...], actors: tuple[Actor, ...]
) -> tuple[Event, ...]:
    """Return the events as they are: where no codebook is given there is nothing to label."""
    del document, actors
    return events


def cast_of(document: Document, actors: tuple[Actor, ...]) -> Cast:
    """Place the actors on the words; adjectives of nations stand for a state that is an actor.

    Unnamed ones of whom neither country nor sector is known are left out: they are mostly things.
    """
    known = [each for each in actors if not _is_faceless(each)]
    mentions = [(actor.id, span) for actor in known for span in actor.mentions]
    states = {actor.country: actor.id for actor in actors if actor.kind == "country"}
    for token in adjectives(document) if states else ():
        nation = nation_at(document, token)
        if nation and nation[0] in states:
            mentions.append((states[nation[0]], nation[1]))
    named = (each for each in actors if each.kind == "person" and not each.unnamed)
    cast = make_cast(document, mentions)
    several = _several(cast, states)
    sure = {each for found in several.values() for each in found}
    return replace(
        cast,
        heads=cast.heads | several,
        vague=frozenset(each.id for each in actors if _is_last_resort(each)) - sure,
        states={each.id: states[each.country] for each in actors if each.country in states},
        unarmed=frozenset(each.id for each in named if each.sector not in _ARMED | {None}),
        lands=frozenset(each.id for each in actors if each.kind in {"country", "place"}),
        people=frozenset(each.id for each in actors if each.kind in {"person", "group"}),
        press=frozenset(each.id for each in actors if each.sector in {"MED", "JRN"}),
    )


def _several(cast: Cast, states: dict[str | None, str]) -> dict[int, tuple[str, ...]]:
    """Return the states and bodies that nouns speak of together, by the noun's place."""
    spoken = {}
    for noun in plurals(cast.document):
        named = nations_before(cast.document, noun)
        if not named:
            continue
        found = (
            (states[code],) if code in states else cast.heads.get(token.index, ())
            for code, token, _ in named
        )
        together = unique(each for some in found for each in some)
        if len(together) > 1:
            spoken[noun.index] = together
    return spoken


def _is_last_resort(actor: Actor) -> bool:
    """Tell whether anybody else is more likely to be meant: by `troops`, or by a place."""
    nobody = actor.unnamed and actor.country is None and actor.kind == "group"
    return nobody or (is_target(actor) and not actor.unnamed)


def _is_faceless(actor: Actor) -> bool:
    nobody = actor.country is None and actor.sector in {None, "UNK"}
    return actor.unnamed and nobody and actor.kind not in {"person", "group"}


def _without(told: _Found, proposed: _Found) -> Iterator[tuple[str, Event]]:
    """Yield the events in whose words no other with more parties is proposed."""
    spans: dict[int, list[Span]] = {}
    for _, event in proposed:
        spans.setdefault(event.text.start, []).append(event.trigger[0])
    for lemma, event in told:
        if not any(each.overlaps(event.trigger[0]) for each in spans.get(event.text.start, ())):
            yield lemma, event


def _answered(told: _Found) -> Iterator[tuple[str, Event]]:
    """Yield the events; a rejection of something unnamed answers who asked shortly before."""
    asked: Event | None = None
    for lemma, event in told:
        if event.type == "REQUEST":
            asked = event
        unnamed = event.type == "REJECT" and event.actors and not event.recipients
        if unnamed and asked and event.text.start - asked.text.end < _ANSWER_WITHIN:
            others = tuple(each for each in asked.actors if each not in event.actors)
            yield (
                lemma,
                dataclasses.replace(event, recipients=others, found_by=f"{event.found_by}:answer"),
            )
        else:
            yield lemma, event


def _owned_up(
    document: Document, statements: Sequence[Statement], told: _Found
) -> Iterator[tuple[str, Event]]:
    """Yield the events; an attack by nobody is that of who claims responsibility just after it."""
    claims: dict[int, Statement] = {}
    for each in filter(_claims_responsibility, statements):
        claims.setdefault(_sentence_at(document, each.content[0].start), each)
    for lemma, event in told:
        is_open = event.type == "ASSAULT" and not event.actors and event.status in REAL
        claim = _claim_after(document, claims, event) if is_open and claims else None
        if claim is None:
            yield lemma, event
            continue
        yield (
            lemma,
            dataclasses.replace(
                event,
                actors=claim.speakers,
                status="claimed",
                according_to=unique((*event.according_to, claim.id)),
                found_by=f"{event.found_by}:claimed responsibility",
            ),
        )


def _claims_responsibility(statement: Statement) -> bool:
    words = statement.content[0].text.lower().split()[:2]
    is_own = statement.act == "confirm" and bool(statement.speakers) and not statement.within
    return is_own and any(word.strip(".,;") == "responsibility" for word in words)


def _claim_after(
    document: Document, claims: Mapping[int, Statement], event: Event
) -> Statement | None:
    """Return the claim, by sentence, that stands behind an event in its sentence or the next."""
    here = _sentence_at(document, event.trigger[0].start)
    near = (claims.get(number) for number in range(here, here + _OWNS_UP_WITHIN + 1))
    end = event.trigger[-1].end
    return next((each for each in near if each and each.content[0].start >= end), None)


def _sentence_at(document: Document, start: int) -> int:
    return document.tokens[document.tokens_in(start, start + 1)[0]].sentence


def _dated(told: _Found, spoken: _Found) -> Iterator[tuple[str, Event]]:
    """Yield the reported events, dated by the statement where one stands in the same words.

    One that knows no more than the doer is left to the statement that knows to whom it was done.
    """
    by_sentence: dict[int, list[Event]] = {}
    for _, event in spoken:
        by_sentence.setdefault(event.text.start, []).append(event)
    for lemma, event in told:
        same = [
            other
            for other in by_sentence.get(event.text.start, ())
            if other.type == event.type and other.trigger[0].overlaps(event.trigger[0])
        ]
        known = same[0] if same else event
        if same and not event.recipients and {*event.actors} <= {*known.actors}:
            continue
        yield (
            lemma,
            dataclasses.replace(event, on=event.on or known.on, place=event.place or known.place),
        )


def _unseen(told: _Found, spoken: _Found) -> Iterator[tuple[str, Event]]:
    """Yield the events of speech whose words no reported event stands in."""
    taken: dict[int, list[Event]] = {}
    for _, event in told:
        if event.actors and event.recipients:
            taken.setdefault(event.text.start, []).append(event)
    for lemma, event in spoken:
        others = taken.get(event.text.start, ())
        refused = event.type == "REJECT" and any(each.type == "REJECT" for each in others)
        same = any(each.trigger[0].overlaps(event.trigger[0]) for each in others)
        if not same and not refused:
            yield lemma, event
