"""Tell whether a trigger keeps the company that a frame wants: the tests of the frame table."""

from collections.abc import Callable

from onrecord.knowledge.event_triggers import Need, word_class
from onrecord.reading.document import Document, Token
from onrecord.reading.events.roles import (
    complements,
    hyphenated,
    is_people,
    prepositional_objects,
)
from onrecord.reading.events.site import Site, deeper

__all__ = ["TESTS", "holds"]

_NOUNS = frozenset({"NOUN", "PROPN"})
_NO_DUTY = frozenset({"would", "will", "have", "'ve", "’ve"})
_CLAUSE_PREPOSITIONS = ("against", "with", "from", "to", "on", "in", "at", "between", "for")


def holds(need: Need, site: Site) -> bool:
    """Tell whether one test of a frame holds at the trigger's site."""
    return TESTS[need.place](need, site) is not need.negated


def _has_object(need: Need, site: Site) -> bool:
    if not need.lemmas:
        return bool(site.objects) and not _is_clock(site.objects)
    return any(_matches(need, site.document, each) for each in site.objects)


def _has_subject(need: Need, site: Site) -> bool:
    return any(_matches(need, site.document, each) for each in site.subjects)


def _has_complement(need: Need, site: Site) -> bool:
    found = complements(site.document, site.trigger)
    if need.place == "c":
        return bool(found) or bool(site.document.children(site.trigger.index, "ccomp", "oprd"))
    bare = [each for each in found if _is_infinite(site.document, each)]
    return any(not need.lemmas or each.lemma in need.lemmas for each in bare)


def _has_own_subject(need: Need, site: Site) -> bool:
    """Tell whether an infinitive under the verb has a subject of its own."""
    del need
    return any(
        _is_infinite(site.document, each) and site.document.children(each.index, "nsubj")
        for each in complements(site.document, site.trigger)
    )


def _is_infinite(document: Document, verb: Token) -> bool:
    """Tell an infinitive or gerund from a clause with a subject of its own and a tense."""
    auxiliaries = {each.lower for each in document.children(verb.index, "aux")}
    return "to" in auxiliaries or (verb.tag == "VBG" and not auxiliaries)


def _has_preposition(need: Need, site: Site) -> bool:
    if need.preposition:
        found = prepositional_objects(site.document, site.hosts, need.preposition)
        return any(_matches(need, site.document, each) for each in found)
    names = need.lemmas or _CLAUSE_PREPOSITIONS
    if site.trigger.pos == "NOUN" and any(next(deeper(name, site), None) for name in need.lemmas):
        return True
    return any(
        child.lower in names and _leads_on(site.document, child)
        for host in site.hosts
        for child in site.document.children(host.index)
    )


def _leads_on(document: Document, preposition: Token) -> bool:
    """Tell whether something follows a preposition that is no time: not `fired it on Sunday`."""
    below = document.children(preposition.index, "pobj", "pcomp", "prep")
    return bool(below) and not _is_clock(below)


def _has_modifier(need: Need, site: Site) -> bool:
    below = site.document.children(site.trigger.index, "amod", "compound", "nmod")
    return any(each.lemma in need.lemmas or each.lower in need.lemmas for each in below)


def _has_predicate(need: Need, site: Site) -> bool:
    below = site.document.children(site.trigger.index, "acomp", "oprd", "ccomp", "xcomp", "attr")
    return any(each.lemma in need.lemmas for each in below)


def _has_duty(need: Need, site: Site) -> bool:
    """Tell whether the verb reports that somebody must or should do something, not have done it."""
    del need
    clauses = site.document.children(site.trigger.index, "ccomp")
    heard = [{each.lower for each in site.document.children(c.index, "aux")} for c in clauses]
    return any(words & {"must", "should", "ought"} and not words & _NO_DUTY for words in heard)


def _is_governed(need: Need, site: Site) -> bool:
    """Tell whether one of these prepositions stands above a noun: `under U.S. sanctions`."""
    return site.trigger.dep == "pobj" and site.document.head(site.trigger).lower in need.lemmas


def _has_time(need: Need, site: Site) -> bool:
    """Tell whether a day or hour stands under the trigger: `on Saturday`."""
    del need
    below = site.document.children(site.trigger.index, "prep", "npadvmod")
    return any(_is_clock(site.document.children(each.index, "pobj") or (each,)) for each in below)


def _is_plural(need: Need, site: Site) -> bool:
    del need
    return len(site.subjects) > 1 or any(each.tag in {"NNS", "NNPS"} for each in site.subjects)


TESTS: dict[str, Callable[[Need, Site], bool]] = {
    "o": _has_object,
    "s": _has_subject,
    "x": _has_complement,
    "xs": _has_own_subject,
    "c": _has_complement,
    "p": _has_preposition,
    "m": _has_modifier,
    "a": _has_predicate,
    "pl": _is_plural,
    "must": _has_duty,
    "g": _is_governed,
    "t": _has_time,
}


def _matches(need: Need, document: Document, noun: Token) -> bool:
    """Tell whether the noun, or with `~` a word of its phrase, is one that is wanted."""
    if noun.lemma in need.lemmas or noun.lower in need.lemmas or _is_of_kind(need, noun):
        return True
    if "".join(each.lower for each in hyphenated(document, noun)) in need.lemmas:
        return True
    if not need.within:
        return _partitive(document, noun, need)
    near = [*document.children(noun.index, "amod", "compound", "nmod", "poss")]
    near.extend(prepositional_objects(document, (noun,), "of"))
    near.extend(prepositional_objects(document, (noun,), "for"))
    near.extend(prepositional_objects(document, (noun,), "in"))
    deeper = [low for each in near for low in document.children(each.index)]
    return any(each.lemma in need.lemmas for each in (*near, *deeper))


def _is_of_kind(need: Need, noun: Token) -> bool:
    named = noun.pos == "PROPN" and "<name>" in need.lemmas
    return named or ("<people>" in need.lemmas and is_people(noun))


def _partitive(document: Document, noun: Token, need: Need) -> bool:
    """Look through a quantity: `tens of thousands of troops`, `a round of talks`."""
    for _ in range(3):
        inner = prepositional_objects(document, (noun,), "of")
        counts = noun.lemma in word_class("QUANTITY") or noun.tag == "CD"
        if not counts or not inner:
            return False
        noun = inner[0]
        if noun.lemma in need.lemmas:
            return True
    return False


def _is_clock(nouns: tuple[Token, ...]) -> bool:
    """Tell whether what the parser took for an object is only a time: `met Monday`."""
    times = word_class("CLOCK") | word_class("MONTH")
    return all(each.lemma in times and each.pos in _NOUNS for each in nouns)
