"""What the program of every system does: read articles on stdin, time, write attributions.

It runs in each peer's own environment, so it uses the standard library alone. On stdin stands one
article a line (`id`, `text`), on stdout one line an article (`id`, `attributions`), and a last one
with the CPU seconds of all threads and the number of texts that the peer gave up on. Models are
loaded before `serve` is called, and the first article is read once before the clock starts.
"""

import json
import sys
import time


def serve(find, place):
    """Answer every article on stdin.

    `find(text)` is timed and returns a list of findings, None for each text that the peer gave up
    on. `place(text, finding)` is not timed: it puts one finding into the benchmark's form.
    """
    articles = [json.loads(line) for line in sys.stdin]
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a peer prints is no answer
    find(articles[0]["text"])
    spent, gave_up = 0.0, 0
    for article in articles:
        begun = time.process_time()
        findings = find(article["text"])
        spent += time.process_time() - begun
        gave_up += findings.count(None)
        placed = [place(article["text"], each) for each in findings if each is not None]
        print(json.dumps({"id": article["id"], "attributions": placed}), file=answers)
    print(json.dumps({"cpu_seconds": spent, "gave_up": gave_up}), file=answers)


def spans(tokens, base=0):
    """Return the [start, end) character spans of spaCy tokens in a text that begins at `base`."""
    return [[base + token.idx, base + token.idx + len(token)] for token in tokens]
