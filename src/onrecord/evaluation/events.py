"""Score events: the PLOVER type that a text gives to a marked pair, and codes for every event.

Types are compared as data sets of marked pairs have them: CONCEDE and RETREAT are YIELD there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.knowledge.codebook import coded_type, plover
from onrecord.knowledge.resolver import resolve_actor
from onrecord.record import Actor, Event, EventType, Record

__all__ = ["TypeScores", "coded_events", "root_of", "score_types"]

_DOMESTIC = frozenset({"COP", "JUD"})
_YIELD = frozenset({"CONCEDE", "RETREAT"})
_ONE_SIDED = frozenset({"PROTEST", "MOBILIZE", "COERCE"})
_BODIES = frozenset({"country", "organization"})
"""Kinds of actors whose sector in event data is the one that their name tells."""
_ARREST = "173"
_QUADS = {"YIELD": 2}
"""Quad class of the joint type, as the marked data has it."""


@dataclass(frozen=True, slots=True)
class TypeScores:
    """How well types were told, from 0 to 1; None where nothing is marked.

    Attributes:
        rows: Rows with a marked type.
        accuracy: Share of them whose type is right.
        types: Mean F1 over the types.
        quads: Mean F1 over the quad classes.
        each: F1 of every type that is marked or was found, with how often it is marked.
    """

    rows: int
    accuracy: float | None
    types: float | None
    quads: float | None
    each: dict[str, tuple[float, int]]


def root_of(event: Event | None) -> str | None:
    """Return the type under which event data files an event, CONCEDE and RETREAT as YIELD."""
    kind = coded_type(event.type, event.status) if event is not None else None
    return _joint(kind) if kind is not None else None


def _joint(kind: str) -> str:
    return "YIELD" if kind in _YIELD else kind


def quad_of(kind: str) -> int:
    """Return the quad class of a type, YIELD among them; 0 of a word that is no type.

    Example:
        >>> quad_of("YIELD"), quad_of("ACCUSE"), quad_of("?")
        (2, 3, 0)
    """
    if kind in _QUADS:
        return _QUADS[kind]
    try:
        return plover(kind).quad  # type: ignore[arg-type]
    except KeyError:
        return 0


def score_types(answers: Iterable[tuple[str, str | None]]) -> TypeScores:
    """Score pairs of the marked type and the found one.

    Example:
        >>> score_types([("ACCUSE", "ACCUSE"), ("AID", "AGREE")]).accuracy
        0.5
    """
    rows = [(_joint(gold.upper()), found) for gold, found in answers]
    if not rows:
        return TypeScores(0, None, None, None, {})
    each = _f1_of_each(rows)
    quads = _f1_of_each([(quad_of(gold), quad_of(found or "")) for gold, found in rows])
    return TypeScores(
        len(rows),
        sum(gold == found for gold, found in rows) / len(rows),
        _mean(f1 for f1, _ in each.values()),
        _mean(f1 for f1, _ in quads.values()),
        each,
    )


def _f1_of_each(rows: Sequence[tuple[Any, Any]]) -> dict[Any, tuple[float, int]]:
    kinds = sorted({kind for row in rows for kind in row if kind})
    scores = {}
    for kind in kinds:
        both = sum(gold == found == kind for gold, found in rows)
        marked = sum(gold == kind for gold, _ in rows)
        told = sum(found == kind for _, found in rows)
        scores[kind] = (2 * both / (marked + told), marked)
    return scores


def _mean(numbers: Iterable[float]) -> float:
    held = list(numbers)
    return sum(held) / len(held)


def coded_events(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the events of a record as event data has them.

    What did not happen is left out, what nobody with a code does, and what is done to nobody
    unless it is a protest, a mobilization or coercion. A deed that is demanded or
    announced is filed as the demand or the announcement, unless the same sentence tells of that.

    An event has `event` (PLOVER type), `cameo`, `status`, and `source` and `target`, each a list of
    `{"code", "sector"}` with PLOVER's codes. What parties do to each other is `reciprocal`: all of
    them are its source, and it has no target.
    """
    actors = {actor.id: actor for actor in record.actors}
    filed = [(event, kind) for event in record.events if (kind := _filed(event))]
    real = {(event.text, kind) for event, kind in filed if event.type == kind}
    for event, kind in filed:
        mutual = len(event.actors) > 1 and set(event.actors) == set(event.recipients)
        source = _codes(event, event.actors, actors, record) or _where(event)
        target = [] if mutual else _codes(event, event.recipients, actors, record)
        _at_home(source, target)
        is_told = event.type != kind and (event.text, kind) in real
        has_sides = mutual or target or kind in _ONE_SIDED
        if has_sides and not is_told and any(each["code"] for each in source):
            yield {
                "event": kind,
                "cameo": _cameo(event, kind),
                "status": event.status,
                "label": event.label,
                "source": source,
                "target": target,
                "reciprocal": mutual,
            }


def _where(event: Event) -> list[dict[str, str]]:
    """Return who arrests and jails where nobody is named: the state in which it happens."""
    arrested = event.cameo == _ARREST and event.place is not None and event.place.country
    return [{"code": arrested, "sector": ""}] if arrested else []


def _at_home(source: list[dict[str, str]], target: list[dict[str, str]]) -> None:
    """Give those of whom nothing tells the country that of the police or court they deal with."""
    for one, other in ((source, target), (target, source)):
        for each in one:
            if not each["code"]:
                each["code"] = next((o["code"] for o in other if o["sector"] in _DOMESTIC), "")


def _filed(event: Event) -> EventType | None:
    return coded_type(event.type, event.status)


def _cameo(event: Event, kind: EventType) -> str | None:
    return event.cameo if kind == event.type else None


def _codes(
    event: Event, ids: tuple[str, ...], actors: dict[str, Actor], record: Record
) -> list[dict[str, str]]:
    """Return PLOVER's codes of the parties: the codebook's where the knowledge has the actor's own.

    Of unnamed people whose country the text leaves open, the place of the event tells it.
    """
    found = []
    for each in ids:
        actor = actors[each]
        known = resolve_actor(_called(event, actor), on=record.article.published)
        is_same = known is not None and known.country == actor.country
        country: str | None = actor.country
        sector: str | None = actor.sector
        if known is not None and is_same:
            country = known.codebook_country
            sector = known.codebook_sector if actor.kind in _BODIES else sector
        if country is None and actor.unnamed and event.place is not None:
            country = event.place.country
        found.append({"code": country or "", "sector": sector or ""})
    return found


def _called(event: Event, actor: Actor) -> str:
    """Return what an event's sentence calls an actor; the name of a state tells no sector.

    Of several the one nearest to the trigger counts; elsewhere than in the sentence, the name.
    """
    if actor.kind != "country":
        return actor.name
    at = event.trigger[0].start
    near = [each for each in actor.mentions if event.text.start <= each.start < event.text.end]
    return min(near, key=lambda each: abs(each.start - at)).text if near else actor.name
