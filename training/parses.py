"""Parse annotated articles once, so that training need not: one .npz with all articles' syntax.

    python training/parses.py ARTICLES.jsonl OUT.npz

Features come from the reader's own language analysis (`onrecord.reading.language`), the same that
the network is given at run time.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from onrecord.article import Article
from onrecord.models.features import syntax_of
from onrecord.reading.language import analyse


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("articles", type=Path)
    options.add_argument("out", type=Path)
    given = options.parse_args()
    columns, sizes = [], []
    for line in given.articles.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            syntax = syntax_of(analyse(Article(json.loads(line)["text"])))
            columns.append(syntax)
            sizes.append(syntax.shape[1])
    np.savez_compressed(given.out, syntax=np.concatenate(columns, axis=1), sizes=np.array(sizes))


if __name__ == "__main__":
    main()
