"""Mend a parse where grammar leaves no doubt, before anything is read in it.

The network labels each word for itself; what a label asks of the words around is seen here.
"""

from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from onrecord.knowledge.agents import is_title
from onrecord.knowledge.inflection import lemma_of

__all__ = ["Draft", "mend"]

_STATES = frozenset({"u.s.", "u.k.", "u.n.", "eu"})
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today",
     "yesterday", "tomorrow", "week", "month", "year"}
)  # fmt: skip
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SINGULAR = ("ss", "us", "is", "overseas")
_TELLING = frozenset(
    {"advise", "ask", "beg", "command", "direct", "encourage", "instruct", "invite", "order",
     "persuade", "press", "remind", "tell", "urge", "warn"}
)  # fmt: skip
"""Verbs whose object is to do what the infinitive behind it says."""
_NO_NOUNS = frozenset(
    {"accuses", "agrees", "alleges", "condemns", "confirms", "criticises", "criticizes", "denies",
     "insists", "invades", "refuses", "says", "sends", "tells", "urges", "warns"}
)  # fmt: skip
"""Forms in -s of verbs that news report with and that no noun has."""
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_BEFORE_VERBS = frozenset({"aux", "auxpass", "mark"})


class Draft(Struct):
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
        if len(labels) == 1:
            return self._with_label(*labels)
        return (index for index, label in enumerate(self.labels) if label in labels)

    def _with_label(self, label: str) -> Iterator[int]:
        """Yield the words that have this label, seen anew after each."""
        place = -1
        with suppress(ValueError):  # there is no other
            while True:
                place = self.labels.index(label, place + 1)
                yield place


def mend(draft: Draft) -> None:
    """Change what cannot be so."""
    _uproot_marks(draft)
    _punctuate(draft)
    _name_bodies(draft)
    _verbs_of_headlines(draft)
    _predicate(draft)
    _leave_titles(draft)
    _join_names(draft)
    _join_titled(draft)
    _own_first(draft)
    _two_of_nations(draft)
    _give_states(draft)
    _raise_objects(draft)
    _give(draft)
    _announce(draft)
    _find_subjects(draft)
    _call_upon(draft)
    _number(draft)
    _equate(draft)
    _relate(draft)
    _set_apart(draft)
    _free_gerunds(draft)


def _uproot_marks(draft: Draft) -> None:
    """No mark is the root of a sentence with words: `* Norway to send troops`."""
    for index in draft.labelled("ROOT"):
        if not draft.marks[index]:
            continue
        below = [low for low, head in enumerate(draft.heads) if head == index and low != index]
        words = [low for low in below if not draft.marks[low]]
        if words:
            root = next((low for low in words if draft.tags[low].startswith("VB")), words[0])
            for low in (*below, index):
                draft.heads[low] = root
            draft.labels[root], draft.labels[index] = "ROOT", "punct"


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


def _verbs_of_headlines(draft: Draft) -> None:
    """What is no noun is a verb: `Norway denies promise`."""
    for index, lower in enumerate(draft.lowers):
        if draft.tags[index] == "NNS" and lower in _NO_NOUNS:
            draft.tags[index] = "VBZ"
            for low in draft.labelled("compound", "nmod"):
                if draft.heads[low] == index and draft.tags[low] in _NOUNS:
                    draft.labels[low] = "nsubj"


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


def _raise_objects(draft: Draft) -> None:
    """The subject of an open complement is the object above: `warns Norway not to leave`."""
    for index in draft.labelled("nsubj"):
        verb = draft.heads[index]
        above = draft.heads[verb]
        is_open = draft.labels[verb] == "xcomp" or _is_told_to(draft, verb, above)
        if is_open and above < index < verb:
            draft.labels[verb] = "xcomp"
            draft.heads[index], draft.labels[index] = above, "dobj"


def _give(draft: Draft) -> None:
    """A name before an article or a number receives: `gave Ukraine six F-16 jets`."""
    for index in draft.labelled("nmod", "compound"):
        noun = draft.heads[index]
        verb = draft.heads[noun]
        begins = index + 1 < noun and draft.heads[index + 1] == noun
        if (
            draft.tags[index] in {"NNP", "NNPS"}
            and begins
            and draft.labels[index + 1] in {"nummod", "det", "quantmod"}
            and draft.labels[noun] == "dobj"
            and draft.tags[verb].startswith("VB")
            and verb < index
        ):
            draft.heads[index], draft.labels[index] = verb, "dative"


