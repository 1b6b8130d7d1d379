"""Rules for dates of the calendar: days, months, years, seasons, decades, times of day.

A rule takes the pieces and a position and returns what it found and where that ends, or None. No
rule looks more than a dozen pieces ahead, so reading stays linear.
"""

import datetime as dt

from onrecord.reading.times.meaning import Clock, Fixed, OnCalendar, OnWeekday, Season
from onrecord.reading.times.pieces import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Found,
    Pieces,
    read_year,
    read_year_words,
)
from onrecord.reading.times.value import Value, year_value
from onrecord.reading.times.words import (
    DECADES,
    HOLIDAYS,
    ORDINALS,
    SEASONS,
    ZONES,
    Piece,
    is_short,
    word_set,
)

__all__ = [
    "WHICH",
    "read_bare_year",
    "read_clock",
    "read_date",
    "read_day_of_attacks",
    "read_decade",
    "read_holiday",
    "read_iso",
    "read_season",
    "read_slashed",
    "read_weekday",
    "read_which_month",
]


def read_iso(pieces: Pieces, at: int) -> Found | None:
    """Read `2022-02-02` or `2022-02-02T10:00Z`."""
    if pieces[at].kind != "iso":
        return None
    try:
        day = dt.date.fromisoformat(pieces[at].lower[:10])
    except ValueError:
        return None
    return Found(Fixed(Value(day, day, "day")), at + 1, "date")


def read_day_of_attacks(pieces: Pieces, at: int) -> Found | None:
    """Read `9/11`, the one day that has become a name."""
    named = pieces[at].value == 9 and pieces.says(at + 1, "/", "11")
    if not named or not pieces.touches(at + 2) or pieces[at + 3].kind == "daytime mark":
        return None
    day = dt.date(2001, 9, 11)
    return Found(Fixed(Value(day, day, "day")), at + 3, "date")


def read_slashed(pieces: Pieces, at: int) -> Found | None:
    """Read `2/14/2022` as month first, `14/2/2022` and `14.2.2022` as day first."""
    if pieces[at].kind != "slashed":
        return None
    first, second, year = (int(part) for part in pieces[at].lower.replace(".", "/").split("/"))
    if first > 12 or "." in pieces[at].lower:
        first, second = second, first
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        day = dt.date(year, first, second)
    except ValueError:
        return None
    return Found(Fixed(Value(day, day, "day")), at + 1, "date")


def read_date(pieces: Pieces, at: int) -> Found | None:
    """Read a date of the calendar, with its weekday if that is named."""
    begun = at
    if pieces[at].kind == "weekday":
        at = pieces.skip(at + 1, ",")
        at = pieces.skip(at, "the")
    found = _month_first(pieces, at) or _day_first(pieces, at)
    if found and begun != at and isinstance(found.meaning, OnCalendar) and not found.meaning.day:
        return None
    return found


def _day_of_month(pieces: Pieces, at: int) -> int | None:
    piece = pieces[at]
    value = ORDINALS.get(piece.lower, piece.value if piece.kind in {"number", "ordinal"} else -1)
    if not 1 <= value <= 31 or (piece.kind == "number" and piece.size > 2):
        return None
    return value


def _month_first(pieces: Pieces, at: int) -> Found | None:
    """Read `March`, `March 2022`, `March 3`, `March 3, 2022`, `the March 3`."""
    if pieces[at].kind != "month":
        return None
    month, after = pieces[at].value, pieces.skip(at + 1, "the")
    day = _day_of_month(pieces, after)
    if day is None or pieces[after + 1].kind == "daytime mark":
        return _month_and_year(pieces, at)
    that = _that_year(pieces, after + 1)
    if that:
        return Found(OnCalendar(month, day, which="that"), that, "date")
    comma = pieces.skip(after + 1, ",")
    year = read_year(pieces, comma)
    end = after + 1 if year is None else comma + 1
    return Found(OnCalendar(month, day, year), end, "date")


def _that_year(pieces: Pieces, at: int) -> int:
    """Return where `of that year`, `the same year` behind a month or day ends, or 0."""
    at = pieces.skip(at, "of", ",", "in")
    for words in (("that", "year"), ("the", "same", "year"), ("that", "same", "year")):
        if pieces.says(at, *words):
            return at + len(words)
    return 0


