"""Match noun phrases (`the spokesman`, `the alliance`, `the protesters`) with earlier mentions."""

from collections.abc import Iterator

from onrecord.knowledge.entries import entries, find_name
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.offices import office_of_phrase
from onrecord.knowledge.resolver import resolve_actor
from onrecord.reading.actors.mentions import Mention, MentionKind
from onrecord.reading.actors.threads import Active, Thread
from onrecord.reading.document import Document

__all__ = ["NominalMatcher", "known_words"]

_ANAPHORIC = frozenset({"definite", "demonstrative"})
_NEAR = 4
"""Sentences back in which a description without a shared noun may find its thread."""
_LEAD = 4
"""Sentences in which a report tells again what its headline has told; the date may be one."""
_UNTOLD = frozenset({"people", "person", "country"})
_OTHER = frozenset({"other", "others", "another", "second", "rival", "former", "next", "new"})
_STATES = frozenset({"state", "government"})
_OPEN_CLASSES = frozenset(
    {"ministry", "agency", "alliance", "body", "company", "media", "armed", "club"}
)
"""Classes whose members often have names that do not tell the class: `Reuters`, `Boeing`."""


_SORTS: dict[str, frozenset[str]] = {
    "igo": frozenset({"alliance", "organization"}),
    "ngo": frozenset({"organization"}),
    "media": frozenset({"agency"}),
    "spy": frozenset({"agency"}),
    "legislature": frozenset({"parliament"}),
    "armed": frozenset({"group"}),
    "paramilitary": frozenset({"militia"}),
    **{
        sort: frozenset({sort})
        for sort in (
            "agency", "bank", "body", "church", "company", "court", "gang", "government",
            "institute", "military", "ministry", "movement", "party", "union", "university",
        )
    },
}  # fmt: skip
"""Nouns by which an article goes on to call an organization of the knowledge's groups."""


def known_words(document: Document, mention: Mention, kind: MentionKind) -> frozenset[str]:
    """Return words that the knowledge has for a name: a person's office, an organization's sort."""
    text = document.span(*mention.name).text
    if kind == "person":
        known = resolve_actor(text, on=document.article.published_day)
        title = known.title if known is not None and known.kind == "person" else None
        return frozenset(title.split()) if title else frozenset()
    keys = find_name(text.split())
    return _SORTS.get(entries()[keys[0]].group, frozenset()) if keys else frozenset()


