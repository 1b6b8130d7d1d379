"""Give events the types of a user's codebook: by their codes, and by likeness to its examples.

Codes decide where they fit: the longest CAMEO beginning first, then type and mode, then the type.
Where several types fit equally well or none does, the examples decide: by the word that tells the
event, by its code, and by how the relation network sees the pair of parties.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from msgspec import Struct

from onrecord.article import Article, Span
from onrecord.knowledge.ontology import Example, Ontology, OwnType
from onrecord.models.features import Floats
from onrecord.models.relations import load_relation_network
from onrecord.reading.document import Document
from onrecord.reading.events.proposals import related
from onrecord.reading.events.relate import pair_events
from onrecord.reading.quotations import find_quotations
from onrecord.record import Actor, Event

__all__ = ["label_events"]

LEAST = 0.6
"""Likeness to an example from which it decides."""
_SAME_WORD, _SAME_CODE, _SAME_VIEW = 0.5, 0.3, 0.5
_VERBAL = frozenset({"VERB", "NOUN", "ADJ"})


class _Seen(Struct, frozen=True):
    """An event, or an example, as it is compared: words, CAMEO code, the network's view."""

    words: frozenset[str]
    code: str | None
    view: Floats | None


def label_events(
    document: Document,
    events: tuple[Event, ...],
    actors: tuple[Actor, ...],
    *,
    ontology: Ontology,
) -> tuple[Event, ...]:
    """Return the events with the type of the codebook that each is of as its label, or None.

    Args:
        document: The document.
        events: Its events.
        actors: Its actors, those that only an event names too.
        ontology: The codebook.
    """
    return tuple(
        replace(event, label=_label(document, event, actors, ontology)) for event in events
    )


def _label(
    document: Document, event: Event, actors: Sequence[Actor], ontology: Ontology
) -> str | None:
    best = max((_fit(each, event) for each in ontology.types), default=0)
    fitting = [each for each in ontology.types if best and _fit(each, event) == best]
    if len(fitting) == 1:
        return fitting[0].name
    rivals = fitting or [each for each in ontology.types if not (each.plover or each.cameo)]
    if not any(each.examples for each in rivals):
        return fitting[0].name if fitting else None
    seen = _seen_event(document, event, actors)
    likeness = {each.name: _likeness(each, seen) for each in rivals}
    name = max(likeness, key=lambda each: likeness[each])
    if likeness[name] >= LEAST:
        return name
    return fitting[0].name if fitting else None


def _fit(own: OwnType, event: Event) -> int:
    """Say how closely a type's codes name an event: 0 is not at all."""
    codes = [2 + len(code) for code in own.cameo if event.cameo.startswith(code)]
    kinds = [2 for kind in own.plover if kind == f"{event.type}/{event.mode}"]
    plain = [1 for kind in own.plover if kind == event.type]
    return max((*codes, *kinds, *plain), default=0)


def _likeness(own: OwnType, seen: _Seen) -> float:
    return max((_alike(_seen_example(each), seen) for each in own.examples), default=0.0)


def _alike(one: _Seen, other: _Seen) -> float:
    same = _SAME_WORD * bool(one.words & other.words)
    same += _SAME_CODE * (one.code is not None and one.code == other.code)
    if one.view is not None and other.view is not None:
        same += _SAME_VIEW * max(0.0, float(one.view @ other.view))
    return same


def _seen_event(document: Document, event: Event, actors: Sequence[Actor]) -> _Seen:
    words = frozenset(_lemmas(document, event.trigger[:1]))
    pair = [
        next(_inside(event.text, actors, ids), None) for ids in (event.actors, event.recipients)
    ]
    view = None
    if pair[0] is not None and pair[1] is not None and not pair[0].overlaps(pair[1]):
        inside = document.tokens_in(event.text.start, event.text.end)
        number = document.tokens[inside[0]].sentence
        view = related(document, ((pair[0], pair[1]),), number, number)[0].hidden
    return _Seen(words, event.cameo, view)


def _inside(text: Span, actors: Sequence[Actor], ids: Sequence[str]) -> Iterator[Span]:
    """Yield the mentions of some actors inside a sentence."""
    for actor in actors:
        if actor.id in ids:
            yield from (span for span in actor.mentions if text.start <= span.start < text.end)


def _lemmas(document: Document, spans: Sequence[Span]) -> Iterator[str]:
    for span in spans:
        for index in document.tokens_in(span.start, span.end):
            token = document.tokens[index]
            if token.pos in _VERBAL:
                yield token.lemma


@lru_cache(maxsize=1024)
def _seen_example(example: Example) -> _Seen:
    from onrecord.reading.language import analyse

    article = Article(example.text)
    document = analyse(article)
    found = pair_events(document, article.span(*example.actor), article.span(*example.recipient))
    (relation,) = load_relation_network().relate(
        example.text, find_quotations(example.text), [(example.actor, example.recipient)]
    )
    words = frozenset(_lemmas(document, found[0].trigger)) if found else _verbs(document)
    return _Seen(words, found[0].cameo if found else None, relation.hidden)


def _verbs(document: Document) -> frozenset[str]:
    return frozenset(token.lemma for token in document.tokens if token.pos == "VERB")
