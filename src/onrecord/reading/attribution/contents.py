"""Read the contents of attributions again, each as if it were a text of its own.

The contents are laid under one another as paragraphs of a scratch text, which the network reads in
one pass; what it finds is led back to the article's offsets.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.models.decoding import AttributedSpans, Spans
from onrecord.reading.quotations import find_quotations

if TYPE_CHECKING:
    from onrecord.models.attribution import AttributionNetwork
    from onrecord.models.features import Ints

__all__ = ["Contents"]

_MARKS = "“”\"‘’'«»„`"
_LEAST = 4
"""Words that a content needs to hold a statement: somebody, a cue and two words."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A range of the article and where it begins in the scratch text."""

    start: int
    end: int
    at: int
    owner: int


@dataclass(frozen=True, slots=True)
class Contents:
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
            for start, end in spans:
                pieces.append(_Piece(start, end, at, owner))
                parts.append(text[start:end].replace("\n", " ").replace("\r", " ") + ", ")
                at += end - start + 2
            parts.append(".\n\n")
            at += 3
        return cls("".join(parts), tuple(pieces), tuple(piece.at for piece in pieces))

    def attribute(
        self, network: "AttributionNetwork", syntax: "Ints | None", least: float
    ) -> Iterator[tuple[int, AttributedSpans]]:
        """Yield what the network finds in the contents: whose content, and the article's ranges."""
        if not self.text:
            return
        own = None if syntax is None else self._syntax(syntax)
        quotations = find_quotations(self.text)
        for found in network.attribute(self.text, quotations, own, least=least):
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

    def _syntax(self, syntax: "Ints") -> "Ints":
        """Take over the syntax of the words in the contents; what governed them is left behind."""
        import numpy as np

        from onrecord.models.features import ROOT

        bounds = [np.searchsorted(syntax[0], (piece.start, piece.end)) for piece in self.pieces]
        sizes = [int(high - low) for low, high in bounds]
        chosen = np.concatenate([np.arange(low, high) for low, high in bounds])
        owner = np.repeat([piece.owner for piece in self.pieces], sizes)
        own: Ints = syntax[:, chosen].copy()
        own[0] += np.repeat([piece.at - piece.start for piece in self.pieces], sizes)
        place = np.full(syntax.shape[1], -1)
        place[chosen] = np.arange(len(chosen))
        head = place[own[4]]
        lost = (head < 0) | (owner[head] != owner)
        own[4] = np.where(lost, np.arange(len(chosen)), head)
        own[2][lost] = ROOT
        own[5] += owner * (int(syntax[5].max(initial=0)) + 1)
        return own


def _ranges(pieces: list[tuple[int, int, int]]) -> Spans:
    return tuple((start, end) for _, start, end in pieces)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the marks around a content and a conjunction before it."""
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    if text[start : start + 5].lower() == "that ":
        start += 5
    while start < end and (text[end - 1] in _MARKS + ".,;" or text[end - 1].isspace()):
        end -= 1
    return start, end
