"""Train the relation network: which PLOVER root a sentence gives to a marked pair of parties.

    python training/relations.py pairs   OUT.jsonl --bench $B
    python training/relations.py pairs   JOINED.jsonl --bench $B --joined
    python training/relations.py encode  OUT.jsonl OUT.npz
    python training/relations.py fit     OUT.jsonl OUT.npz TAUGHT.npy --bench $B --fold 0
    python training/relations.py fit     ... --fold -1 --save net.pt
    python training/relations.py export  net.pt src/onrecord/models/relations --sharpness 1.5

`pairs` takes pairs of mentions from sentences that nobody labelled and notes what the frames find
between them; with `--joined` only subjects and what stands under their verbs, of other texts.
`variation.py` adds variants of the labelled pairs. Of all these, one after the other in one file,
`encode` notes what the shipped encoder says of them, and TAUGHT is what the teacher says of them
(`relations_teacher.py`). `fit` learns the teacher's probabilities, the labelled pairs, and from the
frames whether there is an event at all; with `--fold` every fifth labelled pair is held back and
scored. The mean of the weights over the last hundred steps is what is kept.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from onrecord.article import Article
from onrecord.knowledge.codebook import coded_type, plover
from onrecord.models.attribution import FOLDER, load_attribution_network
from onrecord.models.relations import ROOTS, pair_inputs
from onrecord.reading.actors.mentions import find_mentions
from onrecord.reading.events.relate import pair_events
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations
from onrecord.training.exporting import load_network
from onrecord.training.relations import RelationNet, export_relations

MARK = re.compile(r"</?[st]>")
BATCH = 64
TOGETHER = 20 * BATCH
"""Pairs that are sorted by length at once, so that rows of a batch are alike."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    pairs = steps.add_parser("pairs")
    pairs.add_argument("out", type=Path)
    pairs.add_argument("--bench", type=Path, required=True)
    pairs.add_argument("--joined", action="store_true", help="only parties of one verb")
    encode = steps.add_parser("encode")
    encode.add_argument("pairs", type=Path)
    encode.add_argument("out", type=Path)
    fit = steps.add_parser("fit")
    for name in ("pairs", "encoded", "taught"):
        fit.add_argument(name, type=Path)
    fit.add_argument("--bench", type=Path, required=True)
    fit.add_argument("--fold", type=int, default=-1, help="0 to 4; -1: learn from all")
    fit.add_argument("--epochs", type=int, default=5)
    fit.add_argument("--rate", type=float, default=2e-3)
    fit.add_argument("--repeat", type=int, default=3, help="labelled pairs count so often")
    fit.add_argument("--seed", type=int, default=1)
    fit.add_argument("--save", type=Path)
    export = steps.add_parser("export")
    export.add_argument("weights", type=Path)
    export.add_argument("folder", type=Path)
    export.add_argument("--name", default="relations-3")
    export.add_argument("--sharpness", type=float, required=True)
    options = parser.parse_args()
    {"pairs": make_pairs, "encode": encode_pairs, "fit": fit_network, "export": write}[
        options.step
    ](options)


# --------------------------------------------------------------- pairs that nobody labelled


def texts(bench: Path) -> Iterator[str]:
    """Yield generated stories, news of 2017, every third PolNeAR article, news of 1987."""
    for line in (bench / "ngec_synthetic.jsonl").open(encoding="utf-8"):
        yield " ".join(json.loads(line)["text"].split()[:110])
    for name, step in (("plain_reuters_2017", 1), ("polnear_train", 3), ("plain_reuters_1987", 25)):
        lines = (bench / f"{name}.jsonl").open(encoding="utf-8")
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)["text"][: 1500 if step == 25 else None]


