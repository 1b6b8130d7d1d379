"""Bagpipes' quote detector, on spaCy's English tokens: quotations, without speaker or cue.

    python benchmarks/attribution/peer_bagpipes.py paragraphs < ARTICLES

It reads paragraph by paragraph, so that a mark left open spoils one paragraph only.
"""

import re

from peer_loop import serve


def main():
    import bagpipes_spacy  # noqa: F401 (its import tells spaCy of `quote_detector`)
    import spacy

    model = spacy.blank("en")
    model.add_pipe("quote_detector")

    def find(text):
        parts = [(part.group(), part.start()) for part in re.finditer(r"[^\n]+", text)]
        read = model.pipe(parts, as_tuples=True)
        return [(each, base) for parsed, base in read for each in parsed._.quotes]

    serve(find, place)


def place(_, finding):
    found, base = finding
    content = [base + found.start_char, base + found.end_char]
    return {"source": [], "cue": [], "content": [content]}


if __name__ == "__main__":
    main()
