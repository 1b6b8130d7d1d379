"""Find who is said to have said what.

A network of our own reads the text and proposes attributions (`onrecord.models.attribution`). What
is certain by form is then put right: content that fills a quotation reaches from mark to mark,
parts of one quotation stay together, and a transcript's `NAME:` speaks its turn. Attributions that
stand in the text side by side are found in a first pass; what is said to have been said inside a
content is found by reading the contents again as if they stood alone.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.models.attribution import load_attribution_network
from onrecord.models.decoding import AttributedSpans, Neighbours, Spans, length, shared
from onrecord.reading.attribution.contents import Contents
from onrecord.reading.attribution.turns import Turn, find_turns
from onrecord.reading.clauses import (
    carry_past_aside,
    close_gaps,
    find_relative_claims,
    find_shared_subject,
    finish_phrases,
)
from onrecord.reading.quotations import Quotation

if TYPE_CHECKING:
    from onrecord.models.attribution import AttributionNetwork
    from onrecord.models.features import Ints
    from onrecord.reading.document import Document

__all__ = ["Attribution", "find_attributions"]

KEEP = 0.38
"""Probability from which an attribution is kept: the best end-to-end F1 on PolNeAR dev."""
KEEP_QUOTED = 0.2
"""The same for one whose content is a quotation that nothing else accounts for."""
KEEP_WITHIN = 0.6
"""The same for one inside another's content."""
_BREAK = re.compile(r"\n[ \t\r]*\n\s*|\n(?=[“\"‘`])")
_DASHES = frozenset("—–")
SURE = 0.95
"""Probability of what is found by form; too few are in PolNeAR dev to calibrate it."""
LIKELY = 0.7
"""Probability of a claim in a relative clause; 7 of 8 in Reuters articles hold."""
ANCHOR_WITHIN = 0.3
"""Chance from which a word inside a content is looked at as the head of a cue."""
DEEPEST = 3
"""Statements within statements within statements: no news sentence goes deeper."""
QUOTED_WORDS = 4
"""Words that a quotation must have to count as one that somebody must have said."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody is said to have said something; ranges are (start, end) characters of the text.

    Attributes:
        source: Who; empty if the text does not tell.
        cue: The words that say that it was said.
        content: What was said, quotation marks included; several ranges if it is broken.
        within: Index of the attribution in whose content this one stands, or None.
        probability: That all of this holds, calibrated on PolNeAR dev.
        found_by: What found it: `network:` and its name, or `form:` and the form.
    """

    source: Spans
    cue: Spans
    content: Spans
    within: int | None
    probability: float
    found_by: str


def find_attributions(
    text: str, quotations: tuple[Quotation, ...], document: "Document | None" = None
) -> tuple[Attribution, ...]:
    """Find the attributions of a text, in order of their content, outer before inner.

    Args:
        text: The text.
        quotations: Its quotations (`find_quotations`).
        document: Its language analysis; without it the network reads less well.

    Example:
        >>> from onrecord.reading.quotations import find_quotations
        >>> text = "“We are ready,” said Ana Keller. “Are you?”"
        >>> (found,) = find_attributions(text, find_quotations(text))
        >>> [text[start:end] for start, end in found.source + found.content]
        ['Ana Keller', '“We are ready,”', '“Are you?”']
    """
    from onrecord.models.features import syntax_of

    if not text.strip():
        return ()
    network = load_attribution_network()
    syntax = syntax_of(document) if document is not None else None
    turns = find_turns(text, quotations)
    quoted = _Quoted(text, quotations)
    proposed = [
        _reach(_complete(each, document), quoted, text)
        for each in network.attribute(text, quotations, syntax)
    ]
    chosen = _choose(proposed, turns, quoted)
    found = [_from_turn(turn) for turn in turns]
    found += [_from_network(each, network.name) for each in chosen]
    inner = _read_contents(text, syntax, network, found, document)
    found += [_with_marks(each, quoted) for each in inner]
    if document is not None:
        found = [_with_source(each, document) for each in found]
        found += _find_claims(document, found)
    return _in_order(found)


def _from_turn(turn: Turn) -> Attribution:
    return Attribution((turn.source,), (turn.cue,), turn.content, None, SURE, f"form:{turn.form}")


def _from_network(spans: AttributedSpans, name: str) -> Attribution:
    return Attribution(
        spans.source, spans.cue, spans.content, None, spans.probability, f"network:{name}"
    )


# --------------------------------------------------------------- a quotation mark's reach


