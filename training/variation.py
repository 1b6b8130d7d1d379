# ruff: noqa: S311 (chance is for training, not for secrets)
"""Write variants of the labelled pairs of parties, for the teacher to say what they tell.

    python training/variation.py OUT.jsonl --bench $B --fold 0 --copies 20

A variant has other parties, near words in place of some (by the shipped vectors, among the words of
the news texts), or lacks a clause at an end. It need not mean what the original means: what it
tells is the teacher's to say. With `--fold` the variants are of the pairs that are not held back.
"""

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np

from augmentation import STOP, WORD
from onrecord.models.attribution import load_attribution_network
from onrecord.models.features import word_key
from relations import unmark

WORDS, NEAR, LEAST = 12_000, 6, 0.6
"""Words that are swapped, the most frequent; how many near ones each has; their least cosine."""
OTHER_PARTY, MOST_SWAPPED, CUT = 0.6, 0.25, 0.3
"""Chance that a party is another one; largest share of words swapped; chance that a clause goes."""
CLAUSE = re.compile(r", | - | after | as | because | while ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=-1, help="0 to 4; -1: of all")
    parser.add_argument("--copies", type=int, default=20)
    options = parser.parse_args()
    rows = [json.loads(line) for line in (options.bench / "plv_train.jsonl").open("rb")]
    order = np.random.default_rng(1).permutation(len(rows))
    held = set(order[options.fold :: 5].tolist()) if options.fold >= 0 else set()
    kept = [row for number, row in enumerate(rows) if number not in held]
    pairs = [{**unmark(row["marked"]), "frame": row["event"]} for row in kept]
    chance, near = random.Random(options.fold), near_words(options.bench)
    parties = [row["text"][slice(*row[side])] for row in pairs for side in "st"]
    with options.out.open("w", encoding="utf-8") as out:
        for row in pairs:
            for _ in range(options.copies):
                made = vary(row, parties, near, chance)
                out.write(json.dumps(made, ensure_ascii=False) + "\n")


def near_words(bench):
    """Find the nearest words by cosine for the most frequent words of the news texts."""
    network, often = load_attribution_network(), Counter()
    for name in ("plain_reuters_2017", "ngec_synthetic"):
        for line in (bench / f"{name}.jsonl").open("rb"):
            often.update(each for each in WORD.findall(json.loads(line)["text"]) if each.islower())
    words = [word for word, _ in often.most_common() if word not in STOP][:WORDS]
    keys = np.array([word_key(word) for word in words], np.uint64)
    places = np.minimum(np.searchsorted(network.vocabulary, keys), len(network.vocabulary) - 1)
    has_one = np.flatnonzero(network.vocabulary[places] == keys)
    table = network.known[places[has_one] + 1].astype(np.float32)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    near = {}
    for row, cosines in enumerate(table @ table.T):
        best = np.argsort(-cosines)[1 : NEAR + 1]
        good = [words[has_one[each]] for each in best if cosines[each] >= LEAST]
        if good:
            near[words[has_one[row]]] = good
    return near


def vary(row, parties, near, chance):
    """Return a variant of a marked pair."""
    (a, b), (c, d) = row["s"], row["t"]
    if a < d and c < b:
        return row
    text, first, last = row["text"], *sorted(((a, b, "s"), (c, d, "t")))
    share = chance.uniform(0, MOST_SWAPPED)
    before, between, after = (
        WORD.sub(lambda found: swapped(found[0], near, share, chance), text[start:end])
        for start, end in ((0, first[0]), (first[1], last[0]), (last[1], len(text)))
    )
    if chance.random() < CUT:
        after = without_last(after, chance)
    out, spans = before, {}
    for (start, end, side), follows in ((first, between), (last, after)):
        own = text[start:end]
        party = chance.choice(parties) if chance.random() < OTHER_PARTY else own
        spans[side] = [len(out), len(out) + len(party)]
        out += party + follows
    return {"text": out, **spans, "frame": row["frame"]}


def swapped(word, near, share, chance):
    return chance.choice(near[word]) if word in near and chance.random() < share else word


def without_last(text, chance):
    """Cut a text off where one of its clauses begins."""
    places = [found.start() for found in CLAUSE.finditer(text)]
    return text[: chance.choice(places)] + "." if places else text


if __name__ == "__main__":
    main()
