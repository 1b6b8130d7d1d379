"""Find the actors: all who speak, act or are acted upon, with everything the text calls them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.article import Span
from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.nominals import nominals
from onrecord.reading.actors.coreference import Chain, find_chains
from onrecord.reading.actors.mentions import Mention, find_mentions
from onrecord.reading.actors.resolution import Resolved, resolve_chains
from onrecord.reading.actors.threads import first_joined, role_of
from onrecord.reading.document import Document
from onrecord.record import Actor

if TYPE_CHECKING:
    from onrecord.reading.attribution.stage import Attribution
    from onrecord.reading.quotations import Quotation

__all__ = ["find_actors"]

_ANYBODY = frozenset({None, "CVL", "UNK", "SOC"})
_PARTNERS = frozenset({"to", "with", "by", "against", "from", "between", "among", "for", "of"})
"""Prepositions before those who take part; `over`, `in` or `about` go before what it is about."""
_QUOTATION_MARKS = dict.fromkeys(map(ord, '“”"'))
_PREDICATES = frozenset({"attr", "oprd", "compound", "npadvmod"})


def find_actors(
    document: Document,
    quotations: "tuple[Quotation, ...]",
    attributions: "tuple[Attribution, ...]",
) -> tuple[Actor, ...]:
    """Find the actors of an article in order of their first mention.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("Sergey Lavrov spoke. He was tired, the official said."))
        >>> [(a.id, a.name, len(a.mentions)) for a in find_actors(document, (), ())]
        [('a1', 'Sergey Lavrov', 2), ('a2', 'official', 1)]
    """
    mentions = find_mentions(document)
    chains = [
        chain
        for chain in find_chains(document, mentions, quotations, attributions)
        if chain.kind not in {"thing", "any"} and any(m.form != "pronoun" for m in chain.mentions)
    ]
    resolved = resolve_chains(document, chains)
    sources = frozenset(
        index
        for attribution in attributions
        for start, end in attribution.source
        for index in document.tokens_in(start, end)
    )
    merged = [
        (chain, known)
        for chain, known in _merge(chains, resolved)
        if _is_actor(document, chain, known, sources)
    ]
    return tuple(
        _actor(document, number, chain, known)
        for number, (chain, known) in enumerate(merged, start=1)
    )


def _merge(chains: list[Chain], resolved: list[Resolved]) -> list[tuple[Chain, Resolved]]:
    """Join the chains that the knowledge holds for the same: `Moscow`, `the Kremlin`, `Russia`."""
    merged: dict[str, tuple[Chain, Resolved]] = {}
    for number, (chain, known) in enumerate(zip(chains, resolved, strict=True)):
        key = known.key or f"#{number}"
        if key in merged:
            first, kept = merged[key]
            merged[key] = (_join(first, chain), kept if first.named else known)
        else:
            merged[key] = (chain, known)
    return sorted(merged.values(), key=lambda each: min(m.first for m in each[0].mentions))


def _is_actor(document: Document, chain: Chain, known: Resolved, sources: frozenset[int]) -> bool:
    """Tell whether someone speaks, acts or is acted upon, and is not only talked about.

    A person, body or state with a name always counts, and so does one whose country or sector
    tells who it is; a place only where it is the subject; anybody else by part in a clause.
    """
    roles = {role_of(document, mention.head) for mention in chain.mentions}
    if known.kind == "place":
        return any(_does_something(document, mention.head) for mention in chain.mentions)
    if chain.named:
        return True
    speaks = any(mention.head in sources for mention in chain.mentions)
    if speaks or "S" in roles:
        return True
    if _is_only_related(document, chain):
        return False
    is_somebody = known.country is not None or known.sector not in _ANYBODY
    return "O" in roles or (is_somebody and _takes_part(document, chain))


def _is_only_related(document: Document, chain: Chain) -> bool:
    """Tell whether nothing but a tie tells who is meant (`its neighbour`), or nothing at all.

    A nation tells it of peers.
    """
    described = [mention for mention in chain.mentions if mention.form != "pronoun"]
    return all(
        (mention.noun in nominals().relational and not _is_peer(document, mention))
        or (mention.start == "bare" and mention.kind == "organization" and not mention.words)
        for mention in described
    )


def _is_peer(document: Document, mention: Mention) -> bool:
    """Tell whether one of a nation is meant: `Chinese counterparts`, but not `American allies`."""
    words = [token.text for token in document.tokens[mention.first : mention.head]]
    return mention.noun == "counterpart" and any(
        each.is_people for each in find_country_words(words)
    )


def _takes_part(document: Document, chain: Chain) -> bool:
    """Tell whether something is said, given or done to somebody: `talks with two diplomats`."""
    for mention in chain.mentions:
        token = document.tokens[mention.head]
        while token.dep == "conj" and token.head != token.index:
            token = document.head(token)
        if token.dep != "pobj" or document.head(token).lower in _PARTNERS:
            return token.dep not in _PREDICATES
    return False


def _does_something(document: Document, head: int) -> bool:
    """Tell whether a token is a subject, or joined to one, of a verb that is not `be`."""
    token = first_joined(document, head)
    return token.dep == "nsubj" and document.head(token).lemma != "be"


def _join(one: Chain, other: Chain) -> Chain:
    pairs = sorted(
        [
            *zip(one.mentions, one.sureness, strict=True),
            *zip(other.mentions, other.sureness, strict=True),
        ],
        key=lambda each: each[0].head,
    )
    return replace(
        one if one.named else other,
        mentions=tuple(m for m, _ in pairs),
        sureness=tuple(sure for _, sure in pairs),
    )


def _actor(document: Document, number: int, chain: Chain, known: Resolved) -> Actor:
    spans = {document.span(mention.first, mention.last) for mention in chain.mentions}
    certain = sum(chain.sureness) / len(chain.sureness)
    return Actor(
        id=f"a{number}",
        name=_without_half_quotations(known.name),
        kind=known.kind,
        country=known.country,
        sector=known.sector,
        title=known.title,
        unnamed=not chain.named and not known.key,
        links=known.links,
        mentions=tuple(_outermost(spans)),
        confidence=round(certain * known.confidence, 3),
        found_by=known.found_by,
    )


def _without_half_quotations(name: str) -> str:
    """Return a name without a quotation mark whose partner stands outside it.

    Example:
        >>> _without_half_quotations("a “very senior member")
        'a very senior member'
    """
    if name.count("“") == name.count("”") and name.count('"') % 2 == 0:
        return name
    return " ".join(name.translate(_QUOTATION_MARKS).split())


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order, without those that lie inside another: `Nord` in `Nord Bank`."""
    end = 0
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if span.end > end:
            end = span.end
            yield span
