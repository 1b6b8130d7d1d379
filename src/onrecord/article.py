"""What comes in: an article, and spans that point into its text."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

__all__ = ["Article", "PublishedFrom", "Span"]

PublishedFrom = Literal["given", "text", "page"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text.

    Attributes:
        start: Offset of the first character, 0-based, in Unicode code points.
        end: Offset after the last character.
        text: The characters themselves.
    """

    start: int
    end: int
    text: str

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both spans share a character.

        Example:
            >>> Span(0, 4, "Kyiv").overlaps(Span(3, 6, "v s"))
            True
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read; findings refer to `text` by character offsets.

    Attributes:
        text: The text, unchanged: what offsets refer to.
        id: The caller's identifier, or the first 16 hex digits of the text's SHA-256.
        title: Headline, if known apart from the text.
        outlet: Who published it.
        url: Where it was published.
        published: When it was published.
        published_from: Whence `published` comes: the caller, the text itself, or the page's markup.
        language: ISO 639-1 code, or None while nobody has told or found out.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: dt.date | dt.datetime | None = None
    published_from: PublishedFrom | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.sha256[:16])

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hex; lone surrogates are hashed as they are."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def published_day(self) -> dt.date | None:
        """The day of publication, without its time."""
        if isinstance(self.published, dt.datetime):
            return self.published.date()
        return self.published

    def span(self, start: int, end: int) -> Span:
        """Return the span from `start` to `end` (end excluded).

        Example:
            >>> Article("Kyiv denied it.").span(0, 4)
            Span(start=0, end=4, text='Kyiv')
        """
        return Span(start, end, self.text[start:end])
