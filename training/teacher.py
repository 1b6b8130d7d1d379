"""Fine-tune MPNet on annotated articles, and let it attribute articles that nobody annotated.

    python training/teacher.py fit RUN --model MPNET --data TRAIN.jsonl TRAIN.npz
        --data SPUN.jsonl SPUN.npz --shares 0.8 0.2 [--epochs 2]
    python training/teacher.py teach RUN --model MPNET --articles TEXTS.jsonl TEXTS.npz
        --out TAUGHT.npz
    python training/teacher.py move TAUGHT.npz --articles TEXTS.jsonl TEXTS.npz
        --articles SPUN.jsonl SPUN.npz --out SPUN.taught.npz

The teacher is far too slow to ship (600 words per CPU-second). Its probabilities, of every token to
be an anchor and of the roles around anchors, are what the small network learns from (`--taught` of
`training/attribution.py`). It reads MPNet's vectors of the words' first pieces with the parser's
tags, labels, entities and tree. `move` carries what it said of articles over to copies with
other words (`training/augmentation.py --parses`), so that the small network says the same of both.
"""

import argparse
import random
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from onrecord.models.features import COLUMNS, SIZES
from onrecord.training.examples import GAP, join, read_examples, split_in_batches
from onrecord.training.fitting import tell
from onrecord.training.network import AFTER, BEFORE, AlongTree, Drop, Gated, Sizes, Tagger

PIECES = 254
"""Word pieces that MPNet reads at once, besides the two marks around them."""
EDGE = 32
"""Pieces at either edge of what is read whose vectors are taken from the neighbour."""
EMBEDDED = {
    "suffix": 24, "prefix": 16, "shape": 12, "quote": 12, "place": 8, "tag": 24, "label": 24,
    "entity": 12,
}  # fmt: skip
FROZEN = 4
"""Lowest layers of MPNet that are left as they are."""
LEAST = 0.05
"""Chance from which the teacher is asked for the roles around a token."""


class TeacherEncoder(nn.Module):
    def __init__(self, folder, width, dropout):
        super().__init__()
        from transformers import AutoModel

        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        for part in (self.body.embeddings, *self.body.encoder.layer[:FROZEN]):
            part.requires_grad_(requires_grad=False)
        self.tables = nn.ModuleDict(
            {name: nn.Embedding(SIZES[name] + 1, size) for name, size in EMBEDDED.items()}
        )
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.3)
        self.mix = nn.Linear(768 + sum(EMBEDDED.values()), width)
        self.drop = Drop(dropout)
        self.tree = AlongTree(width, dropout)
        self.near = nn.ModuleList(Gated(width, d, dropout) for d in (1, 2, 1))
        self.norm = nn.LayerNorm(width)
        self.anchor = nn.Sequential(nn.Linear(width, 64), nn.GELU(), nn.Linear(64, 1))

    def forward(self, rows, where, batch):
        """Read pieces of shape (rows, PIECES + 2); `where` is each token's first piece, or -1."""
        hidden = self.body(rows, attention_mask=(rows != 1).long()).last_hidden_state.flatten(0, 1)
        words = hidden[where.clamp(min=0)] * (where >= 0).unsqueeze(-1)
        columns = torch.cat([batch.columns, batch.syntax.clamp(min=0)])
        parts = [words.float()]
        parts += [self.tables[name](columns[COLUMNS.index(name)]) for name in EMBEDDED]
        vectors = self.mix(self.drop(torch.cat(parts, -1)))
        vectors = self.tree(self.near[0](vectors, batch.mask), batch.governors)
        for layer in self.near[1:]:
            vectors = layer(vectors, batch.mask)
        vectors = self.norm(vectors)
        return vectors, self.anchor(self.drop(vectors)).squeeze(-1)


class Teacher(nn.Module):
    def __init__(self, folder, dropout=0.1):
        super().__init__()
        sizes = Sizes(width=256, size=96, tagger=(1, 2, 4, 1))
        self.encoder = TeacherEncoder(folder, sizes.width, dropout)
        self.tagger = Tagger(sizes, dropout)


