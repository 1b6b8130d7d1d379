"""When and where an event is told to have been: the times and places that belong to its clause."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from onrecord.knowledge.event_triggers import word_class
from onrecord.reading.document import Document, Token
from onrecord.reading.places.where import is_where
from onrecord.record import Place, Time

__all__ = ["find_place", "find_time"]

_CLIMBED = 8
_LOCAL = frozenset({"in", "at", "near", "outside", "inside", "on", "across"})

_Setting = TypeVar("_Setting", Time, Place)


def find_time(document: Document, words: tuple[Token, ...], times: Sequence[Time]) -> Time | None:
    """Return the time that the event's own clause names, or the nearest clause around it."""
    here = _in_sentence(document, words[0], times)
    dated = tuple(each for each in here if each.date)
    vague = tuple(each for each in here if not each.date and "duration" not in each.found_by)
    for some in (dated, vague):
        for node in _outward(document, words):
            attached = [each for each in some if _hangs_on(document, _top(document, each), node)]
            if attached:
                return min(attached, key=lambda each: abs(each.span.start - words[0].start))
    return None


def find_place(
    document: Document, words: tuple[Token, ...], places: Sequence[Place]
) -> Place | None:
    """Return the place that the event's own clause names after `in`, `at`, `near`."""
    here = _in_sentence(document, words[0], places)
    for each in here:
        top = _top(document, each)
        if not is_where(document.head(top), each, _LOCAL):
            continue
        if any(_hangs_on(document, top, word) for word in words):
            return each
    return None


def _in_sentence(
    document: Document, token: Token, settings: Sequence[_Setting]
) -> tuple[_Setting, ...]:
    """Return the times or places inside the token's sentence; they are in order of the text."""
    sentence = document.sentence_span(document.sentence_of(token.index))
    first = bisect_left(settings, sentence.start, key=lambda each: each.span.start)
    found = []
    for each in settings[first:]:
        if each.span.start >= sentence.end:
            break
        found.append(each)
    return tuple(found)


def _top(document: Document, setting: Time | Place) -> Token:
    """Return the token of the expression whose governor lies outside it."""
    inside = document.tokens_in(setting.span.start, setting.span.end)
    for index in inside:
        head = document.tokens[index].head
        if head not in inside or head == index:
            return document.tokens[index]
    return document.tokens[inside[0]]


def _outward(document: Document, words: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the event's words, then the clauses around it as far as their time holds for it."""
    yield from words
    below = words[0]
    for _ in range(_CLIMBED):
        head = document.head(below)
        told = below.dep in {"ccomp", "relcl"} or head.index == below.index
        told = told and not any(each.lower == "when" for each in document.children(below.index))
        told = told or (below.dep == "acl" and below.lower != "following")
        if told or (head.lemma in word_class("SAY") and below.dep == "xcomp"):
            return
        yield head
        below = head


def _hangs_on(document: Document, token: Token, node: Token) -> bool:
    """Tell whether the token is attached to the node without another verb in between."""
    for _ in range(_CLIMBED):
        if token.index == node.index:
            return True
        if token.pos == "VERB" or document.head(token).index == token.index:
            return False
        token = document.head(token)
    return False
