"""Which contents may hold another statement, told from what the encoder said of them.

What somebody is said to have said is read again as if it stood alone, to find what others are said
to have said in it. Most contents hold nothing of the kind: a network of two small layers says, from
the vectors of the first pass, of every token whether it may lead an inner statement, and contents
without such a token are not read again. Weights and model card lie beside this file.
"""

import hashlib
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.models.attribution import read_card, read_checked
from onrecord.models.features import Floats, Ints
from onrecord.models.loading import once

__all__ = ["InnerNetwork", "Leads", "load_inner_network", "write_inner"]

FOLDER = Path(__file__).parent / "inner"
WEIGHTS = "weights.f16"


class InnerNetwork:
    """A loaded network; use `load_inner_network` to get the one that is shipped.

    Args:
        folder: Where `card.json` and the file it lists are.

    Raises:
        ModelError: A file is missing or is not the one that the card lists.
    """

    def __init__(self, folder: Path) -> None:
        card = read_card(folder / "card.json")
        content = read_checked(folder / WEIGHTS, card["files"][WEIGHTS])
        weights = np.frombuffer(content, np.float16).astype(np.float32)
        edges = pairwise(np.cumsum([0, *(int(np.prod(each)) for each in card["shapes"])]).tolist())
        self._layers = [
            weights[first:last].reshape(shape)
            for (first, last), shape in zip(edges, card["shapes"], strict=True)
        ]
        self.name: str = card["name"]
        self.least: float = card["least"]

    def logits(self, vectors: Floats) -> Floats:
        """Return the log-odds that each of n tokens leads an inner statement.

        Args:
            vectors: What the encoder says of them, shape (n, width).
        """
        first, shift, second, last = self._layers
        hidden = np.maximum(vectors @ first.T + shift, 0)
        logits: Floats = (hidden @ second.T + last)[:, 0]
        return logits


class Leads(Struct, frozen=True):
    """How likely each of n tokens leads a statement inside a content.

    Attributes:
        starts: Offsets of the tokens' first characters, rising, shape (n,).
        logits: Log-odds, shape (n,).
        least: Log-odds from which a token counts.
    """

    starts: Ints
    logits: Floats
    least: float

    def may_stand_in(self, content: Sequence[tuple[int, int]]) -> bool:
        """Tell whether any token in some ranges of characters may lead an inner statement."""
        edges = np.searchsorted(self.starts, content).tolist()
        return any((self.logits[first:last] >= self.least).any() for first, last in edges)


def write_inner(
    folder: Path, weights: Sequence[NDArray[np.float16]], least: float, name: str
) -> None:
    """Write a trained network and its card.

    Args:
        folder: Where to write.
        weights: Matrix and shift of two layers, a row for each number that comes out.
        least: Log-odds from which a token counts.
        name: Name and version.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = b"".join(each.tobytes() for each in weights)
    (folder / WEIGHTS).write_bytes(content)
    card = {
        "name": name,
        "least": round(least, 3),
        "shapes": [each.shape for each in weights],
        "files": {WEIGHTS: hashlib.sha256(content).hexdigest()},
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


@once
def load_inner_network() -> InnerNetwork:
    """Load the network that is shipped with the package, once.

    Raises:
        ModelError: A file of it is missing or altered.
    """
    return InnerNetwork(FOLDER)
