"""What the tree of a sentence says of attributions that the network leaves open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.models.decoding import Spans

if TYPE_CHECKING:
    from onrecord.reading.document import Document, Token

__all__ = ["find_relative_claims", "find_shared_subject"]

_SHARING = frozenset({"conj", "advcl", "xcomp"})
"""Labels of a verb that has its subject in common with the verb that governs it."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_EMPTY = frozenset({"it", "there", "this", "that", "which", "who"})
_CLAIMING = frozenset({"claim", "allege", "assert", "deny", "admit", "acknowledge", "concede"})
"""Verbs whose object is always something said; `said`, `announced` or `backed` are often not."""
_RELATIVE = frozenset({"that", "which", "what"})


def find_shared_subject(document: "Document", cue: Spans) -> Spans:
    """Find the subject that a cue's verb shares with another verb of its sentence.

    `Putin did not answer, but did say ...` has Putin as the source of `did say`. Where the tree does
    not lead there, the last subject before a verb that can have none of its own is taken.
    """
    verb = _verb_of(document, cue)
    if verb is None or _has_own_subject(document, verb):
        return ()
    subject = _subject_above(document, verb) or _subject_before(document, verb)
    return () if subject is None else (_phrase(document, subject),)


def _has_own_subject(document: "Document", verb: "Token") -> bool:
    return bool(document.children(verb.index, "nsubj", "nsubjpass", "csubj", "auxpass"))


def _subject_above(document: "Document", verb: "Token") -> "Token | None":
    """Climb from joined verb to joined verb until one has a subject."""
    while verb.dep in _SHARING and verb.head != verb.index:
        verb = document.head(verb)
        subjects = document.children(verb.index, "nsubj")
        if subjects:
            return subjects[0] if subjects[0].lower not in _EMPTY else None
    return None


def _subject_before(document: "Document", verb: "Token") -> "Token | None":
    """Return the last subject before a finite verb in its sentence."""
    auxiliaries = [each.tag for each in document.children(verb.index, "aux")]
    if not _FINITE.intersection((verb.tag, *auxiliaries)):
        return None
    for index in range(verb.index - 1, document.sentence_of(verb.index).first - 1, -1):
        token = document.tokens[index]
        if token.dep == "nsubj" and token.lower not in _EMPTY:
            return token
    return None


def find_relative_claims(
    document: "Document", content: Spans
) -> Iterator[tuple[Spans, Spans, Spans]]:
    """Find who claims what a noun stands for: `the escalation that the US was claiming`.

    Yields source, cue and content; the content is the noun with what stands before it.
    """
    for start, end in content:
        for index in document.tokens_in(start, end):
            verb = document.tokens[index]
            if verb.dep != "relcl" or not _is_claiming(verb):
                continue
            subjects = document.children(index, "nsubj")
            objects = [each for each in document.children(index, "dobj") if each.index < index]
            if subjects and objects and objects[0].lower in _RELATIVE:
                noun = document.head(verb)
                claimed = (document.tokens[document.subtree(noun.index)[0]].start, noun.end)
                if start <= claimed[0]:
                    cue = _with_auxiliaries(document, verb)
                    yield (_phrase(document, subjects[0]),), (cue,), (claimed,)


def _is_claiming(verb: "Token") -> bool:
    return verb.lemma in _CLAIMING


def _verb_of(document: "Document", cue: Spans) -> "Token | None":
    """Return the verb of a cue that no other word of it governs."""
    inside = {index for start, end in cue for index in document.tokens_in(start, end)}
    for index in sorted(inside):
        token = document.tokens[index]
        if token.pos in {"VERB", "AUX"} and token.head not in inside - {index}:
            return token
    return None


def _phrase(document: "Document", noun: "Token") -> tuple[int, int]:
    first, last = document.subtree(noun.index)
    return document.tokens[first].start, document.tokens[last - 1].end


def _with_auxiliaries(document: "Document", verb: "Token") -> tuple[int, int]:
    """Return the range from the verb's first auxiliary or negation to the verb."""
    before = document.children(verb.index, "aux", "auxpass", "neg")
    return min([verb.start, *(each.start for each in before)]), verb.end
