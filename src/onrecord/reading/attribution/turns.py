"""Find who speaks by form alone: turns of a transcript, signed quotations, printed tweets.

`PESKOV:`, `Q:` and `SMITH (on camera):` at the start of a line open a turn; `“...” ― Sonya Smith`
and `... — Sonya Smith (@sonya) July 5, 2016` sign what stands before the dash.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from msgspec import Struct

from onrecord.reading.quotations import Quotation
from onrecord.reading.words import split_paragraphs

__all__ = ["Turn", "find_turns"]

_SPEAKER = re.compile(
    r"[\"“]?(?P<name>(?:[QA]|[A-Z][A-Z.’'-]{1,24}(?: [A-Z][A-Z.,’'-]{0,24}){0,5}))"
    r"(?: ?[(\[][^()\[\]\n]{1,40}[)\]])?(?P<cue>:)\s+"
)
_SIGNATURE = re.compile(
    r"\s(?P<cue>[―—–]|--)\s?(?P<name>[A-Z][\w.’'-]{0,24}(?: [\w.,’'()@#-]{1,24}){0,9})\Z"
)
_SIGNATURE_LENGTH = 120
"""Characters at a paragraph's end in which a signature is looked for."""
_LEAST_TURNS = 2
"""One line with `NAME:` may be a headline; two make a transcript."""
_ENDS = frozenset(".?!…”’\"')]—-")
"""How a spoken paragraph ends; one that ends otherwise is a heading."""
_FARTHEST = 12
"""Paragraphs that one turn may have between two speakers; longer ones are an article again."""


class Turn(Struct, frozen=True):
    """What one speaker says, as ranges of characters.

    Attributes:
        source: The speaker's name.
        cue: The colon or dash.
        content: A range for every paragraph.
        form: `transcript` or `signature`.
    """

    source: tuple[int, int]
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    form: str

    @property
    def whole(self) -> tuple[tuple[int, int], ...]:
        """Everything that belongs to the turn, in order."""
        return tuple(sorted((self.source, self.cue, *self.content)))


def find_turns(text: str, quotations: tuple[Quotation, ...] = ()) -> tuple[Turn, ...]:
    r"""Find the turns and signed quotations of a text, in order.

    Example:
        >>> turns = find_turns("Q: Will it?\n\nPESKOV: No.\n\nIt is not.\n\nQ: Why?")
        >>> [len(turn.content) for turn in turns]
        [1, 2, 1]
    """
    paragraphs = split_paragraphs(text)
    turns = tuple(_find_transcript(text, paragraphs))
    return turns or tuple(_find_signed(text, paragraphs, quotations))


def _find_transcript(text: str, paragraphs: tuple[tuple[int, int], ...]) -> Iterator[Turn]:
    openings = []
    for number, (start, end) in enumerate(paragraphs):
        match = _SPEAKER.match(text, start, end)
        if match and match.end() < end:
            openings.append((number, match))
    if len(openings) < _LEAST_TURNS:
        return
    following = [number for number, _ in openings[1:]] + [openings[-1][0] + 1]
    for (number, match), stop in zip(openings, following, strict=True):
        last = stop if stop - number <= _FARTHEST else number + 1
        spoken = takewhile(lambda span: text[span[1] - 1] in _ENDS, paragraphs[number + 1 : last])
        content = ((match.end(), paragraphs[number][1]), *spoken)
        yield Turn(match.span("name"), match.span("cue"), content, "transcript")


def _find_signed(
    text: str, paragraphs: tuple[tuple[int, int], ...], quotations: tuple[Quotation, ...]
) -> Iterator[Turn]:
    ends = {quotation.start: quotation.end for quotation in quotations if not quotation.depth}
    for start, end in paragraphs:
        begin = max(start, end - _SIGNATURE_LENGTH)
        match = _SIGNATURE.search(text[begin:end])
        if match is None:
            continue
        signed = begin + len(text[begin : begin + match.start()].rstrip())
        if signed > start and (ends.get(start) == signed or "(@" in match["name"]):
            name, cue = match.span("name"), match.span("cue")
            yield Turn(
                (begin + name[0], begin + name[1]),
                (begin + cue[0], begin + cue[1]),
                ((start, signed),),
                "signature",
            )
