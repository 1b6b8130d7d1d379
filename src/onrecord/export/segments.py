"""Cut a text where marks begin and end, so that marks that overlap or nest can all be shown."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.article import Span
    from onrecord.record import Statement

__all__ = ["Mark", "Segment", "split_at_marks", "statement_marks"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of text that plays a part in a finding.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        kind: The part it plays: `source`, `cue`, `content`, `quoted`, `insertion`, ...
        of: Id of the finding.
    """

    start: int
    end: int
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in which the same marks hold, the outer ones first."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]

    def has(self, kind: str) -> bool:
        """Tell whether a mark of this kind holds here."""
        return any(mark.kind == kind for mark in self.marks)


def split_at_marks(text: str, span: tuple[int, int], marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Return the segments of `text` from `span[0]` to `span[1]`, in order, nothing left out.

    Example:
        >>> marks = [Mark(0, 4, "source", "s1"), Mark(2, 6, "content", "s1")]
        >>> [(s.text, len(s.marks)) for s in split_at_marks("abcdefgh", (0, 8), marks)]
        [('ab', 1), ('cd', 2), ('ef', 1), ('gh', 0)]
    """
    first, last = span
    cut = (
        Mark(max(mark.start, first), min(mark.end, last), mark.kind, mark.of)
        for mark in marks
        if mark.start < last and first < mark.end and mark.start < mark.end
    )
    inside = sorted(cut, key=lambda mark: (mark.start, -mark.end, mark.of, mark.kind))
    borders = sorted({first, last, *(m.start for m in inside), *(m.end for m in inside)})
    found, waiting, holding = [], 0, tuple[Mark, ...]()
    for start, end in itertools.pairwise(borders):
        begun = waiting
        while waiting < len(inside) and inside[waiting].start == start:
            waiting += 1
        holding = tuple(m for m in holding if m.end > start) + tuple(inside[begun:waiting])
        found.append(Segment(start, end, text[start:end], holding))
    return tuple(found)


def statement_marks(statement: "Statement") -> tuple[Mark, ...]:
    """Return the marks of one statement's parts."""
    parts: tuple[tuple[str, tuple[Span, ...]], ...] = (
        ("source", statement.source),
        ("cue", statement.cue),
        ("content", statement.content),
        ("quoted", statement.quoted),
        ("insertion", statement.insertions),
    )
    return tuple(
        Mark(span.start, span.end, kind, statement.id) for kind, spans in parts for span in spans
    )
