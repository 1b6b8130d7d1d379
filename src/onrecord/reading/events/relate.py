"""Tell what one marked party does to another: the network chooses the type, frames the words."""

from dataclasses import replace

from onrecord.article import Article, Span
from onrecord.knowledge.codebook import cameo, cameo_of, coded_type, plover
from onrecord.reading.document import Document
from onrecord.reading.events.cast import make_cast
from onrecord.reading.events.proposals import related
from onrecord.reading.events.scene import Scene, reported_events
from onrecord.reading.events.speech import make_carriers
from onrecord.record import Event, EventType

__all__ = ["pair_events", "relate", "relate_in"]


def pair_events(document: Document, actor: Span, recipient: Span) -> tuple[Event, ...]:
    """Return what the frames find where the marked parties, `a1` and `a2`, are the only actors."""
    cast = make_cast(document, (("a1", actor), ("a2", recipient)))
    scene = Scene(document, cast, make_carriers(document, (), ()), (), ())
    found = (event for _, event in reported_events(scene, partial=True))
    return tuple(sorted(found, key=_aptness, reverse=True))


def relate(document: Document, actor: Span, recipient: Span) -> Event | None:
    """Tell what one marked party does to another, or None where they stand in no sentence.

    The event's actor is `a1` and its recipient `a2`, whichever words mark them. Its confidence is
    the network's probability of its type; `found_by` says whether a frame found its words.
    """
    sides = (
        document.tokens_in(actor.start, actor.end),
        document.tokens_in(recipient.start, recipient.end),
    )
    if not all(sides):
        return None
    numbers = [document.tokens[each[0]].sentence for each in sides]
    (relation,) = related(document, ((actor, recipient),), min(numbers), max(numbers))
    root, chance = relation.root, relation.chances[relation.root]
    for event in pair_events(document, actor, recipient):
        if _root(coded_type(event.type, event.status)) == root:
            sided = replace(event, actors=("a1",), recipients=("a2",))
            return replace(sided, id="e1", confidence=round(chance, 3))
    return _bare_event(document, actor, root, round(chance, 3))


def relate_in(text: str, actor: Span, recipient: Span) -> Event | None:
    """Tell what one marked party does to another in a text that was not read yet."""
    from onrecord.reading.language import analyse

    return relate(analyse(Article(text)), actor, recipient)


def _aptness(event: Event) -> tuple[bool, bool, bool]:
    both = event.actors[:1] == ("a1",) and "a2" in event.recipients
    return both, "a1" in event.actors, "a2" in event.recipients


def _root(name: EventType | None) -> str | None:
    return "YIELD" if name in {"CONCEDE", "RETREAT"} else name


def _bare_event(document: Document, actor: Span, root: str, chance: float) -> Event:
    """Return an event of which only the root is known; its trigger is the sentence."""
    kind: EventType = "RETREAT" if root == "YIELD" else root  # type: ignore[assignment]
    inside = document.tokens_in(actor.start, actor.end)
    sentence = document.sentence_span(document.sentence_of(inside[0]))
    code = cameo(cameo_of(kind))
    return Event(
        id="e1",
        type=kind,
        mode=None,
        cameo=code.code,
        quad=plover(kind).quad,
        goldstein=code.goldstein,
        actors=("a1",),
        recipients=("a2",),
        trigger=(sentence,),
        text=sentence,
        on=None,
        place=None,
        status="happened",
        according_to=(),
        disputed_by=(),
        confidence=chance,
        found_by="network:relations",
    )