def _is_told_to(draft: Draft, verb: int, above: int) -> bool:
    """Tell whether an infinitive is what the verb above asks of its object."""
    is_infinitive = draft.tags[verb] == "VB" and "to" in draft.lowers[above:verb]
    asks = lemma_of(draft.lowers[above], draft.tags[above]) in _TELLING
    return draft.labels[verb] == "ccomp" and is_infinitive and asks


def _join_names(draft: Draft) -> None:
    """A name is joined to several, not to what they are called by: `Iran and world powers`."""
    for index in draft.labelled("conj"):
        name, several = draft.heads[index], index + 1
        if (
            draft.labels[name] in {"nmod", "compound"}
            and draft.heads[name] == several
            and draft.tags[name] == "NNP"
            and draft.tags[index] == "NN"
            and draft.tags[several] == "NNS"
            and name + 2 == index
        ):
            above = draft.heads[several]
            draft.heads[name] = name if above == several else above
            draft.labels[name] = draft.labels[several]
            draft.heads[several], draft.labels[several] = name, "conj"
            draft.heads[index], draft.labels[index] = several, "compound"


def _join_titled(draft: Draft) -> None:
    """A name is joined to a name, not to its title: `Lund and Danish President Ana Berg`."""
    for index in draft.labelled("conj"):
        name = draft.heads[index]
        second = draft.heads[name]
        if (
            draft.labels[name] in {"nmod", "compound"}
            and name + 2 < index < second
            and draft.tags[index - 1] == "JJ"
            and all(draft.tags[each] == "NNP" for each in (name, *range(index, second + 1)))
        ):
            above = draft.heads[second]
            draft.heads[name] = name if above == second else above
            draft.labels[name] = draft.labels[second]
            draft.heads[second], draft.labels[second] = name, "conj"
            draft.heads[index], draft.labels[index] = second, "compound"
            for low in range(name):
                if draft.heads[low] == second:
                    draft.heads[low] = name


def _own_first(draft: Draft) -> None:
    """Who owns the first of two owns it: `Norway's government and rebels` are not its rebels."""
    for index in draft.labelled("poss"):
        last = draft.heads[index]
        first = draft.heads[last]
        if draft.labels[last] == "conj" and index + 1 < first < last:
            between = range(index + 2, first)
            if all(draft.heads[each] == first for each in between):
                draft.heads[index] = first


def _two_of_nations(draft: Draft) -> None:
    """`Norway's government and Swedish forces` are two, though the parser makes one of them."""
    for adjective in draft.labelled("conj"):
        first, second = draft.heads[adjective], adjective + 1
        if (
            draft.labels[first] == "nmod"
            and second < len(draft.texts)
            and draft.heads[first] == second
            and draft.texts[adjective][:1].isupper()
            and draft.lowers[first + 1 : adjective] == ["and"]
            and draft.labels[first - 2] == "poss"
            and draft.heads[first - 2] == second
        ):
            above = draft.heads[second]
            draft.heads[first] = first if above == second else above
            draft.labels[first] = draft.labels[second]
            draft.heads[second], draft.labels[second] = first, "conj"
            draft.heads[adjective], draft.labels[adjective] = second, "amod"
            draft.heads[first - 2] = first


def _give_states(draft: Draft) -> None:
    """A state before a title is its bearer's: `said U.S. Senator Ana Berg` says not the U.S."""
    for index in range(len(draft.texts) - 2):
        name = draft.heads[index + 1]
        if draft.lowers[index] not in _STATES or draft.heads[index] == name:
            continue
        if (
            name > index + 1
            and draft.labels[index + 1] == "compound"
            and all(draft.tags[each] == "NNP" for each in range(index, name + 1))
            and is_title(draft.texts[index + 1 : index + 2])
        ):
            above = draft.heads[index]
            if above != index + 1:
                draft.heads[name] = name if above == index else above
                draft.labels[name] = draft.labels[index]
            for low in range(index):
                if draft.heads[low] == index:
                    draft.heads[low] = name
            draft.heads[index], draft.labels[index] = name, "compound"