def _month_and_year(pieces: Pieces, at: int) -> Found:
    month, after = pieces[at].value, pieces.skip(at + 1, "of", ",", "in")
    year = read_year(pieces, after)
    if year is not None:
        return Found(OnCalendar(month, None, year), after + 1, "month")
    that = _that_year(pieces, at + 1)
    if that:
        return Found(OnCalendar(month, which="that"), that, "month")
    shift, end = read_year_words(pieces, at + 1)
    if shift is not None:
        return Found(OnCalendar(month, None, None, shift), end, "month")
    return Found(OnCalendar(month), at + 1, "month", bare="month")


def _day_first(pieces: Pieces, at: int) -> Found | None:
    """Read `3 March`, `3rd of March 2022`, `the third of March`."""
    day = _day_of_month(pieces, at)
    after = pieces.skip(at + 1, "of")
    if day is None or pieces[after].kind != "month":
        return None
    that = _that_year(pieces, after + 1)
    if that:
        return Found(OnCalendar(pieces[after].value, day, which="that"), that, "date")
    month, comma = pieces[after].value, pieces.skip(after + 1, ",")
    year = read_year(pieces, comma)
    end = after + 1 if year is None else comma + 1
    return Found(OnCalendar(month, day, year), end, "date")


def read_bare_year(pieces: Pieces, at: int) -> Found | None:
    """Read `2014`, `the year 2014`; whether a number is a year is for the caller to say."""
    begun = at
    at = pieces.skip(at, "the")
    at = pieces.skip(at, "year")
    year = read_year(pieces, at)
    if year is None or (at == begun + 1 and pieces.word(begun) == "the"):
        return None
    return Found(Fixed(year_value(year)), at + 1, "year", bare="year" if at == begun else "")


def read_weekday(pieces: Pieces, at: int) -> Found | None:
    """Read `Tuesday`, `last Tuesday`, `Tuesday last week`, `a week from Friday`."""
    which = pieces.word(at) if pieces.word(at) in WHICH else ""
    named = pieces.skip(at + 1, "past") if which else at
    piece = pieces[named]
    if piece.kind != "weekday" or (is_short(piece.lower) and piece.size < 4):
        return None
    week, end = _week_words(pieces, named + 1)
    return Found(OnWeekday(piece.value, which, week), end, "weekday")


def _week_words(pieces: Pieces, at: int) -> tuple[int | None, int]:
    """Read `last week`, `of next week` after a weekday."""
    begun, at = at, pieces.skip(at, "of", ",")
    week = {"last": -1, "this": 0, "next": 1}.get(pieces.word(at))
    return (week, at + 2) if pieces.word(at + 1) == "week" and week is not None else (None, begun)


WHICH = word_set("last past this next coming following previous")


def read_which_month(pieces: Pieces, at: int) -> Found | None:
    """Read `last August`, `next March`, `this summer`."""
    the = pieces.skip(at, "the")
    which, named = pieces.word(the), pieces[pieces.skip(the + 1, "past")]
    end = pieces.skip(the + 1, "past") + 1
    if which not in WHICH or which in {"following", "previous"}:
        return None
    if named.kind == "month":
        return Found(OnCalendar(named.value, which=which), end, "month")
    if named.lower in SEASONS:
        return Found(Season(SEASONS[named.lower], 3, which=which), end, "season")
    return None


def read_season(pieces: Pieces, at: int) -> Found | None:
    """Read `summer 2010`, `the winter of 2021`, `the first quarter of 2022`, `spring last year`."""
    the = pieces.skip(at, "the")
    if pieces.word(the) in SEASONS:
        month, months, after = SEASONS[pieces.word(the)], 3, the + 1
    else:
        part = _quarter(pieces, the)
        if part is None:
            return None
        month, months, after = part
    year_at = pieces.skip(after, "of", "in", ",")
    year = read_year(pieces, year_at)
    if year is not None:
        return Found(Season(month, months, year), year_at + 1, "season")
    return _season_without_year(pieces, Season(month, months), after)


