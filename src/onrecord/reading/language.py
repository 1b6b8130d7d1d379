"""Language analysis: an article's words, tags, dependencies, sentences and entities.

Words are cut by rule (`onrecord.reading.words`) and parsed by a network of our own
(`onrecord.models.syntax`). From its tags and labels follow dictionary forms and parts of speech.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from onrecord.article import Article
from onrecord.knowledge.inflection import lemma_of
from onrecord.models.encoding import Encoding, read_networks
from onrecord.models.features import ENTITIES, LABELS, TAGS
from onrecord.reading.document import Document, Entity, Sentence, Token
from onrecord.reading.grammar import Draft, mend
from onrecord.reading.quotations import find_quotations
from onrecord.reading.words import Words, find_words

__all__ = ["analyse", "make_document"]

_TAGS, _LABELS, _ENTITIES = ("", *TAGS), ("", *LABELS), ("", *ENTITIES)

_POS = {
    "ADJ": "AFX JJ JJR JJS",
    "ADP": "IN RP",
    "ADV": "RB RBR RBS",
    "CCONJ": "CC",
    "DET": "DT PDT WP$",
    "INTJ": "UH",
    "NOUN": "NN NNS",
    "NUM": "CD",
    "PART": "POS TO",
    "PRON": "EX PRP PRP$ WDT WP",
    "PROPN": "NNP NNPS",
    "PUNCT": "'' `` , . : -LRB- -RRB- HYPH NFP",
    "SCONJ": "WRB",
    "SYM": "$ SYM",
    "VERB": "VB VBD VBG VBN VBP VBZ",
    "AUX": "MD",
    "SPACE": "_SP",
}
_COUNTED = {
    _ENTITIES.index(each) for each in ("CARDINAL", "DATE", "MONEY", "PERCENT", "QUANTITY", "TIME")
}
_BODIES = {_ENTITIES.index(each) for each in ("EVENT", "FAC", "LAW", "ORG", "WORK_OF_ART")}
_JOINING = frozenset({"CC", "IN", "TO", ",", ":", "HYPH"})
_VERBS = frozenset(_POS["VERB"].split())
_OWN_POS = {"not": "PART"} | {
    start + end: "PRON"
    for start in ("any", "every", "no", "some")
    for end in ("body", "one", "thing")
}
"""Words whose part of speech does not follow from their tag."""
_POS_OF = {tag: pos for pos, tags in _POS.items() for tag in tags.split()}


def analyse(article: Article) -> Document:
    """Analyse the article's language; an article that is not English gets a document of no words.

    Example:
        >>> document = analyse(Article("Kyiv denied it. Moscow insisted."))
        >>> [token.lemma for token in document.tokens][:3], len(document.sentences)
        (['kyiv', 'deny', 'it'], 2)
    """
    words = find_words(article)
    return make_document(
        article, words, read_networks(article.text, find_quotations(article.text), words)
    )


def make_document(article: Article, words: Words, encoding: Encoding) -> Document:
    """Make the document that later stages read, of the words and of what a network says of them."""
    parse = encoding.parse
    whole = article.text
    texts = [whole[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    draft = Draft(
        texts,
        [text.lower().replace("’", "'") for text in texts],
        [_TAGS[tag] for tag in parse.tags.tolist()],
        [_LABELS[label] for label in parse.labels.tolist()],
        parse.heads.tolist(),
        words.marks,
    )
    mend(draft)
    firsts = [index for index, is_first in enumerate(parse.starts.tolist()) if is_first]
    sentences = tuple(_sentences(words, firsts))
    tokens = tuple(_tokens(words, draft, sentences))
    return Document(
        article,
        tokens,
        sentences,
        words.paragraphs,
        _entities(parse.entities.tolist(), tokens),
        words.datelines,
        encoding.vectors,
    )


def _tokens(words: Words, draft: Draft, sentences: tuple[Sentence, ...]) -> Iterator[Token]:
    forms = list(map(_forms, draft.lowers, draft.tags, draft.labels))
    return map(
        Token,
        range(len(words)),
        words.starts,
        words.ends,
        draft.texts,
        draft.lowers,
        (lemma for lemma, _ in forms),
        draft.tags,
        (pos for _, pos in forms),
        draft.labels,
        draft.heads,
        (each.index for each in sentences for _ in range(each.first, each.last)),
    )


@lru_cache(maxsize=16_384)
def _forms(lower: str, tag: str, dep: str) -> tuple[str, str]:
    """Return a word's dictionary form and its universal part of speech."""
    lemma = lemma_of(lower, tag)
    return lemma, _part_of_speech(tag, dep, lemma)


def _sentences(words: Words, firsts: list[int]) -> Iterator[Sentence]:
    """Yield sentences, each in the paragraph in which its first word stands."""
    begins = [start for start, _ in words.paragraphs]
    for number, (first, last) in enumerate(pairwise([*firsts, len(words)])):
        paragraph = bisect_right(begins, words.starts[first]) - 1
        yield Sentence(number, first, last, paragraph)


def _entities(kinds: list[int], tokens: Sequence[Token]) -> tuple[Entity, ...]:
    """Return the runs of words of one kind in each sentence; particles hold a name together."""
    found: list[Entity] = []
    for begun, end, kind in _runs(kinds, tokens):
        first, last = (begun, end) if kind in _COUNTED else _trimmed(tokens, begun, end)
        before = found[-1] if found else None
        if before and _is_particles(tokens[before.last : first], tokens[first]):
            found[-1] = Entity(before.first, last, before.label)
        elif before and _is_headed(tokens, before, first, last) and kind in _BODIES:
            found[-1] = Entity(before.first, last, _ENTITIES[kind])
        else:
            found.append(Entity(first, last, _ENTITIES[kind]))
    return tuple(found)


def _runs(kinds: list[int], tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    keys = zip(kinds, (token.sentence for token in tokens), strict=True)
    at = 0
    for (kind, _), run in groupby(keys):
        size = sum(1 for _ in run)
        if kind:
            yield at, at + size, kind
        at += size


def _is_headed(tokens: Sequence[Token], before: Entity, first: int, last: int) -> bool:
    """Tell whether the name before, of another kind, only modifies this one: `Downing | Street`."""
    word = tokens[before.last - 1]
    is_body = _ENTITIES.index(before.label) in _BODIES
    is_joined = word.dep == "compound" and first <= word.head < last
    return is_body and before.last == first and is_joined and tokens[word.head].tag == "NNP"


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Leave out a preposition before a name and what joins it to the next."""
    while first + 1 < last and tokens[first].tag in _JOINING and tokens[first].text.islower():
        first += 1
    while first + 1 < last and tokens[last - 1].tag in _JOINING:
        last -= 1
    return first, last


def _is_particles(between: Sequence[Token], name: Token) -> bool:
    """Tell whether words stand inside a name: the `von der` of `Ursula von der Leyen`."""
    return bool(between) and all(
        token.tag == "NNP"
        and token.text.islower()
        and token.dep == "compound"
        and token.sentence == name.sentence
        for token in between
    )


def _part_of_speech(tag: str, dep: str, lemma: str) -> str:
    """Return the universal part of speech, which depends on the tag and sometimes on the label."""
    if tag in _VERBS:
        return "AUX" if lemma == "be" or dep in {"aux", "auxpass"} else "VERB"
    if lemma in _OWN_POS:
        return _OWN_POS[lemma]
    if (tag, dep) == ("IN", "mark"):
        return "SCONJ"
    return "PRON" if tag == "DT" and dep != "det" else _POS_OF.get(tag, "X")
