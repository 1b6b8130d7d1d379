"""Train the syntax network: what a general parser says of a text, said by heads on our own encoder.

    python training/syntax.py pack DATA --articles TEXTS.jsonl TEXTS.npz ... --dev DEV.jsonl DEV.npz
    python training/syntax.py fit DATA NET.pt --seconds 400
    python training/syntax.py keep NET.pt WEIGHTS.npz
    python training/syntax.py score DATA WEIGHTS.npz
    python training/syntax.py export WEIGHTS.npz FOLDER

`pack` turns parsed texts (`training/parses.py`) into numbers, so that `fit` needs no texts; `fit`
trains on a GPU if there is one, for so many seconds, on the vectors of the attribution network's
encoder, which stays as it is; `keep` writes the weights in 16 bits; `score` says how often they
agree with the parser on the dev texts; `export` writes what reading runs.
"""

import argparse
import json
import lzma
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from onrecord.models.attribution import FOLDER, load_attribution_network
from onrecord.models.features import PIECE, SIZES
from onrecord.training.examples import GAP, IGNORED, OWN, PUNCT, read_examples
from onrecord.training.exporting import load_network
from onrecord.training.network import BLOCK
from onrecord.training.syntax import SyntaxNetwork, export_syntax, lower_vectors


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=["pack", "fit", "keep", "score", "export"])
    options.add_argument("source", type=Path)
    options.add_argument("target", type=Path, nargs="?")
    options.add_argument("--articles", nargs=2, type=Path, action="append", default=[])
    options.add_argument("--dev", nargs=2, type=Path)
    options.add_argument("--seconds", type=float, default=400)
    options.add_argument("--width", type=int, default=256)
    options.add_argument("--dilations", type=int, nargs="+", default=[1, 2, 4, 8, 1])
    options.add_argument("--tokens", type=int, default=16_384)
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--dropout", type=float, default=0.1)
    options.add_argument("--forget", type=float, default=0.1)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    tasks = {"pack": pack, "fit": fit, "keep": keep, "score": score, "export": export}
    tasks[given.task](given)


# --------------------------------------------------------------- texts as numbers


def pack(given):
    """Write the texts' columns and parses, compressed as well as they can be."""
    vocabulary = load_attribution_network().vocabulary
    given.source.mkdir(parents=True, exist_ok=True)
    parts = {"train": given.articles, "dev": [given.dev] if given.dev else []}
    for name, sources in parts.items():
        examples = [
            each for paths in sources for each in read_examples(*paths, vocabulary) if len(each) > 9
        ]
        if not examples:
            continue
        columns = np.concatenate([each.features.columns for each in examples], axis=1)
        words, which = np.unique(columns[:5], axis=1, return_inverse=True)
        sizes = np.array([len(each) for each in examples], np.int32)
        away = [each.features.heads - np.arange(len(each)) for each in examples]
        starts = [np.diff(each.features.sentences, prepend=-1) != 0 for each in examples]
        arrays = {
            "words": words.astype(np.int32),
            "which": which.reshape(-1).astype(np.int32),
            "rest": columns[5:].astype(np.uint8),
            "away": np.clip(np.concatenate(away), -32000, 32000).astype(np.int16),
            "starts": np.concatenate(starts).astype(np.uint8),
            "sizes": sizes,
        }
        path = given.source / f"{name}.xz"
        with lzma.open(path, "wb", preset=9 | lzma.PRESET_EXTREME) as out:
            np.savez(out, **arrays)
        print(name, len(sizes), "texts,", f"{sizes.sum():,} tokens,", path.stat().st_size, "bytes")


