"""Who speaks, who is spoken to, and who is spoken about."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.reading.document import Document, Token
from onrecord.reading.statements.acts import FoundAct

if TYPE_CHECKING:
    from onrecord.reading.actors.index import ActorIndex

__all__ = [
    "actors_at",
    "antecedent_of",
    "find_about",
    "find_addressees",
    "find_antecedent",
    "find_speakers",
    "spoken_to",
    "takes_part",
]

_COORDINATION = ("conj",)
_PARTICIPANTS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "attr", "oprd", "ROOT", "appos",
     "npadvmod", "csubj"}
)  # fmt: skip
_TO_WHOM = frozenset({"to", "with", "on", "upon", "from"})
_TO_A_MATTER = frozenset({"point", "refer", "allude", "object", "agree", "commit", "stick"})
"""Verbs after which `to` goes before what is spoken of, and not before whom: `pointed to Iran`."""
_AUDIENCE = frozenset({"to", "with"})


def actors_at(index: "ActorIndex", position: int) -> tuple[str, ...]:
    """Return the actor that the token at this position means, if any."""
    found = index.of_token(position)
    return () if found is None else (found,)


def find_speakers(index: "ActorIndex", source: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return the actors that head the character ranges of the source.

    `Putin's spokesman` is not Putin: what hangs on the head as its possessor is no speaker.
    """
    return tuple(dict.fromkeys(each for start, end in source for each in index.at(start, end)))


def _coordinated(document: Document, token: Token, inside: frozenset[int]) -> Iterator[Token]:
    """Yield a token and those coordinated with it; under a preposition, what it governs."""
    waiting = [token]
    while waiting:
        each = waiting.pop(0)
        labels = ("pobj", "pcomp") if each.pos == "ADP" else _COORDINATION
        if each.pos != "ADP":
            yield each
        waiting.extend(
            child for child in document.children(each.index, *labels) if child.index in inside
        )


def find_antecedent(
    document: Document, index: "ActorIndex", source: tuple[int, ...]
) -> tuple[str, ...]:
    """Return the actor for whom `who` or `which` stands as a source."""
    noun = antecedent_of(document, document.tokens[source[0]]) if len(source) == 1 else None
    return actors_at(index, noun.index) if noun else ()


def antecedent_of(document: Document, token: Token) -> Token | None:
    """Return the noun for which `who` or `which` stands; None for every other word."""
    if token.tag not in {"WP", "WDT"}:
        return None
    clauses = (above for above in document.ancestors(token.index) if above.dep == "relcl")
    clause = next(clauses, None)
    return document.head(clause) if clause else None


def find_principals(
    document: Document, index: "ActorIndex", source: tuple[int, ...]
) -> tuple[str, ...]:
    """Return those for whom a source speaks: `a spokesman for Berg`, `the Kremlin's envoy`."""
    return tuple(
        actor
        for position in source
        if _is_principal(document, document.tokens[position])
        for actor in actors_at(index, position)
    )


def _is_principal(document: Document, token: Token) -> bool:
    if token.dep in {"poss", "compound", "nmod"}:
        return True
    above = document.head(token)
    return token.dep == "pobj" and above.lower in {"for", "of"} and above.dep == "prep"


def find_addressees(
    document: Document, index: "ActorIndex", found: FoundAct, content: frozenset[int]
) -> tuple[str, ...]:
    """Return the actors that are spoken to."""
    if found.object == "about":
        return _of_prepositions(document, index, found, content, _AUDIENCE)
    actors = list(_governed(document, index, found, content)) if found.object else []
    actors.extend(_of_prepositions(document, index, found, content, _AUDIENCE))
    return tuple(dict.fromkeys(actors))


def find_about(
    document: Document,
    index: "ActorIndex",
    found: FoundAct,
    content: frozenset[int],
    speakers: tuple[str, ...],
) -> tuple[str, ...]:
    """Return the actors that take part in what is said, the speakers left out."""
    actors = list(_governed(document, index, found, content)) if found.object == "about" else []
    for position in sorted(content):
        token = document.tokens[position]
        if takes_part(document, token):
            actors.extend(actors_at(index, position))
    return tuple(each for each in dict.fromkeys(actors) if each not in speakers)


def takes_part(document: Document, token: Token) -> bool:
    """Tell whether a token is a participant of its clause and no mere part of a name."""
    if token.pos not in {"NOUN", "PROPN", "PRON", "ADJ"}:
        return False
    while token.dep == "conj" and token.head != token.index:
        token = document.head(token)
    return token.dep in _PARTICIPANTS


def spoken_to(document: Document, verb: Token) -> tuple[Token, ...]:
    """Return the subject of a passive; for `Asked about it, Berg said` that of the main clause.

    And in `Berg, asked about it, said` the one who is asked.
    """
    own = document.children(verb.index, "nsubjpass")
    if verb.dep == "acl" and verb.tag == "VBN" and not own:
        return (document.head(verb),)
    if own or verb.dep != "advcl":
        return own
    return document.children(verb.head, "nsubj")


def _governed(
    document: Document, index: "ActorIndex", found: FoundAct, content: frozenset[int]
) -> Iterator[str]:
    """Yield the actors that the cue governs as its object, or as its subject in the passive."""
    verb = found.cue.light or found.cue.word
    if verb is None:
        return
    objects = document.children(verb.index, "dobj", "dative")
    for child in spoken_to(document, verb) if found.cue.is_passive else objects:
        yield from _coordinated_actors(document, index, child, content)
    clause = document.children(verb.index, "ccomp", "xcomp") if not found.cue.is_passive else ()
    for child in clause:
        for subject in document.children(child.index, "nsubj"):
            if subject.index not in content and subject.index > verb.index:
                yield from _coordinated_actors(document, index, subject, content)
    if found.cue.entry is not None and len(found.cue.entry.words) > 1:
        yield from _of_prepositions(document, index, found, content, _TO_WHOM)


def _of_prepositions(
    document: Document,
    index: "ActorIndex",
    found: FoundAct,
    content: frozenset[int],
    prepositions: frozenset[str],
) -> tuple[str, ...]:
    actors: list[str] = []
    for verb in {each.index: each for each in (found.cue.word, found.cue.light) if each}.values():
        for prep in document.children(verb.index, "prep", "dative"):
            names_matter = prep.lower == "to" and verb.lemma in _TO_A_MATTER
            if prep.lower in prepositions and not names_matter:
                for child in document.children(prep.index, "pobj"):
                    actors.extend(_coordinated_actors(document, index, child, content))
    return tuple(actors)


def _coordinated_actors(
    document: Document, index: "ActorIndex", token: Token, content: frozenset[int]
) -> Iterator[str]:
    if token.index in content and document.subtree(token.index)[0] != min(content):
        return
    everything = frozenset(range(*document.subtree(token.index)))
    for each in _coordinated(document, token, everything):
        yield from actors_at(index, each.index)
