"""Rules for times that count from the day of publication or from the narrative's own date.

`yesterday`, `last week`, `two years ago`, `the following day`, `the past five years`, `for weeks`.
"""

from onrecord.reading.times.meaning import Ago, Ahead, Meaning, Stretch, Unclear
from onrecord.reading.times.pieces import Found, Pieces
from onrecord.reading.times.words import COUNTS, DAYTIMES, word_set

__all__ = [
    "DAY_WORDS",
    "NEXT",
    "PAST",
    "STEPS",
    "VAGUE_COUNTS",
    "VAGUE_WORDS",
    "read_counted",
    "read_day_word",
    "read_daytime",
    "read_duration",
    "read_stretch",
    "read_vague_word",
    "read_which_unit",
]


_DASHES = frozenset("-–—\u2011")


PAST = word_set("last past previous preceding recent")


NEXT = word_set("next coming upcoming following")


DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}


def read_day_word(pieces: Pieces, at: int) -> Found | None:
    """Read `today`, `the day before yesterday`, `tonight`, `overnight`."""
    word = pieces.word(at)
    if word in DAY_WORDS:
        return Found(Ago("day", DAY_WORDS[word], "day"), at + 1, "day word")
    if word == "overnight" and pieces.word(at + 1) not in {"stay", "trip"}:
        return Found(Stretch("day", -1), at + 1, "day word")
    the = pieces.skip(at, "the")
    if pieces.says(the, "day", "before", "yesterday"):
        return Found(Ago("day", -2, "day"), the + 3, "day word")
    if pieces.says(the, "day", "after", "tomorrow"):
        return Found(Ago("day", 2, "day"), the + 3, "day word")
    return _day_beside(pieces, the) if the > at else None


def _day_beside(pieces: Pieces, at: int) -> Found | None:
    """Read `the day before`, `the night before` where nothing says before what."""
    step = {"before": -1, "after": 1}.get(pieces.word(at + 1))
    if pieces.word(at) not in {"day", "night", "week", "month", "year"} or step is None:
        return None
    if _governs(pieces, at + 1):
        return None
    unit = "day" if pieces.word(at) == "night" else pieces.word(at)
    return Found(Ago(unit, step, unit, from_focus=True), at + 2, "day word")


def read_daytime(pieces: Pieces, at: int) -> Found | None:
    """Read `this morning`, `last night`, `the following morning`."""
    the = pieces.skip(at, "the")
    which, daytime = pieces.word(the), pieces.word(the + 1)
    if daytime not in DAYTIMES or daytime in {"noon", "midday", "dawn", "dusk"}:
        return None
    if which in {"this", "last"} and the == at:
        return Found(Ago("day", -(which == "last"), "day"), the + 2, "part of the day")
    steps = {"next": 1, "following": 1, "previous": -1, "same": 0}
    if which in steps and (the > at or which != "same"):
        return Found(Ago("day", steps[which], "day", from_focus=True), the + 2, "part of the day")
    return None


def read_which_unit(pieces: Pieces, at: int) -> Found | None:
    """Read `last week`, `this month`, `the following day`, `that year`, `the same day`."""
    the = pieces.skip(at, "the", "that")
    which, unit = pieces.word(the), pieces[the + 1]
    if pieces.word(at) == "that" and unit.kind != "unit":
        return _that_unit(pieces, at)
    if unit.kind != "unit" or unit.lower.endswith("s") or unit.lower in _TOO_SHORT:
        return None
    found = _which(which, unit.lower, has_article=the > at)
    return Found(found, the + 2, "unit") if found else None


_TOO_SHORT = word_set("second minute hour night")


STEPS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "same": 0,
    "next": 1, "coming": 1, "following": 1,
}  # fmt: skip
_FROM_NARRATIVE = word_set("next following previous preceding")
_STRETCHES = word_set("past last coming")


def _which(which: str, unit: str, *, has_article: bool) -> Meaning | None:
    """Read `last week`; `the last week` is a stretch, `the next week` counts from the narrative."""
    step = STEPS.get(which)
    if step is None:
        return None
    if has_article and which in _STRETCHES:
        return Stretch(unit, step)
    from_focus = which == "same" or (has_article and which in _FROM_NARRATIVE)
    return Ago(unit, step, unit, from_focus=from_focus)


def _that_unit(pieces: Pieces, at: int) -> Found | None:
    unit = pieces[at + 1]
    if unit.lower not in {"day", "week", "month", "year"}:
        return None
    return Found(Ago(unit.lower, 0, unit.lower, from_focus=True), at + 2, "unit")


def _count(pieces: Pieces, at: int) -> tuple[int | None, int]:
    """Read a number in digits or words; a vague one (`several`) is 0, none at all is None."""
    if pieces.says(at, "a", "couple"):
        return 2, pieces.skip(at + 2, "of")
    if pieces.says(at, "a", "few"):
        return 0, at + 2
    if pieces.word(at) in VAGUE_COUNTS:
        return 0, pieces.skip(at + 1, "of")
    return _number(pieces, at)


