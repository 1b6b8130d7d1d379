"""Which actor a word stands for: the way from noun phrases to actors."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from onrecord.article import Span
from onrecord.knowledge.agents import agent_of
from onrecord.knowledge.event_triggers import frames
from onrecord.knowledge.nominals import nominals
from onrecord.reading.document import Document, Token
from onrecord.reading.events.roles import (
    deed_hosts,
    is_people,
    owners,
    prepositional_objects,
)

__all__ = ["FRIENDLY", "NARROW", "WIDE", "Cast", "make_cast"]

NARROW = ("of", "from", "by", "in", "at", "against")
"""Prepositions in a noun phrase after which stands whom a deed to it is done to."""
WIDE = (*NARROW, "with", "between", "on", "to", "for")
"""The same for what is done with words."""
FRIENDLY = ("of", "from", "by", "in", "at", "with", "between", "to", "for")
"""The same for praise and support: who backs a war on Greece does not back Greece."""
_WHOSE = ("of", "from", "in", "at")
_OUTLAWED = frozenset({"CRM", "PRM", "REB", "UAF"})
"""Sectors of those who are not the state's where they are: `gunmen in Nigeria`."""
_EMPLOYING = frozenset(
    {"appoint", "command", "control", "employ", "hire", "lead", "recruit", "send"}
)


