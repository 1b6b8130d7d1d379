"""Whose a quotation is that two attributions claim: `“A,” said X. “B,” said Y` gives B to Y alone.

A network that reads on behind `said X` takes the next quotation for X's as well, whoever is named
behind it. It is theirs from whom fewer sentences part it.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from onrecord.models.decoding import AttributedSpans, Neighbours, Spans, length, shared

__all__ = ["each_its_own"]

Range = tuple[int, int]

_OPENING = frozenset('“"‘')
_MARKS = 2
"""Characters by which the ends of two contents may differ: a mark."""
_MOST = 0.8
"""Share of a piece that the other attribution must hold too."""
_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9]{3})[.!?][”\"’)]*\s+(?=[A-Z])|(?<=\w\w)[.!?][”\"’)]*\s+(?=[“\"‘]|$)|\n"
)
_STOP = re.compile(r"\.[”\"’)]*$")


def each_its_own(
    proposed: Sequence[AttributedSpans], text: str, *, least: float
) -> list[AttributedSpans]:
    """Take from each attribution the pieces of content that are nearer to another's speaker.

    Args:
        proposed: Attributions of one text.
        text: The text.
        least: Probability from which another attribution, if it names a source, takes a piece.

    Example:
        >>> text = "“We won,” said Ana. “They lie,” said Eva."
        >>> ana = AttributedSpans(((15, 18),), ((10, 14),), ((0, 9), (20, 31)), 0.9)
        >>> eva = AttributedSpans(((37, 40),), ((32, 36),), ((20, 31),), 0.9)
        >>> [each.content for each in each_its_own([ana, eva], text, least=0.4)]
        [((0, 9),), ((20, 31),)]
    """
    near: Neighbours[AttributedSpans] = Neighbours()
    for each in proposed:
        if each.source and each.cue and each.content and each.probability >= least:
            near.add(each.content, each)
    return [_own(each, near, text) for each in proposed]


def _own(spans: AttributedSpans, others: Neighbours[AttributedSpans], text: str) -> AttributedSpans:
    content = []
    for piece in spans.content:
        near = tuple(others.near((piece,)))
        if not any(_is_nearer(other, spans, piece, text) for other in near):
            content.append(_without_tail(spans, piece, near, text))
    return replace(spans, content=tuple(content)) if content else spans


def _without_tail(
    spans: AttributedSpans, piece: Range, near: Iterable[AttributedSpans], text: str
) -> Range:
    """Leave out of a piece the quotation at its end that another attribution has to itself."""
    for other in near:
        for start, end in other.content:
            is_tail = piece[0] < start and abs(end - piece[1]) <= _MARKS and text[start] in _OPENING
            if is_tail and _is_nearer(other, spans, (start, end), text):
                return piece[0], piece[0] + len(text[piece[0] : start].rstrip())
    return piece


def _is_nearer(other: AttributedSpans, spans: AttributedSpans, piece: Range, text: str) -> bool:
    """Tell whether a piece that both claim stands nearer to what says it in the other one."""
    if other is spans or shared((piece,), other.content) < _MOST * length((piece,)):
        return False
    return _sentences_between(piece, other.cue, text) < _sentences_between(piece, spans.cue, text)


def _sentences_between(piece: Range, cue: Spans, text: str) -> int:
    """Count the ends of sentences between a piece and its cue; before the cue they count twice.

    A quotation often goes on behind `he said.`; one that ends with a full stop is hardly said by
    whom the next sentence names.
    """
    start, end = piece
    behind = min((low for low, _ in cue if low >= end), default=None)
    before = max((high for _, high in cue if high <= start), default=None)
    counts = []
    if behind is not None:
        ends = sum(1 for _ in _SENTENCE_END.finditer(text, end, behind))
        counts.append(2 * (ends + bool(_STOP.search(text[start:end]))))
    if before is not None:
        counts.append(sum(1 for _ in _SENTENCE_END.finditer(text, before, start)))
    return min(counts, default=0)
