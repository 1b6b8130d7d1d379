"""Language analysis: an article's words, tags, dependencies, sentences and entities.

The parser is spaCy's small English pipeline. It reads one paragraph at a time, so that a sentence
never crosses a paragraph, and a long one in pieces, so that memory stays bounded.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.article import Article
from onrecord.models.parser import load_parser
from onrecord.reading.datelines import LONGEST, find_dateline
from onrecord.reading.document import Document, Entity, Sentence, Token
from onrecord.reading.publication import is_readable

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["analyse", "split_paragraphs"]

MAX_PIECE = 20_000
"""Characters parsed at once: parsing memory grows with it, and no newspaper paragraph is longer."""

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BRACES = str.maketrans("{}", "  ")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]? ")


def analyse(article: Article) -> Document:
    """Analyse the article's language; an article that is not English gets a document of no words.

    Example:
        >>> document = analyse(Article("Kyiv denied it. Moscow insisted."))
        >>> [token.lemma for token in document.tokens][:3], len(document.sentences)
        (['kyiv', 'deny', 'it'], 2)
    """
    paragraphs = split_paragraphs(article.text)
    if not is_readable(article):
        return Document(article, (), (), paragraphs, ())
    datelines = {start: start + _dateline(article.text, start, end) for start, end in paragraphs}
    pieces = tuple(_pieces(article.text, paragraphs, datelines))
    builder = _Builder(article, paragraphs, tuple(_filled(datelines)))
    texts = (_parsable(article.text[start:end]) for start, end, _ in pieces)
    for (start, _, paragraph), doc in zip(
        pieces, load_parser().pipe(texts, batch_size=32), strict=True
    ):
        builder.add(doc, start, paragraph)
    return builder.build()


def _parsable(text: str) -> str:
    """Return a text of the same length without what misleads the parser.

    Braces are what a rewriting machine left around its choices: `told reporters {that sanctions}`.
    """
    return text.translate(_BRACES).encode("utf-8", "replace").decode()


def split_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    r"""Return the character ranges of the lines that hold more than white space.

    Example:
        >>> split_paragraphs("One.\n\n  Two.\n")
        ((0, 4), (8, 12))
    """
    found = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            found.append((start, end))
    return tuple(found)


def _dateline(text: str, start: int, end: int) -> int:
    return find_dateline(text[start : min(end, start + 2 * LONGEST)])


def _filled(datelines: dict[int, int]) -> Iterator[tuple[int, int]]:
    return ((start, end) for start, end in datelines.items() if start < end)


def _pieces(
    text: str, paragraphs: tuple[tuple[int, int], ...], datelines: dict[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Cut datelines off, and long paragraphs at a sentence's end where there is one."""
    for number, (start, end) in enumerate(paragraphs):
        begun = datelines[start]
        if begun > start:
            yield start, begun, number
        while end - begun > MAX_PIECE:
            cut = begun + MAX_PIECE
            for match in _SENTENCE_END.finditer(text, cut - MAX_PIECE // 4, cut):
                cut = match.end()
            yield begun, cut, number
            begun = cut
        yield begun, end, number


class _Builder:
    """Collect the parsed pieces of one article."""

    def __init__(
        self,
        article: Article,
        paragraphs: tuple[tuple[int, int], ...],
        datelines: tuple[tuple[int, int], ...],
    ) -> None:
        self._article = article
        self._paragraphs = paragraphs
        self._datelines = datelines
        self._tokens: list[Token] = []
        self._sentences: list[Sentence] = []
        self._entities: list[Entity] = []

    def add(self, doc: "Doc", offset: int, paragraph: int) -> None:
        """Append one parsed piece that begins at the character `offset`."""
        places = _places_without_space(doc, len(self._tokens))
        for sentence in doc.sents:
            self._add_sentence(sentence, places, offset, paragraph)
        for entity in doc.ents:
            inside = [places[token.i] for token in entity if token.i in places]
            if inside:
                self._entities.append(Entity(inside[0], inside[-1] + 1, entity.label_))

    def build(self) -> Document:
        """Return the finished document."""
        return Document(
            self._article,
            tuple(self._tokens),
            tuple(self._sentences),
            self._paragraphs,
            tuple(self._entities),
            self._datelines,
        )

    def _add_sentence(self, sentence, places: dict[int, int], offset: int, paragraph: int) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        first = len(self._tokens)
        for token in sentence:
            if token.i not in places:
                continue
            start = offset + token.idx
            end = start + len(token.text)
            self._tokens.append(
                Token(
                    index=places[token.i],
                    start=start,
                    end=end,
                    text=self._article.text[start:end],
                    lower=token.text.lower().replace("’", "'"),
                    lemma=token.lemma_.lower(),
                    tag=token.tag_,
                    pos=token.pos_,
                    dep=token.dep_,
                    head=_head(token, places),
                    sentence=len(self._sentences),
                )
            )
        if len(self._tokens) > first:
            number = len(self._sentences)
            self._sentences.append(Sentence(number, first, len(self._tokens), paragraph))


def _places_without_space(doc: "Doc", first: int) -> dict[int, int]:
    """Number the tokens that are not white space, from `first` on."""
    kept = [token.i for token in doc if not token.is_space]
    return {position: first + number for number, position in enumerate(kept)}


def _head(token, places: dict[int, int]) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Return the index of the governor; white space governs nothing, its own governor does."""
    head = token.head
    while head.i not in places and head.head.i != head.i:
        head = head.head
    return places.get(head.i, places[token.i])
