"""Find what headlines say that somebody said: `Lund: taxes will not rise`, `Lund rejects taxes`.

A headline is a line of a few words without a full stop. A name of somebody known before a colon
says what follows if that is a clause; a country there is as often the topic, and speaks only where
the clause says what will, must or does not happen. A verb in the present that can be done only in
words, by somebody known, says what it governs.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Sentence, Token
from onrecord.reading.statements.parts import Parts, parts_of

if TYPE_CHECKING:
    from onrecord.reading.actors.index import ActorIndex

__all__ = ["find_headline_sayings"]

PROBABILITY = 0.6
"""Too few headlines are annotated to calibrate it."""
LONGEST = 25
"""Tokens of a headline."""
LONGEST_NAME = 5
"""Tokens of a name before a colon."""

_Cut = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_CLOSING = frozenset(".?!…;:")


def find_headline_sayings(
    document: Document, index: "ActorIndex", found: Sequence[Parts]
) -> Iterator[Parts]:
    """Yield the sayings of headlines that are not among those found."""
    busy = {i for each in found for i in (*each.cue_tokens, *each.content_tokens)}
    number = max((each.number for each in found), default=-1)
    for sentence in _headlines(document):
        for source, cue, content in _sayings(document, index, sentence):
            taken = (*range(*cue), *range(*content))
            if not busy.isdisjoint(taken):
                continue
            busy.update(taken)
            number += 1
            ranges = [(_characters(document, *each),) for each in (source, cue, content)]
            made = parts_of(document, number, *ranges)
            yield replace(made, probability=PROBABILITY, found_by="rule:headline")


def _headlines(document: Document) -> Iterator[Sentence]:
    """Yield the sentences that are a paragraph or line of their own, short and without an end."""
    paragraphs = [each.paragraph for each in document.sentences]
    for place, sentence in enumerate(document.sentences):
        around = (*paragraphs[max(place - 1, 0) : place], *paragraphs[place + 1 : place + 2])
        is_short = 3 < sentence.last - sentence.first <= LONGEST
        is_open = document.tokens[sentence.last - 1].text[-1] not in _CLOSING
        if is_short and is_open and sentence.paragraph not in around:
            yield sentence


def _sayings(document: Document, index: "ActorIndex", sentence: Sentence) -> Iterator[_Cut]:
    labelled = _labelled(document, index, sentence)
    if labelled is not None:
        yield labelled
        return
    for token in document.sentence_tokens(sentence):
        spoken = _spoken(document, index, sentence, token)
        if spoken is not None:
            yield spoken


def _first_word(document: Document, sentence: Sentence) -> int:
    first = sentence.first
    while first < sentence.last - 1 and not document.tokens[first].is_word:
        first += 1
    return first


def _labelled(document: Document, index: "ActorIndex", sentence: Sentence) -> _Cut | None:
    """Read `Lund: taxes will not rise`."""
    first = _first_word(document, sentence)
    colons = [
        each.index
        for each in document.tokens[first + 1 : min(first + 1 + LONGEST_NAME, sentence.last - 2)]
        if each.text == ":"
    ]
    if not colons or any(each.tag in {"``", "''"} for each in document.tokens[first - 1 : first]):
        return None
    speakers = index.at(document.tokens[first].start, document.tokens[colons[0] - 1].end)
    if len(speakers) != 1 or not _is_clause(document, colons[0] + 1, sentence.last):
        return None
    is_topic = index.by_id(speakers[0]).kind == "country"
    if is_topic and not _takes_a_stand(document, colons[0] + 1, sentence.last):
        return None
    return (first, colons[0]), (colons[0], colons[0] + 1), (colons[0] + 1, sentence.last)


def _is_clause(document: Document, first: int, last: int) -> bool:
    words = document.tokens[first:last]
    return any(word.tag in _FINITE for word in words) and any(
        word.dep in {"nsubj", "nsubjpass", "expl"} and word.tag not in {"WDT", "WP"}
        for word in words
    )


def _takes_a_stand(document: Document, first: int, last: int) -> bool:
    """Tell whether the clause has a modal verb or a negation."""
    words = document.tokens[first:last]
    return any(word.tag == "MD" or word.dep == "neg" for word in words)


def _spoken(
    document: Document, index: "ActorIndex", sentence: Sentence, verb: Token
) -> _Cut | None:
    """Read `Lund rejects new taxes`, `Lund visits Oslo, offers to mediate`."""
    if verb.tag not in {"VBZ", "VBP"} or not load_reporting().is_a("spoken", _name(document, verb)):
        return None
    subject = _subject(document, sentence, verb)
    if subject is None or index.of_token(subject.index) is None:
        return None
    end = verb.index + 1 + len(document.children(verb.index, "prt"))
    governed = document.children(verb.index, "dobj", "xcomp", "ccomp")
    if not governed or governed[0].index < end or end >= sentence.last:
        return None
    begin, _ = document.subtree(subject.index)
    first = max(begin, _first_word(document, sentence))
    return (first, subject.index + 1), (verb.index, end), (end, sentence.last)


def _name(document: Document, verb: Token) -> str:
    particles = [each.lower for each in document.children(verb.index, "prt")]
    return " ".join((verb.lemma, *particles))


def _subject(document: Document, sentence: Sentence, verb: Token) -> Token | None:
    """Return the verb's subject, or that of the first verb: `visits Oslo, offers ...`."""
    own = document.children(verb.index, "nsubj")
    if own:
        return own[0]
    before = document.tokens[sentence.first : verb.index]
    return next((each for each in before if each.dep == "nsubj"), None)


def _characters(document: Document, first: int, last: int) -> tuple[int, int]:
    return document.tokens[first].start, document.tokens[last - 1].end
