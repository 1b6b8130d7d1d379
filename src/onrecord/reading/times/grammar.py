"""A small grammar of the expressions of time, over the pieces of a text.

`time_rules` holds the single rules; here the longest one at each place wins, and what belongs
together is put together: `Wednesday night`, `Tuesday at 9 p.m. EST`, `between 3 and 7 May`.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from onrecord.reading.times.dates import read_clock, read_date
from onrecord.reading.times.meaning import Clock, Fixed, Meaning, OnCalendar, Range
from onrecord.reading.times.pieces import Found, Pieces, read_year
from onrecord.reading.times.rules import REACH, rules_for
from onrecord.reading.times.words import DAYTIMES

__all__ = ["Expression", "read_expressions"]


class Expression(Struct, frozen=True):
    """Words of time and what they mean.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last.
        meaning: What they say, not yet placed in the calendar.
        rule: The rule that read them.
        bare: What they are if they stand alone (`year`, `month`, `duration`), where that is open.
        before: The word before them, in lower case.
        after: The word after them, in lower case.
    """

    start: int
    end: int
    meaning: Meaning
    rule: str
    bare: str
    before: str
    after: str


def read_expressions(text: str) -> Iterator[Expression]:
    """Read the expressions of time of a text, in order, none overlapping another.

    Example:
        >>> text = "Talks ran from Jan. 24-30 and on Wednesday night."
        >>> [text[found.start : found.end] for found in read_expressions(text)]
        ['Jan. 24-30', 'Wednesday night']
    """
    pieces = Pieces(text)
    telling = pieces.telling()
    at, ahead = 0, next(telling, None)
    while ahead is not None:
        if ahead < at:
            ahead = next(telling, None)
            continue
        at = max(at, ahead - REACH)
        found = _read_range(pieces, at) if rules_for(pieces[at]) else None
        if found is None:
            at += 1
            continue
        yield _expression(pieces, at, found)
        at = found.end


def _expression(pieces: Pieces, at: int, found: Found) -> Expression:
    return Expression(
        pieces.start(at),
        pieces.end(found.end - 1),
        found.meaning,
        found.rule,
        found.bare,
        pieces.word(at - 1),
        pieces.word(found.end),
    )


_LINKS = frozenset({"-", "–", "—", "to", "and", "through", "until", "till", "\u2011"})


def _read_range(pieces: Pieces, at: int) -> Found | None:
    """Read one date, or two that make a range."""
    days = _read_days_of_month(pieces, at)
    if days:
        return days
    left = _read_whole(pieces, at)
    if left is None or left.rule == "duration":
        return left
    link = pieces.word(left.end)
    if link not in _LINKS or not _may_link(pieces, at, link):
        return left
    return _read_right(pieces, left, link) or left


def _may_link(pieces: Pieces, at: int, link: str) -> bool:
    """`and` makes a range only after `between`, a date may stand on either side of it otherwise."""
    return link != "and" or pieces.word(at - 1) == "between"


def _read_right(pieces: Pieces, left: Found, link: str) -> Found | None:
    """Read the second date of a range: a whole one, a day of the same month, `30` or `15`."""
    at = left.end + 1
    short = _read_short(pieces, left, at)
    if short:
        return short
    right = _read_whole(pieces, at)
    if right is None or right.rule == "duration" or not _alike(left, right):
        return None
    if link in {"and", "to"} and pieces[at].kind == "break":
        return None
    return Found(Range(_completed(left.meaning, right.meaning), right.meaning), right.end, "range")


def _alike(left: Found, right: Found) -> bool:
    """Two sides of a range are of a kind."""
    kinds = {"date": "date", "month": "date", "year": "date", "holiday": "date"}
    return kinds.get(left.rule, left.rule) == kinds.get(right.rule, right.rule)


def _completed(left: Meaning, right: Meaning) -> Meaning:
    """Give the first side the year of the second: `January to June 2016`."""
    if not isinstance(left, OnCalendar) or not isinstance(right, OnCalendar):
        return left
    if left.year is not None or right.year is None:
        return left
    return replace(left, year=right.year - (left.month > right.month))


def _read_short(pieces: Pieces, left: Found, at: int) -> Found | None:
    """Read the `30` of `Jan. 24-30` or the `15` of `2014-15`."""
    piece = pieces[at]
    if piece.kind not in {"number", "ordinal"} or piece.size > 4:
        return None
    date = left.meaning
    if isinstance(date, OnCalendar) and date.day and date.day < piece.value <= 31:
        return _short_day(pieces, date, at)
    dashed = pieces.word(at - 1) in {"-", "–"} and piece.size == 2
    if left.rule == "year" and dashed and isinstance(date, Fixed):
        year = date.value.first.year
        if year % 100 < piece.value < year % 100 + 20:
            until = date.value.last.replace(year=year - year % 100 + piece.value)
            last = replace(date.value, last=until)
            return Found(Fixed(last), at + 1, "range")
    return None


def _short_day(pieces: Pieces, date: OnCalendar, at: int) -> Found | None:
    if pieces[at + 1].kind in {"month", "daytime mark"}:
        return None
    comma = pieces.skip(at + 1, ",")
    year = read_year(pieces, comma)
    end = at + 1 if year is None else comma + 1
    first = replace(date, year=date.year or year)
    last = replace(first, day=pieces[at].value)
    return Found(Range(first, last), end, "range")


def _read_days_of_month(pieces: Pieces, at: int) -> Found | None:
    """Read `5-6 September 2019`, `3 and 7 May` after `between`."""
    piece = pieces[at]
    if piece.kind not in {"number", "ordinal"} or not 1 <= piece.value <= 31:
        return None
    link = pieces.word(at + 1)
    if link not in _LINKS or not _may_link(pieces, at, link):
        return None
    right = read_date(pieces, at + 2)
    if right is None or not isinstance(right.meaning, OnCalendar) or right.meaning.day is None:
        return None
    if pieces[at + 2].kind == "month":
        return None
    first = replace(right.meaning, day=piece.value)
    return Found(Range(first, right.meaning), right.end, "range")


def _read_whole(pieces: Pieces, at: int) -> Found | None:
    """Read the longest expression here, with the time of day that belongs to it."""
    found = max(
        (result for rule in rules_for(pieces[at]) if (result := rule(pieces, at))),
        key=lambda result: result.end,
        default=None,
    )
    if found is None or found.rule in {"duration", "vague count", "vague word"}:
        return found
    if found.rule == "clock":
        return _clock_with_day(pieces, found)
    return _day_with_clock(pieces, found)


_DAY_RULES = frozenset({"date", "weekday", "day word", "holiday", "unit", "part of the day"})


def _day_with_clock(pieces: Pieces, found: Found) -> Found:
    """Add what follows a day: `Wednesday night`, `on Tuesday at 9 p.m.`, `early on Monday`."""
    if found.rule not in _DAY_RULES:
        return found
    end = found.end
    part = pieces.skip(end, "early", "late", "in", "mid")
    part = pieces.skip(part, "the") if part > end else part
    part = pieces.skip(part, "-")
    if pieces.word(part) in DAYTIMES:
        return Found(found.meaning, part + 1, found.rule)
    return _with_clock(pieces, found)


def _with_clock(pieces: Pieces, found: Found) -> Found:
    at = pieces.skip(found.end, "at", ",", "by")
    at = pieces.skip(at, "about", "around")
    clock = read_clock(pieces, at)
    if clock and isinstance(clock.meaning, Clock):
        return Found(Clock(clock.meaning.hour, found.meaning), clock.end, "clock")
    return found


def _clock_with_day(pieces: Pieces, found: Found) -> Found:
    """Add the day that follows a time: `at 9 p.m. EST on Tuesday`, `22:30 the next day`."""
    at = pieces.skip(found.end, "on", ",", "of")
    best: Found | None = None
    for rule in rules_for(pieces[at]):
        day = rule(pieces, at)
        if day and day.rule in _DAY_RULES and (best is None or day.end > best.end):
            best = day
    if best is None or not isinstance(found.meaning, Clock):
        return found
    return Found(Clock(found.meaning.hour, best.meaning), best.end, "clock")
