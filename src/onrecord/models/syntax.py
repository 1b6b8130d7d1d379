"""The syntax network: tags, governors, labels, names and sentences, on the encoder's vectors.

It learned from a general parser what that says of news (`syntax/README.md`). Scores of governors
are turned into trees here: within each sentence every word takes its best governor, and where that
leaves circles or several roots, the links that cost least are changed.
"""

from pathlib import Path

import numpy as np
from msgspec import Struct

from onrecord.models.attribution import BLOCK, Encoded, read_card, read_checked, start_session
from onrecord.models.features import ROOT, TAGS, Flags, Floats, Ints
from onrecord.models.loading import once

__all__ = ["Parse", "SyntaxNetwork", "load_syntax_network"]

FOLDER = Path(__file__).parent / "syntax"
_OF_WORDS = np.flatnonzero(
    [tag.isalpha() and tag not in {"HYPH", "NFP", "SYM"} for tag in ("A", *TAGS)]
)
"""Tags that no mark has."""
NEVER = np.float32(-1e9)


class Parse(Struct, frozen=True):
    """What is said of n words that follow one another.

    Attributes:
        tags: Numbers of Penn Treebank tags (`onrecord.models.features.TAGS`), from 1, shape (n,).
        labels: Numbers of dependency labels (`LABELS`), from 1, shape (n,).
        entities: Numbers of kinds of entity (`ENTITIES`), from 1, or 0, shape (n,).
        heads: Index of each one's governor, its own at a root, shape (n,).
        starts: Whether a sentence starts here, shape (n,).
    """

    tags: Ints
    labels: Ints
    entities: Ints
    heads: Ints
    starts: Flags

    def __len__(self) -> int:
        return len(self.tags)

    @classmethod
    def joined(cls, parts: list["Parse"]) -> "Parse":
        """Join parses of stretches that follow one another; each ends where a sentence does."""
        if not parts:
            nothing = np.zeros(0, np.int64)
            return cls(nothing, nothing, nothing, nothing, np.zeros(0, bool))
        before = np.cumsum([0] + [len(each) for each in parts[:-1]]).tolist()
        return cls(
            np.concatenate([each.tags for each in parts]),
            np.concatenate([each.labels for each in parts]),
            np.concatenate([each.entities for each in parts]),
            np.concatenate([each.heads + at for each, at in zip(parts, before, strict=True)]),
            np.concatenate([each.starts for each in parts]),
        )

    def first(self, count: int) -> "Parse":
        """Return the parse of the first words, where a sentence ends before the next."""
        return Parse(
            self.tags[:count],
            self.labels[:count],
            self.entities[:count],
            self.heads[:count],
            self.starts[:count],
        )


class SyntaxNetwork:
    """A loaded network; use `load_syntax_network` to get the one that is shipped.

    Args:
        folder: Where `card.json` and the files it lists are.

    Raises:
        ModelError: A file is missing or is not the one that the card lists.
    """

    def __init__(self, folder: Path) -> None:
        card = read_card(folder / "card.json")
        self.name: str = card["name"]
        files = {name: read_checked(folder / name, sha) for name, sha in card["files"].items()}
        self._scorer = start_session(files["scorer.onnx"])
        self._labeller = start_session(files["labeller.onnx"])

    def parse(self, encoded: Encoded, tokens: Ints, opens: Flags, marks: Flags) -> Parse:
        """Parse n words of a text that the encoder has read.

        Args:
            encoded: What the encoder says of the text.
            tokens: Each word's first token in it, rising, shape (n,).
            opens: Whether a sentence must begin at the word, shape (n,).
            marks: Whether it is punctuation, shape (n,).
        """
        given = {
            "below": encoded.below,
            "trunk": encoded.trunk,
            "vectors": encoded.vectors,
            "mask": encoded.mask,
        }
        scores, tags, entities, begins, one, other = self._scorer.run(None, given)
        starts = opens | (begins[tokens] > 0)
        starts[:1] = True
        heads = _trees(scores, tokens, starts)
        tags = tags[tokens]
        tags[np.ix_(marks, _OF_WORDS)] = NEVER
        labels = np.zeros(0, np.int64)
        if len(tokens):
            pair = {"one": one[tokens], "other": other[tokens[heads]]}
            labels = self._labeller.run(None, pair)[0].astype(np.int64)
            labels[heads == np.arange(len(tokens))] = ROOT
        return Parse(tags.argmax(-1), labels, entities[tokens], heads, starts)