class Cast(Struct, frozen=True):
    """The actors of a document by the words that mean them.

    Attributes:
        document: The document.
        heads: Actor ids by the index of the token that heads a mention.
        covered: Actor ids by the index of any token of a mention, the shortest mention winning.
        vague: Ids of actors such as `troops` that say less than who they belong to.
        states: Ids of the states that actors belong to, where the state is an actor too.
        unarmed: Ids of people with a name and a sector that is no armed force.
        lands: Ids of countries and places.
        people: Ids of persons and groups.
        press: Ids of media and those who work for them.
    """

    document: Document
    heads: dict[int, tuple[str, ...]]
    covered: dict[int, tuple[str, ...]]
    vague: frozenset[str] = frozenset()
    states: Mapping[str, str] = field(default_factory=dict)
    unarmed: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    press: frozenset[str] = frozenset()

    def named_by(self, token: Token) -> tuple[str, ...]:
        """Return the actor that this very word means."""
        return self.heads.get(token.index) or self.covered.get(token.index, ())

    def with_states(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the actors and the states that they belong to."""
        known = tuple(ids)
        return frozenset((*known, *(self.states[each] for each in known if each in self.states)))

    def of(
        self, token: Token, *, through: tuple[str, ...] = NARROW, without: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Return the actors that the noun phrase headed by the token means or belongs to.

        Whoever is in `without` is passed over, and their own: `his talks with Truss` are with
        Truss, `to withdraw its troops from Mali` concerns Mali.
        """
        named = self.heads.get(token.index, ())
        if self.is_own(token, without):
            if through is FRIENDLY:  # who defends his invasion supports nobody
                return ()
            named = ()
        if named and not self.vague.issuperset(named):
            return named
        mine = tuple(each for each in self.owners_of(token) if each not in without)
        if named:  # who they are of; not whom they fight
            whose = _WHOSE[:2] if _is_outlawed(token) else _WHOSE
            return mine or self._inside(token, whose, steps=1) or named
        return mine or self._inside(token, through)

    def is_own(self, token: Token, without: tuple[str, ...]) -> bool:
        """Tell whether what a word means belongs to somebody in `without`."""
        possessors = self.document.children(token.index, "poss") if without else ()
        if not possessors or token.lemma in nominals().relational:  # `his counterpart` is another
            return False
        return any(set(self.named_by(each)) & set(without) for each in possessors)

    def owners_of(self, token: Token) -> tuple[str, ...]:
        """Return the actors to whom what the token heads belongs; nothing belongs to itself."""
        itself = set(self.heads.get(token.index, ()))
        for each in owners(self.document, token):
            found = self.named_by(each)
            if not found and each.dep == "poss":  # `the Iranian tanker’s release`
                found = self.owners_of(each)
            if found and not itself.issuperset(found):
                return found
        return self.covered.get(token.index, ()) if token.pos == "PROPN" else ()

    def all_of(
        self,
        tokens: Iterable[Token],
        *,
        through: tuple[str, ...] = NARROW,
        without: tuple[str, ...] = (),
    ) -> tuple[str, ...]:
        """Return the actors of several noun phrases, each once, in order."""
        found = (self.of(token, through=through, without=without) for token in tokens)
        return unique(actor for each in found for actor in each)

    def _inside(
        self, token: Token, prepositions: tuple[str, ...], *, steps: int = 3
    ) -> tuple[str, ...]:
        """Return the actors named inside a noun phrase that is no actor: `thousands of Greeks`."""
        host = token
        if "by" in prepositions and frames("noun", token.lemma):  # who did it, not to whom
            prepositions = ("by", *prepositions)
        for _ in range(steps):
            inner = self._step_inside(host, prepositions)
            if not inner:
                return ()
            found = unique(actor for each in inner for actor in self._at(each))
            if found:
                return found
            host = inner[0]
        return ()

    def _at(self, token: Token) -> tuple[str, ...]:
        named = self.heads.get(token.index, ())
        if named and not self.vague.issuperset(named):
            return named
        return self.owners_of(token) or named

    def _step_inside(self, token: Token, prepositions: tuple[str, ...]) -> tuple[Token, ...]:
        below = {each.lower for each in self.document.children(token.index)}
        is_deed = "by" in prepositions and bool(frames("noun", token.lemma))
        for preposition in prepositions:
            hosts: tuple[Token, ...] = (token,)
            if preposition == "by" and is_deed:
                hosts = deed_hosts(self.document, token)
            elif preposition not in below:
                continue
            found = prepositional_objects(self.document, hosts, preposition)
            if found:
                return found
        participles = self.document.children(token.index, "acl")
        if is_people(token):  # `rebels backed by Rwanda` are not Rwanda
            participles = tuple(each for each in participles if each.lemma in _EMPLOYING)
        agents = (
            low for each in participles for low in self.document.children(each.index, "agent")
        )
        return tuple(low for each in agents for low in self.document.children(each.index, "pobj"))


def _is_outlawed(token: Token) -> bool:
    agent = agent_of([token.lemma])
    return agent is not None and agent.sector in _OUTLAWED


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values in order, each once.

    Example:
        >>> unique(("a2", "a1", "a2"))
        ('a2', 'a1')
    """
    return tuple(dict.fromkeys(values))


def make_cast(document: Document, mentions: Iterable[tuple[str, Span]]) -> Cast:
    """Place the mentions of actors (id and span) on the words of the document."""
    heads: dict[int, tuple[str, ...]] = {}
    covered: dict[int, tuple[str, ...]] = {}
    by_length = sorted(mentions, key=lambda each: (each[1].end - each[1].start, each[1].start))
    for actor, span in by_length:
        inside = document.tokens_in(span.start, span.end)
        for head in _heads(document, inside):
            heads[head] = unique((*heads.get(head, ()), actor))[:4]
        for index in inside:
            if document.tokens[index].pos not in {"ADP", "DET", "PUNCT", "CCONJ"}:
                covered.setdefault(index, (actor,))
    return Cast(document, heads, covered)


def _heads(document: Document, inside: range) -> tuple[int, ...]:
    """Return the tokens of a mention whose governors lie outside it, punctuation left out."""
    tops = [
        document.tokens[index]
        for index in inside
        if document.tokens[index].head not in inside
        or document.tokens[index].head == document.tokens[index].index
    ]
    words = [each for each in tops if each.pos not in {"PUNCT", "ADP", "PART", "DET"}]
    nouns = [each for each in words if each.pos in {"PROPN", "NOUN", "PRON"}]
    return tuple(each.index for each in (nouns or words)[:4])