class NominalMatcher:
    """Finds the thread that a noun phrase continues.

    Args:
        document: The document.
        active: The threads read so far.
    """

    def __init__(self, document: Document, active: Active) -> None:
        self._document = document
        self._active = active

    def match(self, mention: Mention) -> tuple[Thread | None, float]:
        """Return the thread of a noun phrase and how sure that is; None for something new."""
        if mention.words & _OTHER:
            return None, 0.0
        if mention.start in _ANAPHORIC:
            found = self._by_noun(mention)
            if found is not None:
                return found, 0.8
            return self._by_class(mention), 0.6
        if mention.start == "bare" and self._is_said_again(mention):
            return self._by_same_words(mention), 0.7
        return self.in_headline(mention), 0.7

    def in_headline(self, mention: Mention) -> Thread | None:
        """Return whom the headline calls by the same noun: `Miner found`, then `A miner was`."""
        lead = self._document.tokens[mention.head].sentence
        is_vague = mention.noun in nominals().never_same | _UNTOLD
        if lead > _LEAD or is_vague or not self._document.sentences[lead].paragraph:
            return None
        for thread in self._active.called(mention.noun):
            last = self._document.tokens[thread.latest.head].sentence
            is_alone = not thread.named and last == 0 < lead
            is_same = thread.kind == mention.kind != "thing" and thread.plural == mention.plural
            if is_alone and is_same and thread.mentions[0].start == "bare":
                return thread
        return None

    def _is_said_again(self, mention: Mention) -> bool:
        return mention.kind == "group" and mention.noun not in nominals().never_same

    def _by_noun(self, mention: Mention) -> Thread | None:
        """Return the most prominent thread that bears the same noun and no other adjectives."""
        fitting = [
            thread
            for thread in self._active.called(mention.noun)
            if (mention.noun in thread.nouns or self._is_in_name(mention, thread))
            and self._agrees(mention, thread)
            and self._fits(mention, thread)
            and not self._is_of_others(mention, thread)
        ]
        return max(fitting, key=lambda thread: self._prominence(mention, thread), default=None)

    def _prominence(self, mention: Mention, thread: Thread) -> float:
        """Weigh how often a thread was mentioned against how long ago it last was."""
        tokens = self._document.tokens
        away = tokens[mention.head].sentence - tokens[thread.latest.head].sentence
        return min(len(thread.mentions), 6) - 0.8 * away

    def _is_in_name(self, mention: Mention, thread: Thread) -> bool:
        """Tell whether a name or title holds the noun: `the church`, `the prime minister`."""
        return thread.named and mention.noun in thread.words and mention.kind == thread.kind

    def _agrees(self, mention: Mention, thread: Thread) -> bool:
        kinds = {mention.kind, thread.kind}
        if len(kinds) > 1 and kinds != {"group", "organization"}:
            return False
        if thread.plural is not None and mention.plural != thread.plural:
            return False
        return not (mention.gender and thread.gender and mention.gender != thread.gender)

    def _fits(self, mention: Mention, thread: Thread) -> bool:
        """Tell whether every adjective of the phrase has been said of the thread."""
        return mention.words <= thread.words | {"entire", "whole", "same"}

    def _is_of_others(self, mention: Mention, thread: Thread) -> bool:
        """Tell whether another complement makes it another: `teams from Iran`, `from Libya`."""
        told = self._complement(mention)
        others = [
            self._complement(each)
            for each in thread.mentions[-6:]
            if each.form == "nominal" and each.noun == mention.noun
        ]
        return bool(told and others) and all(other and told.isdisjoint(other) for other in others)

    def _complement(self, mention: Mention) -> frozenset[str]:
        """Return the nouns and names behind a phrase's head: `Iran` in `teams from Iran`."""
        tokens = self._document.tokens[mention.head + 1 : mention.last]
        return frozenset(token.lemma for token in tokens if token.pos in {"NOUN", "PROPN"})

    def _by_same_words(self, mention: Mention) -> Thread | None:
        for thread in self._active.called(mention.noun):
            is_group = thread.kind == "group" and not thread.named
            is_same = mention.noun in thread.nouns and thread.words == mention.words
            if is_group and is_same and not self._is_of_others(mention, thread):
                return thread
        return None

    def _by_class(self, mention: Mention) -> Thread | None:
        """Return the freshest near thread of the kind that the noun names.

        A phrase that tells itself which one is meant (`the man who fled`) goes back to none.
        """
        if mention.words or mention.plural or self._tells_which(mention):
            return None
        for thread in self._near(mention):
            if self._is_of_class(mention, thread):
                return thread
        return None

    def _tells_which(self, mention: Mention) -> bool:
        """Tell whether a clause right behind a person's noun says who it is."""
        clauses = self._document.children(mention.head, "relcl", "acl")
        after = self._document.tokens[mention.head + 1 : mention.head + 2]
        return mention.kind == "person" and bool(clauses and after and after[0].is_word)

    def _near(self, mention: Mention) -> Iterator[Thread]:
        sentence = self._document.tokens[mention.head].sentence
        return self._active.recent(self._document, sentence, _NEAR)

    def _is_of_class(self, mention: Mention, thread: Thread) -> bool:
        words = nominals()
        if mention.kind == "person":
            told = mention.noun in {"man", "woman", "boy", "girl"} and not _holds_office(thread)
            return told and thread.kind == "person" and thread.gender in {None, mention.gender}
        classes = words.classes.get(mention.noun, frozenset())
        if thread.kind == "country":
            return bool(classes & _STATES)
        if thread.kind != "organization" or not thread.named or not classes:
            return False
        theirs = [words.class_in_name(word) for word in thread.words if words.class_in_name(word)]
        if theirs:
            return any(classes & each for each in theirs)
        return bool(classes & _OPEN_CLASSES)


def _holds_office(thread: Thread) -> bool:
    """Tell whether a person is named with an office: nobody calls a president `the man`."""
    return thread.named and any(office_of_phrase((word,)) for word in thread.words)
