"""What settles at once who a pronoun means, before candidates are ranked.

Each rule was read by eye in Reuters reports, where the ranker had chosen another.
"""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from onrecord.knowledge.event_triggers import frames
from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token

__all__ = ["Standing", "blamed", "clause_above", "subject_before", "told_to"]

_OPENING = 4
"""Words with which a sentence opens."""
_TEXTS = frozenset({
    "accord", "agreement", "amendment", "ban", "bill", "decision", "decree", "document", "draft",
    "law", "legislation", "letter", "measure", "memo", "motion", "order", "plan", "policy",
    "program", "programme", "proposal", "provision", "report", "resolution", "rule", "ruling",
    "statement", "study", "treaty", "version",
})  # fmt: skip
"""What news goes on about with `it`: texts, and what they lay down."""
_ADDING = frozenset({"say", "add", "note", "explain", "tell", "write", "warn", "insist", "claim"})
_PLURAL, _SINGULAR = frozenset({"NNS", "NNPS"}), frozenset({"NN", "NNP"})
_TOWARDS = frozenset({"on", "against", "to", "with", "from", "at", "upon", "between"})
_DONE_FOR = frozenset({"05", "11", "13", "16", "17"})
"""CAMEO roots of what is done to somebody for what they did: praise, blame, threats, sanctions."""
_HOSTILE = frozenset({"14", "15", "17", "18", "19", "20"})


class Standing(Struct, frozen=True):
    """Where a pronoun stands.

    Attributes:
        document: The article.
        kind: `he`, `she`, `it` or `they`.
        token: The pronoun.
        role: Its role (`onrecord.reading.actors.threads.role_of`).
        chain: The indices of its governors, nearest first.
        is_possessive: Whether it says whose something is.
    """

    document: Document
    kind: str
    token: Token
    role: str
    chain: tuple[int, ...]
    is_possessive: bool


def subject_before(standing: Standing) -> tuple[int, ...]:
    """Return the head of what a sentence or clause goes on about that opens with `it`, `they`.

    `It` is the text of the sentence before (`The bill bars it. It also would`), `they` its
    plural subject: in 16 of 16 and 8 of 10 Reuters reports where the ranker chose another. So
    is `it` in `The plan does not call for it, but it would`. Who closes a sentence with `they
    added` spoke in the one before.
    """
    if standing.kind not in {"it", "they"} or standing.role != "S":
        return ()
    speaking = _speaking_before(standing)
    if speaking:
        return speaking
    for verb in _verbs_before(standing):
        subjects = standing.document.children(verb.index, "nsubj", "nsubjpass")
        return tuple(each.index for each in subjects[:1] if _goes_on(standing.kind, each))
    return ()


def _speaking_before(standing: Standing) -> tuple[int, ...]:
    """Return who speaks in the sentence before one that `they said` or `it said` closes."""
    document = standing.document
    verb, sentence = document.head(standing.token), document.sentence_of(standing.token.index)
    if not sentence.index or not _closes_saying(standing, verb, sentence.last):
        return ()
    for top in _tops_before(document, sentence.index):
        if (top.lemma, "verb") in load_reporting().cues:
            subjects = document.children(top.index, "nsubj")
            plural = standing.kind == "they"
            return tuple(
                each.index
                for each in subjects[:1]
                if each.tag in (_PLURAL if plural else _SINGULAR)
            )
    return ()


def _verbs_before(standing: Standing) -> Iterator[Token]:
    """Yield the verb that the pronoun's is joined to, or that of the sentence before."""
    verb = standing.document.head(standing.token)
    sentence = standing.document.sentence_of(standing.token.index)
    if verb.dep == "conj" and standing.kind == "it":
        yield standing.document.head(verb)
    elif standing.token.index - sentence.first < _OPENING and sentence.index > 0:
        yield from _tops_before(standing.document, sentence.index)


def _tops_before(document: Document, sentence: int) -> Iterator[Token]:
    before = document.sentences[sentence - 1]
    return (each for each in document.sentence_tokens(before) if each.head == each.index)