@once
def load_syntax_network() -> SyntaxNetwork:
    """Load the network that is shipped with the package, once.

    Raises:
        ModelError: A file of it is missing or altered.
    """
    return SyntaxNetwork(FOLDER)


# --------------------------------------------------------------- trees


def _trees(scores: Floats, tokens: Ints, starts: Flags) -> Ints:
    """Return each word's governor: one root a sentence, and no circles.

    Args:
        scores: Of each of three blocks' tokens to govern a token, shape (tokens in whole blocks,
            3 * BLOCK).
        tokens: Each word's token, shape (n,).
        starts: Where sentences start, shape (n,).
    """
    count = len(tokens)
    heads, sentence = _best(scores, tokens, starts), np.cumsum(starts) - 1
    edges = [*np.flatnonzero(starts).tolist(), count]
    tops = _tops(heads)
    roots = np.bincount(sentence, heads == np.arange(count), minlength=len(edges) - 1)
    lost = np.bincount(sentence, heads[tops] != tops, minlength=len(edges) - 1)
    for number in np.flatnonzero((roots != 1) | (lost > 0)).tolist():
        begin, end = edges[number : number + 2]
        heads[begin:end] = begin + _repaired(
            heads[begin:end] - begin, *_inside(scores, tokens[begin:end])
        )
    return heads


def _best(scores: Floats, tokens: Ints, starts: Flags) -> Ints:
    """Return each word's best governor in its sentence, whatever the others have."""
    size = len(scores)
    sentences, words = np.full(size + 2 * BLOCK, -1, np.int32), np.zeros(size + 2 * BLOCK, np.int64)
    sentences[tokens + BLOCK] = np.cumsum(starts)
    words[tokens + BLOCK] = np.arange(len(tokens))
    own = sentences[BLOCK:-BLOCK].reshape(-1, BLOCK, 1)
    near = np.lib.stride_tricks.sliding_window_view(sentences, 3 * BLOCK)[::BLOCK, None]
    inside = np.where(own == near, scores.reshape(-1, BLOCK, 3 * BLOCK), NEVER)
    best = inside.argmax(-1).reshape(-1)[tokens]
    governors: Ints = words[tokens - tokens % BLOCK + best]
    return governors


def _inside(scores: Floats, tokens: Ints) -> tuple[Floats, Ints]:
    """Return what may govern each of the n words of a sentence.

    Returns:
        How well each of m words governs it, `NEVER` if too far, and which words those are: all of
        the sentence, or of a long one those around; both of shape (n, m).
    """
    count = len(tokens)
    width = min(count, 3 * BLOCK)
    first = tokens - tokens % BLOCK - BLOCK
    begins = np.minimum(np.searchsorted(tokens, first), count - width)
    near = begins[:, None] + np.arange(width)
    places = tokens[near] - first[:, None]
    found: Floats = scores[tokens[:, None], np.minimum(np.maximum(places, 0), 3 * BLOCK - 1)]
    if tokens[-1] - tokens[0] >= BLOCK:
        found[(places < 0) | (places >= 3 * BLOCK)] = NEVER
    return found, near


def _repaired(heads: Ints, scores: Floats, near: Ints) -> Ints:
    """Return the governors of one sentence with one root and no circle.

    Args:
        heads: Each word's best governor, shape (n,).
        scores: Of those near each word to govern it, `NEVER` where it cannot, shape (n, m).
        near: Which words those are, shape (n, m).
    """
    own = np.arange(len(heads))
    is_itself = near == own[:, None]
    others = np.where(is_itself, NEVER, scores)
    gain = scores[is_itself] - others.max(-1)
    rooted = np.flatnonzero(heads == own)
    root = int(rooted[gain[rooted].argmax()]) if len(rooted) else int(gain.argmax())
    heads = heads.copy()
    heads[root] = root
    while True:
        tops = _tops(heads)
        placed = tops == root
        if placed.all():
            return heads
        loose = np.unique(tops[~placed])
        into_tree = np.where(placed[near[loose]], others[loose], NEVER)
        costs = scores[loose].max(-1) - into_tree.max(-1)
        mover = int(costs.argmin())
        best = int(into_tree[mover].argmax())
        is_near = into_tree[mover, best] > NEVER
        heads[loose[mover]] = near[loose[mover], best] if is_near else root


def _tops(heads: Ints) -> Ints:
    """Return for every word the root above it, or a word of the circle that it hangs on."""
    tops = heads
    for _ in range(max(1, len(heads).bit_length())):
        tops = tops[tops]
    return tops
