# ruff: noqa: S311 (chance is for training, not for secrets)
"""Write altered copies of annotated articles: the web as it is, not as a newsroom's archive has it.

    python training/augmentation.py TRAIN.jsonl OUT.jsonl --kind spun --wordnet DIR --seed 1

`spun`: a share of the words outside quotation marks, 10 to 35 % unless --most says otherwise, are
swapped for WordNet synonyms, inflected alike, as article spinners do it; with --glove, half of them
for words that stand near in GloVe. `form`: quotation marks are made straight, British or '';
paragraph breaks are lost; headlines are in capitals. Every copy keeps its annotations, moved to
the new offsets, and with --parses also the parse of the article it was made from: the parser inside
the network learns to read through the altered wording.
"""

import argparse
import json
import random
import re
from bisect import bisect_right
from collections import defaultdict
from pathlib import Path

import numpy as np

from onrecord.reading.quotations import find_quotations

WORD = re.compile(r"(?<![’'\w])[A-Za-z]{2,}(?!\w)")
STOP = frozenset(
    """
    the a an of and or in on at for to from by with as that this these those its his her their our
    my your is are was were be been being not no some many most has have had having do does did
    doing will would can could may might must should shall who whom whose which what it he she they
    we you i than then so if but there here when where why how all any each him them us me more
    other such own mr mrs ms dr sen rep gov one two three four five six seven eight nine ten said
    """.split()  # noqa: SIM905
)

SAID = """stated told alleged averred supposed mentioned noted declared claimed asserted maintained
    pronounced articulated remarked expressed uttered added aforesaid sayed""".split()  # noqa: SIM905
"""What spinners make of `said`."""


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--kind", choices=["spun", "form"], required=True)
    options.add_argument("--wordnet", type=Path, help="folder with index.noun, data.noun, ...")
    options.add_argument("--glove", type=Path, help="folder of the word vectors")
    options.add_argument("--most", type=float, default=0.35, help="largest share of words swapped")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--parses", nargs=2, type=Path, help="of the data, and of the copies")
    given = options.parse_args()
    chance = random.Random(given.seed)
    synonyms = read_synonyms(given.wordnet) if given.kind == "spun" else {}
    synonyms["near"] = read_neighbours(given.glove) if given.glove else {}
    made = []
    with given.out.open("w", encoding="utf-8") as out:
        for line in given.data.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                article = json.loads(line)
                text = article["text"]
                if given.kind == "spun":
                    edits = spin(text, synonyms, chance, share=chance.uniform(0.1, given.most))
                else:
                    edits = reform(text, chance)
                made.append(edits)
                out.write(json.dumps(apply(article, edits), ensure_ascii=False) + "\n")
    if given.parses:
        write_moved(*given.parses, made)


def write_moved(parses, out, made):
    """Write the articles' parses with the words' new starts."""
    stored = np.load(parses)
    syntax, at = stored["syntax"].copy(), 0
    for size, edits in zip(stored["sizes"].tolist(), made, strict=True):
        move = mover(edits)
        syntax[0, at : at + size] = [move(start) for start in syntax[0, at : at + size].tolist()]
        at += size
    np.savez_compressed(out, syntax=syntax, sizes=stored["sizes"])


def read_synonyms(folder):
    """Read WordNet's synonyms of every word, by part of speech, most frequent sense first."""
    synonyms = {}
    for part in ("noun", "verb", "adj", "adv"):
        words = {}
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").split("\n"):
            fields = line.split()
            if line.startswith("  ") or not fields:
                continue
            count = int(fields[3], 16)
            words[fields[0]] = [w.split("(")[0] for w in fields[4 : 4 + 2 * count : 2]]
        found = defaultdict(list)
        for line in (folder / f"index.{part}").read_text(encoding="latin-1").split("\n"):
            fields = line.split()
            if line.startswith("  ") or not fields or not fields[0].isalpha():
                continue
            senses = fields[-int(fields[2]) :]
            for sense in senses[:3]:
                others = [w.replace("_", " ") for w in words[sense] if w.lower() != fields[0]]
                found[fields[0]] += [w for w in others if re.fullmatch(r"[A-Za-z ]+", w)]
        synonyms[part] = {word: list(dict.fromkeys(each)) for word, each in found.items() if each}
    lines = (folder / "verb.exc").read_text(encoding="latin-1").split("\n")
    synonyms["past"] = dict(line.split()[:2] for line in lines if line and "ing " not in line)
    return synonyms


