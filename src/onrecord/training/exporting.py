"""Write a trained network in the form in which reading runs it, and check that both agree.

The folder gets `encoder.onnx`, `tagger.onnx`, `known.f16` (vectors of known words),
`vocabulary.u64`, and `weights.npz`, from which training can go on; `card.json` lists their hashes
and what reading needs to know. Outputs of the network and of the exported file are compared on
random input. Matrices are then kept in 8 bits, which makes reading about twice as fast; what that
costs is told by the benchmark.
"""

import hashlib
import json
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.errors import ModelError
from onrecord.models.attribution import KNOWN, KNOWN_FILE
from onrecord.models.decoding import EVIDENCE
from onrecord.models.features import COLUMNS, RELATIONS, SIZES
from onrecord.training.examples import OWN
from onrecord.training.fitting import sizes_of
from onrecord.training.network import AFTER, BEFORE, BLOCK, FAR, Encoder, Network, Sizes, Tagger
from onrecord.training.shrinking import shrink

if TYPE_CHECKING:
    import onnx

__all__ = [
    "BLOCKS",
    "TOKENS",
    "Half",
    "compare",
    "export",
    "export_network",
    "load_network",
    "mask_of",
    "share",
    "write_card",
]

LARGEST_DIFFERENCE = 0.004
"""Between the numbers of torch and of ONNX Runtime, in 32 bits."""
ENCODED = ["vectors", "chances", "syntax", "below", "trunk"]
TABLES = ("encoder.known.weight", "encoder.tables.word.weight")
"""The largest weights, which reading has in 16 bits too: `known.f16`, and in `encoder.onnx`."""
TOKENS = torch.export.Dim("tokens", min=2, max=100_000)
BLOCKS = torch.export.Dim("blocks", min=2, max=2000)
FILES = ("encoder.onnx", "tagger.onnx", KNOWN_FILE, "vocabulary.u64", "weights.npz")


