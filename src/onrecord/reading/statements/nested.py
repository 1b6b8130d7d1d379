"""Find sayings that only their form tells, where the network found none.

`Putin's claims to be acting for peace` inside what another says; `the escalation that the US was
claiming`; `what he called a mistake`; `have made this claim before`. They matter for disputes: what
a speaker sets himself against stands inside his own words.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.parts import Parts, Range, parts_of

__all__ = ["CALLING", "find_told_claims"]

PROBABILITY = 0.7
"""How sure a claim is that only its form tells; nested statements of the network reach the same."""

_Told = tuple[Range | None, Range, Range]
CALLING = frozenset({"call", "describe", "characterise", "characterize", "term", "dub", "label"})
_MAKING = frozenset({"make", "repeat", "reiterate", "renew", "voice", "level", "raise", "echo"})
_QUOTING, _SAYING = frozenset({"quote", "cite"}), frozenset({"say", "tell", "write", "add"})
_POINTING = frozenset({"this", "that", "these", "those", "such"})
_SPEAKING = frozenset({"i", "we"})
_CLAIMING = frozenset({"claim", "allege", "assert", "suggest", "insist", "contend", "maintain"})


def find_told_claims(document: Document, found: Sequence[Parts]) -> Iterator[Parts]:
    """Yield the sayings that stand in the text by their form and are not among those found."""
    known = {index for parts in found for index in parts.cue_tokens}
    holders = _holders(found)
    number = max((parts.number for parts in found), default=-1)
    for token in _telling(document):
        told = None if token.index in known else _told(document, token, holders.get(token.index))
        if told is not None:
            number += 1
            source = () if told[0] is None else (told[0],)
            made = parts_of(document, number, source, (told[1],), (told[2],))
            holder = holders.get(token.index)
            yield replace(
                made,
                within=holder.number if holder is not None else None,
                probability=PROBABILITY,
                found_by="rule:told claim",
            )
    for held in _quoted(document, found, known):
        number += 1
        yield replace(held, number=number)


def _quoted(document: Document, found: Sequence[Parts], known: set[int]) -> Iterator[Parts]:
    """Yield what one is quoted by another as saying: `Interfax quoted Lavrov as saying`."""
    for parts in found:
        for index in parts.cue_tokens:
            verb = document.tokens[index]
            if verb.lemma not in _QUOTING or document.children(index, "auxpass"):
                continue
            objects = document.children(index, "dobj")
            saying = _as_saying(document, verb)
            if objects and saying is not None and saying.index not in known:
                speaker = _characters(document, *document.subtree(objects[0].index))
                content = _content_of(document, parts, saying, speaker[0])
                if content:
                    cue = (document.head(saying).start, saying.end)
                    made = parts_of(document, 0, (speaker,), (cue,), content)
                    yield replace(
                        made, within=parts.number, probability=parts.probability,
                        found_by="rule:quoted as saying",
                    )  # fmt: skip


def _as_saying(document: Document, verb: Token) -> Token | None:
    for preposition in document.children(verb.index, "prep"):
        if preposition.lower == "as":
            for inner in document.children(preposition.index, "pcomp"):
                return inner if inner.lemma in _SAYING else None
    return None


def _content_of(document: Document, parts: Parts, saying: Token, end: int) -> tuple[Range, ...]:
    """Return the clause behind `saying`, or what of the outer content stands before the speaker."""
    for clause in document.children(saying.index, "ccomp"):
        return (_characters(document, *document.subtree(clause.index)),)
    return tuple((first, last) for first, last in parts.content if last <= end)


def _telling(document: Document) -> Iterator[Token]:
    """Yield the verbs and nouns by which something may be told."""
    words = load_reporting().words
    nouns = words["claim_nouns"]
    verbs = CALLING | _MAKING | _CLAIMING | words["deny_verbs"]
    for token in document.tokens:
        if (token.pos == "VERB" and token.lemma in verbs) or (
            token.pos == "NOUN" and token.lemma in nouns
        ):
            yield token


def _holders(found: Sequence[Parts]) -> dict[int, Parts]:
    """Map each token to the innermost of the contents that hold it; inner ones come later."""
    return {index: parts for parts in found for index in parts.content_tokens}


def _told(document: Document, token: Token, holder: Parts | None) -> _Told | None:
    if token.pos == "VERB":
        called = _called(document, token) or _made(document, token)
        if called is not None:
            return called
    return None if holder is None else _told_within(document, token, holder)


def _told_within(document: Document, token: Token, holder: Parts) -> _Told | None:
    """Read what only counts inside the words of another."""
    lexicon = load_reporting()
    inside = frozenset(holder.content_tokens)
    if token.pos == "NOUN" and lexicon.is_a("claim_nouns", token.lemma):
        return _claim_of(document, token, inside)
    if token.pos != "VERB":
        return None
    if lexicon.is_a("deny_verbs", token.lemma):
        return _denial(document, token)
    is_clause = token.dep in {"acl", "relcl"} and token.lemma in _CLAIMING
    return _claimed_thing(document, token, inside) if is_clause else None


def _called(document: Document, verb: Token) -> _Told | None:
    """Read `what he called a mistake`, `what they described as a mistake`."""
    if verb.lemma not in CALLING:
        return None
    objects = document.children(verb.index, "dobj", "nsubjpass")
    subject = next(iter(document.children(verb.index, "nsubj")), None)
    if subject is None or not any(each.tag == "WP" for each in objects):
        return None
    named = [*document.children(verb.index, "oprd")]
    for prep in document.children(verb.index, "prep"):
        named.extend(document.children(prep.index, "pobj") if prep.lower == "as" else ())
    if not named:
        return None
    content = _characters(document, *document.subtree(named[0].index))
    source = _characters(document, *document.subtree(subject.index))
    return source, (verb.start, verb.end), content


def _made(document: Document, verb: Token) -> _Told | None:
    """Read `have made this claim before`, `repeated those accusations`."""
    subject = next(iter(document.children(verb.index, "nsubj")), None)
    if subject is None or verb.lemma not in _MAKING or subject.tag in {"WP", "WDT"}:
        return None
    for thing in document.children(verb.index, "dobj"):
        points = {each.lower for each in document.children(thing.index, "det", "amod")}
        if load_reporting().is_a("claim_nouns", thing.lemma) and points & _POINTING:
            content = _characters(document, document.subtree(thing.index)[0], thing.index + 1)
            source = _characters(document, *document.subtree(subject.index))
            return source, (verb.start, verb.end), content
    return None


def _denial(document: Document, verb: Token) -> _Told | None:
    """Read `Berg denied the allegations`, where another reports it."""
    subject = next(iter(document.children(verb.index, "nsubj")), None)
    if subject is None or subject.lower in _SPEAKING or subject.tag in {"WP", "WDT"}:
        return None
    for denied in document.children(verb.index, "xcomp", "ccomp", "dobj"):
        is_claim = load_reporting().is_a("claim_nouns", denied.lemma)
        if denied.dep != "dobj" or is_claim:
            source = _characters(document, *document.subtree(subject.index))
            content = _characters(document, *document.subtree(denied.index))
            return source, (verb.start, verb.end), content
    return None


def _claim_of(document: Document, noun: Token, inside: frozenset[int]) -> _Told | None:
    """Read `Putin's claims to be ...`, `the US accusation that ...`."""
    owners = document.children(noun.index, "poss", "compound", "nmod")
    owner = next((each for each in owners if each.pos in {"PROPN", "NOUN", "PRON"}), None)
    first = noun.index + 1
    last = max(document.subtree(noun.index)[1], _clause_end(document, noun))
    if first not in inside or last <= first:
        return None
    if owner is None and not _is_denied(document, noun):
        return None
    if not _tells_what(document.tokens[first], noun):
        return None
    last = _last_inside(first, last, inside)
    if document.tokens[first].lower == "of" and first + 1 < last:
        first += 1
    return _owner(document, owner), (noun.start, noun.end), _characters(document, first, last)


def _tells_what(word: Token, noun: Token) -> bool:
    """Tell whether a word behind a noun for a claim opens what is claimed.

    `Claims to be acting for peace` do; `ideas to act` and `his version of events` only name it.
    """
    if word.lower == "of":
        return load_reporting().is_a("matter_nouns", noun.lemma)
    if word.tag == "TO":
        return noun.lemma == "claim"
    return word.lower == "that" and word.tag != "WDT"


def _owner(document: Document, owner: Token | None) -> Range | None:
    if owner is None:
        return None
    begin, _ = document.subtree(owner.index)
    return document.tokens[begin].start, owner.end


def _is_denied(document: Document, noun: Token) -> bool:
    """Tell whether a claim of no one named is governed by a verb that denies: `denied reports`."""
    return noun.dep in {"dobj", "pobj", "nsubjpass"} and any(
        load_reporting().is_a("contradicting", above.lemma)
        for above in (document.head(noun), document.head(document.head(noun)))
    )


def _clause_end(document: Document, noun: Token) -> int:
    """Return where the infinitive right after a noun ends, though the parser hung it elsewhere."""
    following = document.tokens[noun.index + 1 : noun.index + 3]
    if not following or following[0].tag != "TO":
        return 0
    return document.subtree(document.head(following[0]).index)[1]


def _claimed_thing(document: Document, verb: Token, inside: frozenset[int]) -> _Told | None:
    """Read `the escalation that the US was claiming`."""
    thing = document.head(verb)
    subject = next(iter(document.children(verb.index, "nsubj")), None)
    if subject is None or subject.tag in {"WP", "WDT"} or thing.index not in inside:
        return None
    if document.children(verb.index, "ccomp", "xcomp"):
        return None
    first, _ = document.subtree(thing.index)
    begin, end = document.subtree(subject.index)
    content = _characters(document, max(first, min(inside)), thing.index + 1)
    return _characters(document, begin, end), (verb.start, verb.end), content


def _last_inside(first: int, last: int, inside: frozenset[int]) -> int:
    while last > first + 1 and last - 1 not in inside:
        last -= 1
    return last


def _characters(document: Document, first: int, last: int) -> Range:
    while last > first + 1 and not document.tokens[last - 1].is_word:
        last -= 1
    return document.tokens[first].start, document.tokens[last - 1].end
