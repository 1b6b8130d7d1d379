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
    Vectors,
    load_attribution_network,
)
from onrecord.models.decoding import AttributedSpans, without_doubles
from onrecord.models.features import LABELS, TAGS, Features, Flags, Floats, Ints, Marked, encode
from onrecord.models.inner import InnerNetwork, Leads, load_inner_network
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
    inner = load_inner_network()
    syntax = load_syntax_network()
    scan = _Scan(network, syntax, inner, features, tokens[has_token], opens, marks)
    parts: list[_Part] = []
    while not parts or parts[-1].following < len(features):
        parts.append(scan.read(parts[-1].following if parts else 0))
    parse = _with_shared(Parse.joined([each.parse for each in parts]), has_token)
    proposed = without_doubles([found for each in parts for found in each.proposed])
    leads = Leads(features.starts, np.concatenate([each.leads for each in parts]), inner.least)
    return Encoding(parse, tuple(proposed), leads, parts[0].kept)


class _Part(Struct, frozen=True):
    """What the networks say of a part of a text.

    Attributes:
        parse: Of its words.
        proposed: Its attributions.
        leads: Log-odds that each of its tokens leads an inner statement.
        following: The token with which the next part begins.
        kept: For later networks; None of a text that is read in several parts.
    """

    parse: Parse
    proposed: list[AttributedSpans]
    leads: Floats
    following: int
    kept: Vectors | None


class _Scan(Struct, frozen=True):
    """A text on its way through the networks; of its words only those that have a token."""

    network: AttributionNetwork
    syntax: SyntaxNetwork
    inner: InnerNetwork
    features: Features
    tokens: Ints
    opens: Flags
    marks: Flags

    def read(self, at: int) -> _Part:
        """Read the part that begins at the token `at`, in a chunk with what stands around it."""
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
        own = slice(at - start, following - start)
        return _Part(
            parse.first(count),
            self.network.find_in(encoded, own.start, own.stop),
            self.inner.logits(encoded.vectors[own]),
            following,
            encoded.kept if own == slice(0, len(self.features)) else None,
        )


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