class Half(nn.Module):
    """A table that is stored in 16 bits."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        self.register_buffer("table", table.weight.detach().half())

    def forward(self, index: Tensor) -> Tensor:
        """Look up rows."""
        return self.table[index].float()


class _ShippedEncoder(nn.Module):
    """The encoder for one chunk without padding: chances and classes instead of log-odds."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.encoder.known = Half(encoder.known)
        self.encoder.tables["word"] = Half(encoder.tables["word"])

    def forward(self, columns: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        first, middle = self.encoder.climb(columns, None)
        syntax, normal = self.encoder.parser(middle, mask)
        labels = self.encoder.parser.labels(normal, syntax.governors).argmax(-1)
        vectors, logits = self.encoder.rise(middle, syntax.governors, None)
        found = [syntax.tags.argmax(-1), labels, syntax.entities.argmax(-1)]
        rows = torch.stack([*found, syntax.governors, (syntax.starts > 0).long()])
        return vectors, torch.sigmoid(logits), rows.int(), first, middle


class _ShippedTagger(nn.Module):
    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(
        self,
        vectors: Tensor,
        anchors: Tensor,
        places: Tensor,
        relations: Tensor,
        lines: Tensor,
        mask: Tensor,
    ) -> Tensor:
        roles: Tensor = self.tagger(vectors, anchors, places, relations, lines, mask)
        return torch.softmax(roles, -1)


def export_network(
    network: Network,
    vocabulary: NDArray[np.uint64],
    folder: Path,
    *,
    name: str,
    least: float = 0.12,
) -> None:
    """Write a network's files and its card; the card's calibration stays if there was one.

    Args:
        network: The trained network; it is changed and of no use afterwards.
        vocabulary: Sorted keys of the words that have vectors.
        folder: Where to write.
        name: Name and version, as findings will give it.
        least: Chance from which a token is taken for an anchor.

    Raises:
        ModelError: The exported network does not compute what the trained one computes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    _write_weights(network, folder / "weights.npz")
    _write_encoder(network.encoder, folder / "encoder.onnx")
    _write_tagger(network.tagger, folder / "tagger.onnx")
    shrink(folder / "encoder.onnx")
    shrink(folder / "tagger.onnx")
    (folder / KNOWN_FILE).write_bytes(share(folder / "encoder.onnx", len(vocabulary) + 1))
    (folder / "vocabulary.u64").write_bytes(vocabulary.tobytes())
    known = {"name": name, "before": BEFORE, "after": AFTER, "least": least}
    write_card(folder, known | {"calibration": _calibration(folder)}, FILES)


def load_network(folder: Path, dropout: float) -> tuple[Network, NDArray[np.uint64]]:
    """Read back a network that `export_network` wrote, to train it further.

    Returns:
        The network, and the sorted keys of the words that have vectors.
    """
    vocabulary = np.frombuffer((folder / "vocabulary.u64").read_bytes(), np.uint64)
    with np.load(folder / "weights.npz", allow_pickle=False) as stored:
        sizes = Sizes(**json.loads(str(stored["sizes"])))
        weights = {
            key: torch.from_numpy(stored[key].astype(np.float32))
            for key in stored.files
            if key != "sizes"
        }
    known = np.frombuffer((folder / KNOWN_FILE).read_bytes(), np.float16)
    tables = (
        torch.from_numpy(known.reshape(len(vocabulary) + 1, -1).astype(np.float32)),
        _table_of(folder / "encoder.onnx", SIZES["word"] + 1),
    )
    weights |= dict(zip(TABLES, tables, strict=True))
    network = Network(weights["encoder.known.weight"], sizes, dropout)
    network.load_state_dict(weights)
    return network, vocabulary


def _table_of(path: Path, rows: int) -> Tensor:
    """Return the table of word vectors with so many rows that an exported encoder holds.

    Raises:
        ModelError: There is none.
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load(path, load_external_data=False)
    table = _initializer_of(model, path, rows)
    return torch.from_numpy(numpy_helper.to_array(table).astype(np.float32))


def _initializer_of(model: "onnx.ModelProto", path: Path, rows: int) -> Any:  # noqa: ANN401
    for each in model.graph.initializer:
        if each.dims[:1] == [rows] and len(each.dims) == 2:
            return each
    raise ModelError(f"{path} holds no table of {rows} vectors; what was exported would be right")


def share(path: Path, rows: int) -> bytes:
    """Take the table with so many rows, of vectors of known words, out of an exported network.

    Returns:
        The table, row by row in 16 bits; the network names it `KNOWN`.
    """
    import onnx
    from onnx import numpy_helper
    from onnx.external_data_helper import set_external_data

    model = onnx.load(path)
    table = _initializer_of(model, path, rows)
    content = numpy_helper.to_array(table).astype(np.float16).tobytes()
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            if name == table.name:
                node.input[place] = KNOWN
    table.name = KNOWN
    table.raw_data = content
    set_external_data(table, KNOWN_FILE, offset=0, length=len(content))
    table.ClearField("raw_data")
    onnx.save(model, path)
    return content


def _write_weights(network: Network, path: Path) -> None:
    """Write all weights but the `TABLES`, which stand in what reading runs."""
    weights: dict[str, Any] = {
        key: each.numpy().astype(np.float16)
        for key, each in network.state_dict().items()
        if key not in TABLES
    }
    np.savez_compressed(path, sizes=np.array(json.dumps(asdict(sizes_of(network)))), **weights)


def _write_encoder(encoder: Encoder, path: Path) -> None:
    known, given = len(encoder.known.weight), COLUMNS[:OWN]
    shipped = _ShippedEncoder(encoder).eval()

    def tokens(size: int) -> tuple[Tensor, Tensor]:
        tops = [known if name == "known" else SIZES[name] for name in given]
        columns = torch.stack([torch.randint(0, top, (size,)) for top in tops])
        return columns, mask_of(size)

    shapes: dict[str, dict[int, Any]] = {"columns": {1: TOKENS}, "mask": {0: BLOCK * BLOCKS}}
    export(shipped, tokens(5 * BLOCK - 20), path, shapes, ENCODED)
    compare(shipped, tokens(9 * BLOCK - 20), path, list(shapes))


def mask_of(size: int) -> Tensor:
    """Return 1 for so many tokens and 0 up to the next whole block, shape (m, 1)."""
    mask = torch.zeros(size + -size % BLOCK, 1)
    mask[:size] = 1
    return mask


def _write_tagger(tagger: Tagger, path: Path) -> None:
    width = tagger.token.in_features
    shipped = _ShippedTagger(tagger).eval()

    def anchors(size: int, count: int) -> tuple[Tensor, ...]:
        window = (count, BEFORE + AFTER)
        return (
            torch.randn(size, width),
            torch.randint(0, size, (count,)),
            torch.randint(0, size, window),
            torch.randint(0, RELATIONS, window),
            torch.randint(0, FAR, window),
            torch.ones(*window, 1),
        )

    n, k = torch.export.Dim("n", min=2, max=100_000), torch.export.Dim("k", min=1, max=4096)
    names = ["vectors", "anchors", "places", "relations", "lines", "mask"]
    shapes = {name: {0: n if name == "vectors" else k} for name in names}
    export(shipped, anchors(300, 7), path, shapes, ["roles"])
    compare(shipped, anchors(411, 13), path, names)


def export(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    shapes: dict[str, dict[int, Any]],
    outputs: list[str],
) -> None:
    """Write a module as ONNX.

    Args:
        module: The module, in evaluation mode.
        inputs: Inputs to trace it with.
        path: Where to write.
        shapes: Which axes of which input may have another size, by the inputs' names in order.
        outputs: Names of the outputs.

    Raises:
        ModelError: The module cannot be written.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            module,
            inputs,
            dynamo=True,
            dynamic_shapes=shapes,
            input_names=list(shapes),
            output_names=outputs,
            verbose=False,
        )
    if program is None:
        raise ModelError(f"{path} could not be exported")
    program.save(path, external_data=False)


def compare(module: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: list[str]) -> None:
    """Check that an exported network computes on these inputs what the module computes.

    Raises:
        ModelError: It does not.
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    given = {name: each.numpy() for name, each in zip(names, inputs, strict=True)}
    found = session.run(None, given)
    with torch.no_grad():
        wanted = module(*inputs)
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    apart = max(
        float(np.abs(one - other.numpy()).max()) for one, other in zip(found, wanted, strict=True)
    )
    if apart > LARGEST_DIFFERENCE:
        raise ModelError(f"{path} does not compute what was trained: they differ by {apart:.4f}")


def write_card(folder: Path, known: dict[str, Any], files: tuple[str, ...]) -> None:
    """Write what is known of a network, and its files' hashes, into its card."""
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    card |= known
    card["files"] = {
        file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files
    }
    path.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _calibration(folder: Path) -> dict[str, float]:
    """Return the calibration that the folder's card holds, or one that believes the network."""
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    held: dict[str, float] = card.get("calibration", dict.fromkeys(EVIDENCE, 0.0) | {"anchor": 1.0})
    return held
