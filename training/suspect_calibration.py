"""Fit the weights of suspect wording on self-made rewritings and write weights.json.

    PYTHONPATH=src:training python training/suspect_calibration.py WORDNET [BENCH]

WORDNET is a folder with WordNet's data.noun, data.verb, data.adj, data.adv (Debian: wordnet-base),
used here only. Clean news is every fifth article of plain_reuters_2017 and polnear_train, which
training/suspect.py has not counted, and for whole documents gum_other_train. Each is rewritten with
WordNet synonyms, with our swap lexicon, or with both, at 10 to 50 % of the words.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np

from onrecord.knowledge.swaps import load_swaps
from onrecord.models.suspect import Word, cut_words, key_of, load_fit
from onrecord.models.suspect.fits import document_fit, fit_of_words
from onrecord.reading.suspect.candidates import find_candidates
from onrecord.reading.suspect.evidence import count_plain_words, features, lexicon_odds
from suspect import is_held_out

DICE = random.Random(7)  # noqa: S311  # what is drawn is no secret
ENDINGS = ("ing", "ed", "es", "s", "")


def clean_texts(bench):
    for name in ("plain_reuters_2017", "polnear_train"):
        for line in (bench / f"{name}.jsonl").read_text("utf-8").splitlines():
            article = json.loads(line)
            if is_held_out(article["id"]):
                yield article["text"]


def wordnet_synonyms(folder):
    synonyms = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text("latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            lemmas = [fields[4 + 2 * at] for at in range(int(fields[3], 16))]
            lemmas = [lemma.split("(")[0].replace("_", " ") for lemma in lemmas if lemma.islower()]
            for lemma in lemmas:
                synonyms.setdefault(lemma, set()).update(set(lemmas) - {lemma})
    return {word: sorted(found) for word, found in synonyms.items() if found}


def synonym(word, synonyms):
    """A synonym with the word's own ending put on again."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending) if ending else word
        for lemma in (stem, stem + "e"):
            if word.endswith(ending) and lemma in synonyms and len(lemma) > 2:
                chosen = DICE.choice(synonyms[lemma])
                if ending in {"ing", "ed", "es"}:
                    chosen = chosen.removesuffix("e")
                return (chosen + ending).split()
    return None


def reversed_swaps():
    found = {}
    for swaps in load_swaps().values():
        for swap in swaps:
            found.setdefault(swap.original[0], []).append(swap)
    return found


def rewrite(words, rate, synonyms, plain):
    """Return the words with some replaced, and for each whether it is a replacement."""
    out, marks, at = [], [], 0
    while at < len(words):
        put, length = replacement(words, at, rate, synonyms, plain)
        kept = put is None
        put = (
            [words[at]]
            if kept
            else [Word(each, key_of(each), capital=False, start=0, end=0) for each in put]
        )
        out += put
        marks += [not kept] * len(put)
        at += length
    return tuple(out), marks


def replacement(words, at, rate, synonyms, plain):
    word = words[at]
    for swap in plain.get(word.lower, ()) if plain else ():
        here = tuple(each.lower for each in words[at : at + len(swap.original)])
        if here == swap.original and DICE.random() < min(2 * rate, 0.9):
            return list(swap.odd), len(swap.original)
    if synonyms and not word.capital and len(word.lower) > 3 and DICE.random() < 1.5 * rate:
        return synonym(word.lower, synonyms), 1
    return None, 1


def fitted(rows, labels, penalty=1e-2):
    """Balanced logistic regression by Newton's method."""
    x, y = np.array(rows, dtype=float), np.array(labels, dtype=float)
    weights = np.zeros(x.shape[1])
    shares = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (shares * (y - chance)) - penalty * weights
        curve = (x * (shares * chance * (1 - chance))[:, None]).T @ x
        weights += np.linalg.solve(curve + penalty * np.eye(len(weights)), gradient)
    right = ((x @ weights > 0) == (y == 1)).mean()
    print(f"  {len(y):,} rows, {y.mean():.2f} positive, {right:.3f} right: {weights.round(3)}")
    return [round(float(weight), 4) for weight in weights]


def main(wordnet, bench, out):
    fit, plain, synonyms = load_fit(), reversed_swaps(), wordnet_synonyms(wordnet)
    clean = [cut_words(text) for text in clean_texts(bench)]
    made = []
    for number, words in enumerate(clean):
        rate = DICE.choice((0.1, 0.15, 0.2, 0.3, 0.4))
        kind = number % 3
        made.append(
            rewrite(words, rate, synonyms if kind != 1 else None, plain if kind != 0 else None)
        )
    candidates, words_fitted = ([], []), ([], [])
    for words in clean:
        add_candidates(candidates, words, None, fit)
        add_words(words_fitted, words, None, fit)
    for number, (words, marks) in enumerate(made):
        if number % 3:  # with the swap lexicon
            add_candidates(candidates, words, marks, fit)
        add_words(words_fitted, words, marks, fit)
    weights = {"format": "onrecord-suspect/1", "prior": -3.0, "swapped": 0.7, "kept": 0.1}
    print("candidates")
    weights["candidate"] = fitted(*candidates)
    print("words")
    weights["word"] = fitted(*words_fitted)
    weights["document"] = [0.0, 1.0, 0.0, 0.0, 0.0]
    out.write_text(json.dumps(weights, indent=1) + "\n")
    print("documents")
    # Other genres too, so that an unusual topic is not taken for a rewriting.
    for article in (bench / "gum_other_train.jsonl").read_text("utf-8").splitlines():
        words = cut_words(json.loads(article)["text"])
        clean.append(words)
        made.append(rewrite(words, DICE.choice((0.15, 0.2, 0.3)), synonyms, plain))
    rows = [document_row(words, fit, weights) for words in clean]
    print("typical:", np.mean([row[2:] for row in rows[:350]], axis=0).round(3))
    rows += [document_row(words, fit, weights) for words, _ in made]
    weights["document"] = fitted(rows, [0] * len(clean) + [1] * len(made))
    out.write_text(json.dumps(weights, indent=1) + "\n")


def add_candidates(table, words, marks, fit):
    for each in find_candidates(words, fit):
        if marks is None or marks[each.first]:
            table[0].append(features(each, words, fit))
            table[1].append(int(marks is not None))


def add_words(table, words, marks, fit):
    for each in fit_of_words(words, fit):
        if marks is None or marks[each.position]:
            table[0].append(each.features)
            table[1].append(int(marks is not None))


def document_row(words, fit, weights):
    candidate = weights["candidate"]
    ratios = tuple(
        sum(w * v for w, v in zip(candidate, features(each, words, fit), strict=True))
        for each in find_candidates(words, fit)
    )
    odds = lexicon_odds(ratios, count_plain_words(words))
    return (1.0, odds, *document_fit(fit_of_words(words, fit)))


if __name__ == "__main__":
    here = Path(__file__).parents[1]
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]) if len(sys.argv) > 2 else here.parent / "shared" / "bench",
        here / "src/onrecord/models/suspect/weights.json",
    )
