"""The words of time: cut a text into pieces and say which of them can belong to a date.

This is the lexer under `time_grammar`. It reads the bare text, not the parse, because a parser cuts
`Jan. 24-30` or `five-hour` now so, now otherwise.
"""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

__all__ = [
    "COUNTS",
    "DAYTIMES",
    "DECADES",
    "HOLIDAYS",
    "MONTHS",
    "ORDINALS",
    "SEASONS",
    "UNITS",
    "WEEKDAYS",
    "ZONES",
    "Kind",
    "Piece",
    "cut_pieces",
    "is_short",
    "word_set",
]

Kind = Literal[
    "iso", "slashed", "clock", "decade", "ordinal", "number", "amount", "daytime mark",
    "month", "weekday", "unit", "word", "mark", "break",
]  # fmt: skip


class Piece(Struct, frozen=True):
    """One word, number or mark.

    Attributes:
        kind: What it can be in a date; `break` is the end of a line.
        lower: The characters in lower case, apostrophes made straight, a final full stop cut off.
        value: Number of the month (1-12) or weekday (Monday 0), or the number itself; else -1.
        size: Number of its characters.
        capital: Whether it begins with a capital letter.
        is_telling: Whether it is of those without one of which nothing is an expression of time.
    """

    kind: Kind
    lower: str
    value: int
    size: int
    capital: bool
    is_telling: bool


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line as a set.

    Example:
        >>> sorted(word_set("b a"))
        ['a', 'b']
    """
    return frozenset(words.split())


def _numbered(words: str, first: int = 0) -> dict[str, int]:
    return {
        name: number
        for number, names in enumerate(words.split(), first)
        for name in names.split("/")
    }


MONTHS = MappingProxyType(
    _numbered(
        "january/jan february/feb/febr march/mar april/apr may june/jun july/jul august/aug "
        "september/sep/sept october/oct november/nov december/dec",
        1,
    )
)
WEEKDAYS = MappingProxyType(
    _numbered(
        "monday/mon tuesday/tue/tues wednesday/wed/weds thursday/thu/thur/thurs friday/fri "
        "saturday/sat sunday/sun"
    )
)
COUNTS = MappingProxyType(
    _numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty"
    )
    | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
    | {"ninety": 90, "a": 1, "an": 1}
)
ORDINALS = MappingProxyType(
    _numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        1,
    )
    | {"twenty-first": 21, "thirtieth": 30, "thirty-first": 31}
    | {
        f"twenty-{name}": number
        for name, number in _numbered(
            "first second third fourth fifth sixth seventh eighth ninth", 21
        ).items()
    }
)
UNITS = MappingProxyType(
    {
        name: unit
        for unit in word_set(
            "second minute hour day week month year decade century fortnight weekend quarter night"
        )
        for name in (unit, unit + "s")
    }
    | {"centuries": "century", "mins": "minute", "hrs": "hour", "yr": "year", "yrs": "year"}
)
SEASONS = MappingProxyType({"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12})
DECADES = MappingProxyType(
    {
        name: 1900 + 10 * number
        for name, number in _numbered(
            "twenties thirties forties fifties sixties seventies eighties nineties", 2
        ).items()
    }
)
DAYTIMES = word_set(
    "morning afternoon evening night noon midday midnight dawn dusk lunchtime nightfall"
)
ZONES = word_set(
    "gmt utc bst cet cest eet eest msk est edt et cst cdt ct mst mdt mt pst pdt pt ist jst kst "
    "aest aedt hkt sgt"
)
HOLIDAYS = MappingProxyType(
    {
        ("christmas", "eve"): (12, 24),
        ("christmas", "day"): (12, 25),
        ("boxing", "day"): (12, 26),
        ("new", "year's", "eve"): (12, 31),
        ("new", "year's", "day"): (1, 1),
        ("valentine's", "day"): (2, 14),
        ("independence", "day"): (7, 4),
        ("halloween",): (10, 31),
        ("christmas",): (12, 25),
    }
)

_TELLING_KINDS = frozenset(
    {"iso", "slashed", "clock", "decade", "ordinal", "number", "month", "weekday", "unit"}
)
_TELLING = (
    frozenset(SEASONS)
    | frozenset(DECADES)
    | DAYTIMES
    | frozenset(words[0] for words in HOLIDAYS)
    | word_set("today yesterday tomorrow tonight overnight recently lately half")
)

# Words stand first, since most pieces are words and no other begins with a letter.
_PIECE = re.compile(
    r"(?=[apAP])(?P<daytime>[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b|(?<=\d)[ap]m\b)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*\.?)"
    r"|(?=[\d'’])(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z\b|[+-]\d{2}:?\d{2})?)?"
    r"(?![\w-]))"
    r"|(?P<slashed>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\w/])|\d{1,2}\.\d{1,2}\.\d{4}(?![\w.]))"
    r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\w:])|\d{1,2}\.\d{2}(?=\s?[ap]\.?m\b))"
    r"|(?P<decade>['’]?\d{2}(?:\d0)?['’]?s\b)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,4}(?!\w|[.,]\d)|\d{1,2}(?=[ap]m\b))"
    r"|(?P<amount>\d[\d.,]*\w*))"
    r"|(?P<break>[\r\n\u2028\u2029]+)"
    r"|(?P<mark>[^\s])"
)


def cut_pieces(text: str) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
    """Cut a text into pieces; return them and the offsets at which they start.

    Example:
        >>> [(piece.kind, piece.value) for piece in cut_pieces("Feb. 4, 2022")[0]]
        [('month', 2), ('number', 4), ('mark', -1), ('number', 2022)]
    """
    pieces: list[Piece] = []
    starts: list[int] = []
    for match in _PIECE.finditer(text):
        start = match.start()
        for piece in _pieces_of(match.group(), match.lastgroup):
            pieces.append(piece)
            starts.append(start)
            start += piece.size
    return tuple(pieces), tuple(starts)


@lru_cache(maxsize=16_384)
def _pieces_of(printed: str, group: str | None) -> tuple[Piece, ...]:
    if group == "word":
        return _word_pieces(printed)
    lower = printed.lower().replace("’", "'")
    if group == "daytime":
        return (_piece("daytime mark", lower.replace(".", ""), -1, printed),)
    kind: Kind = group  # type: ignore[assignment]  # the groups bear the names of the kinds
    value = int(re.sub(r"\D.*", "", lower)) if kind in {"number", "ordinal"} else -1
    return (_piece(kind, lower, value, printed),)


def _word_pieces(printed: str) -> tuple[Piece, ...]:
    """Return the word, its possessive ending and its full stop, the stop kept where it shortens."""
    body = printed.removesuffix(".")
    stop = len(printed) - len(body)
    stem, ending = body, ""
    if len(body) > 2 and body[-2:].lower() in {"'s", "’s"} and body[:-2].lower() in _TIMES:
        stem, ending = body[:-2], body[-2:]
    kind, value = _kind_of(stem)
    short = bool(stop) and not ending and kind in {"month", "weekday"} and is_short(stem)
    found = [_piece(kind, stem.lower().replace("’", "'"), value, stem + "." * short)]
    if ending:
        found.append(_piece("mark", "'s", -1, ending))
    if stop and not short:
        found.append(_piece("mark", ".", -1, "."))
    return tuple(found)


def is_short(name: str) -> bool:
    """Tell whether the name of a month or weekday is an abbreviation.

    Example:
        >>> is_short("Sept"), is_short("June")
        (True, False)
    """
    return len(name) <= 5 and name.lower() not in {"march", "april", "may", "june", "july"}


def _piece(kind: Kind, lower: str, value: int, printed: str) -> Piece:
    is_telling = kind in _TELLING_KINDS or lower in _TELLING
    return Piece(kind, lower, value, len(printed), printed[:1].isupper(), is_telling)


def _kind_of(stem: str) -> tuple[Kind, int]:
    """Say what a word can be; names of months and weekdays are written with a capital."""
    lower = stem.lower()
    if stem[:1].isupper():
        if lower in MONTHS:
            return "month", MONTHS[lower]
        if lower in WEEKDAYS:
            return "weekday", WEEKDAYS[lower]
    if lower in UNITS:
        return "unit", -1
    return "word", COUNTS.get(lower, -1)


_TIMES = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(UNITS)
    | {"today", "yesterday", "tomorrow", "tonight", "weekend"}
)
