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
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import ModelError
from onrecord.models.decoding import EVIDENCE, Anchors, AttributedSpans, decode, without_doubles
from onrecord.models.features import (
    COLUMNS,
    Features,
    Floats,
    Ints,
    Marked,
    encode,
    places_around,
    relations_around,
)
from onrecord.models.loading import once

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray

__all__ = [
    "KNOWN",
    "KNOWN_FILE",
    "AttributedSpans",
    "AttributionNetwork",
    "Chunk",
    "Encoded",
    "Vectors",
    "chunks",
    "load_attribution_network",
    "read_card",
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
"""A token's governor is looked for among its own so many tokens and as many on either side."""
GIVEN = COLUMNS[:-3]
"""The columns that the text itself gives."""
PLACE = COLUMNS.index("place")
KNOWN, KNOWN_FILE = "known_words", "known.f16"
"""The largest table, vectors of known words: networks name it, and it lies in a file of its own, so
that it is shipped and held once."""
READ = ("vocabulary.u64", KNOWN_FILE, "encoder.onnx", "tagger.onnx")
"""The files that reading needs; what training goes on from is left alone."""


class Card(Struct, frozen=True):
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
        ModelError: A file is missing or is not the one that the card lists, or another version of
            OnRecord made them.
    """

    def __init__(self, folder: Path) -> None:
        self.card = _read_card(folder / "card.json")
        if KNOWN_FILE not in self.card.files:
            raise ModelError(
                f"{folder} has no {KNOWN_FILE}: an older OnRecord made it; a network that "
                "`onrecord train` makes now would be right"
            )
        vocabulary, known, encoder, tagger = (
            read_checked(folder / name, self.card.files[name]) for name in READ
        )
        self.vocabulary = np.frombuffer(vocabulary, np.uint64)
        self.known = np.frombuffer(known, np.float16).reshape(len(self.vocabulary) + 1, -1)
        self._encoder = start_session(encoder, self.known)
        self._tagger = start_session(tagger)

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
        features = encode(text, quotations, None, self.vocabulary)
        found: list[AttributedSpans] = []
        for chunk in chunks(len(features)):
            encoded = self.encode_part(features.part(chunk.start, chunk.stop))
            found += self.find_in(encoded, chunk.first, chunk.last, least=least)
        return tuple(without_doubles(found))

    def find_in(
        self, encoded: "Encoded", first: int, last: int, *, least: float = 0.0
    ) -> list[AttributedSpans]:
        """Find the attributions whose anchors are among the tokens `first` to `last` (excluded)."""
        least = max(least, self.card.least)
        places = first + np.flatnonzero(encoded.chances[first:last] >= least)
        found: list[AttributedSpans] = []
        for some in np.split(places, range(AT_ONCE, len(places), AT_ONCE)):
            if len(some):
                roles = self._tag(encoded, some)
                anchors = Anchors(some, encoded.chances[some], roles, self.card.before)
                found += decode(anchors, encoded.features, self.card.calibration)
        return found

    def encode(self, text: str, quotations: Iterable[Marked]) -> "Encoded":
        """Return what the encoder says of the tokens of a text of at most `CHUNK` tokens.

        Other networks build on it: a token's vector, and the tree that the parser inside found.
        """
        return self.encode_part(encode(text, quotations, None, self.vocabulary).part(0, CHUNK))

    def encode_part(self, features: Features) -> "Encoded":
        """Run the encoder on a chunk; what the parser inside finds is put into its features."""
        size = len(features)
        columns = features.columns[: len(GIVEN)].astype(np.int64)
        mask = np.zeros((size + -size % BLOCK, 1), np.float32)
        mask[:size] = 1
        given = {"columns": columns, "mask": mask}
        vectors, chances, syntax, below, trunk = self._encoder.run(None, given)
        tags, labels, entities, governors, begins = syntax
        begins[:1] = 1
        full = np.concatenate([features.columns[: len(GIVEN)], [tags, labels, entities]])
        parsed = replace(features, columns=full, heads=governors, sentences=np.cumsum(begins))
        return Encoded(parsed, vectors, chances, below, trunk, mask)

    def _tag(self, chunk: "Encoded", anchors: Ints) -> Floats:
        """Run the tagger on anchors of one chunk; return roles of shape (anchors, tokens, 4)."""
        features, before, after = chunk.features, self.card.before, self.card.after
        places, exists = places_around(anchors, len(features), before, after)
        lines = np.cumsum(features.columns[PLACE] % 4 == 1)
        given = {
            "vectors": chunk.vectors,
            "anchors": anchors,
            "places": places,
            "relations": relations_around(anchors, features, before, after),
            "lines": np.clip(lines[places] - lines[anchors][:, None], -3, 3) + 3,
            "mask": exists[:, :, None].astype(np.float32),
        }
        roles: Floats = self._tagger.run(None, given)[0] * given["mask"]
        return roles


class Vectors(Struct, frozen=True):
    """What later networks read of a text of n tokens.

    Attributes:
        features: Its features, with the syntax that the encoder found.
        vectors: Shape (n, width).
    """

    features: Features
    vectors: Floats

    def between(self, low: int, high: int) -> "Vectors":
        """Return that of the tokens between two characters of the text."""
        first, last = np.searchsorted(self.features.starts, (low, high)).tolist()
        return Vectors(self.features.part(first, last), self.vectors[first:last])


class Encoded(Struct, frozen=True):
    """A part of a text that was read at once, with what the encoder says of its n tokens.

    Attributes:
        features: Its features, with the syntax that the parser inside found.
        vectors: Shape (n, width).
        chances: That each token is an anchor, shape (n,).
        below: Vectors that enter its trunk, shape (n, width).
        trunk: Vectors that leave it, shape (n, width).
        mask: 1 for every token, 0 up to the next multiple of `BLOCK`, shape (m, 1).
    """

    features: Features
    vectors: Floats
    chances: Floats
    below: Floats
    trunk: Floats
    mask: Floats

    @property
    def kept(self) -> Vectors:
        """What is worth keeping once the article's own networks have read it."""
        return Vectors(self.features, self.vectors)


class Chunk(NamedTuple):
    """What is read at once, tokens `start` to `stop`; counted within it, what results count of."""

    start: int
    stop: int
    first: int
    last: int


@once
def load_attribution_network() -> AttributionNetwork:
    """Load the network that is shipped with the package, once.

    Raises:
        ModelError: A file of it is missing or altered.
    """
    return AttributionNetwork(FOLDER)


def chunks(size: int) -> Iterator[Chunk]:
    """Yield the chunks that a text of so many tokens is read in; each token counts in one."""
    step = CHUNK - 2 * OVERLAP
    for first in range(0, size, step):
        last = min(first + step, size)
        start = max(0, first - OVERLAP)
        yield Chunk(start, min(size, last + OVERLAP), first - start, last - start)


def read_card(path: Path) -> dict[str, Any]:
    """Return what a network's card says.

    Raises:
        ModelError: It cannot be read.
    """
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"the network's card {path} cannot be read: {error}") from error
    return card


def _read_card(path: Path) -> Card:
    card = read_card(path)
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


def start_session(
    content: bytes, known: "NDArray[np.float16] | None" = None
) -> "onnxruntime.InferenceSession":
    """Load a network for one thread on the CPU.

    Args:
        content: The network.
        known: Vectors of the words that have one, for a network that leaves this table to others.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if known is not None:
        table = onnxruntime.OrtValue.ortvalue_from_numpy(known)
        options.add_external_initializers([KNOWN], [table])
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
