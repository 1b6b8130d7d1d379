"""Find who stands in the places that a frame names for its actor and recipient."""

from collections.abc import Iterator

from onrecord.knowledge.event_triggers import word_class
from onrecord.reading.document import Token
from onrecord.reading.events.cast import NARROW, Cast, unique
from onrecord.reading.events.roles import (
    complement_subjects,
    complements,
    deed_hosts,
    indirect_objects,
    is_passive,
    judged,
    objects,
    prepositional_objects,
    subjects,
)
from onrecord.reading.events.site import Site, deeper
from onrecord.reading.judging import things_judged

__all__ = ["first_role"]

_SETTING = frozenset({"after", "following", "during", "at", "in", "before", "amid", "for", "over"})
_SHARED = ("MEETING", "CALL", "VISIT", "DEAL", "TIES", "MEDIATION")
"""Classes of nouns for what those take part in of whom a sentence tells."""
_OWNING_UP = frozenset({"claim", "accept", "admit", "take"})
_UNDOING = frozenset({
    "abandon", "break", "breach", "cancel", "criticise", "criticize", "defy", "denounce", "end",
    "ignore", "leave", "lift", "oppose", "quit", "reject", "repeal", "revoke", "scrap", "violate",
})  # fmt: skip
"""Who does so to a deal that curbs somebody curbs nobody."""
_CLAUSE_PREPOSITIONS = ("against", "with", "from", "to", "on", "in", "at", "between", "for")


