"""Mend a parse where grammar leaves no doubt, before anything is read in it.

The network labels each word for itself; what a label asks of the words around is seen here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Draft", "mend"]

_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today",
     "yesterday", "tomorrow", "week", "month", "year"}
)  # fmt: skip
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SINGULAR = ("ss", "us", "is", "overseas")
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_BEFORE_VERBS = frozenset({"aux", "auxpass", "mark"})


@dataclass(slots=True)
class Draft:
    """A parse that may still change; all lists are as long as there are words.

    Attributes:
        texts: The words.
        lowers: The same in lower case, apostrophes made straight.
        tags: Penn Treebank tags.
        labels: Dependency labels.
        heads: Index of each one's governor, its own at a root.
        marks: Whether it is punctuation.
    """

    texts: list[str]
    lowers: list[str]
    tags: list[str]
    labels: list[str]
    heads: list[int]
    marks: tuple[bool, ...]

    def labelled(self, *labels: str) -> Iterator[int]:
        """Yield the words that have one of these labels."""
        return (index for index, label in enumerate(self.labels) if label in labels)


def mend(draft: Draft) -> None:
    """Change what cannot be so."""
    _punctuate(draft)
    _name_bodies(draft)
    _predicate(draft)
    _number(draft)
    _equate(draft)
    _relate(draft)
    _free_gerunds(draft)


def _punctuate(draft: Draft) -> None:
    """A mark that governs nothing has no part to play: `non` `-` `starters`."""
    governing = {head for index, head in enumerate(draft.heads) if head != index}
    for index, is_mark in enumerate(draft.marks):
        if is_mark and index not in governing and draft.labels[index] != "ROOT":
            draft.labels[index] = "punct"


def _name_bodies(draft: Draft) -> None:
    """`WHO` amid words in small letters asks for nobody."""
    for index, text in enumerate(draft.texts):
        if text == "WHO" and not any(map(str.isupper, draft.texts[index + 1 : index + 2])):
            draft.tags[index] = "NNP"


def _predicate(draft: Draft) -> None:
    """A finite verb with a subject is no subject itself: `Norway denies promise to help`."""
    with_subject = {draft.heads[index] for index in draft.labelled("nsubj")}
    for index in draft.labelled("nsubj"):
        noun = draft.heads[index]
        if index in with_subject and draft.tags[index] in _FINITE and draft.tags[noun] == "VBP":
            above = draft.heads[noun]
            draft.heads[index] = index if above == noun else above
            draft.labels[index] = draft.labels[noun]
            draft.heads[noun], draft.labels[noun], draft.tags[noun] = index, "dobj", "NN"


def _number(draft: Draft) -> None:
    """An adjective has no plural: `the demands are non-starters`."""
    for index in draft.labelled("acomp", "attr"):
        word = draft.lowers[index]
        is_plural = word.endswith("s") and not word.endswith(_SINGULAR)
        if draft.tags[index] == "JJ" and is_plural:
            draft.tags[index] = "NNS"


def _equate(draft: Draft) -> None:
    """A noun that completes `be` is what somebody is, not how he is."""
    for index in draft.labelled("acomp"):
        if draft.tags[index] in _NOUNS:
            draft.labels[index] = "attr"


def _relate(draft: Draft) -> None:
    """A participle with a subject and no auxiliary is a past: `the letter Norway sent`."""
    with_subject = {draft.heads[index] for index in draft.labelled("nsubj")}
    helped = {draft.heads[index] for index in draft.labelled(*_BEFORE_VERBS)}
    for index in draft.labelled("acl"):
        if draft.tags[index] in {"VBN", "VBD"} and index in with_subject - helped:
            draft.tags[index], draft.labels[index] = "VBD", "relcl"


def _free_gerunds(draft: Draft) -> None:
    """No day is of doing something: `accused Lund on Tuesday of lying`."""
    for index in draft.labelled("pcomp"):
        prep = draft.heads[index]
        day = draft.heads[prep]
        if draft.lowers[prep] != "of" or draft.lowers[day] not in _DAYS:
            continue
        above = draft.heads[day]
        if draft.labels[above] == "prep":
            above = draft.heads[above]
        if draft.tags[above].startswith("VB"):
            draft.heads[prep] = above
