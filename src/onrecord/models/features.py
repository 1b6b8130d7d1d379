"""What the attribution network sees of a text: one row of numbers per token.

Training and reading share this module, so the network is given the same numbers in both. A token is
a run of letters and digits, or one mark. Syntax is optional: where none is given, the columns that
hold it are 0 and every token governs itself.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

__all__ = [
    "COLUMNS",
    "RELATIONS",
    "ROOT",
    "SIZES",
    "Features",
    "encode",
    "places_around",
    "relations_around",
    "syntax_of",
    "token_offsets",
    "word_key",
]

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

TOKEN = re.compile(r"\w+|[^\w\s]")
"""The tokens of the scorer in the PolNeAR benchmark; no mark is ever joined to a word."""

TAGS = """
$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS
NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX
_SP ``
""".split()
LABELS = """
ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound
conj csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj
nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod
relcl xcomp
""".split()
ENTITIES = """
CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON
PRODUCT QUANTITY TIME WORK_OF_ART
""".split()
# ruff: noqa: SIM905 (lists of 45 names read better as text)

COLUMNS = ("known", "word", "suffix", "prefix", "shape", "quote", "place", "tag", "label", "entity")
SIZES = {
    "word": 16384,
    "suffix": 2048,
    "prefix": 1024,
    "shape": 128,
    "quote": 12,
    "place": 8,
    "tag": len(TAGS) + 1,
    "label": len(LABELS) + 2,
    "entity": len(ENTITIES) + 1,
}
"""Number of values of each column; `known` has as many as the network's vocabulary."""

ROOT = LABELS.index("ROOT") + 1
"""Label of a sentence's head."""

PIECE = len(LABELS) + 1
"""Label of a token that is the second or later piece of what the parser took for one word."""

_BELOW, _BESIDE = 8, 8 + PIECE + 1
RELATIONS = _BESIDE + PIECE + 1
"""Number of relations that a token can have to an anchor (see `relations_around`)."""

_DEEPEST = 20
"""Steps from a token to a governor of the anchor; where it takes more, governors go in a circle."""


class Marked(Protocol):
    """What features need of a quotation."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def inner_start(self) -> int: ...
    @property
    def inner_end(self) -> int: ...
    @property
    def closed(self) -> bool: ...
    @property
    def depth(self) -> int: ...


class _Word(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def tag(self) -> str: ...
    @property
    def dep(self) -> str: ...
    @property
    def head(self) -> int: ...
    @property
    def sentence(self) -> int: ...


class _Named(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def label(self) -> str: ...


class Parsed(Protocol):
    """What features need of an analysed document."""

    @property
    def tokens(self) -> Sequence[_Word]: ...
    @property
    def entities(self) -> Iterable[_Named]: ...


class Features(Struct, frozen=True):
    """The network's view of a text of n tokens.

    Attributes:
        starts: Offsets of the tokens' first characters, shape (n,).
        ends: Offsets after their last characters, shape (n,).
        columns: One row per name in `COLUMNS`, shape (10, n).
        heads: Index of every token's governor, its own where there is none, shape (n,).
        sentences: Number of every token's sentence, or -1 where no syntax is given, shape (n,).
    """

    starts: Ints
    ends: Ints
    columns: Ints
    heads: Ints
    sentences: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def part(self, start: int, stop: int) -> "Features":
        """Return the features of the tokens `start` to `stop`; governors outside are forgotten."""
        heads = self.heads[start:stop] - start
        outside = (heads < 0) | (heads >= stop - start)
        heads[outside] = np.flatnonzero(outside)
        return Features(
            self.starts[start:stop],
            self.ends[start:stop],
            self.columns[:, start:stop],
            heads,
            self.sentences[start:stop],
        )


def encode(
    text: str, quotations: Iterable[Marked], syntax: Ints | None, vocabulary: NDArray[np.uint64]
) -> Features:
    """Turn a text into numbers.

    Args:
        text: The text.
        quotations: Its quotations, in order of their start.
        syntax: What `syntax_of` made of it, or None.
        vocabulary: Sorted keys of the words that the network has vectors for.
    """
    starts, ends = token_offsets(text)
    columns = np.zeros((len(COLUMNS), len(starts)), np.int32)
    words = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    columns[:5] = _word_columns(words, vocabulary)
    columns[5] = _quote_states(starts, quotations)
    columns[6] = _places(text, starts)
    heads = np.arange(len(starts), dtype=np.int32)
    sentences = np.full(len(starts), -1, np.int32)
    if syntax is not None and syntax.shape[1]:
        heads, sentences = _add_syntax(columns, starts, syntax)
    return Features(starts, ends, columns, heads, sentences)


def token_offsets(text: str) -> tuple[Ints, Ints]:
    """Return where the tokens of a text start and end."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    offsets = np.array(spans, np.int32).reshape(-1, 2)
    return offsets[:, 0].copy(), offsets[:, 1].copy()