def _leave_titles(draft: Draft) -> None:
    """What stands behind a closing mark is not inside: `the 'Heart of the Matter' author`."""
    for index in draft.labelled("pobj"):
        inner, prep = index - 2, draft.heads[index]
        title = draft.heads[prep]
        if (
            draft.tags[index - 1] == "''"
            and inner > prep > title
            and draft.heads[inner] == index
            and draft.labels[inner] in {"nmod", "compound"}
        ):
            draft.heads[inner], draft.labels[inner] = prep, "pobj"
            is_root = draft.heads[title] == title
            draft.heads[index] = index if is_root else draft.heads[title]
            draft.labels[index] = draft.labels[title]
            draft.heads[title], draft.labels[title] = index, "nmod"


def _announce(draft: Draft) -> None:
    """A name that governs an infinitive is who will do it: `Norway to send troops`."""
    for index in draft.labelled("ROOT"):
        noun = draft.texts[index]
        if draft.tags[index] not in _NOUNS or not noun[:1].isupper():
            continue
        below = [low for low, head in enumerate(draft.heads) if head == index and low != index]
        verbs = [low for low in below if draft.labels[low] in {"relcl", "acl"}]
        if len(verbs) != 1 or draft.tags[verbs[0]] != "VB" or draft.lowers[index + 1] != "to":
            continue
        if any(draft.labels[low] in {"det", "poss", "cop"} for low in below):
            continue
        for low in (*below, index):
            if low > index or low == index or draft.labels[low] == "punct":
                draft.heads[low] = verbs[0]
        draft.labels[index], draft.labels[verbs[0]] = "nsubj", "ROOT"


def _find_subjects(draft: Draft) -> None:
    """A noun is not joined to a verb: `as they met, Norway and Sweden began talks`."""
    with_subject = {draft.heads[index] for index in draft.labelled("nsubj", "nsubjpass")}
    for index in draft.labelled("conj"):
        verb = draft.heads[draft.heads[index]]
        if (
            draft.tags[index] in _NOUNS
            and draft.tags[draft.heads[index]].startswith("VB")
            and draft.heads[index] < index < verb
            and draft.tags[verb] in _FINITE
            and verb not in with_subject
        ):
            draft.heads[index], draft.labels[index] = verb, "nsubj"


def _call_upon(draft: Draft) -> None:
    """Of two subjects the one before a comma is called upon: `Mr. Lund, do you agree?`."""
    last: dict[int, int] = {}
    for index in draft.labelled("nsubj"):
        before = last.get(draft.heads[index])
        if before is not None and draft.texts[before + 1] == ",":
            draft.labels[before] = "npadvmod"
        last[draft.heads[index]] = index


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


def _set_apart(draft: Draft) -> None:
    """A past between commas behind its subject is no past: `Lund, asked if it was, said no`."""
    with_subject = {draft.heads[index] for index in draft.labelled("nsubj", "nsubjpass")}
    for subject in tuple(draft.labelled("nsubj")):
        verb = draft.heads[subject]
        if subject > verb - 2 or draft.tags[verb] != "VBD" or draft.texts[verb - 1] != ",":
            continue
        for said in draft.labelled("ccomp", "conj"):
            is_free = draft.tags[said] in _FINITE and said not in with_subject
            if is_free and draft.heads[said] == verb < said and draft.texts[said - 1] == ",":
                _swap(draft, subject, verb, said)
                break


def _swap(draft: Draft, subject: int, participle: int, verb: int) -> None:
    """Make a verb the subject's own that hung on a participle."""
    above = draft.heads[participle]
    draft.labels[verb] = draft.labels[participle]
    draft.heads[verb] = verb if above == participle else above
    for index, head in enumerate(draft.heads):
        if head == participle and index > verb:
            draft.heads[index] = verb
    draft.heads[subject] = verb
    draft.heads[participle], draft.labels[participle] = subject, "acl"
    draft.tags[participle] = "VBN"


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
