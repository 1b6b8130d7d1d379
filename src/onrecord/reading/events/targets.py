"""Who else is acted upon: people, bodies and places that are no actors until an event has them.

`an Afghan army base`, `dozens of demonstrators in Yerevan`, `militant targets in the Gaza Strip`
are talked about too often to be actors wherever they stand; but what is attacked, detained, helped
or condemned needs its recipient, and event data its country. Each becomes an actor where an event
is done to it, and only there (`with_recipients`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.article import Span
from onrecord.knowledge.agents import sector_of_noun
from onrecord.knowledge.countries import country_of, name_of
from onrecord.knowledge.event_triggers import word_class
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.resolver import Known, resolve_actor
from onrecord.reading.actors.located import AT_HOME
from onrecord.reading.actors.nouns import is_outcome
from onrecord.reading.document import Document, Token
from onrecord.reading.events.nations import (
    adjectives,
    is_adjective,
    nation_at,
    nations_before,
    plurals,
)
from onrecord.record import Actor, ActorKind, Event, Place, Sector

__all__ = ["find_targets", "is_target", "with_recipients", "with_targets"]

_ROLES = frozenset({"dobj", "nsubjpass", "pobj", "conj", "appos", "dative", "nsubj"})
_LOCAL = frozenset({"in", "at", "near", "outside", "inside", "across", "from", "of", "around"})
_BEFORE = frozenset({"amod", "compound", "nmod", "poss", "nummod", "det", "quantmod", "advmod"})
_FLAGS = frozenset({"flagged", "owned", "operated", "registered", "run"})
_CROWDS = frozenset({"dozen", "hundred", "ten", "thousand", "million"})
_TIES = frozenset({"of", "from", "for"})
_LONGEST = 78
"""Characters of a phrase that still says who somebody is."""
_LIKELY = 0.7


def find_targets(
    document: Document, actors: Sequence[Actor], places: Sequence[Place]
) -> tuple[Actor, ...]:
    """Find what may be acted upon and is no actor, in order of the text; ids follow the actors'.

    People, bodies and facilities of which country or sector is told, the places themselves, and
    states of which only an adjective speaks (`Chinese goods`).
    """
    taken = {
        index
        for actor in actors
        for span in actor.mentions
        for index in document.tokens_in(span.start, span.end)
    }
    states = frozenset(actor.country for actor in actors if actor.kind == "country")
    found = [*_things(document, places, taken), *_located(document, places, states, taken)]
    found += _states(document, states, taken)
    found.sort(key=lambda each: each.mentions[0])
    return tuple(
        replace(each, id=f"a{len(actors) + number}") for number, each in enumerate(found, 1)
    )


def is_target(actor: Actor) -> bool:
    """Tell whether it is an actor only where an event is done to it."""
    return actor.found_by.startswith("target:")


def with_targets(
    document: Document, actors: tuple[Actor, ...], places: tuple[Place, ...]
) -> tuple[Actor, ...]:
    """Return the actors found before, and behind them who else may be acted upon."""
    return (*actors, *find_targets(document, actors, places))


def with_recipients(parties: tuple[Actor, ...], events: tuple[Event, ...]) -> tuple[Actor, ...]:
    """Return the actors of a record: those found before, and whom its events are done to."""
    named = {each for event in events for each in (*event.actors, *event.recipients)}
    return tuple(each for each in parties if not is_target(each) or each.id in named)


def _things(document: Document, places: Sequence[Place], taken: set[int]) -> Iterator[Actor]:
    """Yield people, bodies and facilities that common nouns name and no actor's mention holds."""
    where = _by_token(document, places)
    for token in document.tokens:
        if token.pos != "NOUN" or token.dep not in _ROLES or token.index in taken:
            continue
        kind = _kind(token.lemma, token.lower, token.tag) or (
            "group" if _is_crowd(document, token) else None
        )
        if kind is None:
            continue
        first = _first(document, token)
        inside = document.tokens[first : token.index]
        if any(each.index in taken for each in inside if each.dep == "poss"):
            continue
        span = document.span(first, token.index + 1)
        known = _known(document, first, token)
        sector = (known and known.sector) or _sector(token, inside)
        country = (known and known.country) or _country(document, token, inside, where)
        placed = kind == "organization" or sector in {None, *AT_HOME}
        if country is None and placed:
            country = _where_done(document, token, where)
        if country or kind in {"person", "group"}:
            yield _target(span, kind, country, sector)


def _known(document: Document, first: int, head: Token) -> Known | None:
    """Look a noun phrase up with what is tied to it, or alone: `a member of the Taliban`."""
    on = document.article.published_day
    for preposition in document.children(head.index, "prep"):
        if preposition.index == head.index + 1 and preposition.lower in _TIES:
            whole = document.span(first, document.subtree(preposition.index)[1]).text
            known = resolve_actor(whole, on=on) if len(whole) < _LONGEST else None
            if known is not None and known.country is not None:
                return known
    known = resolve_actor(document.span(first, head.index + 1).text, on=on)
    if known is not None or document.tokens[first].pos != "PROPN":
        return known
    named = head.index
    while named > first and document.tokens[named - 1].pos != "PROPN":
        named -= 1
    return resolve_actor(document.span(first, named).text, on=on) if named > first else None


