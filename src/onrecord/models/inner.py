"""Which contents may hold another statement, told from what the encoder said of them.

What somebody is said to have said is read again as if it stood alone, to find what others are said
to have said in it. Most contents hold nothing of the kind: a network of two small layers says, from
the vectors of the first pass, of every token whether it may lead an inner statement, and contents
without such a token are not read again. Weights and model card lie beside this file.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from onrecord.models.attribution import read_card, read_checked, start_session
from onrecord.models.features import Floats, Ints
from onrecord.models.loading import once

__all__ = ["InnerNetwork", "Leads", "load_inner_network"]

FOLDER = Path(__file__).parent / "inner"
FILE = "inner.onnx"


class InnerNetwork:
    """A loaded network; use `load_inner_network` to get the one that is shipped.

    Args:
        folder: Where `card.json` and the file it lists are.

    Raises:
        ModelError: A file is missing or is not the one that the card lists.
    """

    def __init__(self, folder: Path) -> None:
        card = read_card(folder / "card.json")
        self._session = start_session(read_checked(folder / FILE, card["files"][FILE]))
        self.name: str = card["name"]
        self.least: float = card["least"]

    def logits(self, vectors: Floats) -> Floats:
        """Return the log-odds that each of n tokens leads an inner statement.

        Args:
            vectors: What the encoder says of them, shape (n, width).
        """
        logits: Floats = self._session.run(None, {"vectors": vectors})[0][:, 0]
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


@once
def load_inner_network() -> InnerNetwork:
    """Load the network that is shipped with the package, once.

    Raises:
        ModelError: A file of it is missing or altered.
    """
    return InnerNetwork(FOLDER)