def more_texts(bench: Path) -> Iterator[str]:
    """Yield what `texts` leaves of the generated stories, news of 2017, more news of 1987."""
    for line in (bench / "ngec_synthetic.jsonl").open(encoding="utf-8"):
        yield " ".join(json.loads(line)["text"].split()[110:400])
    for name, step in (("plain_reuters_2017", 1), ("plain_reuters_1987", 8)):
        for number, line in enumerate((bench / f"{name}.jsonl").open(encoding="utf-8")):
            if number % step == step - 1:
                yield json.loads(line)["text"][: 1500 if step == 8 else None]


def make_pairs(options: argparse.Namespace) -> None:
    chosen = random.Random(3)  # noqa: S311 (a sample)
    find = joined_pairs if options.joined else sentence_pairs
    with options.out.open("w", encoding="utf-8") as out:
        for text in (more_texts if options.joined else texts)(options.bench):
            document = analyse(Article(text))
            for sentence, pair in find(document, chosen):
                row = {"text": sentence, "s": pair[0], "t": pair[1]}
                row["frame"] = frame_root(sentence, *pair)
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def mentions_by_sentence(document):
    """Yield sentences that can be read alone, with their mentions and those that can act."""
    by_sentence = {}
    for mention in find_mentions(document):
        if mention.form != "pronoun":
            number = document.tokens[mention.head].sentence
            by_sentence.setdefault(number, []).append(mention)
    for number, group in by_sentence.items():
        span = document.sentence_span(document.sentences[number])
        good = [each for each in group if each.kind not in {"thing", "any"}]
        if 40 < span.end - span.start < 420 and "\n" not in span.text and len(group) > 1 and good:
            yield span, group, good


def joined_pairs(document, chosen):
    """Yield sentences with a pair: a verb's subject, and one that stands under the same verb."""
    for span, _, good in mentions_by_sentence(document):
        found = []
        for first in good:
            subject = document.tokens[first.head]
            if subject.dep not in {"nsubj", "nsubjpass", "agent"}:
                continue
            for other in good:
                above = {each.index for each in document.ancestors(other.head)}
                apart = other.last <= first.first or other.first >= first.last
                if subject.head in above and subject.index not in above and apart:
                    pair = [first, other]
                    found.append(pair[::-1] if subject.dep == "nsubjpass" else pair)
        for pair in chosen.sample(found, min(2, len(found))):
            yield span.text, [within(document, each, span.start) for each in pair]


def sentence_pairs(document, chosen):
    """Yield sentences with two pairs of mentions each, the first mostly a subject."""
    for span, group, good in mentions_by_sentence(document):
        doers = {"nsubj", "nsubjpass", "agent"}
        subjects = [each for each in good if document.tokens[each.head].dep in doers] or good
        for _ in range(2):
            first = chosen.choice(subjects if chosen.random() < 0.7 else good)
            others = good if chosen.random() < 0.8 else group
            rest = [m for m in others if m.last <= first.first or m.first >= first.last]
            if not rest:
                break
            pair = [first, chosen.choice(rest)]
            if document.tokens[first.head].dep == "nsubjpass" and chosen.random() < 0.7:
                pair.reverse()
            yield span.text, [within(document, each, span.start) for each in pair]


def within(document, mention, offset):
    span = document.span(mention.first, mention.last)
    return [span.start - offset, span.end - offset]


def frame_root(text, actor, recipient):
    """Return the root that the frames find between two marked parties, or None."""
    article = Article(text)
    for event in pair_events(analyse(article), article.span(*actor), article.span(*recipient)):
        kind = coded_type(event.type, event.status)
        if kind and "a1" in event.actors and "a2" in event.recipients:
            return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind
    return None


# --------------------------------------------------------------- what the encoder says of them


def encode_pairs(options: argparse.Namespace) -> None:
    np.savez(options.out, **packed(json.loads(line) for line in options.pairs.open("rb")))


