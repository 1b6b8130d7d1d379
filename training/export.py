"""Export a trained checkpoint as the network that the package ships, and compare the two.

    python training/export.py CHECKPOINT.pt src/onrecord/models/attribution-1 --name attribution-1

Writes encoder.onnx, tagger.onnx and vocabulary.u64, and into card.json their hashes and what
reading needs to know. Outputs of the checkpoint and of the exported file are compared on random
input: a difference over 0.002 is an error. Large tables are kept in 16 bits. Unless --exact is
given, matrices are then kept in 8 bits, which makes reading about twice as fast; what that costs
is told by the benchmark, not by random input.
"""

import argparse
import hashlib
import json
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from attribution import AFTER, BEFORE, Network
from onrecord.models.decoding import EVIDENCE
from onrecord.models.features import COLUMNS, RELATIONS, SIZES

LARGEST_DIFFERENCE = 0.002


class Half(nn.Module):
    """A table that is stored in 16 bits."""

    def __init__(self, table):
        super().__init__()
        self.register_buffer("table", table.weight.detach().half())

    def forward(self, index):
        return self.table[index].float()


class ShippedEncoder(nn.Module):
    """The encoder for one article: no padding, chances instead of log-odds."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        self.encoder.known = Half(encoder.known)
        self.encoder.tables["word"] = Half(encoder.tables["word"])

    def forward(self, columns, heads):
        vectors, logits = self.encoder(columns, heads, 1.0)
        return vectors, torch.sigmoid(logits)


class ShippedTagger(nn.Module):
    def __init__(self, tagger):
        super().__init__()
        self.tagger = tagger

    def forward(self, vectors, anchors, places, relations, lines, mask):
        return torch.softmax(self.tagger(vectors, anchors, places, relations, lines, mask), -1)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("checkpoint", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("--name", default="attribution-1")
    options.add_argument("--exact", action="store_true", help="keep matrices in 32 bits")
    options.add_argument("--least", type=float, default=0.12)
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    kept = torch.load(given.checkpoint, weights_only=True)
    network, vocabulary = rebuild(kept)
    write_encoder(ShippedEncoder(network.encoder).eval(), given.folder / "encoder.onnx")
    write_tagger(ShippedTagger(network.tagger).eval(), given.folder / "tagger.onnx")
    if not given.exact:
        shrink(given.folder / "encoder.onnx")
        shrink(given.folder / "tagger.onnx")
    (given.folder / "vocabulary.u64").write_bytes(vocabulary.tobytes())
    write_card(given.folder, given.name, given.least)


def rebuild(kept):
    weights = kept["average"]
    known = weights["encoder.known.weight"]
    network = Network(known, kept["sizes"]["width"], kept["sizes"]["size"], 0.0)
    network.load_state_dict(weights)
    return network.eval(), kept["vocabulary"].numpy().astype(np.uint64)


def random_tokens(size, known):
    columns = torch.stack(
        [torch.randint(0, known if name == "known" else SIZES[name], (size,)) for name in COLUMNS]
    )
    return columns, torch.randint(0, size, (size,))


def write_encoder(encoder, path):
    known = len(encoder.encoder.known.table)
    n = torch.export.Dim("n", min=2, max=100_000)
    shapes = {"columns": {1: n}, "heads": {0: n}}
    export(encoder, random_tokens(300, known), path, shapes, ["vectors", "chances"])
    columns, heads = random_tokens(517, known)
    compare(encoder, (columns, heads), path, ["columns", "heads"])


def write_tagger(tagger, path):
    width = tagger.tagger.token.in_features
    n, k = torch.export.Dim("n", min=2, max=100_000), torch.export.Dim("k", min=1, max=4096)
    names = ["vectors", "anchors", "places", "relations", "lines", "mask"]
    shapes = {name: {0: n if name == "vectors" else k} for name in names}
    export(tagger, random_anchors(300, 7, width), path, shapes, ["roles"])
    compare(tagger, random_anchors(411, 13, width), path, names)


def random_anchors(size, count, width):
    window = (count, BEFORE + AFTER)
    return (
        torch.randn(size, width),
        torch.randint(0, size, (count,)),
        torch.randint(0, size, window),
        torch.randint(0, RELATIONS, window),
        torch.randint(0, 7, window),
        torch.ones(*window, 1),
    )


def export(module, inputs, path, shapes, outputs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            module, inputs, dynamo=True, dynamic_shapes=shapes, input_names=list(shapes),
            output_names=outputs, verbose=False,
        )  # fmt: skip
    program.save(path, external_data=False)


def compare(module, inputs, path, names):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    given = {name: each.numpy() for name, each in zip(names, inputs, strict=True)}
    found = session.run(None, given)
    with torch.no_grad():
        wanted = module(*inputs)
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    apart = max(
        float(np.abs(one - other.numpy()).max()) for one, other in zip(found, wanted, strict=True)
    )
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, largest difference {apart:.6f}")
    if apart > LARGEST_DIFFERENCE:
        raise SystemExit(f"{path} does not compute what the checkpoint computes")


def shrink(path):
    """Keep matrices in 8 bits, one scale a column; activations are scaled at run time."""
    quantize_dynamic(
        path, path, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True,
        weight_type=QuantType.QInt8,
    )  # fmt: skip
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB in 8 bits")


def write_card(folder, name, least):
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    card |= {"name": name, "before": BEFORE, "after": AFTER, "least": least}
    card.setdefault("calibration", dict.fromkeys(EVIDENCE, 0.0) | {"anchor": 1.0})
    card["files"] = {
        file: hashlib.sha256((folder / file).read_bytes()).hexdigest()
        for file in ("encoder.onnx", "tagger.onnx", "vocabulary.u64")
    }
    path.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
