"""Keep the turns of a transcript apart from what the network finds in them, and from headings.

A turn is certain by its form: what the network finds of the same speaker over the same stretch is
the turn again, and what is said inside it is said within the turn. A line without a sentence
between two turns (`From the President's news conference`) is the editor's.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.reading.document import Document
from onrecord.reading.statements.parts import Parts, Range, tokens_in, with_content

__all__ = ["settle_turns"]

_ENDS = frozenset(".?!…\"”'’)]-–—:;,")
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})


def settle_turns(document: Document, found: Sequence[Parts]) -> tuple[Parts, ...]:
    """Drop what repeats a turn, and cut the headings off the turns."""
    turns = [_without_headings(document, each) for each in found if each.is_turn]
    if not turns:
        return tuple(found)
    by_number = {each.number: each for each in turns}
    holders = {index: each.number for each in turns for index in each.content_tokens}
    same = dict(_repeated(found, holders, by_number))
    return tuple(
        replace(settled, within=same.get(settled.within, settled.within))
        for each in found
        if each.number not in same
        for settled in (by_number.get(each.number, each),)
    )


def _repeated(
    found: Sequence[Parts], holders: dict[int, int], by_number: dict[int, Parts]
) -> Iterator[tuple[int | None, int]]:
    """Yield the number of each that repeats a turn, and the turn's."""
    for each in found:
        turn = None if each.is_turn else by_number.get(holders.get(each.content_tokens[0], -1))
        if turn is None or each.within is not None:
            continue
        if set(each.source_tokens) <= set(turn.source_tokens):
            yield each.number, turn.number


def _without_headings(document: Document, turn: Parts) -> Parts:
    """Cut the lines after the first off a turn that are no sentences."""
    kept = (turn.content[0], *(r for r in turn.content[1:] if not _is_heading(document, r)))
    return with_content(document, turn, kept) if len(kept) < len(turn.content) else turn


def _is_heading(document: Document, line: Range) -> bool:
    words = [document.tokens[index] for index in tokens_in(document, (line,))]
    if not words or document.text[line[0] : line[1]].rstrip()[-1] in _ENDS:
        return False
    return not any(word.tag in _FINITE and word.dep in {"ROOT", "aux"} for word in words)