def packed(rows):
    """Return the network's inputs of all rows, one after the other, and their sizes."""
    network, parts = load_attribution_network(), []
    for row in rows:
        encoded = network.encode(row["text"], find_quotations(row["text"]))
        given = pair_inputs(encoded.kept, [(tuple(row["s"]), tuple(row["t"]))])
        parts.append(
            {
                "vectors": given["vectors"].astype(np.float16),
                "columns": given["columns"].astype(np.int32).T,
                "heads": given["heads"].astype(np.int16),
                "pairs": given["pairs"][:, 0].astype(np.int8).T,
            }
        )
    sizes = np.array([len(each["heads"]) for each in parts])
    return {name: np.concatenate([p[name] for p in parts]) for name in parts[0]} | {"sizes": sizes}


def batch_of(data, starts, places):
    """Return the padded inputs of some rows."""
    sizes = data["sizes"][places]
    most, count = int(sizes.max()), len(places)
    vectors = np.zeros((count, most, data["vectors"].shape[1]), np.float32)
    columns = np.zeros((count, most, data["columns"].shape[1]), np.int64)
    heads, mask = np.zeros((count, most), np.int64), np.zeros((count, most), np.float32)
    pairs = np.zeros((count, most, 3), np.int64)
    for row, place in enumerate(places):
        inside = slice(starts[place], starts[place + 1])
        size = int(sizes[row])
        vectors[row, :size], columns[row, :size] = data["vectors"][inside], data["columns"][inside]
        heads[row, :size], pairs[row, :size] = data["heads"][inside], data["pairs"][inside]
        mask[row, :size] = 1
    given = (vectors, columns.transpose(2, 0, 1), heads, pairs.transpose(2, 0, 1), mask)
    return tuple(torch.from_numpy(np.ascontiguousarray(each)) for each in given)


class Rows:
    """Encoded rows with random access."""

    def __init__(self, data):
        self.data = data
        self.starts = np.concatenate([[0], np.cumsum(data["sizes"])])

    def __len__(self):
        return len(self.data["sizes"])

    def batch(self, places):
        return batch_of(self.data, self.starts, places)


# --------------------------------------------------------------- training


def unmark(marked):
    """Return a row of a marked sentence; one in a hundred lacks a mark and stands for itself."""
    text, opened, spans, at = "", {}, {}, 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at, name = match.end(), match.group()[-2]
        if not match.group().startswith("</"):
            opened[name] = len(text)
        elif name not in spans and name in opened:
            spans[name] = (opened[name], len(text))
    text += marked[at:]
    return {"text": text, **{name: spans.get(name, (0, len(text))) for name in "st"}}


