"""Find the words that report events, and who acts and who is acted upon, by frames and parse.

A frame (`knowledge.event_triggers`) says in what company a verb, noun or predicate reports which
event, and where its actor and recipient stand; this module tries the frames on the parse.
"""

from collections.abc import Iterator

from msgspec import Struct

from onrecord.knowledge.event_triggers import Frame, FrameKind, frames
from onrecord.reading.document import Document, Token
from onrecord.reading.events.cast import FRIENDLY, NARROW, WIDE, Cast
from onrecord.reading.events.needs import holds
from onrecord.reading.events.parties import first_role
from onrecord.reading.events.roles import hyphenated
from onrecord.reading.events.site import Site, noun_site, verb_site

__all__ = ["Candidate", "find_candidates"]

_PRAISE = "05"
_VERBAL = frozenset({"02", "03", "04", "09", "10", "11", "12", "13"})
"""CAMEO roots of what is done with words."""


class Candidate(Struct, frozen=True):
    """A word that reports an event.

    Attributes:
        frame: What was matched.
        trigger: The word.
        carrier: The light verb that carries a noun (`held` talks), or the trigger itself.
        words: All tokens of the trigger, in order: verb, particle, object noun.
        actors: Actor ids.
        recipients: Actor ids.
    """

    frame: Frame
    trigger: Token
    carrier: Token
    words: tuple[Token, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def find_candidates(document: Document, cast: Cast, first: int, last: int) -> Iterator[Candidate]:
    """Yield what the frames find among the tokens `first` to `last` (excluded)."""
    taken: set[int] = set()
    for token in document.tokens[first:last]:
        if token.pos != "VERB" or token.dep in {"amod", "compound"}:
            continue
        found = _try_frames(document, token, "verb", cast)
        if found:
            taken.update(each.index for each in found.words)
            yield found
    for token in document.tokens[first:last]:
        kind = _nominal_kind(token)
        if kind and token.index not in taken:
            found = _try_frames(document, token, kind, cast)
            if found:
                yield found


def _nominal_kind(token: Token) -> FrameKind | None:
    if token.pos == "NOUN" and token.dep not in {"compound", "amod"}:
        return (
            "adjective"
            if token.dep in {"attr", "acomp"} and frames("adjective", token.lemma)
            else "noun"
        )
    if token.dep in {"acomp", "attr", "oprd"} and token.pos == "ADJ":
        return "adjective"
    return None


def _frames_of(document: Document, trigger: Token, kind: FrameKind) -> tuple[Frame, ...]:
    """Return the frames of a word, written whole or with hyphens."""
    whole = "".join(each.lower for each in hyphenated(document, trigger))
    return frames(kind, whole) or frames(kind, trigger.lemma)


def _try_frames(
    document: Document, trigger: Token, kind: FrameKind, cast: Cast
) -> Candidate | None:
    """Return what the first fitting frame says, or one of its code that knows both sides."""
    rows = _frames_of(document, trigger, kind)
    if not rows:
        return None
    site = (verb_site if kind == "verb" else noun_site)(document, trigger)
    first: Candidate | None = None
    for frame in rows:
        if first and frame.code != first.frame.code:
            continue
        particle = _particle(site, frame)
        if particle is None or not all(holds(need, site) for need in frame.needs):
            continue
        found = _candidate(site, frame, particle, cast)
        each_other = frame.mutual and len(found.actors) > 1
        if found.actors and (found.recipients or each_other):
            return found
        first = first or found
    return first


def _candidate(site: Site, frame: Frame, particle: tuple[Token, ...], cast: Cast) -> Candidate:
    actors = first_role(frame.actor, site, cast)
    recipients = first_role(frame.recipient, site, cast, through=_through(frame), without=actors)
    own = {cast.states.get(each) for each in actors} if frame.mode == "withdraw" else set()
    return Candidate(
        frame,
        site.trigger,
        site.carrier,
        _words(site, frame, particle),
        actors,
        tuple(each for each in recipients if each not in actors and each not in own),
    )


def _through(frame: Frame) -> tuple[str, ...]:
    """Return the prepositions in a noun phrase after which its recipient may stand."""
    root = frame.code[:2]
    if root == _PRAISE:
        return FRIENDLY
    return WIDE if root in _VERBAL else NARROW


def _particle(site: Site, frame: Frame) -> tuple[Token, ...] | None:
    """Return the particles that the frame wants, or None where they are missing."""
    if not frame.particle:
        return ()
    below = site.document.children(site.trigger.index, "prt", "advmod", "prep", "dep")
    found = tuple(
        each for each in below if each.lower == frame.particle and each.index > site.trigger.index
    )
    return found or None


def _words(site: Site, frame: Frame, particle: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words of the trigger: a light verb's or frame's object belongs to it."""
    words = [site.carrier, *particle, *hyphenated(site.document, site.trigger)]
    if any(need.place == "o" and need.lemmas and not need.negated for need in frame.needs):
        words.extend(site.objects[:1])
    return tuple(sorted(set(words), key=lambda each: each.index))
