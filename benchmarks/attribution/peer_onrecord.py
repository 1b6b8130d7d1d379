"""OnRecord, as `run.py` runs it: from the text to its attributions.

    python benchmarks/attribution/peer_onrecord.py MODE < ARTICLES

MODE is `text` (language analysis included, which the reader needs in any case) or `no-syntax`.
"""

import sys

from peer_loop import serve
from run import attribute, rows

from onrecord.reading.attribution.stage import find_attributions
from onrecord.reading.quotations import find_quotations


def attribute_without_syntax(text):
    return rows(find_attributions(text, find_quotations(text), None))


MODES = {"text": attribute, "no-syntax": attribute_without_syntax}


if __name__ == "__main__":
    serve(MODES[sys.argv[1]], lambda _, found: found)