def fit_network(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    chosen = np.random.default_rng(options.seed)
    marked, gold = labelled_rows(options.bench)
    with np.load(options.encoded) as stored:
        plain = Rows({name: stored[name] for name in stored.files})
    order = np.random.default_rng(1).permutation(len(gold))
    held = order[options.fold :: 5] if options.fold >= 0 else order[:0]
    kept = np.setdiff1d(order, held)
    net = RelationNet(known_vectors())
    mean = deepcopy(net)
    steps = options.epochs * ((len(plain) + options.repeat * len(kept)) // BATCH + 2)
    follow = follower(net, mean, options.rate, steps)
    taught, told = answers(options), seen_by_frames(options.pairs)
    of_marked = loss_of_marked(gold, kept)
    for epoch in range(options.epochs):
        total, batches = 0.0, shuffled(plain, marked, kept, options.repeat, chosen)
        for source, places in batches:
            out = net(*source.batch(places))
            if source is plain:
                loss = loss_of_taught(out, taught[places], told[places])
            else:
                loss = of_marked(out, places)
            total += follow(loss)
        print(f"epoch {epoch}: loss {total / len(batches):.3f}", flush=True)
        if len(held):
            report(gold[held], predict(mean, marked, held).argmax(1))
    if options.save:
        torch.save(mean.state_dict(), options.save)


def labelled_rows(bench):
    """Return the labelled pairs, encoded, and their roots."""
    rows = [json.loads(line) for line in (bench / "plv_train.jsonl").open("rb")]
    gold = np.array([ROOTS.index(row["event"]) for row in rows])
    return Rows(packed(unmark(row["marked"]) for row in rows)), gold


def answers(options):
    """Return the teacher's probabilities."""
    return torch.tensor(np.load(options.taught)).softmax(-1)


def seen_by_frames(pairs):
    """Return 1 where the frames find an event between the two, else 0."""
    found = [json.loads(line)["frame"] is not None for line in pairs.open("rb")]
    return torch.tensor(found, dtype=torch.float)


def loss_of_taught(out, wanted, told):
    roots, event = out[:, : len(ROOTS)], out[:, len(ROOTS)]
    there = functional.binary_cross_entropy_with_logits(event, told)
    return 0.5 * there - (wanted * roots.log_softmax(-1)).sum(-1).mean()


def loss_of_marked(gold, kept):
    """Return the loss of labelled pairs; rare roots count more, since macro-F1 is scored."""
    often = np.bincount(gold[kept], minlength=len(ROOTS))
    weight = torch.tensor((often.mean() / np.maximum(often, 1)) ** 0.5, dtype=torch.float)

    def loss(out, places):
        roots, event = out[:, : len(ROOTS)], out[:, len(ROOTS)]
        wanted = torch.tensor(gold[places])
        told = functional.cross_entropy(roots, wanted, weight=weight, label_smoothing=0.05)
        there = torch.ones(len(places))
        return told + 0.5 * functional.binary_cross_entropy_with_logits(event, there)

    return loss


def follower(net, mean, rate, steps):
    """Return what takes a step down a loss, moves the mean after it, and returns the loss."""
    weights = [each for each in net.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01)
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 100) * max(0.01, 1 - step / steps)
    )

    def follow(loss):
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        falling.step()
        with torch.no_grad():
            for average, now in zip(mean.parameters(), net.parameters(), strict=True):
                average.lerp_(now, 0.01)
        return float(loss.detach())

    return follow


def known_vectors():
    """Return the encoder's table of word vectors."""
    return load_network(FOLDER, 0.0)[0].encoder.known.weight.detach()


def shuffled(plain, marked, kept, repeat, chosen):
    """Return batches of rows of like length, in random order: (source, places)."""
    batches = []
    for source, every in ((plain, np.arange(len(plain))), (marked, np.tile(kept, repeat))):
        places = chosen.permutation(every)
        for start in range(0, len(places), TOGETHER):
            some = places[start : start + TOGETHER]
            some = some[np.argsort(source.data["sizes"][some], kind="stable")]
            batches += [(source, some[at : at + BATCH]) for at in range(0, len(some), BATCH)]
    return [batches[index] for index in chosen.permutation(len(batches))]


def predict(net, rows, places):
    net.eval()
    with torch.no_grad():
        found = [
            net(*rows.batch(places[at : at + BATCH])).numpy() for at in range(0, len(places), BATCH)
        ]
    net.train()
    return np.concatenate(found)[:, : len(ROOTS)]


def report(gold, found):
    """Print accuracy and macro-F1 of roots and quad classes."""
    quad = np.array([2 if root == "YIELD" else plover(root).quad for root in ROOTS])
    print(
        f"  root accuracy {np.mean(gold == found):.3f}, macro-F1 {macro(gold, found):.3f};"
        f" quad macro-F1 {macro(quad[gold], quad[found]):.3f}",
        flush=True,
    )


def macro(gold, found):
    kinds = np.unique(gold)
    return float(np.mean([f1(gold == each, found == each) for each in kinds]))


def f1(gold, found):
    return 2 * np.sum(gold & found) / max(np.sum(gold) + np.sum(found), 1)


def write(options: argparse.Namespace) -> None:
    net = RelationNet(known_vectors())
    net.load_state_dict(torch.load(options.weights, weights_only=True))
    export_relations(net, options.folder, name=options.name, sharpness=options.sharpness)


if __name__ == "__main__":
    main()
