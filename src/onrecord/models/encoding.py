"""Run the networks over an article once: its syntax, and the attributions that are proposed.

The encoder reads the text chunk by chunk, so that memory stays bounded; what builds on it reads
each chunk's vectors while they are there. A chunk's results count up to the start of a sentence,
where the next begins.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from onrecord.models.attribution import (
    CHUNK,
    OVERLAP,
    AttributionNetwork,
    Encoded,
    Vectors,
    load_attribution_network,
)
from onrecord.models.decoding import AttributedSpans, without_doubles
from onrecord.models.features import LABELS, TAGS, Features, Flags, Floats, Ints, Marked, encode
from onrecord.models.inner import Leads, load_inner_network
from onrecord.models.syntax import Parse, SyntaxNetwork, load_syntax_network

__all__ = ["Encoding", "read_networks"]

_STEP = CHUNK - 2 * OVERLAP
_ADVERB, _NEGATION = TAGS.index("RB") + 1, LABELS.index("neg") + 1


class Words(Protocol):
    """What is needed of the n words of a text (`onrecord.reading.words.Words`)."""

    @property
    def starts(self) -> Sequence[int]: ...
    @property
    def ends(self) -> Sequence[int]: ...
    @property
    def opens(self) -> Sequence[bool]: ...
    @property
    def marks(self) -> Sequence[bool]: ...


class Encoding(Struct, frozen=True):
    """What the networks say of an article.

    Attributes:
        parse: Of its words.
        proposed: Attributions, with calibrated probabilities, in order of their content.
        leads: Which tokens may lead a statement inside a content.
        vectors: For later networks; None of a text that was read in several chunks.
    """

    parse: Parse
    proposed: tuple[AttributedSpans, ...]
    leads: Leads | None = None
    vectors: Vectors | None = None


def read_networks(text: str, quotations: Iterable[Marked], words: Words) -> Encoding:
    """Parse a text and propose attributions.

    Args:
        text: The text.
        quotations: Its quotations, in order of their start.
        words: Its words (`find_words`); a text of none is not read.
    """
    if not words.starts:
        return Encoding(Parse.joined([]), ())
    network = load_attribution_network()
    features = encode(text, quotations, None, network.vocabulary)
    starts, ends = np.array(words.starts), np.array(words.ends)
    tokens = np.searchsorted(features.starts, starts)
    has_token = features.starts[np.minimum(tokens, len(features) - 1)] < ends
    has_token &= tokens < len(features)
    opens, marks = np.array(words.opens)[has_token], np.array(words.marks)[has_token]
    scan = _Scan(network, load_syntax_network(), features, tokens[has_token], opens, marks)
    parts: list[Parse] = []
    proposed: list[AttributedSpans] = []
    inner = load_inner_network()
    logits: list[Floats] = []
    kept: Vectors | None = None
    at = 0
    while at < len(features):
        begun = at
        parse, found, at, encoded = scan.read(begun)
        kept = None if parts else encoded.kept
        parts.append(parse)
        proposed += found
        start = max(0, begun - OVERLAP)
        logits.append(inner.logits(encoded.vectors[begun - start : at - start]))
    parse = _with_shared(Parse.joined(parts), has_token)
    leads = Leads(features.starts, np.concatenate(logits), inner.least)
    return Encoding(parse, tuple(without_doubles(proposed)), leads, kept)


class _Scan(Struct, frozen=True):
    """A text on its way through the networks; of its words only those that have a token."""

    network: AttributionNetwork
    syntax: SyntaxNetwork
    features: Features
    tokens: Ints
    opens: Flags
    marks: Flags

    def read(self, at: int) -> tuple[Parse, list[AttributedSpans], int, Encoded]:
        """Read the chunk that begins at the token `at`.

        Returns:
            Its parse, its attributions, where the next one begins, and what the encoder said.
        """
        start = max(0, at - OVERLAP)
        stop = min(len(self.features), at + _STEP + OVERLAP)
        encoded = self.network.encode_part(self.features.part(start, stop))
        first, last, end = np.searchsorted(self.tokens, (at, at + _STEP, stop)).tolist()
        inside = slice(first, end)
        tokens, opens = self.tokens[inside] - start, self.opens[inside].copy()
        parse = self.syntax.parse(encoded, tokens, opens, self.marks[inside])
        count, following = end - first, len(self.features)
        if stop < following:
            begun = np.flatnonzero(parse.starts[: last - first])
            count = int(begun[-1]) if len(begun) > 1 else last - first
            if len(begun) < 2:
                opens[count:][:1] = True
                parse = self.syntax.parse(encoded, tokens, opens, self.marks[inside])
            following = (
                int(self.tokens[first + count]) if first + count < len(self.tokens) else stop
            )
        found = self.network.find_in(encoded, at - start, following - start)
        return parse.first(count), found, following, encoded


def _with_shared(parse: Parse, has_token: Flags) -> Parse:
    """Add the words that share a token with the word before: the `not` of `cannot`."""
    if has_token.all():
        return parse
    places = np.flatnonzero(has_token)
    sizes = len(has_token)
    heads = np.arange(sizes)
    heads[places] = places[parse.heads]
    shared = np.flatnonzero(~has_token)
    heads[shared] = heads[shared - 1]

    def spread(values: Ints, other: int) -> Ints:
        wide = np.full(sizes, other, np.int64)
        wide[places] = values
        return wide

    starts = np.zeros(sizes, bool)
    starts[places] = parse.starts

    return replace(
        parse,
        tags=spread(parse.tags, _ADVERB),
        labels=spread(parse.labels, _NEGATION),
        entities=spread(parse.entities, 0),
        heads=heads,
        starts=starts,
    )
