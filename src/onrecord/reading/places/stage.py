"""Find the places that a text names as places, and say which ones they are.

Among places of one name those win that the rest of the article speaks for: other places of the
country, and places nearby.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, radians

from onrecord.knowledge.gazetteer import Entry, load_gazetteer
from onrecord.reading.document import Document
from onrecord.reading.places.mentions import Mention, find_mentions, is_metonym, stands_like_place
from onrecord.record import Actor, Place

__all__ = ["find_places"]

_NEAR = 15.0
"""Degrees within which one place speaks for another: about a neighbouring country."""

_IN_STATE = 7.0
"""Degrees from the middle of a state or region within which a town can lie in it."""

_AREAS = frozenset({"country", "region", "territory"})
_UNPLACED_LABELS = frozenset({"GPE", "LOC", "FAC"})


def find_places(document: Document, actors: tuple[Actor, ...]) -> tuple[Place, ...]:
    """Find every place that the text names as such.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> found = find_places(analyse(Article("Putin met Orban in Moscow.")), ())
        >>> [(place.name, place.country) for place in found]
        [('Moscow', 'RUS')]
    """
    gazetteer = load_gazetteer()
    labels = {index: each for each in document.entities for index in range(each.first, each.last)}
    mentions = tuple(find_mentions(document, gazetteer, labels))
    standing = _standing_for(actors)
    known = _resolve(document, mentions)
    found = [
        _place(document, mention, entry)
        for mention, entry in known
        if not is_metonym(document, mention, entry, standing)
    ]
    found += _unknown_places(document, known, actors)
    return tuple(sorted(found, key=lambda place: place.span))


def _standing_for(actors: tuple[Actor, ...]) -> frozenset[tuple[int, int]]:
    """Return where a name means a state's government, going by the actors."""
    return frozenset(
        (mention.start, mention.end)
        for actor in actors
        if actor.kind in {"country", "organization", "person"}
        for mention in actor.mentions
    )


def _resolve(
    document: Document, mentions: tuple[Mention, ...]
) -> tuple[tuple[Mention, Entry], ...]:
    """Choose for each mention the place that is meant."""
    inside = _named_with_region(document, mentions)
    certain = [mention.candidates[0] for mention in mentions if len(mention.candidates) == 1]
    certain += list(inside.values())
    votes = Counter(entry.country for entry in certain if entry.country)
    spots = Counter((entry.lat, entry.lon) for entry in certain if entry.kind != "continent")
    chosen: dict[str, Entry] = {
        document.text[mention.start : mention.end]: inside[mention]
        for mention in mentions
        if mention in inside
    }
    found = []
    for mention in mentions:
        spelled = document.text[mention.start : mention.end]
        if spelled not in chosen:
            chosen[spelled] = max(mention.candidates, key=lambda each: _score(each, votes, spots))
        found.append((mention, inside.get(mention, chosen[spelled])))
    return tuple(found)


def _score(entry: Entry, votes: Counter[str], spots: Counter[tuple[float, float]]) -> float:
    """Weigh a place's importance, others of its country, and others nearby."""
    near = sum(
        count for spot, count in spots.items() if _distance(spot, (entry.lat, entry.lon)) < _NEAR
    )
    return entry.importance + min(votes[entry.country or ""], 3) + min(near, 3)


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance in degrees of a great circle, roughly."""
    across = (one[1] - other[1] + 180) % 360 - 180
    return hypot(one[0] - other[0], across * cos(radians((one[0] + other[0]) / 2)))


def _named_with_region(document: Document, mentions: tuple[Mention, ...]) -> dict[Mention, Entry]:
    """Read `Paris, Texas` and `Birmingham, Alabama`: the region says which one it is."""
    found = {}
    for mention, region in pairwise(mentions):
        if document.text[mention.end : region.start] != ", ":
            continue
        places = [each for each in region.candidates if each.kind in {"country", "region"}]
        fitting = [
            town
            for town in mention.candidates
            for area in places
            if town.country == area.country
            and town.kind in {"city", "capital"}
            and (area.kind == "country" or _distance_between(town, area) < _IN_STATE)
        ]
        if fitting:
            found[mention] = max(fitting, key=lambda town: town.importance)
        elif places and mention.candidates[0].kind == "city":
            found[mention] = _unlocated(mention.candidates[0], places[0])
    return found


def _distance_between(one: Entry, other: Entry) -> float:
    return _distance((one.lat, one.lon), (other.lat, other.lon))


def _unlocated(town: Entry, area: Entry) -> Entry:
    """Return a town that we do not know, in a region that we do: without coordinates of its own."""
    return Entry(town.name, (), area.country, "city", float("nan"), float("nan"), None, 1)


def _place(document: Document, mention: Mention, entry: Entry) -> Place:
    known = entry.lat == entry.lat  # not a number: a town without coordinates
    return Place(
        name=entry.name,
        country=entry.country,
        lat=entry.lat if known else None,
        lon=entry.lon if known else None,
        geonames=entry.geonames,
        span=document.article.span(mention.start, mention.end),
        found_by=f"gazetteer:{entry.kind}:{entry.name}",
    )


def _unknown_places(
    document: Document, known: tuple[tuple[Mention, Entry], ...], actors: tuple[Actor, ...]
) -> Iterator[Place]:
    """Yield what language analysis takes for a place and stands like one, though we know it not.

    Its country is told only by a region or country behind a comma (`Seadrift, Texas`).
    """
    taken = {index for mention, _ in known for index in range(mention.first, mention.last)}
    areas = {mention.start: entry for mention, entry in known if entry.kind in _AREAS}
    acting = {(span.start, span.end) for actor in actors for span in actor.mentions}
    for entity in document.entities:
        first = entity.first + (document.tokens[entity.first].lower == "the")
        if entity.label not in _UNPLACED_LABELS or first >= entity.last:
            continue
        if any(index in taken for index in range(first, entity.last)):
            continue
        span = document.span(first, entity.last)
        stands = stands_like_place(document, document.tokens[entity.last - 1], entity.label)
        if stands and span.text[:1].isupper() and (span.start, span.end) not in acting:
            behind = (
                areas.get(span.end + 2) if document.text[span.end : span.end + 2] == ", " else None
            )
            country = behind.country if behind else None
            yield Place(span.text, country, None, None, None, span, f"ner:{entity.label}")
