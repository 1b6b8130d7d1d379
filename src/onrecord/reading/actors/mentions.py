"""Find mentions: every name, noun phrase and pronoun that may mean somebody.

Things are mentioned too (`the ban`), since `it` and `they` may mean them; they become no actors.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from onrecord.knowledge.nominals import Gender, nominals
from onrecord.reading.actors.capitals import Capitals
from onrecord.reading.actors.kinds import Name
from onrecord.reading.actors.names import find_names
from onrecord.reading.actors.nouns import (
    MentionKind,
    is_loose,
    is_outcome,
    is_plural,
    is_sort,
    is_title_word,
    kind_of_noun,
)
from onrecord.reading.document import Document, Token

__all__ = ["Form", "Mention", "MentionKind", "Start", "find_mentions"]

Form = Literal["name", "nominal", "pronoun"]
Start = Literal["definite", "demonstrative", "possessive", "indefinite", "bare"]


class Mention(Struct, frozen=True):
    """Words that may mean somebody: tokens `first` to `last` (excluded).

    Attributes:
        index: Position among the article's mentions.
        first: First token, title and article included.
        last: Token after the last.
        head: The token that governs the others.
        form: Name, noun phrase or pronoun.
        kind: What is meant, as far as the words themselves tell; `any` for most pronouns.
        plural: Whether several are meant; None where the words do not tell.
        gender: Gender of the person, where the words tell it.
        name: Tokens of the name proper, empty for other forms.
        start: How the phrase begins: with `the`, `this`, an owner, `a`, or nothing of these.
        noun: The head's dictionary form.
        words: Words of the phrase that describe, in lower case: title, adjectives, compounds.
        same_as: Head of the phrase with which apposition or `is` identifies this one.
        owner: Head of the possessor, if any.
    """

    index: int
    first: int
    last: int
    head: int
    form: Form
    kind: MentionKind
    plural: bool | None
    gender: Gender | None
    name: tuple[int, int]
    start: Start
    noun: str
    words: frozenset[str]
    same_as: int | None = None
    owner: int | None = None


_PRONOUNS: dict[str, tuple[MentionKind, bool | None, Gender | None]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("person", False, "m")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("person", False, "f")),
    **dict.fromkeys(("it", "its", "itself"), ("any", False, None)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("any", None, None)),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ("person", False, None)),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("any", True, None)),
}
_BEFORE_NOUN = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "case", "punct"}
)
_PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
_HEAD_TAGS = _PRONOUN_TAGS | {"NN", "NNS", "NNP", "NNPS"}
_MODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod", "quantmod", "nummod"})
_TITLE_TAGS = frozenset({"NN", "NNP", "NNPS", "NNS", "JJ", "POS", "HYPH", "VBN", "VBG"})
_LOCATIVE = frozenset(
    {"in", "at", "near", "across", "throughout", "inside", "outside", "around", "within", "into"}
)
_COPULAS = frozenset({"be", "become", "remain"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
_DEFINITE = frozenset({"the", "both", "said"})
_MAX_PHRASE = 78
"""Characters of the longest mention: longer ones say what somebody does, not who it is."""


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Find the mentions of an article in order of their heads.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("The minister said Russia had moved its troops."))
        >>> [document.span(m.first, m.last).text for m in find_mentions(document)]
        ['The minister', 'Russia', 'its', 'its troops']
    """
    capitals = Capitals(document)
    finder = _Finder(document, find_names(document, capitals), capitals)
    found: list[Mention] = []
    for token in finder.heads():
        mention = finder.at(token, len(found))
        if mention is not None:
            found.append(mention)
    return tuple(found)


