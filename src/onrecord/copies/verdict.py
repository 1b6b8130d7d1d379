"""Whether one article is a copy of another, of which kind, and why."""

from dataclasses import dataclass
from math import exp
from typing import Literal

from onrecord.copies.alignment import Alignment, align
from onrecord.copies.keys import quoted_runs
from onrecord.copies.words import Words

__all__ = ["CopyKind", "Verdict", "compare"]

CopyKind = Literal["exact", "near", "cropped", "rewritten", "mixed", "report"]
"""`report`: no copy, but an account of its own that quotes the same words."""

_COPIED = 0.25
"""Share of one text's unquoted words that stand in the other as well. Of 840 pairs of different
articles on one topic that share a key none has more than .21; of mash-ups of 30 % rewritten
articles 99 in 100 have more (`benchmarks/copies`)."""
_FEWEST = 20
"""Unquoted words that must be shared: a note that an outlet puts under every article is no copy."""
_WHOLE = 0.7
"""Share of both texts from which nothing of weight was cut or added."""
_SAME_WORDS = 0.93
"""Share of kept words from which a sentence was edited rather than rewritten."""
_ORDERED = 0.7
"""Share of neighbouring sentences that still follow each other; shuffled ones keep about half."""
_SHARED_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two articles belong together.

    Attributes:
        kind: See `CopyKind`.
        probability: That one was made from the other, or both from a third.
        one: Share of the first text that stands in the second.
        other: Share of the second that stands in the first.
        kept: Share of the words of these parts that are the same.
        quotes: Runs of quoted words that both have.
        sentences: Sentences that both have.
        why: For a person.
    """

    kind: CopyKind
    probability: float
    one: float
    other: float
    kept: float
    quotes: int
    sentences: int
    why: str

    @property
    def is_copy(self) -> bool:
        """Whether it is no report of its own."""
        return self.kind != "report"


def compare(one: Words, other: Words) -> Verdict | None:
    """Return how two texts belong together; None if they don't."""
    alignment = align(one, other)
    quotes = len(quoted_runs(one) & quoted_runs(other))
    share = max(alignment.one, alignment.other)
    if share >= _COPIED and alignment.words >= min(_FEWEST, len(one.keys), len(other.keys)):
        kind = "exact" if one.keys == other.keys else _kind(alignment)
    elif quotes >= _SHARED_QUOTES:
        kind = "report"
    else:
        return None
    return Verdict(
        kind=kind,
        probability=_probability(share),
        one=round(alignment.one, 3),
        other=round(alignment.other, 3),
        kept=round(alignment.kept, 3),
        quotes=quotes,
        sentences=len(alignment.pairs),
        why=_why(kind, alignment, quotes),
    )


def _kind(alignment: Alignment) -> CopyKind:
    if alignment.in_order < _ORDERED:
        return "mixed"
    if alignment.kept < _SAME_WORDS:
        return "rewritten"
    return "near" if min(alignment.one, alignment.other) >= _WHOLE else "cropped"


def _probability(share: float) -> float:
    """Return the chance of a copy; the middle lies at the threshold, .21 to .29 is the doubt."""
    return round(1 / (1 + exp(-40 * (share - _COPIED))), 4)


def _why(kind: CopyKind, alignment: Alignment, quotes: int) -> str:
    if kind == "exact":
        return "The words are the same."
    if kind == "report":
        return (
            f"Tells it in words of its own, with {_number(quotes, 'run')} of the same quoted words."
        )
    parts = (
        f"{alignment.one:.0%} of it stands in the other, which is {alignment.other:.0%} of that; "
        f"{_number(len(alignment.pairs), 'sentence')} "
    )
    shared = f", and {_number(quotes, 'run')} of quoted words" if quotes else ""
    return f"{parts}shared with {alignment.kept:.0%} of the words kept{shared}."


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