class _Quoted:
    """The outer quotations of a text, to be looked up by place."""

    def __init__(self, text: str, quotations: tuple[Quotation, ...]) -> None:
        self._outer = [each for each in quotations if not each.depth]
        self._starts = [each.start for each in self._outer]
        self._is_said = [
            len(text[each.start : each.end].split()) >= QUOTED_WORDS for each in self._outer
        ]

    def touching(self, content: Spans) -> Iterator[Quotation]:
        """Yield the quotations that share a character with a content, and what continues them."""
        groups: set[int] = set()
        for place in range(*self._range(content)):
            quotation = self._outer[place]
            if shared(content, ((quotation.start, quotation.end),)):
                groups.add(quotation.group)
                yield quotation
        for quotation in islice(self._outer, self._range(content)[1], None):
            if quotation.group not in groups:
                break
            yield quotation

    def said_in(self, content: Spans) -> list[tuple[int, int]]:
        """Return the quotations long enough to be said of which a content holds more than half."""
        held = []
        for place in range(*self._range(content)):
            span = (self._outer[place].start, self._outer[place].end)
            if self._is_said[place] and 2 * shared((span,), content) > span[1] - span[0]:
                held.append(span)
        return held

    def _range(self, content: Spans) -> tuple[int, int]:
        """Return which quotations lie between the first and the last character of a content."""
        first = max(0, bisect_right(self._starts, content[0][0]) - 1)
        return first, bisect_left(self._starts, content[-1][1])


def _reach(spans: AttributedSpans, quoted: _Quoted, text: str) -> AttributedSpans:
    """Let content that fills most of a quotation reach from mark to mark; leave out others."""
    content = spans.content
    if not content:
        return spans
    taken: set[int] = set()
    for quotation in tuple(quoted.touching(content)):
        span = (quotation.start, quotation.end)
        common = shared(content, (span,))
        if quotation.group in taken or 2 * common > span[1] - span[0]:
            content = _merge((*content, span))
            taken.add(quotation.group)
        elif 2 * common < length(content) and not shared((span,), spans.cue + spans.source):
            content = _cut(content, span) or content
    content = tuple(
        _with_bracket(text, *each)
        for each in content
        if any(character.isalnum() for character in text[slice(*each)])
    )
    busy = (*spans.source, *spans.cue)
    for span in busy:
        content = _cut(content, span)
    return replace(spans, content=_joined(content, busy, text))


def _with_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the opening bracket before a range that holds its partner."""
    partner = {"{": "}", "[": "]", "(": ")"}.get(text[start - 1 : start])
    if partner is None or partner not in text[start:end]:
        return start, end
    return start - 1, end


def _complete(spans: AttributedSpans, document: "Document | None") -> AttributedSpans:
    """Close a source's gaps; carry content on that breaks off in a phrase or before an aside."""
    if document is None or not spans.content:
        return spans
    content = carry_past_aside(document, finish_phrases(document, spans.content))
    source = close_gaps(document, spans.source, spans.cue + content)
    return replace(spans, source=source, content=content)


def _merge(spans: Iterable[tuple[int, int]]) -> Spans:
    """Sort ranges and join those that touch."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _cut(spans: Spans, away: tuple[int, int]) -> Spans:
    """Take a range out of ranges."""
    left = [(start, min(end, away[0])) for start, end in spans]
    right = [(max(start, away[1]), end) for start, end in spans]
    return _merge((start, end) for start, end in left + right if start < end)


def _joined(content: Spans, busy: Spans, text: str) -> Spans:
    """Trim white space; join ranges between which nothing but a mark or a short word stands."""
    joined: list[tuple[int, int]] = []
    pieces = [piece for span in content for piece in _by_paragraph(text, *span)]
    for start, end in (_trimmed(text, *piece) for piece in pieces):
        if start >= end:
            continue
        if joined and _is_small(text, joined[-1][1], start, busy):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _by_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range at the blank lines in it, and where a line opens with a mark."""
    for match in _BREAK.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _is_small(text: str, start: int, end: int, busy: Spans) -> bool:
    """Tell whether a gap in a content is too small to be meant as one."""
    gap = text[start:end]
    is_small = len(gap.split()) <= 1 or _is_aside(text, start, end)
    return is_small and "\n" not in gap and not shared(busy, ((start, end),))


def _is_aside(text: str, start: int, end: int) -> bool:
    """Tell whether a gap stands between two dashes; they may belong to its neighbours."""
    gap = text[start:end].strip()
    opens = gap[0] in _DASHES or text[start - 1] in _DASHES
    return opens and (gap[-1] in _DASHES or text[end] in _DASHES)


# --------------------------------------------------------------- attributions side by side


