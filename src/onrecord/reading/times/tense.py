"""Whether the verb that governs a word of time looks back or ahead."""

from onrecord.reading.document import Document, Token
from onrecord.reading.times.value import Direction
from onrecord.reading.times.words import word_set

__all__ = ["direction_at", "direction_of_noun", "hangs_on_verb"]

_MODALS_AHEAD = word_set("will shall 'll wo would may might can could should must")
_PLANNED = word_set("due set scheduled slated expected going poised planned likely")
_PAST_HELPERS = word_set("did had has have was were been 've 'd")
# What governs an infinitive that looks ahead (`agreed to meet on Friday`).
_AHEAD_LEMMAS = word_set(
    "plan agree intend expect schedule hope want promise vow pledge decide prepare threaten ask "
    "urge tell order call invite set due ready likely slate poise go wait offer propose allow "
    "require demand need aim seek mean arrange announce instruct persuade be"
)
_BEHIND = word_set("after following since")
# Nouns whose infinitive tells of what was done (`the decision to fire him in May`).
_DONE_NOUNS = word_set("decision move failure refusal attempt one person man woman")


def direction_at(document: Document, token: Token) -> Direction:
    """Return the direction of the nearest verb above the token that has one."""
    for ancestor in (token, *document.ancestors(token.index)):
        if ancestor.pos in {"VERB", "AUX"}:
            direction = _tense(document, ancestor)
            if direction != "unknown":
                return direction
    return "unknown"


def direction_of_noun(document: Document, token: Token) -> Direction:
    """Return the direction of a date that says which meeting it was.

    What somebody did after it is past (`resigned after the vote in April`); what else a verb of the
    past has to do with leans back, unless that verb is a plan (`welcomed him on a visit in May`,
    but `agreed to a visit in May`).
    """
    if direction_at(document, token) != "past":
        return "unknown"
    for above in document.ancestors(token.index):
        if above.lemma in _AHEAD_LEMMAS - {"be", "have"}:
            return "unknown"
        if above.pos == "ADP" and above.lower in _BEHIND:
            return "past"
        if above.pos in {"VERB", "AUX"}:
            break
    return "back"


def hangs_on_verb(document: Document, token: Token) -> bool:
    """Tell whether the word of time says when a verb took place, not which meeting it was."""
    head = document.head(token)
    if token.dep == "pobj":
        head = document.head(head)
    return head.pos in {"VERB", "AUX"}


def _tense(document: Document, verb: Token) -> Direction:
    words = {helper.lower for helper in document.children(verb.index, "aux", "auxpass")}
    if words & _MODALS_AHEAD:
        return "past" if "have" in words else "future"
    if verb.tag == "VB" and "to" in words:
        return _infinitive(document, verb)
    if verb.lower in _PLANNED and verb.tag in {"VBN", "JJ", "VBG"}:
        return "future"
    return _finite(verb, words)


def _finite(verb: Token, helpers: set[str]) -> Direction:
    if verb.tag == "VBD" or helpers & _PAST_HELPERS:
        return "past"
    if verb.tag == "VBN":
        return "past" if not helpers & {"is", "are", "be", "being"} else "unknown"
    if verb.tag == "VBG":
        return "future" if helpers & {"is", "are", "'s", "'re"} else "unknown"
    return "unknown"


def _infinitive(document: Document, verb: Token) -> Direction:
    """`to meet on Friday` looks ahead if what governs it is a plan, a promise, a demand.

    After `tried` or `was able` it goes with the governor's own tense.
    """
    governor = document.head(verb)
    if governor.index == verb.index or governor.lemma in _AHEAD_LEMMAS:
        return "future"
    if governor.pos in {"NOUN", "PROPN"} and governor.lemma not in _DONE_NOUNS:
        return "future"
    return "unknown"
