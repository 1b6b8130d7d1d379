"""The parts of a statement in the making: ranges of characters, and the tokens in them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from onrecord.reading.document import Document

if TYPE_CHECKING:
    from onrecord.reading.attribution.stage import Attribution

__all__ = [
    "Parts",
    "Range",
    "Ranges",
    "parts_of",
    "read_parts",
    "tokens_in",
    "with_content",
    "without",
]

_VERBATIM = frozenset({"form:transcript", "form:signature"})

Range = tuple[int, int]
Ranges = tuple[Range, ...]


class Parts(Struct, frozen=True):
    """Source, cue and content of one saying.

    Attributes:
        number: Index of the attribution; what is found here is numbered after all of those.
        source: Character ranges of the words that name the speaker.
        cue: Those of the words that say that it is said.
        content: Those of what is said.
        source_tokens: Indices of the source's tokens.
        cue_tokens: Indices of the cue's tokens.
        content_tokens: Indices of the content's tokens.
        within: Number of the one that reports this one, or None.
        probability: That source and content are right.
        found_by: What found it.
    """

    number: int
    source: Ranges
    cue: Ranges
    content: Ranges
    source_tokens: tuple[int, ...]
    cue_tokens: tuple[int, ...]
    content_tokens: tuple[int, ...]
    within: int | None
    probability: float
    found_by: str

    @property
    def is_turn(self) -> bool:
        """Tell whether it is a turn of a transcript or a signed quotation: verbatim by its form."""
        return self.found_by in _VERBATIM

    @property
    def place(self) -> tuple[int, int]:
        """Where cue and content stand; what holds another comes before it."""
        ranges = (*self.cue, *self.content)
        return min(start for start, _ in ranges), -max(end for _, end in ranges)


def read_parts(document: Document, attributions: "Sequence[Attribution]") -> Iterator[Parts]:
    """Yield the parts of the attributions that have a content inside the text."""
    length = len(document.text)
    for number, each in enumerate(attributions):
        ranges = (*each.source, *each.cue, *each.content)
        parts = parts_of(document, number, each.source, each.cue, each.content)
        if parts.content_tokens and all(0 <= start < end <= length for start, end in ranges):
            within = each.within if each.within != number else None
            yield replace(
                parts, within=within, probability=each.probability, found_by=each.found_by
            )


def parts_of(
    document: Document, number: int, source: Ranges, cue: Ranges, content: Ranges
) -> Parts:
    """Make parts of character ranges."""
    return Parts(
        number,
        source,
        cue,
        content,
        tokens_in(document, source),
        tokens_in(document, cue),
        tokens_in(document, content),
        None,
        0.0,
        "",
    )


def with_content(document: Document, parts: Parts, content: Ranges) -> Parts:
    """Return the parts with another content."""
    return replace(parts, content=content, content_tokens=tokens_in(document, content))


def without(parts: Iterable[Parts], dropped: Iterable[Parts]) -> tuple[Parts, ...]:
    """Leave some out; what they hold passes to what holds them, and is never within itself."""
    above = {each.number: each.within for each in dropped}

    def holder(of: Parts) -> int | None:
        number = of.within
        for _ in range(len(above)):
            if number not in above:
                break
            number = above[number]
        return None if number == of.number else number

    return tuple(replace(each, within=holder(each)) for each in parts if each.number not in above)


def tokens_in(document: Document, ranges: Iterable[Range]) -> tuple[int, ...]:
    """Return the indices of the tokens in some character ranges, in order."""
    found = {index for start, end in ranges for index in document.tokens_in(start, end)}
    return tuple(sorted(found))
