"""The learned part of event coding: which root a sentence gives to a pair of parties.

Multinomial logistic regression over hashed features of the sentence with both parties masked:
words and word pairs by position, the parse path between the parties, and what the frames find.
Weights come from `training/relations.py`; their card stands beside them.
"""

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.errors import ModelError
from onrecord.knowledge.codebook import coded_type
from onrecord.reading.document import Document, Token
from onrecord.record import Event

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DIMENSIONS", "ROOTS", "hashed", "pair_features", "root_probabilities"]

DIMENSIONS = 1 << 15
"""Columns that features are hashed to: 2 % of them collide in the training set."""

ROOTS = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST",
    "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
"""PLOVER's types, CONCEDE and RETREAT taken together as YIELD."""


def root_probabilities(
    document: Document, actor: Span, recipient: Span, events: Sequence[Event]
) -> dict[str, float]:
    """Return how probable each root is for the pair, given what the frames found for it.

    Raises:
        ModelError: The weights are missing or of another shape.
    """
    import numpy as np

    weights, bias, sharpness = _weights()
    columns, values = hashed(pair_features(document, actor, recipient, events))
    logits = sharpness * (values @ weights[columns].astype(np.float32) + bias)
    powers = np.exp(logits - logits.max())
    return dict(zip(ROOTS, (powers / powers.sum()).tolist(), strict=True))


def hashed(features: Sequence[str]) -> tuple["NDArray[np.int64]", "NDArray[np.float32]"]:
    """Return the columns of the features, each once, and their values; the vector has length 1."""
    import numpy as np

    columns = np.unique([zlib.crc32(each.encode()) % DIMENSIONS for each in features])
    size = max(len(columns), 1)
    return columns.astype(np.int64), np.full(len(columns), size**-0.5, dtype=np.float32)


def pair_features(
    document: Document, actor: Span, recipient: Span, events: Sequence[Event]
) -> list[str]:
    """Return the features of a pair of parties in its sentence."""
    first, second = _inside(document, actor), _inside(document, recipient)
    if not first or not second:
        return ["no-pair"]
    words = _masked(document, first, second)
    return [
        "bias",
        *_word_features(words),
        *_path_features(document, _top(document, first), _top(document, second)),
        *_event_features(events),
    ]


def _inside(document: Document, span: Span) -> range:
    return document.tokens_in(span.start, span.end)


def _masked(document: Document, first: range, second: range) -> list[str]:
    """Return the lemmas of the pair's sentence, parties masked and names and numbers folded."""
    sentence = document.sentence_of(first[0])
    low, high = min(sentence.first, second[0]), max(sentence.last, second[-1] + 1)
    words: list[str] = []
    for token in document.tokens[low:high]:
        word = _folded(token)
        if token.index in first:
            word = "<actor>"
        elif token.index in second:
            word = "<recipient>"
        if word and (not words or words[-1] != word or word[0] != "<"):
            words.append(word)
    return words


def _folded(token: Token) -> str:
    if token.pos == "PROPN":
        return "<name>"
    if token.pos in {"NUM", "SYM"}:
        return "<number>"
    return token.lemma if token.is_word else ""


def _word_features(words: list[str]) -> Iterator[str]:
    """Yield words and pairs of words, and again by where they stand to the parties."""
    ends = [place for place, word in enumerate(words) if word in {"<actor>", "<recipient>"}]
    low, high = (ends[0], ends[-1]) if ends else (0, 0)
    for place, word in enumerate(words):
        where = "before" if place < low else "after" if place > high else "between"
        yield f"w={word}"
        yield f"{where}={word}"
        for width in (2, 3):
            pair = words[place : place + width]
            if len(pair) == width:
                yield f"{width}={' '.join(pair)}"
    order = words.index("<actor>") < words.index("<recipient>") if len(set(ends)) > 1 else True
    yield f"order={order}"


def _top(document: Document, inside: range) -> Token:
    for index in inside:
        head = document.tokens[index].head
        if head not in inside or head == index:
            return document.tokens[index]
    return document.tokens[inside[0]]


def _path_features(document: Document, actor: Token, recipient: Token) -> Iterator[str]:
    """Yield the way from the actor up to what governs both, and down to the recipient."""
    up = [actor, *document.ancestors(actor.index)]
    down = [recipient, *document.ancestors(recipient.index)]
    below = {token.index for token in down}
    meeting = next((token for token in up if token.index in below), None)
    if meeting is None:
        yield "path=none"
        return
    rise = up[: up.index(meeting) + 1]
    fall = down[: down.index(meeting) + 1]
    yield "path=" + ">".join(t.dep for t in rise) + "<" + "<".join(t.dep for t in reversed(fall))
    for token in (*rise[1:], *fall[1:]):
        yield f"on-path={token.lemma}"
    yield f"meet={meeting.lemma}"
    for child in document.children(meeting.index):
        yield f"meet-child={child.dep}:{child.lemma}"
        yield f"meet+child={meeting.lemma}:{child.lemma}"


def _event_features(events: Sequence[Event]) -> Iterator[str]:
    """Yield what the frames say, most for events in which both parties stand where they should."""
    for event in events:
        right = "a1" in event.actors and "a2" in event.recipients
        coded = coded_type(event.type, event.status)
        for fit in ("both" if right else "part", "any"):
            yield f"{fit}-type={event.type}"
            yield f"{fit}-coded={coded}"
            yield f"{fit}-cameo={event.cameo}"
            yield f"{fit}-status={event.type}:{event.status}"
    if not events:
        yield "no-event"


@lru_cache(maxsize=1)
def _weights() -> tuple["NDArray[np.float16]", "NDArray[np.float32]", float]:
    import numpy as np

    source = files("onrecord.models") / "relations" / "weights.npz"
    if not source.is_file():
        raise ModelError("models/relations/weights.npz is missing; training/relations.py makes it")
    with as_file(source) as path, np.load(path, allow_pickle=False) as stored:
        if set(stored.files) != {"weights", "bias", "sharpness"}:
            raise ModelError(f"models/relations/weights.npz holds {', '.join(stored.files)}")
        weights, bias, sharpness = stored["weights"], stored["bias"], float(stored["sharpness"])
    if weights.shape != (DIMENSIONS, len(ROOTS)):
        raise ModelError(f"models/relations/weights.npz has shape {weights.shape}")
    return weights, bias, sharpness