class Texts:
    """Packed texts, from which batches are laid out on the device."""

    def __init__(self, path, device):
        with lzma.open(path, "rb") as file:
            stored = np.load(file)
            arrays = {name: stored[name] for name in stored.files}
        self.words = torch.from_numpy(arrays["words"].astype(np.int64)).to(device)
        self.which = arrays["which"]
        self.rest, self.away = arrays["rest"], arrays["away"]
        self.starts, self.sizes = arrays["starts"], arrays["sizes"]
        self.begins = np.concatenate([[0], np.cumsum(self.sizes)])
        self.device = device

    def groups(self, tokens, chance):
        """Yield groups of texts of about so many tokens; long texts stand alone, cut."""
        order = chance.permutation(len(self.sizes))
        group, size = [], 0
        for number in order.tolist():
            length = min(int(self.sizes[number]), tokens - 2 * GAP)
            if group and size + length + GAP > tokens:
                yield group
                group, size = [], 0
            group.append((number, length))
            size += length + GAP
        if group:
            yield group

    def join(self, group, tokens):
        """Lay texts one after another in `tokens` places."""
        tokens += -tokens % BLOCK
        source = np.full(tokens, -1, np.int64)
        at = GAP
        for number, length in group:
            source[at : at + length] = np.arange(self.begins[number], self.begins[number] + length)
            at += length + GAP
            if at >= tokens:
                break
        real = source >= 0
        taken = np.maximum(source, 0)
        which = torch.from_numpy(np.where(real, self.which[taken], -1)).to(self.device).long()
        rest = torch.from_numpy(self.rest[:, taken]).to(self.device).long()
        away = torch.from_numpy(self.away[taken].astype(np.int64)).to(self.device)
        starts = torch.from_numpy(self.starts[taken].astype(np.float32)).to(self.device)
        mask = torch.from_numpy(real).to(self.device)
        columns = torch.zeros(OWN, tokens, dtype=torch.long, device=self.device)
        columns[:5] = self.words[:, which.clamp(min=0)]
        columns[5:] = rest[:2]
        columns = columns * mask
        return columns, rest[2:], away, starts * mask, mask


# --------------------------------------------------------------- training


