"""Who stands where around a verb or noun: subjects, objects, prepositional objects, owners.

Everything is read off the dependency parse: passives, relative and participial clauses, shared
subjects of coordinated and infinitive clauses. All functions return head tokens of noun phrases,
coordinated ones included; resolving them to actors is `event_cast`'s business.
"""

from collections.abc import Iterable, Iterator

from onrecord.knowledge.event_triggers import word_class
from onrecord.knowledge.nominals import nominals
from onrecord.reading.document import Document, Token

__all__ = [
    "complement_subjects",
    "complements",
    "conjuncts",
    "deed_hosts",
    "hyphenated",
    "indirect_objects",
    "is_passive",
    "is_people",
    "is_reciprocal",
    "is_somebody",
    "judged",
    "objects",
    "owners",
    "prepositional_objects",
    "subjects",
]

_DEPTH = 6
"""Clauses climbed in search of a shared subject: deeper nesting is nearly always a parse error."""

_EACH_OTHER = frozenset({"each other", "one another"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_WHEN = frozenset({"before", "after", "since", "while", "when", "during", "until", "upon"})
_DASHES = frozenset({"-", "–", "—", "--"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X", "ADV"})
_SUBJECT_CONTROL = frozenset(
    {
        "promise",
        "vow",
        "pledge",
        "threaten",
        "agree",
        "call",
        "phone",
        "telephone",
        "meet",
        "visit",
        "use",
    }
)
"""Verbs whose subject does what their infinitive says, though they have an object."""

_CONTROLLING: dict[str, set[str]] = {
    "appeal": {"to"},
    "call": {"on", "upon", "for"},
    "count": {"on"},
    "plead": {"with"},
    "press": {"for"},
    "prevail": {"on", "upon"},
    "push": {"for"},
    "rely": {"on"},
    "wait": {"for"},
}
"""Prepositions after which stands who does what the infinitive says: `called on Iran to leave`."""
_JUDGING = frozenset({"of", "for", "from", "against", "into", "over"})
"""Prepositions of a gerund that the object does: `accused them of lying`, `talked them into`."""


def hyphenated(document: Document, noun: Token) -> tuple[Token, ...]:
    """Return the words of a noun that the parser took apart at hyphens: `build`, `-`, `up`."""
    first = noun.index
    while first >= 2 and _is_joined(document, first):
        first -= 2
    return document.tokens[first : noun.index + 1] if first < noun.index else (noun,)


def _is_joined(document: Document, index: int) -> bool:
    if document.tokens[index - 1].text != "-":
        return False
    before, hyphen, after = document.tokens[index - 2 : index + 1]
    return before.end == hyphen.start and hyphen.end == after.start


def conjuncts(document: Document, token: Token) -> tuple[Token, ...]:
    """Return the token and what is coordinated with it, in order."""
    more = document.children(token.index, "conj")
    if not more:
        return (token,)
    found, waiting = [token], [token]
    while waiting:
        more = document.children(waiting.pop().index, "conj")
        found.extend(each for each in more if each.pos in _NOMINAL)
        waiting.extend(more)
    return tuple(found)


def is_passive(document: Document, verb: Token) -> bool:
    """Tell whether the verb is in the passive, or a bare past participle after a noun."""
    if document.children(verb.index, "nsubjpass", "auxpass"):
        return True
    if verb.tag != "VBN" or document.children(verb.index, "aux", "nsubj"):
        return False
    if verb.dep == "conj":
        head = document.head(verb)
        return head.tag == "VBN" and is_passive(document, head)
    return verb.dep in {"acl", "advcl"} and not document.children(verb.index, "dobj")


def is_reciprocal(document: Document, verb: Token) -> bool:
    """Tell whether those who act do it to each other: `blamed one another`."""
    things = document.children(verb.index, "dobj")
    below = (each for host in (verb, *things) for each in document.children(host.index, "prep"))
    return any(
        " ".join(low.lower for low in document.tokens[first : first + 2]) in _EACH_OTHER
        for thing in (*things, *_pobj(document, below))
        for each in (thing, *document.children(thing.index, "poss"))
        for first in (each.index - 1, each.index)
    )


def objects(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return what the verb acts on: its object, or in the passive its subject."""
    if is_passive(document, verb):
        kept = _kept_object(document, verb)
        return _expanded(document, kept or _passive_subjects(document, verb, 0))
    direct = document.children(verb.index, "dobj") or _called(document, verb)
    if direct:
        return _expanded(document, tuple(_antecedent(document, each) for each in direct))
    elided = _elided_object(document, verb)
    return _expanded(document, elided) or _shared_object(document, verb)


def _kept_object(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return what somebody is given: in `were denied access` the subject is no object."""
    if verb.lemma not in word_class("GIVING") or not document.children(verb.index, "auxpass"):
        return ()
    things = document.children(verb.index, "dobj", "oprd")
    return tuple(each for each in things if each.lemma not in word_class("CLOCK"))


def _called(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return the name that the parser took for what one is called: `called Salman on Monday`."""
    if verb.lemma != "call":
        return ()
    return tuple(each for each in document.children(verb.index, "oprd") if each.pos == "PROPN")


def indirect_objects(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return to whom something is given, where no preposition says so."""
    found = document.children(verb.index, "dative")
    direct = tuple(each for each in found if each.pos != "ADP")
    if is_passive(document, verb) and _kept_object(document, verb):
        direct = _passive_subjects(document, verb, 0)
    behind = tuple(_pobj(document, (each for each in found if each.pos == "ADP")))
    return _expanded(document, direct + behind)


def subjects(document: Document, verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Return who does what the verb says: its subject, in the passive its agent."""
    if is_passive(document, verb):
        agents = document.children(verb.index, "agent")
        hosts = (verb, *_kept_object(document, verb))
        below = (each for host in hosts for each in document.children(host.index, "prep"))
        by = (each for each in below if each.lower == "by")
        return _expanded(document, tuple(_pobj(document, (*agents, *by))))
    own = document.children(verb.index, "nsubj")
    if own:
        return _expanded(document, tuple(_past_dateline(document, each) for each in own))
    if depth >= _DEPTH or document.children(verb.index, "expl"):
        return ()
    return _inherited(document, verb, depth)


def complements(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return the heads of the clauses that complete the verb."""
    clauses = list(document.children(verb.index, "xcomp", "ccomp"))
    for prep in document.children(verb.index, "prep"):
        if prep.lower not in _WHEN:
            clauses.extend(document.children(prep.index, "pcomp"))
    infinitives = document.children(verb.index, "advcl", "acl")
    clauses.extend(each for each in infinitives if _has_to(document, each))
    of_noun = document.children(verb.index, "acl")
    clauses.extend(each for each in of_noun if _has_that(document, each))
    return tuple(each for each in clauses if each.pos in {"VERB", "AUX"})


def complement_subjects(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return the subjects of the clauses that complete the verb: whom it urges, accuses, wants."""
    clauses = [*complements(document, verb), *document.children(verb.index, "ccomp", "oprd")]
    found: dict[int, Token] = {}
    for clause in clauses:
        for each in document.children(clause.index, "nsubj", "nsubjpass"):
            found.setdefault(each.index, each)
    return _expanded(document, tuple(_antecedent(document, each) for each in found.values()))


def prepositional_objects(
    document: Document, hosts: Iterable[Token], preposition: str
) -> tuple[Token, ...]:
    """Return the objects of a preposition (or of `close to`, `ahead of`) under any of the hosts."""
    for host in hosts:
        marks = [each for each in document.children(host.index) if each.lower == preposition]
        if not marks:
            continue
        inner = [each for mark in marks for each in document.children(mark.index, "prep")]
        found = tuple(_pobj(document, (*marks, *inner)))
        if found:
            return _expanded(document, found)
    return ()


def deed_hosts(document: Document, deed: Token) -> tuple[Token, ...]:
    """Return under what `by` may hang that tells whose deed a noun is.

    The parser may have hung it on an active verb: `condemned the invasion of Georgia by rebels`.
    """
    verb = document.head(deed)
    active = deed.dep == "dobj" and verb.pos == "VERB" and not is_passive(document, verb)
    return (deed, verb) if active else (deed,)


def owners(document: Document, noun: Token) -> tuple[Token, ...]:
    """Return who a noun belongs to: possessors, names and adjectives of nations before it."""
    found: list[Token] = []
    for label in (("poss", "nsubj"), ("compound", "nmod", "amod")):
        for each in document.children(noun.index, *label):
            found.append(_whose(document, each))
            found.extend(document.children(each.index, "npadvmod", "compound"))
            found.extend(document.children(each.index, "conj"))
    return tuple(found)


def _whose(document: Document, possessor: Token) -> Token:
    """Return the noun that `whose` stands for, or the possessor itself."""
    if possessor.lower != "whose":
        return possessor
    verb = next((a for a in document.ancestors(possessor.index) if a.dep == "relcl"), None)
    return possessor if verb is None else document.head(verb)


def _pobj(document: Document, prepositions: Iterable[Token]) -> Iterator[Token]:
    for each in prepositions:
        yield from document.children(each.index, "pobj")


def _expanded(document: Document, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    if len(tokens) < 2:
        return conjuncts(document, tokens[0]) if tokens else ()
    found: dict[int, Token] = {}
    for token in tokens:
        for each in conjuncts(document, token):
            found.setdefault(each.index, each)
    return tuple(found.values())


def _past_dateline(document: Document, token: Token) -> Token:
    """Return the subject behind a dateline taken for it: `OSLO, Feb 1 - Lund met`."""
    first = document.sentence_of(token.index).first
    if token.text.isupper() and token.index <= first + 2:
        for each in document.children(token.index, "appos", "dep", "conj"):
            between = document.tokens[token.index : each.index]
            if any(mark.text in _DASHES for mark in between):
                return each
    return _antecedent(document, token)


def _antecedent(document: Document, token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, or the token itself."""
    if token.lower not in _RELATIVE:
        return token
    for verb in document.ancestors(token.index):
        if verb.dep == "relcl":
            return document.head(verb)
        if verb.dep not in {"xcomp", "ccomp", "conj", "prep", "pobj"}:
            break
    return token


def _passive_subjects(document: Document, verb: Token, depth: int) -> tuple[Token, ...]:
    own = document.children(verb.index, "nsubjpass")
    if own:
        return tuple(_antecedent(document, each) for each in own)
    head = document.head(verb)
    if verb.dep == "acl":
        return (head,)
    if verb.dep == "conj" and depth < _DEPTH and head.pos == "VERB":
        return _passive_subjects(document, head, depth + 1)
    if verb.dep in {"xcomp", "advcl"} and depth < _DEPTH:
        return _subjects_any_voice(document, head, depth + 1)
    return ()


def _elided_object(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return the noun a relative clause without a pronoun is about: `the paper Washington sent`."""
    if verb.dep != "relcl" or not document.children(verb.index, "nsubj"):
        return ()
    relative = any(each.lower in _RELATIVE for each in document.children(verb.index, "nsubj"))
    return () if relative else (document.head(verb),)


def _shared_object(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return the object of a verb coordinated after this one: `met and embraced Lavrov`."""
    for other in document.children(verb.index, "conj"):
        if other.index == verb.index + 2 and other.tag == verb.tag:
            return _expanded(document, document.children(other.index, "dobj"))
    return ()


def _inherited(document: Document, verb: Token, depth: int) -> tuple[Token, ...]:
    """Return the subject that a clause without its own shares with another."""
    head = document.head(verb)
    if head.index == verb.index:
        return ()
    if verb.dep in {"acl", "relcl"}:
        return _subject_of_noun_clause(document, verb, head, depth)
    controlled = _controlled(document, verb, head)
    if controlled:
        return _expanded(document, controlled)
    if verb.dep == "pcomp":
        head = document.head(head)
    if head.dep in {"acomp", "oprd", "attr"} or (head.dep == "advmod" and verb.dep == "pcomp"):
        head = document.head(head)
    if head.pos not in {"VERB", "AUX"}:
        return owners(document, head) or _holder(document, head, depth)
    return _subjects_any_voice(document, head, depth + 1)


def _holder(document: Document, noun: Token, depth: int) -> tuple[Token, ...]:
    """Return who has a noun that a gerund hangs on: `had no intention of attacking`."""
    verb = document.head(noun)
    if noun.dep != "dobj" or verb.lemma not in word_class("HOLDING"):
        return ()
    return _subjects_any_voice(document, verb, depth + 1)


def judged(document: Document, preposition: Token) -> tuple[Token, ...]:
    """Return who did it in somebody's eyes: `blamed Iran for attacking`, `stopped him from`.

    Whoever is found guilty of it did it too.
    """
    verb = document.head(preposition)
    is_guilty = verb.lower == "guilty" and preposition.lower == "of"
    if is_guilty:
        verb = document.head(verb)
    if (preposition.lower not in _JUDGING and not is_guilty) or verb.pos != "VERB":
        return ()
    if is_passive(document, verb):
        return _passive_subjects(document, verb, 0)
    return tuple(each for each in document.children(verb.index, "dobj") if is_somebody(each))


def is_somebody(noun: Token) -> bool:
    """Tell whether a noun is a name, a pronoun or a word for people or bodies."""
    words = nominals()
    named = noun.pos in {"PROPN", "PRON"} or noun.lemma in words.classes
    return named or is_people(noun)


def is_people(noun: Token) -> bool:
    """Tell whether a noun is a word for people."""
    words = nominals()
    return words.is_person(noun.lemma) or words.is_group(noun.lemma)


def _controlled(document: Document, verb: Token, head: Token) -> tuple[Token, ...]:
    """Return who does what an infinitive or gerund says: an object, or whom one `called on`."""
    if verb.dep == "pcomp":
        return judged(document, head)
    if head.lemma == "summon" and verb.lemma in word_class("PROTESTING"):
        return ()
    things = document.children(head.index, "dobj")
    prepositions = _CONTROLLING.get(head.lemma, set())
    if not things and verb.dep in {"xcomp", "advcl"} and _has_to(document, verb):
        near = document.children(head.index, "prep")
        asked = _pobj(document, (each for each in near if each.lower in prepositions))
        things = tuple(each for each in asked if each.lemma not in word_class("CLOCK"))
    elif verb.dep != "xcomp" or head.lemma in _SUBJECT_CONTROL:
        return ()
    return things


def _subjects_any_voice(document: Document, verb: Token, depth: int) -> tuple[Token, ...]:
    if is_passive(document, verb):
        return _expanded(document, _passive_subjects(document, verb, depth))
    return subjects(document, verb, depth)


def _subject_of_noun_clause(
    document: Document, verb: Token, noun: Token, depth: int
) -> tuple[Token, ...]:
    """Return the doer of a clause under a noun: the noun, or for `plan to attack` its owner."""
    if not _has_to(document, verb):
        return _expanded(document, (noun,))
    below = document.children(noun.index, "prep", "agent")
    mine = owners(document, noun) or _expanded(
        document,
        tuple(_pobj(document, (each for each in below if each.lower in {"by", "of", "from"}))),
    )
    governor = document.head(noun)
    if noun.dep == "dobj" and governor.pos == "VERB":
        return _subjects_any_voice(document, governor, depth + 1) or mine
    return mine


def _has_that(document: Document, verb: Token) -> bool:
    return any(each.lower == "that" for each in document.children(verb.index, "mark"))


def _has_to(document: Document, verb: Token) -> bool:
    return any(each.lower == "to" for each in document.children(verb.index, "aux"))