@lru_cache(maxsize=8192)
def _kind(lemma: str, lower: str, tag: str) -> ActorKind | None:
    words = nominals()
    if words.is_group(lemma) or words.is_group(lower):
        return "group"
    if words.is_person(lemma):
        return "group" if tag == "NNS" else "person"
    if lemma in words.classes or lemma in word_class("FACILITY"):
        return "organization"
    return "group" if lemma in word_class("TROOPS") else None


def _is_crowd(document: Document, token: Token) -> bool:
    """Tell whether a number stands for people: `tens of thousands marched`."""
    counts = token.lemma in _CROWDS and token.tag == "NNS" and token.dep == "nsubj"
    return counts and not document.children(token.index, "prep")


def _first(document: Document, head: Token) -> int:
    """Return the first word of a noun phrase, its article left out."""
    first = head.index
    while first and document.tokens[first - 1].dep in _BEFORE:
        if _is_flag(document, first - 1):
            first -= 3
            continue
        before = document.tokens[first - 1]
        if is_outcome(document, first - 1):
            break
        if before.dep == "det" or head.index not in {
            before.head,
            document.head(before).head,
            document.head(document.head(before)).head,
        }:
            break
        first -= 1
    return first


def _is_flag(document: Document, place: int) -> bool:
    """Tell whether a participle says whose a thing is: `British-flagged`, not `British-backed`."""
    nation, hyphen = document.tokens[max(place - 2, 0)], document.tokens[place - 1]
    return (
        document.tokens[place].lower in _FLAGS
        and hyphen.text == "-"
        and country_of(nation.text) is not None
    )


def _country(
    document: Document, head: Token, inside: Sequence[Token], where: dict[int, Place]
) -> str | None:
    """Return the one country that a noun phrase's adjectives or places name."""
    named = {country_of(each.text) for each in inside if each.text[:1].isupper()} - {None}
    if len(named) == 1:
        return named.pop()
    return _country_under(document, head.index, _LOCAL, where)


def _where_done(document: Document, head: Token, where: dict[int, Place]) -> str | None:
    """Return the country in which something is done to people: `killed 12 people in Kabul`."""
    if head.dep not in {"dobj", "nsubjpass"}:
        return None
    return _country_under(document, head.head, frozenset({"in"}), where)


def _country_under(
    document: Document, host: int, prepositions: frozenset[str], where: dict[int, Place]
) -> str | None:
    """Return the country of the first place after one of the prepositions under a word."""
    for preposition in document.children(host, "prep"):
        if preposition.lower in prepositions:
            for low in document.children(preposition.index, "pobj"):
                place = where.get(low.index)
                if place is not None and place.country:
                    return place.country
    return None


def _sector(head: Token, inside: Sequence[Token]) -> Sector | None:
    told = [sector_of_noun(each.lemma) for each in (head, *reversed(inside))]
    return next((each for each in told if each is not None), None)


def _located(
    document: Document,
    places: Sequence[Place],
    states: frozenset[str | None],
    taken: set[int],
) -> Iterator[Actor]:
    """Yield the places, each once for all its mentions; a state that is an actor is no other."""
    by_name: dict[tuple[str, str | None], list[Place]] = {}
    for place in places:
        inside = document.tokens_in(place.span.start, place.span.end)
        is_state = place.country in states and name_of(place.country or "") == place.name
        if place.country and not is_state and not taken.intersection(inside):
            by_name.setdefault((place.name, place.country), []).append(place)
    for (name, country), same in by_name.items():
        yield Actor(
            id="",
            name=name,
            kind="country" if name_of(country or "") == name else "place",
            country=country,
            sector=None,
            title=None,
            unnamed=False,
            links=(),
            mentions=tuple(each.span for each in same),
            confidence=_LIKELY,
            found_by=f"target:{same[0].found_by}",
        )


def _states(document: Document, states: frozenset[str | None], taken: set[int]) -> Iterator[Actor]:
    """Yield the states of which only adjectives speak, before a noun that has no state."""
    told: dict[str, list[Span]] = {}
    naming = {each.index for each in (*adjectives(document), *plurals(document))}
    for token in (document.tokens[index] for index in sorted(naming)):
        if is_adjective(document, token):
            nation = nation_at(document, token)
            is_free = token.index not in taken and token.head not in taken
            if nation and nation[0] not in states and is_free:
                told.setdefault(nation[0], []).append(nation[1])
        for code, _, span in nations_before(document, token):
            if code and code not in states and span not in told.get(code, ()):
                told.setdefault(code, []).append(span)
    for code, spans in told.items():
        yield Actor(
            id="",
            name=name_of(code) or spans[0].text,
            kind="country",
            country=code,
            sector="GOV",
            title=None,
            unnamed=False,
            links=(),
            mentions=tuple(spans),
            confidence=_LIKELY,
            found_by="target:adjective",
        )


def _target(span: Span, kind: ActorKind, country: str | None, sector: Sector | None) -> Actor:
    return Actor(
        id="",
        name=span.text,
        kind=kind,
        country=country,
        sector=sector,
        title=None,
        unnamed=True,
        links=(),
        mentions=(span,),
        confidence=_LIKELY,
        found_by="target:phrase",
    )


def _by_token(document: Document, places: Sequence[Place]) -> dict[int, Place]:
    return {
        index: place
        for place in places
        for index in document.tokens_in(place.span.start, place.span.end)
    }
