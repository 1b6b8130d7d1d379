"""Find which mentions mean the same: names first, then noun phrases and pronouns in reading order.

Names are grouped over the whole article. A noun phrase joins a thread that it is said to be (`X,
the minister`), or that its noun and adjectives fit. A pronoun goes to the thread that the ranker
holds likeliest; inside a quotation `I` and `we` go to its speaker.
"""

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from onrecord.knowledge.entries import entries, find_name
from onrecord.knowledge.nominals import nominals
from onrecord.reading.actors.institutions import Institutions
from onrecord.reading.actors.mentions import Mention, MentionKind
from onrecord.reading.actors.namesakes import group_names
from onrecord.reading.actors.nominals import NominalMatcher, known_words
from onrecord.reading.actors.pronouns import NOBODY, PronounRanker, pronoun_class, trained_weights
from onrecord.reading.actors.speech import Speech
from onrecord.reading.actors.threads import Active, Thread
from onrecord.reading.document import Document

if TYPE_CHECKING:
    from onrecord.reading.attribution.stage import Attribution
    from onrecord.reading.quotations import Quotation

__all__ = ["Chain", "find_chains"]

_SELF = frozenset({"i", "me", "my", "mine", "myself"})
_SORTS = frozenset(
    {"alliance", "bloc", "group", "party", "movement", "organization", "organisation"}
)
_OURSELVES = frozenset({"we", "us", "our", "ours", "ourselves"})


class Chain(Struct, frozen=True):
    """The mentions of one person, organization, country, group or thing.

    Attributes:
        kind: What it is.
        plural: Whether it is several; None where the words do not tell.
        named: Whether it has a name.
        mentions: Its mentions in order.
        sureness: For each mention the probability that it belongs here.
    """

    kind: MentionKind
    plural: bool | None
    named: bool
    mentions: tuple[Mention, ...]
    sureness: tuple[float, ...]


def find_chains(
    document: Document,
    mentions: tuple[Mention, ...],
    quotations: "tuple[Quotation, ...]",
    attributions: "tuple[Attribution, ...]",
) -> tuple[Chain, ...]:
    """Find the chains of an article in order of their first mention."""
    resolver = ChainFinder(document, mentions, quotations, attributions)
    resolver.run()
    return resolver.chains()


