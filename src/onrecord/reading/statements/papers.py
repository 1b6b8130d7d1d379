"""Whose words a paper has: `the statement said` after `the ministry said in a statement`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.people import actors_at, antecedent_of

if TYPE_CHECKING:
    from onrecord.reading.actors.index import ActorIndex

__all__ = ["find_issuer"]

_BACK = 12
"""Sentences before the one that goes on with a paper, among which somebody issues it."""
_TOKENS_BACK = 600
"""Tokens in the same: a text without sentences is not read over and over."""
_JUST_BEFORE = 2
"""Sentences before `it said` in which a paper speaks."""
_PASSED_ON = frozenset({"document", "email", "e-mail", "message"})
"""Papers that whoever brings them out need not have written."""
_ISSUED_BY = frozenset({"from", "by"})
_WITHIN = frozenset({"in", "through", "via"})
_THE_SAME = frozenset({"the", "this", "that", "these", "those"})


def find_issuer(
    document: Document, index: "ActorIndex", source: tuple[int, ...]
) -> tuple[str, ...]:
    """Return the actor whose paper a source is: a letter, a statement, a speech.

    Args:
        document: The document.
        index: Actors by place in the text.
        source: Token indices of the source.
    """
    paper = _paper_of(document, source)
    if paper is None:
        return ()
    found = _own_issuer(document, index, paper)
    if found or not _is_known(document, paper):
        return found
    for earlier in _earlier(document, paper):
        found = _own_issuer(document, index, earlier)
        if found or not _is_known(document, earlier):
            return found
    return ()


def _paper_of(document: Document, source: tuple[int, ...]) -> Token | None:
    """Return the noun of the paper that speaks: itself, `which` or `it` that stands for it."""
    held = frozenset(source)
    tops = (document.tokens[each] for each in source)
    top = next((each for each in tops if each.head not in held or each.head == each.index), None)
    if top is None:
        return None
    stands_for = _spoke_before if top.lower == "it" else antecedent_of
    top = stands_for(document, top) or top
    return top if _is_paper(top) else None


def _spoke_before(document: Document, pronoun: Token) -> Token | None:
    """Return what was the subject last, if that is a paper."""
    first = document.sentences[max(0, pronoun.sentence - _JUST_BEFORE)].first
    first = max(first, pronoun.index - _TOKENS_BACK)
    for at in range(pronoun.index - 1, first - 1, -1):
        token = document.tokens[at]
        if token.dep == "nsubj" and token.sentence < pronoun.sentence:
            return token if _is_paper(token) else None
    return None


def _is_paper(token: Token) -> bool:
    return token.pos == "NOUN" and load_reporting().is_a("papers", token.lemma)


def _is_known(document: Document, paper: Token) -> bool:
    """Tell whether a paper is one that was told of before: `the letter`, not `a letter`."""
    return any(each.lower in _THE_SAME for each in document.children(paper.index, "det"))


def _earlier(document: Document, paper: Token) -> Iterator[Token]:
    """Yield where the same paper was told of before, the nearest first.

    `The court documents` are none but court documents.
    """
    first = document.sentences[max(0, paper.sentence - _BACK)].first
    first = max(first, paper.index - _TOKENS_BACK)
    of_what = _sorts(document, paper)
    for at in range(paper.index - 1, first - 1, -1):
        token = document.tokens[at]
        if token.lemma == paper.lemma and _is_paper(token) and of_what <= _sorts(document, token):
            yield token


def _sorts(document: Document, paper: Token) -> set[str]:
    return {each.lower for each in document.children(paper.index, "compound")}


def _own_issuer(document: Document, index: "ActorIndex", paper: Token) -> tuple[str, ...]:
    """Return the actors who are told beside the noun to have issued the paper."""
    verb = _issuing_verb(document, paper)
    ways = (
        document.children(paper.index, "poss"),
        tuple(_of_a_body(document, paper)),
        tuple(_from_whom(document, paper)),
        tuple(_who_issued(document, paper)),
        document.children(verb.index, "nsubj") if verb else (),
    )
    for named in ways:
        found = tuple(each for token in named for each in actors_at(index, token.index))
        if found:
            return found
    return ()


def _of_a_body(document: Document, paper: Token) -> Iterator[Token]:
    """Yield `Ministry` of `a Foreign Ministry statement`; `U.S. reports` are not the state's."""
    for token in document.children(paper.index, "compound", "nmod"):
        if not find_country_words([token.text]):
            yield token


def _from_whom(document: Document, paper: Token) -> Iterator[Token]:
    for prep in document.children(paper.index, "prep"):
        if prep.lower in _ISSUED_BY:
            for token in document.children(prep.index, "pobj"):
                yield token
                yield from document.children(token.index, "conj")


def _who_issued(document: Document, paper: Token) -> Iterator[Token]:
    """Yield the bank of `a statement that the bank issued`, and of `issued by the bank`."""
    for verb in document.children(paper.index, "relcl", "acl"):
        if paper.lemma in _PASSED_ON or not load_reporting().is_a("issuing", verb.lemma):
            continue
        for subject in document.children(verb.index, "nsubj"):
            if subject.tag not in {"WP", "WDT"}:
                yield subject
        for by in document.children(verb.index, "agent"):
            yield from document.children(by.index, "pobj")


def _issuing_verb(document: Document, paper: Token) -> Token | None:
    """Return the verb of who issues a paper or says something in it."""
    above = document.head(paper)
    if paper.dep == "dobj" and load_reporting().is_a("issuing", above.lemma):
        return None if paper.lemma in _PASSED_ON else above
    if paper.dep != "pobj" or above.lower not in _WITHIN:
        return None
    verb = document.head(above)
    return verb if verb.pos in {"VERB", "AUX"} else None
