"""The attribution network: who is said to have said what, read by a small network of our own.

The network has two parts. The encoder gives every token its place in the sentence's tree, a
vector, and the chance that it is an anchor, the head word of a cue; the tagger says for each anchor
which of the tokens around it are its source, its cue and its content. Both run on ONNX Runtime with
one thread, article by article, so the same text always gives the same numbers. The weights and
their model card lie beside this file.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.errors import ModelError
from onrecord.models.decoding import EVIDENCE, Anchors, AttributedSpans, decode, without_doubles
from onrecord.models.features import COLUMNS, Features, Floats, Ints, Marked, encode, relations_to

if TYPE_CHECKING:
    import onnxruntime

__all__ = [
    "AttributedSpans",
    "AttributionNetwork",
    "Encoded",
    "load_attribution_network",
    "read_checked",
    "start_session",
]

FOLDER = Path(__file__).parent / "attribution-2"
CHUNK = 4096
"""Tokens that the encoder reads at once; longer texts are read in overlapping chunks."""
OVERLAP = 160
"""Tokens of a chunk's edge whose results are taken from the neighbour."""
AT_ONCE = 64
"""Anchors that the tagger reads at once: bounds memory."""
BLOCK = 64
"""The encoder reads a multiple of this many tokens."""
GIVEN = COLUMNS[:-3]
"""The columns that the text itself gives."""
PLACE = COLUMNS.index("place")


@dataclass(frozen=True, slots=True)
class Card:
    """What the model card says that the program needs.

    Attributes:
        name: Name and version, as findings give it.
        before: Tokens before an anchor that the tagger sees.
        after: Tokens from the anchor on that it sees.
        least: Chance below which no token is taken for an anchor.
        calibration: Weights of the evidence for an attribution (`onrecord.models.decoding`).
        files: SHA-256 of every file.
    """

    name: str
    before: int
    after: int
    least: float
    calibration: tuple[float, ...]
    files: dict[str, str]


