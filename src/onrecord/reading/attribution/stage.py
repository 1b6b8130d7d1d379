"""Find who is said to have said what.

A network of our own reads the text and proposes attributions (`onrecord.models.attribution`). What
is certain by form is then put right: content that fills a quotation reaches from mark to mark,
parts of one quotation stay together, and a transcript's `NAME:` speaks its turn. Attributions that
stand in the text side by side are found in a first pass; what is said to have been said inside a
content is found by reading again, as if they stood alone, the contents that may hold such a thing.
"""

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from onrecord.models.attribution import load_attribution_network
from onrecord.models.decoding import AttributedSpans, Neighbours, Spans, length, shared
from onrecord.reading.attribution.claims import find_relative_claims
from onrecord.reading.attribution.contents import Contents
from onrecord.reading.attribution.owners import each_its_own
from onrecord.reading.attribution.phrases import completed, whole_words
from onrecord.reading.attribution.reach import Quoted, reach, through_main_clause
from onrecord.reading.attribution.turns import Turn, find_turns
from onrecord.reading.datelines import find_dateline
from onrecord.reading.quotations import Quotation

if TYPE_CHECKING:
    from onrecord.models.attribution import AttributionNetwork
    from onrecord.models.encoding import Encoding
    from onrecord.models.inner import Leads
    from onrecord.reading.document import Document

__all__ = ["Attribution", "find_attributions"]

_CLAUSE = re.compile(r"[“\"‘]|(?:that|whether|if|how|why)\b", re.IGNORECASE)

KEEP = 0.4
"""Probability from which an attribution is kept: the best end-to-end F1 on PolNeAR dev."""
KEEP_QUOTED = 0.2
"""The same for one whose content is a quotation that nothing else accounts for."""
KEEP_WITHIN = 0.8
"""The same for one inside another's content; none are annotated, so it was chosen by reading."""
KEEP_CLAUSE = 0.55
"""The same where its content opens like a clause or a quotation: `told Lund that it was late`."""
SURE = 0.95
"""Probability of what is found by form; too few are in PolNeAR dev to calibrate it."""
LIKELY = 0.7
"""Probability of a claim in a relative clause; 7 of 8 in Reuters articles hold."""
ANCHOR_WITHIN = 0.3
"""Chance from which a word inside a content is looked at as the head of a cue."""
DEEPEST = 3
"""Statements within statements within statements: no news sentence goes deeper."""


class Attribution(Struct, frozen=True):
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
    text: str,
    quotations: tuple[Quotation, ...],
    document: "Document | None" = None,
    encoding: "Encoding | None" = None,
    *,
    network: "AttributionNetwork | None" = None,
) -> tuple[Attribution, ...]:
    """Find the attributions of a text, in order of their content, outer before inner.

    Args:
        text: The text.
        quotations: Its quotations (`find_quotations`).
        document: Its language analysis; with it, claims in relative clauses are found too.
        encoding: What the networks said of it, if they have read it already.
        network: The network that attributes, if not the one that is shipped.

    Example:
        >>> from onrecord.reading.quotations import find_quotations
        >>> text = "“We are ready,” said Ana Keller. “Are you?”"
        >>> (found,) = find_attributions(text, find_quotations(text))
        >>> [text[start:end] for start, end in found.source + found.content]
        ['Ana Keller', '“We are ready,”', '“Are you?”']
    """
    if not text.strip():
        return ()
    network = network or load_attribution_network()
    turns = find_turns(text, quotations)
    quoted = Quoted(text, quotations)
    proposed = encoding.proposed if encoding else network.attribute(text, quotations)
    reaching = [reach(each, quoted, text) for each in proposed]
    chosen = _choose(each_its_own(reaching, text, least=KEEP), turns, quoted)
    found = [_from_turn(turn) for turn in turns]
    found += [_from_network(_without_dateline(text, each), network.name) for each in chosen]
    if document is not None:
        found = [_completed(document, each) for each in found]
    inner = _read_contents(text, network, found, encoding.leads if encoding else None)
    found += [_with_marks(text, each, quoted) for each in inner]
    if document is not None:
        found += _find_claims(document, found)
    return _in_order(found)


