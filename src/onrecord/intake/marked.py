"""What an annotated article is, however it was written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.intake.encoding import decode

__all__ = ["AnnotatedArticle", "Marked", "Spans", "checked", "read_text"]

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution that somebody marked; ranges are (start, end) characters of the text.

    Attributes:
        source: Who said it; empty if the text does not tell.
        cue: The words that say that it was said; may be empty.
        content: What was said; several ranges if it is broken, never empty.
    """

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article in which somebody marked who said what.

    Attributes:
        id: Its name; with the annotator's after a slash where several marked it.
        text: The text that the ranges refer to.
        attributions: What was marked.
    """

    id: str
    text: str
    attributions: tuple[Marked, ...]


def checked(ranges: Iterable[tuple[int, int]], where: str, text: str) -> Spans:
    """Return ranges of a text in order.

    Args:
        ranges: Start and end, in characters.
        where: What they belong to, for the error.
        text: The text.

    Raises:
        InputError: One ends before it starts, is empty, or reaches out of the text.

    Example:
        >>> checked([(5, 9), (0, 4)], "'cue'", "Kyiv said so.")
        ((0, 4), (5, 9))
    """
    found = tuple(sorted(ranges))
    for start, end in found:
        if start >= end:
            raise InputError(f"{where} has [{start}, {end}]; an end after the start would be right")
        if start < 0 or end > len(text):
            raise InputError(
                f"{where} has [{start}, {end}], outside the text; 0 to {len(text)} would be right"
            )
    return found


def read_text(path: Path, right: str = "annotated articles") -> str:
    """Return a file's text.

    Args:
        path: The file.
        right: What would be right in it, for the error.

    Raises:
        InputError: There is no such file, it cannot be opened, or is no text.
    """
    try:
        return decode(path.read_bytes())
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; {right} would be right") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: could not be opened: {reason}") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
