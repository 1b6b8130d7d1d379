"""What an expression of time is relative to: its verb's tense and the narrative around it."""

import datetime as dt

from msgspec import Struct

from onrecord.reading.document import Document
from onrecord.reading.times.doubt import Doubt
from onrecord.reading.times.grammar import Expression
from onrecord.reading.times.meaning import Ago, OnCalendar
from onrecord.reading.times.tense import direction_at, direction_of_noun, hangs_on_verb
from onrecord.reading.times.value import Anchor, Direction, Value
from onrecord.reading.times.words import word_set

__all__ = ["Context"]

_ENDS = word_set("until till before by")
_LEADS_AHEAD = word_set("by until till")
_DATES_A_DEED = word_set("in of since from until by after")


class _Year(Struct, frozen=True):
    """A year that the narrative has named.

    Attributes:
        year: The year.
        sentence: The sentence that named it.
        is_strong: Whether it came with a month, so that it holds for the sentences behind it.
    """

    year: int
    sentence: int
    is_strong: bool


class Context:
    """Follows the narrative from one expression to the next.

    Args:
        document: The document; it is not changed.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._published = document.article.published_day
        self._doubt = Doubt(document)
        self._focus: Value | None = None
        self._day: Value | None = None
        self._year: _Year | None = None

    def is_time(self, expression: Expression) -> bool:
        """Tell whether words that can be a time are one here."""
        return self._doubt.is_time(expression)

    def anchor(self, expression: Expression, spoken: dt.date | None = None) -> Anchor:
        """Return what the expression is relative to: publication, or the day of speaking."""
        return Anchor(
            published=spoken or self._published,
            focus=self._focus,
            day=self._day,
            direction=self.direction(expression),
            year=self._narrative_year(expression),
        )

    def _narrative_year(self, expression: Expression) -> int | None:
        """Return the year that the narrative is in, where it is not that of publication."""
        if self._year is None:
            return None
        if self._published and self._year.year == self._published.year:
            return None
        apart = self._sentence(expression) - self._year.sentence
        return self._year.year if apart <= (2 if self._year.is_strong else 0) else None

    def _sentence(self, expression: Expression) -> int:
        covered = self._document.tokens_in(expression.start, expression.end)
        return self._document.tokens[covered.start].sentence if covered else 0

    def follow(self, expression: Expression, value: Value | None) -> None:
        """Take note of a date: what comes after may be relative to it."""
        if value is None or value.grain == "vague":
            return
        inherited = self._narrative_year(expression)
        self._focus = value
        if value.first == value.last:
            self._day = value
        meaning = expression.meaning
        is_of_that = isinstance(meaning, OnCalendar) and meaning.which == "that"
        if isinstance(meaning, OnCalendar) and (meaning.year or inherited or is_of_that):
            self._year = _Year(value.first.year, self._sentence(expression), is_strong=True)
        elif expression.rule == "year" and self._tells_when(expression):
            self._year = _Year(value.first.year, self._sentence(expression), is_strong=False)
        elif expression.rule != "year":
            self._year = None

    def _tells_when(self, expression: Expression) -> bool:
        """Tell `in 2014` from `the 2014 election`."""
        return expression.before in _DATES_A_DEED

    def said_on(self, expression: Expression, value: Value | None) -> dt.date | None:
        """Return the day if the expression says on which day something was said or done."""
        if value is None or value.first != value.last or not self._is_recent(value.first):
            return None
        if self._doubt.is_quoted(expression) or self.direction(expression) != "past":
            return None
        covered = self._document.tokens_in(expression.start, expression.end)
        token = self._document.tokens[covered.stop - 1]
        return value.first if hangs_on_verb(self._document, token) else None

    def _is_recent(self, day: dt.date) -> bool:
        return self._published is not None and 0 <= (self._published - day).days < 7

    def is_deictic(self, expression: Expression) -> bool:
        """Tell whether a speaker's own day is meant: `today` inside a quotation."""
        meaning = expression.meaning
        if not isinstance(meaning, Ago) or meaning.from_focus:
            return False
        is_day = meaning.unit == "day" and meaning.grain == "day"
        return is_day and self._doubt.is_quoted(expression)

    def direction(self, expression: Expression) -> Direction:
        """Tell whether the verb looks back or ahead."""
        if expression.before == "since":
            return "past"
        covered = self._document.tokens_in(expression.start, expression.end)
        if not covered or expression.rule == "holiday":
            return "unknown"
        token = self._document.tokens[covered.start]
        if isinstance(expression.meaning, OnCalendar) and not hangs_on_verb(self._document, token):
            is_end = expression.before in _ENDS
            return "unknown" if is_end else direction_of_noun(self._document, token)
        direction = direction_at(self._document, token)
        if expression.before in _LEADS_AHEAD and direction != "past":
            return "future"
        return direction
