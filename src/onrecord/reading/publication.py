"""When an article was published and in which language, where the caller has not said so.

A date counts only where texts carry their own date: at the very start behind a label, on a line of
its own, in a byline, in an agency's dateline. A date in the middle of prose is never taken.
"""

import datetime as dt
import re
from dataclasses import replace

from msgspec import Struct

from onrecord.article import Article
from onrecord.knowledge.languages import english_share, guess_language
from onrecord.reading.times.grammar import Expression, read_expressions
from onrecord.reading.times.meaning import Clock, Fixed, Meaning, OnCalendar
from onrecord.reading.times.value import Anchor

__all__ = ["find_publication", "is_readable"]

_HEAD = 1500
"""Characters in which a text's own date stands, if it has one."""

_HEAD_LINES = 8
_SHORT_LINE = 120
_LONGEST = 200
"""Characters of an expression that names a day, with more to spare than any takes."""


_LABEL = re.compile(
    r"(?:^|[|•·–—\-.,(\]>:;]|\s{2})\s*(?:last |first )?(?:date|dated|published|posted|updated"
    r"|issued|released|modified|created|filed)\W{0,4}(?:(?:on|at)\s+)?$",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"\W*(?:live |latest |all )*(?:updates|coverage|events|news)(?: (?:from|for|of|on))?\W*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\W*by\s+[A-Z]", re.IGNORECASE)
_ONLY_LABELS = re.compile(
    r"(?:\W|\b(?:date|dated|published|posted|updated|issued|on|at|online|last|first|modified|release"
    r"|released|created|filed|time|immediate|for)\b)*",
    re.IGNORECASE,
)
_CLOCK_WORDS = re.compile(r"\b(?:am|pm|at|local|time|gmt|utc|est|edt|et)\b")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_YEAR = re.compile(r"\d{4}|\d/\d")
"""Without this in a line no day with its year is named there."""
_ENGLISH_ENOUGH = 0.05
"""Running English has about .45, lists of names and headlines in English at least .08."""


def find_publication(given: Article) -> Article:
    """Return the article with its date and language filled in where the caller gave none.

    Example:
        >>> found = find_publication(Article(" date 2022-02-02 The harbour stayed shut."))
        >>> found.published, found.published_from
        (datetime.date(2022, 2, 2), 'text')
    """
    article = given
    if article.language is None:
        article = replace(article, language=guess_language(article.text))
    if article.published is not None:
        return replace(article, published_from=article.published_from or "given")
    published = _published(article.text)
    if published is None:
        return article
    return replace(article, published=published, published_from="text")


def is_readable(article: Article) -> bool:
    """Tell whether the article is in English, or too short to tell.

    Example:
        >>> is_readable(
        ...     Article("Le président a déclaré mardi que la situation était grave.", language="fr")
        ... )
        False
    """
    if article.language is not None:
        return article.language.split("-")[0].lower() == "en"
    words = len(article.text.split())
    return words < 50 or english_share(article.text) >= _ENGLISH_ENOUGH


class _Line(Struct, frozen=True):
    """A line of the text's head, numbered without the empty ones."""

    number: int
    start: int
    end: int


def _published(text: str) -> dt.date | None:
    head = text[:_HEAD]
    lines = [match for match in _LINE.finditer(head) if match.group().strip()][:_HEAD_LINES]
    spans = (_Line(number, match.start(), match.end()) for number, match in enumerate(lines))
    return next(filter(None, (_day_of_line(text, line) for line in spans)), None)


def _day_of_line(text: str, line: _Line) -> dt.date | None:
    """Return the first whole day of a line that stands as a text's own date does."""
    # A long line's date stands behind nothing but labels or near its start.
    labels = _ONLY_LABELS.match(text, line.start, line.end)
    begin = max(line.start + _SHORT_LINE, labels.end() if labels else 0)
    opening = text[line.start : min(line.end, begin + _LONGEST)]
    if not _YEAR.search(opening):
        return None
    for expression in read_expressions(opening):
        day = _whole_day(expression.meaning)
        if day and _is_header(text, line, expression):
            return day
    return None


def _whole_day(meaning: Meaning) -> dt.date | None:
    """Return the day if the words name one with its year."""
    if isinstance(meaning, Clock):
        return _whole_day(meaning.day) if meaning.day else None
    says_year = isinstance(meaning, OnCalendar) and meaning.year is not None
    if not (isinstance(meaning, Fixed) or says_year):
        return None
    value = meaning.resolve(Anchor(None))
    return value.first if value and value.grain == "day" and value.first == value.last else None


def _is_header(text: str, line: _Line, expression: Expression) -> bool:
    """Tell whether an expression, found in the line, stands as a text's own date does."""
    before = text[line.start : line.start + expression.start]
    after = text[line.start + expression.end : _line_end(text, line)]
    if _ONLY_LABELS.fullmatch(before):
        return _is_alone(after) or (line.number == 0 and _starts_prose(before, after))
    is_labelled = _LABEL.search(before) or _BYLINE.match(before) or _LIVE.match(before)
    if len(before) + len(after) <= _SHORT_LINE and is_labelled:
        return not after.strip() or not after.lstrip()[0].islower()
    return _is_dateline(before, after)


def _line_end(text: str, line: _Line) -> int:
    match = _LINE.match(text, line.start)
    return match.end() if match else line.end


def _is_alone(after: str) -> bool:
    """Tell whether nothing but a time of day or a mark follows on the line."""
    return len(after) <= 40 and not re.search(r"[a-z]{2}", _CLOCK_WORDS.sub("", after))


def _starts_prose(before: str, after: str) -> bool:
    """Tell whether a date at the very start stands apart from the prose behind it."""
    rest = after.lstrip()
    if re.search(r"\b(?:on|at|for)\W*$", before, re.IGNORECASE):
        return False
    return rest[:1].isupper() or rest[:1] in set('-–—|:“"([•')


def _is_dateline(before: str, after: str) -> bool:
    """Tell whether it stands like `MOSCOW, Feb. 2, 2022 (Reuters) -`."""
    letters = [character for character in before if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    if not letters or len(before) > 60 or capitals * 10 < len(letters) * 6:
        return False
    return bool(re.match(r"\s*(?:\([A-Za-z. ]{2,30}\)|[-–—:])", after)) or not after.strip()
