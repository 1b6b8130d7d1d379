"""Find for whom a person speaks who says `we`: the institution of the title, or the country."""

from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.resolver import resolve_actor
from onrecord.reading.actors.mentions import Mention
from onrecord.reading.actors.threads import Thread
from onrecord.reading.document import Document

__all__ = ["Institutions"]

_BODIES = frozenset({"organization", "country", "group"})
_SPEAK_FOR_STATES = frozenset({"GOV", "MIL"})


class Institutions:
    """For whom persons speak.

    Args:
        document: The document.
        mentions: Its mentions.
        threads: Its threads, all read.
        thread_of: Numbers of the mentions' threads.
    """

    def __init__(
        self,
        document: Document,
        mentions: tuple[Mention, ...],
        threads: list[Thread],
        thread_of: dict[int, int],
    ) -> None:
        self._document = document
        self._mentions = mentions
        self._threads = threads
        self._thread_of = thread_of
        self._countries: dict[str, Thread] | None = None
        self._bodies: dict[str, Thread] | None = None
        self._found: dict[int, Thread | None] = {}

    def of(self, person: Thread) -> Thread | None:
        """Return the thread of what a person speaks for, if the article or the knowledge tells."""
        if person.number not in self._found:
            self._found[person.number] = (
                self._of_title(person) or self._of_country(person) or self._of_sort(person)
            )
        return self._found[person.number]

    def _of_country(self, person: Thread) -> Thread | None:
        """Return the country whose government or military the person belongs to."""
        for mention in person.mentions:
            if mention.form == "pronoun":
                continue
            known = resolve_actor(
                self._document.span(mention.first, mention.last).text,
                on=self._document.article.published_day,
            )
            if known is not None and known.kind == "person" and known.sector in _SPEAK_FOR_STATES:
                return self._country(known.country)
        return None

    def _country(self, code: str | None) -> Thread | None:
        if self._countries is None:
            self._countries = {}
            for thread in self._threads:
                if thread.kind == "country" and thread.named and thread.mentions:
                    known = resolve_actor(self._document.span(*thread.mentions[0].name).text)
                    if known is not None and known.country:
                        self._countries.setdefault(known.country, thread)
        return self._countries.get(code) if code else None

    def _of_title(self, person: Thread) -> Thread | None:
        """Return the body or country that the person's title names: `Kremlin spokesman`."""
        found = (self._inside(mention) for mention in person.mentions)
        return next((each for each in found if each is not None), None)

    def _of_sort(self, person: Thread) -> Thread | None:
        """Return the body whose sort the person's title names: `team member`."""
        found = (self._by_word(mention) for mention in person.mentions)
        return next((each for each in found if each is not None), None)

    def _inside(self, mention: Mention) -> Thread | None:
        inside = range(mention.first, mention.last)
        for other in self._mentions[max(mention.index - 6, 0) : mention.index + 4]:
            if other.head in inside and other.index != mention.index and other.form == "name":
                found = self._threads[self._thread_of[other.index]]
                if found.kind in _BODIES:
                    return found
        return None

    def _by_word(self, mention: Mention) -> Thread | None:
        words = nominals()
        for word in sorted(mention.words):
            if word in words.classes or words.is_group(word):
                found = self._called().get(word)
                if found is not None:
                    return found
        return None

    def _called(self) -> dict[str, Thread]:
        """Map nouns to the most mentioned body that the article calls so."""
        if self._bodies is None:
            self._bodies = {}
            for thread in sorted(self._threads, key=lambda thread: len(thread.mentions)):
                if thread.kind in _BODIES and thread.mentions:
                    self._bodies.update(dict.fromkeys(thread.nouns, thread))
        return self._bodies