def syntax_of(document: Parsed) -> Ints:
    """Flatten an analysed document: rows start, tag, label, entity, head and sentence, by word."""
    words = document.tokens
    syntax = np.zeros((6, len(words)), np.int32)
    for index, word in enumerate(words):
        label = _LABEL_IDS.get(word.dep, 0)
        syntax[:, index] = (
            word.start, _TAG_IDS.get(word.tag, 0), label, 0, word.head, word.sentence
        )  # fmt: skip
    for entity in document.entities:
        syntax[3, entity.first : entity.last] = _ENTITY_IDS.get(entity.label, 0)
    return syntax


_TAG_IDS = {name: number for number, name in enumerate(TAGS, 1)}
_LABEL_IDS = {name: number for number, name in enumerate(LABELS, 1)}
_ENTITY_IDS = {name: number for number, name in enumerate(ENTITIES, 1)}


def word_key(word: str) -> int:
    """Return the 64-bit key by which a word in lower case is known."""
    return int.from_bytes(
        hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


def _word_columns(words: list[str], vocabulary: NDArray[np.uint64]) -> Ints:
    """Return the five columns that depend on a token's own characters."""
    places: dict[str, int] = {}
    which = np.array([places.setdefault(word, len(places)) for word in words], np.int64)
    own = np.array([_own_features(word) for word in places], np.uint64).reshape(-1, 5)
    rows = np.searchsorted(vocabulary, own[:, 0])
    rows[rows == len(vocabulary)] = 0
    hit = vocabulary[rows] == own[:, 0] if len(vocabulary) else np.zeros(len(rows), bool)
    own[:, 0] = np.where(hit, rows + 1, 0)
    by_token: Ints = own.astype(np.int32)[which].T
    return by_token


@lru_cache(maxsize=16_384)
def _own_features(word: str) -> tuple[int, int, int, int, int]:
    """Return key, word, suffix, prefix and shape of a token."""
    lower = word.lower()
    key = word_key(lower)
    return (
        key,
        key % SIZES["word"],
        word_key("-" + lower[-3:]) % SIZES["suffix"],
        word_key(lower[:2] + "-") % SIZES["prefix"],
        word_key(_shape(word)) % SIZES["shape"],
    )


def _shape(word: str) -> str:
    """Return the word's shape, `Xxx` for a capitalised one, runs cut to three; marks stay."""
    shape = ""
    for character in word[:24]:
        kind = _kind(character)
        if not shape.endswith(kind * 3):
            shape += kind
    return shape


def _kind(character: str) -> str:
    if character.isdigit():
        return "d"
    if character.isalpha():
        return "X" if character.isupper() else "x"
    return character


def _quote_states(starts: Ints, quotations: Iterable[Marked]) -> Ints:
    """Say of every token where it stands with respect to quotation marks and how long they reach.

    0 outside; 1-3 inside a short, medium or long quotation; 4 inside a nested one; 5-7 an opening
    mark; 8-10 a closing mark; 11 inside one that is not closed.
    """
    states = np.zeros(len(starts), np.int32)
    for quotation in quotations:
        edges = (quotation.start, quotation.inner_start, quotation.inner_end, quotation.end)
        begin, first, last, stop = np.searchsorted(starts, edges).tolist()
        if quotation.depth:
            states[first:last] = 4
            continue
        size = 0 if last - first <= 3 else 1 if last - first <= 9 else 2
        states[begin:first] = 5 + size
        states[first:last] = 1 + size if quotation.closed else 11
        states[last:stop] = 8 + size
    return states


def _places(text: str, starts: Ints) -> Ints:
    """Say of every token whether it begins or ends a line, and whether that is the first line.

    0 within; 1 first of its line; 2 second; 3 last; 4 to 7 the same in the text's first line.
    """
    places = np.zeros(len(starts), np.int32)
    breaks = np.array([match.start() for match in re.finditer(r"[\r\n]+", text)], np.int64)
    line = np.searchsorted(breaks, starts)
    is_first = np.ones(len(starts), bool)
    is_first[1:] = line[1:] != line[:-1]
    places[np.append(is_first[1:], True)[: len(starts)]] = 3
    places[1:][is_first[:-1]] = 2
    places[is_first] = 1
    places += 4 * (line == 0).astype(np.int32)
    return places


def _add_syntax(columns: Ints, starts: Ints, syntax: Ints) -> tuple[Ints, Ints]:
    """Fill in the columns of syntax; return every token's governor and sentence."""
    word_of = np.searchsorted(syntax[0], starts, side="right") - 1
    word_of = np.maximum(word_of, 0)
    first_piece = np.searchsorted(starts, syntax[0]).astype(np.int32)
    first_piece = np.minimum(first_piece, len(starts) - 1)
    is_piece = first_piece[word_of] != np.arange(len(starts))
    columns[7:10] = syntax[1:4, word_of]
    columns[8][is_piece] = PIECE
    heads = first_piece[syntax[4]][word_of]
    heads[is_piece] = first_piece[word_of][is_piece]
    return heads.astype(np.int32), syntax[5, word_of]


def places_around(anchors: Ints, size: int, before: int, after: int) -> tuple[Ints, Flags]:
    """Return the places around k anchors in a text of so many tokens, and which of them exist.

    Those that do not are the first or the last token; both are of shape (k, before + after).
    """
    places = anchors[:, None] + np.arange(-before, after)
    return np.clip(places, 0, size - 1), (places >= 0) & (places < size)


def relations_around(anchors: Ints, features: Features, before: int, after: int) -> Ints:
    """Say how the tokens around k anchors stand to them in the trees of their sentences.

    0 no syntax, or no token; 1 an earlier sentence; 2 a later one; 3 the anchor; 4 to 6 its
    governor, that one's governor, any further one; 7 same sentence, no path; from 8 on: below the
    anchor, by the label of the branch; after those: below a governor of the anchor, by the label of
    the branch.

    Returns:
        Of every anchor's `before` tokens, itself and those after it, shape (k, before + after).
    """
    places, exists = places_around(anchors, len(features), before, after)
    sentences, own = features.sentences[places], features.sentences[anchors][:, None]
    relations = np.where(sentences < own, 1, 2)
    relations[~(exists & (own >= 0))] = 0
    rows, columns = np.nonzero(exists & (sentences == own) & (own >= 0))
    relations[rows, columns] = _in_tree(anchors, rows, places[rows, columns], features)
    return relations


def _in_tree(anchors: Ints, rows: Ints, tokens: Ints, features: Features) -> Ints:
    """Relate n tokens to the anchors `rows` of their sentences, climbing from all at once."""
    heads, labels = features.heads, features.columns[8]
    known = _governors(anchors, heads)
    relations = known[rows, tokens]
    climbing = np.flatnonzero(relations == 0)
    rows, at = rows[climbing], tokens[climbing]
    for _ in range(_DEEPEST):
        up = heads[at]
        found = known[rows, up]
        branch = np.where(found == 3, _BELOW, _BESIDE) + labels[at]
        relations[climbing] = np.where(found > 0, branch, np.where(up == at, 7, 0))
        goes_on = (found == 0) & (up != at)
        climbing, rows, at = climbing[goes_on], rows[goes_on], up[goes_on]
        if not len(climbing):
            break
    relations[climbing] = 7
    return relations


def _governors(anchors: Ints, heads: Ints) -> Ints:
    """Return the relations to every anchor of itself and of what governs it, 0 of all others."""
    rows = np.arange(len(anchors))
    known = np.zeros((len(anchors), len(heads)), np.int64)
    known[rows, anchors] = 3
    at, relation = anchors, 4
    while len(rows):
        up = heads[at]
        is_new = known[rows, up] == 0
        rows, at = rows[is_new], up[is_new]
        known[rows, at] = relation
        relation = min(relation + 1, 6)
    return known
