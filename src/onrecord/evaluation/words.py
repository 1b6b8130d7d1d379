r"""The words of a text, by number: what findings are compared by.

A token is `\w+` or one other mark that is no white space; a range owns every token that it touches;
a token with a letter or a digit is a word.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

__all__ = ["Spans", "Words"]

Spans = tuple[tuple[int, int], ...]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"``|''|[“”\"„]")
_OPENS = frozenset({"“", "„", "``"})
_EITHER = frozenset({'"', "''"})
# Words that two sources may share and still be different people: the benchmark's list.
_NOT_TELLING = frozenset(
    {
        "a", "all", "an", "and", "another", "any", "are", "as", "at", "be", "been", "both",
        "by", "dr", "each", "every", "for", "from", "gov", "her", "his", "in", "is", "its",
        "many", "more", "most", "mr", "mrs", "ms", "my", "no", "not", "of", "on", "one", "or",
        "other", "others", "our", "rep", "s", "sen", "several", "some", "t", "than", "that",
        "the", "their", "these", "this", "those", "to", "was", "were", "what", "which", "who",
        "whom", "with", "your"
    }
)  # fmt: skip


class Words:
    """The tokens of a text, by number."""

    def __init__(self, text: str) -> None:
        self._text = text
        tokens = tuple(_TOKEN.finditer(text))
        self._starts = [token.start() for token in tokens]
        self._ends = [token.end() for token in tokens]
        self._forms = [token.group() for token in tokens]

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The tokens between quotation marks."""
        return self.touched(_quoted_ranges(self._text))

    def touched(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        """Return the tokens that share a character with ranges."""
        return frozenset(
            number
            for start, end in spans
            for number in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )

    def words_of(self, tokens: frozenset[int]) -> frozenset[int]:
        """Leave out what has neither a letter nor a digit."""
        return frozenset(each for each in tokens if any(map(str.isalnum, self._forms[each])))

    def telling(self, tokens: frozenset[int]) -> frozenset[int]:
        """Leave out the words that do not tell who somebody is, unless there are no others."""
        left = (each for each in tokens if self._forms[each].lower() not in _NOT_TELLING)
        return frozenset(left) or tokens


def _quoted_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between double quotation marks, paragraph by paragraph.

    This is the benchmark's idea of a quotation, not that of `find_quotations`: single marks do not
    count, and a mark left open runs to the end of its paragraph.
    """
    for paragraph in _PARAGRAPH.finditer(text):
        opened: int | None = None
        unopened: int | None = paragraph.start()
        for match in _MARK.finditer(text, *paragraph.span()):
            mark = match.group()
            if opened is not None and mark not in _OPENS:
                yield opened, match.start()
                opened = None
            elif opened is None and (mark in _OPENS or mark in _EITHER):
                opened = match.end()
            elif mark == "”" and unopened is not None:
                yield unopened, match.start()
                unopened = match.start()
            if mark in {"“", '"'}:
                unopened = None
        if opened is not None:
            yield opened, paragraph.end()
