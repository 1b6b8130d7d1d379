"""Whether words that can be a time are one: `May` is also a name, `2000` also a sum."""

from bisect import bisect_right
from sys import maxsize
from typing import TYPE_CHECKING

from onrecord.reading.document import Document
from onrecord.reading.quotations import find_quotations
from onrecord.reading.times.grammar import Expression
from onrecord.reading.times.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Doubt"]

_NUMBERS = frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "WORK_OF_ART", "PRODUCT", "FAC", "NORP"})
_TITLES = frozenset({"PERSON", "WORK_OF_ART", "ORG"})
_LEADS_TO_DATE = word_set(
    "in on by since until till from of before after during for late early mid last next this to "
    "through around about between and or ( , circa c. year - – —"
)
_LEADS_TO_SEASON = word_set("in during over by since until through throughout")
# Months that are also words or people's names: a bare one needs a word that leads to a date.
_OPEN_MONTHS = word_set("march april may june august jan mar")
_COUNTED = word_set("for in within after over during under nearly about almost")
_LEADS_TO_DECADE = word_set("the of early late in and mid -")
_VERB_TAGS = word_set("VB VBD VBG VBN VBP VBZ")
_OPEN_VERBS = word_set("last march may fall spring")


class Doubt:
    """Settles what language analysis and the words around say of doubtful expressions.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._label = {
            index: entity.label
            for entity in document.entities
            for index in range(entity.first, entity.last)
        }
        self._quoted = [
            (quotation.start, quotation.end)
            for quotation in find_quotations(document.text)
            if not quotation.depth
        ]
        self._checks: dict[str, Callable[[Expression], bool]] = {
            "year": self._is_year,
            "month": self._is_month,
            "season": self._is_season,
            "hyphened": lambda _: True,
            "duration": lambda each: each.before in _COUNTED and each.after not in {"old", "of"},
            "decade": lambda each: each.before in _LEADS_TO_DECADE,
        }

    def is_time(self, expression: Expression) -> bool:
        """Tell whether words that can be a time are one here."""
        if self._is_title(expression) or self._is_verb(expression):
            return False
        check = self._checks.get(expression.bare)
        if check:
            return check(expression)
        return expression.rule == "date" or not self._labels(expression) & _TITLES

    def is_quoted(self, expression: Expression) -> bool:
        """Tell whether it stands inside quotation marks."""
        quotation = self._quotation(expression)
        return quotation is not None and expression.end <= quotation[1]

    def _quotation(self, expression: Expression) -> tuple[int, int] | None:
        number = bisect_right(self._quoted, (expression.start, maxsize)) - 1
        return self._quoted[number] if number >= 0 else None

    def _labels(self, expression: Expression) -> set[str]:
        covered = self._document.tokens_in(expression.start, expression.end)
        return {self._label[index] for index in covered if index in self._label}

    def _is_title(self, expression: Expression) -> bool:
        """Tell whether it is the name of a show: `Today` in quotation marks, ABC's This Week."""
        if expression.rule in {"unit", "part of the day"} and self._is_capitalised(expression):
            return True
        quotation = self._quotation(expression)
        if quotation is None:
            return False
        return expression.start - quotation[0] <= 2 and 0 <= quotation[1] - expression.end <= 3

    def _is_capitalised(self, expression: Expression) -> bool:
        """Tell whether all words have capitals, and the word before them has none."""
        words = self._document.text[expression.start : expression.end].split()
        first = self._document.tokens_in(expression.start, expression.end).start
        before = self._document.tokens[first - 1].text if first else ""
        return all(word[:1].isupper() for word in words) and not before[:1].isupper()

    def _is_verb(self, expression: Expression) -> bool:
        """Tell whether the first word is a verb (`to last 10 hours`), or all an idiom."""
        covered = self._document.tokens_in(expression.start, expression.end)
        words = self._document.text[expression.start : expression.end].lower()
        if not covered or (expression.before == "at" and words == "the end of the day"):
            return True
        if words.endswith("fall") and "DATE" not in self._labels(expression):
            return True
        token = self._document.tokens[covered.start]
        return token.tag in _VERB_TAGS and token.lower in _OPEN_VERBS

    def _is_season(self, expression: Expression) -> bool:
        """Tell whether `summer` follows a preposition of time, or `the summer` does."""
        if expression.before in _LEADS_TO_SEASON:
            return True
        first = self._document.tokens_in(expression.start, expression.end).start
        tokens = self._document.tokens
        has_article = tokens[first].lower == "the"
        return has_article and first > 0 and tokens[first - 1].lower in _LEADS_TO_SEASON

    def _is_year(self, expression: Expression) -> bool:
        if expression.after in {"%", "percent", "$", "km", "miles", "euros", "dollars"}:
            return False
        if expression.before in {"$", "€", "£", "#", "no"}:
            return False
        labels = self._labels(expression)
        # Most numbers below 1500 are no years in the news.
        if self._document.text[expression.start : expression.start + 2] < "15":
            return "DATE" in labels and expression.before in {"in", "since", "of", "from", "by"}
        if "DATE" in labels or expression.before in _LEADS_TO_DATE:
            return not labels & {"MONEY", "PERCENT", "QUANTITY"}
        return not labels & _NUMBERS or expression.after in {",", ")", ";", "."}

    def _is_month(self, expression: Expression) -> bool:
        labels = self._labels(expression)
        if labels & _NAMES and expression.before not in {"in", "since", "by", "until"}:
            return False
        word = self._document.text[expression.start : expression.end].lower().rstrip(".")
        if word not in _OPEN_MONTHS:
            return True
        return expression.before in _LEADS_TO_DATE and "DATE" in labels