def _closes_saying(standing: Standing, verb: Token, end: int) -> bool:
    """Tell whether the pronoun and its verb close a sentence: `the plan was sound, they added`."""
    document, after = standing.document, verb.index + 1
    is_last = after >= end or not any(each.is_word for each in document.tokens[after:end])
    is_near = standing.token.index == verb.index - 1
    return is_last and is_near and verb.lemma in _ADDING


def _goes_on(kind: str, subject: Token) -> bool:
    if kind == "they":
        return subject.tag in _PLURAL
    return subject.lemma in _TEXTS


def blamed(standing: Standing) -> tuple[int, ...]:
    """Return the heads that may own what somebody is blamed or praised for, the last first.

    In `condemned Russia for its invasion`, and after `imposed sanctions on Iran over`, what
    possesses the deed stands between the verb and the preposition, and is not the subject.
    """
    above = _reproach(standing) if standing.is_possessive else None
    if above is None:
        return ()
    verb, preposition = above
    between = standing.document.tokens[verb.index + 1 : preposition.index]
    heads = [
        each
        for each in between
        if each.dep == "dobj"
        or (each.dep == "pobj" and standing.document.head(each).lower in _TOWARDS)
    ]
    return tuple(each.index for each in reversed(heads))


def clause_above(standing: Standing) -> tuple[int, ...]:
    """Return the head of the subject whose saying or deed `he` is told more of.

    In `Lund said he would go` Lund would (in 10 of 10 Reuters reports where the ranker chose
    another); in `a student who died after he was held` the student was held.
    """
    if standing.role != "S" or standing.kind not in {"he", "she"}:
        return ()
    verb = standing.document.head(standing.token)
    if verb.dep == "ccomp":
        return _who_says(standing, standing.document.head(verb))
    for _ in range(3):
        if verb.dep not in {"advcl", "pcomp", "prep"}:
            return ()
        verb = standing.document.head(verb)
        if verb.dep == "relcl":
            subjects = standing.document.children(verb.index, "nsubj", "nsubjpass")
            is_who = any(each.lower in {"who", "that"} for each in subjects)
            return (verb.head,) if is_who else ()
    return ()


def told_to(standing: Standing) -> tuple[int, ...]:
    """Return the head of whom another tells to do what is his: `told Berg to give his view`."""
    if not standing.is_possessive or standing.kind not in {"he", "she"}:
        return ()
    document = standing.document
    thing = document.head(standing.token)
    verb = document.head(thing)
    above = document.head(verb)
    if thing.dep != "dobj" or verb.dep not in {"xcomp", "ccomp"} or verb.tag != "VB":
        return ()
    told = document.children(above.index, "dobj", "dative") or document.children(
        verb.index, "nsubj"
    )
    return tuple(each.index for each in told if each.index < verb.index)[:1]


def _who_says(standing: Standing, verb: Token) -> tuple[int, ...]:
    """Return the named subject of a verb that says nothing to anybody: not `told Berg he`."""
    if standing.document.children(verb.index, "dobj", "dative"):
        return ()
    subjects = standing.document.children(verb.index, "nsubj")
    named = [each for each in subjects if each.pos == "PROPN" and each.index < standing.token.index]
    return (named[-1].index,) if named else ()


def _reproach(standing: Standing) -> tuple[Token, Token] | None:
    """Return the verb and the preposition after which stands what somebody is blamed for."""
    deed = standing.document.head(standing.token)
    for index in standing.chain:
        word = standing.document.tokens[index]
        if word.pos == "VERB":  # `accused China of ramming its ships`
            return None
        if word.pos != "ADP":
            continue
        above = islice(standing.document.ancestors(word.index), 3)
        verb = next((each for each in above if each.pos == "VERB"), None)
        if verb is not None and _is_reproach(verb, word, deed):
            return verb, word
    return None


def _is_reproach(verb: Token, preposition: Token, deed: Token) -> bool:
    """Tell whether a verb's preposition leads to the deeds of those whom the verb is done to."""
    codes = {frame.code[:2] for frame in frames("verb", verb.lemma)}
    if preposition.lower in {"for", "over", "about", "of"}:
        return bool(codes & _DONE_FOR)
    acts = {frame.code[:2] for frame in frames("noun", deed.lemma)}
    since = preposition.lower in {"since", "after", "following"}
    return since and bool(codes & _DONE_FOR) and bool(acts & _HOSTILE)
