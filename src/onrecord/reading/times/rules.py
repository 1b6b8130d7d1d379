"""The table of the rules of the grammar of time, and the one rule that builds on others."""

from dataclasses import replace

from onrecord.reading.times.dates import (
    read_bare_year,
    read_clock,
    read_date,
    read_day_of_attacks,
    read_decade,
    read_holiday,
    read_iso,
    read_season,
    read_slashed,
    read_weekday,
    read_which_month,
)
from onrecord.reading.times.meaning import Ago, Fixed, Meaning, OnCalendar
from onrecord.reading.times.pieces import Found, Pieces
from onrecord.reading.times.spans import (
    read_counted,
    read_day_word,
    read_daytime,
    read_duration,
    read_stretch,
    read_vague_word,
    read_which_unit,
)
from onrecord.reading.times.value import Portion

__all__ = ["RULES"]


_PORTIONS: dict[str, Portion] = {
    "early": "early", "mid": "mid", "late": "late", "earlier": "", "later": "",
    "beginning": "start", "start": "start", "middle": "mid", "end": "end",
}  # fmt: skip


def read_portion(pieces: Pieces, at: int) -> Found | None:
    """Read `early on Sunday`, `late January`, `earlier this month`, `the end of March`."""
    the = pieces.skip(at, "the")
    word = pieces.word(the)
    if word not in _PORTIONS:
        return None
    after = pieces.skip(the + 1, "-", "–", "in", "on", "of")
    if word in {"beginning", "start", "middle", "end"} and pieces.word(the + 1) != "of":
        return None
    found = _inside(pieces, after)
    if found is None or (found.bare == "month" and after > the + 1 and word in {"early", "late"}):
        return found and Found(found.meaning, found.end, found.rule)
    return Found(_with_portion(found.meaning, _PORTIONS[word]), found.end, found.rule)


def _inside(pieces: Pieces, at: int) -> Found | None:
    """Read what `early`, `late` or `end of` is part of."""
    unit = pieces.word(pieces.skip(at, "the"))
    if pieces.word(at) == "the" and unit in {"day", "week", "month", "year", "decade", "century"}:
        return Found(Ago(unit, 0, unit), at + 2, "unit")
    for rule in (
        read_date, read_decade, read_bare_year, read_weekday, read_which_unit, read_which_month,
        read_day_word, read_season,
    ):  # fmt: skip
        found = rule(pieces, at)
        if found:
            return found
    return None


def _with_portion(meaning: Meaning, portion: Portion) -> Meaning:
    if isinstance(meaning, OnCalendar):
        return meaning if meaning.day else replace(meaning, portion=portion)
    if isinstance(meaning, Fixed | Ago):
        return replace(meaning, portion=portion)
    return meaning


RULES = (
    read_iso, read_slashed, read_day_of_attacks, read_date, read_bare_year, read_weekday,
    read_day_word, read_daytime,
    read_which_unit, read_which_month, read_season, read_decade, read_counted, read_stretch,
    read_duration, read_vague_word, read_portion, read_clock, read_holiday,
)  # fmt: skip
