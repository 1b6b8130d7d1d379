"""Two texts as rows of sentences that belong together, with what differs marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.copies.alignment import align
from onrecord.copies.words import Words, cut

__all__ = ["Piece", "Row", "side_by_side"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        text: The characters.
        same: Whether the other sentence has its words too.
    """

    start: int
    end: int
    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of each text, or of one of them alone."""

    one: tuple[Piece, ...]
    other: tuple[Piece, ...]


def side_by_side(one: str, other: str) -> tuple[Row, ...]:
    """Return both texts in rows, in the order of the first; what only the second has comes last.

    Example:
        >>> (row,) = side_by_side(
        ...     "He said the talks had failed.", "He stated the talks had failed."
        ... )
        >>> [piece.text for piece in row.one if not piece.same]
        ['said ']
    """
    ours, theirs = cut(one), cut(other)
    paired = {pair.one: pair.other for pair in align(ours, theirs).pairs}
    rows = [
        _row((one, ours, number), (other, theirs, paired.get(number)))
        for number in range(len(ours.sentences))
    ]
    left = sorted(set(range(len(theirs.sentences))) - set(paired.values()))
    rows += [Row((), _whole(other, theirs, number)) for number in left]
    return tuple(rows)


_Side = tuple[str, Words, int | None]


def _row(one: _Side, other: _Side) -> Row:
    text, words, number = one
    other_text, other_words, other_number = other
    if number is None or other_number is None:
        return Row(_whole(text, words, number), ())
    first, last = words.sentences[number]
    other_first, other_last = other_words.sentences[other_number]
    matcher = SequenceMatcher(
        None, words.keys[first:last], other_words.keys[other_first:other_last], autojunk=False
    )
    codes = matcher.get_opcodes()
    left = ((first + i, first + j, kind == "equal") for kind, i, j, _, _ in codes)
    right = ((other_first + i, other_first + j, kind == "equal") for kind, _, _, i, j in codes)
    return Row(
        tuple(_pieces(text, words, last, left)),
        tuple(_pieces(other_text, other_words, other_last, right)),
    )


def _pieces(
    text: str, words: Words, last: int, stretches: Iterator[tuple[int, int, bool]]
) -> Iterator[Piece]:
    for begin, after, same in stretches:
        if begin < after:
            yield _piece(text, words, (begin, after), last, same=same)


def _piece(text: str, words: Words, stretch: tuple[int, int], last: int, *, same: bool) -> Piece:
    """Return a stretch of words with what stands between it and the next word."""
    start, end = words.starts[stretch[0]], words.ends[stretch[1] - 1]
    if stretch[1] < last:
        end = words.starts[stretch[1]]
    return Piece(start, end, text[start:end], same)


def _whole(text: str, words: Words, number: int | None) -> tuple[Piece, ...]:
    if number is None:
        return ()
    return (_piece(text, words, words.sentences[number], words.sentences[number][1], same=False),)
