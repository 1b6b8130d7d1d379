"""No content stops in the midst of a phrase, and no source in that of a word.

The network chooses role after role, token by token, and now and then lets a content end with a word
that only leads on: an article, a preposition, `to`, an auxiliary, `is`. The parse says what such a
word waits for: `the end of the` goes on to its noun.
"""

from onrecord.models.decoding import Spans
from onrecord.reading.document import Document, Token

__all__ = ["completed", "whole_words"]

_BEFORE_A_NOUN = frozenset({"det", "poss", "compound", "nummod", "quantmod", "case"})
_BEFORE_A_VERB = frozenset({"aux", "auxpass", "mark", "neg"})
_GOVERNED = {"prep": ("pobj", "pcomp"), "agent": ("pobj",), "dative": ("pobj",)}
"""What a preposition waits for, by its label."""
_SAID = ("attr", "acomp", "prep", "advmod", "oprd")
"""What a form of `be` waits for."""
_MOST = 40
"""Words that are added at most."""


def completed(document: Document, content: Spans, busy: Spans) -> Spans:
    """Let a content that stops in the midst of a phrase reach to the phrase's end.

    One that stops with the first word of a sentence stops before it.

    Args:
        document: The analysed article.
        content: What is said.
        busy: Source and cue, before which it stops.
    """
    if not content:
        return content
    (*others, (start, end)) = content
    inside = document.tokens_in(start, end)
    if not inside:
        return content
    last = document.tokens[inside[-1]]
    stop = _stop(document, last)
    if stop == last.index + 1:
        return content
    begun = document.sentence_of(last.index).first
    if inside[0] < begun == last.index:
        return (*others, (start, document.tokens[begun - 1].end))
    low = min((first for first, _ in busy if first >= end), default=document.tokens[stop - 1].end)
    while document.tokens[stop - 1].end > low:
        stop -= 1
    return (*others, (start, max(end, document.tokens[stop - 1].end)))


def whole_words(document: Document, spans: Spans) -> Spans:
    """Leave out ranges that hold no whole word (the `U` of `U.S.`), unless all do."""
    held = tuple(span for span in spans if _holds_a_word(document, *span))
    return held or spans


def _holds_a_word(document: Document, start: int, end: int) -> bool:
    words = (document.tokens[index] for index in document.tokens_in(start, end))
    return any(start <= each.start and each.end <= end for each in words)


def _stop(document: Document, last: Token) -> int:
    """Return the index after the last word of the phrase that a content's last word begins."""
    stop = last.index + 1
    while stop - last.index <= _MOST:
        further = _end_of(document, document.tokens[stop - 1])
        if further <= stop:
            break
        stop = further
    return stop


def _end_of(document: Document, word: Token) -> int:
    """Return the index after what a word waits for, or after the word where it waits for none."""
    head = document.head(word)
    if head.index > word.index and word.dep in _BEFORE_A_NOUN:
        between = document.tokens[word.index + 1 : head.index]
        return head.index + 1 if all(each.is_word for each in between) else word.index + 1
    if head.index > word.index and word.dep in _BEFORE_A_VERB:
        return document.subtree(head.index)[1]
    waited = next((each for each in _governed(document, word) if each.index > word.index), None)
    if waited is None or document.subtree(waited.index)[0] != word.index + 1:
        return word.index + 1
    return document.subtree(waited.index)[1]


def _governed(document: Document, word: Token) -> tuple[Token, ...]:
    """Return what a preposition governs, or what a form of `be` says of its subject."""
    if word.dep == "pcomp" and word.tag == "IN":  # the `of` of `because of`
        return document.children(word.head, "pobj")
    is_verb = word.lemma == "be" and word.dep not in _BEFORE_A_VERB
    labels = _SAID if is_verb else _GOVERNED.get(word.dep)
    return document.children(word.index, *labels) if labels else ()
