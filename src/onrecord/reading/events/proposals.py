"""Events that no frame tells: a verb between two parties, judged by the relation network.

Frames know some hundred verbs; reports use thousands. Where a verb has a subject that can act and
something it acts on, and no frame has an event there, the network says whether the sentence tells
of an event between the two, and of which type.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import cast

from msgspec import Struct

from onrecord.article import Span
from onrecord.knowledge.codebook import cameo, cameo_of, coded_type, plover
from onrecord.knowledge.event_triggers import frames, word_class
from onrecord.models.relations import Relation, load_relation_network
from onrecord.reading.document import Document, Token
from onrecord.reading.events.cast import NARROW, WIDE, Cast
from onrecord.reading.events.roles import objects, subjects
from onrecord.reading.events.scene import Scene, told_status
from onrecord.reading.events.setting import find_place, find_time
from onrecord.reading.quotations import find_quotations
from onrecord.record import Event, EventStatus, EventType

__all__ = ["proposed_events", "related"]

LEAST = 0.7
"""Chance from which an event is told: that there is one, and that it is of its type. Of all events
told in 300 labelled sentences .83 are right with it, of .5 on .81. By relations-2 11 in 25 of those
from .5 on were right when read by eye in 400 Reuters reports, below 6 in 34."""
_HELD = 0.6
"""How often an event is right, by the network's chance: it learned from sentences that tell one."""
_NO_DEED = ("SAY", "WARDING", "IDLE")
"""Classes of verbs of which the network is not asked: of 2,900 pairs with an idle one (`according
to`, `won`, `had`) in reports it would have told an event in two."""
_AROUND = ("on", "against", "to", "with", "at", "for", "into", "from", "in", "over", "of", "by")
"""Prepositions after which whoever is acted upon may stand, the likeliest first."""


class _Pair(Struct, frozen=True):
    """A verb with who acts and who is acted upon, as words and as actors."""

    verb: Token
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actor: Span
    recipient: Span
    own: bool
    """Whether it is the actor's own thing that is acted upon."""


def related(
    document: Document, pairs: Sequence[tuple[Span, Span]], first: int, last: int
) -> tuple[Relation, ...]:
    """Ask the network about pairs of spans inside the sentences `first` to `last` (included)."""
    low = document.tokens[document.sentences[first].first].start
    high = document.tokens[document.sentences[last].last - 1].end
    text = document.text[low:high]
    places = [
        ((one.start - low, one.end - low), (other.start - low, other.end - low))
        for one, other in pairs
    ]
    return load_relation_network().relate(text, find_quotations(text), places)


def _related_here(
    document: Document, pairs: Sequence[tuple[Span, Span]], number: int
) -> tuple[Relation, ...]:
    """Ask the network about pairs in a sentence as the encoder read it in its article.

    That is nearly what it says of the sentence alone (95 in 100 of 645 pairs have the same root,
    and what is told is told), and costs no second reading.
    """
    if document.vectors is None:
        return related(document, pairs, number, number)
    sentence = document.sentence_span(document.sentences[number])
    places = [((one.start, one.end), (other.start, other.end)) for one, other in pairs]
    inside = document.vectors.between(sentence.start, sentence.end)
    return load_relation_network().relate_in(inside, places)


def proposed_events(scene: Scene, told: Sequence[Event]) -> Iterator[tuple[str, Event]]:
    """Yield events of verbs in which none is told, each with the lemma of its verb."""
    taken = {
        index
        for event in told
        for span in event.trigger
        for index in scene.document.tokens_in(span.start, span.end)
    }
    for number in _with_two(scene):
        sentence = scene.document.sentences[number]
        pairs = [
            pair
            for verb in scene.document.tokens[sentence.first : sentence.last]
            if verb.pos == "VERB"
            and verb.index not in taken
            and (pair := _pair(scene.document, scene.cast, verb))
            and not _is_part(scene.document, verb, taken)
        ]
        if pairs:
            spans = [(pair.actor, pair.recipient) for pair in pairs]
            found = _related_here(scene.document, spans, number)
            for pair, relation in zip(pairs, found, strict=True):
                event = _event(scene, pair, relation)
                if event is not None:
                    yield pair.verb.lemma, event


def _with_two(scene: Scene) -> list[int]:
    """Return the numbers of the sentences that mention two actors or more, in order."""
    present: dict[int, set[str]] = {}
    for mentioned in (scene.cast.heads, scene.cast.covered):
        for index, ids in mentioned.items():
            present.setdefault(scene.document.tokens[index].sentence, set()).update(ids)
    return sorted(number for number, ids in present.items() if len(ids) > 1)