def _season_without_year(pieces: Pieces, season: Season, after: int) -> Found | None:
    shift, end = read_year_words(pieces, after)
    if shift is not None:
        return Found(Season(season.month, season.months, shift=shift), end, "season")
    if season.months == 3 and pieces.word(after - 1) in SEASONS:
        return Found(season, after, "season", bare="season")
    of_the_year = pieces.skip(after, "of")
    if season.months != 3 and pieces.says(of_the_year, "the", "year"):
        return Found(Season(season.month, season.months, shift=0), of_the_year + 2, "season")
    return None


def _quarter(pieces: Pieces, at: int) -> tuple[int, int, int] | None:
    """Read `first quarter`, `fourth-quarter`, `second half`: first month, months, where it ends."""
    number = ORDINALS.get(pieces.word(at))
    after = pieces.skip(at + 1, "-")
    word = pieces.word(after)
    if number and number <= 4 and word == "quarter":
        return 3 * number - 2, 3, after + 1
    if number and number <= 2 and word == "half":
        return 6 * number - 5, 6, after + 1
    return None


def read_decade(pieces: Pieces, at: int) -> Found | None:
    """Read `the 1990s`, `the '90s`, `the 19th century`, `the sixteenth century`."""
    the = pieces.skip(at, "the")
    piece = pieces[the]
    if piece.kind == "decade" and pieces.word(the + 1) != "of":
        return _decade(piece, the + 1)
    if piece.lower in DECADES and the > at:
        first, last = dt.date(DECADES[piece.lower], 1, 1), dt.date(DECADES[piece.lower] + 9, 12, 31)
        return Found(Fixed(Value(first, last, "year")), the + 1, "decade")
    number = ORDINALS.get(piece.lower, piece.value if piece.kind == "ordinal" else -1)
    after = pieces.skip(the + 1, "-")
    if not 1 <= number <= 21 or pieces.word(after) != "century":
        return None
    first = dt.date(max(100 * number - 100, 1), 1, 1)
    return Found(
        Fixed(Value(first, dt.date(100 * number - 1, 12, 31), "year")), after + 1, "century"
    )


def _decade(piece: Piece, end: int) -> Found | None:
    digits = "".join(character for character in piece.lower if character.isdigit())
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= 20 else 2000
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or year % 10:
        return None
    length = 100 if year % 100 == 0 and year < 2000 else 10
    first, last = dt.date(year, 1, 1), dt.date(year + length - 1, 12, 31)
    return Found(
        Fixed(Value(first, last, "year")), end, "decade", "decade" if len(digits) == 2 else ""
    )


def read_clock(pieces: Pieces, at: int) -> Found | None:
    """Read `9 p.m.`, `22:30`, `9.30 a.m. EST`, `noon`, `midnight`."""
    piece = pieces[at]
    if piece.lower in {"noon", "midday", "midnight"} and pieces.word(at - 1) in {"at", "by"}:
        return Found(Clock(0 if piece.lower == "midnight" else 12), at + 1, "clock")
    half = pieces[at + 1]
    if piece.kind == "clock":
        hour = int(piece.lower.replace(".", ":").partition(":")[0])
    elif piece.kind == "number" and half.kind == "daytime mark":
        hour = piece.value
    else:
        return None
    if hour > 24 or (half.kind == "daytime mark" and not 1 <= hour <= 12):
        return None
    if half.kind == "daytime mark":
        hour = hour % 12 + 12 * (half.lower == "pm")
    end = at + 2 if half.kind == "daytime mark" else at + 1
    return Found(Clock(hour % 24), _after_zone(pieces, end), "clock")


def _after_zone(pieces: Pieces, at: int) -> int:
    """Skip `EST`, `(GMT)`, `local time`."""
    if pieces.says(at, "local", "time"):
        return at + 2
    if pieces.word(at) == "(" and pieces.word(at + 1) in ZONES and pieces.word(at + 2) == ")":
        return at + 3
    return at + 1 if pieces.word(at) in ZONES else at


def read_holiday(pieces: Pieces, at: int) -> Found | None:
    """Read `Christmas Eve`, `New Year's Day`."""
    if not pieces[at].capital:
        return None
    for words, (month, day) in HOLIDAYS.items():
        if pieces.says(at, *words):
            return Found(OnCalendar(month, day), at + len(words), "holiday")
    return None
