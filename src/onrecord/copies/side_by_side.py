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
        tuple(_pieces(text, words, number, left)),
        tuple(_pieces(other_text, other_words, other_number, right)),
    )


def _pieces(
    text: str, words: Words, number: int, stretches: Iterator[tuple[int, int, bool]]
) -> Iterator[Piece]:
    first, last = words.sentences[number]
    begin, end = _reach(text, words, number)
    for start, after, same in stretches:
        if start < after:
            left = begin if start == first else words.starts[start]
            right = end if after == last else words.starts[after]
            yield Piece(left, right, text[left:right], same)


def _reach(text: str, words: Words, number: int) -> tuple[int, int]:
    """Return where a sentence begins and ends, with the marks before and after its words."""
    first, last = words.sentences[number]
    before = words.ends[first - 1] if first else 0
    after = words.starts[last] if last < len(words.starts) else len(text)
    return _border(text, before, words.starts[first]), _border(text, words.ends[last - 1], after)


def _border(text: str, left: int, right: int) -> int:
    """Return where one sentence ends and the next begins: after the last white space between."""
    spaces = [at for at in range(left, right) if text[at].isspace()]
    return spaces[-1] + 1 if spaces else right


def _whole(text: str, words: Words, number: int | None) -> tuple[Piece, ...]:
    if number is None:
        return ()
    start, end = _reach(text, words, number)
    return (Piece(start, end, text[start:end], same=False),)