def read_neighbours(folder, words=20_000, count=6):
    """Find the nearest words by cosine for the most frequent words of GloVe."""
    import pyarrow.parquet

    index = pyarrow.parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()
    vectors = np.asarray(np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")[:words])
    kept = [row for row, word in enumerate(index[:words]) if word.isalpha() and word not in STOP]
    table = vectors[kept] / np.linalg.norm(vectors[kept], axis=1, keepdims=True)
    near = {}
    for start in range(0, len(kept), 1000):
        best = np.argpartition(-(table[start : start + 1000] @ table.T), count + 1, axis=1)
        for row, others in enumerate(best[:, : count + 1], start):
            near[index[kept[row]]] = [index[kept[o]] for o in others if o != row]
    return near


def spin(text, synonyms, chance, share):
    """Choose the swaps of one text: (start, end, new wording), outside quotation marks only."""
    quoted = [(q.start, q.end) for q in find_quotations(text) if q.depth == 0]
    starts = [start for start, _ in quoted]
    places = []
    for match in WORD.finditer(text):
        before = bisect_right(starts, match.start()) - 1
        if before >= 0 and match.start() < quoted[before][1]:
            continue
        wording = match.group()
        if wording == "said" or (wording.islower() and wording not in STOP):
            places.append(match)
    words = len(WORD.findall(text))
    chance.shuffle(places)
    edits = []
    for match in places:
        if len(edits) >= share * words:
            break
        wording = swap(match.group(), synonyms, chance)
        if wording:
            edits.append((match.start(), match.end(), wording))
    return sorted(edits)


def swap(word, synonyms, chance):
    """Give a synonym of a lower-case word in the same inflection, or None."""
    if word == "said":
        return chance.choice(SAID)
    near = synonyms["near"].get(word)
    if near and chance.random() < 0.5:
        return chance.choice(near)
    for base, part, inflect in bases(word, synonyms["past"]):
        choices = synonyms[part].get(base)
        if choices:
            first, _, rest = chance.choice(choices[:5]).partition(" ")
            if part == "verb":
                return (inflect(first) + " " + rest).strip()
            head, _, last = f"{first} {rest}".strip().rpartition(" ")
            return f"{head} {inflect(last)}".strip()
    return None


def same(word):
    return word


def past(word):
    if word.endswith("e"):
        return word + "d"
    return word[:-1] + "ied" if word.endswith("y") else word + "ed"


def more(word):
    if word.endswith("y"):
        return word[:-1] + "ies"
    return word + ("es" if word[-1:] in "sxz" else "s")


def going(word):
    return word.removesuffix("e") + "ing"


def bases(word, irregular):
    """Give the dictionary forms a word may have, each with the way back."""
    if word in irregular:
        forms = {base: form for form, base in irregular.items()}
        yield irregular[word], "verb", lambda base: forms.get(base) or past(base)
    if word.endswith("ly"):
        yield word, "adv", same
    for ending, parts, inflect in (
        ("ing", ("verb",), going),
        ("ed", ("verb",), past),
        ("s", ("noun", "verb"), more),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            for base in (stem, stem + "e", stem[:-1], stem[:-1] + "y"):
                for part in parts:
                    yield base, part, inflect
    for part in ("noun", "verb", "adj", "adv"):
        yield word, part, same


def reform(text, chance):
    """Choose changes of form for one text: marks, paragraph breaks, capitals."""
    edits = []
    marks = chance.choice(["straight", "straight", "british", "doubled", "keep", "keep"])
    if marks != "keep":
        edits += [edit for q in find_quotations(text) for edit in remark(q, marks)]
        taken = {start for start, _, _ in edits}
        if marks in ("straight", "doubled"):
            edits += [
                (m.start(), m.end(), "'")
                for m in re.finditer(r"[‘’]", text)
                if m.start() not in taken
            ]
    if chance.random() < 0.4:
        edits += [(m.start(), m.end(), " ") for m in re.finditer(r"\n+", text)]
    elif chance.random() < 0.3:
        edits += [(m.start(), m.end(), "\n") for m in re.finditer(r"\n\n+", text)]
    if chance.random() < 0.3:
        end = text.find("\n")
        busy = {at for start, stop, _ in edits for at in range(start, stop)}
        edits += [
            (m.start(), m.end(), m.group().upper())
            for m in re.finditer(r"[a-z]+", text[: max(end, 0)])
            if not busy & set(range(m.start(), m.end()))
        ]
    return sorted(set(edits))


def remark(quotation, marks):
    """Give the edits that put other marks around one quotation."""
    single = quotation.mark in "'‘"
    pairs = {
        "straight": ("'", "'") if single else ('"', '"'),
        "british": ("“", "”") if single else ("‘", "’"),
        "doubled": ("'", "'") if single else ("''", "''"),
    }
    opening, closing = pairs[marks]
    if quotation.inner_start > quotation.start:
        yield quotation.start, quotation.inner_start, opening
    if quotation.closed:
        yield quotation.inner_end, quotation.end, closing


def apply(article, edits):
    """Carry out the edits and move the annotations along."""
    text, parts, at = article["text"], [], 0
    for start, end, wording in edits:
        parts += [text[at:start], wording]
        at = end
    parts.append(text[at:])
    move = mover(edits)

    def moved(spans):
        return [[move(start), move(end)] for start, end in spans]

    attributions = [
        {role: moved(each[role]) for role in ("source", "cue", "content")}
        for each in article.get("attributions", ())
    ]
    return {"id": article["id"], "text": "".join(parts), "attributions": attributions}


def mover(edits):
    """Return the function from offsets before edits to offsets after them."""
    ends, shifts, shift = [], [], 0
    for start, end, wording in edits:
        shift += len(wording) - (end - start)
        ends.append(end)
        shifts.append(shift)

    def move(offset):
        before = bisect_right(ends, offset) - 1
        return offset + (shifts[before] if before >= 0 else 0)

    return move


if __name__ == "__main__":
    main()
