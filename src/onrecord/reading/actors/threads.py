"""Threads: what is known, while an article is read, of each one who is spoken about."""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct, field

from onrecord.knowledge.nominals import Gender
from onrecord.reading.actors.mentions import Mention, MentionKind
from onrecord.reading.document import Document, Token

__all__ = ["Active", "Thread", "first_joined", "role_of"]

_ROLES = {
    "nsubj": "S", "nsubjpass": "S", "csubj": "S", "dobj": "O", "dative": "O", "iobj": "O",
    "pobj": "P", "poss": "G", "appos": "A", "attr": "A", "compound": "N", "nmod": "N", "amod": "N",
    "agent": "P", "ROOT": "R",
}  # fmt: skip
_KIND_FREE: frozenset[MentionKind] = frozenset({"any", "thing"})


class Thread(Struct):
    """The mentions so far of one person, organization, country, group or thing.

    Attributes:
        number: Position among the article's threads.
        kind: What it is, as far as known.
        plural: Whether it is several; None where unknown.
        gender: Gender of a person, where known.
        named: Whether a name belongs to it.
        nouns: Nouns that describe it, in lower case.
        words: All other words that describe it.
        mentions: Its mentions so far, in order.
        sureness: Probability that each of them belongs here, by mention index.
    """

    number: int
    kind: MentionKind
    plural: bool | None = None
    gender: Gender | None = None
    named: bool = False
    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    sureness: dict[int, float] = field(default_factory=dict)

    @property
    def latest(self) -> Mention:
        """The mention read last."""
        return self.mentions[-1]

    def describe(self, mention: Mention) -> None:
        """Learn from a mention without counting it as read."""
        if mention.kind not in _KIND_FREE and self.kind in _KIND_FREE:
            self.kind = mention.kind
        if mention.form == "pronoun" and mention.kind == "person":
            self.kind = "person"
        if self.gender is None:
            self.gender = mention.gender
        if self.plural is None:
            self.plural = mention.plural
        if mention.form != "pronoun":
            self.nouns.add(mention.noun)
            self.words |= mention.words

    def read(self, mention: Mention, sureness: float) -> None:
        """Add a mention."""
        self.describe(mention)
        self.mentions.append(mention)
        self.sureness[mention.index] = sureness


class Active:
    """The threads in order of their latest mention."""

    def __init__(self) -> None:
        self._order: dict[int, Thread] = {}
        self._by_word: dict[str, dict[int, Thread]] = {}

    def touch(self, thread: Thread, *words: str) -> None:
        """Put a thread last, where the freshest stand, and remember words it is called by."""
        self._order.pop(thread.number, None)
        self._order[thread.number] = thread
        for word in words:
            bearers = self._by_word.setdefault(word, {})
            bearers.pop(thread.number, None)
            bearers[thread.number] = thread

    def forget(self, thread: Thread) -> None:
        """Leave a thread out from now on: another has taken it over."""
        self._order.pop(thread.number, None)
        for bearers in self._by_word.values():
            bearers.pop(thread.number, None)

    def recent(self, document: Document, sentence: int, window: int) -> Iterator[Thread]:
        """Yield the threads mentioned in the last `window` sentences, the freshest first."""
        tokens = document.tokens
        for thread in reversed(self._order.values()):
            if sentence - tokens[thread.mentions[-1].head].sentence > window:
                return
            yield thread

    def kind_of(self, number: int) -> MentionKind | None:
        """Return what a thread mentioned so far is, by its number."""
        thread = self._order.get(number)
        return thread.kind if thread is not None else None

    def called(self, word: str) -> Iterator[Thread]:
        """Yield the freshest threads that a word has been used of, at most 30."""
        yield from islice(reversed(self._by_word.get(word, {}).values()), 30)


def role_of(document: Document, head: int) -> str:
    """Return one letter for the role of a mention: that of the first of several joined ones."""
    return _ROLES.get(first_joined(document, head).dep, "X")


def first_joined(document: Document, head: int) -> Token:
    """Return the first of the words that this one is joined to by `and` or a comma."""
    token = document.tokens[head]
    for _ in range(6):
        if token.dep != "conj":
            break
        token = document.head(token)
    return token
