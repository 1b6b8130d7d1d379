"""The main clauses of a stretch of text, with what tells a promise from a denial.

A clause is read off the parse: its verb, subject, negation, modal, tense, predicate and condition.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct

from onrecord.reading.document import Document, Token

__all__ = ["Clause", "find_clauses", "is_negated", "read_clause"]

Tense = Literal["past", "present", "base"]

MAX_CLAUSES = 8
"""Clauses looked at in one content: a speech of many sentences is judged by its beginning."""

_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "nobody", "nothing", "none"})
_FUTURE_TO = frozenset({"go", "plan", "intend"})
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})


class Clause(Struct, frozen=True):
    """One clause.

    Attributes:
        verb: Its verb.
        subject: The head of its subject, if it has one.
        is_own: Whether the subject is the speaker or the speaker's side.
        is_actor: Whether the subject is somebody who can act.
        is_first_person: Whether the subject is `I` or `we`.
        is_there: Whether it says that there is something.
        negated: Whether verb, subject or object is negated.
        modal: The modal verb, `will` for `is going to` and `must` for `has to` and `needs to`.
        tense: Past, present, or base form.
        predicate: Head words of what is predicated with a copula or as the object.
        is_conditional: Whether an if-clause hangs on it.
    """

    verb: Token
    subject: Token | None
    is_own: bool
    is_actor: bool
    is_first_person: bool
    is_there: bool
    negated: bool
    modal: str | None
    tense: Tense
    predicate: tuple[Token, ...]
    is_conditional: bool


def find_clauses(
    document: Document,
    content: Iterable[int],
    *,
    is_own: Callable[[Token], bool],
    is_actor: Callable[[Token], bool],
) -> tuple[Clause, ...]:
    """Find the main clauses of the tokens, in order.

    Args:
        document: The document.
        content: Token indices.
        is_own: Tells of a subject whether it is the speaker.
        is_actor: Tells of a subject whether it is an actor at all.
    """
    inside = frozenset(content)
    verbs = sorted(set(_main_verbs(document, inside)))[:MAX_CLAUSES]
    return tuple(
        read_clause(document, document.tokens[index], is_own=is_own, is_actor=is_actor)
        for index in verbs
    )


def _main_verbs(document: Document, inside: frozenset[int]) -> Iterator[int]:
    """Yield the verbs that nothing inside governs, and those coordinated with them."""
    waiting = [
        index
        for index in inside
        if document.tokens[index].head == index or document.tokens[index].head not in inside
    ]
    while waiting:
        token = document.tokens[waiting.pop()]
        is_verb = token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass"}
        if is_verb and not (token.tag == "MD" and token.lower == "ought"):
            yield token.index
        labels = ("conj", "parataxis") if is_verb else ("pcomp", "conj")
        waiting.extend(
            child.index
            for child in document.children(token.index, *labels)
            if child.index in inside
        )


def read_clause(
    document: Document,
    verb: Token,
    *,
    is_own: Callable[[Token], bool],
    is_actor: Callable[[Token], bool],
) -> Clause:
    """Read the clause of a verb."""
    carrier = _carrier(document, verb)
    subject = next(iter(document.children(carrier.index, "nsubj", "nsubjpass")), None)
    return Clause(
        verb=verb,
        subject=subject,
        is_own=subject is not None and is_own(subject),
        is_actor=subject is not None and is_actor(subject),
        is_first_person=subject is not None and subject.lower in _FIRST_PERSON,
        is_there=bool(document.children(carrier.index, "expl")),
        negated=is_negated(document, verb) or (carrier != verb and is_negated(document, carrier)),
        modal=_modal(document, verb),
        tense=_tense(document, verb),
        predicate=tuple(_predicate(document, verb)),
        is_conditional=_is_conditional(document, verb),
    )


def is_negated(document: Document, token: Token) -> bool:
    """Tell whether a verb or noun is negated, itself or through its subject or object.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("No one made such a promise."))
        >>> is_negated(document, document.tokens[2])
        True
    """
    for child in document.children(token.index):
        if child.dep == "neg" or (child.dep in {"advmod", "det", "preconj"} and _denies(child)):
            return True
        if child.dep in {"nsubj", "nsubjpass", "dobj", "attr"} and _is_none(document, child):
            return True
        if child.dep in {"aux", "auxpass"} and document.children(child.index, "neg"):
            return True
    return False


def _denies(token: Token) -> bool:
    return token.lower in _NEGATIVE


def _is_none(document: Document, token: Token) -> bool:
    if token.pos not in {"NOUN", "PROPN", "PRON", "DET"}:
        return False
    if _denies(token):
        return True
    first = document.tokens[document.subtree(token.index)[0]]
    if _denies(first) and token.index in {first.index, first.head}:
        return True
    before = (each for each in document.children(token.index, "det", "neg"))
    return any(_denies(each) and each.index < token.index for each in before)


def _carrier(document: Document, verb: Token) -> Token:
    """Return the verb that carries subject and tense: `has` in `has to go`, else the verb."""
    if document.children(verb.index, "nsubj", "nsubjpass", "expl"):
        return verb
    head = document.head(verb)
    return head if verb.dep == "xcomp" and head.pos in {"VERB", "AUX"} else verb


def _modal(document: Document, verb: Token) -> str | None:
    for child in document.children(verb.index, "aux"):
        if child.tag == "MD" and not (child.lower == "'d" and verb.tag in {"VBN", "VBD"}):
            return _full_modal(child)
    if verb.tag == "MD":
        return _full_modal(verb)
    return _modal_of_infinitive(document, verb)


def _full_modal(token: Token) -> str:
    clipped = {"'ll": "will", "wo": "will", "'d": "would", "ca": "can", "ought": "should"}
    return clipped.get(token.lower, token.lower)


def _modal_of_infinitive(document: Document, verb: Token) -> str | None:
    """Read `is going to`, `has to` and `needs to` as modals."""
    if not document.children(verb.index, "xcomp"):
        return None
    if verb.lower == "going":
        return "will"
    return "must" if verb.lemma in {"have", "need"} else None


def _tense(document: Document, verb: Token) -> Tense:
    auxiliaries = document.children(verb.index, "aux", "auxpass")
    tags = {child.tag for child in auxiliaries} | {verb.tag}
    if tags & {"VBD"} or (verb.tag == "VBN" and any(each.lemma == "have" for each in auxiliaries)):
        return "past"
    if any(each.lemma == "have" for each in auxiliaries):
        return "past"
    return "present" if tags & {"VBZ", "VBP", "MD"} else "base"


def _predicate(document: Document, verb: Token) -> Iterator[Token]:
    for child in document.children(verb.index, "attr", "acomp", "dobj", "xcomp", "oprd"):
        yield child
        yield from document.children(child.index, "amod", "conj", "compound")
    for prep in document.children(verb.index, "prep"):
        yield from document.children(prep.index, "pobj")


def _is_conditional(document: Document, verb: Token) -> bool:
    for clause in document.children(verb.index, "advcl"):
        marks = {child.lower for child in document.children(clause.index, "mark", "advmod")}
        if marks & {"if", "unless", "should"}:
            return True
    return False
