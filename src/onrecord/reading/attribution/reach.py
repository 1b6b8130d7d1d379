"""How far a content reaches: from mark to mark, and no further than its own paragraph.

What the network says of a content is put right by form. Content that fills much of a quotation is
all of it, marks included, with every part of a quotation that runs over several paragraphs; what
stands in quotation marks of others is left out; and words outside quotation marks in another
paragraph than the cue do not belong to it (in 9 of 6,603 indirect attributions of PolNeAR they do).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from onrecord.models.decoding import AttributedSpans, Spans, length, shared
from onrecord.reading.quotations import Quotation, find_paragraphs

__all__ = ["Quoted", "reach", "through_main_clause"]

QUOTED_WORDS = 4
"""Words that a quotation must have to count as one that somebody must have said."""
WHOLE = 0.4
"""Share of a quotation from which a content holds all of it; on PolNeAR dev .25 to .5 do alike."""
_BREAK = re.compile(r"\n[ \t\r]*\n\s*|\n(?=[“\"‘`])")
_OPENED_BY = frozenset({",", ":"})
_SCENE = re.compile(r"\s(?:as|while|before|after|when|during|following|on)\s")
_WORD_BEFORE = re.compile(r"[^\s“”\"(]*$")
_LONGEST_WORD = 40
_AFTER = frozenset(",.;\n")
_SENTENCE_END = re.compile(r"(?:^|\n\s*|(?<=[a-z0-9]{3})[.!?][”\"’)]*\s+)(?=[A-Z])")
_REACH = 400
"""Characters in which a sentence's beginning or end is sought; few sentences are longer."""
_BEFORE = " \t\r\n,;"
_AS_SAYING = re.compile(r"as (?:saying|telling \w+|having said)\W*", re.IGNORECASE)
_CITED = re.compile(
    r"(?:cited|quoted|cites|quotes)\b[^.;\n“”\"]{3,120}? as (?:saying|telling \w+)\b"
)
_TAIL = 3
"""Words that a piece of content must have more of behind `as saying`: `on Tuesday` is none."""
_LINK = re.compile(r"[\s,]+(?:that|which|who|whom|and|but|or|because|although|while)$")
_DASHES = frozenset("—–")
_CONDITION = re.compile(
    r"that,? (?:if|unless|when|once|although|though|while|because|since)\b[^,;]*,?[”\"’']?,?",
    re.IGNORECASE,
)
_SENTENCE_LAST = re.compile(r"[.!?;](?=[\s”\"’'])|\n")
_CONJUNCTION = re.compile(r"(?<=, )(?:and|but|or|yet) $")


