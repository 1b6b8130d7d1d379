"""Stretches of days, and the calendar arithmetic on them."""

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Literal

from dateutil.relativedelta import relativedelta
from msgspec import Struct
from msgspec.structs import replace

from onrecord.record import Granularity

__all__ = [
    "Anchor",
    "Direction",
    "Portion",
    "Value",
    "month_value",
    "months_value",
    "portion_of",
    "shifted",
    "unit_value",
    "year_value",
]

_DAY = dt.timedelta(1)


Direction = Literal["past", "future", "back", "unknown"]
Portion = Literal["", "early", "mid", "late", "start", "end"]


class Value(Struct, frozen=True):
    """A stretch of days and how finely it is known.

    Attributes:
        first: First day.
        last: Last day.
        grain: How fine the words are.
        hour: Hour of the day, where the words name one.
    """

    first: dt.date
    last: dt.date
    grain: Granularity
    hour: int | None = None

    @property
    def iso(self) -> str:
        """The value as RECORD.md writes it."""
        if self.hour is not None:
            return f"{self.first.isoformat()}T{self.hour:02d}"
        first, last = self._bound(self.first), self._bound(self.last)
        return first if first == last else f"{first}/{last}"

    def _bound(self, day: dt.date) -> str:
        if self.grain == "month" and self._is_whole("month"):
            return day.isoformat()[:7]
        if self.grain == "year" and self._is_whole("year"):
            return day.isoformat()[:4]
        return day.isoformat()

    def _is_whole(self, unit: str) -> bool:
        """Tell whether it begins and ends with whole months, or with whole years.

        Decades and centuries are written out in days, as GUM and TimeML readers expect them.
        """
        if self.first.day != 1 or self.last.day < 28 or (self.last + _DAY).day != 1:
            return False
        years = self.last.year - self.first.year
        whole_years = self.first.month == 1 and self.last.month == 12
        is_decade = years in {9, 99} and self.first.year % 10 == 0
        return unit == "month" or (whole_years and not is_decade)


class Anchor(Struct, frozen=True):
    """What an expression is relative to.

    Attributes:
        published: The day of publication (of speaking, inside a dated quotation), if known.
        focus: The date the narrative speaks of, if it has named one.
        day: The last single day that the narrative has named.
        direction: Whether the verb looks back or ahead.
        year: The year the narrative is in, where it is not that of publication.
    """

    published: dt.date | None
    focus: Value | None = None
    day: Value | None = None
    direction: Direction = "unknown"
    year: int | None = None


def month_value(year: int, month: int) -> Value:
    """Return a whole month."""
    last = calendar.monthrange(year, month)[1]
    return Value(dt.date(year, month, 1), dt.date(year, month, last), "month")


def year_value(year: int) -> Value:
    """Return a whole year."""
    return Value(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def week_value(day: dt.date) -> Value:
    """Return the week, Monday to Sunday, that holds the day."""
    monday = day - dt.timedelta(day.weekday())
    return Value(monday, monday + dt.timedelta(6), "week")


def unit_value(unit: str, day: dt.date) -> Value:
    """Return the week, month, quarter, year, decade, century or weekend that holds the day."""
    whole = _WHOLE.get(unit)
    return whole(day) if whole else Value(day, day, "day")


def _weekend_value(day: dt.date) -> Value:
    sunday = week_value(day).last
    return Value(sunday - _DAY, sunday, "day")


def _years_value(day: dt.date, size: int) -> Value:
    begun = day.year - day.year % size
    last = dt.date(begun + size - 1, 12, 31)
    return replace(year_value(max(begun, 1)), last=last)


def months_value(year: int, month: int, count: int) -> Value:
    """Return `count` whole months from the given one on."""
    first = dt.date(year, month, 1)
    return Value(first, first + relativedelta(months=count) - dt.timedelta(1), "month")


_WHOLE: dict[str, Callable[[dt.date], Value]] = {
    "week": week_value,
    "weekend": _weekend_value,
    "month": lambda day: month_value(day.year, day.month),
    "quarter": lambda day: months_value(day.year, 3 * ((day.month - 1) // 3) + 1, 3),
    "year": lambda day: year_value(day.year),
    "decade": lambda day: _years_value(day, 10),
    "century": lambda day: _years_value(day, 100),
}


def portion_of(value: Value, portion: Portion) -> Value:
    """Return the early, middle or late part of a month, year, decade or century.

    A third each; a day or week is too fine to be divided, and stays whole.
    """
    if not portion or value.grain in {"day", "hour", "week"}:
        return value
    if portion == "end":
        return _last_part(value)
    thirds = {"early": 0, "start": 0, "mid": 1, "late": 2}[portion]
    if value.grain == "month" and (value.last - value.first).days < 31:
        first = value.first + dt.timedelta(10 * thirds)
        last = value.last if thirds == 2 else first + dt.timedelta(9)
        return Value(first, last, "week")
    months = (value.last.year - value.first.year) * 12 + value.last.month - value.first.month + 1
    first = value.first + relativedelta(months=thirds * (months // 3))
    last = value.last if thirds == 2 else first + relativedelta(months=months // 3, days=-1)
    return Value(first, last, "month" if months <= 12 else "year")


def _last_part(value: Value) -> Value:
    """Return the last day of a month, the last month of a year, the last year of a decade."""
    if (value.last - value.first).days < 31:
        return Value(value.last, value.last, "day")
    if value.last.year == value.first.year:
        return Value(value.last.replace(day=1), value.last, "day")
    return year_value(value.last.year)


def shifted(day: dt.date, unit: str, amount: int) -> dt.date | None:
    """Return the day so many units away, or None where the calendar ends."""
    sizes = {"fortnight": (14, "days"), "quarter": (3, "months"), "decade": (10, "years")}
    sizes |= {"century": (100, "years"), "weekend": (7, "days"), "week": (7, "days")}
    sizes |= {"day": (1, "days"), "night": (1, "days"), "month": (1, "months")}
    sizes |= {"year": (1, "years"), "yr": (1, "years")}
    if unit not in sizes or abs(amount) > 20_000:
        return day if abs(amount) < 24 else None
    size, name = sizes[unit]
    try:
        return day + relativedelta(**{name: amount * size})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
