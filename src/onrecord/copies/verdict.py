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

_COPIED = 0.5
"""Share of one text's unquoted words that stand in the other as well. Below it lie articles that
share background paragraphs, as updates of one agency do; of cropped, rewritten and damaged copies
97 in 100 lie above (`benchmarks/copies`)."""
_REWORDED = 0.3
"""Share of both texts from which it is a copy that nearly all sentences were changed in."""
_ALTERED = 0.8
"""Share of sentences that a machine changes and that background paragraphs leave alone."""
_SENTENCES = 5
_FOLLOWS = 0.9
"""Share of neighbouring sentences that follow each other in a text that was told as it stands."""
_NAMES = 0.75
"""Share of names and numbers that the shared sentences of a copy keep: rewriting leaves 97 in 100,
damage 76; chance pairs of two reports on one topic have fewer. Read on 148 pairs of Reuters."""
_EDITED = 0.6
"""The same where the words were kept, too: an editor adds a first name."""
_TRANSLATED = 0.55
"""The same where most of two long texts is told in one order and in other words throughout: a
translation and back turns adjectives of countries into names, puts first names in front, and spells
numbers in another way."""
_THROUGHOUT, _LONG, _RETOLD = 0.6, 10, 0.6
"""Share of both texts, sentences, and share of these that differ, in such a pair. Reports that come
week by week with other numbers in the same words are short, or differ in fewer sentences."""
_SURE = 0.75
"""Share from which it is a copy however many other articles have the same stretches."""
_COMMON = 0.5
"""Share of common keys (`index.COMMON`) from which less than that is only what an agency puts under
every report of a kind."""
_FEW_SENTENCES, _FEW_KEPT = 3, 0.62
"""Of fewer shared sentences than these, so many words must be kept: one or two can be alike by
chance."""
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


def compare(one: Words, other: Words, *, common: float = 0.0) -> Verdict | None:
    """Return how two texts belong together; None if they don't.

    Args:
        one: A text.
        other: Another.
        common: Share of their common keys that many other articles have, too.
    """
    alignment = align(one, other)
    quotes = len(quoted_runs(one) & quoted_runs(other))
    enough = alignment.words >= min(_FEWEST, len(one.keys), len(other.keys))
    if one.keys == other.keys:
        kind: CopyKind = "exact"
    elif enough and _is_copied(alignment, common):
        kind = _kind(alignment)
    elif quotes >= _SHARED_QUOTES:
        kind = "report"
    else:
        return None
    return Verdict(
        kind=kind,
        probability=_probability(alignment),
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


def _is_copied(alignment: Alignment, common: float) -> bool:
    share, least = sorted((alignment.one, alignment.other), reverse=True)
    if alignment.names < _least_names(alignment, least):
        return False
    if len(alignment.pairs) < _FEW_SENTENCES and alignment.kept < _FEW_KEPT:
        return False
    if share < _SURE and common > _COMMON:
        return False
    reworded = alignment.altered >= _ALTERED and alignment.in_order >= _ORDERED
    return share >= _COPIED or (
        reworded and least >= _REWORDED and len(alignment.pairs) >= _SENTENCES
    )


def _least_names(alignment: Alignment, least: float) -> float:
    """Return the share of names and numbers that the shared sentences of a copy keep."""
    if alignment.kept >= _SAME_WORDS:
        return _EDITED
    long = len(alignment.pairs) >= _LONG and alignment.in_order >= _FOLLOWS
    retold = least >= _THROUGHOUT and alignment.altered >= _RETOLD
    return _TRANSLATED if long and retold else _NAMES


def _probability(alignment: Alignment) -> float:
    """Return the chance of a copy: even at the threshold, near 1 from two thirds of a text on."""
    share = max(alignment.one, alignment.other, alignment.one + alignment.other - 0.1)
    return round(1 / (1 + exp(-20 * (share - 0.45))), 4)


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
