"""What an expression of time means, and what date that is on a given day.

Each class is one kind of meaning, found by `time_grammar`; `resolve` places it in the calendar.
"""

import calendar
import datetime as dt
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from onrecord.reading.times.value import (
    Anchor,
    Direction,
    Portion,
    Value,
    month_value,
    months_value,
    portion_of,
    shifted,
    unit_value,
)

__all__ = [
    "Ago",
    "Ahead",
    "Clock",
    "Fixed",
    "Meaning",
    "OnCalendar",
    "OnWeekday",
    "Range",
    "Season",
    "Stretch",
    "Unclear",
]

_PLAIN = 45
"""Days within which a day of the month without its year is the nearest such day."""
_SOON = 60
"""Days ahead from which a date of a meeting that the past tells of is rather the one behind."""


class Meaning(Protocol):
    """What an expression says."""

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the date, or None where the words and the anchor give none."""
        ...


class Fixed(Struct, frozen=True):
    """A date that needs no anchor: `2022-02-02`, `the 1990s`, `the 20th century`, `2014`."""

    value: Value
    portion: Portion = ""

    def resolve(self, anchor: Anchor) -> Value | None:  # noqa: ARG002
        """Return the value."""
        return portion_of(self.value, self.portion)


class OnCalendar(Struct, frozen=True):
    """A month, or a day of it, with or without its year: `March`, `Feb. 4`, `4 May 2022`.

    Attributes:
        month: 1 to 12.
        day: Day of the month, or None for the month itself.
        year: The year, if the words say it.
        shift: Years away from the anchor's: `March last year` is -1; None where nothing is said.
        which: `last`, `next`, `this` before the month; `that` for the year the narrative has named.
        portion: Which part of the month.
    """

    month: int
    day: int | None = None
    year: int | None = None
    shift: int | None = None
    which: str = ""
    portion: Portion = ""

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the day or month; without a year, the one that tense and narrative point to."""
        year = self._year(anchor)
        if year is None or not dt.MINYEAR <= year <= dt.MAXYEAR:
            return None
        return self._in(year)

    def _in(self, year: int) -> Value | None:
        if self.day is None:
            return portion_of(month_value(year, self.month), self.portion)
        if self.day > calendar.monthrange(year, self.month)[1]:
            return None
        day = dt.date(year, self.month, self.day)
        return Value(day, day, "day")

    def _year(self, anchor: Anchor) -> int | None:
        if self.year is not None:
            return self.year
        if self.which == "that":
            return anchor.focus.first.year if anchor.focus else None
        if self.shift is not None and anchor.published:
            return anchor.published.year + self.shift
        if anchor.year is not None and not self.which:
            return anchor.year
        return self._nearest_year(anchor) if anchor.published else None

    def _nearest_year(self, anchor: Anchor) -> int:
        published = anchor.published or dt.date.min
        here = (published.month, published.day)
        there = (self.month, self.day if self.day is not None else published.day)
        direction = {"last": "past", "past": "past", "next": "future"}.get(
            self.which, anchor.direction
        )
        closest = _closest(published, self.month, there[1])
        if self.which == "last" and self.day is None and there == here:
            return published.year - 1
        if direction == "unknown" or self._is_plain(published, closest):
            return closest
        if direction == "back" and self._is_soon(published, closest):
            return closest
        return published.year + ((there < here) if direction == "future" else -(there > here))

    def _is_plain(self, published: dt.date, closest: int) -> bool:
        """Tell whether a day is so near that its year goes without saying, whatever the tense.

        A day eleven months away would have been given its year.
        """
        if self.day is None or self.which:
            return False
        near = self._in(closest)
        return near is not None and abs((near.first - published).days) <= _PLAIN

    def _is_soon(self, published: dt.date, closest: int) -> bool:
        """Tell whether the nearest such day or month is behind, or begins within some weeks."""
        near = self._in(closest)
        return near is None or (near.first - published).days <= _SOON


def _closest(published: dt.date, month: int, day: int) -> int:
    """Return the year in which month and day fall closest to publication."""
    day_of = min(day, calendar.monthrange(published.year, month)[1])
    away = (dt.date(published.year, month, min(day_of, 28)) - published).days
    if away > 183:
        return published.year - 1
    return published.year + 1 if away < -183 else published.year


class OnWeekday(Struct, frozen=True):
    """A day of the week: `Tuesday`, `last Friday`, `Tuesday of next week`.

    Attributes:
        weekday: Monday 0 to Sunday 6.
        which: `last`, `past`, `this`, `next`, `coming`, `following`, `previous` or nothing.
        week: Weeks away from the anchor's where the words say so, else None.
    """

    weekday: int
    which: str = ""
    week: int | None = None

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the day; a bare weekday is the most recent one, or with a future verb the next."""
        base = anchor.published
        if self.which in {"following", "previous"} and anchor.day:
            base = anchor.day.first
        if base is None:
            return None
        day = base + dt.timedelta(self._away(base, anchor.direction))
        return Value(day, day, "day")

    def _away(self, base: dt.date, direction: Direction) -> int:
        ahead = (self.weekday - base.weekday()) % 7
        back = ahead - 7 if ahead else 0
        if self.week is not None:
            return self.weekday - base.weekday() + 7 * self.week
        if self.which == "next":
            return 7 - base.weekday() + self.weekday
        if self.which in {"coming", "following"}:
            return ahead or 7
        if self.which in {"last", "past", "previous"}:
            return back or -7
        return ahead if direction == "future" else back


class Ago(Struct, frozen=True):
    """A day, week, month, year so many units away: `yesterday`, `last week`, `two years ago`.

    Attributes:
        unit: What is counted.
        amount: How many, negative for the past.
        grain: The unit in which the answer is given.
        from_focus: Whether it counts from the narrative's date (`the following day`).
        portion: Which part of it.
    """

    unit: str
    amount: int
    grain: str
    from_focus: bool = False
    portion: Portion = ""

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the unit that lies so many units from the anchor."""
        base = self._base(anchor)
        if base is None:
            return None
        if self.unit == "year" and not self.amount and anchor.year and not self.from_focus:
            base = dt.date(anchor.year, 1, 1)
        day = shifted(base, self.unit, self.amount)
        if day is None:
            return None
        return portion_of(unit_value(self.grain, day), self.portion)

    def _base(self, anchor: Anchor) -> dt.date | None:
        """Return what it counts from: days count from a day, years from any date."""
        if not self.from_focus:
            return anchor.published
        focus = anchor.day if self.grain in {"day", "week"} else anchor.focus
        return focus.first if focus else None


