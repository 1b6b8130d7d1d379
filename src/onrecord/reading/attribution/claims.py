"""Find who claims what a noun stands for: `the escalation that the US was claiming`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.models.decoding import Spans

if TYPE_CHECKING:
    from onrecord.reading.document import Document, Token

__all__ = ["find_relative_claims"]

_CLAIMING = frozenset({"claim", "allege", "assert", "deny", "admit", "acknowledge", "concede"})
"""Verbs whose object is always something said; `said`, `announced` or `backed` are often not."""
_RELATIVE = frozenset({"that", "which", "what"})


def find_relative_claims(
    document: "Document", content: Spans
) -> Iterator[tuple[Spans, Spans, Spans]]:
    """Yield source, cue and content of the claims in relative clauses within a content.

    What is claimed is the noun that the clause belongs to, with what stands before it.
    """
    for start, end in content:
        for index in document.tokens_in(start, end):
            verb = document.tokens[index]
            if verb.lemma not in _CLAIMING or not _is_relative(document, verb):
                continue
            subjects = document.children(index, "nsubj")
            if subjects:
                noun = document.head(verb)
                claimed = (document.tokens[document.subtree(noun.index)[0]].start, noun.end)
                if start <= claimed[0]:
                    cue = _with_auxiliaries(document, verb)
                    yield (_phrase(document, subjects[0]),), (cue,), (claimed,)


def _is_relative(document: "Document", verb: "Token") -> bool:
    """Tell whether a clause says of the noun before it what is claimed: `that the US claimed`.

    Without an object of its own, the clause has the noun for its object, even where the parse takes
    `that` for a conjunction.
    """
    objects = document.children(verb.index, "dobj", "ccomp", "xcomp")
    if verb.dep == "relcl":
        return bool(objects) and objects[0].index < verb.index and objects[0].lower in _RELATIVE
    marks = document.children(verb.index, "mark")
    return verb.dep == "acl" and not objects and any(each.lower == "that" for each in marks)


def _phrase(document: "Document", noun: "Token") -> tuple[int, int]:
    first, last = document.subtree(noun.index)
    return document.tokens[first].start, document.tokens[last - 1].end


def _with_auxiliaries(document: "Document", verb: "Token") -> tuple[int, int]:
    """Return the range from the verb's first auxiliary or negation to the verb."""
    before = document.children(verb.index, "aux", "auxpass", "neg")
    return min([verb.start, *(each.start for each in before)]), verb.end
