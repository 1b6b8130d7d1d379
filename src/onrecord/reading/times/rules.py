"""The table of the rules of the grammar of time, and the one rule that builds on others."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from onrecord.reading.times.dates import (
    WHICH,
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
    DAY_WORDS,
    NEXT,
    PAST,
    STEPS,
    VAGUE_COUNTS,
    VAGUE_WORDS,
    read_counted,
    read_day_word,
    read_daytime,
    read_duration,
    read_stretch,
    read_vague_word,
    read_which_unit,
)
from onrecord.reading.times.value import Portion
from onrecord.reading.times.words import COUNTS, HOLIDAYS, ORDINALS, SEASONS, UNITS, Piece, word_set

__all__ = ["REACH", "RULES", "rules_for"]

REACH = 8
"""Pieces after the first among which one must tell of time: `the end of the last past month`."""


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


Rule = Callable[[Pieces, int], Found | None]


class _Opening(Struct, frozen=True):
    """A rule, and the kinds and words of the first piece without which it finds nothing."""

    rule: Rule
    kinds: frozenset[str]
    words: frozenset[str] = frozenset()


_COUNTED = frozenset(COUNTS) | VAGUE_COUNTS
_DAYS = frozenset(ORDINALS)
_THE = frozenset({"the"})

_OPENINGS = (
    _Opening(read_iso, word_set("iso")),
    _Opening(read_slashed, word_set("slashed")),
    _Opening(read_day_of_attacks, word_set("number ordinal"), word_set("nine")),
    _Opening(read_date, word_set("weekday month number ordinal"), _DAYS),
    _Opening(read_bare_year, word_set("number"), word_set("the year")),
    _Opening(read_weekday, word_set("weekday"), WHICH),
    _Opening(read_day_word, frozenset(), frozenset(DAY_WORDS) | word_set("overnight the day")),
    _Opening(read_daytime, frozenset(), word_set("the this last next following previous")),
    _Opening(read_which_unit, frozenset(), frozenset(STEPS) | word_set("the that")),
    _Opening(read_which_month, frozenset(), WHICH | _THE),
    _Opening(read_season, frozenset(), frozenset(SEASONS) | _DAYS | _THE),
    _Opening(read_decade, word_set("decade ordinal"), _DAYS | _THE),
    _Opening(read_counted, word_set("number unit"), _COUNTED),
    _Opening(read_stretch, frozenset(), PAST | NEXT | word_set("the these")),
    _Opening(read_duration, word_set("number unit"), _COUNTED),
    _Opening(read_vague_word, frozenset(), VAGUE_WORDS),
    _Opening(read_portion, frozenset(), frozenset(_PORTIONS) | _THE),
    _Opening(read_clock, word_set("clock number"), word_set("noon midday midnight")),
    _Opening(read_holiday, frozenset(), frozenset(words[0] for words in HOLIDAYS)),
)

RULES = tuple(each.rule for each in _OPENINGS)


def _rules_of(kind: str, word: str = "") -> tuple[Rule, ...]:
    return tuple(each.rule for each in _OPENINGS if kind in each.kinds or word in each.words)


_BY_KIND = {kind: _rules_of(kind) for each in _OPENINGS for kind in each.kinds}
_BY_WORD = {
    word: _rules_of("unit" if word in UNITS else "word", word)
    for each in _OPENINGS
    for word in each.words
}


def rules_for(piece: Piece) -> tuple[Rule, ...]:
    """Return the rules of which one may find an expression that begins with this piece, in order.

    Example:
        >>> from onrecord.reading.times.words import cut_pieces
        >>> [rule.__name__ for rule in rules_for(cut_pieces("lately")[0][0])]
        ['read_vague_word']
    """
    return _BY_WORD.get(piece.lower) or _BY_KIND.get(piece.kind, ())
