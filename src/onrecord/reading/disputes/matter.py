"""What a statement is about, in a form in which two statements can be compared."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.actors.index import ActorIndex
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.clause import Clause, find_clauses
from onrecord.reading.statements.people import actors_at
from onrecord.record import Actor, Statement

__all__ = [
    "Matter",
    "MatterReader",
    "general_words",
    "government_of",
    "is_same_side",
    "stem",
    "tokens_of",
]

_SUFFIXES = (
    "ations", "ation", "ating", "itions", "ition", "ments", "ment", "ness", "ings", "ing", "ions",
    "ion", "ates", "ated", "ate", "ance", "ence", "ers", "er", "ors", "or", "ive", "al", "ed", "es",
    "s", "e", "y",
)  # fmt: skip
_GENERAL = ("general", "claim_nouns", "blanket")
_CONTENT_WORDS = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})


class Matter(Struct, frozen=True):
    """A statement with what it is about.

    Attributes:
        statement: The statement.
        sentence: Number of the sentence in which it is said.
        content: Token indices of the content.
        cue: Token indices of the cue.
        stems: The first token of each word stem of the content.
        countries: Countries of the speakers.
        about: Actors that take part in the content, with those the cue accuses.
        about_countries: The countries among them.
        clauses: Main clauses of the content.
        is_negated: Whether its first main clause is negated.
    """

    statement: Statement
    sentence: int
    content: tuple[int, ...]
    cue: tuple[int, ...]
    stems: Mapping[str, int]
    countries: frozenset[str]
    about: frozenset[str]
    about_countries: frozenset[str]
    clauses: tuple[Clause, ...]
    is_negated: bool


@lru_cache(maxsize=8192)
def stem(lemma: str) -> str:
    """Return what a word shares with those that tell the same deed.

    Example:
        >>> stem("escalation") == stem("escalate"), stem("guarantee") == stem("promise")
        (True, True)
    """
    family = load_reporting().families.get(lemma)
    if family is not None:
        return family
    for suffix in _SUFFIXES:
        if lemma.endswith(suffix) and len(lemma) - len(suffix) >= 4:
            return lemma[: -len(suffix)]
    return lemma


def tokens_of(document: Document, spans: Sequence[object]) -> tuple[int, ...]:
    """Return the token indices of some spans, in order."""
    found: set[int] = set()
    for span in spans:
        found.update(document.tokens_in(span.start, span.end))  # type: ignore[attr-defined]
    return tuple(sorted(found))


def is_same_side(first: Matter, second: Matter, actors: Mapping[str, Actor]) -> bool:
    """Tell whether two statements come from one mouth or one government.

    A statement without a known speaker may come from anybody: it is on every side.
    """
    ours, theirs = first.statement.speakers, second.statement.speakers
    if set(ours) & set(theirs):
        return True
    return bool(_governments(ours, actors) & _governments(theirs, actors))


def _governments(speakers: Sequence[str], actors: Mapping[str, Actor]) -> set[str]:
    found = (government_of(actors[each]) for each in speakers if each in actors)
    return {each for each in found if each is not None}


def government_of(actor: Actor) -> str | None:
    """Return whose government somebody speaks for, where the text or the knowledge tells it.

    That one is told of from a capital makes nobody of one mind with its government.
    """
    is_told = not actor.found_by.endswith("dateline")
    return actor.country if actor.sector == "GOV" and is_told else None


class MatterReader:
    """Reads what statements are about; made once a document, because it looks at all of it.

    Attributes:
        index: Actors by place in the text.
    """

    def __init__(self, document: Document, actors: Sequence[Actor]) -> None:
        self._document = document
        self.index = ActorIndex(document, tuple(actors))
        self._countries = {each.id: each.country for each in actors}
        self._states = {
            each.id: each.country
            for each in actors
            if each.kind == "country" or (each.sector == "GOV" and each.kind != "person")
        }
        self._named = {
            index
            for actor in actors
            for span in actor.mentions
            for index in document.tokens_in(span.start, span.end)
            if document.tokens[index].pos in {"PROPN", "ADJ", "PRON"}
        }

    def read_all(self, statements: Sequence[Statement]) -> tuple[Matter, ...]:
        """Read what each statement is about."""
        return tuple(self.read(statement) for statement in statements)

    def read(self, statement: Statement) -> Matter:
        """Read one statement."""
        content = tokens_of(self._document, statement.content)
        cue = tokens_of(self._document, statement.cue)
        about = frozenset(statement.about) | frozenset(statement.addressees)
        clauses = find_clauses(
            self._document,
            content,
            is_own=lambda token: bool(
                set(actors_at(self.index, token.index)) & set(statement.speakers)
            ),
            is_actor=lambda token: bool(actors_at(self.index, token.index)),
        )
        place = (cue or content or (0,))[0]
        return Matter(
            statement=statement,
            sentence=self._document.tokens[place].sentence if content or cue else 0,
            content=content,
            cue=cue,
            stems=self._stems(content),
            countries=self._countries_of(statement.speakers),
            about=about,
            about_countries=frozenset(c for each in about if (c := self._states.get(each))),
            clauses=clauses,
            is_negated=bool(clauses) and clauses[0].negated,
        )

    def _countries_of(self, actors: Sequence[str]) -> frozenset[str]:
        return frozenset(c for each in actors if (c := self._countries.get(each)) is not None)

    def _stems(self, content: Sequence[int]) -> dict[str, int]:
        found: dict[str, int] = {}
        for token in self._words(content):
            found.setdefault(stem(token.lemma), token.index)
        return found

    def _words(self, content: Sequence[int]) -> Iterator[Token]:
        general = general_words()
        for index in content:
            token = self._document.tokens[index]
            is_word = token.pos in _CONTENT_WORDS and len(token.lemma) > 2
            if is_word and index not in self._named and token.lemma not in general:
                yield token


@lru_cache(maxsize=1)
def general_words() -> frozenset[str]:
    """Return the words that any statement may use, whatever it is about."""
    return frozenset().union(*(load_reporting().words[name] for name in _GENERAL))