class Pieces:
    """Cuts articles into MPNet's word pieces."""

    def __init__(self, folder):
        from tokenizers import Tokenizer

        self.cutter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.cutter.no_padding()
        self.cutter.no_truncation()
        self.known = {}

    def of_word(self, word):
        if word not in self.known:
            found = self.cutter.encode(word, add_special_tokens=False).ids[:8]
            self.known[word] = found or [self.cutter.token_to_id("[UNK]")]
        return self.known[word]

    def of(self, example):
        """Return an article's pieces and where each token's first one is."""
        ids, first = [], []
        spans = zip(example.features.starts.tolist(), example.features.ends.tolist(), strict=True)
        for start, end in spans:
            first.append(len(ids))
            ids += self.of_word(example.text[start:end])
        return np.array(ids, np.int64), np.array(first, np.int64)

    def rows(self, examples, size, chance=None):
        """Lay articles out in rows; in training the cuts fall anywhere, else the rows overlap."""
        rows, where = [], np.full(size, -1, np.int64)
        at = 0
        for example in examples:
            ids, first = self.of(example)
            for start, stop, low, high in cuts(len(ids), chance):
                row = np.full(PIECES + 2, 1, np.int64)
                row[0], row[1 : 1 + stop - start], row[1 + stop - start] = 0, ids[start:stop], 2
                chosen = np.flatnonzero((first >= low) & (first < high))
                where[at + chosen] = len(rows) * (PIECES + 2) + 1 + first[chosen] - start
                rows.append(row)
            at += len(first) + GAP
        return torch.from_numpy(np.stack(rows)), torch.from_numpy(where)


