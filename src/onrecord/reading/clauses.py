"""What the tree of a sentence says of attributions that the network leaves open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.models.decoding import Spans

if TYPE_CHECKING:
    from onrecord.reading.document import Document, Token

__all__ = [
    "carry_past_aside",
    "close_gaps",
    "find_relative_claims",
    "find_shared_subject",
    "finish_phrases",
]

_SHARING = frozenset({"conj", "advcl", "xcomp"})
"""Labels of a verb that has its subject in common with the verb that governs it."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_DASHES = frozenset({"—", "–", "--"})
_EMPTY = frozenset({"it", "there", "this", "that", "which", "who"})
_CLAIMING = frozenset({"claim", "allege", "assert", "deny", "admit", "acknowledge", "concede"})
"""Verbs whose object is always something said; `said`, `announced` or `backed` are often not."""
_RELATIVE = frozenset({"that", "which", "what"})
MAX_GAP = 3
"""Words that may be missing within a source; on PolNeAR dev closing them makes 6 of 35 exact."""


def find_shared_subject(document: "Document", cue: Spans) -> Spans:
    """Find the subject that a cue's verb shares with another verb of its sentence.

    `Putin did not answer, but did say ...` has Putin as the source of `did say`. Where the tree
    does not lead there, the last subject before a verb that can have none of its own is taken.
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


def finish_phrases(document: "Document", content: Spans) -> Spans:
    """Carry ranges on that end within a phrase: `the Prime` of `the Prime Minister`, `within`.

    Only compounds and what a last preposition governs are finished.
    """
    return tuple((start, _phrase_end(document, start, end)) for start, end in content)


def _phrase_end(document: "Document", start: int, end: int) -> int:
    inside = document.tokens_in(start, end)
    if not inside:
        return end
    last = document.tokens[inside[-1]]
    if last.dep == "compound" and last.head == last.index + 1:
        return document.head(last).end
    governed = document.children(last.index, "pobj", "pcomp") if last.pos == "ADP" else ()
    if governed and governed[0].index > last.index:
        return _phrase(document, governed[0])[1]
    return end


def carry_past_aside(document: "Document", content: Spans) -> Spans:
    """Carry content on to its sentence's end if it breaks off at an aside and lacks its verb.

    `He said the plan` of `He said the plan — it costs a billion — was dead.` is no statement yet.
    """
    start, end = content[-1]
    inside = document.tokens_in(start, end)
    if not inside or _is_whole(tuple(document.tokens[each] for each in inside)):
        return content
    sentence = document.sentence_of(inside[-1])
    after = document.tokens[inside[-1] + 1 : sentence.last]
    if not after or after[0].text not in _DASHES:
        return content
    if not any(each.text in _DASHES for each in after[1:]):
        return content
    last = next((each for each in reversed(after) if each.is_word), after[-1])
    return (*content[:-1], (start, last.end))


def _is_whole(tokens: "tuple[Token, ...]") -> bool:
    """Tell whether words can be a clause: a finite verb, and nothing awaited at the end."""
    has_verb = any(each.tag in {*_FINITE, "MD"} for each in tokens)
    return has_verb and tokens[-1].pos not in {"ADP", "DET", "CCONJ", "SCONJ"}


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


def close_gaps(document: "Document", source: Spans, busy: Spans) -> Spans:
    """Join the pieces of a source between which a few words stand that are nothing else.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("Keller, who had voted against the bill, agreed."))
        >>> close_gaps(document, ((0, 21), (30, 38)), ((40, 46),))
        ((0, 38),)
    """
    closed = list(source[:1])
    for start, end in source[1:]:
        gap = document.tokens_in(closed[-1][1], start)
        is_free = not any(closed[-1][1] < last and first < start for first, last in busy)
        if is_free and len(gap) <= MAX_GAP and _in_one_sentence(document, gap):
            closed[-1] = (closed[-1][0], end)
        else:
            closed.append((start, end))
    return tuple(closed)


def _in_one_sentence(document: "Document", gap: range) -> bool:
    around = document.tokens[max(0, gap.start - 1) : gap.stop + 1]
    return len({token.sentence for token in around}) == 1
