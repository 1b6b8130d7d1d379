"""Count words, pairs and triples of news and write the hashed tables of onrecord.models.suspect.

    PYTHONPATH=src python training/suspect.py [BENCH] [OUT]

Reads plain_reuters_1987, plain_reuters_2017 and polnear_train from BENCH (default ../shared/bench),
without every fifth article of the latter two: those calibrate (training/suspect_calibration.py).
Prints what card.json says of the files in the folder OUT.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np

from onrecord.models.suspect import LEVELS, cut_words, hash_pair

SINGLES, PAIRS, TRIPLES = 1 << 18, 1 << 22, 1 << 23


def is_held_out(identifier):
    """Keep every fifth article for calibration."""
    return crc32(identifier.encode()) % 5 == 0


def articles(bench):
    for name in ("plain_reuters_1987", "plain_reuters_2017", "polnear_train"):
        with (bench / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if name == "plain_reuters_1987" or not is_held_out(article["id"]):
                    yield article["text"]


def levels_of(counts):
    """The highest level not above each count."""
    return (np.searchsorted(np.array(LEVELS), counts, side="right") - 1).astype(np.uint64)


def table(hashes, counts, size):
    """One byte a slot: four bits of check, four of level; the commonest wins a slot."""
    filled = np.zeros(size, dtype=np.uint8)
    order = np.argsort(counts, kind="stable")
    hashes, counts = hashes[order], counts[order]
    filled[hashes % np.uint64(size)] = (
        (hashes >> np.uint64(28)) << np.uint64(4) | levels_of(counts)
    ).astype(np.uint8)
    return filled


def main(bench, out):
    keys = np.array(
        [word.key for text in articles(bench) for word in cut_words(text + "\n")], dtype=np.uint64
    )
    print(f"{len(keys):,} words")
    pairs = hash_pair(keys[:-1], keys[1:])
    triples = hash_pair(pairs[:-1], keys[2:])
    single_keys, single_counts = np.unique(keys, return_counts=True)
    singles = np.zeros(SINGLES, dtype=np.uint8)
    scaled = np.minimum(255, np.round(10 * np.log2(1 + single_counts)))
    np.maximum.at(singles, (single_keys % SINGLES).astype(np.int64), scaled.astype(np.uint8))
    pair_hashes, pair_counts = np.unique(pairs, return_counts=True)
    triple_hashes, triple_counts = np.unique(triples, return_counts=True)
    print(f"{len(pair_hashes):,} pairs, {len(triple_hashes):,} triples")
    triples = table(triple_hashes, triple_counts, TRIPLES)
    tables = {
        "singles.u8": singles,
        "pairs.u8": table(pair_hashes, pair_counts, PAIRS),
        "triples.bits": np.packbits(triples != 0),
        "triples.u8": triples[triples != 0],
    }
    card = {"words": len(keys), "files": {}}
    for name, filled in tables.items():
        content = filled.tobytes()
        (out / name).write_bytes(content)
        card["files"][name] = sha256(content).hexdigest()
    print(json.dumps(card, indent=2))


if __name__ == "__main__":
    here = Path(__file__).parents[1]
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared" / "bench"
    shipped = here / "src/onrecord/models/suspect"
    main(bench, Path(sys.argv[2]) if len(sys.argv) > 2 else shipped)