class _Finder:
    """Makes the mention that a token heads."""

    def __init__(self, document: Document, names: tuple[Name, ...], capitals: Capitals) -> None:
        self._document = document
        outer = [name for name in names if not name.nested]
        self._by_root = {_root(document, name): name for name in names if name.nested}
        self._by_root |= {_root(document, name): name for name in outer}
        self._capitals = capitals
        self._covered = {index: name for name in outer for index in range(name.first, name.last)}

        self._in_titles = frozenset(
            index
            for name in outer
            if name.kind == "person"
            for index in range(self._phrase_start(name), name.first)
        )

    def heads(self) -> Iterator[Token]:
        """Yield the tokens that may head a mention: pronouns, nouns, what governs a name."""
        for token in self._document.tokens:
            if token.tag in _HEAD_TAGS or token.index in self._by_root:
                yield token

    def at(self, token: Token, index: int) -> Mention | None:
        """Return the mention that the token heads, if it heads one."""
        if token.tag in _PRONOUN_TAGS:
            return self._pronoun(token, index)
        name = self._by_root.get(token.index)
        if name is not None:
            return self._named(token, name, index)
        return self._nominal(token, index) if self._is_free_noun(token) else None

    def _is_free_noun(self, token: Token) -> bool:
        """Tell whether a noun heads a phrase, in running text and outside names and titles."""
        if token.dep in _MODIFIERS or token.index in self._covered:
            return False
        if token.index in self._in_titles or self._capitals.in_dateline(token):
            return False
        return not (self._is_in_heading(token) or self._is_whose_house(token))

    def _is_in_heading(self, token: Token) -> bool:
        """Tell whether a noun has its capital from a heading: `A Visitor From London`."""
        if not token.text.istitle() or token.tag not in {"NN", "NNS"}:
            return False
        sentence = self._document.sentence_of(token.index)
        if token.index == sentence.first:
            return False
        words = self._document.sentence_tokens(sentence)
        long = [each for each in words if len(each.text) > 3 and each.text.isalpha()]
        return len(long) > 2 and all(each.text[0].isupper() for each in long)

    def _is_whose_house(self, token: Token) -> bool:
        """Tell whether a parliament is named only to say whose house is meant: `house of X`."""
        tokens, words = self._document.tokens, nominals().classes
        preposition = self._document.head(token)
        if token.dep != "pobj" or preposition.lower != "of":
            return False
        house = tokens[preposition.head].lemma
        is_both = "parliament" in words.get(house, ()) and "parliament" in words.get(
            token.lemma, ()
        )
        return is_both and house in {"house", "chamber"}

    def _pronoun(self, token: Token, index: int) -> Mention | None:
        if token.lower not in _PRONOUNS or (token.lower == "it" and self._is_empty(token)):
            return None
        kind, plural, gender = _PRONOUNS[token.lower]
        return Mention(
            index, token.index, token.index + 1, token.index, "pronoun", kind, plural, gender,
            (0, 0), "definite", token.lower, frozenset(),
        )  # fmt: skip

    def _is_empty(self, token: Token) -> bool:
        """Tell whether `it` means nothing: `it is clear that`, `it seems`, `it was Russia`."""
        if token.dep == "expl":
            return True
        verb = self._document.head(token)
        if token.dep not in {"nsubj", "nsubjpass"}:
            return False
        if verb.lemma == "be" and any(
            child.tag == "NNP" for child in self._document.children(verb.index, "attr")
        ):
            return True
        clauses = [
            child
            for child in self._document.children(verb.index, "ccomp", "xcomp", "csubj", "advcl")
            if child.index > verb.index
        ]
        return bool(clauses) and (
            verb.lemma in {"seem", "appear", "happen", "turn"} or self._is_judgement(verb, clauses)
        )

    def _is_judgement(self, verb: Token, clauses: list[Token]) -> bool:
        if verb.lemma != "be" and token_is_not_passive(self._document, verb):
            return False
        if verb.lemma == "be" and not self._document.children(verb.index, "acomp", "attr"):
            return any(self._document.children(clause.index, "nsubj") for clause in clauses)
        return any(
            child.lower in {"that", "to", "for", "whether", "if"}
            for clause in clauses
            for child in self._document.children(clause.index, "mark", "aux")
        )

    def _named(self, token: Token, name: Name, index: int) -> Mention | None:
        if name.kind == "people" and token.tag not in {"NNPS", "NNS"}:
            return self._one_of(token, index)
        first = self._phrase_start(name)
        is_person = name.kind == "person"
        last = self._affiliation_end(name) if is_person else name.last
        words = self._document.tokens[first : name.first]
        kind: MentionKind = "group" if name.kind == "people" else name.kind
        if (
            kind == "thing"
            and first < name.first
            and is_sort(self._document.tokens[name.first - 1])
        ):
            kind = "organization"
        if name.kind == "country" and self._is_only_a_place(token):
            kind = "thing"
        return Mention(
            index, first, last, token.index, "name", kind,
            token.tag == "NNPS" if not is_person else False,
            self._gender(name, first) if is_person else None,
            (name.first, name.last), "definite", token.lemma,
            frozenset(word.lower for word in words if word.is_word),
            self._same_as(token),
            self._owner(token),
        )  # fmt: skip

    def _one_of(self, token: Token, index: int) -> Mention | None:
        """Return one of a people or party: `a senior Republican`, but no `Republican plan`.

        `The top Democrat on the panel` is one too.
        """
        before = self._document.children(token.index, "det", "amod", "compound", "nmod")
        is_one = any(each.lower in {"a", "an"} for each in before)
        is_only = len(before) > 1 and before[0].lower == "the" and token.tag == "NNP"
        if not (is_one or is_only) or token.dep in _MODIFIERS:
            return None
        mention = self._nominal(token, index)
        if mention is None:
            return None
        last = mention.last
        for child in self._document.children(token.index, "prep"):
            end = self._document.subtree(child.index)[1]
            is_tight = child.index == token.index + 1 and child.lower in {"on", "in"}
            if is_only and is_tight and self._width(mention.first, end) < _MAX_PHRASE:
                last = end
        return replace(mention, kind="person", last=last)

    def _affiliation_end(self, name: Name) -> int:
        """Return the end of a person's name with the body it is followed by: `X of the Y Party`."""
        tokens = self._document.tokens
        if name.last + 1 >= len(tokens) or tokens[name.last].lower not in {"of", "from"}:
            return name.last
        begun = name.last + 1 + (tokens[name.last + 1].lower == "the")
        body = self._covered.get(begun)
        is_body = body is not None and body.kind in {"organization", "thing"}
        return body.last if body is not None and is_body else name.last

    def _is_only_a_place(self, token: Token) -> bool:
        """Tell whether a country's or city's name says only where: `in Moscow`."""
        head = self._document.head(token)
        return token.dep == "pobj" and head.lower in _LOCATIVE

    def _phrase_start(self, name: Name) -> int:
        """Return the first token of article, title and name."""
        tokens = self._document.tokens
        start = name.first
        if start and self._describes(tokens[start - 1], name):
            start = self._title_start(start - 1)
        if name.kind == "person" and start > 1 and tokens[start - 1].tag == "POS":
            owner = self._covered.get(start - 2)
            start = owner.first if owner is not None and owner.kind != "person" else start
        if start and tokens[start - 1].tag in {"DT", "PRP$"}:
            governor = tokens[start - 1].head
            start -= start <= governor < name.last
        return start

    def _describes(self, token: Token, name: Name) -> bool:
        """Tell whether a word right before a name is its title or says what sort of body it is."""
        if name.kind == "person":
            return self._is_title(token)
        return name.kind != "country" and is_sort(token)

    def _is_title(self, token: Token) -> bool:
        words = nominals()
        if token.lower in words.titles or self._office_before(token.index) is not None:
            return True
        return token.tag in {"NN", "NNP"} and words.is_person(token.lower)

    def _office_before(self, index: int) -> int | None:
        """Return the office of which a name is part: `ambassador` in `ambassador to the US X`.

        Of `a spokesman for Senator X` there is none: that title is X's own.
        """
        tokens, words = self._document.tokens, nominals()
        last = tokens[index].lower
        if (
            tokens[index].tag not in {"NNP", "NNPS"}
            or last in words.titles
            or words.is_person(last)
        ):
            return None
        while index and tokens[index - 1].tag in {"NNP", "NNPS", "DT"}:
            index -= 1
        if index < 2 or tokens[index - 1].lower not in {"of", "to", "for"}:
            return None
        return index - 2 if nominals().is_person(tokens[index - 2].lower) else None

    def _title_start(self, index: int) -> int:
        """Go left from a title's last word to its first: `Russian Foreign Minister`."""
        tokens = self._document.tokens
        sentence = tokens[index].sentence
        office = self._office_before(index)
        index = index if office is None else office
        while index and tokens[index - 1].sentence == sentence:
            if tokens[index - 1].tag not in _TITLE_TAGS or not is_title_word(tokens[index - 1]):
                break
            index -= 1
        while not tokens[index].is_word or tokens[index].tag == "POS":
            index += 1
        return index

    def _gender(self, name: Name, first: int) -> Gender | None:
        words = nominals()
        for token in self._document.tokens[first : name.first]:
            told = words.gender_of(token.lower)
            if told:
                return told
        return words.given.get(self._document.tokens[name.first].text)

    def _nominal(self, token: Token, index: int) -> Mention | None:
        first, last = self._edges(token)
        kind = kind_of_noun(self._document, token)
        before = self._covered.get(token.index - 1)
        if before is not None and before.kind == "person" and token.text.isupper():
            return None
        if self._capitals.is_quoted_title(self._document.tokens[first:last]):
            kind = "thing"
        covered = self._covered.get(token.index + 1)
        if covered is not None and covered.first == token.index + 1:
            if kind == "person" and covered.kind == "person":
                return None
            if is_sort(token) and covered.kind in {"organization", "thing"}:
                return None
        premodifiers = self._document.tokens[first : token.index]
        return Mention(
            index, first, last, token.index, "nominal", kind,
            is_plural(token), nominals().gender_of(token.lemma) if kind == "person" else None,
            (0, 0), self._start(token, premodifiers), token.lemma,
            frozenset(
                word.lower
                for word in premodifiers
                if word.dep in {"amod", "compound", "nmod", "poss", "nummod"} and word.is_word
            ),
            self._same_as(token),
            self._owner(token),
        )  # fmt: skip

    def _edges(self, token: Token) -> tuple[int, int]:
        """Return the tokens of a noun phrase, with a short complement in `of`, `for`, `from`."""
        first = token.index
        for child in reversed(self._document.children(token.index)):
            if child.index < token.index and child.dep in _BEFORE_NOUN:
                first = min(first, self._document.subtree(child.index)[0])
        first = self._past_comma(first, token.index)
        while first < token.index and (
            is_loose(self._document.tokens[first]) or is_outcome(self._document, first)
        ):
            first += 1
        if self._width(first, token.index + 1) >= _MAX_PHRASE:
            first = token.index
        last = token.index + 1
        for child in self._document.children(token.index, "prep"):
            end = self._document.subtree(child.index)[1]
            is_tight = child.index == token.index + 1 and child.lower in {"of", "for", "from"}
            if is_tight and self._width(first, end) < _MAX_PHRASE:
                last = end
        return first, last

    def _past_comma(self, first: int, last: int) -> int:
        """Return where a phrase begins after a comma of the clause: `In all, 30,000 soldiers`."""
        for word in self._document.tokens[first:last]:
            if word.text == "," and not first <= word.head <= last:
                first = word.index + 1
        return first

    def _width(self, first: int, last: int) -> int:
        return self._document.tokens[last - 1].end - self._document.tokens[first].start

    def _start(self, token: Token, premodifiers: tuple[Token, ...]) -> Start:
        if self._owner(token) is not None:
            return "possessive"
        for word in premodifiers:
            if word.tag in {"DT", "PDT"} or word.dep == "det":
                if word.lower in _DEMONSTRATIVE:
                    return "demonstrative"
                return "definite" if word.lower in _DEFINITE else "indefinite"
        return "indefinite" if any(word.tag == "CD" for word in premodifiers) else "bare"

    def _owner(self, token: Token) -> int | None:
        for child in self._document.children(token.index, "poss"):
            return child.index
        return None

    def _same_as(self, token: Token) -> int | None:
        """Return the head of what apposition or an affirmed `is` says this to be."""
        if token.dep == "appos":
            return token.head
        if token.dep == "conj":
            token = self._document.head(token)
        if token.dep == "pobj":
            return self._served_as(token)
        verb = self._document.head(token)
        if token.dep == "oprd":
            return self._told_of(verb)
        is_predicate = token.dep == "attr" and verb.lemma in _COPULAS
        if not is_predicate or self._document.children(verb.index, "neg"):
            return None
        return self._subject(verb)

    def _subject(self, verb: Token) -> int | None:
        """Return the head of a verb's subject, its own, a relative clause's or a joined verb's.

        Who went on to become president is the president.
        """
        subjects = self._document.children(verb.index, "nsubj")
        if not subjects and verb.dep == "xcomp":
            above = self._document.head(verb)
            objects = self._document.children(above.index, "dobj", "dative")
            return None if objects else self._subject(above)
        if not subjects and verb.dep == "conj":
            subjects = self._document.children(verb.head, "nsubj")
        if subjects and subjects[0].tag == "WP" and verb.dep == "relcl":
            return verb.head
        return subjects[0].index if subjects else None

    def _served_as(self, token: Token) -> int | None:
        """Return the head of whom a phrase with `as` tells a part: `He came as a guest`."""
        preposition = self._document.head(token)
        verb = self._document.head(preposition)
        is_described = any(c.lower in {"a", "an"} for c in self._document.children(token.index))
        is_one = is_described or (token.tag == "NN" and nominals().is_person(token.lemma))
        if preposition.lower != "as" or verb.pos != "VERB" or not is_one:
            return None
        noun = self._document.head(verb)
        if verb.dep != "acl" or self._document.children(verb.index, "nsubj", "dobj"):
            return self._told_of(verb)
        if noun.tag == "NNP" or nominals().is_person(noun.lemma):
            return noun.index
        above = next(
            (each for each in self._document.ancestors(noun.index) if each.pos == "VERB"), verb
        )
        return self._told_of(above)

    def _told_of(self, verb: Token) -> int | None:
        """Return the head of whom a verb tells a part: `X was named chairman`, `served as one`."""
        if self._document.children(verb.index, "neg"):
            return None
        for whom in self._document.children(verb.index, "dobj", "nsubj", "nsubjpass")[::-1]:
            return whom.index
        return None


def token_is_not_passive(document: Document, verb: Token) -> bool:
    """Tell whether the verb has no passive auxiliary."""
    return not document.children(verb.index, "auxpass")


def _root(document: Document, name: Name) -> int:
    """Return the token of a name that is governed from outside it, the last such."""
    for index in range(name.last - 1, name.first - 1, -1):
        if not name.first <= document.tokens[index].head < name.last:
            return index
        if document.tokens[index].head == index:
            return index
    return name.last - 1
