"""Find what stands between quotation marks.

The text is read paragraph by paragraph. Double marks of every kind are paired first, with a stack;
single marks come second, because most of them are apostrophes: they count only where they pair up
without crossing a double mark. A mark left open runs to the end of its paragraph and no further,
and where the next paragraph opens with a mark again both are parts of one quotation.
"""
# ruff: noqa: RUF001 (the marks are meant)

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["Quotation", "find_paragraphs", "find_quotations"]


class Quotation(Struct, frozen=True):
    """A stretch of text between quotation marks; offsets are characters of the text.

    Attributes:
        start: Offset of the opening mark (of the first word, if no mark opens it).
        end: Offset after the closing mark, or after the last word where none closes it.
        inner_start: Offset after the opening mark.
        inner_end: Offset of the closing mark.
        mark: The opening mark as printed, or the closing one if no mark opens it.
        closed: Whether a closing mark was found.
        group: The same number for parts of one quotation that runs over several paragraphs.
        depth: 0, or 1 and more inside another quotation.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    mark: str
    closed: bool
    group: int
    depth: int


class _Open(Struct):
    """A mark that waits for its partner."""

    start: int
    mark: str


class _Pair(Struct, frozen=True):
    """Two partners; `closing` is empty for an unclosed quotation, `opening` for an unopened one."""

    start: int
    end: int
    opening: str
    closing: str
    continues: bool = False


_DOUBLE = re.compile(r"``|''|[“”„‟\"«»‹›＂]")
_SINGLE = re.compile(r"(?<!')'(?!')|[‘’‛]")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_PARTNERS = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹",
    "``": ("''"), "''": "''", '"': '"', "＂": "＂", "”": "”",
}  # fmt: skip
_OPENS_ONLY = frozenset({"“", "„", "‟", "``"})
_BEFORE_OPENING = frozenset(" \t\xa0([{<-–—―/:=*_>…\u200b\u2009\u202f")
_ENDS_SENTENCE = frozenset(".!?…’'”")
# Words that begin with an apostrophe; ’60s and the like are told by their digit.
_CLIPPED = re.compile(r"(?:em|til|tis|twas|cause|n|bout|round|cuz|s|d|ll|re|ve|t)\b", re.IGNORECASE)
_WRAPPED_LINE = range(40, 100)


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find the quotations of a text, in order of their start, nested ones after what holds them.

    Example:
        >>> [
        ...     text
        ...     for q in find_quotations("He said: “It's ‘over’ now.”")
        ...     for text in ["He said: “It's ‘over’ now.”"[q.inner_start : q.inner_end]]
        ... ]
        ["It's ‘over’ now.", 'over']
    """
    found: list[Quotation] = []
    before: _Pair | None = None
    group = 0
    for start, end in find_paragraphs(text):
        pairs = _pair_marks(text, start, end, is_continued=before is not None)
        for pair, depth in _with_depth(pairs):
            if depth == 0:
                group = len(found) if not _belongs_to(pair, before, start) else group
                before = pair
            found.append(_to_quotation(pair, depth, group if depth == 0 else len(found)))
        if not (pairs and before is not None and not before.closing and before.end == end):
            before = None
    return tuple(_drop_lone_single_marks(found))


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the paragraphs without outer white space; wrapped lines are joined."""
    begin = end = -1
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if not stripped:
            continue
        start = match.start() + match.group().index(stripped)
        if begin >= 0 and not _is_wrapped(text, begin, end, start):
            yield begin, end
            begin = -1
        begin = start if begin < 0 else begin
        end = start + len(stripped)
    if begin >= 0:
        yield begin, end


def _is_wrapped(text: str, begin: int, end: int, following: int) -> bool:
    """Tell whether the line that ends at `end` goes on in the line that starts at `following`."""
    line_start = max(begin, text.rfind("\n", begin, end) + 1)
    if text.count("\n", end, following) > 1 or end - line_start not in _WRAPPED_LINE:
        return False
    return text[end - 1].isalnum() and text[following].islower()


def _belongs_to(pair: _Pair, before: _Pair | None, start: int) -> bool:
    """Tell whether a quotation goes on from the one before it."""
    if pair.continues:
        return True
    if before is None or before.closing or pair.start != start:
        return False
    return pair.opening == before.opening


def _to_quotation(pair: _Pair, depth: int, group: int) -> Quotation:
    return Quotation(
        start=pair.start,
        end=pair.end,
        inner_start=pair.start + len(pair.opening),
        inner_end=pair.end - len(pair.closing),
        mark=pair.opening or pair.closing,
        closed=bool(pair.closing),
        group=group,
        depth=depth,
    )


def _with_depth(pairs: list[_Pair]) -> Iterator[tuple[_Pair, int]]:
    """Say of every pair, in order of start, how many others hold it."""
    ends: list[int] = []
    for pair in pairs:
        while ends and ends[-1] <= pair.start:
            ends.pop()
        yield pair, len(ends)
        ends.append(pair.end)


def _drop_lone_single_marks(found: list[Quotation]) -> Iterator[Quotation]:
    """Leave out an unclosed single mark that no paragraph continues: it is an apostrophe."""
    sizes: dict[int, int] = {}
    for quotation in found:
        sizes[quotation.group] = sizes.get(quotation.group, 0) + 1
    renumbered: dict[int, int] = {}
    kept = 0
    for index, quotation in enumerate(found):
        is_single = quotation.mark in {"'", "‘", "‛"}
        if is_single and not quotation.closed and sizes[quotation.group] == 1:
            continue
        group = quotation.group if quotation.depth == 0 else index
        renumbered.setdefault(group, kept)
        yield replace(quotation, group=renumbered[group])
        kept += 1


def _pair_marks(text: str, start: int, end: int, *, is_continued: bool) -> list[_Pair]:
    """Pair the marks of one paragraph."""
    doubles = _pair_double_marks(text, start, end)
    singles = _pair_single_marks(text, start, end, doubles)
    if not doubles and not singles and _opens_single(text, start, start):
        singles = [_Pair(start, end, text[start], "")]
    if is_continued and doubles and not doubles[0].opening:
        doubles = doubles[1:]
    return sorted(doubles + singles, key=lambda pair: (pair.start, -pair.end))


def _pair_double_marks(text: str, start: int, end: int) -> list[_Pair]:
    """Pair double marks with a stack that holds at most two open ones."""
    pairs: list[_Pair] = []
    stack: list[_Open] = []
    for match in _DOUBLE.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if stack and _closes(text, stack[-1], mark, at, start):
            opened = stack.pop()
            pairs.append(_Pair(opened.start, match.end(), opened.mark, mark))
        elif _opens(text, mark, at, start, end, is_open=bool(stack)):
            pairs.extend(_give_up(text, stack, at))
            stack.append(_Open(at, mark))
        elif mark == "”" and not stack and not pairs and not text[at - 1 : at].isdigit():
            pairs.append(_Pair(start, match.end(), "", mark))
    pairs.extend(_Pair(left.start, end, left.mark, "") for left in stack[:1])
    return _mark_continuations(text, sorted(pairs, key=lambda pair: pair.start))


def _closes(text: str, opened: _Open, mark: str, at: int, start: int) -> bool:
    """Tell whether a mark is the partner of the open one."""
    if mark not in _PARTNERS[opened.mark] or (len(mark) == 1) != (len(opened.mark) == 1):
        return False
    if mark != opened.mark or mark in "«»‹›":
        return True
    return not (_has_opening_shape(text, at, at + len(mark), start) and at - opened.start > 1)


def _opens(text: str, mark: str, at: int, start: int, end: int, *, is_open: bool) -> bool:
    """Tell whether a mark opens a quotation."""
    after = at + len(mark)
    if after >= end:
        return False
    if mark in _OPENS_ONLY:
        return True
    if mark == "”":
        return not is_open and _has_opening_shape(text, at, after, start)
    is_spaced = at == start or text[at - 1] in _BEFORE_OPENING or text[at - 1] in "‘'"
    return is_spaced or (mark in "«»‹›" and not is_open)


def _has_opening_shape(text: str, at: int, after: int, start: int) -> bool:
    """Tell whether a mark has a gap before it and a word after it."""
    is_spaced = at == start or text[at - 1] in _BEFORE_OPENING
    return is_spaced and after < len(text) and (text[after].isalnum() or text[after] in "‘'[(.…$#")


def _give_up(text: str, stack: list[_Open], at: int) -> list[_Pair]:
    """Close without a mark what is open where another quotation of the same kind opens."""
    if not stack or stack[-1].mark != text[at : at + len(stack[-1].mark)]:
        return []
    opened = stack.pop()
    end = opened.start + len(text[opened.start : at].rstrip())
    return [_Pair(opened.start, end, opened.mark, "")]


def _mark_continuations(text: str, pairs: list[_Pair]) -> list[_Pair]:
    """Join an unclosed quotation with the one that opens right after it: a lost paragraph break."""
    joined = pairs[:1]
    for pair in pairs[1:]:
        last = joined[-1]
        goes_on = not last.closing and bool(last.opening) and last.end < pair.start
        goes_on = goes_on and text[last.end - 1] in _ENDS_SENTENCE
        joined.append(replace(pair, continues=goes_on))
    return joined


def _pair_single_marks(text: str, start: int, end: int, doubles: list[_Pair]) -> list[_Pair]:
    """Pair single marks that are no apostrophes and cross no double mark.

    A mark after an s may be that of `the workers’ rights`: it closes only if none that follows a
    mark of punctuation comes before the next opening.
    """
    pairs: list[_Pair] = []
    opened: int | None = None
    waiting: int | None = None
    for match in _SINGLE.finditer(text, start, end):
        at = match.start()
        if _opens_single(text, at, start):
            pairs.extend(_close_at(text, opened, waiting))
            opened, waiting = at, None
        elif opened is not None and _closes_single(text, at, opened):
            if text[at - 1] not in "sS" or text[at + 1 : at + 2] != " ":
                is_end = waiting is None or text[at - 1] in ",.?!…"
                pairs.extend(_close_at(text, opened, at if is_end else waiting))
                opened = waiting = None
            elif waiting is None:
                waiting = at
    pairs.extend(_close_at(text, opened, waiting))
    return _without_crossing(pairs, doubles)


def _close_at(text: str, opened: int | None, closing: int | None) -> list[_Pair]:
    if opened is None or closing is None:
        return []
    return [_Pair(opened, closing + 1, text[opened], text[closing])]


def _opens_single(text: str, at: int, start: int) -> bool:
    """Tell whether a single mark opens a quotation rather than clips a word."""
    if text[at] not in "'‘‛" or at + 1 >= len(text):
        return False
    if at > start and text[at - 1] not in _BEFORE_OPENING and text[at - 1] not in "“\"'":
        return False
    following = text[at + 1]
    return (following.isalpha() or following in '“"[$…') and not _CLIPPED.match(text, at + 1)


def _closes_single(text: str, at: int, opened: int) -> bool:
    """Tell whether a single mark can be the partner of the one at `opened`."""
    if text[at] not in ("’" if text[opened] == "‘" else "'’"):
        return False
    after = text[at + 1 : at + 2]
    return at > opened + 1 and not text[at - 1].isspace() and not after.isalnum()


def _without_crossing(singles: list[_Pair], doubles: list[_Pair]) -> list[_Pair]:
    """Leave out single pairs that overlap a double pair without holding it or lying in it."""
    kept = []
    first = 0
    for single in singles:
        while first < len(doubles) and doubles[first].end <= single.start:
            first += 1
        place = first
        while place < len(doubles) and doubles[place].start < single.end:
            if _crosses(single, doubles[place]):
                break
            place += 1
        else:
            kept.append(single)
    return kept


def _crosses(single: _Pair, double: _Pair) -> bool:
    holds = single.start < double.start and double.end < single.end
    return not holds and not (double.start <= single.start and single.end <= double.end)
