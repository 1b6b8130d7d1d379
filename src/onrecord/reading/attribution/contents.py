"""Read the contents of attributions again, each as if it were a text of its own.

The contents are laid under one another as paragraphs of a scratch text, which the network reads in
one pass; what it finds is led back to the article's offsets.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from onrecord.models.decoding import AttributedSpans, Spans
from onrecord.reading.quotations import find_quotations

if TYPE_CHECKING:
    from onrecord.models.attribution import AttributionNetwork

__all__ = ["Contents"]

_MARKS = "“”\"‘’'«»„`"
_LEAST = 4
"""Words that a content needs to hold a statement: somebody, a cue and two words."""


class _Piece(Struct, frozen=True):
    """A range of the article and where it begins in the scratch text."""

    start: int
    end: int
    at: int
    owner: int


class Contents(Struct, frozen=True):
    """Contents as a text of their own, with the way back."""

    text: str
    pieces: tuple[_Piece, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, contents: list[Spans]) -> "Contents":
        """Lay contents under one another, each a paragraph with a full stop and no outer marks."""
        parts: list[str] = []
        pieces: list[_Piece] = []
        at = 0
        for owner, content in enumerate(contents):
            spans = [_bare(text, *span) for span in content]
            if sum(len(text[start:end].split()) for start, end in spans) < _LEAST:
                continue
            for number, (start, end) in enumerate(spans, 1):
                pieces.append(_Piece(start, end, at, owner))
                close = ", " if number < len(spans) else ".\n\n"
                parts.append(text[start:end].replace("\n", " ").replace("\r", " ") + close)
                at += end - start + len(close)
        return cls("".join(parts), tuple(pieces), tuple(piece.at for piece in pieces))

    def attribute(
        self, network: "AttributionNetwork", least: float
    ) -> Iterator[tuple[int, AttributedSpans]]:
        """Yield what the network finds in the contents: whose content, and the article's ranges."""
        if not self.text:
            return
        quotations = find_quotations(self.text)
        for found in network.attribute(self.text, quotations, least=least):
            source, cue, content = (
                self._back(role) for role in (found.source, found.cue, found.content)
            )
            owners = {owner for owner, _, _ in (*source, *cue, *content)}
            if len(owners) == 1 and cue and content:
                spans = AttributedSpans(
                    _ranges(source), _ranges(cue), _ranges(content), found.probability
                )
                yield owners.pop(), spans

    def _back(self, spans: Spans) -> list[tuple[int, int, int]]:
        """Lead ranges of the scratch text back to the article: owner, start and end."""
        return [each for start, end in spans for each in self._pieces_of(start, end)]

    def _pieces_of(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        index = max(0, bisect_right(self.starts, start) - 1)
        stop = bisect_left(self.starts, end)
        for piece in self.pieces[index:stop]:
            low = piece.start + max(0, start - piece.at)
            high = min(piece.end, piece.start + end - piece.at)
            if low < high:
                yield piece.owner, low, high


def _ranges(pieces: list[tuple[int, int, int]]) -> Spans:
    return tuple((start, end) for _, start, end in pieces)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a conjunction before a content, and marks around it that have no partner in it."""
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    if text[start : start + 5].lower() == "that ":
        start += 5
    while start < end and (text[end - 1] in ".,;" or text[end - 1].isspace()):
        end -= 1
    while start < end and text[end - 1] in _MARKS and not _has_partner(text, start, end - 1):
        end -= 1
        while start < end and (text[end - 1] in ".,;" or text[end - 1].isspace()):
            end -= 1
    return start, end


def _has_partner(text: str, start: int, closing: int) -> bool:
    """Tell whether a closing mark has its opening one in a range."""
    mark = text[closing]
    before = text[start:closing]
    if mark in "\"`'":
        return before.count(mark) % 2 == 1
    opening = {"”": "“", "’": "‘", "»": "«", "“": "„"}.get(mark, mark)
    return before.count(opening) > before.count(mark)