def _choose(
    proposed: list[AttributedSpans], turns: tuple[Turn, ...], quoted: _Quoted
) -> list[AttributedSpans]:
    """Keep what is probable enough and does not stand in what is more probable."""
    spoken: Neighbours[Spans] = Neighbours()
    for turn in turns:
        spoken.add(turn.whole, turn.whole)
    near: Neighbours[AttributedSpans] = Neighbours()
    told: set[tuple[int, int]] = set()
    chosen = []
    for each in sorted(proposed, key=lambda spans: -spans.probability):
        held = quoted.said_in(each.content) if each.content else []
        least = KEEP if told.issuperset(held) else KEEP_QUOTED
        if each.content and each.probability >= least and _is_free(each, spoken, near):
            near.add((*each.cue, *each.content), each)
            told.update(held)
            chosen.append(each)
    return chosen


def _is_free(
    candidate: AttributedSpans, spoken: Neighbours[Spans], chosen: Neighbours[AttributedSpans]
) -> bool:
    """Tell whether an attribution stands in no turn and beside all that is chosen."""
    cue = candidate.cue or candidate.content
    if any(shared(cue, turn) for turn in spoken.near(cue)):
        return False
    near = chosen.near((*candidate.cue, *candidate.content))
    return not any(_clashes(candidate, other) for other in near)


def _clashes(candidate: AttributedSpans, other: AttributedSpans) -> bool:
    """Tell whether two attributions cannot stand side by side."""
    return bool(
        shared(candidate.cue, other.content)
        or shared(other.cue, candidate.content)
        or 2 * shared(other.content, candidate.content) > length(candidate.content)
    )


# --------------------------------------------------------------- statements within statements


def _read_contents(
    text: str,
    syntax: "Ints | None",
    network: "AttributionNetwork",
    found: list[Attribution],
    document: "Document | None",
) -> list[Attribution]:
    """Read the contents of attributions as if they stood alone, then those found in them."""
    inner: list[Attribution] = []
    known: Neighbours[Attribution] = Neighbours()
    first, last = 0, len(found)
    for _ in range(DEEPEST):
        everything = found + inner
        contents = Contents.of(text, [each.content for each in everything[first:last]])
        proposed = contents.attribute(network, syntax, ANCHOR_WITHIN)
        for place, spans in sorted(proposed, key=lambda each: -each[1].probability):
            inside = _from_network(_complete(spans, document), network.name)
            candidate = replace(inside, within=first + place)
            is_likely = spans.probability >= KEEP_WITHIN and bool(spans.source)
            if is_likely and not _is_known(candidate, known):
                known.add((*candidate.cue, *candidate.content), candidate)
                inner.append(candidate)
        first, last = last, len(found) + len(inner)
        if first == last:
            break
    return inner


def _with_marks(attribution: Attribution, quoted: _Quoted) -> Attribution:
    """Give an inner content that ends with a quotation's last word the closing mark as well."""
    closing = {each.inner_end: each.end for each in quoted.touching(attribution.content)}
    content = tuple((start, closing.get(end, end)) for start, end in attribution.content)
    return replace(attribution, content=content)


def _is_known(candidate: Attribution, known: Neighbours[Attribution]) -> bool:
    """Tell whether an inner attribution was found already, in this content or one around it."""
    return any(
        shared(candidate.cue, other.cue)
        or (candidate.within == other.within and shared(candidate.cue, other.content))
        for other in known.near(candidate.cue)
    )


def _with_source(attribution: Attribution, document: "Document") -> Attribution:
    """Give an attribution without a source the subject that its verb shares with another."""
    if attribution.source:
        return attribution
    source = find_shared_subject(document, attribution.cue)
    if shared(source, attribution.content) or shared(source, attribution.cue):
        return attribution
    return replace(attribution, source=source)


def _find_claims(document: "Document", found: list[Attribution]) -> list[Attribution]:
    """Find claims that stand in relative clauses inside contents, each in the innermost one."""
    known: Neighbours[Attribution] = Neighbours()
    for each in found:
        known.add((*each.cue, *each.content), each)
    claims = []
    for place in range(len(found) - 1, -1, -1):
        for source, cue, content in find_relative_claims(document, found[place].content):
            claim = Attribution(source, cue, content, place, LIKELY, "form:relative clause")
            if not _is_known(claim, known):
                known.add((*cue, *content), claim)
                claims.append(claim)
    return claims


def _in_order(found: list[Attribution]) -> tuple[Attribution, ...]:
    """Sort attributions by their content, outer before inner, and renumber `within`."""

    def key(index: int) -> tuple[int, int, int, int]:
        low, high = found[index].content[0][0], found[index].content[-1][1]
        return (low, -high, _depth(found, index), index)

    order = sorted(range(len(found)), key=key)
    place: dict[int | None, int] = {old: new for new, old in enumerate(order)}
    return tuple(replace(found[old], within=place.get(found[old].within)) for old in order)


def _depth(found: list[Attribution], index: int) -> int:
    depth = 0
    within = found[index].within
    while within is not None:
        depth += 1
        within = found[within].within
    return depth