def first_role(
    roles: tuple[str, ...],
    site: Site,
    cast: Cast,
    *,
    through: tuple[str, ...] = NARROW,
    without: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Return the actors of the first role that is filled.

    One filled by nobody in particular (`troops`), or by the state that whoever is in `without`
    belongs to, only counts where no other is: in `offered to send troops to Uganda` the offer goes
    to Uganda. A noun phrase that is no actor may stand for one
    that a preposition of `through` names: who condemns an attack on Greece is at odds with the
    attacker, but who finances tax cuts for the rich gives them no aid.
    """
    vague: tuple[str, ...] = ()
    own = {cast.states.get(each) for each in without}
    for role in roles:
        found = _role(role, site, cast, through=through, without=without)
        if found and not set(without) >= set(found):
            if not cast.vague.issuperset(found) and not own.issuperset(found):
                return found
            vague = vague or found
    return vague


def _role(
    role: str, site: Site, cast: Cast, *, through: tuple[str, ...], without: tuple[str, ...]
) -> tuple[str, ...]:
    base, _, inner = role.partition(".")
    if base == "x":
        return _inside_complement(inner, site, cast)
    if base == "own":
        return cast.owners_of(site.trigger)
    if base == "O!":
        return unique(actor for each in site.objects for actor in cast.heads.get(each.index, ()))
    for tokens in _role_tokens(base, site, cast):
        if inner == "own":
            found = unique(actor for each in tokens for actor in cast.owners_of(each))
        else:
            found = cast.all_of(tokens, through=through, without=without)
        if found:
            return found
    return ()


def _role_tokens(base: str, site: Site, cast: Cast) -> Iterator[tuple[Token, ...]]:
    """Yield the words that may fill a role, the likeliest first."""
    if base == "S":
        yield from _doers(site, cast)
    elif base == "O":
        yield site.objects
    elif base == "C":
        yield complement_subjects(site.document, site.carrier)
    elif base == "I":
        yield indirect_objects(site.document, site.carrier)
    elif base == "if":
        yield _conditioned(site)
    elif base == "U":
        yield _undergoing(site)
    elif base == "V":
        yield _withstanding(site)
    else:
        yield from _prepositional(base, site)


def _doers(site: Site, cast: Cast) -> Iterator[tuple[Token, ...]]:
    """Yield who may be the subject: the parse's, and where it has none, who stands before."""
    if site.trigger is site.carrier and site.trigger.pos != "VERB":
        yield site.subjects
        yield _accused(site)
        yield _culprits(site)
        yield _bystanders(site, cast)
        return
    yield site.subjects
    above = site.document.head(site.carrier)
    governor = site.document.head(above)
    pronouns = [each for each in site.subjects if each.pos == "PRON"]
    is_open = not any(things_judged(site.document, each) for each in pronouns)
    if pronouns and is_open and site.carrier.dep == "ccomp":
        yield subjects(site.document, above)
    passive = is_passive(site.document, site.carrier)
    is_means = governor.pos == "VERB" and governor.lemma not in _UNDOING
    if site.carrier.dep == "acl" and above.dep == "dobj" and is_means and not passive:
        yield subjects(site.document, governor)
    if site.subjects:
        return
    if passive:
        yield from _attackers(site, cast)
    else:
        yield _before(site, cast)


def _attackers(site: Site, cast: Cast) -> Iterator[tuple[Token, ...]]:
    """Yield whose attack it was in which something was done: `were killed in a raid by rebels`."""
    for act in prepositional_objects(site.document, (site.carrier,), "in"):
        if act.lemma in word_class("FORCEACT"):
            yield prepositional_objects(site.document, (act,), "by")
            if cast.owners_of(act):
                yield (act,)


def _accused(site: Site) -> tuple[Token, ...]:
    """Return who is accused of what a noun says: `accused Russia of attacks on ships`."""
    above = site.document.head(site.trigger)
    verb = site.document.head(above)
    if site.trigger.dep != "pobj" or verb.lemma not in word_class("ALLEGING"):
        return ()
    return judged(site.document, above)


def _culprits(site: Site) -> tuple[Token, ...]:
    """Return whose deed it is said to be: `was behind the attack`, `was responsible for it`."""
    preposition = site.document.head(site.trigger)
    above = site.document.head(preposition)
    verb = site.document.head(above)
    if site.trigger.dep != "pobj":
        return ()
    if preposition.lower == "behind":
        return subjects(site.document, above) if above.lemma == "be" else ()
    if preposition.lower == "for" and above.lemma == "responsible":
        return subjects(site.document, verb) if verb.lemma == "be" else (verb,)
    owned_up = above.lemma == "responsibility" and verb.lemma in _OWNING_UP
    return subjects(site.document, verb) if owned_up else ()


def _undergoing(site: Site) -> tuple[Token, ...]:
    """Return what a noun's preposition is said of: `is under sanctions`, `a firm under siege`."""
    above = site.document.head(site.document.head(site.trigger))
    if above.pos == "ADJ":
        above = site.document.head(above)
    if above.pos in {"NOUN", "PROPN"}:
        return (above,)
    if above.pos not in {"VERB", "AUX"}:
        return ()
    if is_passive(site.document, above) or above.lemma in {"put", "place", "keep"}:
        return objects(site.document, above)
    return subjects(site.document, above)


def _withstanding(site: Site) -> tuple[Token, ...]:
    """Return who beat off or suffered what a noun says: `repelled an attack by rebels`."""
    verb = site.document.head(site.trigger)
    suffered = verb.lemma in word_class("WITHSTANDING")
    if site.trigger.dep not in {"dobj", "nsubjpass"} or not suffered:
        return ()
    return subjects(site.document, verb)


def _before(site: Site, cast: Cast) -> tuple[Token, ...]:
    """Return the actor right before a finite verb that the parser left without a subject."""
    if site.carrier.tag not in {"VBD", "VBZ", "VBP"} or site.carrier.pos != "VERB":
        return ()
    first = site.document.sentence_of(site.carrier.index).first
    for token in reversed(
        site.document.tokens[max(first, site.carrier.index - 8) : site.carrier.index]
    ):
        if token.index in cast.heads:
            return (token,)
        if token.pos == "VERB":
            break
    return ()


def _prepositional(preposition: str, site: Site) -> Iterator[tuple[Token, ...]]:
    """Yield the objects of a preposition under the trigger, its object or carrier, then deeper."""
    for host in site.hosts:
        yield prepositional_objects(site.document, (host,), preposition)
    if preposition == "by":
        yield _participial_agents(site)
        if site.trigger.pos == "NOUN":
            hosts = deed_hosts(site.document, site.trigger)
            yield prepositional_objects(site.document, hosts, preposition)
    for token in deeper(preposition, site):
        yield prepositional_objects(site.document, (site.document.head(token),), preposition)


def _conditioned(site: Site) -> tuple[Token, ...]:
    """Return whose deed a condition names: `threatened to stop the pipeline if Russia invaded`."""
    above = (site.carrier, *complements(site.document, site.carrier))
    clauses = (low for each in above for low in site.document.children(each.index, "advcl"))
    return tuple(
        subject
        for clause in clauses
        if any(m.lower in {"if", "unless"} for m in site.document.children(clause.index, "mark"))
        for subject in subjects(site.document, clause)
    )


def _participial_agents(site: Site) -> tuple[Token, ...]:
    """Return the agents of participles under a noun: `exercises conducted by Russia`."""
    return tuple(
        agent
        for clause in site.document.children(site.trigger.index, "acl", "relcl")
        for agent in subjects(site.document, clause)
    )


def _inside_complement(inner: str, site: Site, cast: Cast) -> tuple[str, ...]:
    """Return actors inside the completing clause: acted on (`O`), or after a preposition.

    After which one the role says, or with `p` after the likeliest there is.
    """
    for clause in complements(site.document, site.trigger):
        below = objects(site.document, clause)
        if inner == "O":
            found = cast.all_of(below) or cast.all_of(complement_subjects(site.document, clause))
        else:
            inside = Site(site.document, clause, clause, below, ())
            found = first_role(_CLAUSE_PREPOSITIONS if inner == "p" else (inner,), inside, cast)
        if found:
            return found
    return ()


def _setting_of(site: Site) -> Token:
    """Return what governs a noun, seen through quantities: `after five hours of talks`."""
    above = site.document.head(site.trigger)
    for _ in range(3):
        higher = site.document.head(above)
        counted = word_class("QUANTITY") | word_class("CLOCK")
        if above.lower != "of" or higher.lemma not in counted:
            break
        above = site.document.head(higher)
    return above


def _bystanders(site: Site, cast: Cast) -> tuple[Token, ...]:
    """Return who takes part in what is only mentioned: `after talks with Orban, Putin said`.

    Holds of meetings, visits and treaties where the noun stands under a preposition of time or
    place and names no owner; who acts after a killing has not killed.
    """
    if not any(site.trigger.lemma in word_class(name) for name in _SHARED):
        return ()
    if cast.owners_of(site.trigger) or site.document.children(site.trigger.index, "poss"):
        return ()
    above = _setting_of(site)
    is_setting = above.lower in _SETTING or (
        above.lower == "on" and site.trigger.lemma in word_class("VISIT")
    )
    if site.trigger.dep not in {"pobj", "dobj"} or not is_setting:
        return ()
    clauses = site.document.ancestors(above.index)
    verbs = (each for each in clauses if each.pos in {"VERB", "AUX"} and each.dep != "acl")
    return next(filter(None, (subjects(site.document, verb) for verb in verbs)), ())
