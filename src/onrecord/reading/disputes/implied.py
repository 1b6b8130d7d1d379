"""Claims that no saying carries: what a report alleges in passing, and what a denial presupposes.

`alleged meddling in the vote`, `the charges of tax fraud` and `suspicions that aides colluded` say
that somebody claims it, though not who. And who denies meddling in a vote tells that somebody
claims it. Such claims become statements without a source where a dispute needs them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.knowledge.countries import country_of
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.actors.index import ActorIndex
from onrecord.reading.disputes.matter import Matter
from onrecord.reading.document import Document, Token
from onrecord.record import Actor, Statement

__all__ = [
    "IMPLIED",
    "PRESUPPOSED",
    "find_implied",
    "implied_claim",
    "judged_reach",
    "presuppose",
]

IMPLIED, PRESUPPOSED = "rule:implied", "rule:presupposed"
_TELLING = frozenset({"suggesting", "alleging", "claiming", "saying"})
_COMPLEMENTS = _TELLING | {"of", "that", "against", "by", "about", "over", "including", "into"}
_OPENING = frozenset({"of", "that", "about"})
_EMPTY = _TELLING | _OPENING | {"any", "all", "every", "such", "the", "these", "those", "having"}
_LIKELY = 0.6


def find_implied(
    document: Document,
    statements: Sequence[Statement],
    actors: Sequence[Actor],
    index: ActorIndex,
) -> tuple[Statement, ...]:
    """Find the claims that adjectives and nouns allege in passing, in order; ids are `i1`, ...

    What a statement's cue already tells is left out.
    """
    lexicon = load_reporting()
    lemmas = lexicon.words["probing"] | lexicon.words["accusation_nouns"]
    lowers = lexicon.words["alleging"]
    alleging = [each for each in document.tokens if each.lemma in lemmas or each.lower in lowers]
    reaches = [
        reach
        for token in _untold(document, statements, alleging)
        if (reach := _alleged(document, token)) is not None
    ]
    states = _states(document, actors) if reaches else {}
    return tuple(
        implied_claim(
            document,
            f"i{number}",
            (first, last),
            _actors_around(document, index, states, cue, first, last),
            (cue,),
        )
        for number, (cue, first, last) in enumerate(reaches, 1)
    )


def _untold(
    document: Document, statements: Sequence[Statement], tokens: Sequence[Token]
) -> tuple[Token, ...]:
    """Return those of the tokens that stand in no statement's cue."""
    if not tokens:
        return ()
    told = {
        token
        for statement in statements
        for span in statement.cue
        for token in document.tokens_in(span.start, span.end)
    }
    return tuple(each for each in tokens if each.index not in told)


def _states(document: Document, actors: Sequence[Actor]) -> Mapping[int, str]:
    """Return the countries that capitalized words name and that are actors, by token."""
    by_country = {each.country: each.id for each in actors if each.kind == "country"}
    return {
        token.index: by_country[code]
        for token in document.tokens
        if token.text[:1].isupper() and (code := country_of(token.text)) in by_country
    }


def _alleged(document: Document, token: Token) -> tuple[Token, int, int] | None:
    """Return the word that alleges, and the tokens that it alleges."""
    lexicon = load_reporting()
    if lexicon.is_a("alleging", token.lower) and token.dep in {"amod", "nmod", "compound"}:
        head = document.head(token)
        first, last = _phrase(document, head)
        return (token, max(first, token.index + 1), last) if head.pos == "NOUN" else None
    if token.pos == "VERB" and lexicon.is_a("probing", token.lemma):
        return _probed(document, token)
    is_named = token.pos == "NOUN" and lexicon.is_a("accusation_nouns", token.lemma)
    if not is_named:
        return None
    first, last = _phrase(document, token)
    inside = document.tokens[token.index + 1 : last]
    told = any(each.lower in _COMPLEMENTS for each in inside[:2])
    before = document.children(token.index, "compound", "amod", "nmod")
    if not told and not before and token.lemma not in {"indictment", "charge"}:
        return None
    return token, first, last


def _probed(document: Document, verb: Token) -> tuple[Token, int, int] | None:
    """Return what somebody looks into: `investigating whether aides colluded`."""
    for below in document.children(verb.index, "dobj", "ccomp"):
        first, last = document.subtree(below.index)
        first = max(first, verb.index + 1)
        if first < last and document.tokens[first].lower in {"whether", "if"}:
            first += 1
        if first < last:
            return verb, first, last
    return None


def _phrase(document: Document, head: Token) -> tuple[int, int]:
    """Return the tokens of a noun phrase with what hangs on it to the right, commas excluded."""
    first, last = document.subtree(head.index)
    sentence = document.sentence_of(head.index)
    first, last = max(first, sentence.first), min(last, sentence.last)
    for index in range(head.index + 1, last):
        if document.tokens[index].text in {",", ";", "–", "—", "“", '"'}:
            last = index
            break
    while first < head.index and not document.tokens[first].is_word:
        first += 1
    return first, last


