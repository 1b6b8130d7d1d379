"""Which words of a content are the speaker's own, and which an editor put among them."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from onrecord.article import Article, Span
from onrecord.reading.document import Document
from onrecord.reading.statements.parts import Range
from onrecord.record import StatementMode

if TYPE_CHECKING:
    from onrecord.reading.quotations import Quotation

__all__ = ["Words", "read_words"]

_INSERTION = re.compile(r"\[[^\[\]]{1,300}\]")
_ELLIPSES = frozenset({"[...]", "[…]", "[. . .]"})


class Words(Struct, frozen=True):
    """The verbatim words of a content, an editor's insertions, and the mode that follows."""

    quoted: tuple[Span, ...]
    insertions: tuple[Span, ...]
    mode: StatementMode


def read_words(
    document: Document,
    quotations: "Sequence[Quotation]",
    content: Sequence[Range],
    cue: Sequence[Range],
    *,
    is_verbatim: bool = False,
) -> Words:
    """Tell the quoted words of a content from the rest.

    Args:
        document: The document.
        quotations: Those that may touch the content.
        content: Its character ranges.
        cue: The cue's ranges: a quotation that holds the cue belongs to whoever reports it.
        is_verbatim: Whether the words are the speaker's without marks, as in a transcript.
    """
    if is_verbatim:
        return Words(*_split_insertions(document.article, sorted(content)), "direct")
    marks = [each for each in quotations if not _holds(each, cue)]
    outer = list(_outermost(marks))
    inner = [
        (max(start, each.inner_start), min(end, each.inner_end))
        for start, end in content
        for each in outer
        if each.inner_start < end and start < each.inner_end
    ]
    quoted, insertions = _split_insertions(document.article, sorted(inner))
    return Words(quoted, insertions, _mode(document, content, inner))


def _holds(quotation: "Quotation", cue: Sequence[Range]) -> bool:
    return any(quotation.start <= start and end <= quotation.end for start, end in cue)


def _outermost(quotations: "Sequence[Quotation]") -> "Iterator[Quotation]":
    end = -1
    for quotation in quotations:
        if quotation.start >= end:
            yield quotation
            end = quotation.end


def _split_insertions(
    article: Article, ranges: Sequence[Range]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    quoted: list[Span] = []
    insertions: list[Span] = []
    for start, end in ranges:
        begun = start
        for match in _INSERTION.finditer(article.text, start, end):
            insertions.append(article.span(*match.span()))
            quoted.extend(_trimmed(article, begun, match.start()))
            begun = match.end()
        quoted.extend(_trimmed(article, begun, end))
    return tuple(quoted), tuple(insertions)


def _trimmed(article: Article, start: int, end: int) -> Iterator[Span]:
    text = article.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    if start < end and any(character.isalnum() for character in text):
        yield article.span(start, end)


def _mode(document: Document, content: Sequence[Range], inner: Sequence[Range]) -> StatementMode:
    if not inner:
        return "indirect"
    words = [
        document.tokens[index]
        for start, end in content
        for index in document.tokens_in(start, end)
        if document.tokens[index].is_word
    ]
    inside = sum(any(a <= word.start and word.end <= b for a, b in inner) for word in words)
    if not inside:
        return "indirect"
    return "direct" if inside == len(words) else "mixed"
