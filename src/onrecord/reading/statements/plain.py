"""Find plain sayings that the network passed over: `Lund waited but denied that it had a plan`.

Only what the parse makes plain is taken: a finite verb of what can be done only in words, with the
clause that it governs or is put into (`the talks, Lund admitted, were hard`), outside of all that
was found. After a verb that denies, what it governs may also be a pronoun or a gerund (`Lund denies
it`, `denied having made a promise`); after one that rejects, a claim or a proposal (`rejected the
demand`); of a verb that is joined to one found, any object (`said that it was late but offered Berg
a bed`).
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.parts import Parts, Range, parts_of
from onrecord.reading.statements.repairs import phrase_of, subject_of_saying

__all__ = ["find_plain_sayings"]

PROBABILITY = 0.6
"""They are too few to calibrate it: none in 50 articles of PolNeAR dev or 110 of Reuters."""

_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_EMPTY = frozenset({"it", "there", "this", "that", "which", "who", "what", "these", "those"})


def find_plain_sayings(document: Document, found: Sequence[Parts]) -> Iterator[Parts]:
    """Yield the plain sayings that are not among those found."""
    spoken = load_reporting().words["spoken"]
    busy = {i for each in found for i in (*each.cue_tokens, *each.content_tokens)}
    cues = {index for each in found for index in each.cue_tokens}
    number = max((each.number for each in found), default=-1)
    for token in document.tokens:
        if token.lemma not in spoken or token.pos != "VERB" or token.index in busy:
            continue
        if not _is_finite(document, token):
            continue
        is_joined = token.dep == "conj" and token.head in cues
        made = _saying(document, token, number + 1, is_joined=is_joined)
        if made is not None and busy.isdisjoint(made.content_tokens):
            number += 1
            yield made


def _is_finite(document: Document, verb: Token) -> bool:
    auxiliaries = document.children(verb.index, "aux")
    if document.children(verb.index, "auxpass") or any(each.tag == "MD" for each in auxiliaries):
        return False
    return bool(_FINITE.intersection((verb.tag, *(each.tag for each in auxiliaries))))


def _saying(document: Document, verb: Token, number: int, *, is_joined: bool) -> Parts | None:
    joined = _joined_object(document, verb) if is_joined else None
    content = joined or _content(document, verb)
    ranges = (content,) if content is not None else _around(document, verb)
    subject = subject_of_saying(document, (verb.index,)) if ranges else None
    if subject is None or not _is_somebody(subject, verb):
        return None
    cue = (min((verb.start, *(each.start for each in _auxiliaries(document, verb)))), verb.end)
    source = phrase_of(document, subject)
    if source[1] > cue[0]:
        source = subject.start, subject.end
    made = parts_of(document, number, (source,), (cue,), ranges)
    return replace(made, probability=PROBABILITY, found_by="rule:plain saying")


def _auxiliaries(document: Document, verb: Token) -> Iterator[Token]:
    for child in document.children(verb.index, "aux", "neg"):
        if child.index < verb.index:
            yield child


def _is_somebody(subject: Token, verb: Token) -> bool:
    return subject.index < verb.index and subject.lower not in _EMPTY and subject.pos != "NUM"


def _content(document: Document, verb: Token) -> Range | None:
    for clause in document.children(verb.index, "ccomp"):
        marks = {each.lower for each in document.children(clause.index, "mark")}
        if clause.index > verb.index and "that" in marks:
            return _stretch(document, clause, verb)
    for thing in document.children(verb.index, "xcomp", "dobj"):
        if thing.index > verb.index and _is_turned_down(thing, verb):
            return _stretch(document, thing, verb)
    return None


def _is_turned_down(thing: Token, verb: Token) -> bool:
    """Read `denies it`, `denied having made a promise`, `rejected the demand`."""
    lexicon = load_reporting()
    if lexicon.is_a("deny_verbs", verb.lemma) and (thing.tag == "VBG" or thing.pos == "PRON"):
        return True
    is_put_forward = any(lexicon.is_a(each, thing.lemma) for each in ("claim_nouns", "proposals"))
    return lexicon.is_a("rejecting", verb.lemma) and thing.dep == "dobj" and is_put_forward


def _around(document: Document, verb: Token) -> tuple[Range, ...]:
    """Return the two parts of the clause that a saying is put into, or nothing."""
    clause = document.head(verb)
    subjects = document.children(verb.index, "nsubj")
    if clause.index <= verb.index or verb.dep not in {"parataxis", "advcl"} or not subjects:
        return ()
    first, last = document.subtree(clause.index)
    before = document.subtree(subjects[0].index)[0] - 1
    after = verb.index + 1
    is_between = first < before and after + 1 < last
    if not is_between or {document.tokens[before].text, document.tokens[after].text} != {","}:
        return ()
    while last > after + 2 and not document.tokens[last - 1].is_word:
        last -= 1
    parts = ((first, before), (after + 1, last))
    return tuple((document.tokens[a].start, document.tokens[b - 1].end) for a, b in parts)


def _joined_object(document: Document, verb: Token) -> Range | None:
    governed = document.children(verb.index, "dative", "dobj", "xcomp", "ccomp")
    if not governed:
        return None
    first = document.subtree(governed[0].index)[0]
    last = document.subtree(governed[-1].index)[1]
    if first <= verb.index:
        return None
    return document.tokens[first].start, document.tokens[last - 1].end


def _stretch(document: Document, top: Token, verb: Token) -> Range | None:
    first, last = document.subtree(top.index)
    while last > first + 1 and not document.tokens[last - 1].is_word:
        last -= 1
    if first <= verb.index:
        return None
    return document.tokens[first].start, document.tokens[last - 1].end