def _actors_around(
    document: Document,
    index: ActorIndex,
    states: Mapping[int, str],
    cue: Token,
    first: int,
    last: int,
) -> tuple[str, ...]:
    """Return the actors in what is alleged, or where it names none, who has to do with it."""
    inside = [index.of_token(each) or states.get(each) for each in range(first, last)]
    if not any(inside):
        verb = next((each for each in document.ancestors(cue.index) if each.pos == "VERB"), cue)
        around = document.children(verb.index, "nsubj", "nsubjpass", "dobj")
        inside = [index.of_token(each.index) for each in around]
    return tuple(dict.fromkeys(each for each in inside if each is not None))


def presuppose(
    document: Document,
    answer: Matter,
    judged: Token | None,
    absent: tuple[int, int] | None,
    name: str,
) -> Statement | None:
    """Return the claim that a denial itself tells, or None where it only points to one.

    Args:
        document: The document.
        answer: The denial.
        judged: The word for a claim that it calls false, if it does.
        absent: The tokens of what it says there is no evidence of, if it does.
        name: Id of the claim.
    """
    if judged is not None:
        reach = judged_reach(document, judged)
    else:
        reach = absent or _denied(document, answer)
    if reach is None:
        return None
    first, last = reach
    words = [each for each in document.tokens[first:last] if each.is_word]
    if any(each.lower == "such" for each in words[:6]):
        return None
    while words and words[0].lower in _EMPTY:
        words = words[1:]
    lexicon = load_reporting()
    bare = [each for each in words if each.pos in {"NOUN", "VERB", "PROPN", "ADJ"}]
    if not bare or (len(bare) == 1 and lexicon.is_a("claim_nouns", bare[0].lemma)):
        return None
    if any(_is_title(document, each) for each in bare):
        return None
    about = tuple(dict.fromkeys((*answer.statement.speakers, *answer.statement.about)))
    claim = implied_claim(document, name, (words[0].index, words[-1].index + 1), about)
    return replace(claim, within=answer.statement.id, found_by=PRESUPPOSED)


def judged_reach(document: Document, noun: Token) -> tuple[int, int] | None:
    """Return what a word for a claim is followed by: `the claim that he knew`, `of fraud`.

    Of a thing that is called a hoax it is the thing itself.
    """
    if not load_reporting().is_a("claim_nouns", noun.lemma):
        return document.subtree(noun.index)
    after = document.tokens[noun.index + 1 : noun.index + 2]
    if not after or after[0].lower not in _COMPLEMENTS or _is_of_somebody(document, after[0]):
        return None
    if after[0].lower == "by":  # says who claims, not what
        return None
    verb = document.head(noun)
    last = verb.index if verb.index > noun.index else document.subtree(noun.index)[1]
    return (noun.index + 1, last) if last > noun.index + 1 else None


def _is_title(document: Document, noun: Token) -> bool:
    """Tell whether a claim is one to something: `China's claims to the islands`."""
    preps = document.children(noun.index, "prep")
    return noun.lemma == "claim" and any(each.lower == "to" for each in preps)


def _is_of_somebody(document: Document, preposition: Token) -> bool:
    """Tell whether it says who claims: `the allegations of the informant`."""
    people = document.children(preposition.index, "pobj")
    return preposition.lower == "of" and any(nominals().is_person(each.lemma) for each in people)


def _denied(document: Document, answer: Matter) -> tuple[int, int] | None:
    """Return the tokens of what is denied: all of it, or of `there was no X` only X."""
    content = answer.content
    if not content:
        return None
    last = content[-1] + 1
    if any(_is_against(document.tokens[index]) for index in answer.cue):
        return content[0], last
    for index in content:
        token = document.tokens[index]
        head = document.head(token)
        if token.lower == "no" and load_reporting().is_a("denied_noun", head.lemma):
            is_sign = load_reporting().is_a("unseen", head.lemma)
            return (head if is_sign else token).index + 1, min(
                document.subtree(head.index)[1], last
            )
    return None


def _is_against(token: Token) -> bool:
    against = load_reporting().is_a("contradicting", token.lemma)
    return against or token.lemma in {"denial", "plead"}


def implied_claim(
    document: Document,
    name: str,
    content: tuple[int, int],
    about: tuple[str, ...],
    cue: tuple[Token, ...] = (),
) -> Statement:
    """Return the accusation without a source that a text tells between two tokens.

    Args:
        document: The document.
        name: Its id.
        content: The first token, and the one behind the last.
        about: Ids of the actors that it is about.
        cue: What tells that it is one.
    """
    return Statement(
        id=name,
        speakers=(),
        source=(),
        cue=tuple(document.token_span(each) for each in cue),
        content=(document.span(*content),),
        quoted=(),
        insertions=(),
        mode="indirect",
        act="accuse",
        plover="ACCUSE",
        cameo="112",
        addressees=(),
        about=about,
        said_on=None,
        place=None,
        within=None,
        denies=(),
        hedged=True,
        confidence=_LIKELY,
        found_by=IMPLIED,
    )