def _is_part(document: Document, verb: Token, taken: set[int]) -> bool:
    """Tell whether a verb is part of what another tells: `threatened to stop`, `came to meet`."""
    labels = ("advcl", "xcomp", *(("dobj",) if verb.lemma in word_class("PLANNING") else ()))
    gerunds = (document.children(each.index, "pcomp") for each in document.children(verb.index))
    purposes = (*document.children(verb.index, *labels), *chain.from_iterable(gerunds))
    if any(each.index in taken for each in purposes):
        return True
    below = verb
    for above in document.ancestors(verb.index):
        if below.dep not in {"xcomp", "ccomp", "pcomp", "conj", "prep", "acl"}:
            return False
        if above.index in taken:
            return below.dep != "conj"
        below = above
    return False


def _pair(document: Document, cast: Cast, verb: Token) -> _Pair | None:
    """Return who a verb may tell of: its subject, and the first that is acted upon."""
    if verb.dep in {"amod", "compound"} or any(verb.lemma in word_class(each) for each in _NO_DEED):
        return None
    doers = tuple(each for each in subjects(document, verb) if not frames("noun", each.lemma))
    actors = cast.all_of(doers)
    if not actors or cast.vague.issuperset(actors):
        return None
    own = {cast.states.get(each) for each in actors}
    things = objects(document, verb)
    if verb.lemma == "meet" and any(each.lemma in word_class("MET") for each in things):
        return None
    for token in _acted_upon(document, verb, things):
        found = cast.of(token, through=WIDE if token in things else NARROW)
        recipients = tuple(each for each in found if each not in actors and each not in own)
        if recipients and not cast.vague.issuperset(recipients):
            actor, recipient = _span(document, doers[0]), _span(document, token)
            if not actor.overlaps(recipient):
                theirs = any(cast.is_own(each, actors) for each in things)
                return _Pair(verb, actors, recipients, actor, recipient, theirs)
    return None


def _acted_upon(document: Document, verb: Token, things: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the nouns that may be acted upon: objects, what prepositions govern, then deeper."""
    yield from things
    below = list(document.children(verb.index, "xcomp", "ccomp", "advcl", "dative"))
    hosts = [verb, *things, *below]
    while hosts:
        host = hosts.pop(0)
        near = [each for each in document.children(host.index) if each.lower in _AROUND]
        near.sort(key=lambda each: _AROUND.index(each.lower))
        for preposition in near:
            yield from document.children(preposition.index, "pobj")
        if host in below:
            yield from document.children(host.index, "dobj")
            hosts.extend(document.children(host.index, "dobj"))


def _span(document: Document, noun: Token) -> Span:
    """Return a noun phrase up to its head, with what `of` and `in` hang on it."""
    first, last = document.subtree(noun.index)
    end = noun.index + 1
    for preposition in document.children(noun.index, "prep"):
        if preposition.lower in {"of", "in"} and preposition.index == end:
            end = document.subtree(preposition.index)[1]
    return document.span(first, min(end, last))


def _event(scene: Scene, pair: _Pair, relation: Relation) -> Event | None:
    if relation.event < LEAST:  # as most are: their status need not be read
        return None
    status, carrier = told_status(scene, pair.verb, pair.verb)
    kind, chance = _kind(relation, status)
    if relation.event * chance < LEAST or (kind == "SUPPORT" and pair.own):
        return None
    document = scene.document
    code = cameo(cameo_of(kind))
    return Event(
        id="",
        type=kind,
        mode=None,
        cameo=code.code,
        quad=plover(kind).quad,
        goldstein=code.goldstein,
        actors=pair.actors,
        recipients=pair.recipients,
        trigger=(document.token_span(pair.verb),),
        text=document.sentence_span(document.sentence_of(pair.verb.index)),
        on=find_time(document, (pair.verb,), scene.times),
        place=find_place(document, (pair.verb,), scene.places),
        status=status,
        according_to=(carrier.id,) if carrier else (),
        disputed_by=scene.carriers.answers.get(carrier.id, ()) if carrier else (),
        confidence=round(_HELD * relation.event * chance, 3),
        found_by=f"network:{load_relation_network().name}",
    )


def _kind(relation: Relation, status: EventStatus) -> tuple[EventType, float]:
    """Return the type of the deed that the network tells, and its chance.

    The network files what is only planned under the announcement, as event data does; the record
    keeps the deed and its status.
    """
    root = relation.root
    chance = relation.chances[root]
    if status != "planned" or root not in {"AGREE", "THREATEN"}:
        return _type(root), chance
    others = sorted(relation.chances, key=lambda each: -relation.chances[each])
    deeds = (_type(each) for each in others if each != root)
    announced = (each for each in deeds if coded_type(each, "planned") == root)
    return next(announced, _type(root)), chance


def _type(root: str) -> EventType:
    return "CONCEDE" if root == "YIELD" else cast("EventType", root)