def cuts(size, chance):
    """Yield what to read, from and to, and the part of it whose vectors count, from and to."""
    if chance is not None:
        edges = [0, *range(chance.randint(PIECES // 2, PIECES), size, PIECES), size]
        yield from ((a, b, a, b) for a, b in pairwise(edges) if a < b)
        return
    step = PIECES - 2 * EDGE
    for low in range(0, size, step):
        high = min(size, low + step)
        yield max(0, low - EDGE), min(size, high + EDGE), low, high


def losses_of(teacher, pieces, group, chance, no_syntax):
    batch = join(group)
    if chance.random() < no_syntax:
        batch.syntax.zero_()
        batch.starts.zero_()
        batch.governors.copy_(torch.arange(len(batch.governors)))
    vectors, logits = teacher.encoder(*pieces.rows(group, len(batch.owners), chance), batch)
    anchor = functional.binary_cross_entropy_with_logits(
        logits.float(), batch.chances, batch.is_read, reduction="sum"
    )
    roles, exists = roles_of(teacher, vectors, batch, batch.anchors)
    gain = (batch.roles.float() / 255 * functional.log_softmax(roles.float(), -1)).sum(-1)
    return anchor / len(batch.anchors), -(gain * exists).sum() / len(batch.anchors) / 8


def roles_of(teacher, vectors, batch, anchors):
    related = batch.relate(anchors, batch.governors, batch.syntax[1].clamp(min=0), batch.starts > 0)
    places, lines, exists = batch.around(anchors)
    mask = exists.unsqueeze(-1).float()
    return teacher.tagger(vectors, anchors, places, related, lines, mask), exists


def fit(given):
    teacher, pieces = Teacher(given.model), Pieces(given.model)
    copies = [read_examples(*paths, np.zeros(1, np.uint64)) for paths in given.data]
    body = [each for each in teacher.encoder.body.parameters() if each.requires_grad]
    inside = {id(each) for each in teacher.encoder.body.parameters()}
    heads = [each for each in teacher.parameters() if id(each) not in inside]
    groups = [{"params": body, "top": given.rate}, {"params": heads, "top": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    given.run.mkdir(parents=True, exist_ok=True)
    for epoch in range(resume(given.run, teacher, optimizer), given.epochs):
        chance = random.Random(epoch)  # noqa: S311 (training)
        chosen = [chance.choices(each, given.shares)[0] for each in zip(*copies, strict=True)]
        batches = list(split_in_batches(chosen, given.tokens, chance))
        teacher.train()
        begun, sums = time.time(), np.zeros(2)
        for step, group in enumerate(batches):
            progress = (epoch + step / len(batches)) / given.epochs
            for each in optimizer.param_groups:
                each["lr"] = each["top"] * rate_at(progress)
            with torch.autocast("cpu", torch.bfloat16):
                losses = losses_of(teacher, pieces, group, chance, given.no_syntax)
            sum(losses).backward()
            nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimizer.step()
            optimizer.zero_grad()
            sums += [float(each.detach()) for each in losses]
        tell(f"epoch {epoch + 1}: {sums / len(batches)}, {time.time() - begun:.0f} s")
        kept = {"net": teacher.state_dict(), "opt": optimizer.state_dict(), "epoch": epoch + 1}
        torch.save(kept, given.run / "ck.tmp")
        (given.run / "ck.tmp").replace(given.run / "ck.pt")


def rate_at(progress):
    return min(progress * 20, 0.5 + 0.5 * np.cos(np.pi * progress)) + 1e-3


def resume(run, teacher, optimizer=None):
    if not (run / "ck.pt").exists():
        return 0
    kept = torch.load(run / "ck.pt", weights_only=True)
    teacher.load_state_dict(kept["net"])
    if optimizer is not None:
        optimizer.load_state_dict(kept["opt"])
    return kept["epoch"]


def teach(given):
    """Write the teacher's probabilities for articles, in the form that `read_taught` reads."""
    teacher, pieces = Teacher(given.model), Pieces(given.model)
    resume(given.run, teacher)
    teacher.eval()
    found = [
        ask(teacher, pieces, each, given.least)
        for paths in given.articles
        for each in read_examples(*paths, np.zeros(1, np.uint64))
    ]
    write_taught(given.out, found)


def ask(teacher, pieces, example, least):
    """Return chances of all tokens, the places of likely anchors, and roles in 255ths."""
    batch = join([example])
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        vectors, logits = teacher.encoder(*pieces.rows([example], len(batch.owners)), batch)
        chances = torch.sigmoid(logits.float())[: len(example)]
        anchors = torch.nonzero(chances > least).squeeze(-1)
        roles, exists = roles_of(teacher, vectors, batch, anchors)
    shares = torch.softmax(roles.float(), -1) * exists.unsqueeze(-1)
    return chances.numpy(), anchors.numpy(), (shares * 255).round().byte().numpy()


def move(given):
    """Carry a teacher's probabilities over to copies whose words were swapped."""
    plain, copies = (read_examples(*paths, np.zeros(1, np.uint64)) for paths in given.articles)
    words = [split_words(parses) for _, parses in given.articles]
    stored = np.load(given.run)
    chances = np.split(stored["chances"], np.cumsum(stored["tokens"])[:-1])
    ends = np.cumsum(stored["anchors"])[:-1]
    anchors, roles = np.split(stored["places"], ends), np.split(stored["roles"], ends)
    taught = zip(chances, anchors, roles, strict=True)
    found = [moved(*each) for each in zip(plain, copies, *words, taught, strict=True)]
    write_taught(given.out, found)


def split_words(parses):
    stored = np.load(parses)
    return np.split(stored["syntax"][0], np.cumsum(stored["sizes"])[:-1])


def moved(plain, copy, words, moved_words, taught):
    """Follow every token of the copy back to the token of the article that it stands for."""
    chances, anchors, roles = taught
    if not len(words):
        return np.zeros(len(copy), np.float16), anchors[:0], roles[:0]
    starts = copy.features.starts
    word = np.maximum(np.searchsorted(moved_words, starts, side="right") - 1, 0)
    offset = np.where(moved_words[word] == starts, 0, starts - moved_words[word])
    origin = np.searchsorted(plain.features.ends, words[word] + offset, side="right")
    origin = np.minimum(origin, len(plain) - 1)
    first = np.searchsorted(origin, np.arange(len(plain)))
    is_first = np.diff(origin, prepend=-1) > 0
    own = np.where(is_first, chances[origin], 0).astype(np.float16)
    kept = [
        row for row, a in enumerate(anchors) if first[a] < len(origin) and origin[first[a]] == a
    ]
    places = first[anchors[kept]]
    window = places[:, None] + np.arange(-BEFORE, AFTER)
    exists = (window >= 0) & (window < len(origin))
    back = origin[np.clip(window, 0, len(origin) - 1)] - anchors[kept][:, None] + BEFORE
    known = exists & (back >= 0) & (back < BEFORE + AFTER)
    carried = roles[kept][np.arange(len(kept))[:, None], np.clip(back, 0, BEFORE + AFTER - 1)]
    nothing = np.array([255, 0, 0, 0], np.uint8) * exists[:, :, None]
    return own, places, np.where(known[:, :, None], carried, nothing).astype(np.uint8)


def write_taught(path, found):
    chances, places, roles = (list(each) for each in zip(*found, strict=True))
    np.savez_compressed(
        path,
        tokens=np.array([len(each) for each in chances]),
        anchors=np.array([len(each) for each in places]),
        chances=np.concatenate(chances).astype(np.float16),
        places=np.concatenate(places),
        roles=np.concatenate(roles),
    )


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=["fit", "teach", "move"])
    options.add_argument("run", type=Path, help="folder of the run; for move what was taught")
    options.add_argument("--model", type=Path)
    options.add_argument("--data", nargs=2, type=Path, action="append", default=[])
    options.add_argument("--articles", nargs=2, type=Path, action="append", default=[])
    options.add_argument("--out", type=Path)
    options.add_argument("--shares", type=float, nargs="+", default=[1.0])
    options.add_argument("--epochs", type=int, default=2)
    options.add_argument("--rate", type=float, default=8e-5)
    options.add_argument("--tokens", type=int, default=2400)
    options.add_argument("--no-syntax", type=float, default=0.2)
    options.add_argument("--least", type=float, default=LEAST)
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)
    {"fit": fit, "teach": teach, "move": move}[given.task](given)


if __name__ == "__main__":
    main()
