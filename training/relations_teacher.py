"""Let a large network learn the labelled pairs of parties, and say what it finds in others.

    python training/relations_teacher.py fit   --model $MPNET --bench $B --fold 0
    python training/relations_teacher.py fit   --model $MPNET --bench $B --save teacher.pt
    python training/relations_teacher.py teach PAIRS.jsonl OUT.npy --model $MPNET \
        --weights teacher.pt

MPNet-base reads the sentence with `[ ]` around the actor and `{ }` around the recipient; its first
three layers stay as they are. It learns the roots of generated stories for one round first, then
the labelled pairs.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from onrecord.models.relations import ROOTS
from relations import MARK, report

BATCH, LENGTH, FROZEN = 16, 160, 3
SIGNS = {"<s>": "[ ", "</s>": " ]", "<t>": "{ ", "</t>": " }"}
BRACKETS = str.maketrans("[]{}", "()()")


class Teacher(nn.Module):
    """MPNet with a head over the whole sentence and both opening marks."""

    def __init__(self, folder: Path, marks: tuple[int, int]) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        still = [self.body.embeddings, *self.body.encoder.layer[:FROZEN]]
        for weights in (each for part in still for each in part.parameters()):
            weights.requires_grad = False
        width = self.body.config.hidden_size
        self.head = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(4 * width, 256), nn.GELU(), nn.Dropout(0.1),
            nn.Linear(256, len(ROOTS)),
        )  # fmt: skip
        self.story = nn.Linear(width, len(ROOTS))
        self.marks = marks

    def forward(self, ids, mask, *, story=False):
        """Return log-odds of the roots, of a marked pair or of a story."""
        hidden = self.body(ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).float()
        mean = (hidden * weights).sum(1) / weights.sum(1)
        if story:
            return self.story(mean)
        parts = [hidden[:, 0], mean, *(self._at(hidden, ids, mask, each) for each in self.marks)]
        return self.head(torch.cat(parts, -1))

    @staticmethod
    def _at(hidden, ids, mask, sign):
        found = ((ids == sign) & (mask > 0)).float()
        first = found * (found.cumsum(1) == 1)
        return (hidden * first.unsqueeze(-1)).sum(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    fit = steps.add_parser("fit")
    fit.add_argument("--bench", type=Path, required=True)
    fit.add_argument("--fold", type=int, default=-1, help="0 to 4; -1: learn from all")
    fit.add_argument("--epochs", type=int, default=7)
    fit.add_argument("--save", type=Path)
    teach = steps.add_parser("teach")
    teach.add_argument("--weights", type=Path, required=True)
    teach.add_argument("pairs", type=Path)
    teach.add_argument("out", type=Path)
    for each in (fit, teach):
        each.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    marks = tuple(tokenizer.convert_tokens_to_ids(each) for each in "[{")
    teacher = Teacher(options.model, marks)
    {"fit": learn, "teach": say}[options.step](teacher, tokenizer, options)


def signed(marked: str) -> str:
    return MARK.sub(lambda match: SIGNS[match.group()], marked.translate(BRACKETS))


def learn(teacher, tokenizer, options) -> None:
    rows = [json.loads(line) for line in (options.bench / "plv_train.jsonl").open("rb")]
    gold = np.array([ROOTS.index(row["event"]) for row in rows])
    ids = [encoded(tokenizer, signed(row["marked"])) for row in rows]
    order = np.random.default_rng(1).permutation(len(rows))
    held = order[options.fold :: 5] if options.fold >= 0 else order[:0]
    kept = np.setdiff1d(order, held)
    stories, roots = generated(tokenizer, options.bench)
    steps = (len(stories) + options.epochs * len(kept)) // BATCH + options.epochs + 1
    follow = follower(teacher, steps)
    rare = np.bincount(gold[kept], minlength=len(ROOTS))
    weight = torch.tensor((rare.mean() / np.maximum(rare, 1)) ** 0.5, dtype=torch.float)
    teacher.train()
    for places in batches(np.arange(len(stories)), stories):
        out = said_of(teacher, tokenizer, [stories[place] for place in places], story=True)
        follow(functional.cross_entropy(out, torch.tensor(roots[places]), label_smoothing=0.15))
    for epoch in range(options.epochs):
        for places in batches(kept, ids):
            out = said_of(teacher, tokenizer, [ids[place] for place in places])
            wanted = torch.tensor(gold[places])
            follow(functional.cross_entropy(out, wanted, weight=weight, label_smoothing=0.05))
        print(f"epoch {epoch}", flush=True)
    if len(held):
        report(gold[held], predict(teacher, tokenizer, [ids[place] for place in held]).argmax(1))
    if options.save:
        torch.save(teacher.state_dict(), options.save)


def follower(teacher, steps):
    """Return what takes a step down a loss; the head goes faster than the body."""
    body = [each for each in teacher.body.parameters() if each.requires_grad]
    head = [*teacher.head.parameters(), *teacher.story.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": 3e-5}, {"params": head, "lr": 5e-4}], weight_decay=0.01
    )
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 40) * max(0.02, 1 - step / steps)
    )

    def follow(loss):
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimiser.step()
        falling.step()

    return follow


def generated(tokenizer, bench):
    """Return beginnings of generated stories and their roots."""
    ids, roots = [], []
    for line in (bench / "ngec_synthetic.jsonl").open("rb"):
        row = json.loads(line)
        root = "YIELD" if row["event"] in {"CONCEDE", "RETREAT"} else row["event"]
        ids.append(encoded(tokenizer, row["text"].strip()[:500], 96))
        roots.append(ROOTS.index(root))
    return ids, np.array(roots)


def encoded(tokenizer, text, length=LENGTH):
    return tokenizer(text, truncation=True, max_length=length)["input_ids"]


def batches(places, ids):
    """Return batches of rows of like length, in random order."""
    order = sorted(places.tolist(), key=lambda place: len(ids[place]) + random.random() * 30)  # noqa: S311 (an order)
    found = [np.array(order[at : at + BATCH]) for at in range(0, len(order), BATCH)]
    random.shuffle(found)
    return found


def padded(tokenizer, rows):
    most = max(map(len, rows))
    ids = torch.full((len(rows), most), tokenizer.pad_token_id)
    mask = torch.zeros((len(rows), most), dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    return ids, mask


def predict(teacher, tokenizer, rows):
    """Return log-odds of every row; rows of like length go together."""
    teacher.eval()
    found = np.zeros((len(rows), len(ROOTS)), np.float32)
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
    with torch.no_grad():
        for at in range(0, len(order), 4 * BATCH):
            places = order[at : at + 4 * BATCH]
            found[places] = said_of(teacher, tokenizer, [rows[place] for place in places]).numpy()
    return found


def said_of(teacher, tokenizer, rows, *, story=False):
    """Return log-odds of some rows, computed with 16 bits: four times as fast."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return teacher(*padded(tokenizer, rows), story=story).float()


def say(teacher, tokenizer, options) -> None:
    teacher.load_state_dict(torch.load(options.weights, weights_only=True))
    rows = [json.loads(line) for line in options.pairs.open("rb")]
    ids = [encoded(tokenizer, marked_row(row)) for row in rows]
    np.save(options.out, predict(teacher, tokenizer, ids))


def marked_row(row):
    """Return the sentence of a row with signs around both parties."""
    text = row["text"].translate(BRACKETS)
    (a, b), (c, d) = row["s"], row["t"]
    signs = sorted(((a, 1, "[ "), (b, 0, " ]"), (c, 1, "{ "), (d, 0, " }")))
    out, at = "", 0
    for place, _, sign in signs:
        out, at = out + text[at:place] + sign, place
    return out + text[at:]


if __name__ == "__main__":
    main()