class AttributionNetwork:
    """A loaded network; use `load_attribution_network` to get the one that is shipped.

    Args:
        folder: Where `card.json` and the files it lists are.

    Raises:
        ModelError: A file is missing or is not the one that the card lists.
    """

    def __init__(self, folder: Path) -> None:
        self.card = _read_card(folder / "card.json")
        contents = {name: read_checked(folder / name, sha) for name, sha in self.card.files.items()}
        self.vocabulary = np.frombuffer(contents["vocabulary.u64"], np.uint64)
        self._encoder = start_session(contents["encoder.onnx"])
        self._tagger = start_session(contents["tagger.onnx"])

    @property
    def name(self) -> str:
        """Name and version, as findings give it."""
        return self.card.name

    def attribute(
        self, text: str, quotations: Iterable[Marked], *, least: float = 0.0
    ) -> tuple[AttributedSpans, ...]:
        """Find the attributions of a text, in order of their content.

        Args:
            text: The text.
            quotations: Its quotations, in order of their start.
            least: Chance from which a token is taken for an anchor; the card's own `least` is the
                lowest that counts. Every anchor costs time.

        Returns:
            Attributions with calibrated probabilities; near doubles are left out.
        """
        least = max(least, self.card.least)
        features = encode(text, quotations, None, self.vocabulary)
        found = []
        for start, stop, first, last in _chunks(len(features)):
            chunk = self._encode(features.part(start, stop))
            places = np.flatnonzero(chunk.chances[first - start : last - start] >= least)
            places += first - start
            for some in np.split(places, range(AT_ONCE, len(places), AT_ONCE)):
                if len(some):
                    roles = self._tag(chunk, some)
                    anchors = Anchors(some, chunk.chances[some], roles, self.card.before)
                    found += decode(anchors, chunk.features, self.card.calibration)
        return tuple(without_doubles(found))

    def encode(self, text: str, quotations: Iterable[Marked]) -> "Encoded":
        """Return what the encoder says of the tokens of a text of at most `CHUNK` tokens.

        Other networks build on it: a token's vector, and the tree that the parser inside found.
        """
        return self._encode(encode(text, quotations, None, self.vocabulary).part(0, CHUNK))

    def _encode(self, features: Features) -> "Encoded":
        """Run the encoder on a chunk; what the parser inside finds is put into its features."""
        size = len(features)
        padded = size + -size % BLOCK
        columns = np.zeros((len(GIVEN), padded), np.int64)
        columns[:, :size] = features.columns[: len(GIVEN)]
        mask = np.zeros((padded, 1), np.float32)
        mask[:size] = 1
        vectors, chances, syntax = self._encoder.run(None, {"columns": columns, "mask": mask})
        tags, labels, entities, governors, begins = syntax[:, :size].astype(np.int32)
        begins[:1] = 1
        full = np.concatenate([features.columns[: len(GIVEN)], [tags, labels, entities]])
        heads = np.minimum(governors, size - 1)
        parsed = replace(features, columns=full, heads=heads, sentences=np.cumsum(begins))
        return Encoded(parsed, vectors[:size], chances[:size])

    def _tag(self, chunk: "Encoded", anchors: Ints) -> Floats:
        """Run the tagger on anchors of one chunk; return roles of shape (anchors, tokens, 4)."""
        features, before, after = chunk.features, self.card.before, self.card.after
        size = len(features)
        places = anchors[:, None] + np.arange(-before, after)
        exists = (places >= 0) & (places < size)
        places = np.clip(places, 0, size - 1)
        relations = np.zeros(places.shape, np.int64)
        for row, anchor in enumerate(anchors.tolist()):
            low, high = max(0, anchor - before), min(size, anchor + after)
            inside = slice(low - anchor + before, high - anchor + before)
            relations[row, inside] = relations_to(anchor, features, low, high)
        lines = np.cumsum(features.columns[PLACE] % 4 == 1)
        given = {
            "vectors": chunk.vectors,
            "anchors": anchors,
            "places": places,
            "relations": relations,
            "lines": np.clip(lines[places] - lines[anchors][:, None], -3, 3) + 3,
            "mask": exists[:, :, None].astype(np.float32),
        }
        roles: Floats = self._tagger.run(None, given)[0] * given["mask"]
        return roles


@dataclass(frozen=True, slots=True)
class Encoded:
    """A part of a text that was read at once, with what the encoder says of its n tokens.

    Attributes:
        features: Its features, with the syntax that the parser inside found.
        vectors: Shape (n, width).
        chances: That each token is an anchor, shape (n,).
    """

    features: Features
    vectors: Floats
    chances: Floats


@lru_cache(maxsize=1)
def load_attribution_network() -> AttributionNetwork:
    """Load the network that is shipped with the package, once.

    Raises:
        ModelError: A file of it is missing or altered.
    """
    return AttributionNetwork(FOLDER)


def _chunks(size: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield what to read, from and to, and the part of it whose results count, from and to."""
    step = CHUNK - 2 * OVERLAP
    for first in range(0, size, step):
        last = min(first + step, size)
        yield max(0, first - OVERLAP), min(size, last + OVERLAP), first, last


def _read_card(path: Path) -> Card:
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"the network's card {path} cannot be read: {error}") from error
    return Card(
        name=card["name"],
        before=card["before"],
        after=card["after"],
        least=card["least"],
        calibration=tuple(card["calibration"][name] for name in EVIDENCE),
        files=card["files"],
    )


def read_checked(path: Path, sha256: str) -> bytes:
    """Return a file's content.

    Raises:
        ModelError: It is missing, or its SHA-256 is another one.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the network's file {path} cannot be read: {error}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ModelError(f"{path} was altered: its SHA-256 is {found}, the card says {sha256}")
    return content


def start_session(content: bytes) -> "onnxruntime.InferenceSession":
    """Load a network for one thread on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
