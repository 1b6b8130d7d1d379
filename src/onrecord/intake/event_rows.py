"""Sentences with events: JSON lines of `id` and `text`, with a marked pair or with all events.

A row with `source` and `target`, words of the text, asks what the one does to the other; `event` is
the PLOVER type that is right, if somebody marked it. A row of the other sort only has a text, and
perhaps the day on which it was `published`.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from reprlib import repr as brief

from onrecord.article import Span
from onrecord.errors import InputError
from onrecord.intake.rows import Row, day_in, name_in, read_rows, string_in, words_in

__all__ = ["PairRow", "TextRow", "read_pair_rows", "read_text_rows"]

_PAIR = (
    '{"id": "1", "text": "Lund met Oslo\'s envoy.", "source": "Lund", "target": "Oslo\'s envoy"}'
)
_TEXT = '{"id": "1", "text": "Lund met Oslo\'s envoy."}'
_MOST = 50
"""Places of the words for a party that are looked at."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """A text in which two parties are marked.

    Attributes:
        id: Its name.
        text: The text.
        actor: Where the one stands that acts.
        recipient: Where the other stands.
        event: The PLOVER type that is right, if somebody marked it.
    """

    id: str
    text: str
    actor: Span
    recipient: Span
    event: str | None


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text whose events are asked for.

    Attributes:
        id: Its name.
        text: The text.
        published: The day of the report, if one is told.
    """

    id: str
    text: str
    published: dt.date | None


def read_pair_rows(path: Path) -> Iterator[PairRow | InputError]:
    """Yield the marked pairs of a file; in place of a row that is not right, the error.

    Raises:
        InputError: There is no such file, it is no text, or has no row.
    """
    return read_rows(path, "pair", _PAIR, _pair_row)


def read_text_rows(path: Path) -> Iterator[TextRow | InputError]:
    """Yield the texts of a file; in place of a row that is not right, the error.

    Raises:
        InputError: There is no such file, it is no text, or has no row.
    """
    return read_rows(path, "text", _TEXT, _text_row)


def _text_row(row: Row) -> TextRow:
    text = words_in(row, "text", "a text")
    return TextRow(name_in(row), text, day_in(row, "published") or day_in(row, "date"))


def _pair_row(row: Row) -> PairRow:
    text = words_in(row, "text", "a text with both parties")
    source, target = (words_in(row, name, "words of the text") for name in ("source", "target"))
    actor, recipient = find_pair(text, source, target)
    return PairRow(name_in(row), text, actor, recipient, string_in(row, "event"))


def find_pair(text: str, source: str, target: str) -> tuple[Span, Span]:
    """Return where two parties stand: of several places those nearest to each other, apart.

    For a party that is not named (`a recipient`) the whole text stands.

    Raises:
        InputError: Neither stands in the text.

    Example:
        >>> [span.start for span in find_pair("Oslo fell. Lund met Oslo.", "Lund", "Oslo")]
        [11, 20]
    """
    first, second = (_places(text, words) for words in (source, target))
    if not first and not second:
        raise InputError(
            f"'source' is {brief(source)}; words that stand in the text would be right"
        )
    if not first or not second:
        whole, found = Span(0, len(text), text), (first or second)[0]
        return (found, whole) if first else (whole, found)
    pairs = [(one, other) for one in first for other in second]
    apart = [pair for pair in pairs if not pair[0].overlaps(pair[1])] or pairs
    return min(apart, key=lambda pair: abs(pair[0].start - pair[1].start))


def _places(text: str, words: str) -> list[Span]:
    found = islice(re.finditer(re.escape(words.strip()), text), _MOST)
    return [Span(*match.span(), match.group()) for match in found]