def _number(pieces: Pieces, at: int) -> tuple[int | None, int]:
    """Read `14`, `three`, `twenty-five`."""
    piece = pieces[at]
    if piece.kind == "number" or piece.lower not in COUNTS:
        return (piece.value, at + 1) if piece.kind == "number" else (None, at)
    tens, after = COUNTS[piece.lower], pieces.skip(at + 1, "-")
    units = COUNTS.get(pieces.word(after), 0)
    if tens >= 20 and 0 < units < 10 and pieces.word(after) not in {"a", "an"}:
        return tens + units, after + 1
    return tens, at + 1


VAGUE_COUNTS = word_set("few several many some dozens hundreds thousands recent")


_BACK = word_set("ago earlier before previously back")


_AHEAD = word_set("later after afterwards hence")


def read_counted(pieces: Pieces, at: int) -> Found | None:
    """Read `two weeks ago`, `a year earlier`, `three days later`, `10 months from now`."""
    amount, after = _count(pieces, at)
    after = pieces.skip(after, "more") if amount is not None else at
    unit = pieces[after]
    if unit.kind != "unit":
        return None
    name = _unit_name(unit.lower)
    half = pieces.says(after + 1, "and", "a", "half")
    end = after + 4 if half else after + 1
    if amount and _names_event(pieces, end):
        return Found(Unclear(), end + 1, "vague count")
    step, end, from_focus = _direction(pieces, end)
    if not step:
        return None
    if not amount or name in _TOO_SHORT:
        return _vague_count(name, amount, step, end)
    meaning = Ago(name, step * amount, _grain(name), from_focus=from_focus)
    return Found(meaning, end, "counted")


def _vague_count(unit: str, amount: int | None, step: int, end: int) -> Found:
    if amount and unit == "night":
        return Found(Ago("day", step * amount, "day"), end, "counted")
    return Found(Unclear(), end, "vague count")


def _direction(pieces: Pieces, at: int) -> tuple[int, int, bool]:
    """Read `ago`, `earlier`, `later`, `from now`: -1, 1 or 0, where it ends, from the narrative."""
    word = pieces.word(at)
    if word == "ago":
        return -1, at + 1, False
    if pieces.says(at, "from", "now"):
        return 1, at + 2, False
    if word in _BACK and not _governs(pieces, at):
        return -1, at + 1, True
    if word in _AHEAD and not _governs(pieces, at):
        return 1, at + 1, True
    return 0, at, False


def _governs(pieces: Pieces, at: int) -> bool:
    """Tell whether `before` or `after` goes on to name what it counts from."""
    after = pieces[at + 1]
    return pieces.word(at) in {"before", "after", "back"} and after.kind not in {"mark", "break"}


def _names_event(pieces: Pieces, at: int) -> bool:
    """Tell whether `two days before the vote` counts from something without a date of its own."""
    return pieces.word(at) in {"before", "after"} and _governs(pieces, at)


def _grain(unit: str) -> str:
    """Say how finely a count of this unit is known: weeks are counted in days, decades in years."""
    return {"week": "day", "fortnight": "day", "weekend": "weekend", "decade": "year"}.get(
        unit, unit
    )


def read_stretch(pieces: Pieces, at: int) -> Found | None:
    """Read `the past five years`, `the last 14 days`, `the next few weeks`, `recent weeks`."""
    the = pieces.skip(at, "the", "these")
    which = pieces.word(the)
    step = -1 if which in PAST else 1 if which in NEXT else 0
    amount, after = _count(pieces, the + 1)
    unit = pieces[after]
    if not step or unit.kind != "unit" or not unit.lower.endswith("s"):
        return None
    name = _unit_name(unit.lower)
    if amount is None or which == "recent":
        return Found(Unclear(), after + 1, "vague stretch")
    from_focus = which == "following"
    days = Stretch(name, step * (amount or 3), vague=not amount, from_focus=from_focus)
    return Found(days, after + 1, "stretch")


def read_duration(pieces: Pieces, at: int) -> Found | None:
    """Read `weeks`, `three days`, `five-hour`: no date, and a time only where a word says so."""
    amount, after = _count(pieces, at)
    if amount is None:
        after = at
    elif pieces.word(after) in _DASHES and pieces[after].kind == "mark":
        after += 1
    unit = pieces[after]
    bare_unit = amount is None and not unit.lower.endswith("s")
    if unit.kind != "unit" or bare_unit or unit.lower in {"second", "minutes", "quarter"}:
        return None
    hyphened = after > at and pieces.word(after - 1) in _DASHES
    if pieces.word(after + 1) in _DASHES | {"old"}:
        return None
    if hyphened:
        return Found(Unclear(), after + 1, "duration", "hyphened")
    ahead = amount and pieces.word(at - 1) == "in"
    meaning = Ahead(_unit_name(unit.lower), amount or 0) if ahead else Unclear()
    return Found(meaning, after + 1, "duration", "duration")


def _unit_name(word: str) -> str:
    return "century" if word == "centuries" else word.removesuffix("s")


VAGUE_WORDS = word_set("recently lately")


def read_vague_word(pieces: Pieces, at: int) -> Found | None:
    """Read `recently`, `lately`."""
    return Found(Unclear(), at + 1, "vague word") if pieces.word(at) in VAGUE_WORDS else None