def _without_dateline(text: str, spans: AttributedSpans) -> AttributedSpans:
    """Take the dateline out of what is said: `PARIS (AP) - France will pay, the minister said`."""
    if not spans.content:
        return spans
    (start, end), *rest = spans.content
    if start and text[start - 1] not in "\r\n":
        return spans
    begun = start + find_dateline(text[start:end])
    return replace(spans, content=((begun, end), *rest)) if start < begun < end else spans


def _completed(document: "Document", each: Attribution) -> Attribution:
    source = whole_words(document, each.source)
    content = completed(document, each.content, (*source, *each.cue))
    return replace(each, source=source, content=content)


def _from_turn(turn: Turn) -> Attribution:
    return Attribution((turn.source,), (turn.cue,), turn.content, None, SURE, f"form:{turn.form}")


def _from_network(spans: AttributedSpans, name: str) -> Attribution:
    return Attribution(
        spans.source, spans.cue, spans.content, None, spans.probability, f"network:{name}"
    )


# --------------------------------------------------------------- attributions side by side


def _choose(
    proposed: list[AttributedSpans], turns: tuple[Turn, ...], quoted: Quoted
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
    text: str, network: "AttributionNetwork", found: list[Attribution], leads: "Leads | None"
) -> list[Attribution]:
    """Read the contents of attributions as if they stood alone, then those found in them.

    Where `leads` says which tokens may lead an inner statement, contents without one are left out.
    """
    inner: list[Attribution] = []
    known: Neighbours[Attribution] = Neighbours()
    first, last = 0, len(found)
    for _ in range(DEEPEST):
        everything = found + inner
        places = [
            place
            for place in range(first, last)
            if leads is None or leads.may_stand_in(everything[place].content)
        ]
        contents = Contents.of(text, [everything[place].content for place in places])
        proposed = contents.attribute(network, ANCHOR_WITHIN)
        for owner, spans in sorted(proposed, key=lambda each: -each[1].probability):
            inside = _from_network(
                _to_the_end(text, spans, everything[places[owner]]), network.name
            )
            candidate = replace(inside, within=places[owner])
            least = KEEP_CLAUSE if _opens_clause(text, spans.content) else KEEP_WITHIN
            is_likely = spans.probability >= least and bool(spans.source)
            if is_likely and not _is_known(candidate, known):
                known.add((*candidate.cue, *candidate.content), candidate)
                inner.append(candidate)
        first, last = last, len(found) + len(inner)
        if first == last:
            break
    return inner


def _to_the_end(text: str, spans: AttributedSpans, holder: Attribution) -> AttributedSpans:
    """Let an inner content reach to the end of its main clause, within the content around it."""
    first = spans.content[0][0]
    limit = next((end for start, end in holder.content if start <= first < end), first)
    busy = (*spans.source, *spans.cue)
    return replace(spans, content=through_main_clause(spans.content, busy, text, limit))


def _opens_clause(text: str, content: Spans) -> bool:
    """Tell whether a content opens like a clause or a quotation, and not like a thing."""
    start, end = content[0]
    return _CLAUSE.match(text, start, end) is not None


def _with_marks(text: str, attribution: Attribution, quoted: Quoted) -> Attribution:
    """Give an inner content that begins or ends with a quotation's words its marks as well."""
    content = attribution.content
    for each in tuple(quoted.touching(content)):
        content = tuple(_marked(text, span, each) for span in content)
    return replace(attribution, content=content)


def _marked(text: str, span: tuple[int, int], quotation: Quotation) -> tuple[int, int]:
    """Take in the closing mark behind a last word; of a whole quotation the opening one too."""
    start, end = span
    if not start < quotation.inner_end or text[end : quotation.inner_end].strip(".,;!? "):
        return span
    is_last = end <= quotation.inner_end
    is_whole = is_last and start == quotation.inner_start
    return quotation.start if is_whole else start, quotation.end if is_last else end


def _is_known(candidate: Attribution, known: Neighbours[Attribution]) -> bool:
    """Tell whether an inner attribution was found already, in this content or one around it."""
    return any(
        shared(candidate.cue, other.cue)
        or (candidate.within == other.within and shared(candidate.cue, other.content))
        for other in known.near(candidate.cue)
    )


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
