"""The typed document that every stage reads: words, sentences, paragraphs, entities.

Token indices count over the whole article. Ranges of tokens are half-open like ranges of
characters. A document is never changed once it is made.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from onrecord.article import Article, Span

if TYPE_CHECKING:
    from onrecord.models.attribution import Vectors

__all__ = ["Document", "Entity", "Sentence", "Token"]


class Token(Struct, frozen=True):
    """One word or mark, with what language analysis says of it.

    Attributes:
        index: Position in the document.
        start: Offset of its first character.
        end: Offset after its last character.
        text: The characters.
        lower: The characters in lower case, apostrophes made straight.
        lemma: Dictionary form in lower case.
        tag: Penn Treebank tag.
        pos: Universal part of speech.
        dep: Dependency label (ClearNLP: nsubj, nsubjpass, dobj, ccomp, xcomp, prep, pobj, ...).
        head: Index of the governing token; its own index at the root.
        sentence: Index of its sentence.
    """

    index: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    sentence: int

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or a digit."""
        return self.text.isalnum() or any(map(str.isalnum, self.text))


class Entity(Struct, frozen=True):
    """A named entity: tokens `first` to `last` (excluded) with an OntoNotes label."""

    first: int
    last: int
    label: str


class Sentence(Struct, frozen=True):
    """Tokens `first` to `last` (excluded), in paragraph number `paragraph`."""

    index: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its words, sentences, paragraphs and entities.

    Attributes:
        article: The article.
        tokens: All words and marks in order; white space is no token.
        sentences: In order; a sentence never crosses a paragraph.
        paragraphs: Character ranges (start, end) of the paragraphs.
        entities: In order, not overlapping.
        datelines: Character ranges (start, end) of what opens a paragraph in `MOSCOW (Agency) - `;
            each is a sentence of its own.
        vectors: What the encoder said of the text, for the networks of later stages; None where a
            text was too long to keep it.
    """

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...]
    datelines: tuple[tuple[int, int], ...] = ()
    vectors: "Vectors | None" = field(default=None, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _children: tuple[tuple[Token, ...], ...] = field(init=False, repr=False, compare=False)
    _edges: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)
    _labelled: tuple[Mapping[str, tuple[Token, ...]], ...] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(token.start for token in self.tokens))
        object.__setattr__(self, "_ends", tuple(token.end for token in self.tokens))
        object.__setattr__(self, "_children", _dependents(self.tokens))
        object.__setattr__(self, "_edges", _subtree_edges(self._children, self.tokens))
        object.__setattr__(self, "_labelled", tuple(map(_by_label, self._children)))

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def is_in_dateline(self, start: int) -> bool:
        """Tell whether the character stands in a dateline."""
        return any(first <= start < last for first, last in self.datelines)

    def sentence_of(self, index: int) -> Sentence:
        """Return the sentence that holds the token."""
        return self.sentences[self.tokens[index].sentence]

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of the sentence."""
        return self.tokens[sentence.first : sentence.last]

    def head(self, token: Token) -> Token:
        """Return the governing token, or the token itself at the root."""
        return self.tokens[token.head]

    def children(self, index: int, *labels: str) -> tuple[Token, ...]:
        """Return the dependents of the token in order, of the given labels or of any."""
        if not labels:
            return self._children[index]
        held = self._labelled[index]
        if not held:
            return ()
        if len(labels) == 1:
            return held.get(labels[0], ())
        found = [held[label] for label in labels if label in held]
        if len(found) < 2:
            return found[0] if found else ()
        return tuple(sorted(chain.from_iterable(found), key=_INDEX))

    def ancestors(self, index: int) -> Iterator[Token]:
        """Yield the governors of the token, nearest first, up to the root."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield self.tokens[index]

    def subtree(self, index: int) -> tuple[int, int]:
        """Return the token range from the leftmost to the rightmost dependent of the token."""
        return self._edges[index]

    def tokens_in(self, start: int, end: int) -> range:
        """Return the indices of the tokens that share a character with [start, end)."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def span(self, first: int, last: int) -> Span:
        """Return the span of the tokens `first` to `last` (excluded)."""
        return self.article.span(self.tokens[first].start, self.tokens[last - 1].end)

    def token_span(self, token: Token) -> Span:
        """Return the span of one token."""
        return Span(token.start, token.end, token.text)

    def sentence_span(self, sentence: Sentence) -> Span:
        """Return the span of a sentence."""
        return self.span(sentence.first, sentence.last)


_INDEX = attrgetter("index")


def _dependents(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], ...]:
    """Return the dependents of every token in order."""
    children: list[list[Token]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token)
    return tuple(map(tuple, children))


_NO_LABELS: Mapping[str, tuple[Token, ...]] = MappingProxyType({})


def _by_label(children: tuple[Token, ...]) -> Mapping[str, tuple[Token, ...]]:
    """Return a token's dependents by their labels, so that none are looked through in vain."""
    if len(children) < 2:
        return {children[0].dep: children} if children else _NO_LABELS
    together: dict[str, list[Token]] = {}
    for token in children:
        together.setdefault(token.dep, []).append(token)
    return {label: tuple(tokens) for label, tokens in together.items()}


def _subtree_edges(
    children: Sequence[Sequence[Token]], tokens: tuple[Token, ...]
) -> tuple[tuple[int, int], ...]:
    """Compute every subtree's range in one pass from the leaves up."""
    firsts, lasts = list(range(len(tokens))), list(range(1, len(tokens) + 1))
    waiting = list(map(len, children))
    ready = [index for index, count in enumerate(waiting) if not count]
    while ready:
        index = ready.pop()
        head = tokens[index].head
        if head == index:
            continue
        firsts[head] = min(firsts[head], firsts[index])
        lasts[head] = max(lasts[head], lasts[index])
        waiting[head] -= 1
        if not waiting[head]:
            ready.append(head)
    return tuple(zip(firsts, lasts, strict=True))
