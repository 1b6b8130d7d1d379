"""Two baselines of our own, for scale: regular expressions and nothing else.

    python benchmarks/attribution/peer_regex.py MODE < ARTICLES

MODE is `quotations` (words in quotation marks with `NAME said` or `said NAME` beside them) or
`sentences` (those, and what follows `NAME said that` up to the end of the sentence). A name is a
pronoun or capitalised words. They were written down once and not tuned.
"""

import re
import sys

from peer_loop import serve

WORD = r"[A-Z][\w.’'-]+"
NAME = rf"(?P<source>\b(?:[Hh]e|[Ss]he|[Tt]hey|I|{WORD}(?: (?:of |the |for )?{WORD}){{0,4}}))"
CUE = r"(?P<cue>\b(?:said|says|told|added|asked|argued|claimed|warned|wrote|tweeted|insisted)\b)"
QUOTED = r"(?:[“\"]|'')(?P<content>(?:(?!'')[^“”\"\n]){1,2000})(?:[”\"]|'')"
SENTENCE = r"(?P<content>[^\s“”\"][^“”\"\n]{8,400}?)(?=[.!?](?:\s|$))"

QUOTATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{QUOTED},? {NAME} {CUE}",
        rf"{QUOTED},? {CUE} {NAME}",
        rf"{NAME} {CUE}[,:]? {QUOTED}",
    )
)
SENTENCES = (*QUOTATIONS, re.compile(rf"{NAME} {CUE} (?:that )?{SENTENCE}"))
MODES = {"quotations": QUOTATIONS, "sentences": SENTENCES}


def attribute(text, patterns):
    """Return what the patterns find; a quotation belongs to the first one that takes it."""
    taken, found = set(), []
    for pattern in patterns:
        for match in pattern.finditer(text):
            if match.start("content") not in taken:
                taken.add(match.start("content"))
                found.append({part: [match.span(part)] for part in ("source", "cue", "content")})
    return found


if __name__ == "__main__":
    chosen = MODES[sys.argv[1]]
    serve(lambda text: attribute(text, chosen), lambda _, found: found)
