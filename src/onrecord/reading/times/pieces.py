"""What the rules of the grammar of time work on: the pieces of a text, and what a rule returns."""

from dataclasses import dataclass

from onrecord.reading.times.meaning import Meaning
from onrecord.reading.times.words import Piece

__all__ = ["EARLIEST_YEAR", "LATEST_YEAR", "Found", "Pieces", "read_year", "read_year_words"]


@dataclass(frozen=True, slots=True)
class Found:
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


class Pieces:
    """The pieces of a text, with a blank one on either side of it."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces = pieces
        size = pieces[-1].end if pieces else 0
        self._blank = Piece("break", "", -1, size, size, capital=False)

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, position: int) -> Piece:
        return self._pieces[position] if 0 <= position < len(self._pieces) else self._blank

    def word(self, position: int) -> str:
        """Return the piece in lower case."""
        return self[position].lower

    def skip(self, position: int, *words: str) -> int:
        """Return the next position if one of the words stands here, else this position."""
        return position + 1 if self[position].lower in words else position

    def touches(self, position: int) -> bool:
        """Tell whether no space stands before the piece."""
        return position > 0 and self[position].start == self[position - 1].end

    def says(self, position: int, *words: str) -> bool:
        """Tell whether these words stand here in this order."""
        return all(self.word(position + step) == word for step, word in enumerate(words))


EARLIEST_YEAR, LATEST_YEAR = 1000, 2199


def read_year(pieces: Pieces, at: int) -> int | None:
    """Return the year written here in four digits."""
    piece = pieces[at]
    four = piece.kind == "number" and piece.end - piece.start == 4
    return piece.value if four and EARLIEST_YEAR <= piece.value <= LATEST_YEAR else None


def read_year_words(pieces: Pieces, at: int) -> tuple[int | None, int]:
    """Read `last year`, `this year`, `of next year` after a month or day."""
    at = pieces.skip(at, "of", "in")
    shift = {"last": -1, "this": 0, "next": 1}.get(pieces.word(at))
    return (shift, at + 2) if pieces.word(at + 1) == "year" else (None, at)
