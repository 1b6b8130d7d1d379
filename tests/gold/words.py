"""From the words that a gold record says to the places in the text where they stand."""

import re
from collections.abc import Iterable

from tests.gold.examples import Row

from onrecord.article import Span

LONGEST_FRAGMENT = 60

Range = tuple[int, int]


def occurrences(text: str, phrase: str) -> list[Range]:
    """Find where the words stand; `A [...] B` runs from A to the next B, `word#2` is the second.

    Example:
        >>> occurrences("He said he said so.", "said#2")
        [(11, 15)]
        >>> occurrences("The talks, he said, were long.", "The [...] were long")
        [(0, 29)]
    """
    words, number = numbered(phrase)
    first, _, last = words.partition(" [...] ")
    found = [(match.start(), match.end()) for match in _whole_words(first).finditer(text)]
    if last:
        ends = [_whole_words(last).search(text, end) for _, end in found]
        found = [(start, end.end()) for (start, _), end in zip(found, ends, strict=True) if end]
    return found[number - 1 : number] if number else found


def numbered(phrase: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.*)#(\d+)", phrase, re.DOTALL)
    return (match[1], int(match[2])) if match else (phrase, 0)


def _whole_words(words: str) -> re.Pattern[str]:
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + re.escape(words) + after)


def content_of(text: str, row: Row) -> list[Range]:
    """Find the content of a statement."""
    return [place for words in as_list(row["content"]) for place in occurrences(text, words)[:1]]


def nearest(text: str, phrase: str, anchor: list[Range], *, outside: list[Range]) -> Range | None:
    """Find the occurrence nearest to the anchor that does not overlap what it must lie outside."""
    places = [
        place for place in occurrences(text, phrase) if not any(overlap(place, o) for o in outside)
    ]
    if not anchor:
        return places[0] if places else None
    return min(places, key=lambda place: min(gap(place, a) for a in anchor), default=None)


def as_list(value: str | list[str] | None) -> list[str]:
    """Make a list of one string, a list, or nothing."""
    if not value:
        return []
    return [value] if isinstance(value, str) else value


def gap(one: Range, other: Range) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def overlap(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def ranges(spans: Iterable[Span]) -> list[Range]:
    return [(span.start, span.end) for span in spans]


def touch(some: Iterable[Range], others: Iterable[Range]) -> bool:
    others = list(others)
    return any(overlap(one, other) for one in some for other in others)


def words_in(text: str, ranges: Iterable[Range]) -> set[int]:
    return {
        start + match.start()
        for start, end in ranges
        for match in re.finditer(r"\w+", text[start:end])
    }


def allows(wanted: str | None, found: str | None) -> bool:
    """Tell whether a value is one of the gold's alternatives.

    Example:
        >>> (
        ...     allows("state|opine", "opine"),
        ...     allows("-", None),
        ...     allows("2022-02-01*", "2022-02-01T15"),
        ... )
        (True, True, True)
    """
    if wanted is None:
        return True
    value = found or "-"
    return any(
        value.startswith(each[:-1]) if each.endswith("*") else value == each
        for each in wanted.split("|")
    )


def short(words: str) -> str:
    words = " ".join(words.split()).replace("/", "|")
    return words if len(words) <= LONGEST_FRAGMENT else words[: LONGEST_FRAGMENT - 3] + "..."
