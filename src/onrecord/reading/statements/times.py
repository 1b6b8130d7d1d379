"""When and where something was said: from the words beside the cue, or from the scene.

`stated on Tuesday` dates the saying; `said he would go on Tuesday` dates the going. A saying
without a time of its own takes over that of its scene: the press conference a sentence before, or
the same speaker's last dated words.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.places.where import is_where
from onrecord.reading.statements.cue import cue_verb
from onrecord.record import Place, Time

__all__ = ["Scene", "When", "find_scenes", "find_when"]

MAX_DISTANCE = 500
"""Characters between a verb of saying and its time: few sentences are longer, and lists are."""

_Pointed = TypeVar("_Pointed", Time, Place)

_LOCAL = frozenset({"in", "at", "from", "near", "outside", "inside", "aboard", "on"})
"""Prepositions before the place where something is said."""

_HELD = frozenset({"dobj", "pobj", "nsubj"})
_UPWARD = frozenset(
    {"pobj", "npadvmod", "prep", "advmod", "compound", "nmod", "pcomp", "advcl", "agent", "dobj",
     "attr", "appos", "nummod", "amod", "acl", "poss", "dep", "conj"}
)  # fmt: skip


class When(Struct, frozen=True):
    """The time and place of a saying, as far as they are known."""

    time: Time | None
    place: Place | None


class Scene(Struct, frozen=True):
    """A sentence that tells of an occasion of speaking, with its time and place."""

    sentence: int
    when: When


def find_when(
    document: Document,
    cue: tuple[int, ...],
    banned: frozenset[int],
    times: Sequence[Time],
    places: Sequence[Place],
) -> When:
    """Find the time and place that govern a saying, from the words of its own sentence.

    Args:
        document: The document.
        cue: Token indices of the cue.
        banned: Token indices of source and content: times in there are of what is said.
        times: Times of the sentence.
        places: Places of the sentence.
    """
    verb = cue_verb(document, cue)
    if verb is None:
        return When(None, None)
    return When(
        _nearest(document, cue, verb, banned, times),
        _nearest(document, cue, verb, banned, places),
    )


def _nearest(
    document: Document,
    cue: tuple[int, ...],
    verb: Token,
    banned: frozenset[int],
    pointed: Sequence[_Pointed],
) -> _Pointed | None:
    fitting = []
    for each in pointed:
        if abs(each.span.start - verb.start) > MAX_DISTANCE:
            continue
        tokens = document.tokens_in(each.span.start, each.span.end)
        if not tokens or _is_unfit(document, each, tokens):
            continue
        if any(index in banned for index in tokens) and not _is_inserted(document, tokens, verb):
            continue
        is_near = _stands_beside(document, cue, tokens) or _is_inserted(document, tokens, verb)
        if is_near or _hangs_on(document, tokens, verb, banned):
            fitting.append((abs(tokens[0] - verb.index), tokens[0], each))
    return min(fitting, key=lambda found: found[:2])[2] if fitting else None


def _is_inserted(document: Document, tokens: range, verb: Token) -> bool:
    """Tell whether it stands between the verb's object and what completes the verb.

    `accused Lund on Tuesday of lying`: whatever was taken for the content, the day is the verb's.
    """
    top = _top(document, tokens)
    adverbial = document.head(top) if top.dep == "pobj" else top
    if adverbial.head != verb.index or adverbial.dep not in {"prep", "npadvmod"}:
        return False
    has_object = any(
        verb.index < each.index < tokens[0] for each in document.children(verb.index, "dobj")
    )
    completes = document.children(verb.index, "prep", "xcomp", "ccomp")
    return has_object and any(_completes(tokens, each) for each in completes)


def _completes(tokens: range, child: Token) -> bool:
    is_after = child.index == tokens[-1] + 1
    return child.index > tokens[-1] and (child.dep != "prep" or (is_after and child.lower == "of"))


def _is_unfit(document: Document, pointed: Time | Place, tokens: range) -> bool:
    """Tell whether it is no setting: a place that nothing is said to be in, or a time of no day.

    A time of no day has no date, or one on which nothing can have been said yet. `accused Russia`
    names a place too, but nobody spoke there.
    """
    if isinstance(pointed, Place):
        top = _top(document, tokens)
        return top.dep != "pobj" or not is_where(document.head(top), pointed, _LOCAL)
    published = document.article.published_day
    is_future = published is not None and (pointed.date or "")[:10] > published.isoformat()
    return pointed.date is None or is_future


def _stands_beside(document: Document, cue: tuple[int, ...], tokens: range) -> bool:
    """Tell whether an expression is part of the cue or follows it right away."""
    if not cue or tokens[0] in cue:
        return bool(cue)
    between = document.tokens[max(cue) + 1 : tokens[0]]
    if tokens[0] < max(cue) or len(between) > 3:
        return False
    return all(token.pos in {"ADP", "DET", "ADV"} for token in between)


def _hangs_on(document: Document, tokens: range, verb: Token, banned: frozenset[int]) -> bool:
    """Tell whether an expression hangs on the verb of saying through an occasion of speaking."""
    top = _top(document, tokens)
    for token in (top, *document.ancestors(top.index)):
        if token.index == verb.index:
            return True
        if token.index in banned or token.dep not in _UPWARD:
            return False
        if not _may_pass(token):
            return False
    return False


def _top(document: Document, tokens: range) -> Token:
    for index in tokens:
        if document.tokens[index].head not in tokens or document.tokens[index].head == index:
            return document.tokens[index]
    return document.tokens[tokens[0]]


def _may_pass(token: Token) -> bool:
    lexicon = load_reporting()
    if token.dep in {"advcl", "pcomp"} and token.pos == "VERB":
        return lexicon.is_a("speaking", token.lemma)
    return token.dep not in {"acl", "poss", "conj"}


def find_scenes(
    document: Document,
    times: Mapping[int, tuple[Time, ...]],
    places: Mapping[int, tuple[Place, ...]],
) -> dict[int, Scene]:
    """Find the sentences that tell of a conference, call or meeting, by sentence number.

    Args:
        document: The document.
        times: Times by sentence number.
        places: Places by sentence number.
    """
    scenes = {}
    for number in times:
        for verb in _occasion_verbs(document, number):
            when = find_when(
                document, (verb.index,), frozenset(), times[number], places.get(number, ())
            )
            if when.time is not None:
                scenes[number] = Scene(number, when)
                break
    return scenes


def _occasion_verbs(document: Document, number: int) -> Iterator[Token]:
    """Yield the verbs that tell of an occasion: `held a conference`, `spoke at a meeting`."""
    for noun in _occasions(document, number):
        verb = next((each for each in document.ancestors(noun.index) if each.pos == "VERB"), None)
        if verb is not None and load_reporting().is_a("speaking", verb.lemma):
            yield verb


def _occasions(document: Document, number: int) -> Iterator[Token]:
    occasions = load_reporting().words["occasion"]
    for token in document.sentence_tokens(document.sentences[number]):
        if token.dep not in _HELD or token.pos not in {"NOUN", "PROPN"}:
            continue
        is_held = token.dep == "dobj" and document.head(token).lemma == "hold"
        if is_held or token.lemma in occasions:
            yield token
