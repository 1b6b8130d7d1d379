"""Tell capitalised words that name nobody: headings, datelines, labels, titles of works, `GMT`."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from onrecord.knowledge.entries import find_name, surname_entries
from onrecord.knowledge.nominals import nominals
from onrecord.reading.document import Document, Token

__all__ = ["Capitals", "is_capitalised"]

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_OPENING, _CLOSING = frozenset("\"“„«‘'"), frozenset("\"”»’'")
_LONG = 5
"""Letters of the shortest word in capitals that is hardly an acronym."""
_SHOUTED = 0.8
"""Share of capitals among letters from which a whole text is written so, and capitals tell
nothing; running text has 0.03 to 0.06."""


class Capitals:
    r"""What capital letters and quotation marks tell of the names of an article.

    Args:
        document: The document.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("WORLD HEADLINES\n\nNATO met at noon GMT, they said."))
        >>> capitals = Capitals(document)
        >>> [t.text for t in document.tokens[:7] if capitals.names_nobody((t,))]
        ['WORLD', 'HEADLINES', 'GMT']
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        lines = list(_LINE.finditer(document.text))
        self._starts = [line.start() for line in lines]
        self._are_capitals = [line.group().isupper() for line in lines]
        self._is_shouted = _share_of_capitals(document.text) > _SHOUTED
        self._written = {t.lower for t in document.tokens if not t.text.isupper()}
        self._titled = {t.lower for t in document.tokens if t.text.istitle()}
        self._labels = Counter(re.findall(r"(?m)^([^\W\d_]+):", document.text))
        self._dateline_starts = [start for start, _ in document.datelines]

    def names_nobody(self, words: Sequence[Token]) -> bool:
        """Tell whether words that look like a name are none."""
        if self.in_dateline(words[0]) or _is_common(words):
            return True
        if self._is_shouted or not any(_is_long_capital(word) for word in words):
            return False
        if not self._stands_in_capitals(words) or find_name([word.text for word in words]):
            return False
        return not all(word.lower in self._written for word in words) or self._is_heading(words)

    def in_dateline(self, token: Token) -> bool:
        """Tell whether a word stands in a dateline."""
        place = bisect_right(self._dateline_starts, token.start) - 1
        return place >= 0 and token.start < self._document.datelines[place][1]

    def is_label(self, words: Sequence[Token]) -> bool:
        """Tell whether a speaker's name opens a line and ends in a colon: `PESKOV: No.`.

        It stands in capitals, or is a surname that the knowledge has: `Orban: sanctions fail`.
        """
        if self._text[words[-1].end : words[-1].end + 1] != ":":
            return False
        line = self._starts[self._line(words[0])]
        before = self._text[line : words[0].start].split()
        if not words[-1].text.isupper():
            is_first = not any(word[0].isalnum() for word in before)
            return is_first and bool(surname_entries([word.text for word in words]))
        is_capital = all(word.isupper() or not word[0].isalpha() for word in before)
        return is_capital and self._may_be_speaker(words)

    def _may_be_speaker(self, words: Sequence[Token]) -> bool:
        """Tell whether a label is a name that is known or written out, or comes again."""
        text = words[-1].text
        return (
            words[-1].lower in self._titled
            or self._labels[text] > 1
            or bool(surname_entries([text.title()]))
        )

    def is_quoted_title(self, words: Sequence[Token]) -> bool:
        """Tell whether quotation marks enclose just these words: a work, a slogan, a nickname."""
        if len(words) < 2:
            return False
        start, end = words[0].start, words[-1].end
        before, after = self._text[max(start - 1, 0) : start], self._text[end : end + 1]
        if after in {",", "."}:
            after = self._text[end + 1 : end + 2]
        return before in _OPENING and after in _CLOSING

    def _line(self, token: Token) -> int:
        return max(bisect_right(self._starts, token.start) - 1, 0)

    def _is_heading(self, words: Sequence[Token]) -> bool:
        return self._are_capitals[self._line(words[0])] and not self.is_label(words)

    def _stands_in_capitals(self, words: Sequence[Token]) -> bool:
        """Tell whether the words are a line in capitals, or in a run of words in capitals."""
        if self.is_label(words):
            return False
        first, last = words[0].index, words[-1].index + 1
        around = (
            self._document.tokens[max(first - 1, 0) : first]
            + self._document.tokens[last : last + 1]
        )
        in_run = len(words) > 1 or any(
            word.text.isupper() and len(word.text) > 1 for word in around
        )
        return self._is_heading(words) or in_run


def _share_of_capitals(text: str) -> float:
    letters = sum(map(str.isalpha, text))
    return sum(map(str.isupper, text)) / max(letters, 1)


def _is_long_capital(word: Token) -> bool:
    return len(word.text) >= _LONG and word.text.isupper()


def _is_common(words: Sequence[Token]) -> bool:
    """Tell whether a word is none for anybody (`GMT`), or a common noun for people (`MPs`)."""
    if all(word.lower in nominals().never_names for word in words if word.is_word):
        return True
    return len(words) == 1 and nominals().is_abbreviated(words[0].text.removesuffix("s"))


def is_capitalised(token: Token) -> bool:
    """Tell whether a capital is among a word's first three characters: `iPhone`."""
    begins = token.text[:3]
    return not begins.islower() and any(map(str.isupper, begins))
