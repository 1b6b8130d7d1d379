"""Find what the end of a sentence denies of its beginning: `accused Oslo, a charge it denies`.

`a claim that Oslo rejects`, `an allegation denied by Oslo`, `which Oslo denies` and `something Oslo
has denied` all go against what the sentence has told up to there. Where a statement tells it, that
one is denied; where none does, the sentence itself becomes a claim without a source.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from msgspec import Struct

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.actors.index import ActorIndex
from onrecord.reading.disputes.implied import implied_claim
from onrecord.reading.document import Document, Token
from onrecord.record import Statement

__all__ = ["find_relative_denials"]

_FEW = 4
"""Words of a sentence that are too few to tell a claim."""
_ONE = frozenset({"a", "an", "one"})
_NEAR = 3
"""Tokens that may stand between the end of what is told and what points to it."""
_BEFORE_NOUNS = frozenset({"ADJ", "DET", "NOUN", "NUM", "PROPN"})
_BREAKS = frozenset({",", "-", "--", "–", "—"})
_TELLING = frozenset({"accuse", "announce", "confirm", "expect", "opine", "state", "warn"})
"""Acts that may be denied: nobody denies a request."""


class _Denial(Struct, frozen=True):
    """What denies.

    Attributes:
        verb: The verb.
        pointer: The word that points back: `charge`, `which`.
        people: Who denies.
        before: Token with which the pointing begins.
        is_apart: Whether it is set apart, so that it points to all of the sentence before.
    """

    verb: Token
    pointer: Token
    people: tuple[Token, ...]
    before: int
    is_apart: bool


def find_relative_denials(
    document: Document,
    statements: Sequence[Statement],
    alleged: Sequence[Statement],
    index: ActorIndex,
) -> tuple[tuple[Statement, Statement], ...]:
    """Find what the end of a sentence denies of what was told up to there.

    Args:
        document: The document.
        statements: Its statements.
        alleged: Claims that it makes in passing (`find_implied`).
        index: Actors by place in the text.

    Returns:
        Pairs of a claim and a denial; those that are among neither are called `r1`, `r2`, ...
    """
    found: list[tuple[Statement, Statement]] = []
    said, implied = (_by_sentence(document, some) for some in (statements, alleged))
    for denial in _denials(document):
        here = denial.pointer.sentence
        people = [
            each
            for token in denial.people
            for each in (token, *document.children(token.index, "conj"))
        ]
        speakers = tuple(dict.fromkeys(filter(None, (index.of_token(p.index) for p in people))))
        told = said.get(here, ()), implied.get(here, ())
        claim = _told(document, *told, denial, speakers) if speakers else None
        if speakers and claim is None:
            claim = _untold(document, index, denial, f"r{2 * len(found) + 1}")
        if claim is None:
            continue
        name = f"r{2 * len(found) + 2}"
        answer = _in_cue(document, said.get(here, ()), denial.verb)
        answer = answer or _answer(document, name, denial, speakers)
        if claim.id != answer.id:
            found.append((claim, answer))
    return tuple(found)


def _by_sentence(document: Document, statements: Iterable[Statement]) -> dict[int, list[Statement]]:
    """Return the statements by the sentence in which their content, or their cue, begins."""
    found: dict[int, list[Statement]] = {}
    for each in statements:
        starts = (span.start for span in (*each.content[:1], *each.cue[:1]))
        tokens = (document.tokens_in(start, start + 1) for start in starts)
        for number in dict.fromkeys(document.tokens[at[0]].sentence for at in tokens if at):
            found.setdefault(number, []).append(each)
    return found


# --------------------------------------------------------------- what denies


def _denials(document: Document) -> Iterator[_Denial]:
    lexicon = load_reporting()
    for verb in document.tokens:
        is_against = lexicon.is_a("deny_verbs", verb.lemma) or lexicon.is_a("rejecting", verb.lemma)
        if verb.pos != "VERB" or not is_against or document.children(verb.index, "neg"):
            continue
        for read in (_relative, _participle, _unlinked):
            found = read(document, verb)
            if found is not None:
                yield found
                break


def _relative(document: Document, verb: Token) -> _Denial | None:
    """Read `a charge that Oslo denies`, `something Oslo denies` and `, which Oslo denies`."""
    if verb.dep != "relcl":
        return None
    subjects = document.children(verb.index, "nsubj")
    noun = document.head(verb)
    for each in document.children(verb.index, "dobj"):
        is_which = each.lower == "which" and each.index < verb.index and not _is_claim(noun)
        if is_which and _is_apart(document, each.index):
            return _Denial(verb, each, subjects[:1], each.index - 1, is_apart=True)
    if noun.lower == "something" or _is_claim(noun):
        first = _beginning(document, noun)
        return _Denial(verb, noun, subjects[:1], first, _is_apart(document, first))
    return None


def _participle(document: Document, verb: Token) -> _Denial | None:
    """Read `an allegation denied by Oslo`."""
    noun = document.head(verb)
    if verb.dep != "acl" or verb.tag != "VBN" or not _is_new_claim(document, noun):
        return None
    agents = document.children(verb.index, "agent")
    people = [each for by in agents for each in document.children(by.index, "pobj")]
    first = _beginning(document, noun)
    if not _is_apart(document, first):
        return None
    return _Denial(verb, noun, tuple(people[:1]), first, is_apart=True)


def _unlinked(document: Document, verb: Token) -> _Denial | None:
    """Read `a charge Oslo denies`, where the parser takes both nouns for subjects."""
    subjects = document.children(verb.index, "nsubj")
    if len(subjects) < 2 or not _is_new_claim(document, subjects[0]):
        return None
    noun, who = subjects[0], subjects[-1]
    first = _beginning(document, noun)
    if not _is_apart(document, first) or who.index > verb.index:
        return None
    return _Denial(verb, noun, (who,), first, is_apart=True)


def _beginning(document: Document, noun: Token) -> int:
    """Return where the words before a noun begin that belong to it."""
    first = document.sentence_of(noun.index).first
    at = noun.index
    while at > first and document.tokens[at - 1].pos in _BEFORE_NOUNS:
        at -= 1
    return at


def _is_apart(document: Document, first: int) -> bool:
    return first > 0 and document.tokens[first - 1].text in _BREAKS


def _is_claim(noun: Token) -> bool:
    return load_reporting().is_a("claim_nouns", noun.lemma)


def _is_new_claim(document: Document, noun: Token) -> bool:
    return _is_claim(noun) and any(
        each.lower in _ONE for each in document.children(noun.index, "det")
    )


# --------------------------------------------------------------- claim and answer


def _told(
    document: Document,
    statements: Sequence[Statement],
    alleged: Sequence[Statement],
    denial: _Denial,
    speakers: tuple[str, ...],
) -> Statement | None:
    """Return the statement that ends where a denial points back: an accusation before others.

    Of several things alleged in passing none is the one.
    """
    if not denial.is_apart:
        return None
    sentence = document.sentence_span(document.sentence_of(denial.pointer.index))
    end = document.tokens[denial.before].start
    near = document.tokens[max(denial.before - _NEAR, 0)].start

    def ends_here(statement: Statement) -> bool:
        spans = (*statement.content[:1], *statement.cue[:1])
        begins = all(sentence.start <= each.start < end for each in spans)
        return begins and statement.content[-1].end >= near

    told = [
        each
        for each in statements
        if each.act in _TELLING and not set(speakers) & set(each.speakers) and ends_here(each)
    ]
    accusing = [each for each in told if each.act == "accuse"]
    inside = [each for each in alleged if sentence.start <= each.content[0].start < end]
    implied = inside if len(inside) == 1 and ends_here(inside[0]) else []
    return next(reversed(accusing or told or implied), None)


def _untold(document: Document, index: ActorIndex, denial: _Denial, name: str) -> Statement | None:
    """Return what no statement tells as a claim: the sentence so far, or what the noun says.

    `The accusations, which Lund denies` are those of another sentence.
    """
    noun = denial.pointer
    if noun.lower == "which":
        return None
    first, last = document.sentence_of(noun.index).first, denial.before
    if not denial.is_apart:
        first, last = denial.before, noun.index + 1
        if all(each.pos == "DET" for each in document.tokens[first : last - 1]):
            return None
    elif last - first < _FEW:
        return None
    while last > first + 1 and not document.tokens[last - 1].is_word:
        last -= 1
    return implied_claim(document, name, (first, last), _named_in(index, first, last))


def _in_cue(document: Document, statements: Sequence[Statement], verb: Token) -> Statement | None:
    """Return the statement that this verb governs, if there is one."""
    span = document.token_span(verb)
    return next((s for s in statements if any(span.overlaps(each) for each in s.cue)), None)


def _answer(document: Document, name: str, denial: _Denial, speakers: tuple[str, ...]) -> Statement:
    noun = denial.pointer.index
    told = implied_claim(document, name, (noun, noun + 1), ())
    return replace(
        told,
        cue=(document.token_span(denial.verb),),
        speakers=speakers,
        source=(document.span(*document.subtree(denial.people[0].index)),),
        act="deny",
        plover=None,
        cameo="016",
        hedged=False,
    )


def _named_in(index: ActorIndex, first: int, last: int) -> tuple[str, ...]:
    found: Iterable[str | None] = (index.of_token(each) for each in range(first, last))
    return tuple(dict.fromkeys(each for each in found if each is not None))