def begin(given):
    """Return the device, the encoder on it, and the texts that nothing is trained on."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_default_device(device)
    encoder = load_network(FOLDER, 0.0)[0].encoder.to(device).eval()
    return (
        device,
        encoder.requires_grad_(requires_grad=False),
        Texts(given.source / "dev.xz", device),
    )


def fit(given):  # noqa: PLR0915 (one loop, read from top to bottom)
    """Train for so many seconds; write the average of the weights, which is what ships."""
    device, encoder, dev = begin(given)
    torch.manual_seed(given.seed)
    chance = np.random.default_rng(given.seed)
    texts = Texts(given.source / "train.xz", device)
    network = SyntaxNetwork(given.width, tuple(given.dilations), given.dropout)
    average = SyntaxNetwork(given.width, tuple(given.dilations), 0.0).eval()
    average.load_state_dict(network.state_dict())
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=given.rate, weight_decay=0.02, betas=(0.9, 0.98)
    )
    begun, step, told, epoch = time.time(), 0, 0.0, 0
    while True:
        for group in texts.groups(given.tokens, chance):
            done = (time.time() - begun) / given.seconds
            if done >= 1:
                break
            for each in optimizer.param_groups:
                each["lr"] = given.rate * min(1.0, step / 200) * (1 - done)
            batch = texts.join(group, given.tokens)
            forget(batch[0], given.forget)
            network.train()
            with torch.autocast(device, torch.bfloat16):
                with torch.no_grad():
                    below = lower_vectors(encoder, batch[0], batch[4].float().unsqueeze(-1))
                losses = losses_of(network, below, batch)
            total = sum(losses.values())
            total.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            blend(average, network, min(0.9995, step / (10 + step)))
            step += 1
            if step % 200 == 0 and time.time() - told > 30:
                told = time.time()
                told_of = " ".join(f"{name} {float(x.detach()):.3f}" for name, x in losses.items())
                print(f"{time.time() - begun:.0f} s, step {step}, epoch {epoch}: {told_of}")
                print("  dev", look(average, encoder, dev, given.tokens, device), flush=True)
        else:
            epoch += 1
            continue
        break
    print("dev", look(average, encoder, dev, given.tokens, device), flush=True)
    sizes = {"width": given.width, "dilations": list(given.dilations)}
    weights = {name: each.cpu() for name, each in average.state_dict().items()}
    torch.save({"sizes": sizes, "weights": weights}, given.target)


def forget(columns, share):
    """Make a share of the words unknown to the network, by name or altogether."""
    lost = torch.rand(columns.shape[1])
    columns[1] = torch.where(lost < share, SIZES["word"], columns[1])
    columns[0] = torch.where(lost < share / 3, 0, columns[0])


def targets_of(batch):
    """Return where each governor stands among three blocks, or IGNORED, and the governors."""
    _, _, away, _, mask = batch
    tokens = torch.arange(len(away))
    governors = (tokens + away).clamp(0, len(away) - 1)
    place = governors - (tokens - tokens % BLOCK - BLOCK)
    fits = (place >= 0) & (place < 3 * BLOCK) & mask
    return torch.where(fits, place, IGNORED), governors


def losses_of(network, below, batch):
    _, wanted, _, starts, mask = batch
    found, normal = network(below, mask.float().unsqueeze(-1))
    place, governors = targets_of(batch)
    is_first = mask & (wanted[1] != PIECE)
    labels = network.parser.labels(normal, governors)

    def loss(logits, target, counted):
        return functional.cross_entropy(
            logits.float(), torch.where(counted, target, IGNORED), ignore_index=IGNORED
        )

    start = functional.binary_cross_entropy_with_logits(
        found.starts.float(), starts, reduction="none"
    )
    return {
        "head": loss(found.heads, place, is_first),
        "tag": loss(found.tags, wanted[0], is_first),
        "label": loss(labels, wanted[1], is_first),
        "entity": loss(found.entities, wanted[2], mask),
        "start": 4 * (start * mask).sum() / mask.sum(),
    }


def blend(average, network, keep):
    with torch.no_grad():
        old, new = list(average.parameters()), list(network.parameters())
        torch._foreach_lerp_(old, new, 1 - keep)


@torch.no_grad()
def look(network, encoder, texts, tokens, device):
    """Return the shares that are as the parser says, over the words."""
    counts = torch.zeros(8)
    for group in texts.groups(tokens, np.random.default_rng(0)):
        batch = texts.join(group, tokens)
        _, wanted, _, starts, mask = batch
        with torch.autocast(device, torch.bfloat16):
            below = lower_vectors(encoder, batch[0], mask.float().unsqueeze(-1))
            found, normal = network(below, mask.float().unsqueeze(-1))
        place, _ = targets_of(batch)
        labels = network.parser.labels(normal.float(), found.governors).argmax(-1)
        word = mask & (wanted[1] != PIECE)
        plain = word & (wanted[1] != PUNCT)
        head = (found.heads.argmax(-1) == place) & plain
        entity = found.entities.argmax(-1)
        counts += torch.stack(
            [
                plain.sum(),
                head.sum(),
                (head & (labels == wanted[1])).sum(),
                ((found.tags.argmax(-1) == wanted[0]) & plain).sum(),
                ((entity == wanted[2]) & (entity > 0) & word).sum(),
                ((entity > 0) & word).sum() + ((wanted[2] > 0) & word).sum(),
                (((found.starts > 0) & (starts > 0)) & mask).sum(),
                ((found.starts > 0) & mask).sum() + ((starts > 0) & mask).sum(),
            ]
        ).float()
    n, head, both, tag, entity, entities, start, begun = counts.tolist()
    return json.dumps(
        {
            "heads": round(100 * head / n, 2),
            "labelled": round(100 * both / n, 2),
            "tags": round(100 * tag / n, 2),
            "entity words F1": round(200 * entity / entities, 2),
            "starts F1": round(200 * start / begun, 2),
        }
    )


def keep(given):
    """Write the weights in 16 bits, with the sizes, as an archive that needs no pickle."""
    kept = torch.load(given.source, weights_only=True)
    weights = {name: each.numpy().astype(np.float16) for name, each in kept["weights"].items()}
    np.savez_compressed(given.target, sizes=np.array(json.dumps(kept["sizes"])), **weights)


def read_kept(path):
    """Return the network whose weights were kept."""
    with np.load(path, allow_pickle=False) as stored:
        sizes = json.loads(str(stored["sizes"]))
        names = [name for name in stored.files if name != "sizes"]
        weights = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in names}
    network = SyntaxNetwork(sizes["width"], tuple(sizes["dilations"]), 0.0).eval()
    network.load_state_dict(weights)
    return network


def score(given):
    """Print how often kept weights say what the parser says of the dev texts."""
    device, encoder, dev = begin(given)
    print(look(read_kept(given.target), encoder, dev, given.tokens, device))


def export(given):
    """Write the network as reading runs it."""
    export_syntax(read_kept(given.source), given.target)


if __name__ == "__main__":
    main()