class ChainFinder:
    """Reads an article's mentions in order and threads them."""

    def __init__(
        self,
        document: Document,
        mentions: tuple[Mention, ...],
        quotations: "tuple[Quotation, ...]",
        attributions: "tuple[Attribution, ...]",
        weights: dict[str, float] | None = None,
    ) -> None:
        self.document = document
        self.mentions = mentions
        self.speech = Speech(document, mentions, quotations, attributions)
        self.threads: list[Thread] = []
        self.thread_of: dict[int, int] = {}
        self.active = Active()
        self._by_head = {mention.head: mention for mention in mentions}
        self._said_of = {
            mention.same_as: mention
            for mention in mentions
            if mention.same_as is not None and mention.form == "name"
        }
        self.ranker = PronounRanker(
            document, self.speech, trained_weights() if weights is None else weights
        )
        self._matcher = NominalMatcher(document, self.active)
        self._institutions = Institutions(document, mentions, self.threads, self.thread_of)
        self._name_threads()
        self.ranker.announce(
            {
                mention.head: self.threads[self.thread_of[mention.index]]
                for mention in mentions
                if mention.form == "name"
            }
        )

    def run(self) -> None:
        """Thread all mentions."""
        later = []
        for mention in self.mentions:
            if mention.form == "name":
                self._read(mention, self.threads[self.thread_of[mention.index]], 0.95)
            elif mention.form == "nominal":
                self._read_nominal(mention)
            elif pronoun_class(mention) is None:
                later.append(mention)
            else:
                self.read_pronoun(mention)
        for mention in later:
            self._read_first_person(mention)

    def chains(self) -> tuple[Chain, ...]:
        """Return what was threaded."""
        chains = []
        for thread in self.threads:
            told = [each for each in thread.mentions if not _is_only_where(each, thread)]
            if told:
                ordered = sorted(told, key=lambda mention: mention.head)
                chains.append(
                    Chain(
                        thread.kind,
                        thread.plural,
                        thread.named,
                        tuple(ordered),
                        tuple(thread.sureness[mention.index] for mention in ordered),
                    )
                )
        return tuple(sorted(chains, key=lambda chain: chain.mentions[0].head))

    def _name_threads(self) -> None:
        for group in group_names(self.document, self.mentions):
            members = [self.mentions[index] for index in group]
            kind = _kind_of(members)
            thread = self._new_thread(kind)
            thread.named = True
            for member in members:
                thread.describe(member)
                self.thread_of[member.index] = thread.number
            longest = max(members, key=lambda member: member.name[1] - member.name[0])
            thread.words |= {t.lower for t in self.document.tokens[slice(*longest.name)]}
            thread.words |= known_words(self.document, longest, kind)

    def _new_thread(self, kind: MentionKind) -> Thread:
        thread = Thread(len(self.threads), kind)
        self.threads.append(thread)
        return thread

    def _read(self, mention: Mention, thread: Thread, sureness: float) -> None:
        thread.read(mention, sureness)
        self.thread_of[mention.index] = thread.number
        words = thread.words if mention.form == "name" else ()
        self.active.touch(thread, *words, *([] if mention.form == "pronoun" else [mention.noun]))

    def _read_nominal(self, mention: Mention) -> None:
        thread, sureness = self._identified(mention)
        if thread is not None and thread.named:
            self._take_over(self._matcher.in_headline(mention), thread)
        if thread is None:
            thread, sureness = self._matcher.match(mention)
        if thread is None:
            thread, sureness = self._new_thread(mention.kind), 0.9
        self._read(mention, thread, sureness)

    def _take_over(self, headline: Thread | None, thread: Thread) -> None:
        """Give the one named the headline's mentions: `Woman accuses`, `Ann Lee, a woman who`."""
        if headline is None or headline is thread:
            return
        for mention in headline.mentions:
            thread.mentions.insert(0, mention)
            thread.sureness[mention.index] = 0.7
            self.thread_of[mention.index] = thread.number
        headline.mentions.clear()
        self.active.forget(headline)

    def _identified(self, mention: Mention) -> tuple[Thread | None, float]:
        """Return the thread that apposition or `is` says a noun phrase to be."""
        other = self._said_of.get(mention.head) or self._body_in(mention)
        if mention.same_as is not None:
            other = self._by_head.get(mention.same_as)
        if other is None or other.index not in self.thread_of:
            return None, 0.0
        thread = self.threads[self.thread_of[other.index]]
        if thread.kind == "thing" and thread.named and mention.same_as == other.head:
            thread.kind = mention.kind
        fits = mention.kind == thread.kind or _is_said_of_person(mention, thread)
        return (thread, 0.85) if fits and mention.plural == thread.plural else (None, 0.0)

    def _body_in(self, mention: Mention) -> Mention | None:
        """Return the named body that a phrase only repeats with its sort: `the NATO bloc`.

        A newspaper or news agency needs no article: `RIA news agency reported`.
        """
        is_medium = "media" in nominals().classes.get(mention.noun, ()) and not mention.plural
        is_sort = mention.noun in _SORTS and mention.start in {"definite", "demonstrative"}
        for child in self.document.children(mention.head, "compound", "nmod"):
            other = self._by_head.get(child.index)
            if other is None or other.form != "name" or other.kind != "organization":
                continue
            if is_sort or (is_medium and self._may_be_medium(other)):
                return other
        return None

    def _may_be_medium(self, body: Mention) -> bool:
        """Tell whether a body is a newspaper, agency or channel, or unknown: no `party paper`."""
        keys = find_name(self.document.span(*body.name).text.split())
        return not keys or entries()[keys[0]].group == "media"

    def read_pronoun(self, mention: Mention) -> None:
        """Thread a pronoun of the third person."""
        number, sureness = self.ranker.rank(mention, self.active, self.thread_of)[0]
        self.place_pronoun(mention, number, sureness)

    def place_pronoun(self, mention: Mention, number: int, sureness: float) -> None:
        """Add a pronoun to a thread; to a new one where it means nobody who was mentioned."""
        if number == NOBODY:
            self._read(mention, self._new_thread(mention.kind), sureness)
        else:
            self._read(mention, self.threads[number], sureness)

    def _read_first_person(self, mention: Mention) -> None:
        """Thread `I` and `we` with the speaker of the words around it."""
        token = self.document.tokens[mention.head]
        speaker = self.speech.speaker_at(token)
        if speaker is None or speaker not in self.thread_of:
            return
        thread = self.threads[self.thread_of[speaker]]
        if mention.noun in _OURSELVES and thread.kind == "person":
            thread = self._institutions.of(thread) or thread
        if thread.kind != "thing":
            thread.mentions.append(mention)
            thread.sureness[mention.index] = 0.85 if mention.noun in _SELF else 0.6
            self.thread_of[mention.index] = thread.number


def _is_said_of_person(mention: Mention, thread: Thread) -> bool:
    """Tell whether a phrase of no known kind is said of a person: `Lee, a vegan`."""
    is_open = mention.kind == "thing" and mention.start == "indefinite"
    return is_open and thread.kind == "person" and thread.named


def _kind_of(members: list[Mention]) -> MentionKind:
    """Return the kind that most mentions of a name have, `thing` only where all have it."""
    counted = Counter(each.kind for each in members if each.kind != "thing")
    return counted.most_common(1)[0][0] if counted else "thing"


def _is_only_where(mention: Mention, thread: Thread) -> bool:
    """Tell whether a mention of a country says only where something is."""
    return mention.kind == "thing" and mention.form == "name" and thread.kind == "country"