class Quoted:
    """The outer quotations of a text, to be looked up by place."""

    def __init__(self, text: str, quotations: tuple[Quotation, ...]) -> None:
        self._outer = [each for each in quotations if not each.depth]
        self._starts = [each.start for each in self._outer]
        self._paragraphs = [start for start, _ in find_paragraphs(text)]
        self._is_said = [
            len(text[each.start : each.end].split()) >= QUOTED_WORDS for each in self._outer
        ]

    def touching(self, content: Spans) -> Iterator[Quotation]:
        """Yield the quotations that share a character with a content, and what continues them."""
        groups: set[int] = set()
        for place in range(*self._range(content)):
            quotation = self._outer[place]
            if shared(content, ((quotation.start, quotation.end),)):
                groups.add(quotation.group)
                yield quotation
        for quotation in islice(self._outer, self._range(content)[1], None):
            if quotation.group not in groups:
                break
            yield quotation

    def said_in(self, content: Spans) -> list[tuple[int, int]]:
        """Return the quotations long enough to be said of which a content holds more than half."""
        held = []
        for place in range(*self._range(content)):
            span = (self._outer[place].start, self._outer[place].end)
            if self._is_said[place] and 2 * shared((span,), content) > span[1] - span[0]:
                held.append(span)
        return held

    def at_home(self, spans: AttributedSpans) -> Spans:
        """Return the content without words in another paragraph that no quotation mark holds."""
        pieces = [piece for span in spans.content for piece in self._by_paragraph(*span)]
        home = self._paragraph((spans.cue or spans.content)[0][0])
        if not any(self._paragraph(start) == home for start, _ in pieces):
            return spans.content
        return tuple(
            piece
            for piece in pieces
            if self._paragraph(piece[0]) == home or next(self.touching((piece,)), None)
        )

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self._paragraphs, offset)

    def _by_paragraph(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for border in self._paragraphs[self._paragraph(start) : self._paragraph(end - 1)]:
            yield start, border
            start = border
        yield start, end

    def _range(self, content: Spans) -> tuple[int, int]:
        """Return which quotations lie between the first and the last character of a content."""
        first = max(0, bisect_right(self._starts, content[0][0]) - 1)
        return first, bisect_left(self._starts, content[-1][1])


def reach(spans: AttributedSpans, quoted: Quoted, text: str) -> AttributedSpans:
    """Let content that fills much of a quotation reach from mark to mark; leave out others."""
    clause = _clause_before(spans, quoted, text)
    if clause is not None:
        spans = replace(spans, content=_merge((*spans.content, clause)))
    spans = _through_another(spans, text)
    if not spans.content:
        return spans
    content = quoted.at_home(spans)
    taken: set[int] = set()
    for quotation in tuple(quoted.touching(content)):
        span = (quotation.start, quotation.end)
        common = shared(content, (span,))
        if quotation.group in taken or common > WHOLE * (span[1] - span[0]):
            content = _merge((*content, span))
            taken.add(quotation.group)
        elif 2 * common < length(content) and not shared((span,), spans.cue + spans.source):
            content = _cut(content, span) or content
    content = tuple(
        _with_bracket(text, *each)
        for each in content
        if any(character.isalnum() for character in text[slice(*each)])
        and not _AS_SAYING.fullmatch(text[slice(*each)].strip())
    )
    busy = (*spans.source, *spans.cue)
    for span in busy:
        content = _cut(content, span)
    content = _with_conjunctions(_joined(content, busy, text), text)
    content = _without_scene(_without_link(content, text), quoted, text)
    return replace(spans, content=through_main_clause(content, busy, text, len(text)))


def through_main_clause(content: Spans, busy: Spans, text: str, limit: int) -> Spans:
    """Let content that stops after `that if it rains,` reach on to what is then said.

    In 52 of 54 such contents of PolNeAR it does; where source or cue follow the comma it cannot.

    Args:
        content: What is said.
        busy: Source and cue.
        text: The text.
        limit: Where the sentence must end at the latest.
    """
    if not content:
        return content
    (start, end), *rest = content
    if not _CONDITION.fullmatch(text, start, end):
        return content
    last = _SENTENCE_LAST.search(text, end, min(limit, end + _REACH))
    if last is None and limit > end + _REACH:
        return content
    stop = last.start() if last else limit
    follows = any(end <= first < stop for first, _ in busy)
    if follows or not any(map(str.isalnum, text[end:stop])):
        return content
    return _merge(((start, stop), *rest))


def _clause_before(spans: AttributedSpans, quoted: Quoted, text: str) -> tuple[int, int] | None:
    """Return all of the sentence before a closing `, he said`: who says its end says all of it.

    Only where source and cue stand side by side between a comma and the next mark, nothing that is
    said stands behind them, and no quotation mark in the sentence before them.
    """
    if len(spans.source) != 1 or len(spans.cue) != 1:
        return None
    (start, middle), (after, end) = sorted((*spans.source, *spans.cue))
    is_closed = text[middle:after].isspace() and text[end : end + 1] in _AFTER
    is_last = all(last <= start for _, last in spans.content)
    if not is_closed or not is_last or text[max(0, start - 2) : start] != ", ":
        return None
    begins = [each.end() for each in _SENTENCE_END.finditer(text, max(0, start - _REACH), start)]
    clause = (begins[-1] if begins else start, start - 2)
    if len(text[slice(*clause)].split()) < QUOTED_WORDS or next(quoted.touching((clause,)), None):
        return None
    return clause


def _through_another(spans: AttributedSpans, text: str) -> AttributedSpans:
    """Leave out of what is said by whom: `It was late, Interfax cited the minister as saying`.

    Where nothing else is left, what stands before the comma is what was said.
    """
    found = _CITED.search(text, min((start for start, _ in spans.cue), default=len(text)))
    if found is None or not any(start == found.start() for start, _ in spans.cue):
        return spans
    content = _cut(spans.content, (found.start(), found.end()))
    content = tuple(each for each in content if len(text[slice(*each)].split()) > _TAIL)
    first = min((*spans.source, *spans.cue))[0]
    if not content and text[max(0, first - 3) : first].strip(' ”"') == ",":
        begins = [end.end() for end in _SENTENCE_END.finditer(text, max(0, first - _REACH), first)]
        content = ((begins[-1], first),) if begins else ()
    return replace(spans, content=content) if content else spans


def _with_conjunctions(content: Spans, text: str) -> Spans:
    """Take in the `but` of `It was late, he said, but it would come`: annotators do in 32 of 35."""
    linked = list(content[:1])
    for start, end in content[1:]:
        found = _CONJUNCTION.search(text, linked[-1][1], start)
        linked.append((found.start() if found else start, end))
    return tuple(linked)


def _without_link(content: Spans, text: str) -> Spans:
    """Leave out a last word that only leads on: `a flat in New York that`."""
    if not content:
        return content
    start, end = content[-1]
    found = _LINK.search(text, start, end)
    return (*content[:-1], (start, found.start())) if found and found.start() > start else content


def _without_scene(content: Spans, quoted: Quoted, text: str) -> Spans:
    """Leave out what went on meanwhile: `shouted, “It is over” as police led her away`."""
    if not content or text[max(0, content[-1][0] - 2) : content[-1][0]].strip() not in _OPENED_BY:
        return content
    start, end = content[-1]
    first = next((each for each in quoted.touching(((start, end),)) if each.start == start), None)
    if first is None or not text[first.inner_start].isupper():
        return content
    return (*content[:-1], (start, first.end)) if _SCENE.match(text, first.end, end) else content


def _with_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the opening bracket before a range that holds its partner."""
    partner = {"{": "}", "[": "]", "(": ")"}.get(text[start - 1 : start])
    if partner is None or partner not in text[start:end]:
        return start, end
    return start - 1, end


def _merge(spans: Iterable[tuple[int, int]]) -> Spans:
    """Sort ranges and join those that touch."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _cut(spans: Spans, away: tuple[int, int]) -> Spans:
    """Take a range out of ranges."""
    left = [(start, min(end, away[0])) for start, end in spans]
    right = [(max(start, away[1]), end) for start, end in spans]
    return _merge((start, end) for start, end in left + right if start < end)


def _joined(content: Spans, busy: Spans, text: str) -> Spans:
    """Trim white space; join ranges between which nothing but a mark or a short word stands."""
    joined: list[tuple[int, int]] = []
    pieces = [piece for span in content for piece in _by_paragraph(text, *span)]
    for start, end in (_trimmed(text, *piece) for piece in pieces):
        if start >= end:
            continue
        if joined and _is_small(text, joined[-1][1], start, busy):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _by_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range at the blank lines in it, and where a line opens with a mark."""
    for match in _BREAK.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space around a range, and a comma before it: it belongs to what precedes.

    A word with hyphens is whole: `long-delayed legislation` does not begin with `-delayed`.
    """
    piece = text[start:end]
    first = end - len(piece.lstrip(_BEFORE))
    if text[first : first + 1] == "-" and text[first - 1 : first].isalnum():
        word = _WORD_BEFORE.search(text, max(0, first - _LONGEST_WORD), first)
        first = word.start() if word else first
    return first, start + len(piece.rstrip())


def _is_small(text: str, start: int, end: int, busy: Spans) -> bool:
    """Tell whether a gap in a content is too small to be meant as one."""
    gap = text[start:end]
    is_small = len(gap.split()) <= 1 or _is_aside(text, start, end)
    return is_small and "\n" not in gap and not shared(busy, ((start, end),))


def _is_aside(text: str, start: int, end: int) -> bool:
    """Tell whether a gap stands between two dashes; they may belong to its neighbours."""
    gap = text[start:end].strip()
    opens = gap[0] in _DASHES or text[start - 1] in _DASHES
    return opens and (gap[-1] in _DASHES or text[end] in _DASHES)
