"""How well copies find their original among many articles on one topic, and how fast.

    PYTHONPATH=src python benchmarks/copies/run.py [BENCH] [--translated DIR]

The originals are the PolNeAR train and dev articles, all on one election. Copies of the dev
articles: rewritten (spun_dev, by tool and rate); cropped to about half, with boilerplate added, of
the plain and of the 30 % text; damaged mash-ups of the 30 % text (a third of the paragraphs
dropped, the rest shuffled, quotation marks or quoted words lost, paragraphs of another mixed
in); with DIR, those that were translated and back (a file ID.txt of each).

Precision counts every article that is said to be copied and is not the original, which in mash-ups
leaves out the article that was mixed in; `best` is how often the one copied most is the original.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from pathlib import Path

from onrecord.copies.index import CopyIndex

NOTES = (
    "Follow us for more news and analysis. Sign up here for our daily newsletter.",
    "All rights reserved. This material may not be published, broadcast or redistributed.",
)


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def paragraphs(text):
    return [line for line in text.splitlines() if line.strip()]


def cropped(text, chance):
    lines = paragraphs(text)
    count = max(2, int(len(lines) * chance.uniform(0.35, 0.6)))
    first = chance.choice([0, 0, max(0, len(lines) - count)])
    return "\n".join([NOTES[0], *lines[first : first + count], NOTES[1]])


def damaged(line, chance):
    if chance.random() < 0.4:
        return re.sub('[“”"]', "", line)

    def lose(match):
        kept = [word for word in match[1].split() if chance.random() > 0.25]
        return f"“{' '.join(kept)}”"

    return re.sub('[“"]([^“”"]+)[”"]', lose, line)


def mashed(text, other, chance):
    lines = [damaged(line, chance) for line in paragraphs(text) if chance.random() > 1 / 3]
    chance.shuffle(lines)
    added = paragraphs(other)
    for line in chance.sample(added, min(len(added), max(1, len(lines) // 3))):
        lines.insert(chance.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def make_sets(bench, translated):
    chance = random.Random(20220202)  # noqa: S311 (drawn again alike)
    dev = {each["id"]: each["text"] for each in rows(bench / "polnear_dev.jsonl")}
    sets = {}
    for each in rows(bench / "spun_dev.jsonl"):
        name = f"rewritten {each['src']} {each['rate']:.0%}"
        sets.setdefault(name, []).append((each["id"], each["text"], ()))
    spun = {name: text for name, text, _ in sets["rewritten mix 30%"]}
    sets["cropped, plain"] = [(name, cropped(text, chance), ()) for name, text in dev.items()]
    sets["cropped, rewritten"] = [(name, cropped(text, chance), ()) for name, text in spun.items()]
    sets["damaged mash-up"] = []
    for name, text in spun.items():
        other = chance.choice([each for each in spun if each != name])
        sets["damaged mash-up"].append((name, mashed(text, spun[other], chance), (other,)))
    if translated:
        files = sorted(translated.glob("*.txt"))
        sets["translated back"] = [(each.stem, each.read_text("utf-8"), ()) for each in files]
    return sets


def main(bench, translated):
    originals = rows(bench / "polnear_train.jsonl") + rows(bench / "polnear_dev.jsonl")
    index = CopyIndex()
    begun = time.process_time()
    for each in originals:
        index.add(each["id"], each["text"])
    taken = time.process_time() - begun
    print(f"{len(originals)} originals, {len(originals) / taken:,.0f} a second taken in")
    print(f"{'':<22}{'precision':>10}{'recall':>8}{'best':>8}{'a second':>10}  kinds")
    for name, copies in sorted(make_sets(bench, translated).items()):
        right = wrong = best = 0
        kinds = Counter()
        begun = time.process_time()
        for original, text, mixed in copies:
            found = [each for each in index.find(text) if each.verdict.is_copy]
            names = [each.name for each in found]
            right += original in names
            wrong += sum(each not in (original, *mixed) for each in names)
            best += names[:1] == [original]
            kinds += Counter(each.verdict.kind for each in found if each.name == original)
        rate = len(copies) / (time.process_time() - begun)
        precision = right / (right + wrong) if right else 0.0
        print(
            f"{name:<22}{precision:>10.3f}{right / len(copies):>8.3f}{best / len(copies):>8.3f}"
            f"{rate:>10.0f}  {', '.join(f'{kind} {n}' for kind, n in kinds.most_common())}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", nargs="?", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--translated", type=Path, metavar="DIR")
    given = parser.parse_args()
    main(given.bench, given.translated)
