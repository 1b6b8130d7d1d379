"""A trigger with the words around it that frames test and take parties from."""

from collections.abc import Iterator

from msgspec import Struct

from onrecord.knowledge.event_triggers import word_class
from onrecord.reading.document import Document, Token
from onrecord.reading.events.roles import objects, subjects

__all__ = ["Site", "deeper", "noun_site", "verb_site"]


class Site(Struct, frozen=True):
    """A trigger with the words around it that frames test."""

    document: Document
    trigger: Token
    carrier: Token
    objects: tuple[Token, ...]
    subjects: tuple[Token, ...]

    @property
    def hosts(self) -> tuple[Token, ...]:
        """Words whose prepositional phrases count, nearest first."""
        if self.trigger is self.carrier:
            return (self.trigger, *self._particles, *self.objects)
        return (self.trigger, self.carrier)

    @property
    def _particles(self) -> tuple[Token, ...]:
        """Particles under which the parser hung a preposition: `pushed back against`."""
        below = self.document.children(self.trigger.index, "prt", "advmod")
        return tuple(each for each in below if self.document.children(each.index, "prep"))


def verb_site(document: Document, verb: Token) -> Site:
    """Return the site of a verb: it carries itself, with its logical subjects and objects."""
    return Site(document, verb, verb, objects(document, verb), subjects(document, verb))


def noun_site(document: Document, noun: Token) -> Site:
    """Return the site of a noun or predicate: a light verb or copula above it carries it.

    Who plans what the noun says does it, but the noun alone tells it.
    """
    head = document.head(noun)
    carried = noun.dep in {"dobj", "nsubjpass"} and head.lemma in word_class("LIGHT")
    predicate = noun.dep in {"attr", "acomp", "oprd"}
    if carried or predicate:
        return Site(document, noun, head, (), subjects(document, head))
    planned = noun.dep == "dobj" and head.lemma in word_class("PLANNING")
    return Site(document, noun, noun, (), subjects(document, head) if planned else ())


def deeper(preposition: str, site: Site) -> Iterator[Token]:
    """Yield prepositions further down that the parser may have hung too low, in order.

    A phrase that belongs to a clause with its own subject is not looked into.
    """
    first, last = site.document.subtree(site.carrier.index)
    for token in site.document.tokens[max(first, site.trigger.index + 1) : last]:
        if token.lower == preposition and _hangs_under(site.document, token, site.carrier):
            yield token


def _hangs_under(document: Document, token: Token, top: Token) -> bool:
    for above in document.ancestors(token.index):
        if above.index == top.index:
            return True
        if above.pos in {"VERB", "AUX"} and above.dep != "acl":
            return False
    return False
