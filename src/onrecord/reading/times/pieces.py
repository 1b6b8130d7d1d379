"""What the rules of the grammar of time work on: the pieces of a text, and what a rule returns."""

from collections.abc import Iterator

from msgspec import Struct

from onrecord.reading.times.meaning import Meaning
from onrecord.reading.times.words import Piece, cut_pieces

__all__ = ["EARLIEST_YEAR", "LATEST_YEAR", "Found", "Pieces", "read_year", "read_year_words"]


class Found(Struct, frozen=True):
    """What a rule found.

    Attributes:
        meaning: What the words say.
        end: Position after the last piece.
        rule: Name of the rule.
        bare: `year`, `month` or `span` where the words alone may mean something else.
    """

    meaning: Meaning
    end: int
    rule: str
    bare: str = ""


_BLANK = Piece("break", "", -1, 0, capital=False, is_telling=False)
_MARGIN = 32
"""Blank pieces behind a text: more than any rule looks ahead."""


class Pieces:
    """The pieces of a text, with blank ones on either side of it."""

    def __init__(self, text: str) -> None:
        pieces, self._starts = cut_pieces(text)
        self._size = len(pieces)
        # Position -1, the last of all, is blank too.
        self._pieces = pieces + (_BLANK,) * _MARGIN
        self._words = tuple([piece.lower for piece in self._pieces])

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, position: int) -> Piece:
        return self._pieces[position]

    def start(self, position: int) -> int:
        """Return the offset of the piece's first character."""
        return self._starts[position]

    def end(self, position: int) -> int:
        """Return the offset after the piece's last character."""
        return self._starts[position] + self._pieces[position].size

    def telling(self) -> Iterator[int]:
        """Yield the positions without one of which nothing is an expression of time."""
        return (position for position, piece in enumerate(self._pieces) if piece.is_telling)

    def word(self, position: int) -> str:
        """Return the piece in lower case."""
        return self._words[position]

    def skip(self, position: int, *words: str) -> int:
        """Return the next position if one of the words stands here, else this position."""
        return position + 1 if self._words[position] in words else position

    def touches(self, position: int) -> bool:
        """Tell whether no space stands before the piece."""
        return 0 < position < self._size and self._starts[position] == self.end(position - 1)

    def says(self, position: int, *words: str) -> bool:
        """Tell whether these words stand here in this order."""
        return self._words[position : position + len(words)] == words


EARLIEST_YEAR, LATEST_YEAR = 1000, 2199


def read_year(pieces: Pieces, at: int) -> int | None:
    """Return the year written here in four digits."""
    piece = pieces[at]
    four = piece.kind == "number" and piece.size == 4
    return piece.value if four and EARLIEST_YEAR <= piece.value <= LATEST_YEAR else None


def read_year_words(pieces: Pieces, at: int) -> tuple[int | None, int]:
    """Read `last year`, `this year`, `of next year` after a month or day."""
    at = pieces.skip(at, "of", "in")
    shift = {"last": -1, "this": 0, "next": 1}.get(pieces.word(at))
    return (shift, at + 2) if pieces.word(at + 1) == "year" else (None, at)
