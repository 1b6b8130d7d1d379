"""Leave out what is no statement: names of things without anything said of them, and mere deeds.

A network that reads contents as if they stood alone takes `they said one thing` for a statement of
one thing, and `the West ignored our concerns` for a statement of concerns. What has no verb counts
only behind a word of saying; and `he expected an answer`, said by himself, is what he said before.
"""

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.cue import cue_verb, read_cue
from onrecord.reading.statements.parts import Parts

__all__ = ["is_attitude_within", "is_fragment"]

DOUBT = 0.7
"""Probability below which a thing named behind a noun (`raised fears of a flood`) or a verb that
reports nothing (`provides the forces needed`) is left out."""

_TALKING = frozenset({"speak", "talk"})
_SAYING = frozenset({"say", "tell"})
_CALLING = frozenset({"call", "term", "dub", "label"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_ATTITUDES = frozenset({"expect", "opine"})
_EMPTY = frozenset({"thing", "something", "anything", "nothing", "everything", "lot", "word"})


def is_fragment(document: Document, parts: Parts) -> bool:
    """Tell whether a finding names a thing and says nothing."""
    verb = cue_verb(document, parts.cue_tokens)
    if parts.is_turn or verb is None:
        return False
    if _is_said_of_nothing(document, parts, verb) or _is_called_nothing(document, parts, verb):
        return True
    if _has_verb(document, parts):
        is_deed = _is_deed if parts.within is not None else _is_only_done
        return is_deed(document, parts, verb)
    first = document.tokens[parts.content_tokens[0]]
    is_spoken_to = verb.lemma in _TALKING and verb.index < first.index and first.pos == "PRON"
    if is_spoken_to:
        return True
    is_empty = _is_doubtful if parts.within is None else _names_only
    return is_empty(document, parts)


def _is_called_nothing(document: Document, parts: Parts, verb: Token) -> bool:
    """Tell whether a thing is named without what it is called: `as diplomats call such a paper`."""
    if verb.lemma not in _CALLING or verb.pos != "VERB":
        return False
    if any(each.tag == "WP" for each in document.children(verb.index)):
        return False
    is_object = _object_at_start(document, parts, verb) is not None
    return is_object and not document.children(verb.index, "oprd", "ccomp", "xcomp", "prep")


def _is_said_of_nothing(document: Document, parts: Parts, verb: Token) -> bool:
    """Tell whether it is told that something was said, and not what: `they said one thing`."""
    if verb.lemma not in _SAYING:
        return False
    named = _object_at_start(document, parts, verb)
    return (
        named is not None
        and named.lemma in _EMPTY
        and not document.children(named.index, "relcl", "acl", "ccomp")
    )


def _is_only_done(document: Document, parts: Parts, verb: Token) -> bool:
    """Tell whether a thing is the object of a verb that reports nothing, and it is doubted."""
    if parts.probability >= DOUBT or _object_at_start(document, parts, verb) is None:
        return False
    return read_cue(document, parts.cue_tokens, frozenset(parts.content_tokens)).entry is None


def _is_deed(document: Document, parts: Parts, verb: Token) -> bool:
    """Tell whether what another tells is a deed that reports nothing: `he had assigned them`.

    Of 32 in 790 reports whose verb no list knows 28 were no saying.
    """
    if verb.pos not in {"VERB", "AUX"} or verb.lemma == "accord":
        return False
    return read_cue(document, parts.cue_tokens, frozenset(parts.content_tokens)).entry is None


def _object_at_start(document: Document, parts: Parts, verb: Token) -> Token | None:
    """Return the verb's object with which the content begins."""
    first = parts.content_tokens[0]
    for each in document.children(verb.index, "dobj"):
        start, end = document.subtree(each.index)
        if start <= first < end and each.index in parts.content_tokens:
            return each
    return None


def _is_doubtful(document: Document, parts: Parts) -> bool:
    """Tell whether a thing stands behind a noun or a deed, and it is doubted that it is said."""
    if parts.probability >= DOUBT:
        return False
    cue = read_cue(document, parts.cue_tokens, frozenset(parts.content_tokens))
    if cue.word is None:
        return False
    return cue.word.pos in {"NOUN", "PROPN"} or (cue.entry is None and cue.word.pos == "VERB")


def _has_verb(document: Document, parts: Parts) -> bool:
    return any(document.tokens[index].pos in {"VERB", "AUX"} for index in parts.content_tokens)


def _names_only(document: Document, parts: Parts) -> bool:
    """Tell whether a content without a verb stands behind no word of saying, or means no thing."""
    cue = read_cue(document, parts.cue_tokens, frozenset(parts.content_tokens))
    if cue.word is None:
        return False
    if cue.entry is None or load_reporting().is_a("finding", cue.word.lemma):
        return True
    last = document.tokens[parts.content_tokens[-1]]
    return last.lemma in _EMPTY and len(parts.content_tokens) <= 3


def is_attitude_within(document: Document, parts: Parts, outer: Parts) -> bool:
    """Tell whether what another finding tells is just this wish or belief: `said he expected`."""
    if len(parts.source_tokens) != 1:
        return False
    verb = cue_verb(document, parts.cue_tokens)
    if verb is None or document.tokens[parts.source_tokens[0]].lower not in _PRONOUNS:
        return False
    cue = read_cue(document, parts.cue_tokens, frozenset(parts.content_tokens))
    is_attitude = cue.entry is not None and cue.entry.act in _ATTITUDES
    return is_attitude and verb.head not in outer.content_tokens