class Stretch(Struct, frozen=True):
    """A stretch that ends or begins at the anchor: `the past five years`, `the next two weeks`.

    Attributes:
        unit: What is counted.
        amount: How many, negative for the past.
        vague: True for `the past few days`, whose length is only roughly known.
        from_focus: Whether it counts from the narrative's date.
    """

    unit: str
    amount: int
    vague: bool = False
    from_focus: bool = False

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the stretch of days."""
        base = anchor.focus.last if self.from_focus and anchor.focus else anchor.published
        if base is None:
            return None
        far = shifted(base, self.unit, self.amount)
        if far is None:
            return None
        return Value(min(base, far), max(base, far), "vague" if self.vague else "day")


class Ahead(Struct, frozen=True):
    """`in three days`, which is a date only where the verb looks ahead."""

    unit: str
    amount: int

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the day, month or year that lies so far ahead."""
        if anchor.direction != "future" or self.unit in {"second", "minute", "hour"}:
            return None
        grain = "day" if self.unit in {"week", "fortnight", "night"} else self.unit
        return Ago(self.unit, self.amount, grain).resolve(anchor)


class Season(Struct, frozen=True):
    """A season or a quarter or half of a year.

    Attributes:
        month: Its first month.
        months: How many months it has.
        year: The year, if the words say it.
        which: `last`, `this`, `next` or nothing.
        shift: Years away where the words say so.
    """

    month: int
    months: int
    year: int | None = None
    which: str = ""
    shift: int | None = None

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return its months; winter runs into the next year."""
        if self.year is not None:
            return months_value(self.year, self.month, self.months)
        base = anchor.published
        if base is None:
            return None
        if self.shift is not None or self.which == "this":
            return months_value(base.year + (self.shift or 0), self.month, self.months)
        looks_back = self.which in {"last", "past"} or anchor.direction == "past"
        looks_ahead = self.which in {"next", "coming"} or anchor.direction == "future"
        if not (looks_back or looks_ahead):
            return None
        return self._beside(base, ahead=not looks_back if self.which else looks_ahead)

    def _beside(self, base: dt.date, *, ahead: bool) -> Value:
        """Return the last one that has begun, or the next one that has not ended."""
        found = months_value(base.year, self.month, self.months)
        if ahead:
            over = found.first <= base if self.which else found.last < base
            return months_value(base.year + 1, self.month, self.months) if over else found
        to_come = found.last >= base if self.which else found.first > base
        return months_value(base.year - 1, self.month, self.months) if to_come else found


class Clock(Struct, frozen=True):
    """A time of day, on a day that the words name or the narrative gives.

    Attributes:
        hour: 0 to 23.
        day: The day's own meaning, or None.
    """

    hour: int
    day: Meaning | None = None

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the hour."""
        if self.day is None and anchor.direction == "unknown":
            return None
        named = self.day.resolve(anchor) if self.day else anchor.day
        if named is None and self.day is None and anchor.published:
            named = Value(anchor.published, anchor.published, "day")
        if named is None or named.first != named.last:
            return named if self.day else None
        return Value(named.first, named.last, "hour", self.hour)


class Range(Struct, frozen=True):
    """From one date to another; the first may take month and year from the second."""

    left: Meaning
    right: Meaning

    def resolve(self, anchor: Anchor) -> Value | None:
        """Return the stretch from the first day of the one to the last of the other."""
        last = self.right.resolve(anchor)
        first = self._left(last).resolve(anchor)
        if first is None or last is None:
            return first or last
        if first.first > last.last:
            last = self.right.resolve(replace(anchor, direction="future")) or last
        if first.first > last.last:
            return first
        grain = first.grain if first.grain == last.grain else "day"
        return Value(first.first, last.last, grain)

    def _left(self, last: Value | None) -> Meaning:
        """Return the first side with the latest year that puts it before the second."""
        left, right = self.left, self.right
        if last is None or not isinstance(left, OnCalendar) or not isinstance(right, OnCalendar):
            return left
        if left.year is not None:
            return left
        return replace(left, year=last.first.year - (left.month > right.month))


class Unclear(Struct, frozen=True):
    """Words of time that name no date: `for weeks`, `recently`, `hours later`."""

    def resolve(self, anchor: Anchor) -> Value | None:  # noqa: ARG002
        """Return None."""
        return None
